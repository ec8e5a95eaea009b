"""Figures added up over periods and over units, and what is never added up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.choices import FigureState, TimeRule, UnitRule
from indicators.rules.cumulation import (
    Part,
    PeriodAmount,
    combine,
    comparable_amount,
    effective_amount,
    in_period_and_cumulative,
    weighted_rate,
)
from indicators.rules.progress import achievement_rate

D = Decimal
REPORTED, NOTHING_AROSE, NOT_REPORTED = FigureState.REPORTED, FigureState.NOTHING_AROSE, FigureState.NOT_REPORTED

amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False, allow_infinity=False)
states = st.sampled_from(FigureState.values)


def entries(*values):
    """Periods 1, 2, 3 … from numbers; None is not reported, "-" is không phát sinh."""
    rows = []
    for number, value in enumerate(values, start=1):
        if value is None:
            rows.append(PeriodAmount(number, None, NOT_REPORTED))
        elif value == "-":
            rows.append(PeriodAmount(number, None, NOTHING_AROSE))
        else:
            rows.append(PeriodAmount(number, D(str(value)), REPORTED))
    return rows


def rows_of(time_rule, opening, *values):
    """(in period, since launch, since start) of each period."""
    opening = None if opening is None else D(str(opening))
    accrued = in_period_and_cumulative(time_rule, opening, entries(*values))
    return [(row.in_period, row.since_launch, row.since_start) for row in accrued]


def test_the_tea_of_three_months_adds_up_to_46_6_percent():
    last = in_period_and_cumulative("flow", D(0), entries(20, 35.5, 30))[-1]

    assert last.since_launch == D("85.5")
    assert round(achievement_rate(last.since_launch, D("183.5")), 1) == D("46.6")


def test_the_other_opening_of_the_document_puts_the_year_at_87_4_percent():
    opening = D("40.8") * D("183.5") / 100

    last = in_period_and_cumulative("flow", opening, entries(20, 35.5, 30))[-1]

    assert round(achievement_rate(last.since_start, D("183.5")), 1) == D("87.4")
    assert last.since_launch == D("85.5")


def test_while_the_opening_is_disputed_the_year_is_unknown_and_the_launch_is_not():
    assert rows_of("flow", None, 20, 35.5) == [(20, 20, None), (D("35.5"), D("55.5"), None)]


def test_flows_are_summed_and_a_gap_is_no_zero():
    accrued = in_period_and_cumulative("flow", D(10), entries(None, 5, None, 7))

    assert [row.in_period for row in accrued] == [None, 5, None, 7]
    assert [row.since_launch for row in accrued] == [None, 5, 5, 12]
    assert [row.since_start for row in accrued] == [None, 15, 15, 22]
    assert [row.is_reported for row in accrued] == [False, True, False, True]
    assert [row.gaps for row in accrued] == [1, 1, 2, 2]


def test_nothing_arose_counts_as_zero_and_is_no_gap():
    accrued = in_period_and_cumulative("flow", D(0), entries("-", 5, "-"))

    assert [row.since_launch for row in accrued] == [0, 5, 5]
    assert [row.gaps for row in accrued] == [0, 0, 0]


def test_a_first_flow_entered_as_cumulative_begins_the_year_where_the_opening_date_is_unknown():
    first = PeriodAmount(1, D(30), REPORTED, is_cumulative=True)

    accrued = in_period_and_cumulative("flow", None, [first, *entries(None, 5)[1:]])

    assert [(row.in_period, row.since_launch, row.since_start) for row in accrued] == [(None, None, 30), (5, None, 35)]


def test_a_flow_entered_as_cumulative_closes_the_gap_before_it():
    catching_up = PeriodAmount(3, D(50), REPORTED, is_cumulative=True)

    accrued = in_period_and_cumulative("flow", D(10), [*entries(5, None), catching_up])

    assert accrued[-1].in_period is None
    assert (accrued[-1].since_launch, accrued[-1].since_start, accrued[-1].gaps) == (40, 50, 0)


def test_a_flow_entered_as_cumulative_right_after_another_gives_its_own_period():
    cumulative = PeriodAmount(2, D(22), REPORTED, is_cumulative=True)

    accrued = in_period_and_cumulative("flow", D(10), [*entries(5), cumulative])

    assert (accrued[-1].in_period, accrued[-1].since_launch, accrued[-1].since_start) == (7, 12, 22)


def test_of_a_running_total_the_period_is_the_difference():
    assert rows_of("running", 40, 46, 53, 61) == [(6, 6, 46), (7, 13, 53), (8, 21, 61)]


def test_of_a_running_total_without_opening_the_first_period_is_unknown():
    assert rows_of("running", None, 46, 53) == [(None, None, 46), (7, None, 53)]


def test_after_a_missing_running_total_the_difference_is_not_taken_for_one_period():
    accrued = in_period_and_cumulative("running", D(40), entries(46, None, 61, 69))

    assert [row.in_period for row in accrued] == [6, None, None, 8]
    assert [row.since_start for row in accrued] == [46, 46, 61, 69]
    assert [row.gaps for row in accrued] == [0, 1, 0, 0]


def test_nothing_arose_leaves_a_running_total_where_it_was():
    assert rows_of("running", 40, "-", 46, "-") == [(0, 0, 40), (6, 6, 46), (0, 6, 46)]
    assert rows_of("running", None, "-") == [(0, None, 0)]


def test_levels_are_never_summed_and_may_fall():
    assert rows_of("level", 2293, 2700, 2600) == [(407, 2700, 2700), (-100, 2600, 2600)]


def test_nothing_arose_is_a_level_of_zero():
    assert rows_of("level", None, 4, "-") == [(None, 4, 4), (-4, 0, 0)]


@pytest.mark.parametrize("time_rule", TimeRule.values)
def test_before_any_report_nothing_is_known_not_zero(time_rule):
    assert rows_of(time_rule, 10, None, None) == [(None, None, None), (None, None, None)]


@given(st.lists(amounts, max_size=12), amounts)
def test_flow_and_running_total_are_two_ways_to_say_the_same(flows, opening):
    as_flow = in_period_and_cumulative("flow", opening, entries(*flows))
    as_running = in_period_and_cumulative("running", opening, entries(*(row.since_start for row in as_flow)))

    assert as_running == as_flow


@given(
    st.sampled_from(TimeRule.values),
    st.none() | amounts,
    st.lists(st.builds(PeriodAmount, st.integers(1, 36), st.none() | amounts, states, st.booleans()), max_size=12),
)
def test_any_row_of_entries_can_be_accrued(time_rule, opening, rows):
    accrued = in_period_and_cumulative(time_rule, opening, rows)

    assert [row.number for row in accrued] == sorted(row.number for row in rows)
    for row in accrued:
        assert 0 <= row.gaps <= len(rows)
        assert row.is_reported or row.in_period is None


# Over units.


def reported(amount, **more):
    """A part with a figure."""
    return Part(D(str(amount)), REPORTED, **more)


MISSING = Part(None, NOT_REPORTED)
NOTHING = Part(None, NOTHING_AROSE)
NOT_ASSIGNED = Part(None, NOT_REPORTED, is_assigned=False)


def test_a_sum_counts_only_what_was_reported_and_says_of_how_many():
    whole = combine("sum", [reported(20), reported(0), NOTHING, MISSING, NOT_ASSIGNED])

    assert (whole.value, whole.reported, whole.owed) == (20, 3, 4)
    assert not whole.is_complete


def test_a_whole_of_which_nothing_is_reported_is_not_zero():
    whole = combine("sum", [MISSING, MISSING])

    assert (whole.value, whole.reported, whole.owed) == (None, 0, 2)


def test_zeros_and_nothing_arose_make_a_real_zero():
    assert combine("sum", [reported(0), NOTHING]).value == 0
    assert combine("sum", [reported(0), NOTHING]).is_complete


def test_the_programme_stands_at_19_6_percent_not_at_the_mean():
    investment = reported(D("27.9") * 684 / 100, denominator=D(684))
    recurrent = reported(D("1.6") * 316 / 100, denominator=D(316))

    whole = combine("ratio_of_sums", [investment, recurrent])

    assert round(whole.value, 1) == D("19.6")
    assert whole.denominator == 1000
    assert round(weighted_rate([(D("27.9"), D(684)), (D("1.6"), D(316))]), 1) == D("19.6")


def test_a_unit_without_denominator_is_left_out_of_the_ratio_but_has_reported():
    whole = combine("ratio_of_sums", [reported(50, denominator=D(100)), reported(30)])

    assert (whole.value, whole.amount, whole.reported, whole.owed) == (50, 50, 2, 2)


def test_a_ratio_with_nothing_below_the_line_has_no_percentage():
    assert combine("ratio_of_sums", [reported(0, denominator=D(0))]).value is None
    assert combine("ratio_of_sums", [MISSING]).value is None


def test_the_lead_units_figure_stands_for_all():
    lead = reported(61, is_lead=True)

    assert combine("lead", [reported(40), lead, reported(3)]).value == 61
    assert combine("lead", [reported(40), Part(None, NOT_REPORTED, is_lead=True)]).value is None


def test_the_latest_figure_is_the_one_with_the_latest_date():
    parts = [
        reported(7, as_of=date(2024, 11, 14)),
        reported(9, as_of=date(2024, 10, 14)),
        Part(None, NOT_REPORTED, as_of=date(2024, 12, 14)),
    ]

    assert combine("latest", parts).value == 7


def test_what_does_not_add_up_has_only_counts():
    whole = combine("none", [reported(40), MISSING])

    assert (whole.value, whole.reported, whole.owed) == (None, 1, 2)


parts = st.builds(
    Part, st.none() | amounts, states, denominator=st.none() | amounts, is_assigned=st.booleans(), is_lead=st.booleans()
)


@given(st.sampled_from(UnitRule.values), st.lists(parts, max_size=20))
def test_any_parts_combine_and_never_report_more_than_is_owed(unit_rule, rows):
    whole = combine(unit_rule, rows)

    assert 0 <= whole.reported <= whole.owed <= len(rows)
    if whole.reported == 0:
        assert whole.value is None


@given(st.lists(parts, max_size=20), st.integers(0, 20))
def test_it_does_not_matter_in_which_groups_sums_are_made(rows, cut):
    whole = combine("sum", rows)
    groups = [combine("sum", rows[:cut]), combine("sum", rows[cut:])]
    regrouped = combine("sum", [Part(g.value, REPORTED if g.reported else NOT_REPORTED) for g in groups])

    assert regrouped.value == whole.value
    assert sum(group.reported for group in groups) == whole.reported
    assert sum(group.owed for group in groups) == whole.owed


@given(amounts)
def test_what_a_figure_counts_for_depends_on_its_state_alone(amount):
    assert effective_amount(amount, REPORTED) == amount
    assert effective_amount(None, NOTHING_AROSE) == 0
    assert effective_amount(None, NOT_REPORTED) is None


def test_a_flow_entered_as_cumulative_is_no_measure_of_one_period():
    assert comparable_amount(TimeRule.FLOW, D(40), FigureState.REPORTED, True) is None
    assert comparable_amount(TimeRule.FLOW, D(4), FigureState.REPORTED, False) == 4
    assert comparable_amount(TimeRule.FLOW, None, FigureState.NOTHING_AROSE, False) == 0
    assert comparable_amount(TimeRule.LEVEL, D(40), FigureState.REPORTED, True) == 40
