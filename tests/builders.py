"""Small worlds for tests: an authority, its standing body, a lead department, communes and their people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.choices import CalendarRule, PeriodKind, Relation
from campaign.models import Campaign, ContentArea, Deadline, DeadlineTier, Participation, Period, Submission
from indicators.choices import AssignmentRole, IndicatorKind, TimeRule, UnitRule
from indicators.models import Assignment, Figure, Indicator, Target
from indicators.services.figures import enter_figure
from indicators.services.launching import launch_campaign
from indicators.services.submissions import make_move
from tests.stored import stored
from units import clock
from units.choices import Role
from units.models import Level, OrgUnit, RoleGrant, UnitKind, User

PASSWORD = "mat-khau-thu-nghiem-1"
COMMUNE_NAMES = ["Hiếu", "Pờ Ê", "Măng Cành", "Đăk Tăng", "Ngọk Tem"]


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Asia/Ho_Chi_Minh: at("2024-08-15", 10)."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), clock.ZONE).replace(hour=hour, minute=minute)


@dataclass
class World:
    """What ``make_world`` built."""

    campaign: Campaign
    authority: OrgUnit
    standing_body: OrgUnit
    lead: OrgUnit
    communes: list[OrgUnit]
    area: ContentArea
    people: dict[str, User] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)

    def period(self, number: int) -> Period:
        """The period by its number: 1 is Tháng 7/2024."""
        return self.campaign.periods.get(number=number)

    def submission(self, commune: int = 0, period: int = 1) -> Submission:
        """The report of a commune (by its place in the list) for a period."""
        return Submission.objects.get(participation__unit=self.communes[commune], period__number=period)

    def figure(self, code: str, commune: int = 0, period: int = 1) -> Figure:
        """The row of an indicator at a commune in a period."""
        return Figure.objects.get(
            assignment__indicator=self.indicators[code],
            assignment__unit=self.communes[commune],
            period__number=period,
        )

    def enter(self, code: str, amount: str | None, commune: int = 0, period: int = 1, **values: Any) -> Figure:
        """The commune's clerk enters an amount."""
        figure = self.figure(code, commune, period)
        if amount is not None:
            values["amount"] = Decimal(amount)
        return enter_figure(figure, values, by=self.people[f"clerk{commune}"], read_version=figure.version)

    def send(self, commune: int = 0, period: int = 1) -> Submission:
        """The commune's head approves and its clerk sends the report."""
        submission = self.submission(commune, period)
        make_move("endorse", submission, by=self.people[f"head{commune}"])
        return make_move("submit", submission, by=self.people[f"clerk{commune}"])

    def receive(self, commune: int = 0, period: int = 1) -> Submission:
        """The specialist of the standing body receives the report."""
        return make_move("receive", self.submission(commune, period), by=self.people["coordinator"])


def make_unit(key: str, name: str, *, parent: OrgUnit | None = None, kind: str = "xa", level: str = "xa") -> OrgUnit:
    """A unit with its kind and level."""
    kinds = {
        "xa": ("Xã", "xã, thị trấn"),
        "phong": ("Phòng", "phòng, ban chuyên môn"),
        "ubnd": ("UBND", "UBND"),
        "doan-the": ("Đoàn thể", "Mặt trận và đoàn thể"),
    }
    label, plural = kinds[kind]
    rank = {"huyen": 2, "xa": 3}[level]
    return OrgUnit.objects.create(
        key=key,
        kind=UnitKind.objects.get_or_create(code=kind, defaults={"name": label, "plural": plural})[0],
        level=Level.objects.get_or_create(code=level, defaults={"name": level, "rank": rank})[0],
        parent=parent,
        name=name,
        short_name=name,
        official_name=f"Ủy ban nhân dân {name}" if kind == "xa" else name,
        place_name=name,
    )


def make_person(username: str, unit: OrgUnit, *roles: str, name: str = "") -> User:
    """An account with roles at a unit."""
    user = User.objects.create_user(username, PASSWORD, full_name=name or username)
    RoleGrant.objects.bulk_create([RoleGrant(user=user, unit=unit, role=role) for role in roles])
    return user


def make_campaign(authority: OrgUnit, standing_body: OrgUnit, *, months: int = 6) -> Campaign:
    """A campaign in preparation with its monthly periods (15th to 14th) from Tháng 7/2024 and one deadline tier."""
    campaign = Campaign.objects.create(
        key=f"dot-{authority.key}",
        authority=authority,
        standing_body=standing_body,
        name="Thi đua 6 tháng cuối năm 2024",
        short_name="Thi đua 6 tháng cuối năm 2024",
        starts_on=date(2024, 7, 1),
        ends_on=date(2024, 12, 31),
        year_starts_on=date(2023, 12, 15),
        calendar_rule=CalendarRule.ND09,
    )
    tier = DeadlineTier.objects.create(campaign=campaign, name="Xã, thị trấn", day_of_month=16)
    for number in range(1, months + 1):
        month, year = (6 + number - 1) % 12 + 1, 2024 + (6 + number - 1) // 12
        before = date(year, month - 1, 15) if month > 1 else date(year - 1, 12, 15)
        period = Period.objects.create(
            campaign=campaign,
            kind=PeriodKind.MONTH,
            number=number,
            name=f"Tháng {month}/{year}",
            month=month,
            starts_on=before,
            ends_on=date(year, month, 14),
        )
        Deadline.objects.create(period=period, tier=tier, due_on=date(year, month, 16))
    return campaign


