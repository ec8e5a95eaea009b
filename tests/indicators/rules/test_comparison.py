"""So cùng kỳ in the words of the reports."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.rules.comparison import against_last_year, rate_against_last_year

D = Decimal
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("45", "40", "bằng 112,5 % (tăng 12,5 %)"),
        ("30", "40", "bằng 75,0 % (giảm 25,0 %)"),
        ("40", "40", "bằng cùng kỳ"),
        ("40.001", "40", "bằng 100,0 %"),
        ("5", "0", "cùng kỳ bằng 0"),
        ("0", "0", "bằng cùng kỳ"),
        ("0", "5", "bằng 0,0 % (giảm 100,0 %)"),
        ("-48", "-10", "giảm 38"),
        ("2.5", "-1", "tăng 3,5"),
    ],
)
def test_a_figure_against_last_year_is_said_in_the_words_of_the_reports(now, then, words):
    assert against_last_year(D(now), D(then)).replace(SPACE, " ") == words


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [("49.9", "46.7", "tăng 3,2 điểm %"), ("40", "42.5", "giảm 2,5 điểm %"), ("40.04", "40", "bằng cùng kỳ")],
)
def test_percentages_are_compared_in_points(now, then, words):
    assert rate_against_last_year(D(now), D(then)).replace(SPACE, " ") == words


@pytest.mark.parametrize("pair", [(None, D(1)), (D(1), None), (None, None)])
def test_without_one_of_the_two_nothing_is_said(pair):
    assert against_last_year(*pair) == rate_against_last_year(*pair) == ""


amounts = st.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, amounts.filter(bool))
def test_the_share_and_its_change_always_agree(now, then):
    words = against_last_year(now, then).replace(SPACE, " ").replace(".", "").replace(",", ".")
    if "(" in words:
        share, change = D(words.split()[1]), D(words.split("(")[1].split()[1])
        assert share == 100 + (change if "tăng" in words else -change)
