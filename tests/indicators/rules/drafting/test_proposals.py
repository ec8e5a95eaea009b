"""What the words of a sentence suggest of an indicator: how it is counted, of what, which way is good."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.rules.drafting.citations import laws_of
from campaign.rules.drafting.window import window_of
from indicators.rules.drafting.claims import Place, said_in
from indicators.rules.drafting.proposals import operator_by, proposal_of


def proposed(sentence: str) -> tuple[str, ...]:
    said = said_in(sentence, Place(paragraph=1), holds_targets=True)
    one = proposal_of(said[-1], said)
    return one.kind, one.unit_of_measure, one.base, one.direction, one.time_rule, one.unit_rule


@pytest.mark.parametrize(
    ("sentence", "proposal"),
    [
        (
            "Giảm tỷ lệ hộ nghèo xuống còn 3,5%.",
            ("ratio", "hộ", "tổng số hộ", "fewer", "level", "ratio_of_sums"),
        ),
        (
            "Phấn đấu giải ngân vốn đầu tư công đạt 100% kế hoạch.",
            ("ratio", "triệu đồng", "kế hoạch", "more", "running", "ratio_of_sums"),
        ),
        (
            "Tiêm phòng cho tối thiểu 90% tổng đàn.",
            ("ratio", "con", "tổng đàn", "more", "running", "ratio_of_sums"),
        ),
        (
            "Diện tích trồng mới cây chè mới đạt 40,8% so với kế hoạch.",
            ("quantity", "ha", "kế hoạch", "more", "flow", "sum"),
        ),
        ("Thu ngân sách tăng 12% so với cùng kỳ.", ("quantity", "%", "cùng kỳ", "more", "running", "lead")),
        ("Trồng mới ít nhất 120 ha rừng.", ("quantity", "ha", "", "more", "flow", "sum")),
        ("Thu nhập bình quân đầu người đạt 62 triệu đồng.", ("quantity", "triệu đồng", "", "more", "level", "lead")),
        ("Mức độ hài lòng đạt trên 95%.", ("ratio", "", "", "more", "running", "ratio_of_sums")),
    ],
)
def test_the_words_of_a_sentence_suggest_an_indicator(sentence, proposal):
    assert proposed(sentence) == proposal


def test_a_base_named_for_the_first_of_a_row_of_shares_is_proposed_for_the_others():
    text = "Diện tích trồng mới rừng chỉ đạt 11,1% so với kế hoạch; diện tích trồng cây lâu năm đạt 82,6%."
    said = said_in(text, Place(footnote=9), looks_back=True)

    assert [(proposal_of(one, said).base, one.base) for one in said] == [("kế hoạch", "kế hoạch"), ("kế hoạch", "")]


def test_what_was_done_of_a_plan_is_a_ratio_where_the_plan_is_wanted_in_percent():
    text = "Phấn đấu hoàn thành 100% kế hoạch trồng rừng. Đến nay đã hoàn thành 61% kế hoạch trồng rừng."
    said = said_in(text, Place(paragraph=1))

    assert [proposal_of(one, said).kind for one in said] == ["ratio", "ratio"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Phấn đấu giảm ít nhất 120 hộ nghèo.", "Giảm hộ nghèo"),
        ("Tỷ lệ hộ nghèo giảm 3,5%.", "Giảm tỷ lệ hộ nghèo"),
        ("Tỷ lệ hộ nghèo giảm xuống còn 3,5%.", "Tỷ lệ hộ nghèo"),
    ],
)
def test_by_how_much_something_fell_is_another_thing_than_how_much_is_left(sentence, name):
    assert [one.name for one in said_in(sentence, Place(paragraph=1))] == [name]


@pytest.mark.parametrize(("direction", "operator"), [("more", "ge"), ("fewer", "le"), ("exactly", "eq")])
def test_a_target_without_an_operator_takes_that_of_its_direction(direction, operator):
    assert operator_by(direction) == operator


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("từ ngày 01/7/2026 đến ngày 30/9/2026", (date(2026, 7, 1), date(2026, 9, 30))),
        ("Từ ngày 15 tháng 6 năm 2026 đến hết ngày 14 tháng 12 năm 2026", (date(2026, 6, 15), date(2026, 12, 14))),
        ("từ 15/6 đến 14/12/2026", (date(2026, 6, 15), date(2026, 12, 14))),
        ("Từ tháng 7 đến hết tháng 12 năm 2026", (date(2026, 7, 1), date(2026, 12, 31))),
        ("Từ tháng 7 năm 2027 đến hết tháng 2 năm 2028", (date(2027, 7, 1), date(2028, 2, 29))),
        ("từ ngày 31/9/2026 đến ngày 30/12/2026", None),
        ("từ nay đến cuối năm 2026", None),
    ],
)
def test_the_days_of_a_campaign_are_read_where_both_are_named(text, days):
    assert window_of(text) == days


def test_a_law_without_a_number_is_a_basis_by_its_name():
    text = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật Thi đua, khen thưởng số 06/2022/QH15;"

    assert [(law.number, law.dated) for law in laws_of(text)] == [
        ("Luật Tổ chức chính quyền địa phương", date(2015, 6, 19))
    ]
    assert laws_of("Căn cứ tình hình thực tế;") == []
