"""The columns of a period's workbook, declared as data: one list for each sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from indicators.choices import TaskStatus
from paper import formulas
from paper.formulas import Cells
from paper.workbook import CellValue, Column
from reports.exports.xlsx_bands import BANDS, band_formula
from reports.exports.xlsx_digest import INDICATORS, DigestRow, MissingRow, SourceRow, digest_count, digest_total
from reports.tables.annex import AnnexRow, has_estimates, has_priors
from reports.tables.by_unit import UnitRow
from reports.tables.submissions import SubmissionRow
from reports.tables.tasks import NOT_REPORTED, TaskRow
from units import clock


def _cell(title: str, key: str, width: float, **more: Any) -> Column[Any]:
    """A column of one of the row's cells: number, format and text come from the builder."""
    read = attrgetter(key)
    return Column(
        title,
        lambda row: read(row).value,
        width=width,
        number_format=lambda row: read(row).number_format,
        align="right",
        key=key,
        **more,
    )


def wide_enough(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> list[Column[Any]]:
    """The column of the plan as wide as its longest number with its words ("130,0 (giao đầu năm 140,0)"): a number is
    never wrapped, a narrow column shows ### instead.
    """
    plans = [row.target for row in rows]
    longest = max(
        (len(one.text) for one in plans if one.value is not None and not isinstance(one.value, str)), default=0
    )
    return [replace(one, width=max(one.width, longest)) if one.key == "target" else one for one in columns]


def _rate_formula(cells: Cells, row: Any) -> str | None:
    """Reached over plan, where the row's own cells give the very rate."""
    return formulas.ratio(row.rate_source, "target")(cells, row) if row.rate_source else None


def _sum_formula(key: str) -> Callable[[Cells, Any], str | None]:
    """The sum of the units below, where the whole is that."""
    total = formulas.total(key)
    return lambda cells, row: total(cells, row) if key in row.summed else None


def _count(status: str) -> Callable[[TaskRow], CellValue]:
    return lambda row: row.count(status)


def _count_formula(key: str) -> Callable[[Cells, TaskRow], str | None]:
    """A content area counts its tasks."""
    total = formulas.total(key)
    return lambda cells, row: total(cells, row) if row.level == 0 else None


def _judged(width: float) -> list[Column[Any]]:
    """Rate, what should be reached by now, and the band that follows from both."""
    return [
        _cell("So KH (%)", "rate", 7.5, formula=_rate_formula),
        _cell("Phải đạt (%)", "expected", 7.5),
        Column(
            "Đánh giá",
            lambda row: row.band_sign,
            width=width,
            key="band",
            indent=lambda row: 1,
            formula=band_formula(),
        ),
    ]


PLAN, REPORTED, COUNTS = "Kế hoạch năm", "Đơn vị báo cáo", "Số đơn vị báo cáo"
LAST_YEAR = "Cùng kỳ năm trước"


def annex_columns(opening_name: str, rows: Sequence[AnnexRow]) -> list[Column[AnnexRow]]:
    """The columns of the whole; the time before the campaign under its own name; last year where a row has it."""
    last_year = [
        _cell("Số liệu", "prior", 11, group=LAST_YEAR),
        _cell("So cùng kỳ (%)", "versus", 9, group=LAST_YEAR),
    ]
    estimate = [_cell("Ước cả năm", "year_estimate", 10.5)]
    return [
        Column("TT", lambda row: row.number, width=4.5, align="center"),
        Column("Chỉ tiêu", lambda row: row.name, width=30, key="name", indent=lambda row: max(row.level - 1, 0)),
        Column("ĐVT", lambda row: row.unit_of_measure, width=9, align="center"),
        _cell("Số giao", "target", 12.5, group=PLAN, comment=lambda row: row.target_source),
        Column("Cơ quan giao", lambda row: row.set_by, width=12.5, group=PLAN, indent=lambda row: 1),
        _cell(f"TH {opening_name}", "opening", 11, comment=lambda row: row.opening_source),
        _cell("TH trong kỳ", "in_period", 9),
        _cell("Lũy kế từ đầu năm", "cumulative", 10.5, comment=lambda row: row.figure_source),
        _cell("Từ khi phát động", "since_launch", 10.5),
        *(last_year if has_priors(rows) else ()),
        *(estimate if has_estimates(rows) else ()),
        *_judged(15),
        Column("Cơ quan chủ trì", lambda row: row.owner, width=12),
        Column("Đầy đủ", lambda row: row.completeness, width=6.5, align="center", group=REPORTED),
        Column("Xác nhận", lambda row: row.confirmed, width=6.5, align="center", group=REPORTED),
        Column("Nguồn, ghi chú", lambda row: row.note, width=32),
    ]


BY_UNIT_COLUMNS: list[Column[UnitRow]] = [
    Column("TT", lambda row: row.number, width=5, align="center"),
    Column("Chỉ tiêu, đơn vị", lambda row: row.name, width=40, indent=lambda row: max(row.level - 1, 0)),
    Column("ĐVT", lambda row: row.unit_of_measure, width=10, align="center"),
    _cell("Kế hoạch năm", "target", 15, formula=_sum_formula("target")),
    _cell("TH trong kỳ", "in_period", 12, formula=_sum_formula("in_period")),
    _cell("Lũy kế từ đầu năm", "cumulative", 13, formula=_sum_formula("cumulative")),
    _cell("Từ khi phát động", "since_launch", 13, formula=_sum_formula("since_launch")),
    *_judged(21),
    Column("Tình trạng số liệu", lambda row: row.state, width=21),
    Column("Ghi chú của đơn vị", lambda row: row.note, width=34),
]

#: Of one unit by itself: tasks stand below its indicators, told in words.
UNIT_COLUMNS: list[Column[UnitRow]] = [
    Column("TT", lambda row: row.number, width=5, align="center"),
    Column("Chỉ tiêu, nhiệm vụ", lambda row: row.name, width=42, key="name"),
    Column("ĐVT", lambda row: row.unit_of_measure, width=10, align="center"),
    _cell("Kế hoạch năm", "target", 13, comment=lambda row: row.target_source),
    _cell("TH trong kỳ", "in_period", 11),
    _cell("Lũy kế từ đầu năm", "cumulative", 12, comment=lambda row: row.figure_source),
    _cell("Từ khi phát động", "since_launch", 12),
    *_judged(21),
    Column("Tình trạng", lambda row: row.state, width=21),
    Column("Nội dung, ghi chú của đơn vị", lambda row: row.note, width=40),
]

TASK_COLUMNS: list[Column[TaskRow]] = [
    Column("TT", lambda row: row.number, width=5, align="center"),
    Column("Nhiệm vụ, đơn vị", lambda row: row.name, width=40, indent=lambda row: max(row.level - 1, 0)),
    Column("Cơ quan chủ trì", lambda row: row.owner, width=18),
    *(
        Column(
            label,
            _count(status),
            width=8.5,
            number_format="#,##0",
            align="center",
            key=status or "missing",
            group=COUNTS,
            formula=_count_formula(status or "missing"),
        )
        for status, label in (
            (TaskStatus.DONE.value, "Hoàn thành"),
            (TaskStatus.IN_PROGRESS.value, "Đang thực hiện"),
            (TaskStatus.BLOCKED.value, "Vướng mắc"),
            (TaskStatus.NOT_STARTED.value, "Chưa triển khai"),
            (NOT_REPORTED, "Chưa báo cáo"),
        )
    ),
    Column("Tình hình", lambda row: row.status_text if row.level == 2 else "", width=16),
    Column("Nội dung đã làm", lambda row: row.text, width=58),
]


def local(moment: datetime | None) -> datetime | None:
    """A moment by the clock of the office: a cell has no time zone."""
    return None if moment is None else moment.astimezone(clock.ZONE)


SUBMISSION_COLUMNS: list[Column[SubmissionRow]] = [
    Column("Đơn vị", lambda row: row.name, width=48),
    Column("Quan hệ", lambda row: row.relation, width=18),
    Column("Hạn gửi", lambda row: row.due_on, width=12),
    Column("Tình trạng", lambda row: row.state, width=26),
    Column("Gửi lần đầu lúc", lambda row: local(row.sent_at), width=18),
    Column("Số ngày chậm", lambda row: row.days_late or None, width=9, number_format="#,##0", align="center"),
    Column("Tiếp nhận lúc", lambda row: local(row.received_at), width=18),
    Column("Phải báo cáo", lambda row: row.owed, width=9, number_format="#,##0", align="center", group="Số dòng"),
    Column("Đã có", lambda row: row.filled, width=9, number_format="#,##0", align="center", group="Số dòng"),
    Column("Còn thiếu", lambda row: row.missing, width=9, number_format="#,##0", align="center", group="Số dòng"),
]

MISSING_COLUMNS: list[Column[MissingRow]] = [
    Column("Đơn vị", lambda row: row.name, width=40),
    Column("Quan hệ", lambda row: row.relation, width=18),
    Column("Hạn gửi", lambda row: row.due_on, width=12),
    Column("Tình trạng", lambda row: row.state, width=26),
    Column("Số ngày chậm", lambda row: row.days_late or None, width=9, number_format="#,##0", align="center"),
    Column("Số dòng còn thiếu", lambda row: len(row.missing), width=10, number_format="#,##0", align="center"),
    Column("Chỉ tiêu, nhiệm vụ chưa có số liệu", lambda row: "; ".join(row.missing), width=80),
]

DIGEST_COLUMNS: list[Column[DigestRow]] = [
    Column("TT", lambda row: row.number, width=5, align="center"),
    Column("Nội dung thi đua", lambda row: row.name, width=46, key="name"),
    Column(
        "Tổng số",
        lambda row: row.total,
        width=9,
        number_format="#,##0",
        align="center",
        key="total",
        group=INDICATORS,
        formula=lambda cells, row: digest_total(cells, row),
    ),
    *(
        Column(
            str(band.label),
            lambda row, band=band: row.counts[band],  # type: ignore[misc]
            width=11,
            number_format="#,##0",
            align="center",
            key=band.value,
            group=INDICATORS,
            formula=digest_count(band),
        )
        for band in BANDS
    ),
]

SOURCE_COLUMNS: list[Column[SourceRow]] = [
    Column("Mục", lambda row: row.name, width=34),
    Column(
        "Nội dung",
        lambda row: row.value,
        width=96,
        align="left",
        number_format=lambda row: row.number_format,
        name=lambda row: row.cell_name,
    ),
]
