"""A unit as one line of the register (danh sách đơn vị): plain values, what differs, and codes that clash in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from itertools import combinations
from typing import NamedTuple


@dataclass(frozen=True)
class UnitLine:
    """One unit with what the register keeps of it; kind, level and the unit above by their keys."""

    key: str
    name: str
    short_name: str = ""
    official_name: str = ""
    kind: str = ""
    level: str = ""
    parent: str = ""
    place_name: str = ""
    document_code: str = ""
    head_title: str = ""
    position: int = 0
    grid_column: int | None = None
    grid_row: int | None = None
    population: int | None = None
    code: str = ""
    variants: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def differing(self, other: UnitLine) -> tuple[str, ...]:
        """The fields in which two lines differ, in the order of the register."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name))


@dataclass(frozen=True)
class KindLine:
    """A kind of unit."""

    code: str
    name: str
    plural: str
    position: int = 0
    is_territorial: bool = False


@dataclass(frozen=True)
class LevelLine:
    """An administrative level."""

    code: str
    name: str
    rank: int


class CodeSpan(NamedTuple):
    """A code held by a unit from a day to a day."""

    unit: str
    code: str
    valid_from: date | None
    valid_to: date | None


def share_a_day(one: CodeSpan, other: CodeSpan) -> bool:
    """Do two spans have a day in common? An open end reaches for ever."""
    starts_late = one.valid_from and other.valid_to and one.valid_from > other.valid_to
    ends_early = one.valid_to and other.valid_from and one.valid_to < other.valid_from
    return not starts_late and not ends_early


def clashing_codes(spans: Iterable[CodeSpan]) -> list[tuple[CodeSpan, CodeSpan]]:
    """Pairs of different units that hold the same code on the same day; a code given on later clashes with nothing."""
    by_code: dict[str, list[CodeSpan]] = {}
    for span in spans:
        by_code.setdefault(span.code, []).append(span)
    return [
        (one, other)
        for same in by_code.values()
        for one, other in combinations(same, 2)
        if one.unit != other.unit and share_a_day(one, other)
    ]
