"""One unit's report as the standing body reads it: what changed since it was last sent is open, the rest folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from campaign.models import Submission
from campaign.rules.workflow import MOVES, SENDING_MOVES
from indicators.choices import VersionKind
from indicators.models import Assignment, Figure, FigureVersion
from indicators.permissions import why_not_move
from indicators.tables.moves import Action
from indicators.tables.sent import QUERIES as SENT_QUERIES
from indicators.tables.sent import read_sent
from indicators.tables.sent_rows import SentRow, common_origin, sent_row, version_text
from units.models import User

#: At most so many queries asks ``report_table``, however many rows there are.
QUERIES = SENT_QUERIES + 2

#: What an office asks for most; offered while typing, never forced.
REASON_TEMPLATES = (
    "Số liệu khác số của cơ quan chủ trì; đề nghị kiểm tra lại.",
    "Số lũy kế giảm so với kỳ trước; đề nghị kiểm tra hoặc ghi lý do.",
    "Nghi nhầm đơn vị tính (tỷ đồng, triệu đồng); đề nghị kiểm tra lại.",
    "Nhập số lũy kế vào ô số trong kỳ; đề nghị sửa lại.",
    "Thiếu minh chứng; đề nghị bổ sung tệp.",
    "Thiếu nguồn số liệu hoặc ngày chốt số liệu; đề nghị ghi rõ.",
    "Chưa nêu kết quả đã làm trong kỳ; đề nghị bổ sung nội dung.",
    "Chưa ghi nguyên nhân chậm; đề nghị bổ sung.",
)
#: The moves of the standing body on one report, in the order of their buttons.
OFFICE_MOVES = ("receive", "request_changes", "reopen", "close")


@dataclass(frozen=True)
class AreaGroup:
    """Rows of one content area."""

    title: str
    rows: tuple[SentRow, ...]


@dataclass(frozen=True)
class ReportTable:
    """The rows in two parts: open (changed, or asked for) and folded."""

    open: tuple[AreaGroup, ...]
    folded: tuple[AreaGroup, ...]
    changed: int
    unchanged: int
    warnings: int
    folded_rows: int
    folded_warnings: int
    is_sent: bool
    is_sent_again: bool
    not_assigned: tuple[str, ...]
    common_origin: str


def report_table(submission: Submission) -> ReportTable:
    """One report; rows that changed since the last sending, or were asked for, are open: all when it came once."""
    figures = Figure.objects.filter(submission=submission).select_related("assignment__indicator__area__parent")
    ordered = figures.order_by("assignment__indicator__area__position", "assignment__indicator__position", "pk")
    source = read_sent(ordered, submission.participation.campaign, submission.period)
    sendings = list(submission.moves.filter(move__in=SENDING_MOVES).order_by("sequence").values_list("at", flat=True))
    is_again = len(sendings) > 1
    figures_by_id = {figure.pk: figure for figure in source.figures}
    rows = _marked_as_changed(
        [sent_row(source, figure) for figure in source.figures], figures_by_id, sendings[-2] if is_again else None
    )
    changed = sum(row.is_changed for row in rows)
    folded = [row for row in rows if not (row.is_changed or row.is_marked)]
    return ReportTable(
        open=_grouped([row for row in rows if row.is_changed or row.is_marked], figures_by_id),
        folded=_grouped(folded, figures_by_id),
        changed=changed,
        unchanged=len(rows) - changed,
        warnings=sum(len(row.warnings) for row in rows),
        folded_rows=len(folded),
        folded_warnings=sum(len(row.warnings) for row in folded),
        is_sent=any(row.is_sent for row in rows),
        is_sent_again=is_again,
        not_assigned=_not_assigned(submission),
        common_origin=common_origin(rows),
    )


def office_actions(submission: Submission, user: User) -> dict[str, Action]:
    """The buttons of the standing body with the reasons against them."""
    return {name: Action(name, MOVES[name].label, why_not_move(name, submission, user)) for name in OFFICE_MOVES} | {
        "extend": Action("extend", "Gia hạn gửi", _why_not_extend(submission))
    }


def _why_not_extend(submission: Submission) -> str:
    """Why the deadline cannot be extended now."""
    if submission.first_sent_at is not None:
        return "Đơn vị đã gửi báo cáo kỳ này nên không cần gia hạn."
    return ""


def _marked_as_changed(
    rows: Sequence[SentRow], figures: Mapping[int, Figure], seen_at: datetime | None
) -> list[SentRow]:
    """Which rows the unit has changed since the sending before the last; with the value of that time."""
    if seen_at is None:
        return list(rows)
    changed = {pk for pk, figure in figures.items() if figure.sent_version and figure.sent_version.at > seen_at}
    versions = FigureVersion.objects.filter(figure__in=changed, at__lte=seen_at)
    before = {
        version.figure_id: version
        for version in versions.exclude(kind=VersionKind.RECONCILED).order_by("figure", "sequence")
    }
    return [
        replace(
            row,
            is_changed=row.figure_id in changed,
            was_before=_text_of(before[row.figure_id], figures[row.figure_id]) if row.figure_id in before else "",
        )
        for row in rows
    ]


def _text_of(version: FigureVersion, figure: Figure) -> str:
    return version_text(version, figure.assignment.indicator)


def _grouped(rows: Sequence[SentRow], figures: Mapping[int, Figure]) -> tuple[AreaGroup, ...]:
    """Rows by content area, in the document's order."""
    groups = []
    for area, chosen in groupby(rows, key=lambda row: figures[row.figure_id].assignment.indicator.area):
        title = f"{area.parent.short_title} · {area.short_title}" if area.parent else area.short_title
        groups.append(AreaGroup(f"{area.numbering} {title}".lstrip(" -"), tuple(chosen)))
    return tuple(groups)


def _not_assigned(submission: Submission) -> tuple[str, ...]:
    """Rows that are not given to the unit (không giao)."""
    rows = Assignment.objects.filter(
        unit=submission.participation.unit_id,
        indicator__campaign=submission.participation.campaign_id,
        is_not_applicable=True,
        valid_to=None,
    )
    return tuple(rows.order_by("indicator__position").values_list("indicator__short_name", flat=True))
