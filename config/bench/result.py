"""One line of the bench: what was measured, beside what, and whether it meets its goal."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from config.bench.arithmetic import Series, is_noisy, ratio
from vietnamese.numbers import format_trimmed, round_half_up

#: Fewer rounds than these only try the command out.
LEAST_ROUNDS = 7
MET, MISSED, UNSURE, NO_GOAL = "đạt", "chưa đạt", "nền quá nhiễu", "–"
LESS: Callable[[float, float], bool] = operator.le


@dataclass(frozen=True)
class Goal:
    """A limit and what it is a limit of: "ratio" (× the floor) or the unit of ``value`` (ms, kB, s, ×)."""

    limit: float
    of: str = "ratio"
    is_least: bool = False

    @property
    def words(self) -> str:
        """The goal as it is printed."""
        sign = "≥" if self.is_least else "≤"
        return f"{sign} {number(self.limit)} {'× nền' if self.of == 'ratio' else self.of}"


@dataclass
class Result:
    """A measured job. Milliseconds; queries with and without those of the log-in; megabytes at the peak."""

    job: str
    engine: str
    floor: str = ""
    goal: Goal | None = None
    p50: float | None = None
    p95: float | None = None
    floor_p50: float | None = None
    floor_p95: float | None = None
    ratio: float | None = None
    is_noisy: bool = False
    queries: int | None = None
    own_queries: int | None = None
    bytes: int | None = None
    memory: float | None = None
    floor_memory: float | None = None
    value: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Met or missed; a wavering floor decides nothing unless the goal is met all the same."""
        measured = self.ratio if self.goal and self.goal.of == "ratio" else self.value
        if self.goal is None or measured is None:
            return NO_GOAL
        is_met = operator.ge if self.goal.is_least else LESS
        if is_met(measured, self.goal.limit):
            return MET
        return UNSURE if self.is_noisy else MISSED

    def put_times(self, ours: Series, floor: Series) -> None:
        """Both sides' middles and the ratio."""
        self.p50, self.p95 = ours.p50 * 1000, ours.p95 * 1000
        self.floor_p50, self.floor_p95 = floor.p50 * 1000, floor.p95 * 1000
        self.ratio, self.is_noisy = ratio(ours, floor), is_noisy(floor)

    def as_json(self) -> dict[str, Any]:
        """For the file that the measuring process hands on."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Result:
        """Back from the file."""
        goal = Goal(**values["goal"]) if values["goal"] else None
        return cls(**{**values, "goal": goal})


def number(value: float) -> str:
    """A number in the Vietnamese way, with three digits that count."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return format_trimmed(round_half_up(Decimal(str(value)), places))
