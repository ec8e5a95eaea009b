"""What is followed up about one indicator and still open: obstacles, requests for causes or account, given work."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from campaign.models import Campaign
from followup.choices import ExplanationKind, ExplanationState, ObstacleState
from followup.models import ActionItem, Explanation, Obstacle
from indicators.models import Indicator
from units import clock
from units.models import User
from vietnamese.dates import format_date

#: The query of ``open_followed``: the three kinds are read together.
QUERIES = 1
OBSTACLE, REQUEST, WORK = "followup:obstacle", "followup:explanation", "followup:action"


class FollowedLine(NamedTuple):
    """One thing that is open: its page, what it is, whose, how it stands, until when."""

    page: str
    pk: int
    about: str
    unit: str
    state: str
    due: str


def open_followed(campaign: Campaign, indicator: Indicator, user: User) -> tuple[FollowedLine, ...]:
    """What the person sees of it, the next due day first within each kind: one query."""
    about = {"campaign": campaign, "indicator": indicator}
    obstacles = Obstacle.objects.visible_to(user).open().filter(**about)
    requests = Explanation.objects.visible_to(user).open().filter(**about)
    work = ActionItem.objects.visible_to(user).open().filter(**about)
    rows = _columns(requests, REQUEST, "kind", "unit", "state", "remedy_due_on").union(
        _columns(obstacles, OBSTACLE, "title", "unit", "state"),
        _columns(work, WORK, "text", "owner_unit", "conclusion__meeting"),
        all=True,
    )
    found = sorted(rows, key=lambda row: (row[0], row[5] or date.max, row[1]))
    return tuple(_line(*row) for row in found)


def _columns(rows: QuerySet[Any], page: str, about: str, unit: str, state: str, later: str = "") -> QuerySet[Any]:
    """One kind in the columns that all three share."""
    return rows.order_by().values_list(
        Value(page, output_field=CharField()),
        "pk",
        Cast(about, TextField()),
        f"{unit}__name",
        Cast(state, TextField()),
        "due_on",
        F(later) if later else Cast(Value(None), DateField()),
    )


def _line(
    page: str, pk: int, about: str, unit: str, state: str | None, due_on: date | None, later: date | None
) -> FollowedLine:
    if page == OBSTACLE:
        words = str(ObstacleState(state or "").label)
    elif page == REQUEST:
        about, words = str(ExplanationKind(about).label), str(ExplanationState(state or "").label)
        # Answered, it is followed until the day that the unit itself named.
        due_on = later if state == ExplanationState.ANSWERED and later else due_on
    else:
        words = f"theo kết luận {state}" if state else "theo kiến nghị kiểm tra"
    is_over = page == WORK and due_on is not None and clock.today() > due_on
    return FollowedLine(
        page, pk, about, unit, f"{words}, quá hạn" if is_over else words, format_date(due_on) if due_on else ""
    )
