"""Every figure of a campaign as one sheet: written while it is read, one row in memory at a time."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

from paper.workbook import Column, Head, Sheet, write_workbook
from reports.exports.wording import basis_sentence, made_at_sentence, period_phrase, subject
from reports.exports.xlsx_columns import local
from reports.tables.all_figures import FigureRow, FigureTable

_FORMAT = attrgetter("number_format")

COLUMNS: list[Column[FigureRow]] = [
    Column("Kỳ báo cáo", attrgetter("period"), width=15),
    Column("Đơn vị", attrgetter("unit"), width=30),
    Column("Mục", attrgetter("area"), width=7, align="center"),
    Column("Chỉ tiêu, nhiệm vụ", attrgetter("indicator"), width=40),
    Column("ĐVT", attrgetter("unit_of_measure"), width=11, align="center"),
    Column("Số báo cáo", attrgetter("amount"), width=14, number_format=_FORMAT, align="right"),
    Column("Ước cả năm", attrgetter("year_estimate"), width=14, number_format=_FORMAT, align="right"),
    Column("Trạng thái", attrgetter("state"), width=15),
    Column("Cách tính", attrgetter("remarks"), width=14),
    Column("Tình hình nhiệm vụ", attrgetter("task"), width=17),
    Column("Nội dung đã làm", attrgetter("text"), width=50),
    Column("Ghi chú, lý do", attrgetter("note"), width=30),
    Column("Nguồn số liệu", attrgetter("data_source"), width=22),
    Column("Số liệu đến ngày", attrgetter("as_of_on"), width=13),
]


def write_figures(target: Path, table: FigureTable) -> None:
    """Write the workbook to a file."""
    frame = table.frame
    head = Head(
        title="TOÀN BỘ SỐ LIỆU CỦA PHONG TRÀO THI ĐUA",
        authority=frame.campaign.authority.official_name.upper(),
        issuer=frame.campaign.standing_body.official_name.upper(),
        period=f"{subject(frame.campaign)}, đến hết {period_phrase(frame.period)}",
        cut_off=f"{basis_sentence(frame)}; {made_at_sentence(table.made_at)}",
    )
    write_workbook(
        target,
        [Sheet("Số liệu", head, COLUMNS, table.rows, fit_rows=True)],
        title=f"{subject(frame.campaign)}, toàn bộ số liệu",
        author=frame.campaign.standing_body.official_name,
        created=local(table.made_at),
        constant_memory=True,
    )
