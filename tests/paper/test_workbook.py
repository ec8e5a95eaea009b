"""Workbooks hold real numbers, formulas with their values, text that stays text, and print on A4."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from paper.formulas import difference, ratio, total
from paper.plots import PlotSeries
from paper.workbook import (
    Column,
    Head,
    Plot,
    Sheet,
    sheet_names,
    shown_decimals,
    shown_number,
    workbook_bytes,
    write_workbook,
)
from tests import office

CREATED = datetime(2024, 11, 15, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """A row of the sample: an indicator and, below it, its communes."""

    name: str
    level: int
    target: Decimal | None
    cumulative: Decimal | str | None
    rate: Decimal | None
    gap: Decimal | None
    decimals: int = 1
    updated: date | None = None


TEA = [
    Line("Trồng chè mới", 0, Decimal("183.5"), Decimal("85.5"), Decimal("46.6"), Decimal("98.0")),
    Line("xã Hiếu", 1, Decimal("100.5"), Decimal("50.3"), Decimal("50.0"), Decimal("50.2"), updated=date(2024, 11, 14)),
    Line("xã Pờ Ê", 1, Decimal("83"), Decimal("35.2"), Decimal("42.4"), Decimal("47.8")),
    Line("xã Ngọk Tem", 1, None, None, None, None),
    Line("xã Măng Bút", 1, None, "không giao", None, None),
    Line("Hộ thoát nghèo", 0, Decimal("-10"), Decimal("-48"), Decimal("480"), Decimal("38"), decimals=0),
    Line("Thị trấn Măng Đen", 1, Decimal("-10"), Decimal("-48"), Decimal("480.0"), Decimal("38"), decimals=0),
    Line("Chưa có số liệu", 0, Decimal("0"), None, None, None),
]


def amount_format(line: Line) -> str:
    return "#,##0.0" if line.decimals else "#,##0"


COLUMNS: list[Column[Line]] = [
    Column("Đơn vị", lambda line: line.name, width=30, indent=lambda line: line.level),
    Column("KH", lambda line: line.target, number_format=amount_format, key="target", formula=total("target")),
    Column(
        "Lũy kế",
        lambda line: line.cumulative,
        number_format=amount_format,
        key="done",
        formula=total("done"),
        group="TH",
    ),
    Column(
        "Còn thiếu",
        lambda line: line.gap,
        number_format=amount_format,
        formula=difference("target", "done"),
        group="TH",
    ),
    Column("Đạt (%)", lambda line: line.rate, number_format="0.0", formula=ratio("done", "target")),
    Column("Cập nhật", lambda line: line.updated, comment=lambda line: "Trạm Khuyến nông" if line.updated else ""),
]
HEAD = Head(
    authority="UBND HUYỆN KON PLÔNG",
    issuer="PHÒNG NỘI VỤ",
    title="BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU THI ĐUA",
    period="Tháng 8/2024 (15/7–14/8/2024)",
    cut_off="Số liệu đến ngày 14/8/2024",
    labels=("Theo văn bản", "Số liệu minh họa"),
)
TABLE_ROW = 10  # the first row of figures in the sample, counted as Excel does


def sample() -> Sheet[Line]:
    return Sheet(
        "2.3 Kinh tế",
        HEAD,
        COLUMNS,
        TEA,
        level=lambda line: line.level,
        look=lambda line: "row" if line.level else "total",
        notes=("Nguồn: báo cáo tháng của các đơn vị.",),
    )


def opened(content: bytes, *, values: bool = True) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(content), data_only=values).worksheets[0]


def one_column(number_format: str, *values: object) -> Worksheet:
    column: Column[object] = Column("Cột", lambda value: value, number_format=number_format)  # type: ignore[arg-type,return-value]
    return opened(workbook_bytes([Sheet("Một", Head(""), [column], values)], title="Một cột"))


def recalculated(content: bytes, folder: Path) -> Worksheet:
    """The sheet after LibreOffice has calculated every formula anew."""
    return opened(office.recalculated(content, folder))


def grid(sheet: Worksheet) -> list[list[object]]:
    return [
        ["" if cell is None else cell for cell in row]
        for row in sheet.iter_rows(min_row=TABLE_ROW, max_row=TABLE_ROW + len(TEA) - 1, values_only=True)
    ]


def test_numbers_and_dates_are_stored_as_numbers_and_dates() -> None:
    sheet = opened(workbook_bytes([sample()], title="Biểu"))
    assert sheet.cell(TABLE_ROW + 1, 3).value == 50.3
    assert sheet.cell(TABLE_ROW + 1, 6).value == datetime(2024, 11, 14)
    assert sheet.cell(TABLE_ROW + 1, 6).number_format == "dd/mm/yyyy"
    assert sheet.cell(TABLE_ROW + 4, 3).value == "không giao"
    assert sheet.cell(TABLE_ROW + 3, 3).value is None


def test_cached_values_are_the_builders_values() -> None:
    assert grid(opened(workbook_bytes([sample()], title="Biểu"))) == [
        [line.name]
        + [
            "" if v is None else v if isinstance(v, str) else float(v)
            for v in (line.target, line.cumulative, line.gap, line.rate)
        ]
        + [datetime(2024, 11, 14) if line.updated else ""]
        for line in TEA
    ]


def test_totals_differences_and_rates_are_formulas() -> None:
    sheet = opened(workbook_bytes([sample()], title="Biểu"), values=False)
    first = TABLE_ROW
    children = f"C{first + 1}:C{first + 4}"
    assert sheet.cell(first, 3).value == f'=IF(COUNT({children})=0,"",ROUND(SUM({children}),1))'
    assert sheet.cell(first + 1, 3).value == 50.3
    assert (
        sheet.cell(first, 4).value == f'=IF(AND(ISNUMBER(B{first}),ISNUMBER(C{first})),ROUND(B{first}-C{first},1),"")'
    )
    assert sheet.cell(first + 1, 5).value == (
        f"=IF(AND(ISNUMBER(C{first + 1}),ISNUMBER(B{first + 1})),"
        f'IF(B{first + 1}=0,"",ROUND(C{first + 1}/B{first + 1}*100,1)),"")'
    )


def test_recalculation_gives_the_stored_values(tmp_path: Path) -> None:
    content = workbook_bytes([sample()], title="Biểu")
    assert grid(recalculated(content, tmp_path)) == grid(opened(content))


def test_recalculation_is_real_and_would_correct_a_wrong_stored_value(tmp_path: Path) -> None:
    columns: list[Column[int]] = [
        Column("a", lambda row: 2, key="a", number_format="0"),
        Column("b", lambda row: 4, key="b", number_format="0"),
        Column("%", lambda row: 77, formula=ratio("a", "b"), number_format="0.0"),
    ]
    sheet = recalculated(workbook_bytes([Sheet("Sai", Head("Sai"), columns, [1])], title="Sai"), tmp_path)
    assert sheet.cell(4, 3).value == 50


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 260", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "- trong đó:"]
)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    cell = one_column("", text)["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix


def test_ordinary_text_carries_no_quote_mark_and_links_stay_text() -> None:
    cell = one_column("", "https://example.org/a")["A2"]
    assert cell.value == "https://example.org/a"
    assert cell.hyperlink is None
    assert not cell.quotePrefix


@pytest.mark.parametrize(
    ("number_format", "value", "shown"),
    [
        ("0.0", Decimal("46.65"), 46.7),
        ("0.0", Decimal("-46.65"), -46.7),
        ("#,##0.00", Decimal("1234.565"), 1234.57),
        ("0", Decimal("2.5"), 3.0),
        ("0.0", 0.35, 0.4),
        ("#,##0", 2293, 2293.0),
        ("0.0%", Decimal("0.46649"), 0.466),
        ("", Decimal("14.17"), 14.17),
    ],
)
def test_a_number_is_stored_as_its_cell_shows_it_half_up(
    number_format: str, value: Decimal | float, shown: float
) -> None:
    assert shown_number(value, number_format) == shown
    assert one_column(number_format, value)["A2"].value == shown


def test_decimals_are_read_from_the_number_format() -> None:
    formats = {"0": 0, "0.0": 1, "#,##0.00": 2, "0.0%": 3, "0.0;-0.0": 1, "": None, "dd/mm/yyyy": None, "@": None}
    assert {text: shown_decimals(text) for text in formats} == formats


def test_words_in_a_number_format_are_printed_and_count_for_nothing() -> None:
    formats = {'"khoảng 0,5 "#,##0.00': 2, '0.0" %"': 1, '"0%"': None}
    assert {text: shown_decimals(text) for text in formats} == formats
    assert shown_number(Decimal("19.649"), '0.0" %"') == 19.6


def test_rows_are_as_high_as_their_longest_text_where_it_is_asked_for() -> None:
    columns: list[Column[str]] = [Column("Nội dung đã làm trong kỳ", lambda row: row, width=20)]
    rows = [
        "Ngắn",
        "Đã ban hành văn bản chỉ đạo, tổ chức thực hiện đến các thôn, làng",
        "Một\nhai\nba dòng ngắn, xuống hàng",
    ]

    def heights(*, fit: bool) -> list[float | None]:
        sheet = opened(workbook_bytes([Sheet("Một", Head(""), columns, rows, fit_rows=fit)], title="Một"))
        return [sheet.row_dimensions[row].height for row in (1, 2, 3, 4)]

    head, short, long, broken = heights(fit=True)
    assert head is not None
    assert short is not None
    assert long is not None
    assert broken is not None
    assert head > short < broken
    assert long > 2 * short
    assert heights(fit=False)[1:] == [None, None, None]


def test_head_block_says_who_what_when_and_whence() -> None:
    sheet = opened(workbook_bytes([sample()], title="Biểu"))
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == [
        HEAD.authority,
        HEAD.issuer,
        HEAD.title,
        HEAD.period,
        HEAD.cut_off,
        "Theo văn bản · Số liệu minh họa",
    ]
    assert sheet.cell(TABLE_ROW + len(TEA) + 1, 1).value == "Nguồn: báo cáo tháng của các đơn vị."
    assert sheet["A3"].font.name == "Times New Roman"
    assert sheet["A3"].font.bold


def test_groups_stand_over_their_columns_and_the_filter_on_the_lower_head() -> None:
    sheet = opened(workbook_bytes([sample()], title="Biểu"))
    upper, lower = TABLE_ROW - 2, TABLE_ROW - 1
    assert sheet.cell(upper, 3).value == "TH"
    assert f"C{upper}:D{upper}" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert [cell.value for cell in sheet[lower]] == [column.title for column in COLUMNS]
    assert sheet.auto_filter.ref == f"A{lower}:F{TABLE_ROW + len(TEA) - 1}"


def test_sheet_is_frozen_outlined_and_set_up_for_a4_landscape() -> None:
    sheet = opened(workbook_bytes([sample()], title="Biểu"))
    assert sheet.freeze_panes == f"C{TABLE_ROW}"
    assert [sheet.row_dimensions[TABLE_ROW + place].outlineLevel for place in range(len(TEA))] == [
        line.level for line in TEA
    ]
    assert [sheet.cell(TABLE_ROW + place, 1).alignment.indent for place in range(len(TEA))] == [
        line.level for line in TEA
    ]
    assert not sheet.sheet_properties.outlinePr.summaryBelow
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${TABLE_ROW - 2}:${TABLE_ROW - 1}"
    assert "Trang &P/&N" in (sheet.oddFooter.right.text or "")


def test_comment_tells_where_a_value_comes_from_and_only_where_there_is_one() -> None:
    sheet = opened(workbook_bytes([sample()], title="Biểu"))
    assert sheet.cell(TABLE_ROW + 1, 6).comment.text == "Trạm Khuyến nông"
    assert sheet.cell(TABLE_ROW + 2, 6).comment is None


def test_same_sheets_and_moment_give_the_same_bytes() -> None:
    assert workbook_bytes([sample()], title="Biểu", created=CREATED) == workbook_bytes(
        [sample()], title="Biểu", created=CREATED
    )


def test_sheet_names_are_cut_cleaned_and_told_apart() -> None:
    names = [
        "Ủy ban nhân dân xã Ngọk Tem, huyện Kon Plông",
        "Ủy ban nhân dân xã Ngọk Tem, huyện Kon Tum",
        "a/b:c*d",
        "[]",
        "A B C D",
    ]
    column: Column[int] = Column("Số", lambda row: row)
    content = workbook_bytes([Sheet(name, Head("x"), [column], [1]) for name in names], title="Tên")
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames == [
        "Ủy ban nhân dân xã Ngọk Tem",
        "Ủy ban nhân dân xã Ngọk (2)",
        "a b c d",
        "Bảng",
        "A B C D (2)",
    ]


def test_streaming_writes_the_same_cells_and_takes_rows_as_they_come(tmp_path: Path) -> None:
    def sheet() -> Sheet[Line]:
        return Sheet("Dòng", HEAD, COLUMNS, (line for line in TEA), notes=("Hết.",))

    write_workbook(tmp_path / "stream.xlsx", [sheet()], title="Dòng", constant_memory=True)
    streamed = opened((tmp_path / "stream.xlsx").read_bytes())
    whole = opened(workbook_bytes([sheet()], title="Dòng"))
    assert list(streamed.values) == list(whole.values)
    assert streamed.cell(TABLE_ROW + len(TEA) + 1, 1).value == "Hết."


def test_a_table_without_rows_still_opens_with_its_head() -> None:
    empty: Sheet[Line] = Sheet("Trống", HEAD, COLUMNS, [], level=lambda line: line.level)
    sheet = opened(workbook_bytes([empty], title="Trống"))
    assert sheet.cell(TABLE_ROW - 1, 1).value == "Đơn vị"
    assert sheet.max_row == TABLE_ROW - 1


def test_each_look_is_made_once_however_many_rows_wear_it() -> None:
    def styles(rows: int) -> int:
        column: Column[int] = Column("Số", lambda row: row, number_format="0")
        content = workbook_bytes([Sheet("Một", Head("x"), [column], range(rows))], title="Một")
        return ZipFile(BytesIO(content)).read("xl/styles.xml").count(b"<xf ")

    assert styles(500) == styles(1)


def test_total_without_children_leaves_the_plain_value() -> None:
    columns: list[Column[int]] = [Column("Số", lambda row: row, key="n", number_format="0", formula=total("n"))]
    content = workbook_bytes([Sheet("Một", Head(""), columns, [5], level=lambda row: 0)], title="Một")
    assert opened(content, values=False)["A2"].value == 5


def test_every_look_is_a_named_style_and_its_cells_belong_to_it() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes([sample()], title="Biểu")))
    assert {"Đầu cột", "Dòng tổng cộng", "Dòng số liệu", "Tên biểu"} <= set(book.named_styles)
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 2).style for row in (TABLE_ROW, TABLE_ROW + 1)] == ["Dòng tổng cộng", "Dòng số liệu"]
    assert sheet["A3"].style == "Tên biểu"


def test_a_named_cell_may_be_spoken_of_from_another_sheet(tmp_path: Path) -> None:
    limit: Column[int] = Column("Ngưỡng", lambda row: row, number_format="0.0", name=lambda row: "nguong")
    judged: Column[int] = Column("Đạt", lambda row: "có", formula=lambda cells, row: '=IF(nguong>1,"có","chưa")')
    content = workbook_bytes([Sheet("A b", Head(""), [judged], [1]), Sheet("Số", Head(""), [limit], [2])], title="x")
    assert openpyxl.load_workbook(BytesIO(content)).defined_names["nguong"].attr_text == "Số!$A$2"
    assert recalculated(content, tmp_path)["A2"].value == "có"


def test_a_native_chart_stands_below_the_table_and_reads_its_cells() -> None:
    columns: list[Column[Line]] = [
        Column("Tên", lambda line: line.name, key="name"),
        Column("KH", lambda line: line.target, key="target", number_format="0"),
    ]
    plot = Plot("Kế hoạch", "name", (PlotSeries("target", "KH", "#1b4b8f"),), words="Kế hoạch của từng dòng", skips=1)
    content = workbook_bytes([Sheet("Chè", Head(""), columns, TEA, plot=plot)], title="x")
    with ZipFile(BytesIO(content)) as archive:
        chart, drawing = (
            archive.read("xl/charts/chart1.xml").decode(),
            archive.read("xl/drawings/drawing1.xml").decode(),
        )
    assert f"Chè!$B$3:$B${len(TEA) + 1}" in chart
    assert 'descr="Kế hoạch của từng dòng"' in drawing


def test_the_names_of_sheets_are_known_beforehand() -> None:
    assert sheet_names(["a/b", "A b", "x" * 40]) == ["a b", "A b (2)", "x" * 31]
