"""What is odd about a figure, said with its values; and what is not odd."""

import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.choices import Direction, FigureState, IndicatorKind, TimeRule
from indicators.rules.checks import check_figure
from indicators.rules.oddities import FigureContext, Severity

D = Decimal

# A commune's coffee in hectares: 12 this period after 7 and 9, of 35 planned.
FLOW = FigureContext(
    kind="quantity",
    time_rule="flow",
    direction="more",
    state="reported",
    amount=D(12),
    decimals=1,
    unit_of_measure="ha",
    cumulative=D(28),
    target=D(35),
    previous=(D(7), D(9)),
)
# Disbursement in million đồng, as a running total of a budget.
RUNNING = replace(
    FLOW,
    time_rule="running",
    amount=D(1234),
    cumulative=D(1234),
    target=D(2000),
    decimals=0,
    unit_of_measure="triệu đồng",
    previous=(D(600), D(900)),
)
LEVEL = replace(FLOW, time_rule="level", amount=D(290), target=D(500), previous=(D(270), D(300)), unit_of_measure="hộ")
LEVEL = replace(LEVEL, cumulative=D(290), decimals=0)
RATIO = replace(RUNNING, kind="ratio", denominators=(("kế hoạch", D(2000)), ("thực nguồn", D(1500))))


def codes(context):
    return [warning.code for warning in check_figure(context)]


def only(context):
    """The one warning that a figure gives, as (code, severity, sentence)."""
    (warning,) = check_figure(context)
    return warning.code, warning.severity, warning.sentence


@pytest.mark.parametrize("clean", [FLOW, RUNNING, LEVEL, RATIO], ids=["flow", "running", "level", "ratio"])
def test_a_usual_figure_is_not_odd(clean):
    assert check_figure(clean) == []


@pytest.mark.parametrize("state", [FigureState.NOT_REPORTED, FigureState.NOTHING_AROSE])
def test_what_is_not_reported_or_did_not_arise_is_not_odd(state):
    assert check_figure(replace(RUNNING, state=state, amount=None, evidence_required=True)) == []


def test_a_running_total_that_falls_asks_for_a_reason():
    assert only(replace(RUNNING, amount=D(850))) == (
        "running_falls",
        Severity.NEEDS_REASON,
        "Số lũy kế 850 triệu đồng thấp hơn kỳ trước (900 triệu đồng). Kiểm tra lại; nếu đúng, ghi lý do.",
    )


def test_a_level_a_flow_and_a_bare_rate_may_fall():
    assert codes(replace(LEVEL, amount=D(250))) == []
    assert codes(replace(FLOW, amount=D(5))) == []
    assert (
        codes(replace(RUNNING, kind="ratio", amount=D("49.9"), cumulative=D("49.9"), target=D(100), previous=(D(54),)))
        == []
    )


def test_the_numerator_of_a_ratio_may_not_fall_as_a_running_total():
    assert codes(replace(RATIO, amount=D(850))) == ["running_falls"]


def test_after_a_missing_period_a_running_total_is_held_against_the_last_known():
    assert codes(replace(RUNNING, amount=D(850), previous=(D(600), D(900), None))) == ["running_falls"]


def test_a_reduction_grows_downwards():
    reduction = replace(RUNNING, target=D(-100), amount=D(-48), cumulative=D(-48), previous=(D(-20),))

    assert codes(reduction) == []
    assert codes(replace(reduction, amount=D(-12), cumulative=D(-12))) == ["running_falls"]


def test_a_negative_flow_asks_for_a_reason():
    assert only(replace(FLOW, amount=D(-5), cumulative=D(11))) == (
        "negative",
        Severity.NEEDS_REASON,
        "Số liệu nhỏ hơn 0: -5,0 ha. Nếu là điều chỉnh giảm số đã báo cáo, ghi lý do.",
    )


def test_a_slip_of_a_thousand_names_both_figures():
    assert only(replace(RUNNING, amount=D(1_234_000), cumulative=None, target=None)) == (
        "scale",
        Severity.NEEDS_REASON,
        "1.234.000 triệu đồng gấp 1.371 lần các kỳ trước (khoảng 900 triệu đồng). "
        "Có thể nhầm đơn vị tính (tỷ, triệu, nghìn); sửa lại hoặc ghi lý do.",
    )


