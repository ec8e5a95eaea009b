"""Every address of the house, who may open it and who may act there: a declared table and the walk of the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from campaign.rules.workflow import MOVES
from indicators.models import Evidence
from tests.security import following, followup, keeping, preparing
from tests.security.town import (
    ADMINISTRATOR,
    CLERK,
    COORDINATOR,
    COORDINATOR_HEAD,
    DRAFT,
    HEAD,
    LEAD,
    LEAD_HEAD,
    LEADER,
    LEADS,
    NEIGHBOUR,
    NOBODY,
    OFFICE,
    OTHER_LEAD,
    OWN,
    READER,
    RECEIVED,
    SENT,
    SUPERIOR,
    SUPERUSER,
    Town,
    figures_of,
    submissions_of,
)

APPS = ("units", "campaign", "indicators", "followup", "reports")

NOT_ADMINISTERING = OWN | OFFICE | LEADS | {LEADER, SUPERIOR, READER, NOBODY}
EVERYONE = NOT_ADMINISTERING | {ADMINISTRATOR, SUPERUSER}
TAKING_PART = OWN | OFFICE | LEADS | {OTHER_LEAD, NEIGHBOUR, LEADER, SUPERIOR, READER}
SEES_UNSENT = OWN
SEES_SENT = OWN | OFFICE | LEADS | {LEADER}

States = dict[str, frozenset[str]]


def always(who: frozenset[str]) -> States:
    """The same in every state."""
    return {DRAFT: who, SENT: who, RECEIVED: who}


@dataclass(frozen=True)
class Rule:
    """One row of the table: who may read the address in each state of its object, who may act there; else refused.

    ``moves_on``: who is led on to another page instead. ``reads`` None: the address only takes acts. ``hears``: who
    stands on the page and is told in a sentence that there is nothing to act on.
    """

    reads: States | None = None
    acts: States | None = None
    moves_on: frozenset[str] = frozenset()
    hears: frozenset[str] = frozenset()


FIGURE: States = {DRAFT: SEES_UNSENT, SENT: SEES_SENT, RECEIVED: SEES_SENT}
OPEN_MONTH: States = {DRAFT: OWN, SENT: frozenset(), RECEIVED: frozenset()}
DRAFTS = OFFICE | {LEADER}
SENT_ONES: States = {DRAFT: frozenset(), SENT: LEADS, RECEIVED: LEADS}
RAISES: States = {DRAFT: OWN, SENT: OWN | OFFICE | LEADS, RECEIVED: OWN | OFFICE | LEADS}
ASKS_AGAIN: States = {SENT: frozenset({LEAD}), RECEIVED: frozenset({LEAD})}

#: An address that is not here fails a test; nobody of another authority is ever let in to an object.
RULES: dict[str, Rule] = {
    "units:home": Rule(always(frozenset({NOBODY})), moves_on=EVERYONE - {NOBODY}),
    "units:log-in": Rule(always(frozenset()), moves_on=EVERYONE),
    "units:log-out": Rule(acts=always(EVERYONE)),
    "units:change-password": Rule(always(EVERYONE), always(EVERYONE)),
    "units:stand-ins": Rule(always(EVERYONE)),
    "units:take-back": Rule(acts=always(frozenset({HEAD}))),
    "units:file": Rule(FIGURE),
    "campaign:campaigns": Rule(always(EVERYONE)),
    "campaign:campaign": Rule(always(TAKING_PART)),
    "indicators:owed": Rule(always(EVERYONE)),
    "indicators:asked": Rule(always(EVERYONE)),
    "indicators:month": Rule(always(OWN), OPEN_MONTH, moves_on=OFFICE),
    "indicators:template": Rule(always(OWN)),
    "indicators:import-month": Rule(always(OWN), OPEN_MONTH),
    "indicators:reasons": Rule(always(OWN), OPEN_MONTH, moves_on=OFFICE),
    "indicators:move": Rule(acts={}),  # by the table of moves, below
    "indicators:correct": Rule(always(OWN | OFFICE), {RECEIVED: OWN | OFFICE}),
    "indicators:paste": Rule(acts=OPEN_MONTH),
    "indicators:take-previous": Rule(acts=OPEN_MONTH),
    "indicators:send-waiting": Rule(acts=OPEN_MONTH),
    "indicators:enter-figure": Rule(acts=OPEN_MONTH),
    "indicators:figure": Rule(FIGURE),
    "indicators:attach-evidence": Rule(acts=OPEN_MONTH),
    "indicators:remove-evidence": Rule(acts=OPEN_MONTH),
    "indicators:extra-periods": Rule(always(OFFICE), always(OFFICE)),
    "indicators:receive-list": Rule(always(OFFICE)),
    "indicators:receive": Rule(always(OFFICE)),
    "indicators:receive-together": Rule(acts={}, hears=OFFICE),
    "indicators:month-on-behalf": Rule(always(OFFICE), {DRAFT: OFFICE, SENT: frozenset(), RECEIVED: frozenset()}),
    "indicators:extend-deadline": Rule(acts={DRAFT: OFFICE, SENT: frozenset(), RECEIVED: frozenset()}),
    "indicators:confirm-list": Rule(always(LEADS)),
    "indicators:confirm": Rule(always(OFFICE | LEADS)),
    "indicators:indicator-template": Rule(always(OFFICE | LEADS)),
    "indicators:import-indicator": Rule(
        always(OFFICE | LEADS), {DRAFT: OFFICE | LEADS, SENT: frozenset(), RECEIVED: frozenset()}
    ),
    "indicators:department-template": Rule(always(LEADS)),
    "indicators:import-department": Rule(always(LEADS), {DRAFT: LEADS, SENT: frozenset(), RECEIVED: frozenset()}),
    "indicators:confirm-figures": Rule(acts={SENT: LEADS}, hears=OFFICE | LEADS),
    "indicators:query-figures": Rule(acts=ASKS_AGAIN, hears=OFFICE | LEADS),
    "indicators:prior": Rule(always(OFFICE | LEADS), always(OFFICE | LEADS)),
    "indicators:reconcile": Rule(SENT_ONES, SENT_ONES),
    "indicators:enter-on-behalf": Rule(
        always(OFFICE | LEADS), {DRAFT: OFFICE | LEADS, SENT: frozenset(), RECEIVED: frozenset()}
    ),
    "indicators:withdraw-confirmation": Rule(acts={RECEIVED: LEADS}),
    "indicators:definitions": Rule(always(TAKING_PART)),
    "indicators:contradictions": Rule(always(TAKING_PART)),
    "indicators:settle": Rule(acts=always(frozenset({COORDINATOR_HEAD, LEADER}))),
    "indicators:indicator": Rule(always(TAKING_PART)),
    "followup:obstacles": Rule(always(EVERYONE)),
    "followup:new-obstacle": Rule(always(OWN | OFFICE | LEADS)),
    "followup:raise-obstacle": Rule(RAISES, RAISES),
    "followup:beside": Rule(always(OWN | OFFICE)),
    "followup:beside-indicator": Rule(always(OFFICE | LEADS)),
    "followup:explanations": Rule(always(EVERYONE)),
    "followup:ask": Rule(always(OFFICE | {LEADER})),
    "followup:inspections": Rule(always(EVERYONE)),
    "followup:new-inspection": Rule(always(OFFICE)),
    "followup:conclusions": Rule(always(EVERYONE)),
    "followup:new-conclusion": Rule(always(OFFICE)),
    "followup:actions": Rule(always(EVERYONE)),
    "followup:records": Rule(always(EVERYONE)),
    "followup:new-record": Rule(always(OWN | OFFICE | {LEAD_HEAD})),
    "followup:remind": Rule(always(OFFICE)),
    "followup:reminders": Rule(always(EVERYONE)),
    "followup:notices": Rule(always(EVERYONE)),
    "followup:read-all": Rule(acts=always(EVERYONE)),
    **{
        name: Rule(None if reads is None else always(reads), None if acts is None else always(acts))
        for name, (reads, acts) in (followup.RULES | following.RULES | preparing.RULES | keeping.RULES).items()
    },
    "indicators:launch": Rule(acts={}, hears=frozenset({COORDINATOR_HEAD})),  # its set-up is not whole
    **{name: Rule(always(OFFICE), hears=OFFICE) for name in preparing.ACTED_ON},
    "indicators:end-indicator": Rule(acts={}, hears=OFFICE),
    "reports:board": Rule(always(OWN | OFFICE | LEADS | {OTHER_LEAD, NEIGHBOUR, LEADER, SUPERIOR})),
    "reports:area": Rule(always(OFFICE | LEADS | {OTHER_LEAD, LEADER, SUPERIOR})),
    "reports:forecasts": Rule(always(OFFICE | LEADS | {OTHER_LEAD, LEADER, SUPERIOR})),
    "reports:indicator": Rule(always(OFFICE | LEADS | {LEADER, SUPERIOR})),
    "reports:lower": Rule(always(frozenset({LEADER, SUPERIOR}))),
    "reports:downloads": Rule(always(EVERYONE)),
    "reports:summary-xlsx": Rule(always(OFFICE | {LEADER, SUPERIOR})),
    "reports:summary-pdf": Rule(always(OFFICE | {LEADER, SUPERIOR})),
    "reports:summary-docx": Rule(always(OFFICE | {LEADER, SUPERIOR})),
    "reports:reports": Rule(always(EVERYONE)),
    "reports:open-report": Rule(acts={}),
    "reports:report": Rule({DRAFT: DRAFTS, SENT: DRAFTS, RECEIVED: DRAFTS | {READER, SUPERIOR}}),
    "reports:part": Rule({DRAFT: OFFICE, SENT: frozenset(), RECEIVED: frozenset()}),
    "reports:write-part": Rule(acts={DRAFT: OFFICE}),
    "reports:choose": Rule(acts={DRAFT: OFFICE}),
    "reports:report-docx": Rule({DRAFT: DRAFTS, SENT: frozenset(), RECEIVED: frozenset()}),
    "reports:report-pdf": Rule({DRAFT: DRAFTS, SENT: frozenset(), RECEIVED: frozenset()}),
    "reports:freeze": Rule(acts={DRAFT: OFFICE}),
    "reports:issue": Rule(acts={SENT: OFFICE, RECEIVED: OFFICE}),
    "reports:sign": Rule(acts={SENT: OFFICE, RECEIVED: OFFICE}),
    "reports:redraft": Rule(acts={SENT: OFFICE, RECEIVED: OFFICE}),
    "reports:differences": Rule({DRAFT: frozenset(), SENT: OFFICE, RECEIVED: OFFICE}),
    "reports:check": Rule(always(EVERYONE)),
    "reports:check-copy": Rule(always(EVERYONE)),
    "reports:word-template": Rule(always(OFFICE)),
    "reports:word-sample": Rule(always(OFFICE)),
    "reports:take-template-back": Rule(acts={}),
    "reports:batches": Rule(always(OFFICE)),
    "reports:batch": Rule(always(OFFICE)),
    "reports:cancel-batch": Rule(acts=always(OFFICE)),
    "reports:retry-batch": Rule(acts={}, hears=OFFICE),
    "reports:guide": Rule(always(TAKING_PART)),
    "reports:unit-pdf": Rule({DRAFT: OWN, SENT: OWN | OFFICE, RECEIVED: OWN | OFFICE}),
    "reports:open-own": Rule(acts=always(OWN)),
    "reports:unit-docx": Rule({DRAFT: OWN, SENT: OWN | OFFICE, RECEIVED: OWN | OFFICE}),
}

#: Moves by state of the report, with who may make them through the page; on behalf of the unit the standing body may.
MOVE_ROLES = {"clerk": CLERK, "head": HEAD, "coordinator": COORDINATOR, "coordinator_head": COORDINATOR_HEAD}
MOVE_ROLES |= {"reviewer": LEAD, "leader": LEADER}


def who_moves(name: str, state: str) -> frozenset[str]:
    """Towards a report in a state of the town; what the move demands is given, completeness holds."""
    move = MOVES[name]
    if move.needs_corrections or not move.is_open_from(state, requires_endorsement=True):
        return frozenset()
    return frozenset(MOVE_ROLES[role] for role in (*move.who, *move.who_on_behalf))


@dataclass(frozen=True)
class Address:
    """One address about one object."""

    name: str
    path: str
    authority: str = ""
    unit: Any = None
    indicator: str | None = None
    state: str = DRAFT
    subject: Any = None
    move: str = ""
    acting: frozenset[str] | None = None

    def relation(self, town: Town, person: str) -> str:
        """What the person is towards the object; without one, the person's own role."""
        if not self.authority:
            return town.people[person].role
        return town.relation(person, authority=self.authority, unit=self.unit, indicator=self.indicator)

    def who_reads(self) -> frozenset[str]:
        """By the table; nobody where the address only takes acts."""
        reads = RULES[self.name].reads
        return reads[self.state] if reads is not None else frozenset()

    def who_acts(self) -> frozenset[str]:
        """By the table; nobody where the address is only read."""
        if self.acting is not None:
            return self.acting
        if self.move:
            return who_moves(self.move, self.state)
        acts = RULES[self.name].acts
        return acts.get(self.state, frozenset()) if acts is not None else frozenset()


