"""On 15/11/2024 the demo shows each kind of follow-up, everything in it marked as illustrative."""

import pytest

from campaign.models import Campaign
from followup.models import ActionItem, Conclusion, Explanation, Inspection, Obstacle, Record, Reminder
from followup.tables import reporting
from followup.tables.arrears import arrears
from followup.tables.explanations import explanation_list
from tests.demo import DAY
from units.models import User

pytestmark = pytest.mark.django_db
KINDS = [Obstacle, Explanation, Inspection, Conclusion, ActionItem, Record, Reminder]


def test_each_kind_and_its_states_are_there(demo):
    assert set(Obstacle.objects.values_list("state", flat=True)) >= {"raised", "escalated", "resolved"}
    assert set(Explanation.objects.values_list("state", "kind")) == {("answered", "cause"), ("asked", "account")}
    assert ActionItem.objects.overdue(DAY).exists()
    assert ActionItem.objects.exclude(done_at=None).exists()
    assert {one.papers.count() for one in Inspection.objects.all()} == {4}
    assert {line.kind for line in reporting.example_lines(campaign(), DAY.replace(month=7), DAY)} >= {"model"}
    assert reporting.publication_counts(campaign(), DAY.replace(month=7), DAY) == {"Tin": 1, "Bài": 1}


def campaign() -> Campaign:
    return Campaign.objects.get(key="kon-plong-2024")


def test_nothing_of_it_looks_official(demo):
    assert {row.origin for model in KINDS for row in model.objects.all()} == {"illustrative"}


def test_a_unit_was_reminded_three_times_and_the_leaders_know(demo):
    third = Reminder.objects.get(unit__key="kon-plong-tu-phap", number=3)
    leader = User.objects.get(username="lanhdao")

    assert third.is_escalated
    assert leader.notices.filter(text__contains="đã được đôn đốc 3 lần").exists()


def test_an_account_is_overdue_and_a_remedy_s_day_is_over(demo):
    rows = explanation_list(User.objects.get(username="noivu"), {}).rows

    assert [row.line.is_overdue for row in rows].count(True) == 1
    assert [row.is_remedy_late for row in rows].count(True) == 1


def test_co_operating_units_owe_nothing(demo):
    period = campaign().periods.get(month=10, kind="month")
    asked = campaign().participations.exclude(relation="assigned").values_list("unit_id", flat=True)

    late = [row for row in arrears(campaign(), period) if row.is_late]

    assert late
    assert not {row.unit_id for row in late} & set(asked)
