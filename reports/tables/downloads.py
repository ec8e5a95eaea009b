"""What a person may download: summaries of periods by campaign, and the reports of the own units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from campaign.models import Campaign, Period, Submission
from reports.permissions import scope_of, why_not_board, why_not_own, why_not_summary
from reports.tables.frame import MEANINGS, SLUGS, WORDS
from units import clock
from units.models import User

#: So many of the newest own reports are listed for one campaign.
OWN_REPORTS = 12


@dataclass(frozen=True)
class BasisLink:
    """One basis of a period's files."""

    word: str
    slug: str


@dataclass(frozen=True)
class PeriodLinks:
    """One period with its files."""

    period: Period
    window: str
    is_running: bool


@dataclass(frozen=True)
class OwnReport:
    """One report of an own unit."""

    submission: Submission
    unit_name: str
    period_name: str
    window: str
    status: str
    may_draft: bool


@dataclass(frozen=True)
class CampaignDownloads:
    """One campaign: the files of its periods, or why there are none; the reports of the own units."""

    campaign: Campaign
    why_not: str
    bases: tuple[BasisLink, ...]
    meaning: str
    periods: tuple[PeriodLinks, ...]
    own: tuple[OwnReport, ...]


def download_table(user: User) -> tuple[CampaignDownloads, ...]:
    """All campaigns that the person sees: three queries, and the person's scope in each campaign."""
    campaigns = list(
        Campaign.objects.visible_to(user).launched().select_related("authority", "standing_body").order_by("-starts_on")
    )
    today = clock.today()
    periods: dict[int, list[Period]] = defaultdict(list)
    begun = Period.objects.summed().filter(campaign__in=campaigns, starts_on__lte=today)
    for period in begun.order_by("-number"):
        periods[period.campaign_id].append(period)
    own = _own_reports(campaigns, user)
    found = []
    for campaign in campaigns:
        scope = scope_of(campaign, user)
        why_not = why_not_board(scope, user) or why_not_summary(scope)
        links = [PeriodLinks(one, one.window, one.ends_on >= today) for one in periods[campaign.pk]]
        found.append(
            CampaignDownloads(
                campaign=campaign,
                why_not=why_not,
                bases=tuple(BasisLink(WORDS[basis], SLUGS[basis]) for basis in scope.bases),
                meaning="; ".join(f"{WORDS[basis].lower()}: {MEANINGS[basis]}" for basis in scope.bases),
                periods=() if why_not else tuple(links),
                own=tuple(own[campaign.pk][:OWN_REPORTS]),
            )
        )
    return tuple(found)


def _own_reports(campaigns: list[Campaign], user: User) -> dict[int, list[OwnReport]]:
    """The reports of the person's own units, the newest first: one query."""
    rows = (
        Submission.objects.of_own_units(user)
        .filter(participation__campaign__in=campaigns, period__starts_on__lte=clock.today())
        .select_related("participation", "period")
    )
    found: dict[int, list[OwnReport]] = defaultdict(list)
    for row in rows.order_by("-period__number", "participation__unit__position", "pk"):
        period = row.period
        found[row.participation.campaign_id].append(
            OwnReport(
                submission=row,
                unit_name=row.participation.unit_name,
                period_name=period.name,
                window=period.window,
                status=row.get_status_display(),
                may_draft=not why_not_own(row.participation.unit_id, user),
            )
        )
    return found
