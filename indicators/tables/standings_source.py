"""What standings are reckoned from: definitions (seven queries), stored totals (one), statuses of tasks (one)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Q

from campaign.models import BandThreshold, Campaign, Period
from indicators.choices import AssignmentRole, ClaimSubject, Schedule, TaskStatus
from indicators.models import Assignment, Claim, Figure, Indicator, Opening, PathPoint, Target, Total
from indicators.rules import progress
from indicators.tables.kept import kept
from indicators.tables.past import Past
from indicators.tables.plan import band_rule_on, last_by_base

#: The two ways to count: tạm tính (what was sent) and chính thức (what was received).
SENT, OFFICIAL = "sent", "official"
VERSION_OF = {SENT: "sent_version", OFFICIAL: "received_version"}
#: How many periods a monthly row's last total may lie back: supplementary periods ask for few rows.
MONTHLY_REACH = 3
EVERY_MONTH = (Schedule.MONTHLY, Schedule.UNTIL_DONE)
OPENING_SUBJECTS = (ClaimSubject.OPENING_AMOUNT, ClaimSubject.OPENING_RATE)

Key = tuple[int, int]


class Lead(NamedTuple):
    """Who answers for an indicator: the lead department, and there the person in charge where one is named."""

    unit_id: int = 0
    name: str = ""
    person_id: int | None = None


NOBODY = Lead()


class Reporter(NamedTuple):
    """One unit that owes a row: the name by which a sentence calls it, and its kind."""

    unit_id: int
    name: str
    kind: str
    is_territorial: bool


@dataclass(frozen=True)
class Dispute:
    """What the document says in two ways about an indicator: neither may be used until a person settles it."""

    contradiction_id: int
    claims: tuple[Claim, ...]

    def of(self, *subjects: str) -> list[Claim]:
        """The claims about an opening, or about a target; a number that is said twice comes once."""
        chosen = [claim for claim in self.claims if claim.subject in subjects]
        return list({(claim.value, claim.unit_of_measure): claim for claim in chosen}.values())

    @property
    def is_about_opening(self) -> bool:
        """May the opening not be used?"""
        return bool(self.of(*OPENING_SUBJECTS))

    @property
    def is_about_target(self) -> bool:
        """May the target not be used?"""
        return bool(self.of(ClaimSubject.TARGET))


@dataclass(frozen=True)
class Definitions:
    """Everything about indicators that does not change with the figures."""

    campaign: Campaign
    indicators: dict[int, Indicator]
    bases: dict[int, list[tuple[int, str]]]
    targets: dict[Key, list[Target]]
    openings: dict[Key, list[Opening]]
    paths: dict[tuple[int, int | None], list[progress.PathPoint]]
    disputes: dict[int, Dispute]
    reporters: dict[int, list[Reporter]]
    not_applicable: frozenset[Key]
    leads: dict[int, Lead]
    band_rule: progress.BandRule
    past: Past | None = None

    def path(self, indicator_id: int, unit_id: int) -> list[progress.PathPoint]:
        """The unit's own phased path, or the common one."""
        return self.paths.get((indicator_id, unit_id)) or self.paths.get((indicator_id, None), [])


def nothing_defined(campaign: Campaign) -> Definitions:
    """The definitions of a report that judges no indicator; no query."""
    return Definitions(campaign, {}, {}, {}, {}, {}, {}, {}, frozenset(), {}, progress.BandRule())


@dataclass(frozen=True)
class Sums:
    """One stored total as one basis sees it, with the window of its period."""

    number: int
    starts_on: date
    ends_on: date
    amount: Decimal | None
    cumulative: Decimal | None
    since_launch: Decimal | None
    denominators: dict[str, str]
    owed: int
    sent: int
    received: int
    confirmed: int
    is_illustrative: bool


def kept_definitions(
    stamp: str, campaign: Campaign, on: date, indicator_ids: frozenset[int] | None, unit_ids: tuple[int, ...] | None
) -> Definitions:
    """The same as ``read_definitions``, read again only when the stamp of the definitions is another."""
    return kept(
        ("definitions", stamp, campaign.pk, on, indicator_ids, unit_ids),
        lambda: read_definitions(campaign, on, indicator_ids, unit_ids),
        lambda built: len(built.targets) + len(built.openings) + sum(map(len, built.reporters.values())) // 10,
    )


