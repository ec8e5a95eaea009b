"""What the moves of obstacles and explanations demand beside who, from where and to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.rules.moves import Row


@dataclass(frozen=True)
class Step(Row):
    """One row of a table of moves; ``who`` are sides towards the object."""

    needs_text: str = ""
    needs_owner: bool = False
    needs_day: bool = False
    needs_proof: bool = False
    needs_answer: bool = False


def steps_of(steps: Mapping[str, Step], side: str, state: str) -> list[Step]:
    """The steps that a side may take from a state, in the order of their buttons."""
    return [step for step in steps.values() if state in step.from_states and side in step.who]
