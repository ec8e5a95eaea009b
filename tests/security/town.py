"""Two authorities in one installation, their people, and figures that must not be read by the wrong ones."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from campaign.models import Campaign, Cluster, Participation, Submission
from campaign.services.preparing import prepare_campaign
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Claim, Contradiction, Figure
from indicators.services.confirmations import confirm_figures
from indicators.services.drafting.lines import draft_from_document
from indicators.services.evidence import attach_evidence
from indicators.services.handovers import record_reorganisation
from indicators.services.submissions import make_move
from indicators.tables.standings import OFFICIAL
from reports.choices import BatchKind
from reports.models import Batch, PublishedOrder, Report
from reports.services.batches import start_batch
from reports.services.drafts import open_report
from reports.services.freezing import freeze_report, record_issuance
from reports.services.orders import publish_order
from reports.tables.frame import Frame
from tests.builders import World, at, make_person, make_unit, make_world
from tests.followup.rows import follow_up
from tests.stored import stored
from units import clock
from units.choices import Role
from units.models import OrgUnit, Reorganisation, StandIn, StoredFile, User
from units.rules.register import UnitLine
from units.rules.reorganising import Decision, Successor
from units.services import lend_role, store_file

MOMENT = at("2024-10-15")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

# What a person is towards an object.
CLERK, HEAD, LEAD, LEAD_HEAD, OTHER_LEAD = "clerk", "head", "lead", "lead head", "other lead"
COORDINATOR, COORDINATOR_HEAD, LEADER, SUPERIOR = "coordinator", "coordinator head", "leader", "superior"
READER, ADMINISTRATOR, SUPERUSER, NOBODY = "reader", "administrator", "superuser", "nobody"
NEIGHBOUR, FOREIGN = "neighbour", "foreign"

OWN = frozenset({CLERK, HEAD})
OFFICE = frozenset({COORDINATOR, COORDINATOR_HEAD})
LEADS = frozenset({LEAD, LEAD_HEAD})

# How far a report has come.
DRAFT, SENT, RECEIVED = "draft", "sent", "received"


@dataclass(frozen=True)
class Person:
    """An account: which authority, which unit, which role in the tables of the tests."""

    user: User
    authority: str
    role: str
    place: OrgUnit | None = None


@dataclass(frozen=True)
class Secret:
    """A number or a text of one unit, and towards whom it is open."""

    text: str
    authority: str
    unit: OrgUnit
    open_to: frozenset[str]
    indicator: str = "che"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """However a page, a sheet or a PDF writes it."""
        if not self.text.replace(".", "").isdigit():
            return re.compile(re.escape(self.text))
        whole, _, rest = self.text.partition(".")
        return re.compile(rf"(?<![\d.,]){whole[:-3]}[.\s\u00a0]?{whole[-3:]}[.,]{rest}0*(?![\d])")

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Pieces of which one stands in every way of writing it: looking for them first is many times as quick."""
        if not self.text.replace(".", "").isdigit():
            return (self.text,)
        return tuple(self.text[self.text.index(".") - 3 :].replace(".", point) for point in ".,")

    def is_told(self, text: str) -> bool:
        """Does the text hold it, however it is written there?"""
        return any(mark in text for mark in self.marks) and self.pattern.search(text) is not None


@dataclass
class Town:
    """Everything that the tests of security ask for."""

    worlds: dict[str, World]
    people: dict[str, Person] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    files: dict[tuple[str, int, int], StoredFile] = field(default_factory=dict)
    contradictions: dict[str, Contradiction] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    stand_ins: dict[str, StandIn] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    published: dict[str, PublishedOrder] = field(default_factory=dict)
    follow_up: dict[str, dict[str, Any]] = field(default_factory=dict)
    prepared: dict[str, Campaign] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    reorganisations: dict[str, Reorganisation] = field(default_factory=dict)

    def relation(self, name: str, *, authority: str, unit: OrgUnit | None = None, indicator: str | None = None) -> str:
        """What the person is towards an object of an authority, a unit, an indicator."""
        person = self.people[name]
        if person.role in (NOBODY, SUPERUSER):
            return person.role
        if person.authority != authority:
            return FOREIGN
        if person.role in OWN and unit is not None and person.place != unit:
            return NEIGHBOUR
        if person.role in LEADS and indicator is not None and not self.leads(person, indicator):
            return OTHER_LEAD
        return person.role

    def leads(self, person: Person, indicator: str) -> bool:
        """Does the person's department lead the indicator?"""
        row = self.worlds[person.authority].indicators[indicator]
        return Assignment.objects.leading().filter(indicator=row, unit=person.place).exists()

    def state_of(self, submission: Submission) -> str:
        """Draft, sent or received; the town knows no other."""
        return {"draft": DRAFT, "sent": SENT, "received": RECEIVED}[submission.status]


