"""The forecast at the end by the remaining shape of the path."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.choices import TimeRule
from indicators.rules.forecast import (
    MINIMUM_PERIODS,
    NOT_ENOUGH_DATA,
    PATH_NOT_BEGUN,
    Observation,
    Wording,
    chance,
    forecast,
    forecast_sentence,
    verdict,
)

D = Decimal
START = Observation(D(0), D(0))


def seen(*pairs):
    return [Observation(D(str(share)), D(str(cumulative))) for share, cumulative in pairs]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_below_three_periods_there_is_no_forecast_but_a_reason(count):
    found = forecast(START, seen(("0.1", 10), ("0.3", 30))[:count], time_rule="flow")

    assert (found.expected, found.low, found.high, found.reason) == (None, None, None, "chưa đủ dữ liệu")
    assert found.periods == count


def test_work_at_an_even_pace_ends_where_it_leads():
    found = forecast(START, seen(("0.25", 20), ("0.5", 40), ("0.75", 60)), time_rule="flow")

    assert (found.expected, found.low, found.high) == (80, 80, 80)


def test_a_season_that_is_over_brings_nothing_more():
    found = forecast(START, seen(("0.5", 20), ("0.9", 36), ("1", 40)), time_rule="flow")

    assert (found.expected, found.low, found.high) == (40, 40, 40)


def test_a_season_still_to_come_brings_its_part():
    found = forecast(START, seen(("0.05", 4), ("0.1", 8), ("0.2", 16)), time_rule="flow")

    assert found.expected == 80


def test_the_forecast_starts_from_the_opening():
    found = forecast(Observation(D("0.4"), D(40)), seen(("0.5", 46), ("0.6", 53), ("0.7", 61)), time_rule="running")

    assert found.expected == 61 + D(21) / D("0.3") * D("0.3")


def test_an_uneven_pace_widens_the_interval_and_what_is_done_stays_done():
    even = forecast(START, seen(("0.2", 10), ("0.4", 21), ("0.6", 30)), time_rule="flow")
    uneven = forecast(START, seen(("0.2", 1), ("0.4", 29), ("0.6", 30)), time_rule="flow")

    assert even.expected == uneven.expected == 50
    assert uneven.high - uneven.low > even.high - even.low > 0
    assert uneven.low == 30
    assert forecast(START, seen(("0.2", 1), ("0.4", 29), ("0.6", 30)), time_rule="level").low < 30


def test_the_interval_follows_the_written_formula():
    found = forecast(START, seen(("0.2", 8), ("0.4", 20), ("0.6", 30)), time_rule="level")

    # paces 40, 60, 50 around 50: deviation 10; two periods to come; t of two degrees of freedom 1.886, a third wider
    half = D("1.3") * D("1.886") * 10 * D("0.4") * (D(1) / 3 + D(1) / 2).sqrt()
    assert round(found.high, 6) == round(50 + half, 6)
    assert round(found.low, 6) == round(50 - half, 6)


def test_before_the_path_has_begun_there_is_no_pace():
    found = forecast(START, seen((0, 0), (0, 2), (0, 3)), time_rule="flow")

    assert (found.expected, found.reason) == (None, PATH_NOT_BEGUN)


def timed(rows, periods=10):
    return [Observation(*row[:2], D(number) / periods) for number, row in enumerate(rows, 1)]


TIMED_START = Observation(D(0), D(0), D(0))


def test_where_both_explain_the_past_the_path_counts_three_times_the_straight_line():
    found = forecast(TIMED_START, timed(seen(("0.2", 10), ("0.4", 20), ("0.6", 30))), time_rule="level")

    # on the path 20 more, on a straight line of which three tenths are gone 70 more: 3/4 and 1/4 of them
    error = (D("0.75") * D("0.25") * 50**2).sqrt() * D("1.3")
    assert (found.expected, found.belief) == (D("62.5"), D("0.75"))
    assert round(found.error, 6) == round(error, 6)
    assert round(found.high, 6) == round(D("62.5") + D("1.886") * error, 6)


def test_a_path_that_explains_the_past_badly_is_believed_less_and_the_sentence_says_so():
    even = timed(seen(("0.01", 10), ("0.02", 20), ("0.3", 30), ("0.7", 40), ("0.9", 50)))
    found = forecast(TIMED_START, even, time_rule="flow")

    assert found.belief < D("0.1")
    assert 90 < found.expected < 100
    told = forecast_sentence(found, D(100), Wording("ha", 1), ends_on=date(2024, 12, 14))
    assert told.endswith("dự báo nghiêng về nhịp đều")


def test_a_path_that_explains_the_past_well_is_believed_more():
    seasonal = timed(seen(("0.1", 10), ("0.5", 50), ("0.8", 80)))
    assert forecast(TIMED_START, seasonal, time_rule="flow").belief > D("0.85")


def test_at_the_end_of_the_path_half_of_the_distance_to_a_straight_line_is_doubt():
    over = timed(seen(("0.2", 10), ("0.6", 30), (1, 50)))
    found = forecast(TIMED_START, over, time_rule="level")

    assert (found.expected, found.error) == (50, D(50) / 3 * 7 / 2)


def test_an_unknown_opening_starts_from_the_first_period_seen():
    found = forecast(None, seen(("0.25", 71), ("0.5", 73), ("0.75", 75)), time_rule="level")

    assert (found.expected, found.periods) == (77, 3)


EVEN = forecast(START, seen(("0.2", 8), ("0.4", 20), ("0.6", 30)), time_rule="flow")


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        ("50", "more", D("0.5")),
        ("30", "more", 1),
        ("50", "fewer", D("0.5")),
        ("29", "fewer", 0),
        ("50", "exactly", None),
        (None, "more", None),
    ],
)
def test_the_chance_is_even_at_what_is_expected_and_certain_where_it_is_decided(target, direction, expected):
    plan = None if target is None else D(target)

    assert chance(EVEN, plan, direction=direction, operator="ge") == expected


def test_a_chance_follows_the_quantile_of_the_interval_less_what_neither_reading_knows():
    low, high = EVEN.expected - EVEN.error * D("1.0607"), EVEN.expected + EVEN.error * D("1.0607")

    # with two degrees of freedom Student's distribution reaches 0.8 at 1.0607; 0.4 of the path is still to come, so
    # that a sixth (0.4 × 0.4) stays even: 0.84 × 0.8 + 0.16 ÷ 2
    assert round(chance(EVEN, low, direction="more", operator="ge"), 3) == D("0.752")
    assert round(chance(EVEN, high, direction="more", operator="ge"), 3) == D("0.248")


def test_a_perfect_fit_is_not_certain_while_work_is_still_to_come_and_the_less_the_earlier_it_is():
    even = forecast(START, seen(("0.2", 20), ("0.4", 40), ("0.5", 50)), time_rule="flow")
    late = forecast(START, seen(("0.3", 30), ("0.6", 60), ("0.9", 90)), time_rule="flow")

    assert chance(even, D(90), direction="more", operator="ge") == D("0.9")
    assert chance(late, D(95), direction="more", operator="ge") == D("0.98")
    assert chance(late, D(105), direction="more", operator="ge") == D("0.02")


def test_a_reduction_is_reached_downwards():
    found = forecast(START, seen(("0.2", -2), ("0.4", -5), ("0.6", -6)), time_rule="flow")

    assert chance(found, D(-5), direction="more", operator="ge") == 1
    assert chance(found, D(-20), direction="more", operator="ge") < D("0.2")


@pytest.mark.parametrize(
    ("likelihood", "direction", "words"),
    [
        ("0.9", "more", "nhiều khả năng đạt kế hoạch"),
        ("0.5", "more", "chưa chắc đạt kế hoạch"),
        ("0.1", "more", "nhiều khả năng không đạt kế hoạch"),
        ("0.1", "fewer", "nhiều khả năng vượt mức cho phép"),
    ],
)
def test_a_chance_is_told_in_three_words(likelihood, direction, words):
    assert verdict(D(likelihood), direction=direction) == words


def test_the_sentence_tells_value_interval_part_of_the_plan_and_reason():
    told = forecast_sentence(EVEN, D(60), Wording("ha", 1), ends_on=date(2024, 12, 14))

    assert told.replace("\xa0", " ") == (
        "nếu giữ nhịp của 3 kỳ đã có thì đến 14/12/2024 đạt 50,0 ha (khoảng 41,0–59,0 ha), bằng 83,3 % kế hoạch; "
        "theo lộ trình, phần còn lại là 40 %"
    )


def test_the_sentence_says_how_many_periods_are_lacking():
    found = forecast(START, seen(("0.2", 8)), time_rule="flow")

    told = forecast_sentence(found, D(60), Wording("ha", 1), ends_on=date(2024, 12, 14))
    assert told == "chưa đủ dữ liệu để dự báo: mới có 1 kỳ, cần ít nhất 3 kỳ"


amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False, allow_infinity=False)
shares = st.decimals(min_value=0, max_value=2, places=3, allow_nan=False, allow_infinity=False)
observations = st.builds(Observation, shares, amounts, st.none() | shares)


@given(observations, st.lists(observations, max_size=12), st.sampled_from(TimeRule.values))
def test_any_history_has_a_forecast_within_its_interval_or_a_reason(opening, rows, time_rule):
    found = forecast(opening, rows, time_rule=time_rule)

    if len(rows) < MINIMUM_PERIODS:
        assert found.reason == NOT_ENOUGH_DATA
    if found.expected is None:
        assert found.reason
    else:
        assert found.reason == ""
        assert found.low <= found.expected <= found.high


def test_what_is_reached_already_is_certain_even_where_its_month_is_not_complete():
    found = forecast(START, seen(("0.2", 8), ("0.4", 20), ("0.6", 30)), time_rule="flow", reached=D(55))

    assert (found.expected, found.low, found.now) == (55, 55, 55)
    assert chance(found, D(55), direction="more", operator="ge") == 1


def test_a_count_that_never_was_below_zero_is_not_foretold_there():
    found = forecast(START, seen(("0.2", 9), ("0.4", 1), ("0.6", 2)), time_rule="level")

    assert found.low == 0 < found.high