def read_definitions(
    campaign: Campaign,
    on: date,
    indicator_ids: Collection[int] | None = None,
    unit_ids: Collection[int] | None = None,
    *,
    past: Past | None = None,
) -> Definitions:
    """What is in force on a day, for all units of the indicators: seven queries.

    With ``unit_ids`` the targets and openings of these units alone: a hundred units have thousands of them. With
    ``past`` what was known at its moment: without targets given since, with contradictions settled since still open.
    """
    mine = Q(indicator__campaign=campaign)
    if indicator_ids is not None:
        mine &= Q(indicator__in=indicator_ids)
    here = Q() if unit_ids is None else Q(unit__in=unit_ids)
    indicators, bases = _indicators(campaign, indicator_ids, on, past)
    reporters, not_applicable, leads = _assignments(mine, on, past.revived if past else ())
    return Definitions(
        campaign=campaign,
        indicators=indicators,
        bases=bases,
        targets=_targets(
            mine & (here if unit_ids is None else here | _sums_its_units(campaign, on)),
            on,
            past.later_targets if past else (),
        ),
        openings=_openings(mine & here),
        paths=_paths(mine),
        disputes=_disputes(campaign, past.at if past else None),
        reporters=reporters,
        not_applicable=not_applicable,
        leads=leads,
        band_rule=band_rule_on(BandThreshold.objects.filter(campaign=campaign), on),
        past=past,
    )


def with_all_units(known: Definitions, on: date, indicator_ids: Collection[int]) -> Definitions:
    """The same definitions with every unit's targets and openings of some indicators: two queries."""
    mine = Q(indicator__in=indicator_ids)
    return replace(
        known, targets={**known.targets, **_targets(mine, on)}, openings={**known.openings, **_openings(mine)}
    )


def read_sums(
    known: Definitions,
    period: Period,
    basis: str,
    indicator_ids: Collection[int],
    unit_ids: Collection[int] | None,
    *,
    reach: int = MONTHLY_REACH,
) -> dict[Key, list[Sums]]:
    """The totals up to a period that a standing needs, oldest first: one query.

    A monthly row reads its last few periods, whatever the history behind them; one that is asked for rarely reads all.
    """
    monthly = [pk for pk, row in known.indicators.items() if row.schedule in EVERY_MONTH]
    if known.past is not None:
        return known.past.sums_up_to(basis, period.number, period.number - reach + 1, monthly, unit_ids)
    rows = Total.objects.filter(indicator__in=indicator_ids, period__number__lte=period.number)
    rows = rows.filter(Q(period__number__gt=period.number - reach) | ~Q(indicator__in=monthly))
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    columns = ["indicator_id", "unit_id", "period__number", "period__starts_on", "period__ends_on"]
    columns += [f"{basis}_{name}" for name in ("amount", "cumulative", "since_launch", "denominators")]
    columns += ["owed", "sent", "received", "confirmed", "is_illustrative"]
    found: dict[Key, list[Sums]] = defaultdict(list)
    for indicator_id, unit_id, *values in rows.order_by("period__number").values_list(*columns):
        found[indicator_id, unit_id].append(Sums(*values))
    return found


def read_tasks(
    known: Definitions, period: Period, basis: str, indicator_ids: Collection[int], unit_ids: Collection[int] | None
) -> dict[Key, Counter[str]]:
    """How many units report which status of a task, in the last period that asked for it: one query, or none.

    The node stands under the authority's id; "" counts units that have not reported.
    """
    node_id = known.campaign.authority_id
    if known.past is not None:
        return known.past.statuses(basis, period.number, node_id)
    tasks = [row for pk in indicator_ids if not (row := known.indicators[pk]).is_numeric]
    if not tasks:
        return {}
    rows = Figure.objects.filter(assignment__indicator__in=tasks, assignment__is_not_applicable=False)
    rarely = [row for row in tasks if row.schedule not in EVERY_MONTH]
    if rarely:
        # Only they are looked for in earlier periods: a monthly task's history is not read.
        earlier = Q(assignment__indicator__in=rarely, period__number__lte=period.number)
        rows = rows.filter(Q(period=period) | earlier)
    else:
        rows = rows.filter(period=period)
    if unit_ids is not None and node_id not in unit_ids:
        rows = rows.filter(assignment__unit__in=unit_ids)
    columns = ["assignment__indicator_id", "assignment__unit_id", "period__number"]
    if unit_ids is not None and set(unit_ids) == {node_id}:
        columns[1] = "assignment__indicator__campaign__authority_id"
    columns.append(f"{VERSION_OF[basis]}__task_status")
    last: dict[Key, int] = {}
    found: dict[Key, Counter[str]] = {}
    counted = rows.values_list(*columns).annotate(units=Count("pk")).order_by("period__number")
    for indicator_id, unit_id, number, status, units in counted:
        for key in {(indicator_id, unit_id), (indicator_id, node_id)}:
            if last.get(key) != number:
                last[key], found[key] = number, Counter()
            found[key][status if status in TaskStatus.values else ""] += units
    return found


