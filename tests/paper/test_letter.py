"""The decree's rules of writing: numbers, dates, Roman numerals, recipients, annexes, markings."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paper.letter import Recipients, Title, annexes, date_line, number_line, roman
from tests.paper.sample import committee_letter, department_letter

ROOT = Path(__file__).parents[2]


def unfolded(text: str) -> str:
    """The text with its blanks as plain spaces."""
    return " ".join(text.split())


def test_number_below_ten_takes_a_leading_zero_and_a_blank_is_left_for_the_registry() -> None:
    assert number_line("BC-UBND", 5) == "Số: 05/BC-UBND"
    assert number_line("BC-UBND", 15) == "Số: 15/BC-UBND"
    assert unfolded(number_line("BC-PNV")) == "Số: /BC-PNV"
    assert number_line("BC-PNV").count("\u00a0") == 8


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2025, 1, 5), "ngày 05 tháng 01 năm 2025"),
        (date(2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
        (date(2024, 11, 15), "ngày 15 tháng 11 năm 2024"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_leading_zero(on: date, text: str) -> None:
    assert date_line(on.year, on) == text


def test_date_may_be_left_blank_but_for_the_year() -> None:
    assert unfolded(date_line(2024)) == "ngày tháng năm 2024"
    assert " " not in date_line(2024).removesuffix(" 2024")


def test_roman_numerals_of_parts_and_annexes() -> None:
    assert [roman(n) for n in (1, 2, 3, 4, 5, 6, 9, 10, 14, 19, 39)] == [
        *("I", "II", "III", "IV", "V", "VI", "IX", "X", "XIV", "XIX", "XXXIX")
    ]
    with pytest.raises(ValueError, match="từ 1 đến 39"):
        roman(0)


def test_recipients_end_with_semicolons_and_the_kept_copy_with_a_full_stop() -> None:
    assert Recipients(("Như trên", "Thường trực Huyện ủy"), "VT, PNV").lines == [
        "- Như trên;",
        "- Thường trực Huyện ủy;",
        "- Lưu: VT, PNV.",
    ]


def test_a_single_annex_has_no_numeral_and_several_have() -> None:
    assert [annex.label for annex in annexes(["Biểu tổng hợp"])] == ["Phụ lục"]
    assert [annex.label for annex in annexes(["Một", "Hai", "Ba"])] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert annexes([]) == []


def test_annexes_say_with_which_letter_they_go() -> None:
    of_department = department_letter().annexes(["Biểu tổng hợp"])[0].reference
    of_committee = committee_letter().annexes(["Biểu tổng hợp"])[0].reference
    assert unfolded(of_department) == "(Kèm theo Báo cáo số /BC-PNV ngày tháng năm 2024 của Phòng Nội vụ)"
    assert unfolded(of_committee).endswith("/BC-UBND ngày tháng năm 2024 của Ủy ban nhân dân huyện Kon Plông)")


def test_title_reads_as_one_line() -> None:
    assert Title("BÁO CÁO", ("Kết quả thi đua", "tháng 11")).plain == "BÁO CÁO Kết quả thi đua tháng 11"


def test_markings_stand_only_where_they_apply() -> None:
    letter = department_letter()
    assert letter.running_marking == ""
    assert replace(letter, draft=True).running_marking == "DỰ THẢO"
    assert replace(letter, illustrative=True).running_marking == "Số liệu minh họa"
    assert replace(letter, draft=True, illustrative=True).running_marking == "DỰ THẢO · Số liệu minh họa"


def test_every_declared_width_of_a_column_has_its_rule():
    declared = {
        int(width)
        for folder in ("reports", "followup", "indicators", "campaign", "paper")
        for path in (ROOT / folder).rglob("*.py")
        for found in re.findall(r'Column\("[^"]*", (?:width=)?\(?(\d+(?:, \d+)*)', path.read_text(encoding="utf-8"))
        if "xlsx" not in path.name
        for width in found.split(", ")
    }
    ruled = {int(found) for found in re.findall(r"\.mm-(\d+) ", (ROOT / "static/css/letter.css").read_text())}
    assert declared - ruled - {0} == set()
    assert {10, 22} <= declared
