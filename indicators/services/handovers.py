"""What a unit that ends leaves open in running campaigns goes to the units after it; what was reported stays its own.

Reports of periods that began before the effective day stay the old unit's: its successors finish them, for their
people read and act there (``User.grants``). From the first period that begins on or after that day the successors
owe the reports; cumulatives go on from those of their predecessors (``services/summing``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q

from campaign.choices import CampaignStatus, PeriodKind, Relation, SubmissionStatus
from campaign.models import Campaign, Deadline, Participation, Period, Submission
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Figure, Total
from indicators.services.launching import create_owed
from indicators.services.totals import lock_totals, recompute_from
from units.models import OrgUnit, Reorganisation, Succession, User
from units.rules.reorganising import Decision
from units.services import record_act
from units.services.reorganising import reorganise


@dataclass(frozen=True)
class HandedOver:
    """What a decision handed over in one campaign: from which period on, how many rows, how many reports."""

    campaign: Campaign
    first: Period | None
    rows: int
    reports: int


@transaction.atomic
def record_reorganisation(decision: Decision, *, by: User | None) -> tuple[Reorganisation, list[HandedOver]]:
    """Record the decision and hand over what is owed in every campaign that runs."""
    act = reorganise(decision, by=by)
    old = [unit for unit in act.units.all() if unit.key in decision.old]
    if Succession.objects.filter(act=act).exists():
        # Campaigns that are over, too: their series are read by old or by today's boundaries.
        theirs = Campaign.objects.exclude(status=CampaignStatus.DRAFT).filter(participations__unit__in=old)
        Campaign.objects.filter(pk__in=theirs.values("pk")).update(has_successions=True)
    running = Campaign.objects.filter(status=CampaignStatus.LAUNCHED, participations__unit__in=old).distinct()
    return act, [_hand_over(campaign, act, old, by) for campaign in running.order_by("pk")]


def _hand_over(campaign: Campaign, act: Reorganisation, old: list[OrgUnit], by: User | None) -> HandedOver:
    """One campaign: its rows and reports from the first free period on."""
    lock_totals(campaign)
    passings = list(Succession.objects.filter(act=act).select_related("successor"))
    ending = [unit for unit in old if unit.valid_to is not None and unit.valid_to < act.effective_on]
    first = _first_free(campaign, act.effective_on, ending)
    heirs = list({row.successor_id: row.successor for row in passings}.values())
    rows = 0
    if first is not None:
        cut = first.starts_on
        _take_away(campaign, first, ending)
        for heir in heirs:
            givers = ending or old
            part = _participation(campaign, heir, givers, act.effective_on)
            if part is not None:
                rows += _take_on(campaign, heir, [row.predecessor_id for row in passings], cut)
        _end_rows(campaign, ending, cut)
    reports = _owe(campaign, first, heirs) if first else 0
    if first is not None:
        recompute_from(first, set(campaign.indicators.order_by().values_list("pk", flat=True)))
    detail = {"from": first.number if first else None, "rows": rows, "reports": reports}
    record_act("unit.handed_over", by=by, subject=campaign, unit=old[0], reason=str(act), detail=detail)
    return HandedOver(campaign, first, rows, reports)


def _first_free(campaign: Campaign, on: date, units: Collection[OrgUnit]) -> Period | None:
    """The first period that begins on or after the day and after every period of which something was reported."""
    periods = list(campaign.periods.exclude(kind=PeriodKind.FLASH).filter(starts_on__gte=on).order_by("number"))
    touched = Submission.objects.filter(participation__unit__in=units, period__in=periods)
    touched = touched.filter(~Q(status=SubmissionStatus.DRAFT) | Q(figures__version__gt=0))
    last = max(touched.values_list("period__number", flat=True), default=0)
    return next((period for period in periods if period.number > last), None)


def _take_away(campaign: Campaign, first: Period, units: Collection[OrgUnit]) -> None:
    """Empty reports of the units that end, from the period on; nothing was ever written in them."""
    later = Submission.objects.filter(
        participation__unit__in=units, period__campaign=campaign, period__number__gte=first.number
    ).exclude(period__kind=PeriodKind.FLASH)
    Total.objects.filter(indicator__campaign=campaign, unit__in=units, period__number__gte=first.number).delete()
    Figure.objects.filter(submission__in=later.values("pk")).delete()
    for submission in later:
        try:
            with transaction.atomic():
                submission.delete()
        except ProtectedError:  # somebody was reminded of it, or asked about it: that stays on record, with no rows
            continue


def _participation(campaign: Campaign, heir: OrgUnit, givers: Collection[OrgUnit], on: date) -> Participation | None:
    """The heir takes part as those before it did; who must report goes before who is only asked."""
    present = campaign.participations.filter(unit=heir).first()
    parts = list(campaign.participations.filter(unit__in=givers).select_related("unit"))
    if present is not None or not parts:
        return present
    model = next((part for part in parts if part.relation == Relation.ASSIGNED), parts[0])
    return Participation.objects.create(
        campaign=campaign,
        unit=heir,
        relation=model.relation,
        cluster=model.cluster,
        tier=model.tier,
        unit_name=heir.name,
        valid_from=on,
    )


def _take_on(campaign: Campaign, heir: OrgUnit, giver_ids: Collection[int], cut: date) -> int:
    """Every row of those before it, each once; not given only where it was given to none of them."""
    given = Assignment.objects.filter(indicator__campaign=campaign, unit__in=giver_ids)
    given = given.filter(Q(valid_to=None) | Q(valid_to__gte=cut)).order_by("pk")
    have = set(
        Assignment.objects.filter(indicator__campaign=campaign, unit=heir, valid_to=None).values_list(
            "indicator", "role"
        )
    )
    found: dict[tuple[int, str], Assignment] = {}
    for row in given:
        key = (row.indicator_id, row.role)
        if key in have or row.role == AssignmentRole.LEADS:
            continue
        known = found.get(key)
        if known is None:
            found[key] = Assignment(
                indicator_id=row.indicator_id,
                unit=heir,
                role=row.role,
                person_id=row.person_id,
                is_not_applicable=row.is_not_applicable,
                valid_from=cut,
                origin=row.origin,
            )
        elif not row.is_not_applicable:
            known.is_not_applicable = False
    leads = [row for row in given if row.role == AssignmentRole.LEADS]
    Assignment.objects.bulk_create(found.values())
    for row in leads:
        row.valid_to = cut - timedelta(days=1)
        row.save()
        Assignment.objects.create(
            indicator_id=row.indicator_id, unit=heir, role=row.role, person_id=row.person_id, valid_from=cut
        )
    return len(found) + len(leads)


def _end_rows(campaign: Campaign, units: Collection[OrgUnit], cut: date) -> None:
    """The rows of the units that end are theirs to the day before; who leads an indicator stays until another does."""
    rows = Assignment.objects.filter(indicator__campaign=campaign, unit__in=units).exclude(role=AssignmentRole.LEADS)
    late = rows.filter(valid_from__gte=cut)
    rows.filter(Q(valid_to=None) | Q(valid_to__gte=cut)).exclude(pk__in=late.values("pk")).update(
        valid_to=cut - timedelta(days=1)
    )


def _owe(campaign: Campaign, first: Period, heirs: Collection[OrgUnit]) -> int:
    """Reports and empty figures of the heirs from the period on, with the deadlines of their group."""
    periods = list(campaign.periods.exclude(kind=PeriodKind.FLASH).filter(number__gte=first.number))
    due = {(row.period_id, row.tier_id): row.due_on for row in Deadline.objects.filter(period__in=periods)}
    parts = campaign.participations.filter(unit__in=heirs).exclude(relation=Relation.SUPPORTS)
    there = set(Submission.objects.filter(participation__in=parts).values_list("participation", "period"))
    Submission.objects.bulk_create(
        Submission(participation=part, period=period, due_on=due[period.pk, part.tier_id])
        for part in parts
        for period in periods
        if (period.pk, part.tier_id) in due and (part.pk, period.pk) not in there
    )
    rows = Assignment.objects.reporting().filter(indicator__campaign=campaign, unit__in=heirs)
    create_owed(campaign, rows.select_related("indicator", "unit"))
    mine = Submission.objects.filter(participation__in=parts, period__in=periods)
    mine.filter(figures=None).delete()
    return mine.count()
