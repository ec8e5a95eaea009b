"""Units that are merged, split, renamed or closed in mid-campaign: who goes on, and that no total moves."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.models import Submission
from indicators.models import Assignment, Figure
from indicators.services.figures import enter_figure
from indicators.services.handovers import record_reorganisation
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from indicators.tables.standings import OFFICIAL, SENT, standings
from tests.builders import World, at, fill, make_person, make_unit, make_world
from tests.kept import kept_world
from units import clock
from units.choices import Role
from units.models import AuditLine, OrgUnit, Succession, User
from units.rules.register import UnitLine
from units.rules.reorganising import Decision, Successor
from units.services.reorganising import take_up_names

pytestmark = pytest.mark.django_db
DAY = date(2024, 10, 15)  # Tháng 11: 15/10–14/11
MERGED = UnitLine("xa-moi", "xã Kon Plông", "Kon Plông", "Ủy ban nhân dân xã Kon Plông", "xa", "xa", "huyen")


def build() -> World:
    """Three communes; July and August received of two of them, September open."""
    world = make_world(communes=3)
    for commune, amounts in enumerate((("10", "7"), ("20", "1"))):
        for period, amount in enumerate(amounts, start=1):
            with clock.set_to(at(f"2024-0{6 + period}-15")):
                fill(world, commune, period, che=amount, ca_phe="2")
                world.send(commune, period)
                world.receive(commune, period)
    return world


world = kept_world(build, at("2024-10-16"))


def merge(world: World, **changes) -> Decision:
    values = {
        "kind": "merge",
        "number": "12/NQ-HĐND",
        "effective_on": DAY,
        "old": ("xa-0", "xa-1"),
        "successors": (Successor("xa-moi", MERGED),),
    }
    return Decision(**{**values, **changes})


def tea(world: World, unit: OrgUnit, period: int, basis: str = OFFICIAL):
    found = standings(world.campaign, world.period(period), basis=basis)
    return found[world.indicators["che"].pk, unit.pk]


def test_the_whole_stands_where_it_stood(world: World):
    before = tea(world, world.authority, 4).now

    record_reorganisation(merge(world), by=world.people["coordinator"])

    for period in (4, 5, 6):
        after = tea(world, world.authority, period).now
        assert (after.cumulative, after.since_launch) == (before.cumulative, before.since_launch) == (None, Decimal(38))
    assert differences(world.campaign) == []


def test_the_successor_goes_on_from_what_was_done(world: World):
    record_reorganisation(merge(world), by=world.people["coordinator"])
    heir = OrgUnit.objects.get(key="xa-moi")

    assert tea(world, heir, 5).now.since_launch == Decimal(38)
    with clock.set_to(at("2024-11-15")):
        clerk = User.objects.get(username="clerk0")
        figure = Figure.objects.get(
            assignment__unit=heir, assignment__indicator=world.indicators["che"], period__number=5
        )

        enter_figure(figure, {"amount": Decimal("5")}, by=clerk, read_version=0)
    assert differences(world.campaign) == []
    assert {row.period.number for row in Submission.objects.filter(participation__unit=heir)} == {5, 6}


def test_old_figures_and_open_reports_stay_the_old_units(world: World):
    record_reorganisation(merge(world), by=world.people["coordinator"])

    old = Submission.objects.filter(participation__unit__key="xa-0").order_by("period__number")
    assert [(row.period.number, row.status) for row in old] == [
        (1, "received"), (2, "received"), (3, "draft"), (4, "draft"),
    ]  # fmt: skip
    assert tea(world, world.communes[0], 2).now.since_launch == Decimal(17)


def test_the_people_act_for_the_new_unit_and_finish_the_old_ones(world: World):
    record_reorganisation(merge(world, head="head0"), by=world.people["coordinator"])
    clerk, head, other = (User.objects.get(username=name) for name in ("clerk1", "head0", "head1"))
    heir = OrgUnit.objects.get(key="xa-moi")

    assert clerk.holds_at(heir, Role.CLERK)
    assert head.holds_at(heir, Role.HEAD)
    assert not other.grants
    seen = Submission.objects.visible_to(clerk)
    assert {row.participation.unit.key for row in seen} == {"xa-0", "xa-1", "xa-moi"}
    figure = world.figure("che", 0, 3)

    enter_figure(figure, {"amount": Decimal("4")}, by=clerk, read_version=0)
    stranger = User.objects.get(username="clerk2")
    assert {row.participation.unit.key for row in Submission.objects.visible_to(stranger)} == {"xa-2"}


def test_what_was_received_late_still_reaches_the_successor(world: World):
    record_reorganisation(merge(world, head="head0"), by=world.people["coordinator"])
    heir = OrgUnit.objects.get(key="xa-moi")
    fill_as = User.objects.get(username="clerk0")

    report = world.submission(0, 3)
    for figure in report.figures.select_related("assignment__indicator"):
        numeric = figure.assignment.indicator.is_numeric
        values = {"amount": Decimal("3")} if numeric else {"task_status": "done", "text": "Xong"}
        enter_figure(figure, values, by=fill_as, read_version=0)
    make_move("endorse", report, by=User.objects.get(username="head0"))
    make_move("submit", report, by=fill_as)

    assert tea(world, heir, 5, SENT).now.since_launch == Decimal(41)
    assert tea(world, heir, 5, OFFICIAL).now.since_launch == Decimal(38)
    assert differences(world.campaign) == []


def test_a_period_of_which_something_was_reported_stays_with_the_old(world: World):
    world.enter("che", "1", 0, 5)

    _, handed = record_reorganisation(merge(world), by=world.people["coordinator"])

    assert handed[0].first.number == 6
    assert world.submission(0, 5).figures.count() == 3


def test_before_the_day_each_report_reads_as_before(world: World):
    before = standings(world.campaign, world.period(3), basis=SENT)
    record_reorganisation(merge(world), by=world.people["coordinator"])

    after = standings(world.campaign, world.period(3), basis=SENT)

    assert {key: row.reporters for key, row in before.items()} == {key: row.reporters for key, row in after.items()}
    assert {key: row.now for key, row in before.items()} == {key: row.now for key, row in after.items()}


def test_a_split_leaves_the_done_with_who_takes_over(world: World):
    other = UnitLine("xa-phan", "xã Phần", "Phần", "UBND xã Phần", "xa", "xa", "huyen")
    decision = Decision(
        "split",
        "13/NQ-HĐND",
        DAY,
        ("xa-0",),
        successors=(Successor("xa-moi", MERGED), Successor("xa-phan", other, False)),
    )
    before = tea(world, world.authority, 4).now

    record_reorganisation(decision, by=world.people["coordinator"])

    heir, part = (OrgUnit.objects.get(key=key) for key in ("xa-moi", "xa-phan"))
    assert tea(world, heir, 5).now.since_launch == Decimal(17)
    assert tea(world, part, 5).now.since_launch is None
    assert tea(world, world.authority, 6).now.since_launch == before.since_launch
    assert differences(world.campaign) == []


def test_a_unit_that_takes_another_in_goes_on_itself(world: World):
    decision = merge(world, old=("xa-0",), successors=(Successor("xa-1"),))
    before = tea(world, world.authority, 4).now

    record_reorganisation(decision, by=world.people["coordinator"])

    assert tea(world, world.communes[1], 4).now.since_launch == Decimal(21)
    assert tea(world, world.communes[1], 5).now.since_launch == Decimal(38)
    assert tea(world, world.authority, 5).now.since_launch == before.since_launch
    assert differences(world.campaign) == []


def test_a_unit_that_ends_without_successor_owes_nothing_more(world: World):
    record_reorganisation(Decision("close", "14/QĐ-UBND", DAY, ("xa-2",)), by=world.people["coordinator"])

    assert not Submission.objects.filter(participation__unit__key="xa-2", period__number__gte=5).exists()
    assert not Assignment.objects.filter(unit__key="xa-2", valid_to=None).exists()
    assert tea(world, world.authority, 5).now.owed == 2
    assert differences(world.campaign) == []


def test_a_new_name_holds_from_its_day_and_papers_before_keep_the_old(world: World):
    unit = world.communes[0]
    act, _ = record_reorganisation(
        Decision("rename", "15/NQ-HĐND", DAY, ("xa-0",), name="xã Hiếu Mới"), by=world.people["coordinator"]
    )

    unit.refresh_from_db()
    assert (unit.name, unit.official_name) == ("xã Hiếu Mới", "Ủy ban nhân dân xã Hiếu Mới")
    assert [(row.name, row.valid_to) for row in unit.names.in_order()] == [
        ("xã Hiếu", date(2024, 10, 14)), ("xã Hiếu Mới", None),
    ]  # fmt: skip
    assert world.campaign.participations.get(unit=unit).unit_name == "xã Hiếu"
    assert AuditLine.objects.get(event="unit.reorganised").subject == str(act)


def test_a_name_decided_ahead_is_borne_from_its_day(world: World):
    unit, day = world.communes[0], date(2024, 11, 1)
    record_reorganisation(
        Decision("rename", "15/NQ-HĐND", day, ("xa-0",), name="xã Hiếu Mới"), by=world.people["coordinator"]
    )
    unit.refresh_from_db()
    assert (unit.name, take_up_names()) == ("xã Hiếu", 0)

    with clock.set_to(at("2024-11-01")):
        assert (take_up_names(), take_up_names()) == (1, 0)

    unit.refresh_from_db()
    assert (unit.name, unit.official_name) == ("xã Hiếu Mới", "Ủy ban nhân dân xã Hiếu Mới")
    assert AuditLine.objects.get(event="unit.renamed").reason == "15/NQ-HĐND"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": " "}, "Ghi số, ký hiệu văn bản"),
        ({"old": ("xa-0", "xa-0")}, "chọn hai lần"),
        ({"successors": ()}, "cần đúng một đơn vị kế thừa"),
        ({"old": ("xa-0",), "successors": (Successor("xa-0"),)}, "không tự nhập vào chính nó"),
        ({"kind": "close"}, "không có đơn vị kế thừa"),
        ({"kind": "split"}, "cần đúng một đơn vị cũ"),
        ({"old": ("khong-co",)}, "Không có đơn vị với khóa “khong-co”"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_and_nothing_is_kept(world: World, changes, sentence):
    with pytest.raises(ValidationError) as refused:
        record_reorganisation(merge(world, **changes), by=world.people["coordinator"])
    assert sentence in refused.value.messages[0]
    assert not Succession.objects.exists()


def test_who_does_not_keep_the_units_decides_nothing(world: World):
    foreign = make_unit("huyen-khac", "huyện Khác", kind="ubnd", level="huyen")
    for person in (world.people["clerk0"], make_person("quan-tri-khac", foreign, Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            record_reorganisation(merge(world), by=person)


def test_what_stands_below_is_arranged_first(world: World):
    make_unit("thon", "thôn Một", parent=world.communes[2])
    with pytest.raises(ValidationError, match="còn thôn Một"):
        record_reorganisation(Decision("close", "14/QĐ-UBND", DAY, ("xa-2",)), by=world.people["coordinator"])
