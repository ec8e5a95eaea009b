"""What is odd about a workbook's figures is told in the preview, before anything is written."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import FigureVersion
from indicators.services.launching import launch_campaign
from tests.builders import assign, at, fill, make_indicator, make_world
from tests.indicators.imports.filling import as_bytes, bring_back, cell_of, download, indicator_page, month_page
from tests.indicators.views.reading import log_in, text_of
from units import clock

pytestmark = pytest.mark.django_db
AMOUNT, NOTE = "Số liệu kỳ này", "Ghi chú, lý do"
FAR_OVER_PLAN = "⚠ Bằng 580,0 % kế hoạch (290,0 ha trên 50,0 ha). Kiểm tra lại; nếu đúng, ghi lý do."


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        world = make_world(communes=4, launched=False)
        whole = world.indicators["che"]
        part = make_indicator(world.campaign, world.area, "che-huu-co", "Chè hữu cơ", parent=whole)
        world.indicators["che-huu-co"] = part
        assign(part, world.communes[0])
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
        yield world


@pytest.fixture
def clerk(world):
    return log_in(world, "clerk0")


@pytest.fixture
def specialist(world):
    return log_in(world, "reviewer")


def preview(client, page, typed, title=AMOUNT):
    """The page after a workbook with these cells came back."""
    workbook = download(client, page)
    for label, value in typed.items():
        cell_of(workbook, label, title).value = value
    return bring_back(client, page, workbook)


def marks_of(response):
    """How each warning of the page is shown."""
    return re.findall(r'<p class="(\w+)">⚠', response.content.decode())


def test_a_clerk_reads_beside_the_change_that_it_is_far_over_the_plan(world, clerk):
    previewed = preview(clerk, month_page(world), {"Trồng chè mới": 290, "Trồng cà phê mới": 3})

    told = text_of(previewed)
    assert FAR_OVER_PLAN in told
    assert "<dt>dòng nên xem lại trước khi ghi</dt><dd>1</dd>" in previewed.content.decode()
    assert told.count("⚠") == 1
    assert not FigureVersion.objects.exists()


def test_a_figure_that_is_not_odd_is_told_nothing_of(world, clerk):
    told = text_of(preview(clerk, month_page(world), {"Trồng chè mới": 12}))

    assert "⚠" not in told
    assert "xem lại trước khi ghi" not in told


def test_a_month_that_is_ten_times_the_last_ones_is_odd_before_it_is_written(world, clerk):
    fill(world, 0, che="2.9")
    world.send(0)
    page = month_page(world, period=2)

    with clock.set_to(at("2024-08-15")):
        told = text_of(preview(clerk, page, {"Trồng chè mới": 29}))

    assert "⚠ 29,0 ha gấp 10,0 lần kỳ cao nhất trước đây (2,9 ha). Kiểm tra lại; nếu đúng, ghi lý do." in told


def test_a_reason_in_the_same_workbook_quietens_what_asked_for_one(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 290
    cell_of(workbook, "Trồng chè mới", NOTE).value = "Doanh nghiệp trồng thêm"

    answer = bring_back(clerk, page, workbook)

    assert marks_of(answer) == ["quiet"]


def test_parts_are_held_against_the_whole_as_the_same_workbook_would_leave_them(world, clerk):
    page = month_page(world)

    too_much = text_of(preview(clerk, page, {"Trồng chè mới": 10, "Chè hữu cơ": 12}))
    enough = text_of(preview(clerk, page, {"Trồng chè mới": 20, "Chè hữu cơ": 12}))

    assert "Các phần trong đó (Chè hữu cơ 12,0 ha) cộng lại 12,0 ha, lớn hơn toàn bộ 10,0 ha." in too_much
    assert "trong đó" not in enough


def test_a_lead_department_reads_what_is_odd_about_each_commune(world, specialist):
    told = text_of(preview(specialist, indicator_page(world), {"xã Hiếu": 290, "xã Pờ Ê": 12}))

    assert FAR_OVER_PLAN in told
    assert told.count("⚠") == 1


def test_a_commune_without_history_is_held_against_the_others_of_the_same_workbook(world, specialist):
    amounts = (300, 10, 12, 11)
    typed = {unit.name: amount for unit, amount in zip(world.communes, amounts, strict=True)}

    told = text_of(preview(specialist, indicator_page(world, "ca-phe"), typed))

    assert "300,0 ha gấp 25,0 lần đơn vị cao nhất trong các đơn vị khác (12,0 ha)" in told
    assert told.count("⚠") == 1


def test_the_draft_of_a_commune_does_not_show_through_the_warnings_of_an_office(world, specialist):
    world.enter("che", "41.5", 0, note="còn phải xem lại")

    answer = preview(specialist, indicator_page(world), {"xã Hiếu": 290})

    assert FAR_OVER_PLAN in text_of(answer)
    assert marks_of(answer) == ["odd"]
    assert world.figure("che", 0).amount == Decimal("41.5")


def test_the_warnings_of_a_preview_cost_no_query_more(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    untouched = as_bytes(workbook)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 290
    cell_of(workbook, "Chè hữu cơ", AMOUNT).value = 291
    odd = as_bytes(workbook)
    bring_back(clerk, page, untouched)

    with CaptureQueriesContext(connection) as of_none:
        bring_back(clerk, page, untouched)
    with CaptureQueriesContext(connection) as of_two:
        previewed = bring_back(clerk, page, odd)

    assert len(marks_of(previewed)) == 2
    assert len(of_two) == len(of_none)