def test_a_slip_downwards_is_seen_too():
    _, _, sentence = only(replace(LEVEL, amount=D("0.3"), cumulative=D("0.3")))

    assert sentence.startswith("0,3 hộ chỉ bằng 1/1.000 các kỳ trước (khoảng 300 hộ).")


@pytest.mark.parametrize(("amount", "flagged"), [("1599", False), ("1600", True), ("0.04", True), ("0.05", False)])
def test_a_slip_begins_at_two_hundred_times_the_usual(amount, flagged):
    context = replace(FLOW, amount=D(amount), cumulative=None, target=None, decimals=2)

    assert ("scale" in codes(context)) is flagged


def test_without_history_or_with_zeros_only_no_slip_is_suspected():
    assert "scale" not in codes(replace(FLOW, previous=(), amount=D(5000)))
    assert "scale" not in codes(replace(FLOW, previous=(D(0), None), amount=D(5000)))


def test_far_over_the_plan_asks_for_a_reason():
    assert only(replace(FLOW, cumulative=D("53"))) == (
        "over_plan",
        Severity.NEEDS_REASON,
        "Bằng 151,4\u00a0% kế hoạch (53,0 ha trên 35,0 ha). Kiểm tra lại; nếu đúng, ghi lý do.",
    )


def test_one_and_a_half_times_the_plan_is_not_yet_far_over_it():
    assert codes(replace(FLOW, cumulative=D("52.5"))) == []
    assert codes(replace(FLOW, cumulative=D("52.5"), target=D(0))) == []


def test_a_rate_far_over_its_plan_is_said_without_amounts():
    rate = replace(RATIO, cumulative=D(160), target=D(100))

    assert only(rate)[2] == "Bằng 160,0\u00a0% kế hoạch. Kiểm tra lại; nếu đúng, ghi lý do."


def test_more_done_than_there_is_asks_for_a_reason_and_names_the_base():
    assert only(replace(RATIO, amount=D(1600))) == (
        "numerator",
        Severity.NEEDS_REASON,
        "Số thực hiện 1.600 triệu đồng lớn hơn “thực nguồn” 1.500 triệu đồng. Kiểm tra cả hai số; nếu đúng, ghi lý do.",
    )


@pytest.mark.parametrize(("amount", "denominator"), [("5", "0"), ("5", "-3"), ("0", "-3")])
def test_a_part_of_nothing_is_forbidden(amount, denominator):
    context = replace(
        RATIO, amount=D(amount), cumulative=None, previous=(), denominators=(("thực nguồn", D(denominator)),)
    )

    first = check_figure(context)[0]

    assert (first.code, first.severity) == ("denominator", Severity.FORBIDDEN)


def test_nothing_spent_of_nothing_given_may_be_reported():
    context = replace(
        RATIO, amount=D(0), cumulative=None, target=None, previous=(), denominators=(("thực nguồn", D(0)),)
    )

    assert codes(context) == []


def test_the_same_value_three_periods_running_is_noted():
    assert only(replace(FLOW, previous=(D(3), D(12), D(12)))) == (
        "same_again",
        Severity.NOTE,
        "3 kỳ liền cùng một số: 12,0 ha. Xem lại đã phải số của kỳ này chưa.",
    )


@pytest.mark.parametrize("previous", [(D(12),), (D(12), None), (None, D(12)), (D(12), D(11))])
def test_the_same_value_twice_is_no_copy(previous):
    assert codes(replace(FLOW, previous=previous)) == []


def test_zeros_month_after_month_are_not_taken_for_copies():
    assert codes(replace(FLOW, amount=D(0), previous=(D(0), D(0)))) == []


def test_a_zero_after_work_asks_whether_a_blank_was_meant():
    code, severity, sentence = only(replace(FLOW, amount=D(0), cumulative=D(16)))

    assert (code, severity) == ("zero", Severity.NOTE)
    assert sentence == (
        "Kỳ này là 0, kỳ trước là 9,0 ha. Nếu chưa có số, để trống; nếu trong kỳ không có gì, chọn “Không phát sinh”."
    )


