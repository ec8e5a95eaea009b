"""What the pages of reorganisations show: decisions with their units, and what follows in the campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from campaign.permissions import is_standing_body
from indicators.tables.reassigning import Proposal, proposals
from indicators.tables.wording import NONE
from units.models import OrgUnit, Reorganisation, StoredFile, Succession, UnitName, User
from units.rules.reorganising import RENAME
from units.tables.concerned import ConcernedPeople, concerned_people
from vietnamese.dates import format_date

#: Acts, their units with their names in time, successions with both units.
ROW_QUERIES = 6


@dataclass(frozen=True)
class ActRow:
    """One decision as text."""

    pk: int
    kind: str
    number: str
    effective_on: str
    old: str
    new: str


@dataclass(frozen=True)
class CampaignTargets:
    """The targets of one campaign that follow from a decision."""

    pk: int
    name: str
    lines: tuple[Proposal, ...]
    may_give: bool

    @property
    def is_open(self) -> bool:
        """Is there anything left to give?"""
        return self.may_give and any(not line.present for line in self.lines)


@dataclass(frozen=True)
class ActPage:
    """One decision with its file, its targets and the people whom it concerns."""

    row: ActRow
    decided_on: str
    files: tuple[StoredFile, ...]
    campaigns: tuple[CampaignTargets, ...]
    people: ConcernedPeople


def act_rows(paths: tuple[str, ...]) -> list[ActRow]:
    """Decisions about units at or below the paths: ``ROW_QUERIES`` queries."""
    acts = Reorganisation.objects.about_any(paths).prefetch_related(
        "units__names", "successions__predecessor", "successions__successor"
    )
    return [_row(act) for act in acts]


def act_page(
    act: Reorganisation,
    user: User,
    typed: Mapping[str, str] = MappingProxyType({}),
    errors: Mapping[str, str] = MappingProxyType({}),
) -> ActPage:
    """One decision; ``typed`` stands in place of what was proposed, with what is wrong with it."""
    files = StoredFile.objects.belonging_to(act)
    running = Campaign.objects.filter(participations__unit__in=act.units.all()).exclude(status=CampaignStatus.CLOSED)
    campaigns = [
        CampaignTargets(one.pk, str(one), _lines(act, one, typed, errors), is_standing_body(one, user))
        for one in running.distinct().order_by("-starts_on")
        if act.effective_on <= one.ends_on
    ]
    found = tuple(one for one in campaigns if one.lines)
    decided_on = format_date(act.decided_on) if act.decided_on else ""
    return ActPage(_row(act), decided_on, tuple(files), found, concerned_people(act, user))


def _lines(
    act: Reorganisation, campaign: Campaign, typed: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[Proposal, ...]:
    return tuple(
        replace(line, proposed=typed.get(line.field, line.proposed), error=errors.get(line.field, ""))
        for line in proposals(act, campaign)
    )


def _row(act: Reorganisation) -> ActRow:
    """Old and new units by name; of a renaming or an end there is no succession, but names of before and after."""
    passings: list[Succession] = list(act.successions.all())
    old = dict.fromkeys(row.predecessor.name for row in passings)
    new = dict.fromkeys(row.successor.name for row in passings)
    if not passings:
        units = list(act.units.all())
        old = dict.fromkeys(_name_on(unit, act.effective_on - timedelta(days=1)) for unit in units)
        if act.kind == RENAME:
            new = dict.fromkeys(_name_on(unit, act.effective_on) for unit in units)
    return ActRow(
        pk=act.pk,
        kind=act.get_kind_display(),
        number=act.number,
        effective_on=format_date(act.effective_on),
        old=", ".join(old),
        new=", ".join(new) or NONE,
    )


def _name_on(unit: OrgUnit, day: date) -> str:
    """What the unit was called on a day."""
    names: list[UnitName] = list(unit.names.all())
    for row in names:
        if (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day):
            return row.name
    return unit.name
