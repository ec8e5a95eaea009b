"""The official form, measured in the finished PDF: margins, type, rules, page numbers, annexes."""

from dataclasses import dataclass
from io import BytesIO

import pdfplumber
import pytest
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from paper.letter import Letter, Title
from tests.paper.sample import VIETNAMESE_LETTERS, committee_letter, department_letter, report_pdf

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
LETTERS = {"BC-PNV": department_letter(), "BC-UBND": committee_letter()}
# Text, typeface and size of every element of the head and the end, by kind of letter.
COMMON = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tinos-Bold", 13),
    ("Độc lập - Tự do - Hạnh phúc", "Tinos-Bold", 14),
    ("Kon Plông, ngày", "Tinos-Italic", 14),
    ("BÁO CÁO", "Tinos-Bold", 14),
    ("Kết quả thực hiện phong trào thi đua", "Tinos-Bold", 14),
    ("Kính gửi:", "Tinos", 14),
    ("Thực hiện Phát động thi đua", "Tinos", 14),
    ("I. CÔNG TÁC CHỈ ĐẠO", "Tinos-Bold", 14),
    ("Nơi nhận:", "Tinos-Bold-Italic", 12),
    ("- Như trên;", "Tinos", 11),
    ("(Họ và tên)", "Tinos-Bold", 14),
    ("Phụ lục I", "Tinos-Bold", 14),
    ("BIỂU TỔNG HỢP CÁC CHỈ TIÊU THI ĐUA", "Tinos-Bold", 14),
    ("(Kèm theo Báo cáo số", "Tinos-Italic", 14),
]
OWN = {
    "BC-PNV": [
        ("UBND HUYỆN KON PLÔNG", "Tinos", 13),
        ("PHÒNG NỘI VỤ", "Tinos-Bold", 13),
        ("Số:", "Tinos", 13),
        ("TRƯỞNG PHÒNG", "Tinos-Bold", 14),
        ("- Lưu: VT.", "Tinos", 11),
    ],
    "BC-UBND": [
        ("ỦY BAN NHÂN DÂN", "Tinos-Bold", 13),
        ("HUYỆN KON PLÔNG", "Tinos-Bold", 13),
        ("Số:", "Tinos", 13),
        ("TM. ỦY BAN NHÂN DÂN", "Tinos-Bold", 14),
        ("PHÓ CHỦ TỊCH", "Tinos-Bold", 14),
        ("- Lưu: VT, PNV.", "Tinos", 11),
    ],
}