def build() -> Town:
    """The town at this moment; built in full once in a process."""
    return stored("town", _build)


def _build() -> Town:
    """Both authorities with three months each: July received, August sent, September still in the clerk's hands."""
    town = Town({"home": make_world(), "foreign": make_world(communes=1, prefix="k-")})
    for number, (name, world) in enumerate(town.worlds.items()):
        _give_coffee_to_finance(world, name)
        _people_of(town, name, world)
        _months_of(town, name, world, number)
        _lend_for_december(town, name, world)
        with clock.set_to(MOMENT):
            town.follow_up[name] = follow_up(world)
        _prepare_next_year(town, name, world)
        _order_files(town, name, world)
        _decide_for_later(town, name, world)
    _those_above_and_beside(town)
    _reports_of(town)
    return town


def _give_coffee_to_finance(world: World, name: str) -> None:
    """A second lead department, so that one lead can be tried on another's indicator."""
    finance = make_unit(f"{name}-tai-chinh", "Phòng Tài chính", parent=world.authority, kind="phong", level="huyen")
    tier = world.campaign.tiers.get()
    Participation.objects.create(
        campaign=world.campaign, unit=finance, relation="assigned", tier=tier, unit_name=finance.name
    )
    row = Assignment.objects.get(indicator=world.indicators["ca-phe"], role=AssignmentRole.LEADS)
    row.unit = finance
    row.save()
    world.people["finance"] = make_person(f"{name}-tai-chinh", finance, Role.REVIEWER)
    world.people["lead_head"] = make_person(f"{name}-nong-nghiep-truong", world.lead, Role.HEAD)
    world.people["only_reviewer"] = make_person(f"{name}-nong-nghiep-2", world.lead, Role.REVIEWER)


def _lend_for_december(town: Town, name: str, world: World) -> None:
    """The head of the first commune will be away in December; until then nobody holds the role in that place."""
    head, clerk = world.people["head0"], world.people["clerk0"]
    with clock.set_to(MOMENT):
        town.stand_ins[name] = lend_role(
            head.role_grants.get(),
            holder=clerk,
            valid_from=at("2024-12-02").date(),
            valid_to=at("2024-12-06").date(),
            ground="Đi học",
            by=head,
        )


def _prepare_next_year(town: Town, name: str, world: World) -> None:
    """A campaign that only the standing body may see, with a draft read from its document."""
    by = world.people["coordinator"]
    with clock.set_to(MOMENT):
        campaign = prepare_campaign(
            standing_body=world.standing_body,
            name=f"Thi đua {name} năm 2025",
            short_name=f"Thi đua {name} 2025",
            starts_on=at("2024-12-15").date(),
            ends_on=at("2025-12-14").date(),
            calendar_rule="nd09",
            due_day_of_month=16,
            by=by,
        )
        content = "KẾ HOẠCH\n\n1. Kinh tế: Trồng 5 ha chè.\n\n2. Vận động Nhân dân tham gia thi đua.\n".encode()
        draft_from_document(campaign, name="ke-hoach.txt", content=content, by=by)
    town.prepared[name] = campaign


def _order_files(town: Town, name: str, world: World) -> None:
    """The standing body has ordered every unit's report of August; the worker has not come to it yet."""
    by = world.people["coordinator"]
    with clock.set_to(MOMENT):
        town.batches[name] = start_batch(
            world.campaign, world.period(2), BatchKind.UNITS_PDF, by=by, enqueue=lambda pk: None
        )


