"""The first and the last sheets of a period's workbook: bands counted, who is late, sources, thresholds, cut-off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlsxwriter.utility import quote_sheetname

from indicators.choices import Band
from paper.formulas import Cells
from paper.letter import roman
from paper.marks import BAND_SIGNS
from reports.exports.wording import basis_sentence, origins_sentence
from reports.exports.xlsx_bands import AHEAD, BANDS, BEHIND, ON_TRACK
from reports.tables.annex import AnnexRow
from reports.tables.period_report import PeriodReport
from vietnamese.dates import format_date, format_moment

INDICATORS = "Số chỉ tiêu"


@dataclass(frozen=True)
class DigestRow:
    """A content area with its indicators counted by band, or (without ``sheet``) the sum of all."""

    number: str
    name: str
    counts: Counter[Band]
    sheet: str = ""
    column: str = ""

    @property
    def total(self) -> int:
        """All its indicators."""
        return sum(self.counts.values())

    @property
    def level(self) -> int:
        """The sum stands above the areas."""
        return 1 if self.sheet else 0


@dataclass(frozen=True)
class MissingRow:
    """One unit that is late or has rows without a figure."""

    name: str
    relation: str
    due_on: date
    state: str
    days_late: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class SourceRow:
    """One line about the figures; a threshold is a number whose cell has a name."""

    name: str
    value: str | Decimal
    cell_name: str = ""

    @property
    def number_format(self) -> str:
        """Two decimals for a threshold."""
        return "0.00" if self.cell_name else ""


def digest_rows(
    areas: Sequence[tuple[AnnexRow, Sequence[AnnexRow]]], sheets: Sequence[str], column: str
) -> list[DigestRow]:
    """The sum, then each area with the sheet and the column where its bands stand."""
    counts = [Counter(Band(row.band) for row in rows) for _, rows in areas]
    whole = DigestRow("", "Toàn bộ các nội dung", sum(counts, Counter()))
    return [
        whole,
        *(
            DigestRow(roman(place), head.name, count, sheet, column)
            for place, ((head, _), count, sheet) in enumerate(zip(areas, counts, sheets, strict=True), start=1)
        ),
    ]


def digest_count(band: Band) -> Callable[[Cells, DigestRow], str | None]:
    """Formula: how many cells of the area's sheet show the band; of the whole, the sum of the areas."""

    def formula(cells: Cells, row: DigestRow) -> str | None:
        if not row.sheet:
            return f"=SUM({cells.children(band.value)})" if cells.children(band.value) else None
        cells_of_area = f"{quote_sheetname(row.sheet)}!${row.column}:${row.column}"
        return f'=COUNTIF({cells_of_area},"{BAND_SIGNS[band]} *")'

    return formula


def digest_total(cells: Cells, row: DigestRow) -> str:
    """Formula: the sum over the bands."""
    return f"=SUM({cells.here(BANDS[0].value)}:{cells.here(BANDS[-1].value)})"


def missing_rows(report: PeriodReport) -> list[MissingRow]:
    """The units that are late or lack something."""
    missing = {one.unit_id: one.missing for one in report.units}
    return [
        MissingRow(row.name, row.relation, row.due_on, row.state, row.days_late, missing.get(row.unit_id, ()))
        for row in report.submissions or ()
        if row.days_late or missing.get(row.unit_id)
    ]


def source_rows(report: PeriodReport) -> list[SourceRow]:
    """Everything that says what the figures are."""
    frame, rule = report.frame, report.summary.definitions.band_rule
    period = frame.period
    return [
        SourceRow("Phong trào thi đua", frame.campaign.name),
        SourceRow("Cơ quan phát động", frame.campaign.authority.official_name),
        SourceRow("Cơ quan lập biểu", frame.campaign.standing_body.official_name),
        SourceRow("Kỳ báo cáo", period.name),
        SourceRow("Số liệu từ ngày", format_date(period.starts_on)),
        SourceRow("Số liệu đến hết ngày", format_date(period.ends_on)),
        SourceRow("Loại số liệu", basis_sentence(frame)),
        SourceRow("Lập lúc", format_moment(report.made_at)),
        SourceRow("Nguồn", origins_sentence(report.origins) or "Nguồn số liệu: do đơn vị báo cáo"),
        SourceRow(
            "Tỷ lệ",
            "Phần trăm = lũy kế ÷ kế hoạch × 100, làm tròn một chữ số thập phân; kế hoạch bằng 0 không có tỷ lệ.",
        ),
        SourceRow(
            "Phải đạt", "Phần kế hoạch phải đạt đến hết kỳ theo lộ trình đã giao; chưa giao lộ trình thì chia đều."
        ),
        SourceRow(
            "Chưa có số liệu",
            "Đơn vị chưa báo cáo không được tính là 0; không phát sinh tính là 0; không giao thì không tính.",
        ),
        SourceRow("Ngưỡng vượt tiến độ", rule.ahead_from, AHEAD),
        SourceRow("Ngưỡng đúng tiến độ", rule.on_track_from, ON_TRACK),
        SourceRow("Ngưỡng chậm (dưới là có khả năng không đạt)", rule.behind_from, BEHIND),
        SourceRow(
            "Cách dùng ngưỡng",
            "Tỷ lệ đạt ÷ tỷ lệ phải đạt; với chỉ tiêu càng thấp càng tốt: tỷ lệ phải đạt ÷ tỷ lệ đã dùng.",
        ),
    ]