def make_indicator(campaign: Campaign, area: ContentArea, code: str, name: str, **values: Any) -> Indicator:
    """An indicator; a quantity that flows and is summed unless said otherwise."""
    defaults: dict[str, Any] = {
        "kind": IndicatorKind.QUANTITY,
        "unit_of_measure": "ha",
        "decimals": 1,
        "time_rule": TimeRule.FLOW,
        "unit_rule": UnitRule.SUM,
        "position": Indicator.objects.filter(campaign=campaign).count() + 1,
    }
    if values.get("kind") in (IndicatorKind.TASK, IndicatorKind.MILESTONE):
        defaults |= {"unit_of_measure": "", "unit_rule": UnitRule.NONE}
    return Indicator.objects.create(
        campaign=campaign, area=area, code=code, name=name, short_name=name, **{**defaults, **values}
    )


def assign(indicator: Indicator, unit: OrgUnit, role: str = AssignmentRole.REPORTS, **values: Any) -> Assignment:
    """A unit's part in an indicator."""
    return Assignment.objects.create(indicator=indicator, unit=unit, role=role, **values)


def make_world(*, communes: int = 2, launched: bool = True, prefix: str = "") -> World:
    """An authority with a campaign: tea and coffee in hectares, one task; reported by communes, led by Nông nghiệp."""
    return stored(("world", communes, launched, prefix), lambda: _build_world(communes, launched, prefix))


def _build_world(communes: int, launched: bool, prefix: str) -> World:
    authority = make_unit(f"{prefix}huyen", "UBND huyện", kind="ubnd", level="huyen")
    standing_body = make_unit(f"{prefix}noi-vu", "Phòng Nội vụ", parent=authority, kind="phong", level="huyen")
    lead = make_unit(f"{prefix}nong-nghiep", "Phòng Nông nghiệp", parent=authority, kind="phong", level="huyen")
    units = [
        make_unit(f"{prefix}xa-{index}", f"xã {name}", parent=authority)
        for index, name in enumerate(COMMUNE_NAMES[:communes])
    ]
    campaign = make_campaign(authority, standing_body)
    area = ContentArea.objects.create(
        campaign=campaign, key="2-3", numbering="2.3", title="Kinh tế", short_title="Kinh tế", position=1
    )
    world = World(campaign, authority, standing_body, lead, units, area)
    tier = campaign.tiers.get()
    for unit in [*units, lead, standing_body]:
        Participation.objects.create(
            campaign=campaign, unit=unit, relation=Relation.ASSIGNED, tier=tier, unit_name=unit.name
        )
    for code, name in [("che", "Trồng chè mới"), ("ca-phe", "Trồng cà phê mới")]:
        world.indicators[code] = make_indicator(campaign, area, code, name)
    world.indicators["tuyen-truyen"] = make_indicator(
        campaign, area, "tuyen-truyen", "Tuyên truyền vận động", kind=IndicatorKind.TASK
    )
    for indicator in world.indicators.values():
        assign(indicator, lead, AssignmentRole.LEADS)
        for unit in units:
            assign(indicator, unit)
    for unit in units:
        Target.objects.create(
            indicator=world.indicators["che"], unit=unit, amount=Decimal("50"), valid_from=date(2024, 1, 1)
        )
    _make_people(world, prefix)
    if launched:
        with clock.set_to(at("2024-07-01")):
            launch_campaign(campaign, by=world.people["coordinator_head"])
    return world


def _make_people(world: World, prefix: str) -> None:
    """The persons of the stories."""
    for index, unit in enumerate(world.communes):
        world.people[f"clerk{index}"] = make_person(f"{prefix}clerk{index}", unit, Role.CLERK)
        world.people[f"head{index}"] = make_person(f"{prefix}head{index}", unit, Role.HEAD)
    world.people["reviewer"] = make_person(f"{prefix}reviewer", world.lead, Role.REVIEWER, Role.CLERK)
    world.people["coordinator"] = make_person(f"{prefix}coordinator", world.standing_body, Role.COORDINATOR)
    world.people["coordinator_head"] = make_person(
        f"{prefix}coordinator-head", world.standing_body, Role.COORDINATOR_HEAD
    )
    world.people["leader"] = make_person(f"{prefix}leader", world.authority, Role.LEADER)
    world.people["reader"] = make_person(f"{prefix}reader", world.authority, Role.READER)
    world.people["administrator"] = make_person(f"{prefix}administrator", world.authority, Role.ADMINISTRATOR)


def fill(world: World, commune: int = 0, period: int = 1, **amounts: str) -> None:
    """The clerk fills the whole month: amounts by code (dashes as underscores), zero and a done task elsewhere."""
    given = {code.replace("_", "-"): amount for code, amount in amounts.items()}
    for code, indicator in world.indicators.items():
        if indicator.is_numeric:
            world.enter(code, given.get(code, "0"), commune, period)
        else:
            world.enter(code, None, commune, period, task_status="in_progress", text="Đã triển khai.")
