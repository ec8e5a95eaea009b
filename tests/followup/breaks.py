"""For every constraint of the followup app an act that breaks it and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from followup import models as done
from tests.builders import World
from units.models import User

DAY, EVE = date(2024, 8, 2), date(2024, 8, 1)


def again(model: type[models.Model], **values: Any) -> None:
    """Insert the same row twice."""
    model._default_manager.create(**values)
    model._default_manager.create(**values)


def change(row: models.Model, **values: Any) -> None:
    """Write past every service, as a bug would."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def clerk(world: World) -> User:
    return world.people["clerk0"]


def obstacle(world: World, **values: Any) -> done.Obstacle:
    columns = {"campaign": world.campaign, "unit": world.communes[0], "title": "Vốn giao muộn", "kind": "objective"}
    return done.Obstacle.objects.create(raised_by=clerk(world), raised_at=timezone.now(), **{**columns, **values})


def explanation(world: World, **values: Any) -> done.Explanation:
    columns = {
        "campaign": world.campaign,
        "unit": world.communes[0],
        "kind": "cause",
        "question": "Vì sao chậm?",
        "asked_by": world.people["coordinator"],
        "asked_at": timezone.now(),
        "due_on": DAY,
    }
    return done.Explanation.objects.create(**{**columns, **values})


def inspection(world: World, **values: Any) -> done.Inspection:
    columns = {"campaign": world.campaign, "name": "Kiểm tra trồng chè", "starts_on": DAY, "ends_on": DAY}
    by = world.people["coordinator"]
    return done.Inspection.objects.create(recorded_by=by, recorded_at=timezone.now(), **{**columns, **values})


def paper(world: World, row: done.Inspection, number: str = "12/KH-UBND") -> done.InspectionPaper:
    by = world.people["coordinator"]
    return done.InspectionPaper.objects.create(
        inspection=row, kind="plan", number=number, dated=DAY, added_by=by, added_at=timezone.now()
    )


def conclusion(world: World) -> done.Conclusion:
    return done.Conclusion.objects.create(
        campaign=world.campaign,
        meeting="Giao ban tháng 8",
        number="15/TB-VP",
        dated=DAY,
        recorded_by=world.people["coordinator"],
        recorded_at=timezone.now(),
    )


def action(world: World, **values: Any) -> done.ActionItem:
    columns = {"campaign": world.campaign, "text": "Trồng dặm", "owner_unit": world.communes[0], "due_on": DAY}
    by = world.people["coordinator"]
    return done.ActionItem.objects.create(added_by=by, added_at=timezone.now(), **{**columns, **values})


def record(world: World, **values: Any) -> done.Record:
    columns = {"campaign": world.campaign, "area": world.area, "kind": "model", "title": "Vườn rau", "happened_on": DAY}
    return done.Record.objects.create(recorded_by=clerk(world), recorded_at=timezone.now(), **{**columns, **values})


def reminder(world: World, **values: Any) -> done.Reminder:
    columns = {
        "campaign": world.campaign,
        "unit": world.communes[0],
        "period": world.period(1),
        "number": 1,
        "answer_by": DAY,
        "sent_by": world.people["coordinator"],
        "sent_at": timezone.now(),
    }
    return done.Reminder.objects.create(**{**columns, **values})


def mail(**values: Any) -> done.Mail:
    columns = {"key": "a", "to": "xa@example.vn", "subject": "Nhắc", "body": "Nhắc"}
    return done.Mail.objects.create(next_try_at=timezone.now(), created_at=timezone.now(), **{**columns, **values})


BREAKS: dict[str, Callable[[World], object]] = {
    "obstacle_known_state": lambda w: obstacle(w, state="khac"),
    "obstacle_known_kind": lambda w: obstacle(w, kind="khac"),
    "obstacle_in_hand_has_owner_and_day": lambda w: obstacle(w, state="in_hand", owner_unit=w.lead),
    "obstacle_resolved_says_how": lambda w: obstacle(w, state="resolved", resolution="Đã cấp vốn"),
    "obstacle_step_sequence_once": lambda w: again(
        done.ObstacleStep, obstacle=obstacle(w), sequence=1, by=clerk(w), at=timezone.now()
    ),
    "explanation_known_state": lambda w: explanation(w, state="khac"),
    "explanation_answer_is_whole": lambda w: explanation(w, state="answered", cause_text="Mưa", remedy="Trồng dặm"),
    "explanation_one_open": lambda w: [explanation(w, indicator=w.indicators["che"]) for _ in range(2)],
    "explanation_step_sequence_once": lambda w: again(
        done.ExplanationStep, explanation=explanation(w), sequence=1, by=clerk(w), at=timezone.now()
    ),
    "inspection_days_in_order": lambda w: inspection(w, ends_on=EVE),
    "inspection_paper_once": lambda w: (row := inspection(w), paper(w, row), paper(w, row)),
    "inspection_paper_has_number": lambda w: paper(w, inspection(w), ""),
    "conclusion_number_once": lambda w: [conclusion(w) for _ in range(2)],
    "action_item_one_source": lambda w: action(w),
    "action_item_done_says_how": lambda w: action(w, inspection=inspection(w), done_at=timezone.now()),
    "record_known_kind": lambda w: record(w, kind="khac"),
    "record_praise_names_unit": lambda w: record(w, kind="praise"),
    "reminder_number_once": lambda w: [reminder(w) for _ in range(2)],
    "reminder_counts_from_one": lambda w: reminder(w, number=0),
    "reminder_answer_has_moment": lambda w: reminder(w, answer="Đã gửi"),
    "reminder_delivery_once": lambda w: again(
        done.ReminderDelivery, reminder=reminder(w), channel="zalo", by=clerk(w), at=timezone.now()
    ),
    "notice_once": lambda w: again(done.Notice, user=clerk(w), text="a", key="a", created_at=timezone.now()),
    "mail_known_state": lambda w: mail(state="khac"),
    "mail_sent_has_moment": lambda w: mail(state="sent"),
}
