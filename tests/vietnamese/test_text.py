"""Text keys: search finds every spelling, sorting follows the Vietnamese dictionary."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.text import ALPHABET, TONES, fold, nfc, same_words, search_key, slug, sort_key

VARIANTS = {"Ngọc": "Ngọk", "Măng Buk": "Măng Bút"}
letters = st.sampled_from(
    "".join(nfc(letter + tone) for letter in "aăâeêioôơuưy" for tone in TONES) + ALPHABET + "Đ 0123456789-–,."
)
vietnamese_text = st.text(letters, max_size=40)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("dak tang", "xã Đăk Tăng"),
        ("Đắk Tăng", "xã Đăk Tăng"),
        ("NGOK TEM", "xã Ngọk Tem"),
        ("ngọc tem", "xã Ngọk Tem"),
        ("mang buk", "xã Măng Bút"),
        ("măng  bút", "xã Măng Bút"),
        ("po e", "xã Pờ Ê"),
        ("tai chinh ke hoach", "Phòng Tài chính - Kế hoạch"),
        ("van hóa", "Phòng Văn hoá và Thông tin"),
    ],
)
def test_a_typed_name_is_found_whatever_its_marks_and_spelling(typed: str, stored: str) -> None:
    assert search_key(typed, VARIANTS) in search_key(stored, VARIANTS)


def test_a_variant_replaces_whole_words_only() -> None:
    assert search_key("Ngọc Ngọcanh", {"Ngọc": "Ngọk"}) == "ngok ngocanh"


def test_the_longer_variant_is_replaced_before_the_shorter_one() -> None:
    assert search_key("Măng Buk", {"Măng": "Mang A", "Măng Buk": "Bút"}) == "but"


def test_composed_and_decomposed_text_have_the_same_keys() -> None:
    apart = unicodedata.normalize("NFD", "Ủy ban nhân dân xã Đăk Ring")
    assert search_key(apart) == search_key("Ủy ban nhân dân xã Đăk Ring") == "uy ban nhan dan xa dak ring"
    assert sort_key(apart) == sort_key("Ủy ban nhân dân xã Đăk Ring")
    assert nfc(apart) == "Ủy ban nhân dân xã Đăk Ring"


def test_letters_that_only_look_like_d_with_a_bar_are_read_as_it() -> None:
    assert fold("Ðăk, ɖăk") == "dak, dak"
    assert sort_key("Ðăk") == sort_key("Đăk")


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    in_order = [
        "an", "ăn", "ân", "ấp", "da", "Đăk Nên", "Đăk Ring", "Đăk Tăng", "Hiếu", "ma", "mà", "mả", "mã", "má", "mạ",
        "mạch", "Măng Bút", "Măng Cành", "Măng Đen", "Ngọk Tem", "Ô", "Ơ", "Pờ Ê", "thôn 2", "thôn 10", "u", "ư",
    ]  # fmt: skip
    shuffled = list(reversed(in_order))
    assert sorted(shuffled, key=sort_key) == in_order


def test_a_tone_decides_only_when_all_letters_are_equal() -> None:
    assert sorted(["Má B", "Ma C", "Mà A"], key=sort_key) == ["Mà A", "Má B", "Ma C"]


def test_a_shorter_name_stands_before_the_name_that_continues_it() -> None:
    assert sorted(["Măng Đen", "Măng", "Mẵng"], key=sort_key) == ["Măng", "Mẵng", "Măng Đen"]


def test_a_sort_key_of_nothing_is_empty() -> None:
    assert sort_key(" – ") == ""


def test_a_slug_is_plain_ascii() -> None:
    assert slug("Báo cáo tháng 8/2024 – xã Pờ Ê") == "bao-cao-thang-8-2024-xa-po-e"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("hộ", "Hộ", True),
        ("ho", "hộ", True),
        ("hố", "hộ", False),
        ("căn nhà", "căn  nhà", True),
        ("hoá", "hóa", True),
        ("đơn", "don", True),
        ("đơn", "đồn", False),
        ("hộ", "người", False),
    ],
)
def test_words_are_the_same_but_for_case_marks_left_out_and_place_of_the_tone(
    one: str, other: str, expected: bool
) -> None:
    assert same_words(one, other) is expected


@given(vietnamese_text)
def test_keys_are_stable_plain_and_independent_of_the_normal_form(text: str) -> None:
    key = search_key(text)
    assert key.isascii()
    assert search_key(key) == key
    assert search_key(unicodedata.normalize("NFD", text.upper())) == key
    assert sort_key(unicodedata.normalize("NFD", text.upper())) == sort_key(text)
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(st.text(max_size=60))
def test_any_text_at_all_has_keys(text: str) -> None:
    assert search_key(text).isascii()
    assert sort_key(text).isascii()
