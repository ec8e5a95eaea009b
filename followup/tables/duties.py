"""What the offices have asked of a person's own units and still wait for: answers, work, obstacles, reminders."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from followup.models import ActionItem, Explanation, Obstacle, Reminder
from units import clock
from units.choices import WORKING_ROLES
from units.models import User
from vietnamese.dates import format_date

#: The queries of ``own_duties``: one for each kind.
QUERIES = 4


@dataclass(frozen=True)
class Duty:
    """One thing that waits: what it is, about what, of which unit, until when, and the page where it is done."""

    kind: str
    about: str
    unit: str
    due_on: date | None
    is_late: bool
    page: str
    pk: int

    @property
    def due_text(self) -> str:
        """ "quá hạn 12/11/2024", "hạn 20/11/2024", or nothing where no day was set."""
        if self.due_on is None:
            return ""
        return f"{'quá hạn' if self.is_late else 'hạn'} {format_date(self.due_on)}"


def own_duties(user: User) -> tuple[Duty, ...]:
    """Everything that waits for the person's own units, the most urgent first: ``QUERIES`` queries."""
    mine = user.unit_ids_with(*WORKING_ROLES)
    today = clock.today()
    found = [*_answers(user, mine, today), *_work(user, mine, today), *_obstacles(user, mine, today)]
    found += _reminders(user, mine, today)
    return tuple(sorted(found, key=lambda duty: (not duty.is_late, duty.due_on or date.max)))


@dataclass(frozen=True)
class NamedDuties:
    """What names a person as who does it: as far as the reader sees it, and how much more there is."""

    rows: tuple[Duty, ...]
    hidden: int


def named_duties(person: User, reader: User) -> NamedDuties:
    """Open obstacles and work at units of the person, past or present, that bear the person's name: five queries."""
    units = set(person.role_grants.values_list("unit", flat=True))
    today = clock.today()
    obstacles = Obstacle.objects.open().filter(owner=person.full_name, owner_unit__in=units)
    work = ActionItem.objects.open().filter(owner=person.full_name, owner_unit__in=units)
    seen = [*map(partial(_obstacle, today), obstacles.visible_to(reader).select_related("owner_unit", "unit"))]
    seen += map(partial(_item, today), work.visible_to(reader).select_related("owner_unit"))
    rows = tuple(sorted(seen, key=lambda duty: (not duty.is_late, duty.due_on or date.max)))
    return NamedDuties(rows, obstacles.count() + work.count() - len(rows))


def _answers(user: User, mine: Collection[int], today: date) -> Iterator[Duty]:
    rows = Explanation.objects.visible_to(user).owed().filter(unit__in=mine).select_related("unit", "indicator")
    for row in rows:
        about = row.indicator.short_name if row.indicator else row.question
        word = row.get_kind_display()
        yield Duty(word, about, row.unit.name, row.due_on, row.is_overdue(today), "followup:explanation", row.pk)


def _work(user: User, mine: Collection[int], today: date) -> Iterator[Duty]:
    rows = ActionItem.objects.visible_to(user).open().filter(owner_unit__in=mine).select_related("owner_unit")
    return map(partial(_item, today), rows)


def _item(today: date, row: ActionItem) -> Duty:
    late = row.due_on < today
    return Duty("Việc được giao", row.text, row.owner_unit.name, row.due_on, late, "followup:action", row.pk)


def _obstacles(user: User, mine: Collection[int], today: date) -> Iterator[Duty]:
    rows = Obstacle.objects.visible_to(user).open().filter(owner_unit__in=mine).select_related("owner_unit", "unit")
    return map(partial(_obstacle, today), rows)


def _obstacle(today: date, row: Obstacle) -> Duty:
    owner = row.owner_unit.name if row.owner_unit else ""
    about = f"{row.title} ({row.unit.short_name})"
    return Duty("Xử lý vướng mắc", about, owner, row.due_on, row.is_overdue(today), "followup:obstacle", row.pk)


def _reminders(user: User, mine: Collection[int], today: date) -> Iterator[Duty]:
    """Of each unit the last reminder, while nobody has answered it."""
    rows = Reminder.objects.visible_to(user).filter(unit__in=mine).select_related("unit", "period")
    last: dict[int, Reminder] = {}
    for row in rows.order_by("sent_at", "pk"):
        last[row.unit_id] = row
    for row in last.values():
        if not row.answer:
            about = f"{row.period.name}, lần {row.number}, {len(row.items)} việc"
            yield Duty(
                "Đôn đốc", about, row.unit.name, row.answer_by, row.answer_by < today, "followup:reminder", row.pk
            )
