"""The month's workbook: what it holds, what coming back changes, and what of it may be written."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from indicators.choices import FigureState
from indicators.models import FigureVersion
from indicators.services.figures import Entry, enter_figures
from indicators.services.launching import launch_campaign
from tests.builders import World, at, fill
from tests.indicators.imports.filling import (
    answer_to,
    bring_back,
    cell_of,
    download,
    make_full_world,
    month_page,
    sealed_in,
)
from tests.indicators.views.reading import log_in, text_of
from units import clock

pytestmark = pytest.mark.django_db
AMOUNT = "Số liệu kỳ này"


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        world = make_full_world()
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
        yield world


@pytest.fixture
def clerk(world):
    return log_in(world, "clerk0")


# --- What the clerk gets ----------------------------------------------------------------------------------------------


def test_the_workbook_is_locked_but_for_its_cells_and_each_cell_says_what_it_takes(world, clerk):
    workbook = download(clerk, month_page(world))
    sheet = workbook.worksheets[0]

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    hidden = sheet.column_dimensions["A"]
    assert (hidden.hidden, hidden.min, hidden.max) == (True, 1, 2)
    assert not cell_of(workbook, "Trồng chè mới", AMOUNT).protection.locked
    assert cell_of(workbook, "Trồng chè mới", "Chỉ tiêu giao").protection.locked
    assert cell_of(workbook, "Tuyên truyền vận động", AMOUNT).protection.locked
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    amount = cell_of(workbook, "Trồng chè mới", AMOUNT).coordinate
    status = cell_of(workbook, "Tuyên truyền vận động", "Tình hình").coordinate
    rules = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert rules[amount].type == "decimal"
    assert rules[status].formula1 == '"Chưa triển khai,Đang thực hiện,Hoàn thành,Gặp vướng mắc"'


def test_a_note_that_looks_like_a_formula_stays_a_text(world, clerk):
    world.enter("che", "20", note="=1+1")

    cell = cell_of(download(clerk, month_page(world)), "Trồng chè mới", "Ghi chú, lý do")

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_another_unit_of_the_same_district_gets_no_workbook(world):
    stranger = log_in(world, "clerk1")

    assert stranger.get(reverse("indicators:template", args=[world.submission(0).pk])).status_code == 404
    assert stranger.get(month_page(world, 0)).status_code == 404


# --- What comes back --------------------------------------------------------------------------------------------------


def test_every_kind_of_cell_comes_back_as_it_was_typed(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    typed = {
        ("Trồng chè mới", AMOUNT): 35.5,
        ("Trồng chè mới", "Là số ước (x)"): "x",
        ("Trồng chè mới", "Ước cả năm"): "1.234,5",
        ("Trồng cà phê mới", "Tình hình"): "Không phát sinh",
        ("Tuyên truyền vận động", "Tình hình"): "Hoàn thành",
        ("Tuyên truyền vận động", "Nội dung đã làm"): "Đã tổ chức 05 buổi.",
        ("Chỉ tiêu von", AMOUNT): 2.293,
        ("Chỉ tiêu von", "Mẫu số: thực nguồn"): 10,
        ("Chỉ tiêu moc", "Tình hình"): "Đang thực hiện",
        ("Chỉ tiêu moc", "Đã xong bước"): 1,
        ("Chỉ tiêu muc", AMOUNT): 12,
        ("Chỉ tiêu muc", "Số liệu đến ngày"): datetime(2024, 7, 10),
        ("Chỉ tiêu muc", "Ghi chú, lý do"): "Theo rà soát",
    }
    for (label, title), value in typed.items():
        cell_of(workbook, label, title).value = value

    previewed = bring_back(clerk, page, workbook)
    response = answer_to(clerk, page, previewed, all="1")

    assert f"Ghi {len(typed)} thay đổi" in text_of(previewed)
    assert response.headers["Location"] == reverse("indicators:month", args=[world.submission().pk])
    tea, coffee, task = world.figure("che"), world.figure("ca-phe"), world.figure("tuyen-truyen")
    assert (tea.amount, tea.is_estimate, tea.year_estimate) == (Decimal("35.5"), True, Decimal("1234.5"))
    assert (coffee.state, coffee.amount) == (FigureState.NOTHING_AROSE, None)
    assert (task.state, task.task_status, task.text) == ("reported", "done", "Đã tổ chức 05 buổi.")
    money, step, level = world.figure("von"), world.figure("moc"), world.figure("muc")
    assert (money.amount, [Decimal(one) for one in money.denominators.values()]) == (Decimal("2.293"), [Decimal(10)])
    assert (step.task_status, step.step) == ("in_progress", 1)
    assert (level.amount, level.note) == (Decimal("12"), "Theo rà soát")
    assert level.as_of_on.isoformat() == "2024-07-10"


def test_nothing_is_written_before_the_clerk_says_so(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20

    bring_back(clerk, page, workbook)

    assert FigureVersion.objects.count() == 0


def test_one_wrong_row_holds_all_back_until_the_clerk_chooses_the_right_ones(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    cell_of(workbook, "Trồng cà phê mới", AMOUNT).value = "mười"
    previewed = bring_back(clerk, page, workbook)

    whole = answer_to(clerk, page, previewed, all="1")
    assert (whole.status_code, FigureVersion.objects.count()) == (422, 0)

    chosen = answer_to(clerk, page, previewed, rows=[world.figure("che").pk, world.figure("ca-phe").pk])
    assert chosen.status_code == 302
    assert (world.figure("che").amount, world.figure("ca-phe").amount) == (Decimal("20"), None)


def test_a_number_that_could_mean_two_things_is_asked_about(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Chỉ tiêu von", AMOUNT).value = "2.293"
    previewed = bring_back(clerk, page, workbook)

    assert "2.293 triệu đồng" in text_of(previewed)
    assert answer_to(clerk, page, previewed, right="1").status_code == 422
    answer_to(clerk, page, previewed, rows=[world.figure("von").pk])
    assert world.figure("von").amount == Decimal("2293")


def test_a_number_with_too_many_decimals_is_asked_about_and_never_rounded_silently(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20.26

    previewed = bring_back(clerk, page, workbook)

    assert "20,3" in text_of(previewed)
    assert answer_to(clerk, page, previewed, right="1").status_code == 422


def test_a_figure_changed_since_the_download_is_shown_with_both_values(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    world.enter("che", "25.5")

    previewed = bring_back(clerk, page, workbook)

    assert "Hiện nay: Số liệu kỳ này 25,5. Trong tệp: Số liệu kỳ này 20." in text_of(previewed)
    assert answer_to(clerk, page, previewed, rows=[world.figure("che").pk]).status_code == 403
    assert world.figure("che").amount == Decimal("25.5")


def test_a_figure_changed_since_the_download_but_not_in_the_file_is_left_alone(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    world.enter("che", "25.5")

    assert "không có thay đổi nào" in text_of(bring_back(clerk, page, workbook))


def test_somebody_faster_between_preview_and_writing_loses_nothing(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    cell_of(workbook, "Trồng cà phê mới", AMOUNT).value = 7
    previewed = bring_back(clerk, page, workbook)
    world.enter("che", "25.5")

    response = answer_to(clerk, page, previewed, all="1")

    assert response.status_code == 422
    assert "Hiện nay: Số liệu kỳ này 25,5" in text_of(response)
    assert (world.figure("che").amount, world.figure("ca-phe").amount) == (Decimal("25.5"), None)


def test_sending_the_same_preview_twice_writes_once(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    previewed = bring_back(clerk, page, workbook)

    answers = [answer_to(clerk, page, previewed, all="1").status_code for _ in range(2)]

    assert (answers, FigureVersion.objects.count()) == ([302, 302], 1)


def test_a_month_that_was_sent_is_not_written(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    fill(world)
    base = world.indicators["von"].denominators.get()
    world.enter("von", "7", denominators={str(base.pk): Decimal(10)})
    world.send()
    before = FigureVersion.objects.count()

    previewed = bring_back(clerk, page, workbook)

    assert "Báo cáo đã gửi" in text_of(previewed)
    assert answer_to(clerk, page, previewed, right="1").status_code == 403
    assert FigureVersion.objects.count() == before


def test_what_was_sealed_for_one_person_is_worth_nothing_to_another(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    previewed = bring_back(clerk, page, workbook)

    response = log_in(world, "head0").post(page, {"sealed": sealed_in(previewed), "all": "1"})

    assert (response.status_code, FigureVersion.objects.count()) == (422, 0)
    assert "không còn nguyên vẹn" in text_of(response)


# --- The marked workbook ----------------------------------------------------------------------------------------------


def test_the_marked_workbook_keeps_what_was_typed_and_explains_each_wrong_cell(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    cell_of(workbook, "Trồng cà phê mới", AMOUNT).value = "mười"

    marked = answer_to(clerk, page, bring_back(clerk, page, workbook), marked="1")

    again = load_workbook(BytesIO(marked.content))
    right, wrong = cell_of(again, "Trồng chè mới", AMOUNT), cell_of(again, "Trồng cà phê mới", AMOUNT)
    assert (right.value, right.comment, wrong.value) == (20, None, "mười")
    assert "“mười” không phải là số" in wrong.comment.text
    assert wrong.fill.start_color.rgb != right.fill.start_color.rgb
    wrong.value = 10
    answer_to(clerk, page, bring_back(clerk, page, again), all="1")
    assert (world.figure("che").amount, world.figure("ca-phe").amount) == (Decimal("20"), Decimal("10"))


def test_after_a_conflict_the_marked_workbook_lets_the_clerk_decide(world, clerk):
    page = month_page(world)
    workbook = download(clerk, page)
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    world.enter("che", "25.5")

    marked = answer_to(clerk, page, bring_back(clerk, page, workbook), marked="1")

    again = load_workbook(BytesIO(marked.content))
    assert "25,5" in cell_of(again, "Trồng chè mới", AMOUNT).comment.text
    answer_to(clerk, page, bring_back(clerk, page, again), all="1")
    assert world.figure("che").amount == Decimal("20")


# --- What it costs ----------------------------------------------------------------------------------------------------


def test_the_writing_asks_the_database_at_most_eight_times_however_many_rows(world):
    submission, clerk = world.submission(), world.people["clerk0"]
    figures = [world.figure(code) for code in ("che", "ca-phe", "von", "muc")]
    entries = [Entry(figure.pk, 0, {"amount": Decimal("7")}, "một lần gửi") for figure in figures]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        enter_figures(submission, entries, by=clerk)

    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 8


def test_the_template_asks_the_same_for_six_rows_and_for_eighteen(world, clerk):
    page = month_page(world)
    download(clerk, page)  # the first visit also notes when the person was here
    with CaptureQueriesContext(connection) as few:
        download(clerk, page)
    more = [(code, number) for code in ("che", "muc", "von", "moc") for number in (2, 3, 4)]
    for code, number in more:
        copy_row(world, code, number)
    download(clerk, page)  # what is kept between requests is read anew after a change of definitions
    with CaptureQueriesContext(connection) as many:
        workbook = download(clerk, page)

    assert cell_of(workbook, "Chỉ tiêu von 4", AMOUNT) is not None
    assert len(many) == len(few) <= 26


def copy_row(world: World, code: str, number: int) -> None:
    """One more row of the same kind, owed by the first commune."""
    figure = world.figure(code)
    indicator, assignment = figure.assignment.indicator, figure.assignment
    bases, steps = list(indicator.denominators.all()), list(indicator.steps.all())
    indicator.pk, indicator.code, indicator.short_name = None, f"{code}-{number}", f"{indicator.short_name} {number}"
    indicator.save()
    for row in (*bases, *steps):
        row.pk, row.indicator = None, indicator
        row.save()
    assignment.pk, assignment.indicator = None, indicator
    assignment.save()
    figure.pk, figure.assignment = None, assignment
    figure.save()
