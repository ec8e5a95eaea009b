"""Báo cáo nhanh on the board: the latest running totals with their date, beside the months and never among them.

A unit that was not asked or has not sent counts with what it last sent for a month, and the line says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from campaign.models import Period
from indicators.choices import UnitRule
from indicators.models import Figure, Indicator, Total
from indicators.rules.cumulation import effective_amount
from indicators.tables.judging import usable_targets
from indicators.tables.plan import measure
from indicators.tables.standings import Definitions, amount_text, percent_text, read_definitions
from reports.tables.frame import Frame
from units import clock
from units.choices import Origin
from vietnamese.dates import format_date

#: The quick reports, their figures, the definitions, what the units last sent for a month.
QUERIES = 11
SUMMED_RULES = (UnitRule.SUM, UnitRule.RATIO_OF_SUMS)


@dataclass(frozen=True)
class Sent:
    """What one unit told of one indicator."""

    amount: Decimal | None
    denominators: dict[str, str]
    is_illustrative: bool = False


@dataclass(frozen=True)
class FlashLine:
    """One indicator in its latest quick report, as text."""

    indicator: Indicator
    period: Period
    as_of: str
    value_text: str
    rate_text: str
    band: str
    completeness: str
    before_text: str
    is_illustrative: bool


def flash_lines(frame: Frame, *, indicator_ids: Collection[int] | None = None) -> tuple[FlashLine, ...]:
    """The latest quick report of each indicator that is newer than the month shown: at most ``QUERIES`` queries.

    One query where there is none.
    """
    since = frame.campaign.periods.flash().filter(ends_on__gt=frame.period.ends_on, starts_on__lte=clock.today())
    periods = {period.pk: period for period in since.order_by("ends_on", "number")}
    if not periods:
        return ()
    told, asked = _told(periods, indicator_ids)
    latest = {pk: period for period in periods.values() for pk in asked[period.pk] if told.get((period.pk, pk))}
    if not latest:
        return ()
    known = read_definitions(frame.campaign, max(one.ends_on for one in latest.values()), list(latest))
    months = _last_months(frame, latest)
    lines = [
        _line(known, indicator, latest[pk], told[latest[pk].pk, pk], months.get(pk, {}), asked)
        for pk, indicator in known.indicators.items()
        if pk in latest
    ]
    return tuple(line for line in lines if line is not None)


def _told(
    periods: dict[int, Period], indicator_ids: Collection[int] | None
) -> tuple[dict[tuple[int, int], dict[int, Sent]], dict[int, dict[int, int]]]:
    """What was sent by period, indicator and unit; and how many units each indicator was asked of: one query."""
    rows = Figure.objects.filter(period__in=periods)
    if indicator_ids is not None:
        rows = rows.filter(assignment__indicator__in=indicator_ids)
    columns = [f"sent_version__{name}" for name in ("amount", "state", "denominators", "origin")]
    told: dict[tuple[int, int], dict[int, Sent]] = defaultdict(dict)
    asked: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for period_id, indicator_id, unit_id, amount, state, bases, origin in rows.order_by("pk").values_list(
        "period_id", "assignment__indicator_id", "assignment__unit_id", *columns
    ):
        asked[period_id][indicator_id] += 1
        value = effective_amount(amount, state or "")
        if value is not None:
            told[period_id, indicator_id][unit_id] = Sent(value, bases or {}, origin == Origin.ILLUSTRATIVE)
    return told, asked


def _last_months(frame: Frame, latest: dict[int, Period]) -> dict[int, dict[int, tuple[Sent, str]]]:
    """What each unit last sent for a month that was over by the quick report's day: one query."""
    rows = Total.objects.filter(
        indicator__in=latest, is_node=False, sent_cumulative__isnull=False, period__campaign=frame.campaign
    ).filter(sent__gt=0)
    found: dict[int, dict[int, tuple[Sent, str]]] = defaultdict(dict)
    columns = ["indicator_id", "unit_id", "sent_cumulative", "sent_denominators", "is_illustrative"]
    columns += ["period__name", "period__ends_on"]
    for indicator_id, unit_id, amount, bases, is_illustrative, name, ends_on in rows.order_by(
        "period__number"
    ).values_list(*columns):
        if ends_on <= latest[indicator_id].ends_on:
            found[indicator_id][unit_id] = (Sent(amount, bases, is_illustrative), name)
    return found


def _line(
    known: Definitions,
    indicator: Indicator,
    period: Period,
    told: dict[int, Sent],
    months: dict[int, tuple[Sent, str]],
    asked: dict[int, dict[int, int]],
) -> FlashLine | None:
    """One indicator over the units that report it; None where its rule does not add units."""
    units = [one.unit_id for one in known.reporters.get(indicator.pk, [])]
    if indicator.unit_rule not in SUMMED_RULES and len(units) > 1:
        return None
    fallback = {unit: months[unit] for unit in units if unit not in told and unit in months}
    parts = [told[unit] if unit in told else fallback[unit][0] for unit in units if unit in told or unit in fallback]
    amount = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
    bases: dict[str, Decimal] = defaultdict(Decimal)
    for part in parts:
        for key, text in part.denominators.items():
            bases[key] += Decimal(text)
    against = measure(
        indicator,
        known.campaign,
        usable_targets(known, indicator, known.campaign.authority_id),
        cumulative=amount,
        denominators={key: str(value) for key, value in bases.items()},
        opening=None,
        path=known.path(indicator.pk, known.campaign.authority_id),
        rule=known.band_rule,
        on=period.ends_on,
    )
    is_whole = len(parts) == len(units)
    before = [months[unit][0].amount for unit in units if unit in months]
    known_before = sum((one for one in before if one is not None), Decimal(0)) if len(before) == len(units) else None
    return FlashLine(
        indicator=indicator,
        period=period,
        as_of=format_date(period.ends_on),
        value_text=amount_text(amount, indicator.decimals),
        rate_text=percent_text(against.rate) if is_whole else "",
        band=against.band if is_whole and against.plan is not None else "",
        completeness=_completeness(len(told), asked[period.pk][indicator.pk], fallback, len(units) - len(parts)),
        before_text=amount_text(known_before, indicator.decimals) if known_before is not None else "",
        is_illustrative=any(part.is_illustrative for part in parts),
    )


def _completeness(sent: int, asked: int, fallback: dict[int, tuple[Sent, str]], missing: int) -> str:
    """ "8/9 đơn vị đã báo nhanh, 1 đơn vị lấy số Tháng 10/2024"."""
    words = [f"{sent}/{asked} đơn vị đã báo nhanh"]
    if fallback:
        names = list(dict.fromkeys(name for _, name in fallback.values()))
        words.append(f"{len(fallback)} đơn vị lấy số {', '.join(names)}")
    if missing:
        words.append(f"{missing} đơn vị chưa có số nên chưa tính tỷ lệ")
    return ", ".join(words)
