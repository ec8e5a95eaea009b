"""What reports read of the followup app: what belongs to the span, in words, with one query however much there is."""

from datetime import date

import pytest

from followup.tables import reporting
from tests.builders import World, at, make_world
from tests.followup import breaks as made
from units import clock

pytestmark = pytest.mark.django_db
AUGUST = (date(2024, 7, 15), date(2024, 8, 14))


@pytest.fixture
def world():
    with clock.set_to(at("2024-08-15")):
        yield make_world()


def test_an_obstacle_is_told_with_cause_owner_and_day(world: World):
    row = made.obstacle(
        world, indicator=world.indicators["che"], state="in_hand", owner_unit=world.lead, due_on=date(2024, 8, 9)
    )
    row.raised_at = at("2024-08-01")
    row.save()

    (line,) = reporting.obstacle_lines(world.campaign, *AUGUST)

    assert (line.unit, line.indicator, line.kind_word) == ("xã Hiếu", "Trồng chè mới", "khách quan")
    assert (line.owner, line.due, line.is_open, line.is_overdue) == ("Phòng Nông nghiệp", "9/8/2024", True, True)


def test_what_was_resolved_before_the_span_or_raised_after_it_is_left_out(world: World):
    made.obstacle(world, state="resolved", resolution="Đã cấp vốn", resolved_at=at("2024-07-10"))
    later = made.obstacle(world)
    type(later).objects.update(raised_at=at("2024-07-01"))
    type(later).objects.filter(pk=later.pk).update(raised_at=at("2024-08-15"))

    assert reporting.obstacle_lines(world.campaign, *AUGUST) == ()


def test_an_inspection_names_its_units_and_papers(world: World):
    row = made.inspection(world)
    row.units.set(world.communes)
    made.paper(world, row)

    (line,) = reporting.inspection_lines(world.campaign, *AUGUST)

    assert line.units == ("xã Hiếu", "xã Pờ Ê")
    assert line.papers == ("Kế hoạch kiểm tra số 12/KH-UBND ngày 02/8/2024",)
    assert line.days == "ngày 02/8/2024"


def test_conclusions_and_what_they_ask_for_are_counted(world: World):
    row = made.conclusion(world)
    made.action(world, conclusion=row)
    made.action(world, conclusion=row, result="Đã trồng dặm", done_by=made.clerk(world), done_at=at("2024-08-05"))

    (line,) = reporting.conclusion_lines(world.campaign, *AUGUST)

    assert (line.items, line.items_done, line.dated) == (2, 1, "02/8/2024")


def test_examples_news_and_praise_are_lists_of_their_own(world: World):
    for kind in ("model", "news", "news", "article"):
        made.record(world, kind=kind)
    made.record(world, kind="praise", unit=world.communes[1])

    assert [line.kind_word for line in reporting.example_lines(world.campaign, *AUGUST)] == ["Mô hình"]
    assert reporting.publication_counts(world.campaign, *AUGUST) == {"Tin": 2, "Bài": 1}
    assert [line.unit for line in reporting.praise_lines(world.campaign, *AUGUST)] == ["xã Pờ Ê"]


def test_the_dash_of_a_content_area_is_no_number(world: World):
    row = made.record(world)
    type(row.area).objects.filter(pk=row.area_id).update(numbering="-", short_title="Nông nghiệp")

    assert [line.area for line in reporting.example_lines(world.campaign, *AUGUST)] == ["Nông nghiệp"]


@pytest.mark.parametrize("times", [1, 3])
def test_the_number_of_queries_does_not_grow(world: World, times: int, django_assert_num_queries):
    for _ in range(times):
        made.obstacle(world)
        made.explanation(world)
        made.record(world)
        made.inspection(world).units.set(world.communes)

    with django_assert_num_queries(1 + 1 + 1 + 4):
        reporting.obstacle_lines(world.campaign, *AUGUST)
        reporting.explanation_lines(world.campaign, *AUGUST)
        reporting.example_lines(world.campaign, *AUGUST)
        reporting.inspection_lines(world.campaign, *AUGUST)
