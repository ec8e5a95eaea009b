"""The workbook of all that a department leads, and the block that it pastes from its own sheet."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.imports.block import pasted_rows
from indicators.models import FigureVersion
from indicators.services.launching import launch_campaign
from indicators.tables.office_template import department_template, indicator_template
from tests.builders import assign, at, fill, make_indicator, make_world
from tests.indicators.imports.filling import HEAD, answer_to, bring_back, download, indicator_page
from tests.indicators.views.reading import log_in, text_of
from units import clock
from units.models import SpellingVariant

pytestmark = pytest.mark.django_db
AMOUNT = "Số liệu kỳ này"
TOLD = {"channel": "letter", "informant": "Công chức văn phòng"}


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def specialist(world):
    return log_in(world, "reviewer")


def page_of(world, period=1):
    return reverse("indicators:import-department", args=[world.period(period).pk])


def cells(workbook, title=AMOUNT):
    """The cells of a column by indicator and unit."""
    sheet = workbook.worksheets[0]
    place = next(one.column for one in sheet[HEAD] if one.value == title)
    found, indicator = {}, ""
    for row in sheet.iter_rows(min_row=HEAD + 1):
        if row[0].value is None:
            indicator = row[2].value
        else:
            found[indicator, row[2].value] = sheet.cell(row[0].row, place)
    return found


def test_each_indicator_stands_over_its_communes_and_all_are_written_together(world, specialist):
    workbook = download(specialist, page_of(world))
    typed = cells(workbook)
    assert list(typed) == [
        (name, unit)
        for name in ("Trồng chè mới (ha)", "Trồng cà phê mới (ha)", "Tuyên truyền vận động")
        for unit in ("xã Hiếu", "xã Pờ Ê")
    ]
    typed["Trồng chè mới (ha)", "xã Hiếu"].value = 12.5
    typed["Trồng chè mới (ha)", "xã Pờ Ê"].value = 7
    typed["Trồng cà phê mới (ha)", "xã Hiếu"].value = 3

    previewed = bring_back(specialist, page_of(world), workbook)
    response = answer_to(specialist, page_of(world), previewed, all="1", **TOLD)

    assert "xã Hiếu, Trồng chè mới" in text_of(previewed)
    assert response.status_code == 302
    amounts = [world.figure(*place).amount for place in (("che", 0), ("che", 1), ("ca-phe", 0), ("ca-phe", 1))]
    assert amounts == [Decimal("12.5"), Decimal(7), Decimal(3), None]
    assert set(FigureVersion.objects.values_list("kind", "on_behalf_of__name")) == {
        ("on_behalf", "xã Hiếu"),
        ("on_behalf", "xã Pờ Ê"),
    }


def test_a_workbook_of_another_month_or_of_one_indicator_is_refused(world, specialist):
    other_month = download(specialist, page_of(world, 2))
    one_indicator = download(specialist, indicator_page(world))

    assert "là biểu mẫu của các chỉ tiêu do Phòng Nông nghiệp chủ trì, Tháng 8/2024" in text_of(
        bring_back(specialist, page_of(world), other_month)
    )
    assert "là biểu mẫu của chỉ tiêu “Trồng chè mới”" in text_of(bring_back(specialist, page_of(world), one_indicator))


def test_an_untouched_workbook_changes_nothing_and_a_sent_row_is_not_open(world, specialist):
    workbook = download(specialist, page_of(world))
    assert "không có thay đổi nào" in text_of(bring_back(specialist, page_of(world), workbook))

    fill(world)
    world.send()
    cells(workbook)["Trồng chè mới (ha)", "xã Hiếu"].value = 9
    previewed = bring_back(specialist, page_of(world), workbook)

    assert answer_to(specialist, page_of(world), previewed, right="1", **TOLD).status_code == 403


def test_who_leads_nothing_has_no_such_workbook(world):
    for person in ("clerk0", "coordinator", "leader", "administrator"):
        assert log_in(world, person).get(page_of(world)).status_code == 404


def test_two_communes_with_three_indicators_and_five_with_six_ask_the_database_the_same():
    counts = []
    with clock.set_to(at("2024-07-15")):
        for communes, more in ((2, 0), (5, 3)):
            world = make_world(communes=communes, prefix=f"n{communes}-", launched=False)
            for number in range(more):
                row = make_indicator(world.campaign, world.area, f"them-{number}", f"Thêm {number}")
                assign(row, world.lead, "leads")
                for unit in world.communes:
                    assign(row, unit)

            launch_campaign(world.campaign, by=world.people["coordinator_head"])
            user, period = world.people["reviewer"], world.period(1)
            with CaptureQueriesContext(connection) as queries:
                department_template(period, user)
            counts.append(len(queries))

    assert counts[0] == counts[1] <= 22


# --- A block pasted from the office's own sheet -----------------------------------------------------------------------


def block_of(world, text, *, code="che", spellings=None):
    user, period = world.people["reviewer"], world.period(1)
    template = indicator_template(world.indicators[code], period, user) if code else department_template(period, user)
    came = pasted_rows(text, template, spellings or {})
    labels = {row.figure.pk: row.full_label for row in template.rows}
    return {labels[row.figure_id]: row.texts for row in came.rows}, came.remarks


@pytest.mark.parametrize(
    "text",
    [
        "xã Hiếu\t12,5\nxã Pờ Ê\t7",
        "STT\tĐơn vị\tSố liệu\n1\tHieu\t12,5\n2\tUBND xã PO E\t7\n\tTổng cộng\t19,5",
        "Xã Pờ Ê;7\nX. Hiếu;12,5",
        '"xã  Hiếu"\t"12,5"\r\nPờ Ê\t7\r\n',
    ],
)
def test_units_are_found_by_their_names_however_written(world, text):
    rows, remarks = block_of(world, text)

    assert rows == {"xã Hiếu": {"amount": "12,5"}, "xã Pờ Ê": {"amount": "7"}}
    assert remarks == []


def test_another_spelling_of_a_name_is_known(world):
    unit = world.communes[1]
    SpellingVariant.objects.create(unit=unit, text="Pơ Ê Kon")

    rows, _ = block_of(world, "Pơ Ê Kon\t7", spellings={unit.pk: ["Pơ Ê Kon"]})

    assert rows == {"xã Pờ Ê": {"amount": "7"}}


def test_indicators_may_stand_as_columns(world):
    text = "Đơn vị\tTrong cay moi khac\tTrồng cà phê mới (ha)\tTrồng chè mới\nHiếu\t1\t3\t12,5\nPờ Ê\t2\t\t7"

    rows, _ = block_of(world, text, code="")

    assert rows == {
        "xã Hiếu, Trồng cà phê mới": {"amount": "3"},
        "xã Hiếu, Trồng chè mới": {"amount": "12,5"},
        "xã Pờ Ê, Trồng chè mới": {"amount": "7"},
    }


def test_a_line_of_an_unknown_unit_is_named_and_left_out(world):
    rows, remarks = block_of(world, "Hiếu\t12,5\nMăng Cành\t4")

    assert rows == {"xã Hiếu": {"amount": "12,5"}}
    assert remarks == ["Bỏ qua dòng “Măng Cành”: không có đơn vị này trong biểu."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Chưa dán gì"),
        ("12\t13", "Không thấy tên đơn vị nào"),
        ("xã Hiếu\nxã Pờ Ê", "không có cột số liệu nào"),
        ("xã Hiếu\t1\t2", "có 2 cột số liệu"),
        ("Hiếu\t1\nxã Hiếu\t2", "có hai dòng"),
        ("Hiếu\t1\n" * 501, "quá dài"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused_with_a_sentence(world, text, sentence):
    with pytest.raises(ValidationError) as caught:
        block_of(world, text)

    assert sentence in caught.value.messages[0]


def test_a_pasted_block_is_previewed_and_written_on_behalf(world, specialist):
    page = indicator_page(world)

    previewed = specialist.post(page, {"block": "Hieu\t12,5\nPo E\tbảy"})
    wrote = answer_to(specialist, page, previewed, right="1", **TOLD)

    assert "“bảy” không phải là số" in text_of(previewed)
    assert "Hieu 12,5 Po E bảy</textarea>" in text_of(previewed)
    assert wrote.status_code == 302
    assert (world.figure("che", 0).amount, world.figure("che", 1).amount) == (Decimal("12.5"), None)


def test_a_clerk_pastes_on_the_page_of_the_month_and_not_here(world):
    page = reverse("indicators:import-month", args=[world.submission().pk])

    assert "Chọn tệp Excel" in text_of(log_in(world, "clerk0").post(page, {"block": "Hiếu\t12"}))
