"""The import of one filled workbook, built in this process: ours beside the library's bare read and a bare save."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection
from openpyxl import load_workbook

from campaign.models import Submission
from config.bench.arithmetic import Series
from config.bench.floors import UPSERT
from config.bench.result import Goal, Result
from config.bench.stage import Stage
from indicators.exports.template import Refill, template_workbook
from indicators.imports.differences import differences
from indicators.imports.reading import touched_rows
from indicators.services.figures import enter_figures
from indicators.tables.month_template import month_template
from indicators.tables.template import NUMBER, Template
from units.models import User

#: Beside which unit of the scene nobody else writes.
UNIT = 2
_values = count(1000)


def measure(stage: Stage) -> Result:
    """Reading, comparing and saving every row; the filling in between is done while nobody looks at the clock."""
    n = UNIT % stage.size.units
    report = stage.report(n, stage.last)
    clerk = User.objects.get(pk=stage.made.ground.clerks[n].pk)
    ours, floor = Series(), Series()
    for number in range(-stage.warm_ups, stage.rounds):
        content = _filled(month_template(report, clerk))
        rounds = [_seconds(lambda: _import(report, clerk, content))], [_seconds(lambda: _bare(content))]  # noqa: B023
        if number >= 0:
            ours.rounds.append(rounds[0])
            floor.rounds.append(rounds[1])
    rows = report.figures.count()
    result = Result(f"Nạp tệp Excel {rows} dòng", stage.engine, "openpyxl đọc và một lệnh upsert", Goal(2))
    result.put_times(ours, floor)
    result.bytes = len(content)
    return result


def _filled(template: Template) -> bytes:
    """The workbook as a clerk sends it back: another number in every row that takes one."""
    keys = {column.key for column in template.columns if column.kind == NUMBER}
    refills = {}
    for row in template.rows:
        typed = {key: Decimal(next(_values)) for key in row.cells if key in keys and key != "year_estimate"}
        refills[row.figure.pk] = Refill({key: str(value) for key, value in typed.items()}, typed)
    return template_workbook(template, made_at="", refills=refills)


def _import(report: Submission, clerk: User, content: bytes) -> None:
    """What the two requests of a person do: the file is read and compared, then every row is written."""
    template = month_template(report, clerk)
    preview = differences(template, touched_rows(content, subject=template.subject, about=template.about))
    enter_figures(report, [row.entry for row in preview.right if row.entry], by=clerk)


def _bare(content: bytes) -> None:
    """The same file read by the library alone, and as many amounts in one statement."""
    workbook = load_workbook(io.BytesIO(content), read_only=True)
    cells = [row for row in workbook.worksheets[0].iter_rows(values_only=True) if isinstance(row[0], int)]
    values: list[Any] = [value for row in cells for value in (row[0], str(row[-1]), 1)]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(rows=", ".join(["(%s, %s, %s)"] * len(cells))), values)


def _seconds(act: Callable[[], None]) -> float:
    """Of this process alone, as for the other files."""
    begun = time.process_time()
    act()
    return time.process_time() - begun
