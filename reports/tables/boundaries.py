"""One indicator period by period, by the boundaries of the time or by those of today: old units under their heirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.choices import UnitRule
from indicators.models import Indicator, Total
from indicators.tables.wording import NONE
from reports.tables.frame import Frame
from units.models import OrgUnit, Succession
from vietnamese.numbers import format_number

#: Totals with their units and periods, successions of these units. Where no unit of the campaign has an heir: none.
QUERIES = 2
OLD, NEW = "cu", "moi"
WORDS = ((OLD, "Địa giới khi báo cáo"), (NEW, "Địa giới hiện nay"))

Amounts = dict[int, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True)
class SeriesRow:
    """One unit, or one of today with those that went into it: in period by period, and since the launch."""

    name: str
    of: str
    amounts: tuple[str, ...]
    since_launch: str


@dataclass(frozen=True)
class Choice:
    """One way to draw the boundaries."""

    slug: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class Series:
    """The rows under one way to draw the boundaries; ``related``: the other units of the same line, to look at too.

    ``whole``: the sum of all units, where they are summed.
    """

    periods: tuple[str, ...]
    rows: tuple[SeriesRow, ...]
    choices: tuple[Choice, ...]
    head: str = "Đơn vị"
    note: str = ""
    related: tuple[tuple[int, str], ...] = ()
    whole: SeriesRow | None = None


def series_by_boundaries(frame: Frame, indicator: Indicator, on: date, asked: str) -> Series | None:
    """The series of an indicator; None where none of its units has an heir or nothing is summed: ``QUERIES`` at most.

    By today's boundaries a unit stands under the one that took over from it; one that was split among several stays
    for itself, for nobody knows whose part its figures were.
    """
    if not frame.campaign.has_successions or not indicator.is_numeric:
        return None
    rows = Total.objects.filter(indicator=indicator, period__number__lte=frame.period.number, is_node=False)
    ordered = rows.select_related("unit", "period").order_by("unit__position", "unit__sort_key", "period__number")
    units: dict[int, OrgUnit] = {}
    periods: dict[int, str] = {}
    found: dict[int, Amounts] = defaultdict(dict)
    for total in ordered:
        units[total.unit_id] = total.unit
        periods[total.period.number] = total.period.name
        amount, since = getattr(total, f"{frame.basis}_amount"), getattr(total, f"{frame.basis}_since_launch")
        found[total.unit_id][total.period.number] = (amount, since)
    heirs = heirs_by(on, units)
    if not heirs:
        return None
    way = asked if asked in (OLD, NEW) else OLD
    groups = _groups(units, heirs) if way == NEW else [(unit, [pk]) for pk, unit in units.items()]
    numbers = sorted(periods)
    drawn = tuple(_row(unit, members, units, found, numbers, indicator.decimals) for unit, members in groups)
    is_summed = indicator.unit_rule == UnitRule.SUM
    return Series(
        periods=tuple(periods[number] for number in numbers),
        rows=drawn,
        choices=ways(way),
        whole=_whole(_groups(units, heirs), found, numbers, indicator.decimals) if is_summed else None,
    )


def ways(chosen: str) -> tuple[Choice, ...]:
    """Both ways to draw the boundaries, one of them chosen."""
    return tuple(Choice(slug, label, slug == chosen) for slug, label in WORDS)


def heirs_by(on: date, units: Collection[int] | None = None) -> dict[int, OrgUnit]:
    """Who took over from each of the units (from any without) by the day; heirs of heirs are followed to the last."""
    rows = Succession.objects.filter(effective_on__lte=on, takes_over=True).select_related("successor").order_by("pk")
    passing = {row.predecessor_id: row.successor for row in rows}
    found: dict[int, OrgUnit] = {}
    for pk in passing if units is None else units:
        heir, way = passing.get(pk), {pk}
        while heir is not None and heir.pk in passing and heir.pk not in way:
            way.add(heir.pk)
            heir = passing[heir.pk]
        if heir is not None:
            found[pk] = heir
    return found


def _groups(units: dict[int, OrgUnit], heirs: dict[int, OrgUnit]) -> list[tuple[OrgUnit, list[int]]]:
    """Each unit of today with the units that went into it, itself among them where it reports."""
    groups: dict[int, tuple[OrgUnit, list[int]]] = {}
    for pk, unit in units.items():
        heir = heirs.get(pk, unit)
        groups.setdefault(heir.pk, (heir, []))[1].append(pk)
    return list(groups.values())


def _row(
    unit: OrgUnit,
    members: list[int],
    units: dict[int, OrgUnit],
    found: dict[int, Amounts],
    numbers: list[int],
    decimals: int,
) -> SeriesRow:
    """The sums of a group; an heir's own cumulative already holds those of the units before it."""
    amounts = [known_sum(found[pk].get(number, (None, None))[0] for pk in members) for number in numbers]
    since = _since(unit, members, found)
    old = [units[pk].name for pk in members if pk != unit.pk]
    return SeriesRow(
        name=unit.name,
        of=", ".join(old),
        amounts=tuple(amount_text(amount, decimals) for amount in amounts),
        since_launch=amount_text(since, decimals),
    )


def _since(unit: OrgUnit, members: list[int], found: dict[int, Amounts]) -> Decimal | None:
    own = found.get(unit.pk) if len(members) > 1 else None
    return own[max(own)][1] if own else known_sum(found[pk][max(found[pk])][1] for pk in members)


def _whole(
    groups: list[tuple[OrgUnit, list[int]]], found: dict[int, Amounts], numbers: list[int], decimals: int
) -> SeriesRow:
    """The sum of all: the same by whichever boundaries, since what was reported stays."""
    amounts = [known_sum(one.get(number, (None, None))[0] for one in found.values()) for number in numbers]
    since = known_sum(_since(unit, members, found) for unit, members in groups)
    return SeriesRow(
        name="Cộng",
        of="",
        amounts=tuple(amount_text(amount, decimals) for amount in amounts),
        since_launch=amount_text(since, decimals),
    )


def known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def amount_text(amount: Decimal | None, decimals: int) -> str:
    """An amount with the decimals of its indicator, or a dash for what nobody knows."""
    return NONE if amount is None else format_number(amount, decimals)
