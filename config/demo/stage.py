"""The stage of the replay: people, reports and the values that the files hold for each row."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from campaign.choices import PeriodKind
from campaign.models import Campaign, Period, Submission
from config.demo.cells import DemoError, read_cell
from config.demo.script import clerks, read_json, read_rows, source_day
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Denominator, Figure
from units.choices import Origin
from units.models import OrgUnit, User

#: The period whose figures carry ước cả năm: cadres are evaluated from them before 15/12.
ESTIMATE_PERIOD = "11"


def period_key(period: Period) -> str:
    """How the files name a period: its month, the last day of a supplementary one, "nhanh-" and that of a quick one."""
    if period.is_flash:
        return f"nhanh-{period.ends_on.isoformat()}"
    return str(period.month) if period.kind == PeriodKind.MONTH else period.ends_on.isoformat()


class Stage:
    """What an act needs to find: read once, for nothing of it changes during the replay."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.users = {user.username: user for user in User.objects.filter(is_demo=True)}
        self.units = {unit.key: unit for unit in OrgUnit.objects.all()}
        self.read_periods()
        self.clerks = clerks()
        bases = Denominator.objects.filter(indicator__campaign=campaign, is_reported=True)
        self.denominators = dict(bases.values_list("indicator_id", "pk"))
        self.cells = {(row["indicator"], row["unit"]): row for row in read_rows("figures.csv")}
        self.tasks = read_json("tasks.json")["tasks"]
        self.notes = read_json("notes.json")["notes"]
        self.places = self._places()

    def read_periods(self) -> None:
        """The periods and the reports owed in them; again after a quick report was opened."""
        self.periods = {period_key(period): period for period in self.campaign.periods.all()}
        names = {period.pk: key for key, period in self.periods.items()}
        reports = Submission.objects.filter(period__campaign=self.campaign).select_related("participation__unit")
        self.report_ids = {(row.participation.unit.key, names[row.period_id]): row.pk for row in reports}

    def _places(self) -> dict[tuple[str, str], int]:
        """The place of each unit among those that report a task, so that they do not all say the same."""
        places: dict[str, list[str]] = defaultdict(list)
        rows = Assignment.objects.filter(indicator__campaign=self.campaign, role=AssignmentRole.REPORTS)
        for code, unit in rows.order_by("pk").values_list("indicator__code", "unit__key"):
            places[code].append(unit)
        return {(code, unit): place for code, units in places.items() for place, unit in enumerate(units)}

    def person(self, username: str) -> User:
        """An account of the demo."""
        if username not in self.users:
            raise DemoError(f"Dữ liệu minh họa: không có tài khoản “{username}”.")
        return self.users[username]

    def report(self, unit: str, period: str) -> Submission:
        """A unit's report of a period, as it stands now."""
        if (unit, period) not in self.report_ids:
            raise DemoError(f"Dữ liệu minh họa: {unit} không có báo cáo kỳ {period}.")
        return Submission.objects.in_place().get(pk=self.report_ids[unit, period])

    def figures(self, report: Submission) -> dict[str, Figure]:
        """The rows of a report by the code of their indicator, in the order of the form."""
        rows = Figure.objects.filter(submission=report).select_related("assignment__indicator", "assignment__person")
        rows = rows.order_by("assignment__indicator__area__position", "assignment__indicator__position")
        return {row.assignment.indicator.code: row for row in rows}

    def told(self, figure: Figure, unit: str, period: str, at: datetime) -> dict[str, Any]:
        """The values that the files tell for a row; nothing where they tell none."""
        indicator = figure.assignment.indicator
        if indicator.is_numeric:
            values = self._number(figure, unit, period)
        else:
            values = self._task(indicator.code, unit, period)
        if not values:
            return {}
        note = self.notes.get(period, {}).get(unit, {}).get(indicator.code, values.get("note", ""))
        values |= {"note": note, "origin": Origin.ILLUSTRATIVE}
        if indicator.asks_source_date:
            values |= {"data_source": indicator.data_source, "as_of_on": source_day(at)}
        return values

    def _number(self, figure: Figure, unit: str, period: str) -> dict[str, Any]:
        """A number out of figures.csv, with ước cả năm where its period asks for it."""
        indicator = figure.assignment.indicator
        row = self.cells.get((indicator.code, unit), {})
        if not row.get(period):
            return {}
        values = read_cell(row[period]).values(self.denominators.get(indicator.pk))
        if period == ESTIMATE_PERIOD and row["year"]:
            values["year_estimate"] = Decimal(row["year"])
        return values

    def _task(self, code: str, unit: str, period: str) -> dict[str, Any]:
        """How a task stands, out of tasks.json: the last line that has begun."""
        number = self.periods[period].number
        begun = [
            line
            for line in self.tasks.get(code, [])
            if self.periods[line["from"]].number <= number and unit in line.get("only", [unit])
        ]
        if not begun:
            return {}
        line = begun[-1]
        values: dict[str, Any] = {
            "task_status": line["status"],
            "text": line["texts"][self.places[code, unit] % len(line["texts"])],
            "note": line.get("note", ""),
        }
        if "step" in line:
            values["step"] = line["step"]
        if "percent" in line:
            values["percent"] = Decimal(line["percent"])
        return values
