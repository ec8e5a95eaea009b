"""A person's notices: unread first, then the last hundred."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from followup.models import Notice
from units import clock
from units.models import User
from units.models.prepared import prepared
from vietnamese.dates import format_moment, relative_moment

QUERIES = 1
MOST = 100


@dataclass(frozen=True)
class NoticeRow:
    """One notice in words."""

    pk: int
    text: str
    detail: str
    when: str
    at: str
    is_unread: bool
    leads_on: bool


@dataclass(frozen=True)
class NoticeTable:
    """What a person was told."""

    rows: tuple[NoticeRow, ...]
    unread: int


def notice_list(user: User) -> NoticeTable:
    """The last notices, the latest first: one query."""
    now = clock.now()
    rows = tuple(
        NoticeRow(
            pk=row.pk,
            text=row.text,
            detail=row.detail,
            when=relative_moment(row.created_at, now),
            at=format_moment(row.created_at),
            is_unread=row.read_at is None,
            leads_on=bool(row.path),
        )
        for row in Notice.objects.visible_to(user).order_by("-created_at", "-pk")[:MOST]
    )
    return NoticeTable(rows, sum(row.is_unread for row in rows))


def unread_count(user: User) -> int:
    """How many notices a person has not opened; the head of every page asks it: one query over a partial index."""
    return sum(number for (number,) in _unread.rows(user.pk))


@prepared
def _unread(user_id: int) -> QuerySet[Notice, tuple[int]]:
    """Their number; no row where there is none."""
    rows = Notice.objects.filter(user=user_id).unread().order_by().values("user")
    return rows.annotate(number=Count("pk")).values_list("number")
