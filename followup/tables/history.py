"""The history of an obstacle or explanation as lines, and the steps that a person may take now or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from followup.models import Explanation, Obstacle
from followup.rules.moves import Step
from units import clock
from vietnamese.dates import format_moment, relative_moment


@dataclass(frozen=True)
class HistoryLine:
    """One step or word: who, when, what."""

    done: str
    text: str
    by: str
    when: str
    at: str
    file_id: int | None
    file_name: str


@dataclass(frozen=True)
class StepAction:
    """One button: the step, and the reason why it is closed or "" when it is open."""

    step: Step
    why_not: str


def history_lines(row: Obstacle | Explanation, steps: Mapping[str, Step]) -> tuple[HistoryLine, ...]:
    """Everything done and said, oldest first: one query."""
    now = clock.now()
    lines = row.steps.select_related("by", "file").order_by("sequence")
    return tuple(
        HistoryLine(
            done=steps[line.move].done if line.move else "Ý kiến",
            text=line.text,
            by=str(line.by),
            when=relative_moment(line.at, now),
            at=format_moment(line.at),
            file_id=line.file_id,
            file_name=line.file.name if line.file else "",
        )
        for line in lines
    )


def step_actions(steps: Mapping[str, Step], why_not: Callable[[str], str]) -> tuple[StepAction, ...]:
    """Every step with its reason; open ones are buttons, the others are left out by the page."""
    return tuple(StepAction(step, why_not(step.name)) for step in steps.values())
