"""Lists of what the standing body keeps: inspections, conclusions, action items, good work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from followup.choices import RecordKind
from followup.models import ActionItem, Conclusion, Inspection, Record
from followup.permissions import why_not_withdraw_record
from followup.tables.of_campaign import of_campaign
from followup.tables.reporting import (
    ActionLine,
    ConclusionLine,
    InspectionLine,
    RecordLine,
    action_line,
    inspection_line,
    record_line,
)
from units import clock
from units.choices import Origin
from units.models import User
from vietnamese.dates import format_date

#: Queries of each list, however many rows there are: inspections read units, papers and recommendations beside.
QUERIES = {"inspections": 4, "conclusions": 1, "actions": 1, "records": 1}
MOST = 300
OPEN, LATE, DONE = "chua-xong", "qua-han", "da-xong"
STATES: dict[str, str] = {OPEN: "Chưa xong", LATE: "Quá hạn", DONE: "Đã xong", "tat-ca": "Tất cả"}
KINDS: dict[str, str] = {str(one.value): str(one.label) for one in RecordKind}
CONCLUSION = ("pk", "meeting", "number", "dated", "origin", "campaign_id")


@dataclass(frozen=True)
class ActionRow:
    """One action item in a list, with where it comes from."""

    line: ActionLine
    source: str
    indicator: str


@dataclass(frozen=True)
class RecordGroup:
    """The records of one content area, each with whether the person may take it off the list."""

    title: str
    rows: tuple[tuple[RecordLine, bool], ...]


def inspection_list(user: User, wanted: Mapping[str, str]) -> tuple[InspectionLine, ...]:
    """Inspections that the person sees, by the filter of the address, the latest first."""
    rows = of_campaign(Inspection.objects.visible_to(user), wanted).prefetch_related(
        "units", "papers", "recommendations"
    )
    return tuple(inspection_line(row) for row in rows.order_by("-starts_on", "-pk")[:MOST])


def conclusion_list(user: User, wanted: Mapping[str, str]) -> tuple[ConclusionLine, ...]:
    """Conclusions that the person sees, by the filter of the address, the latest first."""
    rows = of_campaign(Conclusion.objects.visible_to(user), wanted).order_by("-dated", "-pk")
    done = Count("items", filter=Q(items__done_at__isnull=False))
    counted = rows.values_list(*CONCLUSION).annotate(todo=Count("items"), done=done)[:MOST]
    return tuple(
        ConclusionLine(pk, meeting, number, format_date(dated), items, ready, origin == Origin.ILLUSTRATIVE, of)
        for pk, meeting, number, dated, origin, of, items, ready in counted
    )


def action_list(user: User, wanted: Mapping[str, str]) -> tuple[ActionRow, ...]:
    """Action items that the person sees, by the filter of the address, the next due day first."""
    rows = of_campaign(ActionItem.objects.visible_to(user), wanted)
    state = wanted.get("trang_thai") or OPEN
    if state == OPEN:
        rows = rows.open()
    elif state == LATE:
        rows = rows.overdue(clock.today())
    elif state == DONE:
        rows = rows.filter(done_at__isnull=False)
    return action_rows(rows.select_related("owner_unit", "inspection", "conclusion", "indicator")[:MOST])


def action_rows(rows: Iterable[ActionItem]) -> tuple[ActionRow, ...]:
    """Action items as rows; owner, source and indicator were read with them."""
    today = clock.today()
    return tuple(
        ActionRow(
            line=action_line(row, today),
            source=f"Kiểm tra: {row.inspection}" if row.inspection else f"Kết luận: {row.conclusion}",
            indicator=row.indicator.short_name if row.indicator else "",
        )
        for row in rows
    )


def record_list(user: User, wanted: Mapping[str, str]) -> tuple[RecordGroup, ...]:
    """Good work by content area, by the filter of the address."""
    rows = of_campaign(Record.objects.visible_to(user), wanted).filter(withdrawn_at=None)
    if wanted.get("loai") in RecordKind.values:
        rows = rows.filter(kind=wanted["loai"])
    groups: dict[str, list[tuple[RecordLine, bool]]] = {}
    found = rows.select_related("area", "unit", "campaign", "file")
    for row in found.order_by("area__position", "-happened_on", "-pk")[:MOST]:
        line = record_line(row)
        groups.setdefault(line.area, []).append((line, not why_not_withdraw_record(row, user)))
    return tuple(RecordGroup(title, tuple(lines)) for title, lines in groups.items())
