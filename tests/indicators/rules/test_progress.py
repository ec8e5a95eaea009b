"""Achievement, met or not, the path and the band: the worked examples first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.choices import Band, Direction, Operator, TimeRule
from indicators.rules.progress import (
    APPROXIMATE_TOLERANCE,
    BandRule,
    PathPoint,
    Rate,
    achievement_rate,
    band,
    band_rule_on,
    bar_length,
    expected_to_date,
    is_met,
    ratio,
    share_on,
    straight_share,
    subtract_rates,
)

D = Decimal
LAUNCH, END = date(2024, 6, 15), date(2024, 12, 14)

amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False, allow_infinity=False)
shares = st.decimals(min_value=-1, max_value=5, places=4, allow_nan=False, allow_infinity=False)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31))
directions, operators, time_rules = (st.sampled_from(words.values) for words in (Direction, Operator, TimeRule))


def judged(cumulative, target, share=None, *, direction="more", operator="ge", time_rule="flow", rule=None):
    """The band of plain numbers; the plain case is "at least so much, added up"."""
    values = [None if value is None else D(str(value)) for value in (cumulative, target, share)]
    return band(*values, direction=direction, operator=operator, time_rule=time_rule, rule=rule or BandRule())


# Achievement.


@pytest.mark.parametrize(
    ("cumulative", "target", "shown"),
    [
        ("85.5", "183.5", "46.6"),
        ("160.368", "183.5", "87.4"),
        ("6", "5", "120.0"),
        ("-48", "-10", "480.0"),
        ("0", "183.5", "0.0"),
        ("-3", "10", "-30.0"),
        ("3", "-10", "-30.0"),
    ],
)
def test_achievement_is_cumulative_over_target_above_100_and_below_0_too(cumulative, target, shown):
    assert round(achievement_rate(D(cumulative), D(target)), 1) == D(shown)


@pytest.mark.parametrize(("cumulative", "target"), [("0", "0"), ("2", "0"), (None, "5"), ("5", None), (None, None)])
def test_without_figure_or_with_a_zero_target_there_is_no_percentage(cumulative, target):
    cumulative, target = (None if value is None else D(value) for value in (cumulative, target))

    assert achievement_rate(cumulative, target) is None


def test_a_total_rate_is_the_ratio_of_sums_not_the_mean_of_the_parts():
    investment, recurrent = D("27.9") * 684 / 100, D("1.6") * 316 / 100

    assert round(ratio(investment + recurrent, D(684 + 316)), 1) == D("19.6")


@given(amounts, amounts)
def test_only_the_bar_is_clamped_never_the_number(cumulative, target):
    rate = achievement_rate(cumulative, target)

    length = bar_length(rate)

    assert 0 <= length <= 100
    if rate is not None and 0 <= rate <= 100:
        assert length == rate
    if target != 0:
        assert rate == cumulative / target * 100


@given(amounts, amounts, amounts.filter(lambda target: target > 0))
def test_more_done_never_lowers_the_rate(one, other, target):
    less, more = sorted((one, other))

    assert achievement_rate(less, target) <= achievement_rate(more, target)


# Met or not.


@pytest.mark.parametrize(
    ("cumulative", "target", "direction", "operator", "met"),
    [
        ("5", "5", "more", "ge", True),
        ("4", "5", "more", "ge", False),
        ("6", "5", "more", "ge", True),
        ("1200000", "1200000", "more", "gt", False),
        ("1200001", "1200000", "more", "gt", True),
        ("6", "5", "more", "eq", True),
        ("4.99", "5", "more", "eq", False),
        ("2250", "2293", "more", "approx", True),
        ("2247", "2293", "more", "approx", False),
        ("10", "10", "fewer", "le", True),
        ("11", "10", "fewer", "le", False),
        ("0", "0", "fewer", "eq", True),
        ("2", "0", "fewer", "eq", False),
        ("2", "0", "fewer", "approx", False),
        ("10.2", "10", "fewer", "approx", True),
        ("0", "0", "exactly", "eq", True),
        ("2", "0", "exactly", "eq", False),
        ("6", "5", "exactly", "eq", False),
        ("5", "5", "exactly", "eq", True),
        ("5.1", "5", "exactly", "approx", True),
        ("-48", "-10", "more", "ge", True),
        ("-48", "-10", "fewer", "le", True),
        ("-9", "-10", "fewer", "le", False),
        ("-9", "-10", "more", "ge", False),
        ("-10", "-10", "exactly", "eq", True),
    ],
)
def test_a_target_is_met_by_its_direction_and_operator(cumulative, target, direction, operator, met):
    assert is_met(D(cumulative), D(target), direction=direction, operator=operator) is met


def test_what_is_not_reported_meets_nothing_not_even_a_zero_target():
    assert is_met(None, D(0), direction="fewer", operator="eq") is False
    assert is_met(D(0), None, direction="fewer", operator="eq") is False


def test_about_reaches_exactly_as_far_as_its_tolerance():
    edge = D(100) * (1 - APPROXIMATE_TOLERANCE)

    assert is_met(edge, D(100), direction="more", operator="approx")
    assert not is_met(edge - D("0.0001"), D(100), direction="more", operator="approx")


@given(amounts, amounts, amounts.filter(lambda target: target >= 0), operators)
def test_a_kept_limit_stays_kept_with_less_and_a_reached_plan_with_more(one, other, target, operator):
    less, more = sorted((one, other))

    if is_met(more, target, direction="fewer", operator=operator):
        assert is_met(less, target, direction="fewer", operator=operator)
    if is_met(less, target, direction="more", operator=operator):
        assert is_met(more, target, direction="more", operator=operator)


# The path.


def test_a_straight_path_counts_both_its_days_and_stays_between_its_ends():
    assert straight_share(LAUNCH, END, date(2024, 6, 14)) == 0
    assert straight_share(LAUNCH, END, LAUNCH) == D(1) / D(183)
    assert straight_share(LAUNCH, END, date(2024, 9, 14)) == D(92) / D(183)
    assert straight_share(LAUNCH, END, END) == 1
    assert straight_share(LAUNCH, END, date(2025, 3, 1)) == 1


def test_a_straight_path_of_a_yearly_plan_climbs_from_the_opening():
    assert straight_share(LAUNCH, END, date(2024, 6, 14), opening_share=D("0.4")) == D("0.4")
    assert straight_share(LAUNCH, END, date(2024, 9, 14), opening_share=D("0.4")) == D("0.4") + D("0.6") * 92 / 183
    assert straight_share(LAUNCH, END, END, opening_share=D("0.4")) == 1


def test_a_phased_path_is_read_between_its_points_by_the_days():
    path = [PathPoint(date(2024, 8, 14), D("0.5")), PathPoint(date(2024, 7, 14), D("0.19"))]

    assert share_on(path, date(2024, 7, 13)) == 0
    assert share_on(path, date(2024, 7, 14)) == D("0.19")
    assert share_on(path, date(2024, 7, 24)) == D("0.29")
    assert share_on(path, date(2024, 8, 14)) == D("0.5")
    assert share_on(path, date(2025, 1, 1)) == D("0.5")
    assert share_on([], date(2024, 7, 14)) is None


def test_expected_to_date_is_the_share_of_the_target():
    assert expected_to_date(D("183.5"), D("0.5")) == D("91.75")
    assert expected_to_date(None, D("0.5")) is None
    assert expected_to_date(D("183.5"), None) is None


@given(days, days, days, days)
def test_a_straight_path_never_falls(one, other, third, fourth):
    starts_on, ends_on = sorted((one, other))
    earlier, later = sorted((third, fourth))

    assert 0 <= straight_share(starts_on, ends_on, earlier) <= straight_share(starts_on, ends_on, later) <= 1


@given(st.lists(st.tuples(days, shares), unique_by=lambda point: point[0]), days)
def test_a_phased_path_stays_within_its_points(points, on):
    share = share_on([PathPoint(*point) for point in points], on)

    if points:
        assert min(0, *(share for _, share in points), 0) <= share <= max(0, *(share for _, share in points), 0)
    else:
        assert share is None


# Bands.


@pytest.mark.parametrize(
    ("cumulative", "share", "expected"),
    [
        (None, "0.5", Band.NO_DATA),
        ("0", "0.5", Band.AT_RISK),
        ("0", "0", Band.ON_TRACK),
        ("5", "0", Band.AHEAD),
        ("-5", "0", Band.ON_TRACK),
        ("37.4", "0.5", Band.AT_RISK),
        ("37.5", "0.5", Band.BEHIND),
        ("47.4", "0.5", Band.BEHIND),
        ("47.5", "0.5", Band.ON_TRACK),
        ("54.9", "0.5", Band.ON_TRACK),
        ("55", "0.5", Band.AHEAD),
        ("99.9", "0.5", Band.AHEAD),
        ("100", "0.5", Band.MET),
        ("100.1", "0.5", Band.EXCEEDED),
        ("98", "1", Band.BEHIND),
        ("74", "1", Band.AT_RISK),
        ("50", None, Band.NO_DATA),
        ("100", None, Band.MET),
        ("120", None, Band.EXCEEDED),
    ],
)
def test_more_is_compared_with_what_is_due(cumulative, share, expected):
    assert judged(cumulative, 100, share) == expected


@pytest.mark.parametrize(
    ("cumulative", "target", "share", "time_rule", "expected"),
    [
        # a backlog of letters, none allowed: a level that can be brought down until the time is over
        ("0", "0", "0.5", "level", Band.MET),
        ("2", "0", "0.5", "level", Band.BEHIND),
        ("2", "0", None, "level", Band.BEHIND),
        ("2", "0", "0", "level", Band.ON_TRACK),
        ("2", "0", "1", "level", Band.AT_RISK),
        (None, "0", "0.5", "level", Band.NO_DATA),
        # none allowed, and what has happened cannot be undone
        ("0", "0", "0.5", "flow", Band.MET),
        ("2", "0", "0.5", "flow", Band.AT_RISK),
        ("2", "0", "0", "running", Band.AT_RISK),
        # at most ten, added up: kept so far is not yet met
        ("0", "10", "0.5", "flow", Band.AHEAD),
        ("4.5", "10", "0.5", "flow", Band.AHEAD),
        ("5", "10", "0.5", "flow", Band.ON_TRACK),
        ("6", "10", "0.5", "flow", Band.BEHIND),
        ("9", "10", "0.5", "flow", Band.AT_RISK),
        ("11", "10", "0.5", "flow", Band.AT_RISK),
        ("3", "10", "0", "flow", Band.ON_TRACK),
        ("3", "10", None, "flow", Band.ON_TRACK),
        ("11", "10", None, "flow", Band.AT_RISK),
        ("10", "10", "1", "flow", Band.MET),
        ("11", "10", "1", "flow", Band.AT_RISK),
        # at most ten at a date; a path above 1 allows more for the time being
        ("10", "10", "0.5", "level", Band.MET),
        ("12", "10", "0.5", "level", Band.BEHIND),
        ("30", "10", "0.5", "level", Band.AT_RISK),
        ("30", "10", "3", "level", Band.ON_TRACK),
        ("20", "10", "3", "level", Band.AHEAD),
        ("12", "10", None, "level", Band.BEHIND),
        # poor households: ten fewer planned, 48 fewer achieved
        ("-48", "-10", "0.5", "running", Band.EXCEEDED),
        ("-10", "-10", "0.5", "running", Band.MET),
        ("-5", "-10", "0.5", "running", Band.ON_TRACK),
        ("-1", "-10", "0.5", "running", Band.AT_RISK),
        ("3", "-10", "0.5", "running", Band.AT_RISK),
    ],
)
def test_fewer_is_judged_by_what_the_limit_still_allows(cumulative, target, share, time_rule, expected):
    assert judged(cumulative, target, share, direction="fewer", operator="le", time_rule=time_rule) == expected


@pytest.mark.parametrize(
    ("cumulative", "target", "share", "time_rule", "expected"),
    [
        ("5", "5", "0.5", "flow", Band.MET),
        ("6", "5", "0.5", "flow", Band.AT_RISK),
        ("6", "5", "0.5", "level", Band.BEHIND),
        ("6", "5", "1", "level", Band.BEHIND),
        ("2.5", "5", "0.5", "flow", Band.ON_TRACK),
        ("0", "0", "0.5", "flow", Band.MET),
    ],
)
def test_exactly_may_be_neither_missed_nor_overshot(cumulative, target, share, time_rule, expected):
    assert judged(cumulative, target, share, direction="exactly", operator="eq", time_rule=time_rule) == expected


def test_six_chains_of_at_least_five_exceed_the_plan():
    assert judged(6, 5, "0.9") == Band.EXCEEDED


def test_above_1200000_is_not_met_by_1200000():
    assert judged(1_200_000, 1_200_000, 1, operator="gt", time_rule="running") == Band.BEHIND


def test_a_level_that_falls_below_the_plan_again_is_no_longer_met():
    assert judged(6_500, 6_500, "0.8", time_rule="level") == Band.MET
    assert judged(5_400, 6_500, "0.8", time_rule="level") == Band.ON_TRACK


def test_a_zero_plan_to_be_reached_is_never_divided_by():
    assert judged(-3, 0, "0.5") == Band.BEHIND
    assert judged(-3, 0, 1) == Band.AT_RISK
    assert judged(0, 0, "0.5") == Band.MET


def test_without_target_nothing_is_judged():
    assert judged(85.5, None, "0.5") == Band.NO_DATA


def test_a_campaign_may_set_its_own_thresholds_from_a_day_on():
    strict = BandRule(D("1.2"), D("1"), D("0.9"), valid_from=date(2024, 10, 1))

    assert judged("47.5", 100, "0.5", rule=strict) == Band.BEHIND
    assert band_rule_on([strict], date(2024, 9, 30)) == BandRule()
    assert band_rule_on([strict, BandRule()], date(2024, 10, 1)) == strict


def test_thresholds_out_of_order_are_refused():
    with pytest.raises(ValueError, match="tăng dần"):
        BandRule(ahead_from=D("0.9"))


GOODNESS = [Band.AT_RISK, Band.BEHIND, Band.ON_TRACK, Band.AHEAD, Band.MET, Band.EXCEEDED]


@given(st.none() | amounts, st.none() | amounts, st.none() | shares, directions, operators, time_rules)
def test_every_figure_has_exactly_one_band(cumulative, target, share, direction, operator, time_rule):
    found = band(cumulative, target, share, direction=direction, operator=operator, time_rule=time_rule)

    assert found in Band
    if cumulative is None or target is None:
        assert found == Band.NO_DATA
    if found in (Band.MET, Band.EXCEEDED):
        assert is_met(cumulative, target, direction=direction, operator=operator)


@given(amounts, amounts, amounts.filter(lambda t: t >= 0), shares, operators, time_rules)
def test_more_done_is_never_a_worse_band(one, other, target, share, operator, time_rule):
    less, more = sorted((one, other))
    found = [band(c, target, share, direction="more", operator=operator, time_rule=time_rule) for c in (less, more)]

    assert GOODNESS.index(found[0]) <= GOODNESS.index(found[1])


@given(amounts, amounts, amounts.filter(lambda t: t >= 0), shares, operators, time_rules)
def test_less_of_what_should_be_fewer_is_never_a_worse_band(one, other, target, share, operator, time_rule):
    less, more = sorted((one, other))
    found = [band(c, target, share, direction="fewer", operator=operator, time_rule=time_rule) for c in (more, less)]

    assert GOODNESS.index(found[0]) <= GOODNESS.index(found[1])


@given(amounts, amounts, operators, time_rules, directions)
def test_before_anything_is_due_only_a_broken_limit_is_held_against_a_unit(c, target, operator, time_rule, direction):
    found = band(c, target, D(0), direction=direction, operator=operator, time_rule=time_rule)

    assert found != Band.BEHIND
    if found == Band.AT_RISK:
        assert direction != Direction.MORE
        assert time_rule != TimeRule.LEVEL


# Percentages.


def test_rates_of_the_same_base_differ_by_points():
    assert subtract_rates(Rate(D("54"), "thực nguồn"), Rate(D("49.9"), "thực nguồn")) == D("4.1")


@pytest.mark.parametrize("base", ["kế hoạch", ""])
def test_rates_of_different_bases_are_not_subtracted(base):
    with pytest.raises(ValueError, match="khác cơ sở tính"):
        subtract_rates(Rate(D(100), base), Rate(D("49.9"), "thực nguồn"))


def test_rates_whose_base_is_unknown_are_not_subtracted():
    with pytest.raises(ValueError, match="chưa rõ"):
        subtract_rates(Rate(D(100), ""), Rate(D("49.9"), ""))


def test_a_path_of_one_day_is_complete_on_that_day():
    assert straight_share(END, END, END) == 1
    assert straight_share(END, END, END - timedelta(days=1)) == 0
