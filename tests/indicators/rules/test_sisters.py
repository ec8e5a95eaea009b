"""What is odd about a figure beside the other units of its cluster, and beside its whole; what is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.rules.checks import check_figure
from indicators.rules.oddities import FigureContext, Severity, Sister, Whole

D = Decimal

# Coffee entered as lũy kế for the first time: 16,2 of 90 planned hectares, others between 17 and 19 percent of theirs.
FIRST = FigureContext(
    kind="quantity",
    time_rule="flow",
    direction="more",
    state="reported",
    amount=D("16.2"),
    is_cumulative=True,
    decimals=1,
    unit_of_measure="ha",
    cumulative=D("16.2"),
    target=D(90),
    sisters=tuple(
        Sister(D(amount), None, D(target), True) for amount, target in (("6.3", 35), ("11.9", 70), ("11.4", 60))
    ),
)
# Households with a garden in the second month: the others have a fifth more than the month before.
SECOND = FigureContext(
    kind="quantity",
    time_rule="level",
    direction="more",
    state="reported",
    amount=D(312),
    unit_of_measure="hộ",
    cumulative=D(312),
    previous=(D(261),),
    sisters=tuple(Sister(D(amount), D(before), None, False) for amount, before in ((651, 544), (411, 337), (307, 248))),
)
PART = FigureContext(
    kind="quantity",
    time_rule="level",
    direction="more",
    state="reported",
    amount=D(9),
    unit_of_measure="dự án",
    cumulative=D(9),
    whole=Whole("dự án phát triển sản xuất", D(42), D(33), has_all_parts=True),
)


def said(context, amount):
    return [
        (one.code, one.severity, one.sentence)
        for one in check_figure(replace(context, amount=D(amount), cumulative=D(amount)))
    ]


def codes(context, amount):
    return [code for code, _, _ in said(context, amount)]


@pytest.mark.parametrize(("context", "amount"), [(FIRST, "16.2"), (FIRST, "15.5"), (SECOND, 312), (SECOND, 330)])
def test_what_lies_among_the_others_is_not_odd(context, amount):
    assert codes(context, amount) == []


def test_digits_in_the_wrong_order_of_a_first_figure_are_seen_by_the_others_share_of_their_plans():
    assert said(FIRST, "61.2") == [
        (
            "digits_beside",
            Severity.NOTE,
            "Có phải 16,2 ha không? 61,2 ha bằng 68,0\u00a0% kế hoạch, các đơn vị cùng cụm, khối khoảng "
            "18,0\u00a0% kế hoạch; đổi chỗ hai chữ số thì khớp.",
        )
    ]


def test_digits_in_the_wrong_order_are_seen_by_what_the_others_added_to_the_period_before():
    assert said(SECOND, 132) == [
        (
            "digits_beside",
            Severity.NOTE,
            "Có phải 312 hộ không? 132 hộ bằng 0,51 lần kỳ trước, các đơn vị cùng cụm, khối khoảng 1,22 lần kỳ trước; "
            "đổi chỗ hai chữ số thì khớp.",
        )
    ]


def test_what_is_far_out_of_line_is_said_whatever_its_digits():
    code, severity, sentence = said(FIRST, "40.0")[0]

    assert (code, severity) == ("out_of_line", Severity.NOTE)
    assert sentence == (
        "40,0 ha bằng 44,4\u00a0% kế hoạch, các đơn vị cùng cụm, khối khoảng 18,0\u00a0% kế hoạch. "
        "Kiểm tra lại với đơn vị."
    )


def test_where_the_others_scatter_nothing_is_said():
    scattered = tuple(Sister(D(amount), None, D(60), True) for amount in (3, 11, 40))

    assert codes(replace(FIRST, sisters=scattered), "26.1") == []


def test_one_other_unit_is_no_measure_and_nor_is_one_entered_in_another_way():
    assert codes(replace(FIRST, sisters=FIRST.sisters[:1]), "61.2") == []
    other_way = tuple(replace(one, is_cumulative=False) for one in FIRST.sisters)
    assert codes(replace(FIRST, sisters=other_way), "61.2") == []


def test_a_percentage_and_a_reduction_are_not_held_against_other_units():
    assert codes(replace(FIRST, kind="ratio"), "61.2") == []
    assert codes(replace(FIRST, target=D(-90)), "-61.2") == []


def test_a_number_that_is_not_round_as_the_others_are_is_asked_about():
    trees = replace(SECOND, time_rule="running", unit_of_measure="cây", previous=(), sisters=())
    others = tuple(Sister(D(amount), None, None, False) for amount in (129130, 49100, 25870, 15030))

    assert codes(trees, 23303) == []
    assert said(replace(trees, sisters=others), 23303)[0] == (
        "round",
        Severity.NOTE,
        "Có phải 23.330 cây không? 23.303 cây không tròn chục như các số khác của chỉ tiêu, "
        "đổi chỗ hai chữ số thì tròn.",
    )


def test_complete_parts_that_come_to_less_than_the_whole_ask_for_a_reason():
    whole = replace(PART, whole=None, parts=(("đã duyệt", D(9)), ("đang trình", D(30))), has_all_parts=True)

    assert codes(whole, 39) == []
    assert said(whole, 93) == [
        (
            "parts_miss",
            Severity.NEEDS_REASON,
            "Các phần cộng lại 39 dự án, phải bằng toàn bộ nhưng toàn bộ là 93 dự án. Sửa lại hoặc ghi lý do.",
        )
    ]
    assert codes(replace(whole, has_all_parts=False), 93) == []
    assert codes(replace(whole, parts=(("đã duyệt", D(9)), ("đang trình", None))), 93) == []


def test_a_part_that_does_not_fit_its_whole_is_to_be_looked_at():
    assert codes(PART, 9) == []
    assert said(PART, 90) == [
        (
            "whole",
            Severity.NOTE,
            "Cùng các phần khác được 123 dự án, lớn hơn “dự án phát triển sản xuất” (42 dự án). Xem lại cả hai số.",
        )
    ]
    assert codes(PART, 8) == ["whole"]
    assert codes(replace(PART, whole=Whole("dự án", D(42), D(33), has_all_parts=False)), 8) == []


def test_a_part_too_small_to_explain_the_excess_is_left_alone():
    assert codes(replace(PART, whole=Whole("dự án", D(42), D(80), has_all_parts=True)), 9) == []
