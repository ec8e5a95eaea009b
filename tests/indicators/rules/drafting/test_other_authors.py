"""Documents of other authors: what each of them taught, and that no sentence of any document vanishes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from campaign.imports.documents import read_lines
from campaign.rules.drafting.numbers import Part
from campaign.rules.drafting.outline import Section
from campaign.rules.drafting.paragraphs import lines_of_text
from indicators.rules.drafting.areas import areas_in
from indicators.rules.drafting.claims import Place, Subject, said_in
from indicators.rules.drafting.duties import is_heading, sentences_of
from indicators.rules.drafting.reading import Reading, parts_of_numbers, read_document
from tests.fixtures.reading import source
from tests.indicators.rules.drafting.more_papers import COMMUNE_CALL, UNION_GUIDE, district_plan
from tests.indicators.rules.drafting.papers import pdf_call, plain_list, word_plan

PAPERS = {
    "the real one": lambda: lines_of_text(source()),
    "a commune's plan": lambda: read_lines("a.docx", word_plan()),
    "a province's call": lambda: read_lines("a.pdf", pdf_call()),
    "a plain list": lambda: read_lines("a.txt", plain_list()),
    "a district's plan": lambda: read_lines("b.docx", district_plan()),
    "a union's guide": lambda: lines_of_text(UNION_GUIDE),
    "a commune's call": lambda: lines_of_text(COMMUNE_CALL),
}


def areas_of(reading: Reading) -> list[tuple[str, str]]:
    return [(node.numbering, node.title) for node in areas_in(reading.nodes, reading.said)]


def values_of(reading: Reading, subject: Subject) -> list[tuple[str, Decimal, str]]:
    return [(one.name, one.value, one.unit) for one in reading.said if one.subject is subject]


def kept_whole(reading: Reading) -> set[int]:
    """Paragraphs that a line keeps word for word, or of which something stands in a line."""
    whole = {node.position for node in areas_in(reading.nodes, reading.said)}
    whole |= {node.position for node in reading.nodes if node.section not in (Section.CONTENT, Section.TERMS)}
    return whole - {one.place.paragraph for one in reading.unread if one.is_text}


@pytest.mark.parametrize("name", PAPERS)
def test_every_sentence_of_the_content_is_in_some_line_of_the_draft(name):
    reading = read_document(PAPERS[name]())
    texts = [one.quote for one in reading.said] + [task.name for task in reading.tasks]
    known = "\n".join([*texts, *(one.text for one in reading.unread)])
    lost = [
        words
        for node in reading.nodes
        if node.position not in kept_whole(reading) and not is_heading(node, reading.nodes)
        for words in sentences_of(node.text)
        if words not in known
    ]

    assert [words for words in lost if not words.endswith(":") and words[0] != "(" and words.upper() != words] == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_number_of_a_document_has_a_part_or_is_listed(name):
    reading = read_document(PAPERS[name]())
    unread = sum(not one.is_text for one in reading.unread)
    parts = [number.part for _, number in parts_of_numbers(reading)]

    assert parts.count(Part.UNREAD) == unread
    assert parts.count(Part.VALUE) >= len(reading.said) - sum(one.value == 0 for one in reading.said)


def test_a_plan_laid_out_in_tables_is_read_with_its_annex():
    plan = read_document(PAPERS["a district's plan"]())

    assert (plan.number, plan.dated, plan.period.days) == (
        "87/KH-UBND",
        date(2024, 2, 18),
        (date(2024, 3, 1), date(2025, 12, 31)),
    )
    assert [base.number for base in plan.bases] == ["Luật Tổ chức chính quyền địa phương", "06/2022/QH15"]
    assert areas_of(plan) == [
        ("III", "NỘI DUNG THI ĐUA"),
        ("1", "Các chỉ tiêu chủ yếu"),
        ("2", "Nhiệm vụ, giải pháp"),
        ("2.1", "Về tuyên truyền"),
        ("2.2", "Về hạ tầng"),
    ]
    assert values_of(plan, Subject.TARGET) == [
        ("Xã đạt chuẩn nông thôn mới", Decimal(3), "xã"),
        ("Tổng số xã đạt chuẩn", Decimal(11), "xã"),
        ("Thu nhập bình quân đầu người", Decimal(55), "triệu đồng/người"),
        ("Giảm tỷ lệ hộ nghèo đa chiều", Decimal("1.5"), "%"),
        ("Tỷ lệ hộ nghèo đa chiều", Decimal(4), "%"),
        ("Chuyên mục", Decimal(2), "chuyên mục"),
        ("Đường thôn được cứng hóa", Decimal("20.5"), "km"),
        ("Tỷ lệ rác thải được thu gom", Decimal(85), "%"),
    ]
    assert values_of(plan, Subject.OPENING) == [("Cứng hóa đường trục thôn", Decimal("38.2"), "km")]
    assert plan.recipients == ("UBND tỉnh (b/c)", "Các phòng, ban, ngành", "Lưu: VT, NV")


def test_what_is_neither_content_nor_duty_of_a_plan_is_listed():
    plan = read_document(PAPERS["a district's plan"]())

    assert [one.text for one in plan.unread] == [
        "Căn cứ tình hình thực tế của huyện;",
        "Đối tượng: Các xã, thị trấn; các phòng, ban, ngành.",
        "Hình thức: Giấy khen cho 10 tập thể, 20 cá nhân.",
        "Chỉ tiêu giao năm 2024",
        "I Hạ tầng",
        "II Môi trường",
    ]
    assert [node.text for node in plan.in_section(Section.ORGANISATION) if not is_heading(node, plan.nodes)] == [
        "Phòng Nội vụ chủ trì tham mưu, theo dõi, tổng hợp.",
        "Các xã, thị trấn báo cáo kết quả trước ngày 20 tháng cuối quý.",
    ]


def test_capitals_stars_crosses_and_slashes_number_a_tree_too():
    guide = read_document(PAPERS["a union's guide"]())

    assert areas_of(guide) == [
        ("B", "NỘI DUNG VÀ CHỈ TIÊU THI ĐUA"),
        ("I", "Công tác giáo dục"),
        ("*", "Chỉ tiêu"),
        ("*", "Giải pháp"),
        ("+", "Đổi mới phương thức tuyên truyền trên không gian mạng, xây dựng đội ngũ báo cáo viên trẻ"),
        ("II", "Phong trào hành động cách mạng"),
        ("1/", "Thanh niên tình nguyện"),
        ("2/", "Khởi nghiệp"),
        ("III", "Xây dựng tổ chức Đoàn"),
    ]
    assert [one.text[:24] for one in guide.unread] == ["Tổng điểm: 100 điểm, tro"]


def test_what_an_introduction_reached_is_no_target_and_no_contradiction():
    call = read_document(PAPERS["a commune's call"]())

    assert values_of(call, Subject.OPENING)[1:] == [
        ("Thu ngân sách", Decimal(12450), "triệu đồng"),
        ("Thu ngân sách", Decimal("103.8"), "%"),
        ("Tỷ lệ hộ nghèo", Decimal("6.2"), "%"),
    ]
    assert call.findings == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8/9 thôn giữ vững danh hiệu văn hóa.", [("8", "thôn", "")]),
        ("Gieo trồng vụ Đông Xuân 2025-2026, 280ha vụ Mùa.", [("280", "ha", "")]),
        ("Trên diện tích khoảng 14, 17ha.", [("14.17", "ha", "approx")]),
        ("Giảm bình quân 1,5 - 2%/năm.", [("1.5", "%", "ge")]),
        ("Khá, tốt đạt từ 85% đến 90%.", [("85", "%", "ge")]),
        ("Hỗ trợ 35 - 40 hộ nghèo.", [("35", "hộ", "")]),
        ("Năng suất lúa 58,5 tạ/ha.", [("58.5", "tạ/ha", "")]),
        ("Hoàn thành 17/18 chỉ tiêu.", [("17", "chỉ tiêu", "")]),
        ("Báo cáo trước ngày 15/3 hằng năm, sơ kết trước 20/6.", []),
    ],
)
def test_a_number_with_its_bound_is_one_value(text, values):
    said = said_in(text, Place(paragraph=1))

    assert [(str(one.value), one.unit, one.operator) for one in said] == values
