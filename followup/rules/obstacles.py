"""The moves of an obstacle (khó khăn, vướng mắc) as one table; tests, permissions and the printed diagram read it.

The unit raises and withdraws; the standing body or the lead department gives it to an owner with a due day; the
standing body carries it to the Committee, where a leader directs; whoever holds it records how it was resolved, with a
proof; the unit or the office opens it again when the proof does not hold.
"""

from __future__ import annotations

from datetime import date

from campaign.rules.moves import table_of
from followup.choices import ObstacleState as State
from followup.choices import Side
from followup.rules.moves import Step

#: In these somebody still has something to do.
OPEN_STATES: tuple[str, ...] = (State.RAISED, State.IN_HAND, State.ESCALATED)
OFFICE = (Side.STANDING_BODY, Side.LEAD)

STEPS: dict[str, Step] = table_of(
    Step(
        name="take_up",
        label="Giao xử lý",
        done="Đã giao xử lý",
        from_states=(State.RAISED, State.IN_HAND),
        to_state=State.IN_HAND,
        who=(*OFFICE, Side.LEADER),
        audit_event="obstacle.taken_up",
        needs_owner=True,
        needs_day=True,
    ),
    Step(
        name="escalate",
        label="Báo cáo Ủy ban",
        done="Đã báo cáo Ủy ban",
        from_states=(State.RAISED, State.IN_HAND),
        to_state=State.ESCALATED,
        who=(Side.STANDING_BODY,),
        audit_event="obstacle.escalated",
        needs_text="Nội dung báo cáo, kiến nghị",
    ),
    Step(
        name="direct",
        label="Chỉ đạo xử lý",
        done="Đã chỉ đạo xử lý",
        from_states=(State.ESCALATED,),
        to_state=State.IN_HAND,
        who=(Side.LEADER,),
        audit_event="obstacle.directed",
        needs_text="Ý kiến chỉ đạo",
        needs_owner=True,
        needs_day=True,
    ),
    Step(
        name="resolve",
        label="Ghi nhận đã giải quyết",
        done="Đã ghi nhận giải quyết",
        from_states=(State.RAISED, State.IN_HAND, State.ESCALATED),
        to_state=State.RESOLVED,
        who=(Side.OWNER, *OFFICE, Side.LEADER),
        audit_event="obstacle.resolved",
        needs_text="Kết quả giải quyết",
        needs_proof=True,
    ),
    Step(
        name="reopen",
        label="Mở lại",
        done="Đã mở lại",
        from_states=(State.RESOLVED,),
        to_state=State.RAISED,
        who=(Side.UNIT, *OFFICE, Side.LEADER),
        audit_event="obstacle.reopened",
        needs_text="Lý do mở lại",
    ),
    Step(
        name="withdraw",
        label="Rút",
        done="Đã rút",
        from_states=(State.RAISED, State.IN_HAND),
        to_state=State.WITHDRAWN,
        who=(Side.UNIT, Side.STANDING_BODY),
        audit_event="obstacle.withdrawn",
        needs_text="Lý do rút",
    ),
)


def is_overdue(state: str, due_on: date | None, today: date) -> bool:
    """Past the end of its due day and still open; derived from dates, never stored."""
    return due_on is not None and state in OPEN_STATES and today > due_on