def _decide_for_later(town: Town, name: str, world: World) -> None:
    """After the campaign the first commune becomes another; until then nothing changes."""
    commune = world.communes[0]
    heir = UnitLine(f"{name}-moi", "xã Mới", kind="xa", level="xa", parent=world.authority.key)
    successors = (Successor(heir.key, heir),)
    decision = Decision(
        "merge", "1/NQ", at("2025-01-01").date(), (commune.key,), successors=successors, moves_people=False
    )
    make_person(f"{name}-pho", commune, Role.CLERK)
    with clock.set_to(MOMENT):
        town.reorganisations[name] = record_reorganisation(decision, by=None)[0]


ROLES = {
    "clerk0": CLERK,
    "clerk1": CLERK,
    "head0": HEAD,
    "head1": HEAD,
    "only_reviewer": LEAD,
    "lead_head": LEAD_HEAD,
    "finance": LEAD,
    "coordinator": COORDINATOR,
    "coordinator_head": COORDINATOR_HEAD,
    "leader": LEADER,
    "reader": READER,
    "administrator": ADMINISTRATOR,
}


def _people_of(town: Town, name: str, world: World) -> None:
    for who, role in ROLES.items():
        if who in world.people:
            user = world.people[who]
            town.people[f"{name}-{who}"] = Person(user, name, role, user.role_grants.get().unit)


def _those_above_and_beside(town: Town) -> None:
    """The province above the home authority, an account without a role, one whose role has ended, the first account."""
    home = town.worlds["home"]
    province = make_unit("tinh", "UBND tỉnh", kind="ubnd", level="huyen")
    home.authority.parent = province
    home.authority.save()
    superior = make_person("lanh-dao-tinh", province, Role.LEADER)
    town.people["home-superior"] = Person(superior, "home", SUPERIOR, province)
    town.people["no-role"] = Person(User.objects.create_user("chua-co-viec", "x", full_name="Mới"), "", NOBODY)
    former = make_person("da-thoi-viec", home.communes[0], Role.CLERK, Role.HEAD, Role.REVIEWER)
    former.role_grants.update(valid_to=at("2024-10-14").date())
    town.people["former"] = Person(former, "", NOBODY)
    first = User.objects.create_superuser("quan-tri-goc", "x", full_name="Quản trị gốc")
    town.people["first-account"] = Person(first, "", SUPERUSER)


# --- Three months of figures -----------------------------------------------------------------------------------------

OPEN_TO = {
    DRAFT: OWN,
    SENT: OWN | OFFICE | LEADS | {LEADER},
    RECEIVED: OWN | OFFICE | LEADS | {LEADER, SUPERIOR},
}


def _months_of(town: Town, name: str, world: World, number: int) -> None:
    for commune in range(len(world.communes)):
        for period, day, state in [(1, "2024-07-15", RECEIVED), (2, "2024-08-15", SENT), (3, "2024-09-15", DRAFT)]:
            with clock.set_to(at(day)):
                _month(town, name, world, commune, period, state, 3 * number + commune + 1)
    contradiction = Contradiction.objects.create(
        campaign=world.campaign, key="che", question="Diện tích nào đúng?", indicator=world.indicators["che"]
    )
    for position, value in enumerate((5, 7), start=1):
        Claim.objects.create(
            contradiction=contradiction, subject="opening_amount", value=Decimal(value), position=position
        )
    town.contradictions[name] = contradiction
    _publish_an_order(town, name, world)


def _publish_an_order(town: Town, name: str, world: World) -> None:
    """The communes in one cluster, their order of July published; that of August is not."""
    cluster = Cluster.objects.create(campaign=world.campaign, name="Cụm các xã")
    world.campaign.participations.filter(unit__in=world.communes).update(cluster=cluster)
    frame = Frame(world.campaign, world.period(1), OFFICIAL)
    with clock.set_to(at("2024-07-25")):
        town.published[name] = publish_order(frame, cluster, by=world.people["leader"])
    town.clusters[name] = cluster


