"""Targets after a reorganisation: what the old units had, what is proposed for the new, what is given already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from campaign.models import Campaign
from indicators.models import Target
from indicators.rules.reassigning import shares
from indicators.tables.plan import last_by_base
from units.models import OrgUnit, Reorganisation, Succession
from vietnamese.numbers import format_number, format_trimmed

#: Successions with both units, targets.
QUERIES = 2

Key = tuple[int, int, int | None]


@dataclass(frozen=True)
class Proposal:
    """One target to be given: to whom, of what, out of which old ones; empty where no sum can be proposed."""

    field: str
    indicator_id: int
    unit_id: int
    base_id: int | None
    indicator: str
    unit_of_measure: str
    decimals: int
    unit: str
    base: str
    parts: str
    proposed: str
    present: str
    is_percentage: bool
    is_main: bool
    set_by: str
    error: str = ""


def proposals(act: Reorganisation, campaign: Campaign) -> list[Proposal]:
    """One line for each indicator, successor and base: ``QUERIES`` queries."""
    passings = list(Succession.objects.filter(act=act).select_related("predecessor", "successor"))
    old = {row.predecessor_id: row.predecessor for row in passings}
    new = {row.successor_id: row.successor for row in passings}
    rows = Target.objects.filter(indicator__campaign=campaign, unit__in={**old, **new})
    # Nothing more is owed of an indicator that has ended by the day, so nothing of it is given again.
    rows = rows.filter(Q(indicator__valid_to=None) | Q(indicator__valid_to__gte=act.effective_on))
    rows = rows.select_related("indicator", "base", "unit").order_by("indicator__position", "indicator", "sequence")
    given: dict[tuple[int, int | None], dict[int, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for target in rows:
        given[target.indicator_id, target.base_id][target.unit_id].append(target)
    found: list[Proposal] = []
    for units in given.values():
        before = [one for pk in {**old, **new} for one in _valid_before(units.get(pk, []), act)]
        if any(one.unit_id in old for one in before):
            found += _lines(act, before, units, new)
    return found


def _valid_before(targets: Iterable[Target], act: Reorganisation) -> list[Target]:
    """The target that held on the day before, and not one given by the very decision."""
    earlier = [one for one in targets if one.valid_from < act.effective_on and one.decision_number != act.number]
    return last_by_base(earlier)


def _lines(
    act: Reorganisation, before: list[Target], units: dict[int, list[Target]], new: dict[int, OrgUnit]
) -> list[Proposal]:
    """The successors' lines of one indicator on one base."""
    indicator, first = before[0].indicator, before[0]
    amounts = [one.amount for one in before]
    if first.is_percentage:
        proposed = [amounts[0] if len(set(amounts)) == 1 else None] * len(new)
    else:
        proposed = list(shares(sum(amounts, Decimal(0)), len(new), indicator.decimals))
    told = "; ".join(f"{one.unit.name} {format_trimmed(one.amount)}" for one in before)
    lines = []
    for (pk, unit), amount in zip(sorted(new.items()), proposed, strict=True):
        present = [one for one in units.get(pk, []) if one.decision_number == act.number]
        lines.append(
            Proposal(
                field=f"t-{indicator.pk}-{pk}-{first.base_id or 0}",
                indicator_id=indicator.pk,
                unit_id=pk,
                base_id=first.base_id,
                indicator=indicator.short_name,
                unit_of_measure="%" if first.is_percentage else indicator.unit_of_measure,
                decimals=indicator.decimals,
                unit=unit.name,
                base=first.base.name if first.base else "",
                parts=told,
                proposed="" if amount is None else format_number(amount, indicator.decimals),
                present=format_number(present[-1].amount, indicator.decimals) if present else "",
                is_percentage=first.is_percentage,
                is_main=first.is_main,
                set_by=first.set_by,
            )
        )
    return lines