def named_patterns() -> dict[str, set[str]]:
    """Every named address of the house with its parameters, from the resolver."""
    found: dict[str, set[str]] = {}
    for app in get_resolver().url_patterns:
        if isinstance(app, URLResolver) and app.app_name in APPS:
            for pattern in app.url_patterns:
                assert isinstance(pattern, URLPattern)
                found.setdefault(f"{app.app_name}:{pattern.name}", set()).update(pattern.pattern.converters)
    return found


def address(name: str, *args: Any, **about: Any) -> Address:
    """One address from its name."""
    return Address(name, reverse(name, args=args), **about)


OF_A_CAMPAIGN = (
    "campaign:campaign",
    "indicators:extra-periods",
    "reports:guide",
    "indicators:definitions",
    "indicators:contradictions",
    "reports:forecasts",
)
#: Without a campaign in the address these open the present one that the person sees.
NEWEST = ("reports:board", *following.NEWEST)


def addresses(town: Town, authority: str = "home") -> list[Address]:
    """Every address about every object of one authority, and those about no object."""
    alone = [address(name) for name, parameters in named_patterns().items() if not parameters or name in NEWEST]
    of_rows = [*_of_campaign(town, authority), *_of_reports(town, authority), *_of_figures(town, authority)]
    return [*alone, *of_rows, *_of_follow_up(town, authority), *_of_drafts(town, authority)]


