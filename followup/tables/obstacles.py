"""Lists of obstacles with their filters, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from followup.choices import CauseKind, ObstacleState
from followup.models import Obstacle
from followup.models.obstacle import ObstacleQuerySet
from followup.permissions import sides_of_obstacle, why_not_comment, why_not_move_obstacle
from followup.rules.obstacles import STEPS
from followup.tables.history import HistoryLine, StepAction, history_lines, step_actions
from followup.tables.of_campaign import of_campaign
from followup.tables.reporting import ObstacleLine, obstacle_line
from indicators.models import Figure
from units import clock
from units.models import User
from vietnamese.dates import format_moment

#: The query of ``obstacle_list``, however many there are.
QUERIES = 1
#: The longest list; whoever looks for more filters.
MOST = 300
OPEN, ALL = "con-mo", "tat-ca"
STATES: dict[str, str] = {
    OPEN: "Chưa giải quyết",
    **{str(one.value): str(one.label) for one in ObstacleState},
    ALL: "Tất cả",
}
KINDS: dict[str, str] = {str(one.value): str(one.label) for one in CauseKind}


@dataclass(frozen=True)
class ObstacleList:
    """The chosen obstacles, and what the filters offer."""

    rows: tuple[ObstacleLine, ...]
    units: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    overdue: int
    escalated: int
    is_cut: bool


@dataclass(frozen=True)
class ObstaclePage:
    """One obstacle with its history and the steps that the person may take."""

    line: ObstacleLine
    raised_by: str
    raised_at: str
    history: tuple[HistoryLine, ...]
    actions: tuple[StepAction, ...]
    why_not_comment: str


def obstacle_list(user: User, wanted: Mapping[str, str]) -> ObstacleList:
    """What the person sees, by the filters of the address: overdue first, then by due day."""
    rows = _in_state(of_campaign(Obstacle.objects.visible_to(user), wanted), wanted.get("trang_thai") or OPEN)
    rows = rows.select_related("unit", "indicator__area__parent", "cause", "owner_unit")
    today = clock.today()
    seen = [(row, obstacle_line(row, today)) for row in rows.order_by("-raised_at", "-pk")[: MOST + 1]]
    lines = [line for row, line in seen if _is_chosen(row, line, wanted)]
    lines.sort(key=lambda line: (not line.is_overdue, not line.is_escalated))
    return ObstacleList(
        rows=tuple(lines[:MOST]),
        units=tuple(sorted({(str(row.unit_id), row.unit.name) for row, _ in seen}, key=lambda pair: pair[1])),
        areas=tuple(sorted({_area(row) for row, _ in seen if row.indicator}, key=lambda pair: pair[1])),
        overdue=sum(line.is_overdue for line in lines),
        escalated=sum(line.state == ObstacleState.ESCALATED for line in lines),
        is_cut=len(seen) > MOST,
    )


def obstacle_page(row: Obstacle, user: User) -> ObstaclePage:
    """Everything that the page of one obstacle shows."""
    sides = sides_of_obstacle(row, user)
    return ObstaclePage(
        line=obstacle_line(row, clock.today()),
        raised_by=str(row.raised_by),
        raised_at=format_moment(row.raised_at),
        history=history_lines(row, STEPS),
        actions=step_actions(STEPS, lambda name: why_not_move_obstacle(name, row, user, sides)),
        why_not_comment=why_not_comment(sides),
    )


def beside_figures(user: User, figures: QuerySet[Figure]) -> dict[int, list[ObstacleLine]]:
    """The obstacles that stand beside the figures, by figure; those withdrawn are left out: one query."""
    rows = Obstacle.objects.visible_to(user).filter(figure__in=figures.order_by().values("pk"))
    rows = rows.exclude(state=ObstacleState.WITHDRAWN).select_related("unit", "indicator", "cause", "owner_unit")
    found: dict[int, list[ObstacleLine]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.figure_id or 0, []).append(obstacle_line(row, clock.today()))
    return found


def _in_state(rows: ObstacleQuerySet, state: str) -> ObstacleQuerySet:
    if state == OPEN:
        return rows.open()
    return rows.filter(state=state) if state in ObstacleState.values else rows


def _is_chosen(row: Obstacle, line: ObstacleLine, wanted: Mapping[str, str]) -> bool:
    """Does the obstacle pass the filters of the address?"""
    held = {
        "loai": row.kind,
        "don_vi": str(row.unit_id),
        "noi_dung": _area(row)[0],
        "qua_han": "1" if line.is_overdue else "",
    }
    return all(not wanted.get(name) or wanted[name] == value for name, value in held.items())


def _area(row: Obstacle) -> tuple[str, str]:
    """The first-level content area of its indicator, by id and name."""
    if row.indicator is None:
        return "", ""
    area = row.indicator.area.parent or row.indicator.area
    return str(area.pk), area.heading
