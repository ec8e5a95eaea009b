"""The gap: how much, per week, against the last four weeks, by whom, and in words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.choices import Direction, Operator
from indicators.rules.gap import Gap, amount_of_last_four_weeks, concentration, gap, gap_sentence
from indicators.rules.progress import is_met

D = Decimal
ON, DUE = date(2024, 10, 20), date(2024, 12, 15)  # 56 days: eight weeks

amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False, allow_infinity=False)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31))


def found(cumulative, target, last_four_weeks=None, *, direction="more", operator="ge", on=ON, due_on=DUE):
    """The gap of plain numbers, eight weeks before the end."""
    values = [None if value is None else D(str(value)) for value in (cumulative, target, last_four_weeks)]
    return gap(
        values[0], values[1], direction=direction, operator=operator, on=on, due_on=due_on, last_four_weeks=values[2]
    )


def words(a_gap, *, direction="more", unit_of_measure="triệu đồng", decimals=0, by_units=None):
    return gap_sentence(
        a_gap, unit_of_measure=unit_of_measure, decimals=decimals, direction=direction, by_units=by_units
    )


def test_the_gap_in_words_as_the_chairman_reads_it():
    by_units = concentration(
        [("Hiếu", D(400)), ("Pờ Ê", D(276)), ("Đăk Nên", D(200)), ("Ngọk Tem", D(190)), ("Măng Bút", D(168))]
    )

    sentence = words(found(8766, 10000, D("237.3")), by_units=by_units)

    assert sentence == (
        "còn thiếu 1.234 triệu đồng; phải đạt 154 triệu đồng/tuần, gấp 2,6 lần 4 tuần qua; "
        "3 đơn vị chiếm 71\u00a0% phần thiếu"
    )


def test_missing_weeks_and_pace_are_exact():
    a_gap = found(40, 100, 30)

    assert (a_gap.missing, a_gap.days_left) == (60, 56)
    assert a_gap.per_week == D("7.5")
    assert a_gap.recent_per_week == D("7.5")
    assert a_gap.times_recent == 1


def test_weeks_are_not_rounded():
    assert found(40, 100, on=date(2024, 12, 5)).per_week == D(60) * 7 / 10


def test_a_surplus_or_a_kept_limit_leaves_no_gap():
    assert (found(120, 100).missing, found(120, 100).is_met) == (0, True)
    assert words(found(120, 100)) == "đã đạt kế hoạch"
    assert words(found(0, 0, direction="fewer", operator="eq"), direction="fewer") == "trong mức cho phép"


def test_beyond_a_limit_no_pace_is_named():
    a_gap = found(2, 0, 4, direction="fewer", operator="eq")

    assert (a_gap.missing, a_gap.is_excess, a_gap.per_week) == (2, True, None)
    assert words(a_gap, direction="fewer", unit_of_measure="đơn") == "vượt mức cho phép 2 đơn"
    assert words(found(6, 5, direction="exactly"), direction="exactly", unit_of_measure="chuỗi") == (
        "vượt quá kế hoạch 1 chuỗi"
    )


def test_of_a_reduction_the_missing_and_the_pace_are_counted_towards_it():
    a_gap = found(-4, -20, -8)

    assert (a_gap.missing, a_gap.per_week, a_gap.times_recent) == (16, 2, 1)


def test_an_amount_above_which_one_must_come_is_not_reached_by_it():
    a_gap = found(1_200_000, 1_200_000, operator="gt")

    assert (a_gap.missing, a_gap.is_met) == (0, False)
    assert words(a_gap, unit_of_measure="lượt") == "mới bằng kế hoạch, phải vượt kế hoạch mới đạt"


def test_without_figure_or_target_nothing_is_invented():
    assert found(None, 100).missing is None
    assert found(40, None).missing is None
    assert words(found(None, 100)) == "chưa tính được phần thiếu"


@pytest.mark.parametrize(
    ("on", "due_on", "last_four_weeks", "sentence"),
    [
        (ON, DUE, None, "còn thiếu 60 ha; phải đạt 7,5 ha/tuần"),
        (ON, DUE, 0, "còn thiếu 60 ha; phải đạt 7,5 ha/tuần, 4 tuần qua chưa có thêm"),
        (ON, DUE, -3, "còn thiếu 60 ha; phải đạt 7,5 ha/tuần, 4 tuần qua chưa có thêm"),
        (ON, DUE, 60, "còn thiếu 60 ha; phải đạt 7,5 ha/tuần, bằng 0,5 lần 4 tuần qua"),
        (DUE - timedelta(days=3), DUE, 30, "còn thiếu 60 ha; chỉ còn 3 ngày"),
        (DUE, DUE, 30, "còn thiếu 60 ha; đã hết thời hạn"),
        (DUE + timedelta(days=9), DUE, 30, "còn thiếu 60 ha; đã hết thời hạn"),
        (ON, None, 30, "còn thiếu 60 ha"),
    ],
)
def test_the_sentence_says_only_what_is_known(on, due_on, last_four_weeks, sentence):
    assert words(found(40, 100, last_four_weeks, on=on, due_on=due_on), unit_of_measure="ha") == sentence


def test_a_small_pace_is_not_rounded_to_nothing():
    assert words(found(3, 5), unit_of_measure="chuỗi") == "còn thiếu 2 chuỗi; phải đạt 0,25 chuỗi/tuần"


def test_the_last_four_weeks_are_cut_out_of_the_months_by_days():
    cumulatives = [(date(2024, 7, 14), D(100)), (date(2024, 8, 14), D(131)), (date(2024, 9, 14), D(162))]

    assert amount_of_last_four_weeks(cumulatives, date(2024, 8, 14)) == 28
    assert amount_of_last_four_weeks(cumulatives, date(2024, 8, 28)) == 28
    assert amount_of_last_four_weeks(cumulatives, date(2024, 9, 14)) == 28


def test_the_last_four_weeks_are_unknown_where_the_figures_do_not_reach():
    cumulatives = [(date(2024, 8, 14), D(131)), (date(2024, 9, 14), D(162))]

    assert amount_of_last_four_weeks(cumulatives, date(2024, 9, 1)) is None
    assert amount_of_last_four_weeks(cumulatives, date(2024, 9, 30)) is None
    assert amount_of_last_four_weeks([], date(2024, 9, 30)) is None


def test_two_units_are_enough_where_they_make_two_thirds():
    named = concentration([("A", D(10)), ("B", D(50)), ("C", D(30)), ("D", None), ("E", D(-40)), ("F", D(0))])

    assert named.units == ("B", "C")
    assert round(named.percent, 1) == D("88.9")


@pytest.mark.parametrize(
    "rows", [[], [("A", None)], [("A", D(0)), ("B", D(-5))], [("A", D(5))], [("A", D(5)), ("B", D(5))]]
)
def test_who_makes_the_gap_is_not_said_where_it_says_nothing(rows):
    assert concentration(rows) is None


@given(
    st.none() | amounts,
    st.none() | amounts,
    st.none() | amounts,
    st.sampled_from(Direction.values),
    st.sampled_from(Operator.values),
    days,
    st.none() | days,
)
def test_any_gap_can_be_said(cumulative, target, recent, direction, operator, on, due_on):
    a_gap = gap(
        cumulative, target, direction=direction, operator=operator, on=on, due_on=due_on, last_four_weeks=recent
    )

    assert words(a_gap, direction=direction)
    assert a_gap.is_met == is_met(cumulative, target, direction=direction, operator=operator)
    assert a_gap.missing is None or a_gap.missing >= 0
    assert a_gap.per_week is None or a_gap.per_week >= 0


@given(st.lists(st.tuples(st.text(min_size=1), st.none() | amounts), max_size=12))
def test_the_named_units_are_few_and_make_no_more_than_all(rows):
    named = concentration(rows)

    if named is not None:
        assert 1 <= len(named.units) <= 3
        assert 0 < named.percent <= D("100.0000001")


def test_a_gap_without_figures_has_only_its_days():
    assert found(None, 100) == Gap(missing=None, is_met=False, days_left=56)