def _of_follow_up(town: Town, authority: str) -> Iterator[Address]:
    unit = town.worlds[authority].communes[0]
    for name, args, about in followup.addresses_of(town.follow_up[authority]):
        yield address(name, *args, authority=authority, unit=unit, **about)


def _of_drafts(town: Town, authority: str) -> Iterator[Address]:
    """Reports of the office: one drafted, one frozen, one issued."""
    yield address("reports:check", "KHONGCO2")
    for report, state in zip(town.reports, (DRAFT, SENT, RECEIVED), strict=True):
        about = {"authority": authority, "subject": report, "state": state}
        for name in ABOUT_A_DRAFT:
            yield address(name, report.pk, **about)
        for name in ("reports:part", "reports:write-part"):
            yield address(name, report.pk, "closing", **about)


def _of_reports(town: Town, authority: str) -> Iterator[Address]:
    for submission in submissions_of(town, authority):
        about = {"authority": authority, "unit": submission.participation.unit, "subject": submission}
        about["state"] = town.state_of(submission)
        for name in (
            "indicators:month",
            "indicators:paste",
            "indicators:take-previous",
            "indicators:send-waiting",
            "indicators:correct",
            "indicators:reasons",
            "indicators:month-on-behalf",
            "indicators:template",
            "indicators:import-month",
            "indicators:receive",
            "indicators:extend-deadline",
            "followup:beside",
            "reports:unit-pdf",
            "reports:unit-docx",
            "reports:open-own",
        ):
            yield address(name, submission.pk, **about)
        for move in MOVES:
            yield address("indicators:move", submission.pk, move, move=move, **about)


