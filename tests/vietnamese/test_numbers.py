"""Reading and writing numbers: the file of cases, and what holds for every number and every text."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vietnamese.numbers
from vietnamese.numbers import (
    TOO_LARGE,
    Reading,
    count_phrase,
    format_number,
    format_percent,
    format_trimmed,
    leading_zero,
    read_number,
    round_half_up,
)

CASES = json.loads(Path(vietnamese.numbers.__file__).with_name("number_cases.json").read_text(encoding="utf-8"))

places = st.integers(min_value=0, max_value=4)
amounts = st.decimals(min_value=-TOO_LARGE + 1, max_value=TOO_LARGE - 1, places=4, allow_nan=False)
units = st.sampled_from([None, "ha", "hộ", "%", "triệu đồng", "lượt khách"])
typed = st.text("0123456789.,  -−()%hàộtriệuđồngnghìtỷ２\u00a0\n/=#x²", max_size=14)


def expected(case: dict[str, Any]) -> Reading:
    value = None if case["value"] is None else Decimal(case["value"])
    return Reading(value=value, echo=case.get("echo", ""), error=case.get("error", ""))


def test_a_typed_text_is_read_as_the_file_of_cases_says() -> None:
    read = [(case, read_number(case["text"], decimals=case["decimals"], unit=case["unit"])) for case in CASES]
    assert [(case, found) for case, found in read if found != expected(case)] == []


def test_the_file_of_cases_is_large_varied_and_without_repetition() -> None:
    keys = [(case["text"], case["decimals"], case["unit"]) for case in CASES]
    assert len(keys) == len(set(keys)) >= 120
    assert sum("echo" in case for case in CASES) >= 40
    assert sum("error" in case for case in CASES) >= 40


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("1234.5", 1, "1.234,5"),
        ("1234567", 0, "1.234.567"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1.005", 2, "1,01"),
        ("-0.04", 1, "0,0"),
        ("85.5", 2, "85,50"),
        ("0", 0, "0"),
    ],
)
def test_a_number_is_written_with_dots_and_comma_and_rounded_half_up(value: str, decimals: int, expected: str) -> None:
    assert format_number(Decimal(value), decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("20.00", 2, "20"), ("35.50", 2, "35,5"), ("1200", 2, "1.200"), ("100", None, "100"), ("12.345", None, "12,345")],
)
def test_trailing_zeros_are_dropped_only_behind_the_comma(value: str, decimals: int | None, expected: str) -> None:
    assert format_trimmed(Decimal(value), decimals) == expected


def test_a_percentage_keeps_its_sign_on_the_same_line() -> None:
    assert format_percent(Decimal("46.594")) == "46,6\u00a0%"
    assert format_percent(Decimal("480"), 0) == "480\u00a0%"


@pytest.mark.parametrize(("number", "expected"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1234, "1.234")])
def test_documents_write_numbers_below_ten_with_a_leading_zero(number: int, expected: str) -> None:
    assert leading_zero(number) == expected
    assert count_phrase(number, "chuỗi") == f"{expected} chuỗi"


def test_adding_up_rounded_parts_is_left_to_the_caller_because_rounding_happens_once() -> None:
    assert round_half_up(Decimal("0.445"), 2) == Decimal("0.45")
    assert round_half_up(Decimal("0.445"), 1) == Decimal("0.4")


@given(amounts, places)
def test_what_is_written_is_read_back_as_the_same_number(amount: Decimal, decimals: int) -> None:
    rounded = round_half_up(amount, decimals)
    assert read_number(format_number(rounded, decimals), decimals=decimals).value == rounded
    assert read_number(format_trimmed(rounded), decimals=decimals).value == rounded
    assert read_number(f"{format_number(rounded, decimals)} ha", decimals=decimals, unit="ha").value == rounded


@given(amounts, st.sampled_from([0, 1, 2]))
def test_what_is_written_with_up_to_two_decimals_needs_no_confirmation(amount: Decimal, decimals: int) -> None:
    assert not read_number(format_number(amount, decimals), decimals=decimals).is_ambiguous


@given(amounts)
def test_an_echo_repeats_the_value_in_a_form_that_means_the_same(amount: Decimal) -> None:
    reading = read_number(f"khoảng {format_number(amount, 2)}", decimals=2, unit="ha")
    assert reading.echo == f"hiểu là {format_trimmed(round_half_up(amount, 2))} ha?"


@given(typed, places, units)
def test_any_text_gives_a_number_or_a_sentence_or_nothing(text: str, decimals: int, unit: str | None) -> None:
    reading = read_number(text, decimals=decimals, unit=unit)
    assert (reading.value is None) == bool(reading.error or not text.strip())
    assert reading.is_ambiguous == bool(reading.echo)
    if reading.value is not None:
        assert reading.value == round_half_up(reading.value, decimals)
        assert abs(reading.value) < TOO_LARGE


@given(st.text(max_size=80), places, units)
def test_no_text_whatever_breaks_the_reading(text: str, decimals: int, unit: str | None) -> None:
    reading = read_number(text, decimals=decimals, unit=unit)
    assert not (reading.error and reading.value is not None)


@given(amounts, amounts, st.integers(0, 3))
def test_rounding_keeps_the_order_and_moves_at_most_half_a_place(one: Decimal, other: Decimal, decimals: int) -> None:
    rounded = round_half_up(one, decimals)
    assert abs(rounded - one) <= Decimal(5).scaleb(-decimals - 1)
    assert (one <= other) <= (rounded <= round_half_up(other, decimals))
