"""Sentences say what the figures say: reached of what, in which words, and nothing where nothing is known."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.choices import Band, Direction, Operator
from reports.exports.assessment_text import _worst
from reports.narrative import compare, gaps
from reports.narrative import standings as narrative
from reports.narrative.words import listed, text_of
from reports.tables.board import gap_text
from tests.reports.exports.sample import office_world, report_of

pytestmark = pytest.mark.django_db


def standings(world, **choices):
    return {row.indicator.code: row.standing for row in report_of(world, **choices).summary.rows}


def tea(plan, **indicator):
    world = office_world(2)
    world.indicators["che"].targets.update(amount=Decimal(plan))
    type(world.indicators["che"]).objects.filter(code="che").update(**indicator)
    return standings(world)["che"]


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ("10", "Trồng chè mới lũy kế 48,5 ha, đạt 242,5 % kế hoạch (20,0 ha), vượt 142,5 %"),
        ("50", "Trồng chè mới lũy kế 48,5 ha, đạt 48,5 % kế hoạch (100,0 ha), vượt tiến độ"),
    ],
)
def test_a_good_result_says_its_band_once(plan, sentence):
    assert text_of(narrative.good_result(tea(plan))) == sentence


def test_a_poor_result_has_only_just_reached():
    assert text_of(narrative.result(tea("500"))) == "Trồng chè mới lũy kế 48,5 ha, mới đạt 4,9 % kế hoạch (1.000,0 ha)"


@pytest.mark.parametrize(("plan", "asked"), [("100", "yêu cầu không quá 200,0 ha"), ("0", "yêu cầu không còn")])
def test_a_limit_is_told_as_a_limit_and_none_at_all_as_none(plan, asked):
    limit = tea(plan, direction=Direction.FEWER, operator=Operator.AT_MOST)
    assert text_of(narrative.result(limit)) == f"Trồng chè mới lũy kế 48,5 ha, {asked}"


def test_a_limit_of_none_that_is_kept_says_that_none_is_left():
    limit = tea("0", direction=Direction.FEWER, operator=Operator.AT_MOST)
    none_left = replace(limit, judged=replace(limit.judged, measured=measured(limit, 0)))
    assert text_of(narrative.result(none_left)) == "Trồng chè mới không phát sinh"


def measured(standing, value):
    return replace(standing.judged.measured, value=Decimal(value))


def test_a_limit_in_percent_is_told_by_its_percentage():
    world = office_world(2)
    paid = world.indicators["giai-ngan"]
    type(paid).objects.filter(pk=paid.pk).update(direction=Direction.FEWER)
    paid.targets.update(is_percentage=True, amount=Decimal(18))
    told = standings(world)["giai-ngan"]
    limit = replace(told, judged=replace(told.judged, measured=measured(told, "17.6")))
    assert "bằng 17,6 % kế hoạch vốn giao, yêu cầu không quá 18 %" in text_of(narrative.result(limit))


def test_a_plan_whose_day_has_passed_is_told_as_over():
    tea_now = tea("500")
    assert narrative.over([tea_now]) == []
    assert narrative.over([replace(tea_now, gap=replace(tea_now.gap, days_left=0, per_week=None))]) != []


def test_how_many_stand_well_is_told_of_how_many_and_nothing_where_none_does():
    world = office_world(2)
    world.indicators["che"].targets.update(amount=Decimal(10))
    good = standings(world)["che"]
    poor = marked(good, band=Band.AT_RISK)
    assert text_of(narrative.good_words("x", [good, poor])) == (
        "Có 01/02 chỉ tiêu đủ căn cứ đánh giá đạt tiến độ trở lên: 01 vượt kế hoạch"
    )
    assert narrative.good_words("x", [poor]) == ()


def test_a_single_poor_one_is_named_and_of_several_the_lowest():
    poor = marked(tea("500"), band=Band.AT_RISK)
    named = text_of(narrative.with_rates([poor]))
    assert text_of(_worst([poor])) == f"Còn 01 chỉ tiêu có khả năng không đạt: {named}"
    assert text_of(_worst([poor, poor])).startswith("Còn 02 chỉ tiêu có khả năng không đạt; thấp nhất: ")
    assert _worst([marked(poor, band=Band.MET)]) == ()


def marked(standing, **values):
    return replace(standing, judged=replace(standing.judged, measured=replace(standing.judged.measured, **values)))


def test_what_is_due_in_full_is_not_told_against_its_pace():
    late = marked(tea("500"), share=Decimal(1))
    assert compare.pace(late) == compare.behind(late) == ()


def test_where_the_year_is_not_known_what_came_since_the_launch_is_told():
    assert (
        text_of(narrative.result(standings(office_world(2))["don"]))
        == "Đơn tồn đọng từ khi phát động 3 đơn, yêu cầu không quá 20 đơn"
    )


def test_a_contradiction_has_its_sides_and_no_rate():
    coffee = standings(office_world(2))["ca-phe"]
    assert text_of(narrative.sides(coffee)) == "40,8 % hoặc 0 %"
    assert text_of(narrative.result(coffee)) == "Trồng cà phê mới từ khi phát động 9,0 ha"
    assert text_of(narrative.with_rates([coffee])) == "Trồng cà phê mới"


def test_a_row_without_plan_is_no_gap():
    rows = standings(office_world(2))
    assert [one.indicator.code for one in narrative.disputed(rows.values())] == ["ca-phe"]
    assert narrative.unjudged(rows.values()) == []


@pytest.mark.parametrize(("period", "incomplete", "unconfirmed"), [(1, 0, 10), (2, 5, 5), (3, 5, 0)])
def test_gaps_and_what_is_not_yet_confirmed_are_counted(period, incomplete, unconfirmed):
    rows = standings(office_world(2), period=period).values()
    assert len(narrative.incomplete(rows)) == incomplete
    assert narrative.unconfirmed(rows) == unconfirmed


def test_many_names_are_cut_with_how_many_there_are_besides():
    assert text_of(listed("x", ["A", "B"], 2)) == "A, B"
    assert text_of(listed("x", ["A", "B", "C"], 1)) == "A và 02 đơn vị khác"


@pytest.mark.parametrize("period", [1, 2, 3])
def test_the_bound_words_of_a_gap_are_those_of_the_board(period):
    report = report_of(office_world(), period=period)

    assert report.at_units
    for standing in [*report.at_units.values(), *(row.standing for row in report.summary.rows)]:
        assert text_of(gaps.gap(standing)) == gap_text(standing)
