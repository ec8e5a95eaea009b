"""The moves of one report: what its own unit may do now, and what was done."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Submission
from campaign.rules.workflow import MOVES
from indicators.permissions import why_not_move
from units import clock
from units.models import User
from vietnamese.dates import format_date, format_moment, relative_moment

#: What a unit does with its own report, in the order of the buttons.
OWN_MOVES = ("endorse", "record_signed", "submit", "reconsider", "withdraw", "correct")


@dataclass(frozen=True)
class Action:
    """One button: the move, its word, and why it cannot be pressed ("" when it can)."""

    name: str
    label: str
    why_not: str

    @property
    def is_open(self) -> bool:
        """True when nothing stands against it."""
        return not self.why_not


@dataclass(frozen=True)
class MoveRow:
    """One move that was made, as text."""

    done: str
    by: str
    stand_in: str
    at: str
    when: str
    reason: str
    on_behalf: str
    expires_on: str


def own_actions(submission: Submission, user: User) -> dict[str, Action]:
    """The moves of the report's own unit, by name, each with its reason when it is closed."""
    return {name: Action(name, MOVES[name].label, why_not_move(name, submission, user)) for name in OWN_MOVES}


def timeline(submission: Submission) -> list[MoveRow]:
    """What was done with the report, the newest first: one query."""
    now = clock.now()
    return [
        MoveRow(
            done=MOVES[move.move].done if move.move in MOVES else move.move,
            by=str(move.by),
            stand_in=str(move.stand_in) if move.stand_in else "",
            at=format_moment(move.at),
            when=relative_moment(move.at, now),
            reason=move.reason,
            on_behalf=move.on_behalf_of.short_name if move.on_behalf_of else "",
            expires_on=format_date(move.expires_on) if move.expires_on else "",
        )
        for move in submission.moves.select_related("by", "on_behalf_of", "stand_in__lender").order_by("-sequence")
    ]
