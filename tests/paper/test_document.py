"""The neutral document: what it says of itself, and its way through JSON and back."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from paper.document import (
    AnnexPart,
    Cell,
    Chart,
    CheckCode,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
)
from paper.document_json import from_json, to_json
from paper.letter import Letter, Letterhead, Recipients, SignatureBlock, Title

MOMENT = datetime(2024, 11, 15, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def a_document() -> Document:
    letter = Letter(
        letterhead=Letterhead(("PHÒNG NỘI VỤ",), "Số:        /BC-PNV", "Kon Plông", "ngày      tháng      năm 2024"),
        title=Title("BÁO CÁO", ("Kết quả thi đua", "(tháng 11/2024)")),
        signature=SignatureBlock(("TRƯỞNG PHÒNG",)),
        recipients=Recipients(("Như trên",), "VT"),
        draft=True,
    )
    sentence = Paragraph(
        (
            Span("Chè trồng mới mới đạt "),
            Span("46,6 %", key="rate:7", value=Decimal("46.59400544959128"), decimals=1),
            Span(", tính đến ngày "),
            Span("14/11/2024", key="period:ends_on", value=date(2024, 11, 14)),
        ),
        key="area:3:behind",
    )
    table = Table(
        columns=(
            Column("TT", 8),
            Column("Chỉ tiêu"),
            Column("Số giao", 20, group="Kế hoạch năm"),
            Column("Cơ quan giao", 20, group="Kế hoạch năm"),
            Column("Lũy kế", 20),
        ),
        rows=(Row((Cell("1"), Cell("Chè"), Cell("183,5", Decimal("183.5"), "#,##0.0"), Cell("UBND"), Cell("–"))),),
    )
    annex = AnnexPart(letter.annexes(["Biểu tổng hợp"])[0], (table, Chart("<svg/>", "Đường tiến độ")), is_wide=True)
    return Document(
        letter,
        (Heading("I. KẾT QUẢ"), sentence),
        MOMENT,
        annexes=(annex,),
        check=CheckCode("https://thidua.example/tra-cuu/7K2M/", "7K2M"),
    )


def test_a_document_is_the_same_after_its_way_through_json():
    document = a_document()

    assert from_json(to_json(document)) == document


def test_equal_documents_give_equal_json():
    assert to_json(a_document()) == to_json(a_document())


def test_no_decimal_of_a_bound_value_is_lost_in_json():
    [rate, _] = from_json(to_json(a_document())).bound

    assert rate.value == Decimal("46.59400544959128")
    assert str(rate.value) == "46.59400544959128"


def test_other_text_than_a_document_is_refused():
    with pytest.raises(ValueError):
        from_json('{"@":"Heading","text":"I."}')


def test_the_sentence_without_its_bindings_is_plain_text():
    [sentence] = a_document().paragraphs

    assert sentence.text == "Chè trồng mới mới đạt 46,6 %, tính đến ngày 14/11/2024"


def test_the_head_of_a_table_groups_columns_that_stand_side_by_side():
    [table] = [block for block in a_document().blocks if isinstance(block, Table)]

    assert table.has_groups
    assert [(group, [column.title for column in columns]) for group, columns in table.head] == [
        ("", ["TT"]),
        ("", ["Chỉ tiêu"]),
        ("Kế hoạch năm", ["Số giao", "Cơ quan giao"]),
        ("", ["Lũy kế"]),
    ]
