"""Who goes on from whom in a campaign: units that took over from others while it ran."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from campaign.models import Campaign
from indicators.services.summing import NOBODY, Handed
from units.models import Succession


def handed_over(campaign: Campaign) -> Handed:
    """Successor → predecessors, among the units that take part: one query, none where nobody succeeds anybody.

    A successor that takes nothing over is there too, with nobody before it: its year begins with itself.
    """
    if not campaign.has_successions:
        return NOBODY
    there = campaign.participations.values("unit")
    rows = Succession.objects.filter(successor__in=there, predecessor__in=there).order_by("pk")
    found: dict[int, list[int]] = defaultdict(list)
    for predecessor, successor, takes_over in rows.values_list("predecessor", "successor", "takes_over"):
        found[successor] += [predecessor] if takes_over else []
    return {successor: tuple(predecessors) for successor, predecessors in found.items()}


def with_predecessors(leads: dict[int, int], handed: Handed) -> dict[int, set[int]]:
    """Who leads each indicator, with those from whom the lead went over to it: their figures count in their periods."""
    found = {indicator: {unit} for indicator, unit in leads.items()}
    for units in found.values():
        while more := {old for unit in units for old in handed.get(unit, ())} - units:
            units |= more
    return found


def family_of(unit_ids: Collection[int], handed: Handed) -> set[int]:
    """The units with all that stand before and after them: a change of one changes those after it."""
    family = set(unit_ids)
    while True:
        more = {new for new, before in handed.items() if family & set(before)}
        more |= {old for new in family for old in handed.get(new, ())}
        if more <= family:
            return family
        family |= more
