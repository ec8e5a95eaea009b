"""Totals: stored sums, recomputed for their key in the transaction of the act that changes them; one path only.

A unit's row of a period is computed from the unit's figures up to that period, the row of a node from the rows of the
units below it. Nothing is ever incremented in SQL: SQLite keeps decimals as floating point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import transaction

from campaign.choices import PeriodKind
from campaign.models import Campaign, Period, Submission
from indicators.models import Figure, Indicator, Total
from indicators.services.node_sums import node_totals, part_of, stored_parts
from indicators.services.owed_rows import BASES, owed_rows
from indicators.services.successions import family_of, handed_over, with_predecessors
from indicators.services.summed_by import summed_by
from indicators.services.summing import FreshTotal, unit_totals
from indicators.tables.columns import amount_of, bases_of, plain
from indicators.tables.kept import totals_stamp
from units.models import renew_stamp

VALUE_COLUMNS = (
    "official_amount",
    "official_cumulative",
    "official_since_launch",
    "sent_amount",
    "sent_cumulative",
    "sent_since_launch",
    "owed",
    "sent",
    "received",
    "confirmed",
    "is_illustrative",
    "is_node",
    "official_denominators",
    "sent_denominators",
)
#: So many of them, the first, are amounts.
AMOUNTS = 6

COLUMNS = tuple(field.name for field in fields(FreshTotal))


class Key(NamedTuple):
    """What one total is about."""

    indicator_id: int
    unit_id: int
    period_id: int


@transaction.atomic
def refresh_totals(report: Submission, bases: Sequence[str] = BASES) -> None:
    """Recompute what the figures of one report change: its unit's rows and the node's, from its period on.

    The caller holds the lock (``lock_totals``), taken before it changed a figure. ``bases``: the sides on which
    something changed; the other side's columns are neither read nor written.
    """
    campaign = report.participation.campaign
    if report.period.kind == PeriodKind.FLASH:
        return
    owed = Figure.objects.filter(submission=report)
    ids = set(owed.order_by().values_list("assignment__indicator_id", flat=True))
    unit_ids = {report.participation.unit_id}
    _store(_compute(campaign, ids, unit_ids, from_number=report.period.number, bases=bases), bases)


@transaction.atomic
def refresh_figures(figures: Sequence[Figure]) -> None:
    """Recompute what the figures of one campaign change, from their periods on: confirmations, reconciled values."""
    by_period: dict[Period, list[Figure]] = {}
    for figure in figures:
        by_period.setdefault(figure.period, []).append(figure)
    for period, rows in by_period.items():
        ids = {row.assignment.indicator_id for row in rows}
        units = {row.assignment.unit_id for row in rows}
        _refresh(rows[0].assignment.indicator.campaign, ids, units, from_number=period.number)


@transaction.atomic
def recompute_indicator(indicator: Indicator) -> int:
    """Recompute every total of one indicator: after an opening or an assignment has changed."""
    return _refresh(indicator.campaign, {indicator.pk}, None, from_number=0)


@transaction.atomic
def recompute_from(period: Period, indicator_ids: set[int]) -> int:
    """Recompute the totals of some indicators from a period on: after the period was opened."""
    return _refresh(period.campaign, indicator_ids, None, from_number=period.number)


@transaction.atomic
def recompute_all(campaign: Campaign) -> int:
    """Recompute every total of a campaign, one indicator after the other; returns how many there are."""
    lock_totals(campaign)
    Total.objects.filter(indicator__campaign=campaign).delete()
    return sum(_store(totals) for totals in fresh_totals(campaign))


def fresh_totals(campaign: Campaign) -> Iterator[list[FreshTotal]]:
    """Every total of a campaign as its figures give it, one indicator after the other. Writes nothing."""
    for pk in _indicator_ids(campaign):
        yield _compute(campaign, {pk}, None, from_number=0)


def differences(campaign: Campaign) -> list[str]:
    """Where the stored totals differ from a fresh computation; empty when all is right. Writes nothing.

    Fresh means from the versions of the figures alone: nothing stored of a unit or of the whole is carried on, as the
    acts do. One indicator after the other, so that memory does not grow with the campaign and nobody waits for long.
    """
    campaign.refresh_from_db(fields=["has_successions"])
    return sorted(line for pk in _indicator_ids(campaign) for line in _differences_of(campaign, pk))


@transaction.atomic
def _differences_of(campaign: Campaign, indicator_id: int) -> list[str]:
    """Of one indicator, in the queue of the acts: none may come between reading its figures and its totals."""
    _queue(campaign)
    values_of = attrgetter(*VALUE_COLUMNS)
    fresh = {_key(total): values_of(total) for total in _compute(campaign, {indicator_id}, None, from_number=0)}
    stored = _stored_values(indicator_id)
    found = [f"{key}: thừa" for key in stored.keys() - fresh.keys()]
    found += [f"{key}: thiếu" for key in fresh.keys() - stored.keys()]
    for key in stored.keys() & fresh.keys():
        if stored[key] != fresh[key]:
            pairs = zip(VALUE_COLUMNS, stored[key], fresh[key], strict=True)
            found.append(f"{key}: lệch {', '.join(name for name, was, is_now in pairs if was != is_now)}")
    return found


def _stored_values(indicator_id: int) -> dict[Key, tuple[Any, ...]]:
    """What is stored of one indicator, as plain columns in the order of ``VALUE_COLUMNS``."""
    rows = Total.objects.filter(indicator=indicator_id).order_by()
    return {
        Key(indicator, unit, period): (
            *map(amount_of, values[:AMOUNTS]),
            *values[AMOUNTS:],
            bases_of(official),
            bases_of(sent),
        )
        for indicator, unit, period, *values, official, sent in rows.values_list(*Key._fields, *plain(VALUE_COLUMNS))
    }


def _indicator_ids(campaign: Campaign) -> list[int]:
    return list(campaign.indicators.order_by("pk").values_list("pk", flat=True))


def _refresh(
    campaign: Campaign,
    indicator_ids: set[int],
    unit_ids: set[int] | None,
    *,
    from_number: int,
) -> int:
    """Compute and store, behind the lock."""
    lock_totals(campaign)
    return _store(_compute(campaign, indicator_ids, unit_ids, from_number=from_number))


def _store(totals: list[FreshTotal], bases: Sequence[str] = BASES) -> int:
    """Write what was reckoned over what stood there; returns how many there are."""
    unread = tuple(f"{basis}_" for basis in BASES if basis not in bases)
    Total.objects.bulk_create(
        [Total(**{name: getattr(total, name) for name in COLUMNS}) for total in sorted(totals, key=_key)],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["indicator", "unit", "period"],
        update_fields=[name for name in VALUE_COLUMNS if not name.startswith(unread)],
    )
    return len(totals)


def _key(total: FreshTotal) -> Key:
    return Key(total.indicator_id, total.unit_id, total.period_id)


def _compute(
    campaign: Campaign,
    indicator_ids: set[int],
    unit_ids: set[int] | None,
    *,
    from_number: int,
    bases: Sequence[str] = BASES,
) -> list[FreshTotal]:
    """Fresh totals of some indicators, of some units (or all) and of the node, from a period on."""
    known = summed_by(campaign, indicator_ids)
    periods, indicators, openings = known.periods, known.indicators, known.openings
    wanted = {pk for pk, number in periods.items() if number >= from_number}
    handed = handed_over(campaign)
    if unit_ids is not None:
        unit_ids = family_of(unit_ids, handed)
    rows = owed_rows(indicator_ids, unit_ids, periods)
    totals = unit_totals(indicators, openings, rows, from_number=from_number, bases=bases, handed=handed)
    parts = []
    if unit_ids is not None:
        # A number is carried into later periods; what is told of a task counts in its own period alone.
        here = {pk for pk in wanted if periods[pk] == from_number}
        tasks = {pk for pk, row in indicators.items() if not row.is_numeric}
        totals = [total for total in totals if total.indicator_id not in tasks or total.period_id in here]
        parts = stored_parts(indicator_ids - tasks, wanted, unit_ids, bases)
        parts += stored_parts(tasks, here, unit_ids, bases)
    parts += [part_of(total, bases) for total in totals]
    leads = with_predecessors(known.leads, handed)
    return totals + node_totals(campaign.authority_id, indicators, openings, leads, parts, bases)


def lock_totals(campaign: Campaign) -> None:
    """Queue the acts that change a campaign's totals: one lock, taken before any figure is locked, so none dead-locks.

    Readers and entering clerks do not wait for it. On SQLite the writer holds the whole database anyway. Whoever takes
    the lock is about to change what standings are reckoned from, so the stamp of what is kept in memory is renewed.
    """
    _queue(campaign)
    renew_stamp(totals_stamp(campaign.pk))


def _queue(campaign: Campaign) -> None:
    """Wait until no act changes totals of the campaign; none does before this transaction ends."""
    row = Campaign.objects.select_for_update(no_key=True).only("pk", "has_successions").get(pk=campaign.pk)
    campaign.has_successions = row.has_successions
