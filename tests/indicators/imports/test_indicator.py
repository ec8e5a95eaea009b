"""The lead department's workbook: one indicator with the communes as rows, entered on their behalf."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators.models import FigureVersion
from tests.builders import at, fill, make_world
from tests.indicators.imports.filling import answer_to, bring_back, cell_of, download, indicator_page
from tests.indicators.views.reading import log_in, text_of
from units import clock

pytestmark = pytest.mark.django_db
AMOUNT = "Số liệu kỳ này"
TOLD = {"channel": "letter", "informant": "Công chức văn phòng", "document": "Công văn số 12/UBND"}


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def specialist(world):
    return log_in(world, "reviewer")


def test_the_figures_of_several_communes_are_entered_on_their_behalf(world, specialist):
    page = indicator_page(world)
    workbook = download(specialist, page)
    cell_of(workbook, "xã Hiếu", AMOUNT).value = 12.5
    cell_of(workbook, "xã Pờ Ê", "Tình hình").value = "Không phát sinh"

    response = answer_to(specialist, page, bring_back(specialist, page, workbook), all="1", **TOLD)

    assert response.status_code == 302
    assert (world.figure("che", 0).amount, world.figure("che", 1).state) == (Decimal("12.5"), "nothing_arose")
    versions = FigureVersion.objects.order_by("figure__submission")
    assert [(one.kind, one.on_behalf_of, one.channel, one.document) for one in versions] == [
        ("on_behalf", unit, "letter", "Công văn số 12/UBND") for unit in world.communes
    ]


def test_without_the_word_of_whom_nothing_is_entered(world, specialist):
    page = indicator_page(world)
    workbook = download(specialist, page)
    cell_of(workbook, "xã Hiếu", AMOUNT).value = 12.5

    response = answer_to(specialist, page, bring_back(specialist, page, workbook), all="1", channel="letter")

    assert (response.status_code, FigureVersion.objects.count()) == (422, 0)
    assert "Ghi người của đơn vị đã cung cấp số liệu." in text_of(response)


def test_a_commune_whose_report_was_sent_is_refused_and_the_others_can_be_entered(world, specialist):
    fill(world, 0, che="40")
    world.send(0)
    page = indicator_page(world)
    workbook = download(specialist, page)
    assert cell_of(workbook, "xã Hiếu", AMOUNT).protection.locked
    cell_of(workbook, "xã Hiếu", AMOUNT).value = 12.5
    cell_of(workbook, "xã Pờ Ê", AMOUNT).value = 7

    previewed = bring_back(specialist, page, workbook)
    answer_to(specialist, page, previewed, right="1", **TOLD)

    assert "Báo cáo đã gửi" in text_of(previewed)
    assert (world.figure("che", 0).amount, world.figure("che", 1).amount) == (Decimal("40"), Decimal("7"))


def test_a_draft_of_the_commune_is_neither_shown_nor_emptied(world, specialist):
    world.enter("che", "41.5", 0, note="còn phải xem lại")
    page = indicator_page(world)
    workbook = download(specialist, page)
    assert cell_of(workbook, "xã Hiếu", AMOUNT).value is None
    assert cell_of(workbook, "xã Hiếu", "Ghi chú, lý do").value is None
    cell_of(workbook, "xã Hiếu", "Ghi chú, lý do").value = "chờ đơn vị"
    cell_of(workbook, "xã Pờ Ê", AMOUNT).value = 7

    previewed = bring_back(specialist, page, workbook)

    assert '<span class="quiet">đơn vị đã nhập, chưa gửi</span> → <strong>chờ đơn vị</strong>' in text_of(previewed)
    assert '<span class="quiet">để trống</span> → <strong>7</strong>' in text_of(previewed)
    assert "Nhập số liệu, hoặc chọn “Không phát sinh”." in text_of(previewed)
    assert "41,5" not in previewed.content.decode()
    assert world.figure("che").amount == Decimal("41.5")


def test_a_draft_that_changed_since_the_download_is_a_conflict_without_its_value(world, specialist):
    page = indicator_page(world)
    workbook = download(specialist, page)
    cell_of(workbook, "xã Hiếu", AMOUNT).value = 12.5
    world.enter("che", "41.5", 0)

    previewed = bring_back(specialist, page, workbook)

    assert "Đơn vị đã sửa dòng này sau khi tải biểu mẫu nhưng chưa gửi" in text_of(previewed)
    assert "41,5" not in previewed.content.decode()


def test_what_the_office_itself_entered_stands_in_its_next_workbook(world, specialist):
    page = indicator_page(world)
    workbook = download(specialist, page)
    cell_of(workbook, "xã Hiếu", AMOUNT).value = 12.5
    answer_to(specialist, page, bring_back(specialist, page, workbook), all="1", **TOLD)

    again = download(specialist, page)

    assert cell_of(again, "xã Hiếu", AMOUNT).value == 12.5
    assert "không có thay đổi nào" in text_of(bring_back(specialist, page, again))


def test_the_marked_workbook_explains_each_commune(world, specialist):
    page = indicator_page(world)
    workbook = download(specialist, page)
    cell_of(workbook, "xã Hiếu", AMOUNT).value = "chưa rõ"

    marked = answer_to(specialist, page, bring_back(specialist, page, workbook), marked="1")

    assert "không phải là số" in cell_of(load_workbook(BytesIO(marked.content)), "xã Hiếu", AMOUNT).comment.text


def test_a_department_that_does_not_lead_the_indicator_finds_nothing(world):
    assert log_in(world, "clerk0").get(indicator_page(world)).status_code == 404


def test_two_communes_and_five_ask_the_database_the_same():
    counts = []
    with clock.set_to(at("2024-07-15")):
        for communes in (2, 5):
            world = make_world(communes=communes, prefix=f"so-{communes}-")
            client = log_in(world, "reviewer")
            with CaptureQueriesContext(connection) as queries:
                download(client, indicator_page(world))
            counts.append(len(queries))

    assert counts[0] == counts[1]
