"""The floors: the least that a page or an act over the same rows can be, behind the same middleware, log-in and CSRF.

Raw SQL and plain strings on purpose. They live in the bench's own address list and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

CELLS = "CREATE TABLE bench_cell (figure_id bigint PRIMARY KEY, amount text NOT NULL, version integer NOT NULL)"
UPSERT = (
    "INSERT INTO bench_cell (figure_id, amount, version) VALUES {rows} "
    "ON CONFLICT (figure_id) DO UPDATE SET amount = excluded.amount, version = bench_cell.version + 1"
)
BOARD = """
    SELECT i.short_name, i.unit_of_measure, t.sent_amount, t.sent_cumulative, t.sent_since_launch,
           t.official_cumulative, t.owed, t.sent, t.received, t.confirmed
    FROM indicators_total t JOIN indicators_indicator i ON i.id = t.indicator_id
    WHERE t.period_id = %s AND t.unit_id = %s ORDER BY i.position
"""
MONTH = """
    SELECT f.id, i.short_name, i.unit_of_measure, f.state, f.amount, f.text, f.note, f.version, t.sent_cumulative
    FROM indicators_figure f
    JOIN indicators_assignment a ON a.id = f.assignment_id
    JOIN indicators_indicator i ON i.id = a.indicator_id
    LEFT JOIN indicators_total t
      ON t.indicator_id = a.indicator_id AND t.unit_id = a.unit_id AND t.period_id = f.period_id
    WHERE f.submission_id = %s ORDER BY i.position
"""
REPORTS = """
    SELECT p.unit_name, s.status, s.due_on, s.last_sent_at
    FROM campaign_submission s JOIN campaign_participation p ON p.id = s.participation_id
    WHERE s.period_id = %s ORDER BY p.unit_name
"""
NATION = """
    SELECT t.period_id, COUNT(*), SUM(t.owed), SUM(t.received), SUM(t.confirmed)
    FROM indicators_total t
    WHERE t.is_node AND t.unit_id IN (SELECT authority_id FROM campaign_campaign)
      AND t.period_id IN (SELECT id FROM campaign_period WHERE number = %s)
    GROUP BY t.period_id
"""


def nation_rows(request: HttpRequest, number: int) -> HttpResponse:
    """One sum over the wholes of every campaign."""
    return _page(_rows(NATION, [number]))


def board_rows(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """The stored sums of every indicator at one node."""
    return _page(_rows(BOARD, [period, unit]))


def month_rows(request: HttpRequest, submission: int) -> HttpResponse:
    """The rows of one report."""
    return _page(_rows(MONTH, [submission]))


def one_query(request: HttpRequest, period: int) -> HttpResponse:
    """A page of one query: every report of a period."""
    return _page(_rows(REPORTS, [period]))


@require_POST
def upsert(request: HttpRequest) -> HttpResponse:
    """One upsert of every amount that was sent."""
    cells = [(int(name.rpartition("-")[2]), text) for name, text in request.POST.items() if name.startswith("amount-")]
    values: list[Any] = [value for cell in cells for value in (*cell, 1)]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(rows=", ".join(["(%s, %s, %s)"] * len(cells))), values)
    return HttpResponse(f"<p>Đã lưu {len(cells)} dòng.</p>")


def _rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _page(rows: Iterable[tuple[Any, ...]]) -> HttpResponse:
    """Rows as plain strings in a table."""
    body = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in rows)
    return HttpResponse(f"<!doctype html><html lang=vi><title>Nền</title><table>{body}</table></html>")
