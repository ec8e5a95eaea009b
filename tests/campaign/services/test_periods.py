"""Laying periods and deadlines, and extending a deadline."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.choices import PeriodKind
from campaign.models import Campaign, DayOff, DeadlineExtension, Submission
from campaign.services.periods import extend_deadline, lay_periods
from tests.builders import at, make_world
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    world = make_world(launched=False)
    world.campaign.periods.all().delete()
    Campaign.objects.update(starts_on=date(2024, 6, 15), ends_on=date(2024, 12, 14))
    return Campaign.objects.get()


def test_six_months_and_two_later_closings(campaign):
    periods = lay_periods(campaign, by=None)

    assert [(row.name, row.starts_on, row.ends_on) for row in periods[:2]] == [
        ("Tháng 7/2024", date(2024, 6, 15), date(2024, 7, 14)),
        ("Tháng 8/2024", date(2024, 7, 15), date(2024, 8, 14)),
    ]
    assert [row.kind for row in periods] == [PeriodKind.MONTH] * 6 + [PeriodKind.SUPPLEMENTARY] * 2
    assert periods[-1].ends_on == date(2025, 1, 31)


def test_deadlines_fall_on_working_days(campaign):
    # The campaign ends on a Saturday (14/12/2024); a holiday pushes the day on.
    DayOff.objects.create(on=date(2024, 8, 16), kind="holiday", name="Nghỉ của địa phương")
    lay_periods(campaign, by=None)

    due = dict(campaign.tiers.get().deadlines.values_list("period__number", "due_on"))
    assert due[1] == date(2024, 7, 16)
    assert due[2] == date(2024, 8, 19)


def test_periods_are_laid_once(campaign):
    lay_periods(campaign, by=None)

    with pytest.raises(ValidationError, match="đã có kỳ báo cáo"):
        lay_periods(campaign, by=None)


def test_a_later_day_is_granted_with_a_reason_and_changes_lateness():
    with clock.set_to(at("2024-07-15")):
        world = make_world()
        submission = world.submission()
        with pytest.raises(ValidationError, match="Ghi lý do"):
            extend_deadline(submission, new_due_on=date(2024, 7, 20), reason="", by=world.people["coordinator"])
        extend_deadline(submission, new_due_on=date(2024, 7, 20), reason="Mưa lũ", by=world.people["coordinator"])

    assert DeadlineExtension.objects.get().old_due_on == date(2024, 7, 16)
    late = Submission.objects.overdue(date(2024, 7, 18)).filter(period__number=1)
    assert submission not in late
    assert world.submission(1) in late


def test_a_unit_does_not_extend_its_own_deadline():
    with clock.set_to(at("2024-07-15")):
        world = make_world()
        with pytest.raises(PermissionDenied, match="cơ quan thường trực"):
            extend_deadline(world.submission(), new_due_on=date(2024, 7, 20), reason="Bận", by=world.people["head0"])
