"""Annexes of reports as neutral tables: the same rows as the Excel sheets, for PDF and Word."""

from __future__ import annotations

from paper.document import CENTRE, PART, PLAIN, RIGHT, SECTION, TOTAL, Cell, Column, Row, Table
from paper.fitting import fitted
from reports.exports.wording import basis_sentence, lower_first, made_at_sentence, origins_sentence
from reports.tables.annex import AnnexRow, has_estimates, has_priors
from reports.tables.cells import Cell as ReportCell
from reports.tables.material import Material

#: The size of the letters of a dense annex.
DENSE_POINTS = 10


def summary_columns(opening_name: str, *, with_prior: bool, with_estimate: bool) -> tuple[Column, ...]:
    """The columns of the annex; the time before the campaign under its own name; what no row has is left out."""
    more = with_prior + with_estimate
    less = 2 if more else 0  # with more columns of numbers each is narrower, so that names keep their room
    return (
        Column("TT", 8, CENTRE),
        Column("Chỉ tiêu"),
        Column("ĐVT", 12, CENTRE),
        Column("KH năm", 20 - less, RIGHT, note="(ai giao)"),
        Column(f"TH {opening_name}", 18 - less, RIGHT),
        Column("TH trong kỳ", 16 - less, RIGHT),
        Column("Lũy kế từ đầu năm", 18 - less, RIGHT),
        Column("Từ khi phát động", 16 - less, RIGHT),
        *([Column("Cùng kỳ năm trước", 16, RIGHT, note="(so sánh)")] if with_prior else ()),
        *([Column("Ước cả năm", 16, RIGHT)] if with_estimate else ()),
        Column("So KH (%)", 12, RIGHT),
        Column("Đánh giá", 22 - less),
        Column("Cơ quan chủ trì", 22 - 2 * less),
        Column("Đơn vị báo cáo", 12, CENTRE),
        Column("Nguồn, ghi chú", (48, 40, 32)[more]),
    )


def summary_table(report: Material) -> Table:
    """Every indicator over all units, nested I / 1 / trong đó."""
    shown = {"with_prior": has_priors(report.annex), "with_estimate": has_estimates(report.annex)}
    whole = Table(
        summary_columns(report.frame.campaign.opening_name, **shown),
        tuple(_row(row, **shown) for row in report.annex),
        source=source(report),
        key="summary",
        has_column_numbers=True,
        is_dense=True,
    )
    return fitted(whole, DENSE_POINTS)


BY_UNIT_COLUMNS = (
    Column("TT", 8, CENTRE),
    Column("Chỉ tiêu, đơn vị"),
    Column("ĐVT", 20, CENTRE),
    Column("Kế hoạch năm", 22, RIGHT),
    Column("TH trong kỳ", 18, RIGHT),
    Column("Lũy kế từ đầu năm", 20, RIGHT),
    Column("Từ khi phát động", 20, RIGHT),
    Column("So KH (%)", 14, RIGHT),
    Column("Đánh giá", 44),
    Column("Tình trạng số liệu", 40),
)


def by_unit_table(report: Material) -> Table:
    """Every indicator at every unit, the whole above its units."""
    looks = (SECTION, TOTAL, PLAIN)
    rows = []
    for place, row in enumerate(report.by_unit):
        if row.level == 0:
            rows.append(Row((Cell(row.number), Cell(row.name)), SECTION))
            continue
        code = f"row-{place}"
        cells = (
            Cell(row.number),
            Cell(row.name, row.name, key=f"{code}:name"),
            Cell(row.unit_of_measure),
            value_cell(row.target, f"{code}:target"),
            value_cell(row.in_period, f"{code}:in_period"),
            value_cell(row.cumulative, f"{code}:cumulative"),
            value_cell(row.since_launch, f"{code}:since_launch"),
            value_cell(row.rate, f"{code}:rate"),
            Cell(row.band_text, mark=row.band),
            Cell(row.state, row.state, key=f"{code}:state"),
        )
        rows.append(Row(cells, looks[row.level], row.level - 1))
    whole = Table(BY_UNIT_COLUMNS, tuple(rows), source=source(report), key="by-unit", is_dense=True)
    return fitted(whole, DENSE_POINTS)


def source(report: Material) -> str:
    """What stands below an annex: which figures, from when, whose."""
    told = [
        basis_sentence(report.frame),
        made_at_sentence(report.made_at),
        lower_first(origins_sentence(report.origins)),
    ]
    counted = "Đơn vị báo cáo: số đơn vị có số liệu trên số đơn vị phải báo cáo trong kỳ"
    return f"{'; '.join(part for part in told if part)}. {counted}."


def value_cell(cell: ReportCell, key: str = "", note: str = "") -> Cell:
    """A cell of a builder's row: text, and the value where it is one number."""
    return Cell(cell.text, cell.number, cell.number_format, key if cell.number is not None else "", note)


def _row(row: AnnexRow, *, with_prior: bool, with_estimate: bool) -> Row:
    if row.is_area:
        return Row((Cell(row.number), Cell(row.name)), SECTION)
    key = row.code
    cells = (
        Cell(row.number),
        Cell(row.name, row.name, key=f"{key}:name"),
        Cell(row.unit_of_measure),
        value_cell(row.target, f"{key}:target", row.set_by),
        value_cell(row.opening, f"{key}:opening"),
        value_cell(row.in_period, f"{key}:in_period"),
        value_cell(row.cumulative, f"{key}:cumulative"),
        value_cell(row.since_launch, f"{key}:since_launch"),
        *([_last_year(row)] if with_prior else ()),
        *([value_cell(row.year_estimate, f"{key}:year_estimate")] if with_estimate else ()),
        value_cell(row.rate, f"{key}:rate"),
        Cell(row.band_text, mark=row.band),
        Cell(row.owner),
        Cell(row.completeness, row.completeness, key=f"{key}:completeness"),
        Cell(row.note, row.note, key=f"{key}:note"),
    )
    return Row(cells, PART if row.is_part else PLAIN, max(row.level - 1, 0))


def _last_year(row: AnnexRow) -> Cell:
    """The number of last year, and below it this year in percent of it."""
    versus = f"({row.versus.text}\u00a0%)" if row.versus.number is not None else ""
    return value_cell(row.prior, f"{row.code}:prior", versus)
