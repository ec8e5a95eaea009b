"""Lists of requests for causes and accounts, and the page of one: what was asked, answered, and whether it turned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campaign.models import Period
from followup.choices import ExplanationKind, ExplanationState
from followup.models import Explanation
from followup.models.explanation import ExplanationQuerySet
from followup.permissions import sides_of_explanation, why_not_move_explanation
from followup.rules.explanations import STEPS, has_turned, is_remedy_late
from followup.tables.history import HistoryLine, StepAction, history_lines, step_actions
from followup.tables.of_campaign import of_campaign
from followup.tables.reporting import ExplanationLine, explanation_line
from indicators.tables.standings import SENT, Standing, standings
from units import clock
from units.models import User
from vietnamese.dates import days_left_phrase, format_moment

#: Of ``explanation_list``: the rows, the last period, and the standings, for one campaign.
QUERIES = 11
MOST = 300
OPEN, ALL, OWED, LATE = "con-mo", "tat-ca", "cho-tra-loi", "qua-han"
STATES: dict[str, str] = {
    OPEN: "Chưa kết thúc",
    OWED: "Chờ đơn vị trả lời",
    LATE: "Quá hạn trả lời",
    ExplanationState.ANSWERED: "Đang theo dõi",
    ExplanationState.CLOSED: "Đã kết thúc",
    ALL: "Tất cả",
}
KINDS: dict[str, str] = {str(one.value): str(one.label) for one in ExplanationKind}


@dataclass(frozen=True)
class ExplanationRow:
    """One request in a list, with where its indicator stood and stands."""

    line: ExplanationLine
    before: str
    band_now: str
    now: str
    has_turned: bool
    is_remedy_late: bool


@dataclass(frozen=True)
class ExplanationList:
    """The chosen requests, and the units that the filter offers."""

    rows: tuple[ExplanationRow, ...]
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExplanationPage:
    """One request with its history and the steps that the person may take."""

    row: ExplanationRow
    left: str
    asked_by: str
    asked_at: str
    answered_at: str
    history: tuple[HistoryLine, ...]
    actions: tuple[StepAction, ...]


def explanation_list(user: User, wanted: Mapping[str, str]) -> ExplanationList:
    """What the person sees, by the filters of the address, the next due day first."""
    rows = _in_state(of_campaign(Explanation.objects.visible_to(user), wanted), wanted.get("trang_thai") or OPEN)
    seen = list(rows.select_related("unit", "indicator", "campaign").order_by("due_on", "pk")[:MOST])
    held = [row for row in seen if _is_chosen(row, wanted)]
    now = _standings_now(held)
    return ExplanationList(
        rows=tuple(_row(row, now) for row in held),
        units=tuple(sorted({(str(row.unit_id), row.unit.name) for row in seen}, key=lambda pair: pair[1])),
    )


def explanation_page(row: Explanation, user: User) -> ExplanationPage:
    """Everything that the page of one request shows."""
    sides = sides_of_explanation(row, user)
    return ExplanationPage(
        row=_row(row, _standings_now([row])),
        left=days_left_phrase(row.due_on, clock.now()) if row.is_owed else "",
        asked_by=str(row.asked_by),
        asked_at=format_moment(row.asked_at),
        answered_at=format_moment(row.answered_at) if row.answered_at else "",
        history=history_lines(row, STEPS),
        actions=step_actions(STEPS, lambda name: why_not_move_explanation(name, row, user, sides)),
    )


def _row(row: Explanation, now: Mapping[tuple[int, int], Standing]) -> ExplanationRow:
    standing = now.get((row.indicator_id or 0, row.unit_id))
    band = str(standing.band) if standing and standing.is_numeric else ""
    turned = has_turned(row.band_before, band)
    return ExplanationRow(
        line=explanation_line(row, clock.today()),
        before=row.rate_before,
        band_now=band,
        now=f"{standing.rate_text}, {standing.band_word}" if standing and band else "",
        has_turned=turned,
        is_remedy_late=is_remedy_late(row.state, row.remedy_due_on, turned, clock.today()),
    )


def _standings_now(rows: Collection[Explanation]) -> dict[tuple[int, int], Standing]:
    """How the indicators asked about stand at their units in the last period that has ended, tạm tính."""
    asked: dict[int, list[Explanation]] = defaultdict(list)
    for row in rows:
        if row.indicator_id:
            asked[row.campaign_id].append(row)
    found: dict[tuple[int, int], Standing] = {}
    for campaign_id, group in asked.items():
        period = Period.objects.filter(campaign=campaign_id).summed().ended_by(clock.today()).order_by("number").last()
        if period is not None:
            found |= standings(
                group[0].campaign,
                period,
                basis=SENT,
                indicator_ids={row.indicator_id for row in group if row.indicator_id},
                unit_ids={row.unit_id for row in group},
            )
    return found


def _in_state(rows: ExplanationQuerySet, state: str) -> ExplanationQuerySet:
    if state == OPEN:
        return rows.open()
    if state == OWED:
        return rows.owed()
    if state == LATE:
        return rows.overdue(clock.today())
    return rows.filter(state=state) if state in ExplanationState.values else rows


def _is_chosen(row: Explanation, wanted: Mapping[str, str]) -> bool:
    held = {"loai": row.kind, "don_vi": str(row.unit_id)}
    return all(not wanted.get(name) or wanted[name] == value for name, value in held.items())
