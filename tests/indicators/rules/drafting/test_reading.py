"""Reading campaign documents: the real one against its hand-made list, and three of other authors."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from campaign.imports.documents import read_lines
from campaign.rules.drafting.numbers import Part
from campaign.rules.drafting.outline import Section
from campaign.rules.drafting.paragraphs import lines_of_text
from indicators.rules.drafting.areas import areas_in
from indicators.rules.drafting.claims import Place, Said, Subject, said_in
from indicators.rules.drafting.disagreements import Disagreement
from indicators.rules.drafting.duties import sentences_of, units_named
from indicators.rules.drafting.reading import Reading, parts_of_numbers, read_document
from tests.fixtures.reading import read, source
from tests.indicators.rules.drafting.papers import TARGETS, pdf_call, plain_list, word_plan

UNITS = {"xã Hiếu": "hieu", "Hiếu": "hieu", "xã Ngọk Tem": "ngok-tem", "Pờ Ê": "po-e", "thị trấn Măng Đen": "mang-den"}

#: The hand-made list's reasons in the words of the reading. Item numbers and marks never become numbers of a text.
PARTS = {
    "ky": {Part.PERIOD}, "nam": {Part.YEAR, Part.PERIOD, Part.HORIZON}, "han": {Part.HORIZON}, "due": {Part.HORIZON},
    "thu-tu": {Part.LISTING}, "van-ban": {Part.DOCUMENT}, "khau-hieu": {Part.SLOGAN}, "nam-hoc": {Part.YEAR},
    "ten-rieng": {Part.NAME}, "hieu-luc": {Part.DAY}, "ky-niem": {Part.OCCASION}, "chu-truong": set(),
    "name": {Part.HORIZON},
}  # fmt: skip
TAKEN_OUT = {"so-muc", "dau-chu-thich", "so-chu-thich"}


@pytest.fixture(scope="module")
def real() -> Reading:
    return read_document(lines_of_text(source()), UNITS)


def listed() -> list[tuple[str, str]]:
    """Every number of the hand-made list with its reason, "value" where the data hold it, in reading order."""
    found = []
    for entry in read("numbers.json")["numbers"]:
        for one in entry.get("parts", [entry]):
            fields = {held["at"] for held in one.get("held", [])}
            reason = (
                "value"
                if fields - {"due_on", "name"}
                else one.get("reason") or ("due" if "due_on" in fields else "name")
            )
            found.append((one["text"], reason))
    return found


def values_of(reading: Reading) -> Counter[str]:
    """The texts of all values, a torn one in its two halves."""
    values = (one for _, one in parts_of_numbers(reading) if one.part is Part.VALUE)
    return Counter(piece for one in values for piece in one.text.split(", "))


def by_name(reading: Reading) -> dict[str, Said]:
    return {one.name: one for one in reading.said}


def test_at_least_95_of_a_hundred_numbers_of_the_real_document_have_the_part_of_the_hand_made_list(real):
    wanted = Counter(text for text, reason in listed() if reason == "value")
    values = Counter(
        piece for _, one in parts_of_numbers(real) if one.part is Part.VALUE for piece in one.text.split(", ")
    )
    others = Counter((one.text, one.part) for _, one in parts_of_numbers(real) if one.part is not Part.VALUE)
    placed = sum((wanted & values).values())
    for text, reason in listed():
        if reason == "value":
            continue
        part = next((part for part in PARTS.get(reason, ()) if others[text, part] > 0), None)
        if part is not None:
            others[text, part] -= 1
        placed += part is not None or reason in TAKEN_OUT

    total = len(listed())
    assert placed / total >= 0.95, f"{placed} of {total} numbers placed"


def test_no_mark_date_or_number_of_a_document_is_taken_for_a_value(real):
    taken = Counter(
        piece for _, one in parts_of_numbers(real) if one.part is Part.VALUE for piece in one.text.split(", ")
    )
    wrong = taken - Counter(text for text, reason in listed() if reason == "value")

    assert wrong == Counter({"03": 1})  # "03 đột phá chiến lược": a count, but of the whole country; a person drops it


def test_the_tree_has_the_numbering_of_the_document(real):
    tops = [node.numbering for node in real.nodes if node.is_listed and node.depth == 1]
    areas = [node.numbering for node in real.in_section(Section.CONTENT) if node.depth == 1]

    assert [node.numbering for node in real.nodes if node.is_listed and node.depth == 0] == ["1", "2", "3"]
    assert areas == ["2.1", "2.2", "2.3", "2.4", "2.5"]
    assert tops == [*areas, "-", "-", "-", "-"]
    assert (len(real.in_section(Section.CONTENT)), len(real.footnotes), len(real.recipients)) == (24, 12, 12)


def test_footnotes_stand_with_the_paragraph_that_calls_them(real):
    marks = {node.title: [mark.number for mark in node.marks] for node in real.nodes if node.marks}

    assert marks["Nội dung thi đua"] == [1, 2, 3]
    assert marks["Về phát triển du lịch, quảng bá, thu hút đầu tư"] == [10, 11, 12]
    assert sum(len(row) for row in marks.values()) == 12


def test_cited_documents_are_those_of_the_campaign(real):
    held = {row["number"]: row["dated"] for row in read("campaign.json")["legal_bases"]}

    assert {base.number: base.dated.isoformat() for base in real.bases if base.dated} == held


@pytest.mark.parametrize(
    ("name", "subject", "value", "unit", "operator", "base"),
    [
        ("Giải ngân vốn đầu tư công", Subject.OPENING, "49.9", "%", "", "thực nguồn kế hoạch vốn đầu tư công"),
        ("Chuỗi liên kết sản xuất", Subject.TARGET, "5", "chuỗi", "ge", ""),
        ("Cây hoa Mai Anh Đào", Subject.TARGET, "1000000", "cây", "", ""),
        ("Khách du lịch", Subject.TARGET, "1200000", "khách", "gt", ""),
        ("Đơn thư tồn đọng", Subject.TARGET, "0", "đơn", "le", ""),
        ("Diện tích đất", Subject.OPENING, "14.17", "ha", "approx", ""),
        ("Hộ", Subject.OPENING, "2293", "hộ", "approx", ""),
    ],
)
def test_what_a_value_is_of(real, name, subject, value, unit, operator, base):
    one = by_name(real)[name]

    assert (one.subject, one.value, one.unit, one.operator, one.base) == (subject, Decimal(value), unit, operator, base)
    assert one.number.text in one.quote or one.value == 0


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Phấn đấu trồng mới ít nhất 120 ha rừng. Đến nay đã trồng mới 60 ha.", ["Trồng mới rừng", "Trồng mới rừng"]),
        ("Khoán bảo vệ 1.200 ha rừng tự nhiên.", ["Khoán bảo vệ rừng tự nhiên"]),
        ("Bê tông hóa 12,5 km đường thôn, làm mới ít nhất 3 km kênh.", ["Bê tông hóa đường thôn", "Làm mới kênh"]),
        ("Trồng rừng mới đạt 20 ha.", ["Trồng rừng"]),
        ("Thu hoạch ít nhất 900 tấn lúa.", ["Thu hoạch lúa"]),
        ("Trồng 15 ha theo kế hoạch.", ["Trồng"]),
    ],
)
def test_what_is_done_with_what_is_measured_makes_the_name(sentence, names):
    assert [one.name for one in said_in(sentence, Place(paragraph=1))] == names


def test_the_two_known_contradictions_and_the_two_of_parts_are_found(real):
    kinds = Counter(finding.kind for finding in real.findings)
    tea = next(finding for finding in real.findings if finding.kind is Disagreement.TWO_VALUES)
    projects = next(finding for finding in real.findings if finding.kind is Disagreement.COUNTS)

    assert kinds == Counter({Disagreement.TWO_VALUES: 1, Disagreement.COUNTS: 1, Disagreement.PARTS: 2})
    assert {real.said[at].value for at in tea.sides} == {Decimal("40.8"), Decimal(0)}
    assert "10 + 6 + 26 = 42" in projects.question
    assert "suy ra 39" in projects.question


def test_of_the_real_document_only_explanations_of_slogans_and_of_a_paper_are_left(real):
    left = [(one.place.footnote, one.is_text) for one in real.unread]

    assert left == [(1, True), (2, True), (11, True)]
    assert (real.period.words, real.period.days) == ("6 tháng cuối năm 2024", None)


def test_the_plan_that_a_share_is_of_is_the_base_of_both(real):
    tea = [(one.value, one.unit, one.base) for one in real.said if one.name == "Diện tích trồng mới cây chè"]

    assert tea[-1] == (Decimal("183.5"), "ha", "kế hoạch")


def test_a_task_names_the_units_of_its_sentence_and_no_word_that_only_looks_alike(real):
    named = {task.name[:40]: task.units for task in real.tasks if task.units}

    assert named["Tiếp tục rà soát quỹ đất, triển khai trồ"] == ("mang-den", "hieu")
    assert all("hiệu quả" not in name or "hieu" not in units for name, units in named.items())
    assert units_named("thực hiện hiệu quả tại xã Hiếu, Pờ Ê", UNITS) == ("hieu", "po-e")


def test_sentences_end_before_a_capital_and_not_inside_numbers():
    assert sentences_of("Đạt 1.234,5 ha. Tiếp tục trồng... Quyết tâm; đẩy nhanh.") == [
        "Đạt 1.234,5 ha",
        "Tiếp tục trồng",
        "Quyết tâm; đẩy nhanh",
    ]


# --- Other authors ---------------------------------------------------------------------------------------------------


def test_a_word_plan_with_its_own_numbers_a_table_and_a_footnote_is_read():
    plan = read_document(read_lines("ke-hoach.docx", word_plan()))
    said = [(one.name, one.subject, one.value, one.unit) for one in plan.said if one.subject is not Subject.UNCLEAR]

    assert (plan.number, plan.dated.isoformat(), plan.period.words) == ("45/KH-UBND", "2026-01-12", "năm 2026")
    assert [(base.number, base.dated.isoformat()) for base in plan.bases] == [
        ("Luật Thi đua, khen thưởng", "2022-06-15"),
        ("120/KH-UBND", "2025-12-30"),
    ]
    assert [node.numbering for node in plan.nodes if node.depth == 0 and node.is_listed] == ["I", "II", "III"]
    assert said == [
        ("Hoàn thành kế hoạch cứng hóa đường nội đồng", Subject.TARGET, Decimal(100), "%"),
        ("Hoàn thành kế hoạch cứng hóa đường nội đồng", Subject.OPENING, Decimal("61.5"), "%"),
        ("Tỷ lệ hộ nghèo", Subject.TARGET, Decimal("3.5"), "%"),
        ("Tái mù chữ phát sinh", Subject.TARGET, Decimal(0), "vụ"),
        ("Thu ngân sách trên địa bàn", Subject.TARGET, Decimal(1250), "triệu đồng"),
        ("Trồng cây phân tán", Subject.TARGET, Decimal(12000), "cây"),
        ("Thôn đạt chuẩn văn hóa", Subject.TARGET, Decimal(11), "thôn"),
    ]


def test_rows_that_head_a_part_of_a_table_do_not_hide_that_targets_follow():
    rows = ("I Kinh tế", "1. Trồng rừng: 120,5 ha", "II Xã hội", "2. Xóa nhà tạm: 12 căn")
    text = "\n".join(["KẾ HOẠCH", "I. NỘI DUNG", "Các chỉ tiêu thi đua:", *rows])

    assert [one.subject for one in read_document(lines_of_text(text)).said] == [Subject.TARGET, Subject.TARGET]


def test_a_pdf_call_of_a_province_is_read():
    call = read_document(read_lines("phat-dong.pdf", pdf_call()))
    said = [(one.name, one.subject, one.value, one.unit) for one in call.said]

    assert (call.number, call.period.words) == ("", "từ ngày 01/7/2026 đến ngày 30/9/2026")
    assert call.period.days == (date(2026, 7, 1), date(2026, 9, 30))
    assert [base.number for base in call.bases] == ["08-CTr/TU"]
    assert [node.numbering for node in call.in_section(Section.CONTENT)] == ["1", "1.1", "1.2", "a)"]
    assert [node.title for node in areas_in(call.nodes, call.said)] == ["Nội dung thi đua", "Trồng trọt", "Chăn nuôi"]
    assert [node.text for node in call.in_section(Section.ORGANISATION)] == [
        "Tổ chức thực hiện: Sở Nông nghiệp và Môi trường chủ trì, báo cáo trước ngày 05 hằng tháng."
    ]
    assert (call.tasks, call.unread) == ((), ())
    assert said == [
        ("Gieo trồng lúa", Subject.TARGET, Decimal(48500), "ha"),
        ("Sản lượng", Subject.TARGET, Decimal(262400), "tấn"),
        ("Gieo trồng lúa", Subject.OPENING, Decimal(21300), "ha"),
        ("Tổng đàn bò", Subject.UNCLEAR, Decimal(95000), "con"),
        ("Tiêm phòng", Subject.TARGET, Decimal(90), "%"),
        ("Cơ sở tập trung", Subject.UNCLEAR, Decimal(6), "cơ sở"),
        ("Dịch bệnh phát sinh", Subject.TARGET, Decimal(0), "ổ dịch"),
    ]


def test_a_plain_list_of_seventeen_targets_is_read_line_by_line():
    plain = read_document(read_lines("chi-tieu.txt", plain_list()))

    assert [(one.name, one.unit) for one in plain.said] == [(name, unit) for name, _, unit in TARGETS]
    assert {one.subject for one in plain.said} == {Subject.TARGET}
    assert (plain.findings, plain.unread) == ((), ())


def test_a_verb_that_is_part_of_the_name_stays_with_it():
    text = "CHỈ TIÊU THI ĐUA\n1. Giảm nghèo: ít nhất 45 hộ.\n2. Giảm tỷ lệ sinh xuống 12 %.\n"

    names = list(by_name(read_document(lines_of_text(text), {})))

    assert names[0] == "Giảm nghèo"
    assert not any(name.startswith("Giảm tỷ lệ") for name in names)
