"""A report in the neutral form, of the sample's letter: heads, sentences, a grouped table, a drawing, two annexes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from paper.document import (
    CENTRE,
    NOTE,
    PART,
    RIGHT,
    SECTION,
    AnnexPart,
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
)
from paper.letter import Letter
from paper.marks import bullet_bar
from tests.paper.sample import VIETNAMESE_LETTERS, department_letter

MOMENT = datetime(2024, 11, 15, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SENTENCE = (
    "Ủy ban nhân dân các xã, thị trấn tiếp tục đôn đốc việc trồng mới, chăm sóc diện tích cà phê xứ lạnh, chè và "
    "dược liệu; rà soát các chỉ tiêu còn thấp so với tiến độ, phân công cán bộ phụ trách từng thôn, làng."
)
COLUMNS = (
    Column("TT", 10, CENTRE),
    Column("Chỉ tiêu"),
    Column("Số giao", 22, RIGHT, group="Kế hoạch năm"),
    Column("Cơ quan giao", 30, group="Kế hoạch năm"),
    Column("Lũy kế", 22, RIGHT),
    Column("So KH (%)", 18, RIGHT, note="lũy kế"),
)


def a_table(rows: int = 3, **more: object) -> Table:
    """A table with a section, a part, a band and a note."""
    lines = [Row((Cell("I"), Cell("2.3. Kinh tế", align="left")), SECTION)]
    for number in range(1, rows + 1):
        lines.append(
            Row(
                (
                    Cell(str(number)),
                    Cell(f"Dòng thứ {number} bắt đầu và kết thúc dòng {number}"),
                    Cell("183,5", Decimal("183.5"), "#,##0.0", note="HĐND huyện"),
                    Cell("UBND huyện"),
                    Cell("85,5", Decimal("85.5"), "#,##0.0"),
                    Cell("46,6", Decimal("46.594"), "0.0", mark="at_risk"),
                ),
                PART if number == 2 else "plain",
                1 if number == 2 else 0,
            )
        )
    return Table(COLUMNS, tuple(lines), **more)  # type: ignore[arg-type]


def a_document(letter: Letter | None = None, *, paragraphs: int = 12, rows: int = 40) -> Document:
    """The whole sample report."""
    chosen = letter or department_letter(compact=True)
    bar = bullet_bar(46.6, 74, band="at_risk", label="đạt 46,6 %, cần 74 %", width=90)
    body: list[Block] = [Heading("I. CÔNG TÁC CHỈ ĐẠO, TỔ CHỨC PHÁT ĐỘNG, TRIỂN KHAI")]
    body += [Paragraph((Span(f"{number}. {SENTENCE}"),)) for number in range(1, paragraphs + 1)]
    body += [
        Heading("1. Kết quả", 2),
        Paragraph((Span("Chè mới đạt "), Span("46,6 %", "rate:1", Decimal("46.594"), 1, is_bold=True), Span("."))),
        a_table(caption="Một số chỉ tiêu", source="Nguồn: báo cáo của các đơn vị."),
        Chart(str(bar), "đạt 46,6 %, cần 74 %", "Tiến độ trồng chè", data=a_table(1)),
        Paragraph((Span(VIETNAMESE_LETTERS[:67]),), NOTE),
        Paragraph((Span("Trên đây là báo cáo kết quả thực hiện./."),)),
    ]
    heads = chosen.annexes(["Biểu tổng hợp các chỉ tiêu", "Danh sách đơn vị chậm"])
    annexes = (
        AnnexPart(heads[0], (a_table(rows, is_dense=True, has_column_numbers=True),), is_wide=True),
        AnnexPart(heads[1], (a_table(5),)),
    )
    return Document(chosen, tuple(body), MOMENT, annexes)
