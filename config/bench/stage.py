"""The scene of a run: a generated campaign in a scratch database, a web server, and persons who are logged in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from campaign.choices import SubmissionStatus
from campaign.models import Period, Submission
from config.bench.client import Person, log_in
from config.bench.result import LEAST_ROUNDS
from config.bench.server import Web
from config.generate.build import Generated
from config.generate.sizes import Size
from indicators.choices import FigureState, IndicatorKind
from indicators.models import Denominator, Figure
from indicators.services.figures import Entry, enter_figures
from indicators.services.submissions import make_move
from units import clock
from units.choices import Role
from units.models import User

WARM_UPS = 2


@dataclass
class Stage:
    """What the jobs act on."""

    size: Size
    engine: str
    made: Generated
    web: Web
    rounds: int
    people: dict[int, Person] = field(default_factory=dict)

    @property
    def is_trial(self) -> bool:
        """True when only the command is tried out: too few rounds to say anything."""
        return self.rounds < LEAST_ROUNDS

    @property
    def warm_ups(self) -> int:
        """Rounds that do not count."""
        return 1 if self.is_trial else WARM_UPS

    @property
    def on_sqlite(self) -> bool:
        """Which of the two engines."""
        return self.engine == "SQLite"

    @property
    def last(self) -> Period:
        """The month that is being entered: drafts everywhere."""
        return self._period(self.size.periods)

    @property
    def before_last(self) -> Period:
        """The month whose reports stand in every state."""
        return self._period(max(1, self.size.periods - 1))

    def _period(self, number: int) -> Period:
        return self.made.campaign.periods.get(number=number)

    def person(self, user: User) -> Person:
        """Their browser, logged in once."""
        if user.pk not in self.people:
            self.people[user.pk] = log_in(user, self.web.address)
        return self.people[user.pk]

    def clerk(self, n: int) -> Person:
        """The clerk of the n-th unit."""
        return self.person(self.made.ground.clerks[n])

    def office(self, role: Role) -> Person:
        """A person of the standing body or the authority."""
        return self.person(self.made.ground.office[role])

    def report(self, n: int, period: Period) -> Submission:
        """The report of the n-th unit."""
        return Submission.objects.get(participation__unit=self.made.ground.units[n], period=period)

    def ready(self, n: int, period: Period) -> Submission:
        """The report of the n-th unit, brought by the services to where the clerk only has to send it."""
        clerk, head = (User.objects.get(pk=one[n].pk) for one in (self.made.ground.clerks, self.made.ground.heads))
        report = self.report(n, period)
        if report.status == SubmissionStatus.RECEIVED:
            coordinator = User.objects.get(pk=self.made.ground.office[Role.COORDINATOR].pk)
            until = clock.today() + timedelta(days=7)
            report = make_move("reopen", report, by=coordinator, reason="Đo tốc độ.", expires_on=until)
        if report.status == SubmissionStatus.SENT:
            report = make_move("withdraw", report, by=clerk)
        if report.status != SubmissionStatus.ENDORSED:
            self._complete(report, clerk)
            report = make_move("endorse", report, by=head)
        return report

    def send(self, n: int, report: Submission) -> Submission:
        """Send it through the service."""
        return make_move("submit", report, by=User.objects.get(pk=self.made.ground.clerks[n].pk))

    def take_back(self, n: int, report: Submission) -> Submission:
        """Let an endorsed report be entered again."""
        return make_move("reconsider", report, by=User.objects.get(pk=self.made.ground.clerks[n].pk))

    def opened(self, n: int) -> Submission:
        """The report of the last month, taken back to where its clerk may enter: other jobs have sent some of them."""
        report = self.report(n, self.last)
        return report if report.status == SubmissionStatus.DRAFT else self.take_back(n, self.ready(n, self.last))

    def _complete(self, report: Submission, clerk: User) -> None:
        """Every missing row gets a value."""
        entries = []
        missing = report.figures.filter(state=FigureState.NOT_REPORTED)
        for figure in missing.select_related("assignment__indicator"):
            is_task = figure.kind == IndicatorKind.TASK
            values: dict[str, Any] = {"task_status": "done"} if is_task else {"amount": Decimal(7)}
            bases = figure.assignment.indicator.denominators.all() if figure.kind == IndicatorKind.RATIO else ()
            if bases:
                values["denominators"] = {str(base.pk): "900" for base in bases}
            entries.append(Entry(figure.pk, figure.version, values))
        enter_figures(report, entries, by=clerk)


#: No value is sent twice in a run: a row that does not change gets no version, and the next one would conflict.
_values = count(100)


@dataclass
class Grid:
    """The rows of one report as a clerk's browser sends them; every sending changes every row."""

    report: Submission
    figures: list[Figure] = field(default_factory=list)
    bases: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.figures = list(self.report.figures.select_related("assignment").order_by("pk"))
        for pk, indicator_id in Denominator.objects.values_list("pk", "indicator_id"):
            self.bases.setdefault(indicator_id, []).append(pk)

    def next_form(self) -> dict[str, object]:
        """The whole form with other values than before."""
        form: dict[str, object] = {}
        for figure in self.figures:
            form |= self._row(figure)
        return form

    def next_row(self, n: int) -> dict[str, object]:
        """One row with another value than before."""
        return self._row(self.figures[n]) | {"key": f"bench-{next(_values)}"}

    def _row(self, figure: Figure) -> dict[str, object]:
        """The inputs of a row; the version that the page would have been drawn with."""
        pk, value = figure.pk, next(_values)
        row: dict[str, object] = {f"version-{pk}": figure.version, f"note-{pk}": figure.note}
        if figure.kind == IndicatorKind.TASK:
            row |= {f"task_status-{pk}": "in_progress", f"text-{pk}": f"Đã làm {value} việc."}
        else:
            row |= {f"amount-{pk}": str(value), f"year_estimate-{pk}": ""}
        for base in self.bases.get(figure.assignment.indicator_id, []):
            row[f"denominator-{base}-{pk}"] = "900"
        figure.version += 1
        return row

    def only_numbers(self) -> list[int]:
        """Where in the list the rows with a number are."""
        return [n for n, figure in enumerate(self.figures) if figure.kind == IndicatorKind.QUANTITY]
