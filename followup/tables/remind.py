"""The page on which units are chosen to be reminded: who owes what up to a period, and who is ticked beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from campaign.models import Campaign, Period
from followup.models import ReminderPolicy
from followup.permissions import why_not_keep
from followup.tables import arrears as owed
from followup.tables.arrears import LAGGING, UnitArrears, arrears, policy_of
from units import clock
from units.models import OrgUnit, User

#: What the units owe, the periods, the policy; without lagging indicators.
QUERIES = owed.QUERIES + 2


@dataclass(frozen=True)
class RemindPage:
    """Who may be reminded of what; ``is_chosen`` where the address names the units."""

    campaign: Campaign
    period: Period
    periods: tuple[Period, ...]
    rows: tuple[UnitArrears, ...]
    clear: int
    late: int
    ticked: frozenset[int]
    with_lagging: bool
    indicators: tuple[int, ...]
    policy: ReminderPolicy
    is_chosen: bool


def remind_page(
    campaign: Campaign,
    period: Period,
    *,
    unit_ids: Collection[int] = (),
    indicator_ids: Sequence[int] = (),
    with_lagging: bool = False,
) -> RemindPage:
    """All units, or those that were chosen on the matrix; with lagging indicators, or those chosen on the heat map.

    Ticked are the chosen units, else those that lag on the chosen indicators, else those that are late.
    """
    with_lagging = with_lagging or bool(indicator_ids)
    found = arrears(
        campaign,
        period,
        unit_ids=unit_ids or None,
        with_lagging=with_lagging,
        indicator_ids=indicator_ids or None,
    )
    rows = tuple(row for row in found if row.lines)
    return RemindPage(
        campaign=campaign,
        period=period,
        periods=tuple(campaign.periods.summed().ended_by(clock.today()).order_by("number")),
        rows=rows,
        clear=len(found) - len(rows),
        late=sum(row.is_late for row in rows),
        ticked=frozenset(
            row.unit_id for row in rows if row.may_be_reminded and _is_meant(row, unit_ids, indicator_ids)
        ),
        with_lagging=with_lagging,
        indicators=tuple(indicator_ids),
        policy=policy_of(campaign),
        is_chosen=bool(unit_ids),
    )


def _is_meant(row: UnitArrears, unit_ids: Collection[int], indicator_ids: Sequence[int]) -> bool:
    if unit_ids:
        return row.unit_id in unit_ids
    if indicator_ids:
        return any(line.kind == LAGGING for line in row.lines)
    return row.is_late


def kept_campaigns(user: User) -> list[Campaign]:
    """The launched campaigns whose standing body the person belongs to, the present one first."""
    rows = Campaign.objects.present_for(user, clock.today()).with_offices()
    return [row for row in rows if not why_not_keep(row, user)]


def period_to_remind(campaigns: Sequence[Campaign], asked: str | None, of_campaign: str) -> Period | None:
    """The period that the address names, else the last of its campaign (or the present one) that has ended."""
    periods = Period.objects.filter(campaign__in=campaigns).summed().select_related("campaign")
    if asked is not None:
        return periods.filter(pk=asked).first() if asked.isdigit() else None
    meant = next((one for one in campaigns if str(one.pk) == of_campaign), campaigns[0])
    ordered = periods.filter(campaign=meant).order_by("number")
    return ordered.ended_by(clock.today()).last() or ordered.first()


def units_of(campaign: Campaign, unit_ids: Collection[int]) -> list[OrgUnit]:
    """The chosen units that take part in the campaign."""
    return list(OrgUnit.objects.filter(participations__campaign=campaign, pk__in=unit_ids))
