"""Units × periods: how each report stands, how late it came, how full a draft is; totals say how many reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q

from campaign.models import Campaign, Cluster, Participation, Period, was_handed_in
from indicators.choices import FigureState
from indicators.models import Figure
from indicators.tables.receive import ASKED, DRAFT, INVITED, LATE, OWN_CHANNEL, RECEIVED, STATES, WAITING, state_of
from indicators.tables.wording import NONE
from reports.tables.report_days import Report, reports_of
from units import clock

#: Participations with their units, their reports, and the figures of what is not sent yet.
QUERIES = 3

#: The sign of each state: shape, not colour, tells them apart.
SIGNS = {RECEIVED: "●", WAITING: "◐", ASKED: "↺", DRAFT: "○", LATE: "✕", INVITED: "–", OWN_CHANNEL: "="}
SORTS = {"don-vi": "Thứ tự đơn vị", "cham": "Chậm nhiều nhất", "chua-gui": "Chưa gửi trước"}


@dataclass(frozen=True)
class Choice:
    """What the address asks for: a cluster, a kind of unit, a state in the last period that is over, an order."""

    cluster: str = ""
    kind: str = ""
    state: str = ""
    sort: str = "don-vi"

    @property
    def query(self) -> str:
        """The choice as an address says it, to be kept where the periods change."""
        return urlencode({"cum": self.cluster, "loai": self.kind, "trang-thai": self.state, "xep": self.sort})


@dataclass(frozen=True)
class Cell:
    """One report: its state as sign and words, days late, and for a draft how full it is."""

    submission_id: int
    period_id: int
    period_name: str
    period_short: str
    state: str
    sign: str
    words: str
    beside: str
    days_late: int


@dataclass(frozen=True)
class MatrixRow:
    """One unit over the periods; None where nothing is owed."""

    part: Participation
    cells: tuple[Cell | None, ...]
    last: Cell | None
    times_late: int
    days_late: int

    @property
    def late_text(self) -> str:
        """How often and for how long the unit was late: "2 lần, 5 ngày"."""
        return f"{self.times_late} lần, {self.days_late} ngày" if self.times_late else NONE

    @property
    def is_urgent(self) -> bool:
        """Does somebody have to act now: a report overdue, or a request unanswered?"""
        return any(cell.state in (LATE, ASKED) for cell in self.cells if cell)

    @property
    def relation(self) -> str:
        """What is not giao is said, for it is never late."""
        return "" if self.part.can_be_late else str(self.part.get_relation_display()).lower()


@dataclass(frozen=True)
class PeriodTotal:
    """One period over the units that must report."""

    period: Period
    owed: int
    sent: int
    received: int
    late: int


@dataclass(frozen=True)
class Matrix:
    """The chosen units over the shown periods."""

    rows: tuple[MatrixRow, ...]
    totals: tuple[PeriodTotal, ...]
    units: int
    clusters: tuple[Cluster, ...]
    kinds: tuple[tuple[int, str], ...]

    @property
    def calm(self) -> int:
        """How many of the chosen units need no look now; a phone folds them."""
        return sum(not row.is_urgent for row in self.rows)


def matrix(campaign: Campaign, periods: Sequence[Period], choice: Choice) -> Matrix:
    """Every unit that owes reports over some periods: ``QUERIES`` queries."""
    parts = list(
        campaign.participations.select_related("unit__kind", "cluster").order_by(
            "unit__kind__position", "unit__position", "unit__sort_key"
        )
    )
    reports = reports_of(parts, periods)
    counts = _filled([report for report in reports.values() if report.first_sent_at is None])
    today = clock.today()
    rows = [_row(part, periods, reports, counts, today) for part in parts]
    rows = [row for row in rows if any(row.cells)]
    chosen = sorted((row for row in rows if _fits(row, choice)), key=lambda row: _order(row, choice.sort))
    return Matrix(
        rows=tuple(chosen),
        totals=tuple(_total(place, period, chosen, reports) for place, period in enumerate(periods)),
        units=len(rows),
        clusters=tuple({part.cluster_id: part.cluster for part in parts if part.cluster}.values()),
        kinds=tuple({part.unit.kind_id: (part.unit.kind_id, part.unit.kind.name) for part in parts}.values()),
    )


def unit_cells(part: Participation, periods: Sequence[Period]) -> tuple[Cell, ...]:
    """One unit's reports over some periods, those that it owes: two queries."""
    reports = reports_of([part], periods)
    counts = _filled([report for report in reports.values() if report.first_sent_at is None])
    row = _row(part, periods, reports, counts, clock.today())
    return tuple(cell for cell in row.cells if cell)


