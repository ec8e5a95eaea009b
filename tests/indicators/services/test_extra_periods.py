"""Báo cáo nhanh and kỳ bổ sung: opened by the standing body, owed by the chosen, summed or never summed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from campaign.choices import PeriodKind, Relation, SubmissionStatus
from campaign.models import Period, Submission
from indicators.choices import TimeRule
from indicators.models import Figure, Total
from indicators.services.copying import copy_previous
from indicators.services.extra_periods import Asked, open_period
from indicators.services.figures import enter_figure
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from indicators.tables.extra_periods import QUERIES, askable, askable_units, extra_periods
from indicators.tables.month import month_table
from indicators.tables.month_numbers import warnings_of_row
from indicators.tables.month_source import read_source
from indicators.tables.owed import owed_table
from indicators.tables.report import report_table
from reports.tables import flash as flash_tables
from reports.tables.flash import flash_lines
from reports.tables.frame import Frame, begun_periods
from tests.builders import World, at, fill, make_world
from tests.kept import kept_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
FLASH, EXTRA = PeriodKind.FLASH, PeriodKind.SUPPLEMENTARY


def build() -> World:
    """July of both communes received: tea 20 and 7."""
    world = make_world()
    with clock.set_to(at("2024-07-15")):
        for commune, tea in enumerate(("20", "7")):
            fill(world, commune, che=tea)
            world.send(commune)
            world.receive(commune)
    return world


world = kept_world(build, at("2024-07-01"))


@pytest.fixture(autouse=True)
def july():
    with clock.set_to(at("2024-07-22")):
        yield


def ask(world: World, kind: PeriodKind = FLASH, *, by: str = "coordinator", **given: Any) -> Period:
    days = {"ends_on": date(2024, 7, 21), "due_on": date(2024, 7, 23)}
    codes = given.pop("codes", ["che"])
    asked = Asked(**{**days, "indicators": [world.indicators[code] for code in codes], **given})
    return open_period(kind, world.campaign, asked, by=world.people[by])


def told(world: World, period: Period, amount: str, commune: int = 0) -> Submission:
    figure = Figure.objects.get(period=period, assignment__unit=world.communes[commune])
    clerk = world.people[f"clerk{commune}"]
    enter_figure(figure, {"amount": Decimal(amount), "is_cumulative": False}, by=clerk, read_version=0)
    return make_move("submit", figure.submission, by=clerk)


def whole(world: World) -> Total:
    return Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period=world.period(1))


def test_a_quick_report_is_owed_by_who_reports_the_indicator_and_by_nobody_else(world: World):
    period = ask(world)

    assert (period.name, period.window) == ("Báo cáo nhanh đến 21/7/2024", "lũy kế")
    owed = Submission.objects.filter(period=period)
    assert {row.participation.unit for row in owed} == set(world.communes)
    assert {row.due_on for row in owed} == {date(2024, 7, 23)}
    assert Figure.objects.filter(period=period).count() == 2
    assert AuditLine.objects.get(event="period.flash_opened").detail["units"] == [one.pk for one in world.communes]


def test_only_the_chosen_units_are_asked(world: World):
    period = ask(world, unit_ids=[world.communes[1].pk])

    assert [row.participation.unit for row in Submission.objects.filter(period=period)] == [world.communes[1]]


def test_it_takes_running_totals_goes_out_without_a_signature_and_changes_no_month(world: World):
    period = ask(world)
    before = whole(world)
    assert world.campaign.requires_endorsement

    report = told(world, period, "25")

    figure = Figure.objects.get(period=period, submission=report)
    assert (report.status, figure.is_cumulative, figure.sent_version.amount) == (SubmissionStatus.SENT, True, 25)
    make_move("receive", report, by=world.people["coordinator"])
    assert whole(world) == before
    assert whole(world).sent_since_launch == 27
    assert differences(world.campaign) == []
    assert not Total.objects.filter(period=period).exists()


def test_the_clerk_finds_it_beside_the_months_and_sees_the_month_before(world: World):
    period = ask(world)
    report = Submission.objects.get(period=period, participation__unit=world.communes[0])

    assert period.name in [row.period for row in owed_table(world.people["clerk0"]).now]
    row = month_table(report, world.people["clerk0"]).rows[0]
    assert (row.previous, row.may_be_cumulative) == ("20,0", False)


def test_it_is_late_by_its_own_deadline(world: World):
    period = ask(world)
    report = Submission.objects.get(period=period, participation__unit=world.communes[0])

    assert [report.days_late(date(2024, 7, day)) for day in (23, 24, 26)] == [0, 1, 3]


def test_the_office_reads_the_running_total_on_its_page(world: World):
    report = told(world, ask(world), "25")

    row = report_table(report).open[0].rows[0]
    assert (row.entered, row.cumulative, row.rate) == ("25,0", "25,0", "50,0")


def test_the_board_shows_it_with_its_date_and_fills_the_rest_from_the_month(world: World):
    period = ask(world)
    frame = Frame(world.campaign, world.period(1), "sent")
    assert flash_lines(frame) == ()

    told(world, period, "25")

    [line] = flash_lines(frame)
    assert (line.as_of, line.value_text) == ("21/7/2024", "25,0")
    assert line.completeness == "1/2 đơn vị đã báo nhanh, 1 đơn vị chưa có số nên chưa tính tỷ lệ"
    assert line.rate_text == ""


def test_with_every_unit_there_is_a_rate_and_a_later_month_supersedes_it(world: World):
    period = ask(world)
    told(world, period, "25")
    told(world, period, "9", 1)

    [line] = flash_lines(Frame(world.campaign, world.period(1), "sent"))
    assert (line.value_text, line.rate_text) == ("34,0", "34,0 %")
    assert flash_lines(Frame(world.campaign, world.period(2), "sent")) == ()


def test_boards_open_on_months_alone(world: World):
    period = ask(world)

    assert period not in begun_periods(world.campaign, clock.today())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"codes": []}, "Chọn ít nhất một chỉ tiêu"),
        ({"codes": ["tuyen-truyen"]}, "Chỉ hỏi được chỉ tiêu có số"),
        ({"due_on": date(2024, 7, 21)}, "Hạn gửi phải từ"),
        ({"ends_on": date(2023, 1, 1)}, "phải từ 15/12/2023"),
        ({"unit_ids": []}, "không có gì để hỏi"),
        ({"kind": EXTRA}, "phải kết thúc sau kỳ cuối"),
    ],
)
def test_what_cannot_be_asked_is_said(world: World, given: dict[str, Any], sentence: str):
    kind = given.pop("kind", FLASH) if "kind" in given else FLASH
    with pytest.raises(ValidationError, match=sentence):
        ask(world, kind, **given)


def test_the_same_is_not_opened_twice(world: World):
    ask(world)

    with pytest.raises(ValidationError, match="Đã có “Báo cáo nhanh đến 21/7/2024”"):
        ask(world)


@pytest.mark.parametrize("who", ["clerk0", "head0", "reviewer", "leader", "reader", "administrator"])
def test_only_the_standing_body_opens(world: World, who: str):
    with pytest.raises(PermissionDenied, match="Chỉ cơ quan thường trực"):
        ask(world, by=who)


def test_who_reports_elsewhere_is_not_asked(world: World):
    world.campaign.participations.filter(unit=world.communes[0]).update(relation=Relation.OWN_CHANNEL)

    assert Submission.objects.filter(period=ask(world)).count() == 1


# --- Supplementary ----------------------------------------------------------------------------------------------------


def close_the_year(world: World) -> Period:
    with clock.set_to(at("2024-12-20")):
        return ask(world, EXTRA, ends_on=date(2024, 12, 31), due_on=date(2025, 1, 6), codes=["che"])


def test_a_supplementary_period_follows_the_last_and_is_summed(world: World):
    period = close_the_year(world)

    assert (period.number, period.starts_on, period.window) == (7, date(2024, 12, 15), "15/12–31/12/2024")
    assert not period.is_flash
    with clock.set_to(at("2025-01-03")):
        figure = Figure.objects.get(period=period, assignment__unit=world.communes[0])
        clerk = world.people["clerk0"]
        enter_figure(figure, {"amount": Decimal(3)}, by=clerk, read_version=0)
        make_move("endorse", figure.submission, by=world.people["head0"])
        make_move("submit", figure.submission, by=clerk)
    total = Total.objects.get(indicator=world.indicators["che"], unit=world.communes[0], period=period)
    assert total.sent_since_launch == 23
    assert differences(world.campaign) == []


def test_what_was_over_before_the_launch_is_never_late(world: World):
    world.campaign.launched_at = at("2025-02-01")
    world.campaign.save()

    period = close_the_year(world)

    assert period.is_before_launch
    assert Submission.objects.filter(period=period).first().days_late(date(2025, 3, 1)) == 0


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_opens_one_and_lists_who_owes_what(world: World, client: Client):
    client.force_login(world.people["coordinator"])
    address = reverse("indicators:extra-periods", args=[world.campaign.pk])
    assert "Chưa có báo cáo nhanh hay kỳ bổ sung nào" in client.get(address).text
    data = {"kind": "flash", "ends_on": "21/7/2024", "due_on": "23/7/2024"}
    assert "Chọn ít nhất một chỉ tiêu" in client.post(address, data).text

    page = client.post(address, {**data, "indicators": [world.indicators["che"].pk]}, follow=True).text

    assert "Đã mở “Báo cáo nhanh đến 21/7/2024”: 2 đơn vị phải báo cáo, hạn hết 23/07/2024." in page
    listed = client.get(address).text
    assert "Trồng chè mới" in listed
    assert "0/2 đơn vị" in listed


def test_a_campaign_by_calendar_months_closes_its_year_twice(world: World, client: Client):
    client.force_login(world.people["coordinator"])
    address = reverse("indicators:extra-periods", args=[world.campaign.pk])
    assert "ba lần: 14/12, 31/12 và 31/01" in client.get(address).text

    world.campaign.calendar_rule = "calendar_month"
    world.campaign.save()

    assert "hai lần: 31/12 và 31/01" in client.get(address).text


def test_the_page_asks_the_same_for_one_and_three(world: World, django_assert_num_queries):
    for number in range(3):
        ask(world, name=f"Nhanh {number}")
    with django_assert_num_queries(QUERIES + 1):  # the deadlines of all periods come in one query of their own
        assert len(extra_periods(world.campaign)) == 3
        assert askable(world.campaign)
        assert askable_units(world.campaign)


def test_the_board_asks_the_same_for_one_and_three(world: World, django_assert_max_num_queries):
    for number in range(3):
        told(world, ask(world, name=f"Nhanh {number}"), "25")
    with django_assert_max_num_queries(flash_tables.QUERIES):
        assert len(flash_lines(Frame(world.campaign, world.period(1), "sent"))) == 1


def test_a_quick_report_is_not_held_against_the_path_of_its_single_day(world: World):
    running = world.indicators["che"]
    running.time_rule = TimeRule.RUNNING
    running.save()
    period = ask(world)

    report = told(world, period, "32")

    [figure] = report.figures.select_related("assignment__indicator")
    assert warnings_of_row(read_source(report), figure) == ()
    received = Client()
    received.force_login(world.people["coordinator"])
    page = received.get(reverse("indicators:receive", args=[report.pk])).content.decode()
    assert "theo lộ trình" not in page


def test_a_quick_report_takes_the_last_month_that_was_over_and_never_a_later_draft(world: World):
    running = world.indicators["che"]
    running.time_rule = TimeRule.RUNNING
    running.save()
    period = ask(world)
    world.enter("che", "736", 0, period=2)

    report = Submission.objects.in_place().get(period=period, participation__unit=world.communes[0])
    [taken] = copy_previous(report, by=world.people["clerk0"])

    assert (taken.amount, taken.is_copied) == (Decimal("20"), True)


def test_what_was_done_in_a_month_is_not_taken_for_the_year_of_a_quick_report(world: World):
    period = ask(world)
    report = Submission.objects.in_place().get(period=period, participation__unit=world.communes[0])

    with pytest.raises(ValidationError, match="Không có dòng nào lấy được số kỳ trước"):
        copy_previous(report, by=world.people["clerk0"])