def _of_campaign(town: Town, authority: str) -> Iterator[Address]:
    world = town.worlds[authority]
    pk = world.campaign.pk
    for name in (*OF_A_CAMPAIGN, "reports:board"):
        yield address(name, pk, authority=authority)
    prepared = town.prepared[authority]
    for name, args, row in preparing.addresses_of(town, authority):
        about = {"indicator": row.code, "subject": row} if row else {}
        yield address(name, *args, authority=authority, **about)
    yield address("indicators:decide-draft", prepared.draft_lines.first().pk, "bo", authority=authority)
    lent = town.stand_ins[authority]
    yield address("units:take-back", lent.pk, authority=authority, unit=world.communes[0], subject=lent)
    for name in ("reports:batch", "reports:cancel-batch", "reports:retry-batch"):
        yield address(name, town.batches[authority].pk, authority=authority)
    contradiction = town.contradictions[authority]
    yield address("indicators:settle", contradiction.pk, authority=authority, subject=contradiction)
    yield address("reports:area", pk, world.area.pk, authority=authority)
    for code, row in world.indicators.items():
        about = {"authority": authority, "indicator": code, "subject": row}
        yield address("indicators:indicator", row.pk, **about)
        if row.is_numeric:
            yield address("indicators:prior", row.pk, **about)
        yield address("reports:indicator", pk, row.pk, **about)
        for number, state in ((1, RECEIVED), (2, SENT), (3, DRAFT)):
            period = world.period(number).pk
            for name in ABOUT_A_PERIOD:
                yield address(name, row.pk, period, **about, state=state)
    for number, state in ((1, RECEIVED), (2, SENT), (3, DRAFT)):
        period = world.period(number)
        for name in ("indicators:department-template", "indicators:import-department"):
            yield address(name, period.pk, authority=authority, state=state, subject=period)
    for name, args, about in (*following.addresses_of(town, authority), *keeping.addresses_of(town, authority)):
        yield address(name, *args, authority=authority, **about)
    yield address("indicators:receive-together", world.period(2).pk, authority=authority, state=SENT)
    for name in ("reports:summary-xlsx", "reports:summary-pdf", "reports:summary-docx"):
        yield address(name, pk, world.period(2).pk, authority=authority)


