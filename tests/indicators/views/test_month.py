"""The clerk's pages: what is owed, the month of a unit, and the history of a figure."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.choices import AssignmentRole
from indicators.models import Assignment
from indicators.services.launching import launch_campaign
from indicators.services.submissions import make_move
from tests.builders import assign, at, fill, make_indicator, make_world
from tests.indicators.views.reading import log_in, text_of
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def clerk(world) -> Client:
    return log_in(world, "clerk0")


# --- What is owed -----------------------------------------------------------------------------------------------------


def test_the_clerk_sees_what_is_owed_now_with_the_deadline_in_words(world, clerk):
    page = text_of(clerk.get(reverse("indicators:owed")))

    assert "Tháng 7/2024" in page
    assert "còn 39 giờ" in page
    assert "hạn hết ngày 16/7/2024 · 0/3 dòng đã nhập" in page


def test_a_report_not_sent_in_time_is_late_by_the_servers_clock(world, clerk):
    with clock.set_to(at("2024-07-17", 0, 1)):
        page = text_of(clerk.get(reverse("indicators:owed")))

    assert '<span class="chip late">quá hạn 1 ngày</span>' in page


def test_what_was_asked_back_stands_with_its_reason(world, clerk):
    fill(world, che="10")
    world.send()
    reason = {world.figure("che").pk: "Biên bản nghiệm thu ghi 9 ha."}
    make_move(
        "request_changes",
        world.submission(),
        by=world.people["coordinator"],
        reason="Xem lại diện tích.",
        marked=reason,
    )

    page = text_of(clerk.get(reverse("indicators:owed")))

    assert "Xem lại diện tích." in page
    assert "Trồng chè mới</a>: Biên bản nghiệm thu ghi 9 ha." in page


def test_the_head_sees_what_waits_for_approval_and_the_clerk_does_not(world, clerk):
    fill(world)

    assert "Chờ anh/chị duyệt" in text_of(log_in(world, "head0").get(reverse("indicators:owed")))
    assert "Chờ anh/chị duyệt" not in text_of(clerk.get(reverse("indicators:owed")))


def test_a_department_that_leads_indicators_finds_the_way_to_confirm(world):
    assert reverse("indicators:confirm-list") in text_of(log_in(world, "reviewer").get(reverse("indicators:owed")))


def test_nobody_sees_another_units_report(world):
    world.enter("che", "777", commune=1)
    pk = world.submission(commune=1).pk
    client = log_in(world, "clerk0")

    assert reverse("indicators:month", args=[pk]) not in text_of(client.get(reverse("indicators:owed")))
    assert client.get(reverse("indicators:month", args=[pk])).status_code == 404


def test_the_office_is_led_to_what_was_sent_instead_of_the_clerks_working_page(world):
    world.enter("che", "777")

    response = log_in(world, "coordinator").get(reverse("indicators:month", args=[world.submission().pk]))

    assert response.status_code == 302
    assert response.url == reverse("indicators:receive", args=[world.submission().pk])


# --- The month --------------------------------------------------------------------------------------------------------


def test_the_month_shows_target_last_cumulative_cumulative_and_rate(world, clerk):
    fill(world, che="20", ca_phe="3")
    world.send()
    with clock.set_to(at("2024-08-15")):
        world.enter("che", "15.5", period=2)
        page = text_of(clerk.get(reverse("indicators:month", args=[world.submission(period=2).pk])))

    row = page.partition('<tbody id="row-')[2].partition('<tbody id="row-')[0]
    assert '<td class="num" data-label="Chỉ tiêu giao">50,0</td>' in row
    assert '<td class="num" data-label="Lũy kế trước">20,0</td>' in row
    assert '<td class="num" data-label="Kỳ trước">20,0</td>' in row
    assert 'value="15,5"' in row
    assert ">35,5</a>" in row
    assert "71,0 <svg" in row


def test_rows_without_a_task_here_are_told_folded_and_cannot_be_entered(world, clerk):
    Assignment.objects.filter(
        indicator=world.indicators["ca-phe"], unit=world.communes[0], role=AssignmentRole.REPORTS
    ).update(is_not_applicable=True)

    page = text_of(clerk.get(reverse("indicators:month", args=[world.submission().pk])))

    assert "Không giao cho đơn vị</dt><dd>Trồng cà phê mới</dd>" in page


def test_my_part_shows_only_the_rows_of_the_person_in_charge(world, clerk):
    Assignment.objects.filter(
        indicator=world.indicators["che"], unit=world.communes[0], role=AssignmentRole.REPORTS
    ).update(person=world.people["clerk0"])
    address = reverse("indicators:month", args=[world.submission().pk])

    assert text_of(clerk.get(address)).count('<tbody id="row-') == 3
    assert text_of(clerk.get(f"{address}?phan=toi")).count('<tbody id="row-') == 1


def test_after_sending_the_page_is_read_only_and_says_why(world, clerk):
    fill(world, che="20")
    world.send()

    page = text_of(clerk.get(reverse("indicators:month", args=[world.submission().pk])))

    assert "Báo cáo đã gửi. Muốn sửa thì thu hồi, hoặc chờ đề nghị chỉnh sửa, bổ sung." in page
    assert 'name="amount-' not in page


def test_a_request_opens_only_the_marked_figure_and_shows_its_reason(world, clerk):
    fill(world, che="20")
    world.send()
    marked = world.figure("che")
    make_move(
        "request_changes",
        world.submission(),
        by=world.people["coordinator"],
        reason="Kiểm tra lại.",
        marked={marked.pk: "Biên bản ghi 19 ha."},
    )

    page = text_of(clerk.get(reverse("indicators:month", args=[world.submission().pk])))

    assert page.count('name="amount-') == 1
    assert f'name="amount-{marked.pk}"' in page
    assert "Đề nghị chỉnh sửa: Biên bản ghi 19 ha." in page


def test_one_row_can_be_fetched_again_alone(world, clerk):
    world.enter("che", "7.5")
    pk = world.figure("che").pk
    address = reverse("indicators:month", args=[world.submission().pk])

    row = text_of(clerk.get(address, headers={"HX-Request": "true", "HX-Target": f"row-{pk}"}))

    assert row.startswith(f'<tbody id="row-{pk}"')
    assert 'value="7,5"' in row


# --- History ----------------------------------------------------------------------------------------------------------


def test_the_history_shows_old_and_new_who_and_why(world, clerk):
    world.enter("che", "20")
    world.enter("che", "21.5", note="Bổ sung thôn Vi Chring.")

    page = text_of(clerk.get(reverse("indicators:figure", args=[world.figure("che").pk])))

    assert "<del>20 ha</del> → 21,5 ha" in page
    assert "Bổ sung thôn Vi Chring." in page


def test_the_office_reads_no_version_that_was_not_sent(world):
    fill(world, che="20")
    world.send()
    make_move("request_changes", world.submission(), by=world.people["coordinator"], reason="Xem lại.")
    world.enter("che", "987")

    page = text_of(log_in(world, "coordinator").get(reverse("indicators:figure", args=[world.figure("che").pk])))

    assert "20 ha" in page
    assert "987" not in page


# --- Queries ----------------------------------------------------------------------------------------------------------


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_month_asks_the_database_as_often_for_three_rows_as_for_nine(world, clerk):
    few = queries(clerk, reverse("indicators:month", args=[world.submission().pk]))
    with clock.set_to(at("2024-07-15")):
        large = make_world(prefix="l-", launched=False)
        for number in range(6):
            indicator = make_indicator(large.campaign, large.area, f"cay-{number}", f"Cây {number}")
            assign(indicator, large.communes[0])
        launch_campaign(large.campaign, by=large.people["coordinator_head"])
        many = queries(log_in(large, "clerk0"), reverse("indicators:month", args=[large.submission().pk]))

    assert many == few <= 24


def test_the_landing_asks_the_database_as_often_for_one_report_as_for_three(world, clerk):
    one = queries(clerk, reverse("indicators:owed"))
    with clock.set_to(at("2024-09-20")):
        three = queries(clerk, reverse("indicators:owed"))

    assert three == one <= 12


def test_sending_before_the_period_is_over_says_that_days_will_be_missing(world, clerk):
    page = reverse("indicators:month", args=[world.submission().pk])

    with clock.set_to(at("2024-07-13")):
        early = text_of(clerk.get(page))
    with clock.set_to(at("2024-07-14")):
        in_time = text_of(clerk.get(page))

    assert "Kỳ này đến hết ngày 14/7/2024 mới khép." in early
    assert "mới khép" not in in_time
