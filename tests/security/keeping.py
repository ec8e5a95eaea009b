"""Addresses of who keeps units and accounts: their rules, their objects, and what a browser would send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaign.models import Campaign
from indicators.tables.reassigning import proposals
from tests.security.town import ADMINISTRATOR, HEAD, LEAD_HEAD, OFFICE, SUPERUSER, Town
from units.models import User

#: The standing body below its authority, the administrator.
KEEPING = OFFICE | {ADMINISTRATOR, SUPERUSER}

#: The same, and the heads of units for their own.
MANAGING = KEEPING | {HEAD, LEAD_HEAD}
MANAGING_THERE = KEEPING | {HEAD}

#: Who reads, who acts; in every state alike.
RULES: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "units:units": (KEEPING, None),
    "units:units-workbook": (KEEPING, None),
    "units:import-units": (KEEPING, None),
    "units:new-unit": (KEEPING, None),
    "units:unit": (KEEPING, KEEPING),
    "units:people": (MANAGING, None),
    "units:people-workbook": (MANAGING, None),
    "units:import-people": (MANAGING, None),
    "units:slips": (None, None),
    "indicators:person": (MANAGING_THERE, None),
    "indicators:hand-over": (None, MANAGING_THERE),
    "indicators:close-account": (None, MANAGING_THERE),
    "indicators:reorganisations": (KEEPING, None),
    "indicators:reorganise": (KEEPING, None),
    "indicators:reorganisation": (KEEPING, None),
    "indicators:reassign": (None, OFFICE),
    "indicators:place-people": (None, KEEPING),
}


def addresses_of(town: Town, authority: str) -> Iterator[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """Every address about an object: name, arguments, and what it is about."""
    commune = town.worlds[authority].communes[0]
    yield "units:unit", (commune.pk,), {"unit": commune, "subject": commune}
    person = town.people[f"{authority}-clerk0"].user
    for name in ("indicators:person", "indicators:hand-over", "indicators:close-account"):
        yield name, (person.pk,), {"unit": commune, "subject": person}
    act = town.reorganisations[authority]
    yield "indicators:reorganisation", (act.pk,), {"subject": act}
    yield "indicators:place-people", (act.pk,), {"subject": act}
    yield "indicators:reassign", (act.pk, town.worlds[authority].campaign.pk), {"subject": act}


def sent_with(name: str, subject: Any) -> dict[str, Any]:
    """What a browser would send."""
    match name:
        case "units:unit":
            return {"name": "xã Khác", "kind": "xa", "level": "xa", "parent": subject.parent.key}
        case "indicators:hand-over":
            unit = subject.role_grants.first().unit
            receiver = User.objects.get(username__endswith="-pho", role_grants__unit=unit)
            return {"unit": unit.pk, "receiver": receiver.pk, "on": "16/10/2024", "note": "QĐ 5"}
        case "indicators:close-account":
            return {"reason": "Nghỉ hưu"}
        case "indicators:place-people":
            person = User.objects.get(username__endswith="-pho", role_grants__unit__in=subject.units.all())
            return {f"unit-{person.pk}": subject.successions.get().successor_id, f"role-{person.pk}": "clerk"}
        case "indicators:reassign":
            campaign = Campaign.objects.filter(participations__unit__in=subject.units.all()).first()
            return {line.field: "5" for line in proposals(subject, campaign)}
    return {}
