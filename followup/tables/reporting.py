"""What the narrative parts of a report (I, III, V) and other pages read: plain rows of a campaign, every value as text.

Each function takes the campaign and, where it tells of a span of time, its first and last day; none asks who reads, so
the caller has checked that. One query each, four for inspections.

Part I (công tác chỉ đạo): ``inspection_lines``, ``conclusion_lines``, ``action_lines``, ``publication_counts``,
``publication_lines``, ``reminder_counts``. Part III (đánh giá): ``example_lines``, ``obstacle_lines``,
``cause_counts``, ``explanation_lines``. Part V (kiến nghị, khen thưởng): ``praise_lines`` and the escalated ones
among ``obstacle_lines``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from campaign.models import Campaign, Period
from followup.choices import EXAMPLE_KINDS, PUBLICATION_KINDS, CauseKind, ObstacleState, RecordKind
from followup.models import ActionItem, Conclusion, Explanation, Inspection, Obstacle, Record, Reminder
from followup.rules.obstacles import OPEN_STATES
from units import clock
from units.choices import Origin
from vietnamese.dates import HO_CHI_MINH, end_of_day, format_date, format_document_date


@dataclass(frozen=True)
class ObstacleLine:
    """One obstacle in words."""

    pk: int
    unit: str
    unit_id: int
    indicator: str
    indicator_id: int | None
    area_id: int | None
    title: str
    text: str
    kind: str
    kind_word: str
    cause: str
    state: str
    state_word: str
    owner: str
    due: str
    is_open: bool
    is_overdue: bool
    is_escalated: bool
    resolution: str
    is_illustrative: bool
    campaign_id: int = 0


@dataclass(frozen=True)
class ExplanationLine:
    """One request for causes or account, with its answer, in words."""

    pk: int
    kind_word: str
    unit: str
    unit_id: int
    indicator: str
    indicator_id: int | None
    state_word: str
    due: str
    is_overdue: bool
    cause: str
    remedy: str
    remedy_due: str
    is_illustrative: bool
    campaign_id: int = 0


@dataclass(frozen=True)
class InspectionLine:
    """One inspection with its papers, in words."""

    pk: int
    name: str
    units: tuple[str, ...]
    days: str
    papers: tuple[str, ...]
    strengths: str
    shortcomings: str
    recommendations: int
    recommendations_done: int
    is_illustrative: bool
    campaign_id: int = 0


@dataclass(frozen=True)
class ConclusionLine:
    """One conclusion of a meeting, in words."""

    pk: int
    meeting: str
    number: str
    dated: str
    items: int
    items_done: int
    is_illustrative: bool
    campaign_id: int = 0


@dataclass(frozen=True)
class ActionLine:
    """One thing to be done, in words."""

    pk: int
    text: str
    owner: str
    owner_unit_id: int
    due: str
    is_done: bool
    is_overdue: bool
    result: str
    is_illustrative: bool
    campaign_id: int = 0


@dataclass(frozen=True)
class RecordLine:
    """One good example, piece of news or proposal, in words."""

    pk: int
    area_id: int
    area: str
    kind: str
    kind_word: str
    title: str
    unit: str
    text: str
    on: str
    outlet: str
    link: str
    file_id: int | None
    file_name: str
    is_illustrative: bool
    campaign_id: int = 0


def obstacle_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[ObstacleLine, ...]:
    """Obstacles raised by the last day and open in the span: not resolved or withdrawn before its first day."""
    still = Q(state__in=OPEN_STATES) | Q(resolved_at__gte=_start(starts_on))
    rows = Obstacle.objects.filter(still, campaign=campaign, raised_at__lt=end_of_day(ends_on))
    rows = rows.select_related("unit", "indicator", "cause", "owner_unit").order_by("kind", "raised_at", "pk")
    return tuple(obstacle_line(row, ends_on) for row in rows)


def unit_obstacle_lines(unit_id: int, period: Period, until: datetime) -> tuple[ObstacleLine, ...]:
    """What a unit had raised of a period by a moment, or before its end and was not rid of: one query."""
    still = Q(state__in=OPEN_STATES) | Q(resolved_at__gte=_start(period.starts_on))
    earlier = still & Q(raised_at__lt=end_of_day(period.ends_on))
    rows = Obstacle.objects.filter(earlier | Q(period=period), campaign=period.campaign_id, unit=unit_id)
    rows = rows.exclude(state=ObstacleState.WITHDRAWN).filter(raised_at__lte=until)
    rows = rows.select_related("unit", "indicator", "cause", "owner_unit").order_by("kind", "raised_at", "pk")
    return tuple(obstacle_line(row, period.ends_on) for row in rows)


def obstacle_line(row: Obstacle, on: date) -> ObstacleLine:
    """One obstacle as it stands on a day."""
    return ObstacleLine(
        pk=row.pk,
        unit=row.unit.name,
        unit_id=row.unit_id,
        indicator=row.indicator.short_name if row.indicator else "",
        indicator_id=row.indicator_id,
        area_id=row.indicator.area_id if row.indicator else None,
        title=row.title,
        text=row.text,
        kind=row.kind,
        kind_word=str(CauseKind(row.kind).label).lower(),
        cause=row.cause.name if row.cause else "",
        state=row.state,
        state_word=str(ObstacleState(row.state).label),
        owner=", ".join(filter(None, (row.owner, row.owner_unit.name if row.owner_unit else ""))),
        due=format_date(row.due_on) if row.due_on else "",
        is_open=row.state in OPEN_STATES,
        is_overdue=row.is_overdue(on),
        is_escalated=row.escalated_at is not None,
        resolution=row.resolution,
        is_illustrative=_illustrative(row.origin),
        campaign_id=row.campaign_id,
    )


def cause_counts(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[tuple[str, str, int], ...]:
    """How many obstacles of the span stand under which cause: (kind word, cause, number), most frequent first."""
    counted: Counter[tuple[str, str]] = Counter()
    for line in obstacle_lines(campaign, starts_on, ends_on):
        counted[line.kind_word, line.cause or line.title] += 1
    return tuple((kind, cause, number) for (kind, cause), number in counted.most_common())


def explanation_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[ExplanationLine, ...]:
    """Requests of the span, and earlier ones that are still followed."""
    rows = Explanation.objects.filter(campaign=campaign, asked_at__lt=end_of_day(ends_on))
    rows = rows.filter(Q(asked_at__gte=_start(starts_on)) | Q(pk__in=Explanation.objects.open()))
    ordered = rows.select_related("unit", "indicator").order_by("asked_at", "pk")
    return tuple(explanation_line(row, ends_on) for row in ordered)


def explanation_line(row: Explanation, on: date) -> ExplanationLine:
    """One request as it stands on a day."""
    return ExplanationLine(
        pk=row.pk,
        kind_word=row.get_kind_display(),
        unit=row.unit.name,
        unit_id=row.unit_id,
        indicator=row.indicator.short_name if row.indicator else "",
        indicator_id=row.indicator_id,
        state_word=row.get_state_display(),
        due=format_date(row.due_on),
        is_overdue=row.is_overdue(on),
        cause=row.cause_text,
        remedy=row.remedy,
        remedy_due=format_date(row.remedy_due_on) if row.remedy_due_on else "",
        is_illustrative=_illustrative(row.origin),
        campaign_id=row.campaign_id,
    )


def inspection_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[InspectionLine, ...]:
    """Inspections that took place in the span, oldest first, with their papers."""
    rows = Inspection.objects.filter(campaign=campaign, starts_on__lte=ends_on, ends_on__gte=starts_on)
    rows = rows.prefetch_related("units", "papers", "recommendations").order_by("starts_on", "pk")
    return tuple(inspection_line(row) for row in rows)


def inspection_line(row: Inspection) -> InspectionLine:
    """One inspection; units, papers and recommendations are read beforehand."""
    papers = sorted(row.papers.all(), key=lambda one: (one.dated, one.pk))
    todo = list(row.recommendations.all())
    return InspectionLine(
        pk=row.pk,
        name=row.name,
        units=tuple(unit.name for unit in row.units.all()),
        days=_days(row.starts_on, row.ends_on),
        papers=tuple(f"{one.get_kind_display()} số {one.number} ngày {_on_paper(one.dated)}" for one in papers),
        strengths=row.strengths,
        shortcomings=row.shortcomings,
        recommendations=len(todo),
        recommendations_done=sum(one.done_at is not None for one in todo),
        is_illustrative=_illustrative(row.origin),
        campaign_id=row.campaign_id,
    )


def conclusion_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[ConclusionLine, ...]:
    """Conclusions dated in the span, oldest first."""
    rows = Conclusion.objects.filter(campaign=campaign, dated__gte=starts_on, dated__lte=ends_on)
    done = Count("items", filter=Q(items__done_at__isnull=False))
    columns = ("pk", "meeting", "number", "dated", "origin")
    counted = rows.order_by("dated", "pk").values_list(*columns).annotate(todo=Count("items"), done=done)
    return tuple(
        ConclusionLine(pk, meeting, number, _on_paper(dated), items, done, _illustrative(origin))
        for pk, meeting, number, dated, origin, items, done in counted
    )


def action_lines(campaign: Campaign, on: date) -> tuple[ActionLine, ...]:
    """Everything that inspections and conclusions ask for, by due day, as it stands on a day."""
    rows = ActionItem.objects.filter(campaign=campaign, added_at__lt=end_of_day(on)).select_related("owner_unit")
    return tuple(action_line(row, on) for row in rows.order_by("due_on", "pk"))


def action_line(row: ActionItem, on: date) -> ActionLine:
    """One thing to be done as it stands on a day."""
    return ActionLine(
        pk=row.pk,
        text=row.text,
        owner=", ".join(filter(None, (row.owner, row.owner_unit.name))),
        owner_unit_id=row.owner_unit_id,
        due=format_date(row.due_on),
        is_done=row.done_at is not None,
        is_overdue=row.is_overdue(on),
        result=row.result,
        is_illustrative=_illustrative(row.origin),
        campaign_id=row.campaign_id,
    )


def example_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[RecordLine, ...]:
    """Điển hình, mô hình of the span by content area."""
    return _records(campaign, starts_on, ends_on, EXAMPLE_KINDS)


def publication_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[RecordLine, ...]:
    """Tin, bài of the span by content area."""
    return _records(campaign, starts_on, ends_on, PUBLICATION_KINDS)


def praise_lines(campaign: Campaign, starts_on: date, ends_on: date) -> tuple[RecordLine, ...]:
    """Đề xuất biểu dương of the span; a plain list, no points."""
    return _records(campaign, starts_on, ends_on, (RecordKind.PRAISE,))


def publication_counts(campaign: Campaign, starts_on: date, ends_on: date) -> dict[str, int]:
    """How many tin and bài were published in the span: {"Tin": 12, "Bài": 3}."""
    rows = Record.objects.filter(campaign=campaign, withdrawn_at=None, kind__in=PUBLICATION_KINDS)
    rows = rows.filter(happened_on__gte=starts_on, happened_on__lte=ends_on).order_by()
    counted = dict(rows.values_list("kind").annotate(number=Count("pk")))
    return {str(kind.label): counted.get(kind.value, 0) for kind in PUBLICATION_KINDS}


def reminder_counts(campaign: Campaign, starts_on: date, ends_on: date) -> dict[str, int]:
    """Reminders sent in the span, the units they went to, those that the leaders heard of."""
    rows = Reminder.objects.filter(
        campaign=campaign, sent_at__gte=_start(starts_on), sent_at__lt=end_of_day(ends_on)
    ).order_by()
    return rows.aggregate(
        reminders=Count("pk"),
        units=Count("unit", distinct=True),
        escalated=Count("pk", filter=Q(is_escalated=True)),
    )


def _records(
    campaign: Campaign, starts_on: date, ends_on: date, kinds: tuple[RecordKind, ...]
) -> tuple[RecordLine, ...]:
    rows = Record.objects.filter(campaign=campaign, withdrawn_at=None, kind__in=kinds)
    rows = rows.filter(happened_on__gte=starts_on, happened_on__lte=ends_on).select_related("area", "unit", "file")
    return tuple(record_line(row) for row in rows.order_by("area__position", "happened_on", "pk"))


def record_line(row: Record) -> RecordLine:
    """One record in words."""
    return RecordLine(
        pk=row.pk,
        area_id=row.area_id,
        area=row.area.heading,
        kind=row.kind,
        kind_word=row.get_kind_display(),
        title=row.title,
        unit=row.unit.name if row.unit else "",
        text=row.text,
        on=format_date(row.happened_on),
        outlet=row.outlet,
        link=row.link,
        file_id=row.file_id,
        file_name=row.file.name if row.file else "",
        is_illustrative=_illustrative(row.origin),
        campaign_id=row.campaign_id,
    )


def _days(starts_on: date, ends_on: date) -> str:
    """ "ngày 05/9/2024" or "từ ngày 05/9/2024 đến ngày 06/9/2024"."""
    if starts_on == ends_on:
        return f"ngày {_on_paper(starts_on)}"
    return f"từ ngày {_on_paper(starts_on)} đến ngày {_on_paper(ends_on)}"


def _on_paper(day: date) -> str:
    return format_document_date(day)


def _start(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), HO_CHI_MINH)


def _illustrative(origin: str) -> bool:
    return origin == Origin.ILLUSTRATIVE


def open_obstacle_lines(campaign: Campaign) -> tuple[ObstacleLine, ...]:
    """Obstacles open today, for homes and boards."""
    today = clock.today()
    return tuple(line for line in obstacle_lines(campaign, today, today) if line.is_open)