def _indicators(
    campaign: Campaign, indicator_ids: Collection[int] | None, on: date, past: Past | None
) -> tuple[dict[int, Indicator], dict[int, list[tuple[int, str]]]]:
    """Indicators that hold on the day, in the order of the document, with the names of their bases: one query.

    As of a past moment without those that were added since, and with those that have ended since.
    """
    ended = Q(valid_to=None) | Q(valid_to__gte=on)
    if past is not None:
        ended |= Q(pk__in=past.revived)
    rows = Indicator.objects.filter(ended, Q(valid_from=None) | Q(valid_from__lte=on), campaign=campaign)
    rows = rows.exclude(pk__in=past.later_indicators if past else ()).select_related("area__parent")
    rows = rows.defer("area__text", "area__parent__text")  # the document word for word: long, and not shown here
    if indicator_ids is not None:
        rows = rows.filter(pk__in=indicator_ids)
    indicators: dict[int, Indicator] = {}
    bases: dict[int, list[tuple[int, str]]] = defaultdict(list)
    ordered = rows.order_by("area__position", "position", "pk", "denominators__position")
    for row in ordered.annotate(base_pk=F("denominators__pk"), base_label=F("denominators__name")):
        indicators.setdefault(row.pk, row)
        base_pk, base_label = row.base_pk, row.base_label  # type: ignore[attr-defined]
        if base_pk is not None:
            bases[row.pk].append((base_pk, base_label))
    return indicators, bases


def _sums_its_units(campaign: Campaign, on: date) -> Q:
    """Indicators whose whole may take its target from the units: it has none of its own that surely is the main one."""
    own = Target.objects.filter(unit=campaign.authority_id).in_force(on)
    sure = own.filter(is_main=True).values("indicator")
    return ~Q(indicator__in=sure) | Q(indicator__in=own.filter(is_main=False).values("indicator"))


def _targets(mine: Q, on: date, but: Collection[int] = ()) -> dict[Key, list[Target]]:
    """Targets in force on a day; of each base the last revision."""
    found: dict[Key, list[Target]] = defaultdict(list)
    for target in (
        Target.objects.filter(mine).exclude(pk__in=but).in_force(on).select_related("base").order_by("unit", "sequence")
    ):
        found[target.indicator_id, target.unit_id].append(target)
    return {key: last_by_base(targets) for key, targets in found.items()}


def _openings(mine: Q) -> dict[Key, list[Opening]]:
    """What was done before the launch: amounts, and rates with their bases."""
    found: dict[Key, list[Opening]] = defaultdict(list)
    for opening in Opening.objects.filter(mine).select_related("base").order_by("pk"):
        found[opening.indicator_id, opening.unit_id].append(opening)
    return found


def _paths(mine: Q) -> dict[tuple[int, int | None], list[progress.PathPoint]]:
    """Phased paths: which part of the plan is due by the last day of each period."""
    found: dict[tuple[int, int | None], list[progress.PathPoint]] = defaultdict(list)
    rows = PathPoint.objects.filter(mine).order_by("period__number")
    for indicator_id, unit_id, on, share in rows.values_list("indicator_id", "unit_id", "period__ends_on", "share"):
        found[indicator_id, unit_id].append(progress.PathPoint(on, share / 100))
    return found


def _disputes(campaign: Campaign, at: datetime | None = None) -> dict[int, Dispute]:
    """Contradictions about an indicator that nobody has settled yet, or had by a past moment."""
    is_open = Q(contradiction__settled_at=None)
    if at is not None:
        is_open |= Q(contradiction__settled_at__gt=at)
    rows = Claim.objects.filter(is_open, contradiction__campaign=campaign)
    rows = rows.filter(contradiction__indicator__isnull=False).select_related("contradiction", "base")
    claims: dict[int, list[Claim]] = defaultdict(list)
    for claim in rows.order_by("contradiction__position", "position"):
        claims[claim.contradiction.indicator_id or 0].append(claim)
    return {pk: Dispute(sides[0].contradiction_id, tuple(sides)) for pk, sides in claims.items()}


def _assignments(
    mine: Q, on: date, revived: Collection[int] = ()
) -> tuple[dict[int, list[Reporter]], frozenset[Key], dict[int, Lead]]:
    """Who reports which row, where it is not given, and who leads it."""
    rows = Assignment.objects.filter(mine).filter(
        Q(valid_to=None) | Q(valid_to__gte=on) | Q(indicator__in=revived), Q(valid_from=None) | Q(valid_from__lte=on)
    )
    ordered = rows.order_by("unit__kind__position", "unit__position", "unit__sort_key")
    columns = ("indicator_id", "unit_id", "role", "is_not_applicable", "unit__name", "unit__short_name")
    reporters: dict[int, list[Reporter]] = defaultdict(list)
    out: set[Key] = set()
    leads: dict[int, Lead] = {}
    for indicator_id, unit_id, role, is_out, name, short, kind, is_territorial, person_id in ordered.values_list(
        *columns, "unit__kind__name", "unit__kind__is_territorial", "person_id"
    ):
        if role == AssignmentRole.LEADS:
            leads[indicator_id] = Lead(unit_id, short, person_id)
        elif role == AssignmentRole.REPORTS and is_out:
            out.add((indicator_id, unit_id))
        elif role == AssignmentRole.REPORTS:
            reporters[indicator_id].append(Reporter(unit_id, name if is_territorial else short, kind, is_territorial))
    return reporters, frozenset(out), leads
