"""A period with everything that a file must tell: parts, bases, openings, a contradiction, a limit, gaps, a draft."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from campaign.models import Campaign
from indicators.choices import AssignmentRole, ClaimSubject, Direction, IndicatorKind, Operator, UnitRule
from indicators.models import Assignment, Claim, Contradiction, Denominator, Indicator, Opening, Target
from indicators.services.launching import launch_campaign
from indicators.tables.standings import SENT
from reports.tables.frame import Frame
from reports.tables.period_report import PeriodReport, period_report
from tests.builders import World, assign, at, make_indicator, make_world
from tests.stored import stored
from units import clock
from units.choices import Origin
from units.models import OrgUnit, UnitKind

#: What the last commune has typed and not sent: it may stand in no file but its own.
UNSENT = "777"
NOTE = "Mưa lớn kéo dài"


def office_world(communes: int = 3) -> World:
    """Launched, with names for letters; July is sent by all, August by all but the last, who is typing ``UNSENT``."""
    return stored(("office", communes), lambda: _build_office(communes))


def _build_office(communes: int) -> World:
    world = make_world(communes=communes, launched=False)
    _name_units()
    _define(world)
    with clock.set_to(at("2024-07-01")):
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
    for period, day in ((1, "2024-07-15"), (2, "2024-08-15")):
        with clock.set_to(at(day)):
            for commune in range(communes):
                if period == 2 and commune == communes - 1:
                    continue
                _report(world, commune, period)
                world.send(commune, period)
    with clock.set_to(at("2024-08-15", 14)):
        if communes > 1:
            world.receive(0, 2)
        world.enter("che", UNSENT, communes - 1, 2, note=NOTE)
    world.campaign = Campaign.objects.select_related("authority__kind", "standing_body__kind").get()
    return world


def send_the_last(world: World) -> None:
    """The last commune fills the rest of August and sends, its typed figure and its note included."""
    last = len(world.communes) - 1
    with clock.set_to(at("2024-08-16")):
        _report(world, last, 2, but="che")
        world.send(last, 2)


def _report(world: World, commune: int, period: int, *, but: str = "") -> None:
    """The clerk fills every row that the commune owes, but one."""
    amounts = {"che": f"{12 + commune}.5", "ca-phe": "3", "che-shan": "2", "giai-ngan": "400", "don": "1"}
    for figure in world.submission(commune, period).figures.select_related("assignment__indicator"):
        code = figure.assignment.indicator.code
        if code == but:
            continue
        if code in amounts:
            world.enter(code, amounts[code], commune, period)
        else:
            world.enter(code, None, commune, period, task_status="in_progress", text=f"Đã họp {commune + 1} thôn.")


def _name_units() -> None:
    """What stands at the head of letters."""
    UnitKind.objects.filter(code__in=["xa", "ubnd"]).update(is_territorial=True)
    OrgUnit.objects.filter(key="huyen").update(
        official_name="Ủy ban nhân dân huyện Thử", name="huyện Thử", place_name="Thử", head_title="Chủ tịch"
    )
    OrgUnit.objects.filter(key="noi-vu").update(document_code="PNV", head_title="Trưởng phòng", place_name="Thử")
    OrgUnit.objects.filter(kind__code="xa").update(document_code="UBND", head_title="Chủ tịch")


def _define(world: World) -> None:
    """A part, a percentage of a base, openings, a limit, a contradiction, a row not given to a unit."""
    campaign, area, che = world.campaign, world.area, world.indicators["che"]
    world.indicators["che-shan"] = make_indicator(campaign, area, "che-shan", "Chè Shan", parent=che)
    world.indicators["giai-ngan"] = make_indicator(
        campaign,
        area,
        "giai-ngan",
        "Giải ngân",
        kind=IndicatorKind.RATIO,
        unit_of_measure="triệu đồng",
        decimals=0,
        unit_rule=UnitRule.RATIO_OF_SUMS,
    )
    world.indicators["don"] = make_indicator(
        campaign,
        area,
        "don",
        "Đơn tồn đọng",
        unit_of_measure="đơn",
        decimals=0,
        direction=Direction.FEWER,
        operator=Operator.AT_MOST,
    )
    for code in ("che-shan", "giai-ngan", "don"):
        assign(world.indicators[code], world.lead, AssignmentRole.LEADS)
        for unit in world.communes:
            assign(world.indicators[code], unit)
    assign(world.indicators["che-shan"], world.lead, is_not_applicable=True)
    for unit in world.communes:
        Opening.objects.create(indicator=che, unit=unit, amount=Decimal("5"), as_of_on=date(2024, 6, 14))
    _set_plans(world)
    _contradict(world)
    if len(world.communes) > 2:
        out = Assignment.objects.filter(indicator=world.indicators["che-shan"], unit=world.communes[1])
        out.update(is_not_applicable=True)


def _set_plans(world: World) -> None:
    """An amount of money, "không quá 20", and thousands with an operator."""
    paid = world.indicators["giai-ngan"]
    base = Denominator.objects.create(indicator=paid, key="giao", name="kế hoạch vốn giao")
    _target(paid, world.authority, "12345", base=base, set_by="HĐND huyện")
    Opening.objects.create(indicator=paid, unit=world.authority, rate=Decimal("19.6"), base=base)
    _target(world.indicators["don"], world.authority, "20", set_by="UBND tỉnh")


def _contradict(world: World) -> None:
    """The document gives two openings of coffee."""
    coffee = world.indicators["ca-phe"]
    base = Denominator.objects.create(indicator=coffee, key="ke-hoach", name="kế hoạch")
    _target(coffee, world.authority, "1234.5", base=base, origin=Origin.ILLUSTRATIVE)
    place = Contradiction.objects.create(campaign=world.campaign, key="ca-phe", indicator=coffee, question="?")
    for position, rate in enumerate(("40.8", "0")):
        Claim.objects.create(
            contradiction=place,
            subject=ClaimSubject.OPENING_RATE,
            value=Decimal(rate),
            unit_of_measure="%",
            base=base,
            position=position,
        )


def _target(indicator: Indicator, unit: OrgUnit, amount: str, **values: Any) -> None:
    Target.objects.create(indicator=indicator, unit=unit, amount=Decimal(amount), valid_from=date(2024, 1, 1), **values)


def report_of(world: World, period: int = 2, basis: str = SENT, **choices: Any) -> PeriodReport:
    """The report of a period as of the evening of 15 August."""
    with clock.set_to(at("2024-08-15", 18)):
        return period_report(Frame(world.campaign, world.period(period), basis), **choices)


def opened(content: bytes, sheet: str, *, values: bool = True) -> Worksheet:
    """One sheet of a workbook: the stored values, or the formulas."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)[sheet]


def table(sheet: Worksheet, last_head: str) -> list[dict[str, Any]]:
    """The rows below the head whose last column bears this word, each by the words of its columns."""
    heads = [list(row) for row in sheet.iter_rows(values_only=True)]
    place = next(number for number, row in enumerate(heads) if last_head in row)
    titles = heads[place]
    rows = []
    for row in sheet.iter_rows(min_row=place + 2):
        if all(cell.value is None for cell in row):
            break
        rows.append(dict(zip(titles, row, strict=True)))
    return rows


def shown(cell: Any) -> str:
    """The text of a cell in an office in Vietnam: its number in its own format."""
    value, form = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    before = form.split('"')[1] if form.startswith('"') else ""
    after = form.split('"')[-2] if form.endswith('"') else ""
    bare = form.removeprefix(f'"{before}"').removesuffix(f'"{after}"') if before or after else form
    decimals = len(bare.partition(".")[2])
    plain = f"{Decimal(str(value)):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{before}{plain}{after}"