@dataclass(frozen=True)
class Found:
    """Where a text stands, in points from the top left of its page, and in which letters."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    font: str
    size: float

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@pytest.fixture(scope="module", params=LETTERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pdf(kind: str) -> PDF:
    return opened(LETTERS[kind])


def opened(letter: Letter, **choices: int) -> PDF:
    return pdfplumber.open(BytesIO(report_pdf(letter, **choices)))


def find(pdf: PDF, text: str, *, page: int | None = None) -> Found:
    for number, sheet in enumerate(pdf.pages, start=1):
        if page in (None, number) and (hits := sheet.search(text, regex=False)):
            hit = hits[0]
            fonts = {char["fontname"].split("+")[1] for char in hit["chars"]}
            sizes = {round(char["size"], 1) for char in hit["chars"]}
            assert (len(fonts), len(sizes)) == (1, 1), f"{text}: {fonts} {sizes}"
            return Found(number, hit["x0"], hit["x1"], hit["top"], hit["bottom"], fonts.pop(), sizes.pop())
    raise AssertionError(f"{text!r} stands nowhere in the PDF")


def rule_under(pdf: PDF, found: Found) -> tuple[float, float]:
    """Left and right end of the thin line right below a text and within its length."""
    lines = [
        rect
        for rect in pdf.pages[found.page - 1].rects
        if rect["height"] < 1.5 and 0 <= rect["top"] - found.bottom < 8 and found.x0 - 1 < rect["x0"] < found.x1
    ]
    assert len(lines) == 1
    return lines[0]["x0"], lines[0]["x1"]


def body_of(page: Page) -> list[dict[str, object]]:
    """The letters of a page that stand between the top and the bottom margin."""
    inside = page.crop((0, 19 * MM, page.width, page.height - 19 * MM))
    return [char for char in inside.chars if char["text"].strip()]


def number_of(page: Page) -> str:
    return str(page.crop((0, 0, page.width, 20 * MM)).extract_text()).strip()


def test_every_element_has_its_typeface_and_size(pdf: PDF, kind: str) -> None:
    measured = [(text, find(pdf, text).font, find(pdf, text).size) for text, _, _ in COMMON + OWN[kind]]
    assert measured == COMMON + OWN[kind]


def test_compact_letter_uses_the_smaller_sizes_of_the_decree() -> None:
    pdf = opened(department_letter(compact=True), paragraphs=1, rows=1)
    sizes = {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": 12,
        "Độc lập - Tự do - Hạnh phúc": 13,
        "PHÒNG NỘI VỤ": 12,
        "Số:": 13,
        "BÁO CÁO": 13,
        "Thực hiện Phát động thi đua": 13,
        "TRƯỞNG PHÒNG": 13,
        "- Như trên;": 11,
    }
    assert {text: find(pdf, text).size for text in sizes} == sizes


def test_text_stays_within_the_margins(pdf: PDF) -> None:
    portrait = [page for page in pdf.pages if page.width < page.height]
    assert len(portrait) >= 4
    for page in portrait:
        assert (page.width, page.height) == pytest.approx(A4, abs=0.5)
        letters = page.chars
        assert min(char["x0"] for char in letters) >= 30 * MM - 0.5
        assert max(char["x1"] for char in letters if char["text"].strip()) <= page.width - 15 * MM + 0.5
        assert min(char["top"] for char in body_of(page)) >= 20 * MM - 0.5
        assert max(char["bottom"] for char in body_of(page)) <= page.height - 20 * MM + 0.5


def test_text_is_justified_with_indented_first_lines(pdf: PDF) -> None:
    lines = pdf.pages[0].extract_text_lines()
    first = next(line for line in lines if line["text"].startswith("1. Ủy ban"))
    following = lines[lines.index(first) + 1]
    assert first["x0"] == pytest.approx(30 * MM + 12.7 * MM, abs=1)
    assert following["x0"] == pytest.approx(30 * MM, abs=1)
    assert first["x1"] == pytest.approx(following["x1"], abs=0.5) == pytest.approx(195 * MM, abs=1)


def test_lines_are_single_to_one_and_a_half_and_paragraphs_six_points_apart(pdf: PDF) -> None:
    lines = pdf.pages[0].extract_text_lines()
    start = next(place for place, line in enumerate(lines) if line["text"].startswith("1. Ủy ban"))
    next_paragraph = next(place for place, line in enumerate(lines) if line["text"].startswith("2. Ủy ban"))
    step = lines[start + 1]["top"] - lines[start]["top"]
    assert 14 * 1.15 <= step <= 14 * 1.15 * 1.5
    assert lines[next_paragraph]["top"] - lines[next_paragraph - 1]["top"] - step == pytest.approx(6, abs=0.2)


def test_rule_under_the_motto_is_as_long_as_its_line(pdf: PDF) -> None:
    motto = find(pdf, "Độc lập - Tự do - Hạnh phúc")
    assert rule_under(pdf, motto) == pytest.approx((motto.x0, motto.x1), abs=1)


def test_rules_under_issuer_and_subject_are_a_third_to_half_and_centred(pdf: PDF, kind: str) -> None:
    issuer = "PHÒNG NỘI VỤ" if kind == "BC-PNV" else "HUYỆN KON PLÔNG"
    for text, longest in (
        (issuer, issuer),
        ("6 tháng cuối năm 2024 (tháng 11)", "Kết quả thực hiện phong trào thi đua"),
    ):
        left, right = rule_under(pdf, find(pdf, text))
        whole = find(pdf, longest)
        assert 1 / 3 <= (right - left) / (whole.x1 - whole.x0) <= 1 / 2
        assert (left + right) / 2 == pytest.approx(whole.centre, abs=1)


def test_head_stands_in_two_columns_level_with_each_other(pdf: PDF, kind: str) -> None:
    country, motto = find(pdf, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), find(pdf, "Độc lập - Tự do - Hạnh phúc")
    first, second = (text for text, _, _ in OWN[kind][:2])
    upper, lower = find(pdf, first), find(pdf, second)
    assert upper.top == pytest.approx(country.top, abs=1)
    assert lower.bottom == pytest.approx(motto.bottom, abs=1.5)
    assert upper.centre == pytest.approx(lower.centre, abs=0.5)
    assert country.centre == pytest.approx(motto.centre, abs=0.5)
    assert upper.x1 < country.x0
    assert find(pdf, "Số:").bottom == pytest.approx(find(pdf, "Kon Plông, ngày").bottom, abs=1)


def test_number_and_date_are_left_blank_for_the_registry(pdf: PDF, kind: str) -> None:
    text = pdf.pages[0].extract_text()
    assert f"/{kind}" in text
    blank = pdf.pages[0].search(r"ngày(\s+)tháng(\s+)năm 2024")[0]
    assert blank["x1"] - blank["x0"] > 130


def test_title_is_centred_between_the_margins(pdf: PDF) -> None:
    for text in ("BÁO CÁO", "Kết quả thực hiện phong trào thi đua"):
        assert find(pdf, text).centre == pytest.approx((30 * MM + 195 * MM) / 2, abs=0.5)


def test_page_numbers_stand_centred_in_the_top_margin_from_page_two(pdf: PDF) -> None:
    assert number_of(pdf.pages[0]) == ""
    assert number_of(pdf.pages[1]) == "2"
    number = find(pdf, "2", page=2)
    assert (number.font, number.size) == ("Tinos", 14)
    assert number.centre == pytest.approx((30 * MM + 195 * MM) / 2, abs=0.5)
    assert 5 * MM < number.top < number.bottom < 15 * MM


def test_annexes_count_their_own_pages_the_wide_one_in_landscape(pdf: PDF) -> None:
    wide = [page for page in pdf.pages if page.width > page.height]
    start = pdf.pages.index(wide[0])
    tall = pdf.pages[start + len(wide) :]
    assert (wide[0].width, wide[0].height) == pytest.approx((A4[1], A4[0]), abs=0.5)
    assert find(pdf, "Phụ lục I").page == start + 1
    assert [number_of(page) for page in wide] == ["", *(str(number) for number in range(2, len(wide) + 1))]
    assert "Phụ lục II" in tall[0].extract_text()
    assert [number_of(page) for page in tall] == ["", *(str(number) for number in range(2, len(tall) + 1))]
    assert len(wide) > 1
    assert len(tall) > 1


def test_table_heads_are_repeated_and_rows_never_cut(pdf: PDF) -> None:
    annex_pages = pdf.pages[find(pdf, "Phụ lục I").page - 1 :]
    for page in annex_pages:
        text = page.extract_text()
        assert "KH năm" in text
        for row in range(1, 61):
            assert (f"Dòng thứ {row} bắt đầu" in text) == (f"và kết thúc dòng {row}\n" in f"{text}\n")


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_recipients_and_signature_stay_on_one_page_wherever_the_text_ends(paragraphs: int) -> None:
    pdf = opened(committee_letter(), paragraphs=paragraphs, rows=1)
    places = [find(pdf, text) for text in ("Nơi nhận:", "- Lưu: VT, PNV.", "TM. ỦY BAN NHÂN DÂN", "(Họ và tên)")]
    assert len({place.page for place in places}) == 1
    assert find(pdf, "Trên đây là báo cáo").page == places[0].page
    assert places[0].top == pytest.approx(places[2].top, abs=3)
    assert places[3].top - places[2].bottom > 20 * MM


def test_every_vietnamese_letter_is_drawn_in_tinos_and_read_back(pdf: PDF) -> None:
    text = "".join(page.extract_text() for page in pdf.pages)
    assert len(set(VIETNAMESE_LETTERS)) == 134
    assert [letter for letter in VIETNAMESE_LETTERS if letter not in text] == []
    families = {char["fontname"].split("+")[1].split("-")[0] for page in pdf.pages for char in page.chars}
    assert families == {"Tinos"}


def test_a_plain_letter_carries_no_marking() -> None:
    text = "".join(page.extract_text() for page in opened(department_letter(), paragraphs=1, rows=1).pages)
    assert "DỰ THẢO" not in text
    assert "minh họa" not in text


def test_draft_with_illustrative_figures_says_so_in_the_head_and_on_every_page() -> None:
    pdf = opened(department_letter(draft=True, illustrative=True), paragraphs=4)
    for page in pdf.pages:
        bottom = page.crop((0, page.height - 20 * MM, page.width, page.height)).extract_text()
        assert bottom.strip() == "DỰ THẢO · Số liệu minh họa"
    assert find(pdf, "DỰ THẢO", page=1).font == "Tinos-Bold"
    assert find(pdf, "Số liệu minh họa", page=1).top < find(pdf, "BÁO CÁO").top


def test_an_official_dispatch_tells_its_subject_below_the_number_and_has_no_title() -> None:
    pdf = opened(department_letter(title=Title("", ("V/v đôn đốc gửi báo cáo",))), paragraphs=1, rows=1)
    about, number = find(pdf, "V/v đôn đốc gửi báo cáo"), find(pdf, "Số:")
    assert (about.font, about.size) == ("Tinos", 12)
    assert 0 <= about.top - number.bottom < 8
    assert "BÁO CÁO" not in pdf.pages[0].extract_text()