def test_a_first_zero_towards_a_plan_is_noted_as_reported():
    assert only(replace(FLOW, amount=D(0), cumulative=D(0), previous=())) == (
        "zero",
        Severity.NOTE,
        "Số 0 được tính là đã báo cáo, bằng 0\u00a0% kế hoạch (35,0 ha). Nếu chưa có số, để trống.",
    )


def test_a_level_that_drops_to_zero_asks_for_a_reason():
    code, severity, _ = only(replace(LEVEL, amount=D(0), cumulative=D(0)))

    assert (code, severity) == ("zero", Severity.NEEDS_REASON)


def test_where_fewer_is_better_a_zero_is_good_news():
    assert codes(replace(LEVEL, direction="fewer", target=D(0), amount=D(0), cumulative=D(0), previous=(D(1),))) == []


def test_a_running_total_back_at_zero_is_said_once():
    assert codes(replace(RUNNING, amount=D(0), cumulative=D(0))) == ["running_falls"]


def test_parts_that_exceed_the_whole_ask_for_a_reason():
    assert only(replace(FLOW, parts=(("cà phê", D(8)), ("chè", D(5)), ("cau", None)))) == (
        "parts",
        Severity.NEEDS_REASON,
        "Các phần trong đó (cà phê 8,0 ha, chè 5,0 ha) cộng lại 13,0 ha, lớn hơn toàn bộ 12,0 ha. "
        "Sửa lại hoặc ghi lý do.",
    )


def test_parts_that_are_fewer_or_just_make_the_whole_are_not_odd():
    assert codes(replace(FLOW, parts=(("cà phê", D(8)), ("chè", None)))) == []
    assert codes(replace(FLOW, parts=(("cà phê", D(8)), ("chè", D(4))))) == []


def test_the_units_that_add_up_to_something_else_are_named_without_naming_a_level():
    assert only(replace(FLOW, sum_of_units=D("11.75"))) == (
        "units_differ",
        Severity.NEEDS_REASON,
        "Cộng số của các đơn vị được 11,75 ha, khác 12,0 ha. Đối chiếu lại hoặc ghi lý do.",
    )
    assert codes(replace(FLOW, sum_of_units=D("12.00"))) == []


def test_a_figure_that_a_report_stated_otherwise_asks_for_a_reason():
    assert only(replace(FLOW, issued=D("12.5"), issued_in="Báo cáo số 15/BC-PNV")) == (
        "issued_differs",
        Severity.NEEDS_REASON,
        "Khác số đã nêu trong Báo cáo số 15/BC-PNV: 12,5 ha, nay là 12,0 ha. Ghi lý do.",
    )
    assert codes(replace(FLOW, issued=D(12), issued_in="Báo cáo số 15/BC-PNV")) == []


def test_missing_evidence_asks_for_it_or_a_reason():
    assert only(replace(FLOW, evidence_required=True)) == (
        "evidence",
        Severity.NEEDS_REASON,
        "Chỉ tiêu này cần minh chứng nhưng chưa có tệp nào. Đính kèm tệp hoặc ghi lý do.",
    )
    assert codes(replace(FLOW, evidence_required=True, evidence_count=1)) == []


def test_a_zero_needs_no_evidence_and_a_task_may_need_it():
    task = replace(FLOW, kind="task", amount=None, cumulative=None, target=None, previous=(), evidence_required=True)

    assert codes(replace(FLOW, amount=D(0), previous=(D(0),), evidence_required=True)) == []
    assert codes(task) == ["evidence"]


def test_a_flow_entered_as_cumulative_is_not_held_against_single_periods():
    entered = replace(FLOW, amount=D(5000), cumulative=None, target=None, is_cumulative=True)

    assert codes(entered) == []


def test_nothing_is_called_unusual_where_something_plainer_is_said():
    slip = replace(RUNNING, amount=D(1_234_000), cumulative=None, target=None)

    assert codes(slip) == ["scale"]


