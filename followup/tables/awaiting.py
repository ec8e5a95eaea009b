"""What waits for a leader's decision or direction (chờ chỉ đạo): obstacles, accounts, conclusions not carried out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.models import Campaign, ContentArea
from followup.choices import ExplanationState
from followup.models import ActionItem, Explanation, Obstacle, ObstacleStep
from followup.permissions import is_leader
from units import clock
from units.models import User
from vietnamese.dates import days_left_phrase, format_date, span_phrase

#: The queries of ``awaiting_direction``: one for each kind, and what the office wrote with obstacles, if there are any.
QUERIES = 4


@dataclass(frozen=True)
class Awaited:
    """One thing that only a leader moves on: what it is, whose, what was written of it, since when, and its page."""

    kind: str
    about: str
    unit: str
    words: str
    wait: str
    is_late: bool
    since: date
    page: str
    pk: int


def awaiting_direction(campaign: Campaign, user: User, area_ids: Collection[int] | None = None) -> tuple[Awaited, ...]:
    """What waits for the leader, late ones first and then the longest waiting; nothing for anybody else.

    ``area_ids`` keeps a leader's field; what belongs to no field concerns every leader.
    """
    if not is_leader(campaign, user):
        return ()
    today = clock.today()
    found = [
        *_obstacles(campaign, area_ids),
        *_accounts(campaign, user, area_ids, today),
        *_conclusions(campaign, area_ids, today),
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_late, one.since)))


def _obstacles(campaign: Campaign, area_ids: Collection[int] | None) -> Iterator[Awaited]:
    """Carried to the Committee and not yet directed, with what the office proposed."""
    rows = list(Obstacle.objects.escalated().filter(campaign=campaign).select_related("unit", "indicator__area"))
    proposed: dict[int, str] = {}
    if rows:
        steps = ObstacleStep.objects.filter(obstacle__in=rows, move="escalate").order_by("sequence")
        proposed = dict(steps.values_list("obstacle", "text"))
    for row in rows:
        if _is_in(row.indicator.area if row.indicator else None, area_ids):
            since = row.escalated_at or row.raised_at
            wait = _span(since, "vừa báo cáo", "chờ {}")
            day = since.astimezone(clock.ZONE).date()
            words = proposed.get(row.pk, "")
            yield Awaited(
                "Chỉ đạo vướng mắc", row.title, row.unit.name, words, wait, False, day, "followup:obstacle", row.pk
            )


def _accounts(campaign: Campaign, user: User, area_ids: Collection[int] | None, today: date) -> Iterator[Awaited]:
    """Accounts that leaders demanded: answered and not yet accepted, or not answered in time."""
    rows = Explanation.objects.demanded().filter(campaign=campaign).select_related("unit", "indicator__area")
    for row in rows.answered_or_overdue(today):
        area = row.indicator.area if row.indicator else None
        if row.asked_by_id != user.pk and not _is_in(area, area_ids):
            continue
        about = row.indicator.short_name if row.indicator else row.question
        if row.state == ExplanationState.ANSWERED and row.answered_at:
            kind, wait = "Xem giải trình", _span(row.answered_at, "vừa trả lời", "trả lời {} trước")
            day, is_late = row.answered_at.astimezone(clock.ZONE).date(), False
        else:
            kind, wait = "Chưa giải trình", days_left_phrase(row.due_on, clock.now())
            day, is_late = row.due_on, True
        yield Awaited(kind, about, row.unit.name, row.remedy, wait, is_late, day, "followup:explanation", row.pk)


def _conclusions(campaign: Campaign, area_ids: Collection[int] | None, today: date) -> Iterator[Awaited]:
    """What meetings concluded and was not done by its day."""
    rows = ActionItem.objects.overdue(today).of_conclusions().filter(campaign=campaign)
    for row in rows.select_related("owner_unit", "conclusion", "area"):
        if _is_in(row.area, area_ids):
            words = f"{row.conclusion.meeting}, {format_date(row.conclusion.dated)}" if row.conclusion else ""
            wait = days_left_phrase(row.due_on, clock.now())
            yield Awaited(
                "Kết luận quá hạn",
                row.text,
                row.owner_unit.name,
                words,
                wait,
                True,
                row.due_on,
                "followup:action",
                row.pk,
            )


def _span(since: datetime, just_now: str, words: str) -> str:
    """How long it has waited, in words; of this minute it came just now."""
    now = clock.now()
    return just_now if now - since < timedelta(minutes=1) else words.format(span_phrase(since, now))


def _is_in(area: ContentArea | None, area_ids: Collection[int] | None) -> bool:
    """Does it belong to the field, or to none? A field is of content areas of the first order."""
    return area is None or area_ids is None or (area.parent_id or area.pk) in area_ids