ABOUT_A_PERIOD = (
    "indicators:confirm",
    "indicators:indicator-template",
    "indicators:import-indicator",
    "indicators:confirm-figures",
    "indicators:query-figures",
    "followup:beside-indicator",
)
ABOUT_A_DRAFT = tuple(
    f"reports:{name}"
    for name in ("report", "choose", "report-docx", "report-pdf", "freeze", "issue", "sign", "redraft", "differences")
)
ABOUT_A_FIGURE = (
    "indicators:enter-figure",
    "indicators:figure",
    "indicators:attach-evidence",
    "indicators:reconcile",
    "indicators:enter-on-behalf",
    "indicators:withdraw-confirmation",
    "followup:raise-obstacle",
)


def _of_figures(town: Town, authority: str) -> Iterator[Address]:
    for figure in figures_of(town, authority):
        code = figure.assignment.indicator.code
        about = {"authority": authority, "unit": figure.assignment.unit, "indicator": code, "subject": figure}
        about["state"] = town.state_of(figure.submission)
        for name in ABOUT_A_FIGURE:
            yield address(name, figure.pk, **about)
        for evidence in Evidence.objects.filter(figure=figure):
            yield address("units:file", evidence.file_id, **about)
            yield address("indicators:remove-evidence", evidence.pk, **{**about, "subject": evidence})
