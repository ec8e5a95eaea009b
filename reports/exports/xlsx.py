"""The summary of a period as an Excel workbook: real numbers, formulas with their values, each sheet ready for A4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from paper.marks import BAND_COLOURS
from paper.plots import PlotSeries
from paper.workbook import Column, Head, Plot, Sheet, sheet_names, workbook_bytes
from reports.exports.wording import basis_sentence, made_at_sentence, origins_sentence, period_phrase, subject
from reports.exports.xlsx_bands import BANDS
from reports.exports.xlsx_columns import (
    BY_UNIT_COLUMNS,
    DIGEST_COLUMNS,
    MISSING_COLUMNS,
    SOURCE_COLUMNS,
    SUBMISSION_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
    annex_columns,
    local,
    wide_enough,
)
from reports.exports.xlsx_digest import DigestRow, MissingRow, SourceRow, digest_rows, missing_rows, source_rows
from reports.tables.annex import AnnexRow
from reports.tables.by_unit import UnitRow
from reports.tables.period_report import PeriodReport
from reports.tables.submissions import SubmissionRow
from reports.tables.tasks import TaskRow
from reports.tables.unit_sheets import UnitTable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DIGEST, WHOLE, BY_UNIT, TASKS = "Tóm tắt", "Tổng hợp", "Theo đơn vị", "Nhiệm vụ"
SUBMISSIONS, MISSING, SOURCES = "Tình hình gửi báo cáo", "Chậm, còn thiếu", "Nguồn, thời điểm"
Area = tuple[AnnexRow, Sequence[AnnexRow]]


def summary_workbook(report: PeriodReport) -> bytes:
    """The workbook; the sheets about who has sent are left out for whom they are not."""
    campaign = report.frame.campaign
    return workbook_bytes(
        period_sheets(report),
        title=f"{subject(campaign)}, {period_phrase(report.frame.period)}",
        author=campaign.standing_body.official_name,
        created=local(report.made_at),
    )


def period_sheets(report: PeriodReport) -> list[Sheet[Any]]:
    """All sheets: the digest, the whole, each content area, units, tasks, who has sent, each unit, the sources."""
    areas = _areas(report)
    sheets: list[Sheet[Any]] = [annex_sheet(report), *(area_sheet(report, one) for one in areas)]
    names = sheet_names([DIGEST, *(sheet.name for sheet in sheets)])[2:]
    sheets.insert(0, digest_sheet(report, areas, names))
    sheets += [by_unit_sheet(report), tasks_sheet(report)]
    if report.submissions is not None:
        sheets += [submissions_sheet(report), missing_sheet(report)]
    sheets += [unit_sheet(report, one) for one in report.units]
    return [*sheets, sources_sheet(report)]


def _areas(report: PeriodReport) -> list[Area]:
    """The annex by content area."""
    found: list[tuple[AnnexRow, list[AnnexRow]]] = []
    for row in report.annex:
        if row.is_area:
            found.append((row, []))
        else:
            found[-1][1].append(row)
    return [(head, rows) for head, rows in found]


def _annex_columns(report: PeriodReport) -> list[Column[AnnexRow]]:
    return wide_enough(annex_columns(report.frame.campaign.opening_name, report.annex), report.annex)


# --- Figures ---------------------------------------------------------------------------------------------------------


def digest_sheet(report: PeriodReport, areas: Sequence[Area], names: Sequence[str]) -> Sheet[DigestRow]:
    """How many indicators of each content area stand in which band, counted by the workbook itself."""
    place = next(place for place, column in enumerate(_annex_columns(report)) if column.key == "band")
    return Sheet(
        DIGEST,
        _head(report, "TÓM TẮT TIẾN ĐỘ THEO NỘI DUNG THI ĐUA"),
        DIGEST_COLUMNS,
        digest_rows(areas, names, xl_col_to_name(place)),
        level=lambda row: row.level,
        look=lambda row: "row" if row.level else "total",
        fit_rows=True,
        plot=Plot(
            title="Số chỉ tiêu theo mức đánh giá",
            categories="name",
            series=tuple(PlotSeries(band.value, str(band.label), BAND_COLOURS[band]) for band in BANDS),
            words="Số chỉ tiêu của từng nội dung thi đua theo mức đánh giá; số đúng như trong bảng phía trên.",
            stacked=True,
            skips=1,
        ),
        notes=("Các số đếm từ cột Đánh giá của từng trang nội dung; sửa số liệu ở đó thì bảng này tự tính lại.",),
    )


def annex_sheet(report: PeriodReport) -> Sheet[AnnexRow]:
    """Every indicator over all units."""
    return Sheet(
        WHOLE,
        _head(report, "TỔNG HỢP CÁC CHỈ TIÊU THI ĐUA"),
        _annex_columns(report),
        report.annex,
        level=lambda row: row.level,
        look=lambda row: "row" if row.level else "section",
        fit_rows=True,
        notes=(
            "Đầy đủ: số đơn vị có số liệu trên số đơn vị phải báo cáo trong kỳ; đơn vị chưa báo cáo không tính là 0.",
            "Chỗ văn bản nêu hai số khác nhau được ghi cả hai và không dùng để tính, đến khi có người quyết định.",
        ),
    )


def area_sheet(report: PeriodReport, area: Area) -> Sheet[AnnexRow]:
    """One content area, its rates drawn beside what should be reached."""
    head, rows = area
    return Sheet(
        head.short_name,
        _head(report, head.name.upper()),
        _annex_columns(report),
        rows,
        level=lambda row: row.level - 1,
        fit_rows=True,
        plot=Plot(
            title="Tỷ lệ so kế hoạch và tỷ lệ phải đạt đến hết kỳ",
            categories="name",
            series=(
                PlotSeries("rate", "So kế hoạch (%)", BAND_COLOURS["exceeded"]),
                PlotSeries("expected", "Phải đạt (%)", "#b7bdc6"),
            ),
            words="Tỷ lệ so kế hoạch của từng chỉ tiêu bên cạnh tỷ lệ phải đạt; số đúng như trong bảng phía trên.",
            unit="%",
        ),
    )


def by_unit_sheet(report: PeriodReport) -> Sheet[UnitRow]:
    """Every indicator at every unit; wholes that are sums are formulas."""
    return Sheet(
        BY_UNIT,
        _head(report, "KẾT QUẢ CÁC CHỈ TIÊU THI ĐUA THEO ĐƠN VỊ"),
        wide_enough(BY_UNIT_COLUMNS, report.by_unit),
        report.by_unit,
        level=lambda row: row.level,
        look=lambda row: ("section", "total", "row")[row.level],
        fit_rows=True,
    )


def unit_sheet(report: PeriodReport, unit: UnitTable) -> Sheet[UnitRow]:
    """One unit by itself."""
    return Sheet(
        unit.name,
        _head(report, f"KẾT QUẢ CỦA {unit.name.upper()}"),
        wide_enough(UNIT_COLUMNS, unit.rows),
        unit.rows,
        level=lambda row: row.level,
        look=lambda row: "row" if row.level else "section",
        fit_rows=True,
    )


# --- Words -----------------------------------------------------------------------------------------------------------


def tasks_sheet(report: PeriodReport) -> Sheet[TaskRow]:
    """Every task with the status and the words of each unit."""
    return Sheet(
        TASKS,
        _head(report, "TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ"),
        TASK_COLUMNS,
        report.tasks,
        level=lambda row: row.level,
        look=lambda row: ("section", "total", "row")[row.level],
        fit_rows=True,
        notes=("Lĩnh vực mật (quốc phòng, an ninh): chỉ báo tình hình, không có số liệu và nội dung.",),
    )


def submissions_sheet(report: PeriodReport) -> Sheet[SubmissionRow]:
    """Who has sent, when, how late, what is missing."""
    return Sheet(
        SUBMISSIONS,
        _head(report, "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ"),
        SUBMISSION_COLUMNS,
        report.submissions or (),
        freeze_columns=1,
        fit_rows=True,
    )


def missing_sheet(report: PeriodReport) -> Sheet[MissingRow]:
    """Only the units that are late or lack a row, with what they lack."""
    rows = missing_rows(report)
    return Sheet(
        MISSING,
        _head(report, "ĐƠN VỊ GỬI CHẬM, CHỈ TIÊU CÒN THIẾU SỐ LIỆU"),
        MISSING_COLUMNS,
        rows,
        freeze_columns=1,
        fit_rows=True,
        notes=() if rows else ("Không có đơn vị nào chậm hoặc còn thiếu số liệu.",),
    )


def sources_sheet(report: PeriodReport) -> Sheet[SourceRow]:
    """What the figures are, up to when, and by which thresholds they are judged."""
    return Sheet(
        SOURCES,
        _head(report, "NGUỒN SỐ LIỆU, THỜI ĐIỂM CHỐT, CÁCH TÍNH"),
        SOURCE_COLUMNS,
        source_rows(report),
        freeze_columns=1,
        autofilter=False,
        fit_rows=True,
    )


def _head(report: PeriodReport, title: str) -> Head:
    """The block above every table."""
    frame = report.frame
    return Head(
        title=title,
        authority=frame.campaign.authority.official_name.upper(),
        issuer=frame.campaign.standing_body.official_name.upper(),
        period=f"{subject(frame.campaign)}, {period_phrase(frame.period)}",
        cut_off=f"{basis_sentence(frame)}; {made_at_sentence(report.made_at)}",
        labels=tuple(line for line in (origins_sentence(report.origins),) if line),
    )
