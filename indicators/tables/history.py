"""One figure through its versions: who, on whose behalf, when, old and new, why, and which marks each version bears."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaign.rules.workflow import SENDING_MOVES
from indicators.choices import Channel, FigureState, TaskStatus, VersionKind
from indicators.models import Denominator, Figure, FigureVersion, Indicator
from units import clock
from vietnamese.dates import format_date, format_moment, relative_moment
from vietnamese.numbers import format_trimmed

LABELS = {
    "task_status": "Tình hình",
    "text": "Nội dung",
    "step": "Đã xong bước",
    "percent": "Mức độ (%)",
    "is_estimate": "Ước thực hiện",
    "is_cumulative": "Nhập là số lũy kế",
    "year_estimate": "Ước cả năm",
    "note": "Ghi chú, lý do",
    "data_source": "Nguồn số liệu",
    "as_of_on": "Số liệu đến ngày",
}


@dataclass(frozen=True)
class Change:
    """One column that a version changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionRow:
    """One version as text."""

    sequence: int
    kind: str
    kind_label: str
    by: str
    stand_in: str
    at: str
    when: str
    on_behalf: str
    value: str
    changes: tuple[Change, ...]
    reason: str
    marks: tuple[str, ...]
    origin: str


def version_rows(figure: Figure, *, only_sent: bool) -> list[VersionRow]:
    """The versions, the newest first; who is not of the unit sees only what was sent. Three queries at most."""
    versions = list(figure.versions.select_related("by", "on_behalf_of", "stand_in__lender").order_by("sequence"))
    if only_sent:
        versions = _sent_ones(figure, versions)
    bases = {str(row.pk): row.name for row in Denominator.objects.filter(indicator=figure.assignment.indicator_id)}
    rows = []
    before: FigureVersion | None = None
    for version in versions:
        rows.append(_row(figure, version, before, bases))
        before = version
    return rows[::-1]


def _sent_ones(figure: Figure, versions: list[FigureVersion]) -> list[FigureVersion]:
    """What the office may read: what was sent at each sending, what was entered for the unit, what was reconciled.

    What the unit typed and corrected before it sent has never left the unit.
    """
    last = figure.sent_version.sequence if figure.sent_version else 0
    own = [one for one in versions if one.sequence <= last and one.kind != VersionKind.RECONCILED]
    seen = {figure.sent_version_id, figure.received_version_id, figure.confirmed_version_id}
    seen |= {one.pk for one in own if one.kind == VersionKind.ON_BEHALF}
    seen |= {one.pk for one in versions if one.kind == VersionKind.RECONCILED}
    for sent_at in figure.submission.moves.filter(move__in=SENDING_MOVES).values_list("at", flat=True):
        seen |= {one.pk for one in [one for one in own if one.at <= sent_at][-1:]}
    return [one for one in versions if one.pk in seen]


def _row(figure: Figure, version: FigureVersion, before: FigureVersion | None, bases: dict[str, str]) -> VersionRow:
    """One version against the one before."""
    indicator = figure.assignment.indicator
    return VersionRow(
        sequence=version.sequence,
        kind=version.kind,
        kind_label=version.get_kind_display(),
        by=str(version.by),
        stand_in=str(version.stand_in) if version.stand_in else "",
        at=format_moment(version.at),
        when=relative_moment(version.at, clock.now()),
        on_behalf=on_behalf_words(version),
        value=value_text(version, indicator),
        changes=tuple(_changes(version, before, indicator, bases)),
        reason=version.reason,
        marks=_marks(figure, version),
        origin=version.origin,
    )


def value_text(version: FigureVersion, indicator: Indicator) -> str:
    """What was reported, in words: the number with its unit, "không phát sinh", or the status of a task."""
    if version.state == FigureState.NOTHING_AROSE:
        return "không phát sinh"
    if version.amount is not None:
        estimate = " (ước)" if version.is_estimate else ""
        return f"{format_trimmed(version.amount, indicator.decimals)} {indicator.unit_of_measure}{estimate}"
    if version.task_status:
        return str(TaskStatus(version.task_status).label)
    return "để trống" if version.state == FigureState.NOT_REPORTED else "đã báo cáo"


def on_behalf_words(version: FigureVersion) -> str:
    """For whom, by what way and on whose word it was entered."""
    if version.on_behalf_of is None and not version.document:
        return ""
    parts = [f"Nhập thay {version.on_behalf_of.short_name}"] if version.on_behalf_of else []
    if version.channel:
        parts.append(f"nhận qua {str(Channel(version.channel).label).lower()}")
    if version.informant:
        parts.append(f"người cung cấp: {version.informant}")
    if version.document:
        day = f" ngày {format_date(version.document_on)}" if version.document_on else ""
        parts.append(f"văn bản {version.document}{day}")
    told = "; ".join(parts)
    return told[:1].upper() + told[1:]


def _marks(figure: Figure, version: FigureVersion) -> tuple[str, ...]:
    """Which of the report's facts point to this version."""
    marks = (
        (figure.sent_version_id, "đã gửi"),
        (figure.received_version_id, "đã tiếp nhận"),
        (figure.confirmed_version_id, "đã xác nhận"),
        (figure.reconciled_version_id, "sau đối chiếu"),
    )
    return tuple(word for pk, word in marks if pk == version.pk)


def _changes(
    version: FigureVersion, before: FigureVersion | None, indicator: Indicator, bases: dict[str, str]
) -> list[Change]:
    """The columns whose text differs from the version before."""
    found = []
    new, old = value_text(version, indicator), value_text(before, indicator) if before else ""
    if before and new != old:
        found.append(Change("Số liệu" if indicator.is_numeric else "Báo cáo", old, new))
    for name, label in LABELS.items():
        if name == "task_status":
            continue
        new = _text(getattr(version, name))
        old = _text(getattr(before, name)) if before else ""
        if new != old:
            found.append(Change(label, old, new))
    for key, name in bases.items():
        new = _text(_decimal(version.denominators.get(key)))
        old = _text(_decimal(before.denominators.get(key))) if before else ""
        if new != old:
            found.append(Change(name, old, new))
    return found


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text(value: object) -> str:
    """A column's value for reading."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "có"
    if isinstance(value, Decimal):
        return format_trimmed(value)
    return format_date(value) if hasattr(value, "isoformat") else str(value)  # type: ignore[arg-type]