def _month(town: Town, name: str, world: World, commune: int, period: int, state: str, digit: int) -> None:
    """One unit's month: numbers and texts found nowhere else, one typed over before it was sent, a photo, a scan."""
    mark = f"{name}-{commune}-{period}"
    unit = world.communes[commune]
    tea, coffee, slip = f"{digit}{period}17.1", f"{digit}{period}38.2", f"{digit}{period}59.3"
    world.enter("che", slip, commune, period, note=f"go-nham-{mark}")
    world.enter("che", tea, commune, period, note=f"ghi-chu-{mark}")
    world.enter("ca-phe", coffee, commune, period)
    world.enter("tuyen-truyen", None, commune, period, task_status="in_progress", text=f"viec-{mark}")
    photo = SimpleUploadedFile(f"minh-chung-{mark}.pdf", PDF)
    evidence = attach_evidence(world.figure("che", commune, period), photo, by=world.people[f"clerk{commune}"])
    town.files[name, commune, period] = evidence.file
    if state != DRAFT:
        world.send(commune, period)
    if state == RECEIVED:
        world.receive(commune, period)
        for code, by in (("che", "only_reviewer"), ("tuyen-truyen", "only_reviewer"), ("ca-phe", "finance")):
            confirm_figures([world.figure(code, commune, period)], by=world.people[by])
    if commune == 0 and state == SENT:
        _take_back_and_send_with_a_scan(town, name, world, period)
    town.secrets += [
        Secret(tea, name, unit, OPEN_TO[state]),
        Secret(coffee, name, unit, OPEN_TO[state], "ca-phe"),
        Secret(f"viec-{mark}", name, unit, OPEN_TO[state], "tuyen-truyen"),
        Secret(f"ghi-chu-{mark}", name, unit, OPEN_TO[state]),
        Secret(f"minh-chung-{mark}", name, unit, OPEN_TO[state]),
        # What was typed and corrected before the sending has never left the unit.
        Secret(slip, name, unit, OWN),
        Secret(f"go-nham-{mark}", name, unit, OWN),
    ]


def _take_back_and_send_with_a_scan(town: Town, name: str, world: World, period: int) -> None:
    """The report comes back once and is sent again with the scan of the signed paper."""
    clerk = world.people["clerk0"]
    make_move("withdraw", world.submission(0, period), by=clerk)
    report = world.submission(0, period)
    scan = store_file(SimpleUploadedFile(f"ban-ky-{name}.pdf", PDF + name.encode()), by=clerk, owner=report)
    signed = {"signed_number": "45/BC-UBND", "signed_on": at("2024-08-15").date(), "signed_file": scan}
    make_move("record_signed", report, by=clerk, **signed)
    make_move("submit", world.submission(0, period), by=clerk)
    town.files[name, 0, 0] = scan


# --- Reports ---------------------------------------------------------------------------------------------------------


def _reports_of(town: Town) -> None:
    """Of the home authority: one being drafted, one frozen for the signature, one that came back signed."""
    world = town.worlds["home"]
    by = world.people["coordinator"]
    with clock.set_to(at("2024-08-20")):
        town.reports = [open_report(world.campaign, "thang", world.period(1), by=by) for _ in range(3)]
        for report in town.reports[1:]:
            freeze_report(report, by=by)
        issued = {"number": "15/BC-PNV", "signed_on": at("2024-08-20").date(), "signer": "Trưởng phòng"}
        record_issuance(town.reports[2], by=by, signed_file=SimpleUploadedFile("ban-ky.pdf", PDF), **issued)


# --- What is asked of it ---------------------------------------------------------------------------------------------


def figures_of(town: Town, authority: str) -> QuerySet[Figure]:
    """Every figure of the first commune's three months; the people of the second are its neighbours."""
    world = town.worlds[authority]
    rows = Figure.objects.filter(assignment__unit=world.communes[0], period__number__lte=3)
    return rows.select_related("assignment__indicator", "assignment__unit", "submission").order_by("pk")


def submissions_of(town: Town, authority: str) -> QuerySet[Submission]:
    """The first commune's reports of three months."""
    world = town.worlds[authority]
    rows = Submission.objects.filter(participation__unit=world.communes[0], period__number__lte=3)
    return rows.select_related("participation__unit", "period").order_by("pk")
