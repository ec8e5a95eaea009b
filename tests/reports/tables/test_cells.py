"""One value and its text: words around a number, rates that a formula may reckon, sums that are sums."""

from decimal import Decimal

import pytest

from indicators.tables.standings import SENT
from paper.workbook import shown_number
from reports.tables.cells import NONE, Cell, adds_up, amount_cell, rate_cell, rate_source, worded_cell
from reports.tables.frame import Frame
from reports.tables.period_report import period_report
from tests.reports.exports.sample import office_world, report_of


@pytest.mark.parametrize(
    ("text", "value", "decimals", "number_format"),
    [
        ("trên 1.200.000", "1200000", 0, '"trên "#,##0'),
        ("khoảng 14,17", "14.17", 2, '"khoảng "#,##0.00'),
        ("40 %", "40", 0, '#,##0" %"'),
        ("183,5", "183.5", 1, "#,##0.0"),
    ],
)
def test_words_go_into_the_format_and_the_number_stays_one(text, value, decimals, number_format):
    assert worded_cell(text, Decimal(value), decimals) == Cell(text, Decimal(value), number_format)


@pytest.mark.parametrize("text", ["42 hoặc 39", 'nêu "5"'])
def test_what_is_not_one_number_stays_text(text):
    assert worded_cell(text, Decimal("7"), 0).value == text


def test_nothing_is_a_dash_and_zero_is_zero():
    assert (amount_cell(None, 1).text, amount_cell(None, 1).value) == (NONE, NONE)
    assert (amount_cell(Decimal(0), 1).text, amount_cell(Decimal(0), 1).value) == ("0,0", Decimal(0))
    assert rate_cell(Decimal("112.46")).text == "112,5"


def test_a_whole_is_a_sum_only_where_its_parts_as_shown_add_up():
    parts = [amount_cell(Decimal("0.14"), 1), amount_cell(Decimal("0.14"), 1), Cell()]
    assert not adds_up(amount_cell(Decimal("0.28"), 1), parts, 1)
    assert adds_up(amount_cell(Decimal("0.2"), 1), parts, 1)
    assert not adds_up(Cell(), parts, 1)
    assert not adds_up(amount_cell(Decimal(0), 1), [Cell()], 1)


@pytest.mark.django_db
def test_a_rate_names_the_column_from_which_excel_reckons_the_same():
    sources = {row.name: row.rate_source for row in report_of(office_world()).annex if not row.is_area}
    assert sources == {
        "Trồng chè mới": "cumulative",
        "Chè Shan": "",
        "Trồng cà phê mới": "",
        "Giải ngân": "",
        "Đơn tồn đọng": "since_launch",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("basis", [SENT, "official"])
def test_the_quotient_of_the_cells_is_the_rate_that_is_shown(basis):
    world = office_world()
    report = period_report(Frame(world.campaign, world.period(2), basis))
    reckoned = [row for row in report.annex + report.by_unit if row.rate_source]
    assert reckoned
    for row in reckoned:
        done, plan = getattr(row, row.rate_source), row.target
        quotient = 100 * shown_number(done.number, done.number_format) / shown_number(plan.number, plan.number_format)
        assert round(quotient, 1) == float(row.rate.text.replace(".", "").replace(",", "."))


@pytest.mark.django_db
def test_no_rate_no_source():
    world = office_world(1)
    empty = period_report(Frame(world.campaign, world.period(3), SENT))
    assert {rate_source(one) for one in empty.at_units.values() if one.rate is None} == {""}
