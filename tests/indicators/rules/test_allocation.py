"""Dividing a target: in proportion, rounded, and always adding up exactly."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.rules.allocation import equal_shares, shares

D = Decimal


def test_a_hundred_in_three_equal_parts_adds_up():
    assert equal_shares(D(100), 3, 0) == [D(34), D(33), D(33)]


def test_the_places_that_are_missing_go_to_the_largest_remainders():
    assert shares(D(10), [D(41), D(29), D(30)], 0) == [D(4), D(3), D(3)]
    assert shares(D("183.5"), [D(2), D(1), D(1)], 1) == [D("91.7"), D("45.9"), D("45.9")]


def test_a_plan_to_fall_is_divided_as_well():
    assert shares(D(-10), [D(1), D(1), D(2)], 0) == [D(-3), D(-2), D(-5)]


def test_a_unit_without_weight_gets_nothing_and_without_any_weight_nothing_is_proposed():
    assert shares(D(7), [D(0), D(3)], 0) == [D(0), D(7)]
    assert shares(D(7), [D(0), D(0)], 0) is None
    assert equal_shares(D(7), 0, 0) is None


weights = st.lists(st.decimals(min_value=0, max_value=100000, places=2), min_size=1, max_size=40)


@given(st.decimals(min_value=-100000, max_value=100000, places=2), weights, st.integers(0, 3))
def test_the_parts_always_add_up_and_stay_within_one_place_of_their_due(total, weights, decimals):
    parts = shares(total, weights, decimals)
    if parts is None:
        assert sum(weights) == 0
        return
    step = D(1).scaleb(-decimals)
    whole = total.quantize(step)

    assert sum(parts) == whole
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - whole * weight / sum(weights)) < step + D("0.0000001")
