"""The moves of a monthly report (báo cáo tháng) as one table; tests, permissions and the printed diagram read it.

Clerk and head act on their own unit's report, the standing body's coordinators on every unit's; a lead department's
reviewer only asks again for figures of its own indicators; a leader of the authority reopens. A reviewer never moves a
report forward: confirming is a fact of its own beside the figure and blocks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaign.choices import SubmissionStatus as Status
from campaign.rules.moves import Row, diagram_of, table_of
from units.choices import OWN_ROLES, STANDING_ROLES, Role

#: In these the unit may change its figures: all, or only the marked ones when any are marked.
EDITABLE_STATUSES: frozenset[str] = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED, Status.REOPENED})

# What a person may have done to the report that bars them from a move.
ENTERED, ENDORSED, SENT = "entered", "endorsed", "sent"


@dataclass(frozen=True)
class Move(Row):
    """One row of the table, and what it demands.

    ``who`` are roles held at the unit that the report belongs to (clerk, head), at the standing body, at a lead
    department, or at the authority (leader).
    ``who_on_behalf`` may make the move for a unit that sent by telephone or paper; the act then names the unit.
    ``not_by`` bars who entered, endorsed or sent the same report.
    """

    who_on_behalf: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    needs_reason: bool = False
    needs_expiry: bool = False
    needs_signed_report: bool = False
    needs_complete_figures: bool = False
    allows_marked_figures: bool = False
    needs_marked_figures: bool = False
    needs_corrections: bool = False

    def is_open_from(self, status: str, *, requires_endorsement: bool = False) -> bool:
        """May the move start in this status? Where endorsement is required, only an endorsed report can be sent."""
        if self.name == "submit" and requires_endorsement:
            return status == Status.ENDORSED
        return status in self.from_states


_ALL_MOVES = (
    Move(
        name="endorse",
        label="Duyệt",
        done="Đã duyệt",
        from_states=(Status.DRAFT, Status.CHANGES_REQUESTED, Status.REOPENED),
        to_state=Status.ENDORSED,
        who=(Role.HEAD,),
        audit_event="submission.endorsed",
        needs_complete_figures=True,
    ),
    Move(
        name="record_signed",
        label="Ghi nhận bản đã ký",
        done="Đã ghi nhận bản đã ký",
        from_states=(Status.DRAFT, Status.ENDORSED, Status.CHANGES_REQUESTED, Status.REOPENED),
        to_state=Status.ENDORSED,
        who=OWN_ROLES,
        who_on_behalf=STANDING_ROLES,
        audit_event="submission.signed_recorded",
        needs_signed_report=True,
        needs_complete_figures=True,
    ),
    Move(
        name="reconsider",
        label="Bỏ duyệt để sửa",
        done="Đã bỏ duyệt để sửa",
        from_states=(Status.ENDORSED,),
        to_state=Status.DRAFT,
        who=OWN_ROLES,
        who_on_behalf=STANDING_ROLES,
        audit_event="submission.reconsidered",
    ),
    Move(
        name="submit",
        label="Gửi báo cáo",
        done="Đã gửi",
        from_states=(Status.DRAFT, Status.ENDORSED, Status.CHANGES_REQUESTED, Status.REOPENED),
        to_state=Status.SENT,
        who=OWN_ROLES,
        who_on_behalf=STANDING_ROLES,
        audit_event="submission.sent",
        needs_complete_figures=True,
    ),
    Move(
        name="withdraw",
        label="Thu hồi để sửa",
        done="Đã thu hồi để sửa",
        from_states=(Status.SENT,),
        to_state=Status.DRAFT,
        who=OWN_ROLES,
        audit_event="submission.withdrawn",
    ),
    Move(
        name="request_changes",
        label="Đề nghị chỉnh sửa, bổ sung",
        done="Đã đề nghị chỉnh sửa, bổ sung",
        from_states=(Status.SENT,),
        to_state=Status.CHANGES_REQUESTED,
        who=STANDING_ROLES,
        audit_event="submission.changes_requested",
        needs_reason=True,
        allows_marked_figures=True,
    ),
    Move(
        name="query_figures",
        label="Đề nghị kiểm tra lại số liệu",
        done="Đã đề nghị kiểm tra lại số liệu",
        # Departments do not wait for each other: a second one adds its figures to those that are asked for already.
        from_states=(Status.SENT, Status.RECEIVED, Status.CHANGES_REQUESTED),
        to_state=Status.CHANGES_REQUESTED,
        who=(Role.REVIEWER,),
        audit_event="submission.figures_queried",
        needs_reason=True,
        allows_marked_figures=True,
        needs_marked_figures=True,
    ),
    Move(
        name="receive",
        label="Tiếp nhận",
        done="Đã tiếp nhận",
        from_states=(Status.SENT,),
        to_state=Status.RECEIVED,
        who=STANDING_ROLES,
        not_by=(ENTERED, ENDORSED, SENT),
        audit_event="submission.received",
    ),
    Move(
        name="correct",
        label="Điều chỉnh số liệu",
        done="Đã gửi số liệu điều chỉnh",
        from_states=(Status.RECEIVED, Status.CLOSED),
        to_state=Status.SENT,
        who=OWN_ROLES,
        who_on_behalf=STANDING_ROLES,
        audit_event="submission.corrected",
        needs_reason=True,
        needs_corrections=True,
    ),
    Move(
        name="reopen",
        label="Mở lại",
        done="Đã mở lại",
        from_states=(Status.RECEIVED, Status.REOPENED, Status.CLOSED),
        to_state=Status.REOPENED,
        who=(*STANDING_ROLES, Role.LEADER),
        audit_event="submission.reopened",
        needs_reason=True,
        needs_expiry=True,
        allows_marked_figures=True,
    ),
    Move(
        name="close",
        label="Chốt số liệu",
        done="Đã chốt số liệu",
        from_states=(Status.RECEIVED, Status.REOPENED),
        to_state=Status.CLOSED,
        who=STANDING_ROLES,
        audit_event="submission.closed",
    ),
)

#: The moves by which figures leave the unit.
SENDING_MOVES = ("submit", "correct")
#: The unit's own steps that a reopening allows only to the end of its last day.
WITHIN_REOPENING = frozenset({"endorse", "record_signed", "reconsider", "submit"})

#: Every move by its name. Nothing else changes a status.
MOVES: dict[str, Move] = table_of(*_ALL_MOVES)


def moves_from(status: str, *, requires_endorsement: bool = False) -> list[Move]:
    """The moves that may start in a status, in the order of their buttons."""
    return [move for move in MOVES.values() if move.is_open_from(status, requires_endorsement=requires_endorsement)]


def moves_of(role: str, status: str) -> list[Move]:
    """The moves that a role may make from a status in its own right."""
    return [move for move in moves_from(status) if role in move.who]


def is_editable(status: str, *, today: date, reopened_until: date | None = None) -> bool:
    """May the unit's figures be changed? A reopened report only to the end of its expiry day.

    The expiry holds in every editable status, so that taking back a report does not outlive a reopening.
    """
    if status not in EDITABLE_STATUSES:
        return False
    return reopened_until is None or today <= reopened_until


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/architecture.md."""
    return diagram_of(MOVES, {status.value: str(status.label) for status in Status}, Status.DRAFT.value)