def _filled(unsent: Sequence[Report]) -> dict[int, tuple[int, int]]:
    """Rows with a figure and rows owed; only of what was never sent, for what was sent is complete."""
    has_figure = Count("pk", filter=~Q(state=FigureState.NOT_REPORTED))
    rows = Figure.objects.filter(submission__in=[report.pk for report in unsent]).order_by().values("submission_id")
    return {
        row["submission_id"]: (row["filled"], row["owed"]) for row in rows.annotate(filled=has_figure, owed=Count("pk"))
    }


def _row(
    part: Participation,
    periods: Sequence[Period],
    reports: Mapping[tuple[int, int], Report],
    counts: Mapping[int, tuple[int, int]],
    today: date,
) -> MatrixRow:
    """One unit."""
    found = [reports.get((part.pk, period.pk)) for period in periods]
    cells = tuple(_cell(report, counts, today) if report else None for report in found)
    late = [cell.days_late for cell in cells if cell and cell.days_late]
    return MatrixRow(part, cells, _last(cells, periods, today), len(late), sum(late))


def _last(cells: Sequence[Cell | None], periods: Sequence[Period], today: date) -> Cell | None:
    """By which report a unit is chosen and put in order: of the last period that is over, where there is one.

    Of the running period nobody has sent yet; judged by it, all units would be alike.
    """
    owed = [(cell, period.ends_on < today) for cell, period in zip(cells, periods, strict=True) if cell]
    over = [cell for cell, is_over in owed if is_over]
    found = over or [cell for cell, _ in owed]
    return found[-1] if found else None


def _cell(report: Report, counts: Mapping[int, tuple[int, int]], today: date) -> Cell:
    """One report in a sign and in words."""
    state = state_of(report, today)
    days = report.days_late(today)
    filled, owed = counts.get(report.pk, (0, 0))
    words = STATES[state].lower()
    beside = ""
    if days:
        beside = f"+{days}"
        words += f", {'gửi ' if report.first_sent_at else ''}chậm {days} ngày"
    elif filled and report.first_sent_at is None:
        beside = f"{filled}/{owed}"
    if report.first_sent_at is None and owed:
        words += f", {filled}/{owed} dòng có số liệu"
    return Cell(
        report.pk,
        report.period.pk,
        report.period.name,
        report.period.short_name,
        state,
        SIGNS[state],
        words,
        beside,
        days,
    )


def _fits(row: MatrixRow, choice: Choice) -> bool:
    """Does the unit pass the filters? The state is that of the last period that is over."""
    if choice.cluster and choice.cluster != str(row.part.cluster_id or ""):
        return False
    if choice.kind and choice.kind != str(row.part.unit.kind_id):
        return False
    return not choice.state or (row.last is not None and row.last.state == choice.state)


def _order(row: MatrixRow, sort: str) -> tuple[int, ...]:
    """The key of the chosen order; Python's sort keeps the office's order among equals."""
    if sort == "cham":
        return (-row.days_late, -row.times_late)
    if sort == "chua-gui":
        urgency = (LATE, DRAFT, ASKED, WAITING, RECEIVED, INVITED, OWN_CHANNEL)
        owes = any(cell.state == LATE for cell in row.cells if cell)
        return (not owes, urgency.index(row.last.state) if row.last else len(urgency))
    return ()


def _total(
    place: int, period: Period, rows: Sequence[MatrixRow], reports: Mapping[tuple[int, int], Report]
) -> PeriodTotal:
    """How many of the shown units that must report have; who is only asked counts nowhere."""
    owing = [row for row in rows if row.part.can_be_late and row.cells[place]]
    mine = [reports[row.part.pk, period.pk] for row in owing]
    cells = [cell for row in owing if (cell := row.cells[place])]
    return PeriodTotal(
        period=period,
        owed=len(mine),
        sent=sum(was_handed_in(one.status, one.first_sent_at) for one in mine),
        received=sum(cell.state == RECEIVED for cell in cells),
        late=sum(cell.state == LATE for cell in cells),
    )
