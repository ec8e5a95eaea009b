"""Where the numbers of a row come from, in the words of a cell's comment: no query."""

from __future__ import annotations

from indicators.models import Opening
from indicators.models.indicator import Cited
from indicators.tables.standings import Standing
from reports.tables.told import Told
from units.choices import Origin
from vietnamese.dates import format_date


def target_source(standing: Standing) -> str:
    """Who set the plan, by which decision, from when it holds, and where it is written."""
    main = standing.main
    if main is None:
        return ""
    decision = f"Quyết định số {main.decision_number}" if main.decision_number else ""
    if decision and main.decided_on:
        decision += f" ngày {format_date(main.decided_on)}"
    given = f"Cơ quan giao: {main.set_by}" if main.set_by else ""
    revised = f"Điều chỉnh lần {main.sequence - 1}" if main.sequence > 1 else ""
    if standing.given_text:
        revised = f"{revised} ({standing.given_text}): {main.reason}"
    return _lines(given, decision, f"Áp dụng từ ngày {format_date(main.valid_from)}", revised, _origin(main))


def opening_source(standing: Standing) -> str:
    """Up to when the opening counts and where it is written."""
    return _lines(*(_opening(one) for one in standing.openings))


def figure_source(standing: Standing) -> str:
    """Up to which day the figures count, of how many units, how many of them confirmed."""
    if standing.now is None or not standing.has_figure:
        return ""
    until = f"Số liệu đến ngày {format_date(standing.on)}"
    counted = f"{standing.counted}/{standing.owed} đơn vị, đã xác nhận {standing.confirmed}" if standing.is_due else ""
    return _lines(until, counted, "Số liệu minh họa" if standing.now.is_illustrative else "")


def told_source(told: Told | None) -> str:
    """What the unit itself named as the source of its figure."""
    if told is None:
        return ""
    source = f"Nguồn: {told.data_source}" if told.data_source else ""
    until = f"Số liệu đến ngày {format_date(told.as_of_on)}" if told.as_of_on else ""
    return _lines(source, until)


def _opening(row: Opening) -> str:
    until = f"Đến ngày {format_date(row.as_of_on)}" if row.as_of_on else "Văn bản không nêu đến ngày nào"
    return _lines(until, _origin(row))


def _origin(row: Cited) -> str:
    """The label of the source, and the document's own words; what the office itself set needs no label."""
    quote = f"“{row.quote}”" if row.quote else row.source_note
    if row.origin == Origin.OFFICE:
        return quote
    label = f"Nguồn: {str(Origin(row.origin).label).lower()}"
    return f"{label}: {quote}" if quote else label


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