def test_a_unit_without_history_is_held_against_the_others_where_they_are_seen():
    alone = replace(LEVEL, previous=(), amount=D(5400), cumulative=None, target=None)

    assert codes(alone) == []
    assert only(replace(alone, others=(D(500), D(540), D(300)))) == (
        "unlike_others",
        Severity.NOTE,
        "5.400 hộ gấp 10,0 lần đơn vị cao nhất trong các đơn vị khác (540 hộ). Kiểm tra lại với đơn vị.",
    )
    assert codes(replace(alone, others=(D(500), D(540)))) == []
    assert only(replace(alone, amount=D(20), others=(D(500), D(0), D(540), D(300)))) == (
        "unlike_others",
        Severity.NOTE,
        "20 hộ chỉ bằng 1/15 đơn vị thấp nhất trong các đơn vị khác (300 hộ). Kiểm tra lại với đơn vị.",
    )


def test_a_period_far_beyond_its_part_of_the_path_asks_for_a_reason():
    usual = replace(FLOW, target=D(100), previous=(D(20), D(25)), cumulative=D(57), due=D(40), due_before=D("36.25"))

    assert codes(replace(usual, amount=D(11), cumulative=D(56))) == []
    assert only(usual) == (
        "path",
        Severity.NEEDS_REASON,
        "Riêng kỳ này 12,0 ha, gấp 3,2 lần phần kế hoạch của kỳ theo lộ trình (3,8 ha). "
        "Kiểm tra lại; nếu đúng, ghi lý do.",
    )
    assert codes(replace(usual, due_before=None)) == []
    assert codes(replace(usual, kind="ratio")) == []


def test_a_first_figure_out_of_proportion_to_its_path_is_said():
    first = replace(RUNNING, previous=(), target=D(33000), due=D(1300), due_before=D(0))

    assert codes(replace(first, amount=D(948), cumulative=D(948))) == []
    assert only(replace(first, amount=D(9480), cumulative=D(9480))) == (
        "path",
        Severity.NEEDS_REASON,
        "Kỳ đầu đã bằng 28,7\u00a0% kế hoạch, theo lộ trình là 3,9\u00a0%. Kiểm tra lại; nếu đúng, ghi lý do.",
    )
    assert only(replace(first, amount=D(1), cumulative=D(1))) == (
        "path",
        Severity.NOTE,
        "Mới bằng 0,00\u00a0% kế hoạch. Có thể nhầm đơn vị tính; xem lại.",
    )
    assert codes(replace(first, amount=D(1), cumulative=D(1), direction="fewer")) == []


def test_only_one_thing_is_said_of_what_is_unusual():
    both = replace(FLOW, amount=D(45), cumulative=D(120), target=D(100), due=D(40), due_before=D(38))

    assert codes(both) == ["unusual"]
    assert codes(replace(both, previous=(D(30), D(45)), cumulative=D(120))) == ["leap"]


amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False, allow_infinity=False)
optional = st.none() | amounts
named = st.tuples(st.text(max_size=5), optional)
contexts = st.builds(
    FigureContext,
    kind=st.sampled_from(IndicatorKind.values),
    time_rule=st.sampled_from(TimeRule.values),
    direction=st.sampled_from(Direction.values),
    state=st.sampled_from(FigureState.values),
    amount=optional,
    is_cumulative=st.booleans(),
    decimals=st.integers(0, 4),
    cumulative=optional,
    target=optional,
    previous=st.lists(optional, max_size=6).map(tuple),
    denominators=st.lists(named, max_size=3).map(tuple),
    parts=st.lists(named, max_size=3).map(tuple),
    opening=optional,
    due=optional,
    due_before=optional,
    others=st.lists(amounts, max_size=4).map(tuple),
    sum_of_units=optional,
    issued=optional,
    evidence_required=st.booleans(),
    evidence_count=st.integers(0, 2),
)


@given(contexts)
def test_any_figure_can_be_checked_and_each_warning_is_a_sentence(context):
    warnings = check_figure(context)

    assert len({warning.code for warning in warnings}) == len(warnings)
    assert all(warning.sentence.endswith(".") for warning in warnings)


def test_a_row_is_checked_in_few_calls():
    """Eighty rows are checked at each opening of a month: counted, since time is not the same on any two machines."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        check_figure(RATIO)
    finally:
        sys.setprofile(None)

    assert calls <= 250
