"""The moves of a request for causes (đề nghị báo cáo nguyên nhân) or an account (giải trình), and their days.

The standing body asks for causes; only a leader demands an account. The asking starts the clock; the unit answers with
cause, remedy and the day by which the remedy works; whoever asked follows it until the indicator turns, then closes.
"""

from __future__ import annotations

from datetime import date

from campaign.rules.moves import table_of
from followup.choices import ExplanationKind, Side
from followup.choices import ExplanationState as State
from followup.rules.moves import Step

#: The unit owes an answer.
OWED_STATES: tuple[str, ...] = (State.ASKED, State.RETURNED)
#: Somebody still looks after it.
OPEN_STATES: tuple[str, ...] = (*OWED_STATES, State.ANSWERED)
#: Bands that an indicator must leave before it counts as turned.
LAGGING_BANDS: tuple[str, ...] = ("behind", "at_risk")

#: The side that asks, by the kind of what is asked.
ASKERS: dict[str, str] = {ExplanationKind.CAUSE: Side.STANDING_BODY, ExplanationKind.ACCOUNT: Side.LEADER}
BOTH = (Side.STANDING_BODY, Side.LEADER)

STEPS: dict[str, Step] = table_of(
    Step(
        name="answer",
        label="Gửi trả lời",
        done="Đã trả lời",
        from_states=(State.ASKED, State.RETURNED),
        to_state=State.ANSWERED,
        who=(Side.UNIT,),
        audit_event="explanation.answered",
        needs_answer=True,
    ),
    Step(
        name="return",
        label="Đề nghị trả lời bổ sung",
        done="Đã đề nghị trả lời bổ sung",
        from_states=(State.ANSWERED,),
        to_state=State.RETURNED,
        who=BOTH,
        audit_event="explanation.returned",
        needs_text="Nội dung cần bổ sung",
        needs_day=True,
    ),
    Step(
        name="close",
        label="Kết thúc theo dõi",
        done="Đã kết thúc theo dõi",
        from_states=(State.ANSWERED,),
        to_state=State.CLOSED,
        who=BOTH,
        audit_event="explanation.closed",
        needs_text="Nhận xét kết quả",
    ),
    Step(
        name="withdraw",
        label="Rút",
        done="Đã rút",
        from_states=(State.ASKED, State.RETURNED),
        to_state=State.WITHDRAWN,
        who=BOTH,
        audit_event="explanation.withdrawn",
        needs_text="Lý do rút",
    ),
)


def sides_of(step: Step, kind: str) -> tuple[str, ...]:
    """Who takes the step for this kind: the unit its own, else the side that asked, and a leader always."""
    if Side.UNIT in step.who:
        return step.who
    return tuple(dict.fromkeys((ASKERS[kind], Side.LEADER)))


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """An answer is owed and its day is over."""
    return state in OWED_STATES and today > due_on


def is_remedy_late(state: str, remedy_due_on: date | None, has_turned: bool, today: date) -> bool:
    """The day that the unit itself named is over and the indicator has not turned."""
    return state == State.ANSWERED and remedy_due_on is not None and today > remedy_due_on and not has_turned


def has_turned(band_before: str, band_now: str) -> bool:
    """Was behind or at risk when asked, and is no longer; without data nothing has turned."""
    return band_before in LAGGING_BANDS and band_now not in (*LAGGING_BANDS, "no_data", "")
