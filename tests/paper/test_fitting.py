"""Columns of numbers are as wide as their longest number, in steps that the letter's style sheet knows."""

from pathlib import Path

import pytest

from paper.document import RIGHT, SECTION, TOTAL, Cell, Column, Row, Table
from paper.fitting import BESIDE_MM, fitted
from paper.measure import width_in_mm

STYLE = Path(__file__).parents[2] / "static/css/letter.css"


def table(text: str, look: str = "plain", width: int = 12) -> Table:
    columns = (Column("TT", 8), Column("Chỉ tiêu"), Column("Lũy kế", width, RIGHT), Column("Ghi chú", 20))
    return Table(columns, (Row((Cell("1"), Cell("Khách"), Cell(text), Cell("2.345.678.901"))),))


@pytest.mark.parametrize("text", ["1", "1.234.567", "-12.345.678,5", "khoảng 1.200.000", "123.456.789.012"])
@pytest.mark.parametrize("points", [10, 12])
def test_the_longest_number_has_room_and_words_beside_it_need_none(text, points):
    column = fitted(table(text), points).columns[2]

    assert column.width >= width_in_mm(text.split()[-1], points) + BESIDE_MM
    assert column.width <= max(12, width_in_mm(text.split()[-1], points) + BESIDE_MM + 2)
    assert f".mm-{column.width} {{" in STYLE.read_text()


def test_only_columns_of_numbers_are_widened_and_none_is_narrowed():
    widths = [column.width for column in fitted(table("5", width=30), 10).columns]

    assert widths == [8, 0, 30, 20]


def test_a_head_over_rows_and_bold_letters_are_reckoned_as_they_are_printed():
    plain = table("1.234.567")
    head = Row((Cell("I"), Cell("2.1 Thu ngân sách")), SECTION)
    bold = Row(plain.rows[0].cells, TOTAL)
    whole = Table(plain.columns, (head, *plain.rows, bold))

    assert fitted(whole, 10).columns[2].width >= width_in_mm("1.234.567", 10, bold=True) + BESIDE_MM
