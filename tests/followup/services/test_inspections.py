"""Inspections and what they ask for: days follow one another; long lists of choices are divided by headings."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from campaign.models import ContentArea
from followup.forms import ActionForm, InspectionForm
from followup.services.actions import add_action, reopen_item, report_done
from followup.services.inspections import add_paper, record_inspection
from tests.builders import World, at, make_world
from units import clock

pytestmark = pytest.mark.django_db
BEGUN = date(2024, 10, 10)


@pytest.fixture
def world():
    with clock.set_to(at("2024-10-20")):
        yield make_world()


def inspected(world: World):
    office = world.people["coordinator"]
    return record_inspection(
        world.campaign, by=office, name="Kiểm tra trồng chè", units=world.communes[:1], starts_on=BEGUN
    )


def recommended(world: World, due_on: date):
    given = {"text": "Lập sổ", "owner_unit": world.communes[0], "due_on": due_on}
    return add_action(inspected(world), by=world.people["coordinator"], **given)


@pytest.mark.parametrize("kind", ["minutes", "result"])
def test_no_minutes_and_no_result_before_the_inspection(world: World, kind: str):
    given = {"by": world.people["coordinator"], "kind": kind, "number": "01/BB"}
    row = inspected(world)
    with pytest.raises(ValidationError, match="có trước ngày bắt đầu kiểm tra 10/10/2024"):
        add_paper(row, dated=date(2024, 10, 9), **given)
    assert add_paper(row, dated=BEGUN, **given).dated == BEGUN


def test_plan_and_decision_come_before_it(world: World):
    given = {"by": world.people["coordinator"], "number": "12/KH", "dated": date(2024, 10, 1)}
    row = inspected(world)
    assert {add_paper(row, kind=kind, **given).kind for kind in ("plan", "decision")} == {"plan", "decision"}


def test_work_is_never_due_before_what_it_follows_from_but_may_be_written_down_late(world: World):
    with pytest.raises(ValidationError, match="Hạn 9/10/2024 có trước ngày của cuộc kiểm tra"):
        recommended(world, date(2024, 10, 9))
    assert recommended(world, date(2024, 10, 15)).is_overdue(clock.today())


def test_a_new_day_of_work_that_is_sent_back_lies_ahead(world: World):
    row = report_done(recommended(world, date(2024, 10, 25)), by=world.people["clerk0"], result="Đã lập")
    with pytest.raises(ValidationError, match="đã qua"):
        reopen_item(row, by=world.people["coordinator"], reason="Thiếu", due_on=date(2024, 10, 19))
    again = reopen_item(row, by=world.people["coordinator"], reason="Thiếu", due_on=date(2024, 10, 30))
    assert (again.due_on, again.done_at) == (date(2024, 10, 30), None)


def test_areas_and_indicators_are_offered_under_their_headings(world: World):
    below = {"numbering": "-", "title": "Trồng trọt", "short_title": "Trồng trọt", "position": 2}
    area = ContentArea.objects.create(campaign=world.campaign, key="2-3-a", parent=world.area, **below)
    fields = ActionForm(world.campaign).fields
    shown = [(one, [word for _, word in rows]) for one, rows in list(fields["area"].choices)[1:]]

    assert shown == [("2.3 Kinh tế", ["2.3 Kinh tế (cả nội dung)", "Trồng trọt"])]
    assert list(fields["indicator"].choices)[1][0] == "2.3 Kinh tế"
    offered = InspectionForm(world.campaign).fields["areas"].queryset
    assert (world.area in offered, area in offered) == (True, False)
