"""Excel and PDF, built in this process: ours beside the library's bare loop over the same cells or the same HTML."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from openpyxl import load_workbook
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from xlsxwriter import Workbook

from config.bench.arithmetic import Series
from config.bench.result import Goal, Result
from config.bench.server import peak_memory, reset_peak
from config.bench.stage import Stage
from indicators.tables.standings import SENT
from paper.document import Document, Table
from paper.pdf import STATIC_ROOT, OwnFiles
from reports.exports.documents import document
from reports.exports.docx import document_docx
from reports.exports.figures_xlsx import write_figures
from reports.exports.kinds import MONTH
from reports.exports.pdf import document_pdf
from reports.exports.xlsx import summary_workbook
from reports.tables.all_figures import all_figures
from reports.tables.frame import Frame
from reports.tables.material import report_material
from reports.tables.period_report import PeriodReport, period_report

Cells = list[list[tuple[int, int, Any]]]
MANY_ROUNDS = 2
LONG_PAGES = 20
#: In megabytes, above what the process held before.
ROOM = 40


def measure(stage: Stage) -> Iterator[Result]:
    """The files of the month before last, and one sheet with a row for every figure of the campaign."""
    frame = Frame(stage.made.campaign, stage.before_last, SENT)
    yield _excel(stage, period_report(frame))
    whole = document(MONTH, report_material(frame))
    letter = replace(whole, annexes=())
    yield _pdf(stage, "thư không kèm phụ lục", letter)
    yield _pdf(stage, "dài", longer(whole, 3 if stage.is_trial else LONG_PAGES))
    yield _word(stage, whole)
    yield _all_figures(stage)


def longer(whole: Document, pages: int) -> Document:
    """The same report with the rows of its annex so often that it has about so many pages."""
    annex = whole.annexes[0]
    per_copy = max(bare_pages(html_of(whole)) - bare_pages(html_of(replace(whole, annexes=()))), 1)
    times = max(round(pages / per_copy), 1)
    blocks = tuple(replace(one, rows=one.rows * times) if isinstance(one, Table) else one for one in annex.blocks)
    return replace(whole, annexes=(replace(annex, blocks=blocks),))


def _excel(stage: Stage, report: PeriodReport) -> Result:
    """The workbook of a period."""
    content = summary_workbook(report)
    cells = cells_of(content)
    result = Result("Tệp Excel của kỳ", stage.engine, "XlsxWriter ghi cùng các ô", Goal(1.2))
    _compare(result, lambda: summary_workbook(report), lambda: bare_workbook(cells), stage.rounds, stage.warm_ups)
    result.bytes = len(content)
    begun = time.process_time()
    period_report(report.frame)
    reading = (time.process_time() - begun) * 1000
    result.note = f"{sum(map(len, cells))} ô trong {len(cells)} trang tính; đọc dữ liệu thêm {reading:.0f} ms."
    return result


def _pdf(stage: Stage, what: str, whole: Document) -> Result:
    """A document on paper."""
    html = html_of(whole)
    content = document_pdf(whole)
    pages = bare_pages(html)
    result = Result(f"Tệp PDF {what}, {pages} trang", stage.engine, "WeasyPrint với cùng HTML", Goal(1.1))
    _compare(result, lambda: document_pdf(whole), lambda: bare_pdf(html), stage.rounds, stage.warm_ups)
    result.bytes = len(content)
    result.note = f"{(result.p50 or 0) / pages:.0f} ms một trang."
    return result


def _all_figures(stage: Stage) -> Result:
    """Every figure of the campaign: read from the database and written row by row, beside the bare loop of cells."""
    campaign, period = stage.made.campaign, stage.last
    rows = [tuple(row) for row in all_figures(campaign, period, SENT).rows]
    cells: Cells = [
        [
            (r, c, float(value) if isinstance(value, Decimal) else value)
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
            if value not in (None, "")
        ]
    ]

    def ours() -> bytes:
        with TemporaryDirectory() as folder:
            target = Path(folder, "a.xlsx")
            write_figures(target, all_figures(campaign, period, SENT))
            return target.read_bytes()

    name = f"Tệp Excel mọi số liệu của phong trào, {len(rows)} dòng"
    result = Result(name, stage.engine, "XlsxWriter ghi cùng các ô", Goal(1.2))
    _compare(result, ours, lambda: bare_workbook(cells), min(MANY_ROUNDS, stage.rounds), 0)
    result.bytes = len(ours())
    rows.clear()
    cells.clear()
    reset_peak([os.getpid()])
    before = peak_memory([os.getpid()])
    result.memory, result.floor_memory = _peak(ours), before
    more = max(result.memory - before, 0)
    result.note = f"thêm {more:.0f} MB khi ghi (mục tiêu ≤ {ROOM} MB); thời gian gồm cả đọc cơ sở dữ liệu."
    return result


def _word(stage: Stage, whole: Document) -> Result:
    """The same report as Word, beside what its PDF takes."""
    result = Result("Tệp Word của kỳ", stage.engine, "PDF của cùng báo cáo")
    html = html_of(whole)
    _compare(result, lambda: document_docx(whole), lambda: bare_pdf(html), min(3, stage.rounds), 0)
    result.bytes = len(document_docx(whole))
    return result


def _compare(
    result: Result,
    ours: Callable[[], bytes],
    floor: Callable[[], bytes],
    rounds: int,
    warm_ups: int,
) -> None:
    """Both in turns, then the peak of memory of each alone."""
    our_series, floor_series = Series(), Series()
    for number in range(-warm_ups, rounds):
        pair = [_seconds(ours)], [_seconds(floor)]
        if number >= 0:
            our_series.rounds.append(pair[0])
            floor_series.rounds.append(pair[1])
    result.put_times(our_series, floor_series)
    result.floor_memory, result.memory = _peak(floor), _peak(ours)


def _seconds(act: Callable[[], bytes]) -> float:
    """Of this process alone: nothing is waited for, and what else runs on the machine does not count."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def _peak(act: Callable[[], bytes]) -> float:
    reset_peak([os.getpid()])
    act()
    return peak_memory([os.getpid()])


def cells_of(content: bytes) -> Cells:
    """Every cell of a workbook, sheet by sheet."""
    workbook = load_workbook(io.BytesIO(content))
    return [
        [(cell.row - 1, cell.column - 1, cell.value) for row in sheet for cell in row if cell.value is not None]
        for sheet in workbook
    ]


def bare_workbook(sheets: Cells) -> bytes:
    """The library's own loop: no format, no head, no print set-up."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for cells in sheets:
            worksheet = workbook.add_worksheet()
            for row, column, value in cells:
                worksheet.write(row, column, value)
    return buffer.getvalue()


def html_of(whole: Document) -> str:
    """The HTML that the document is printed from."""
    seen: list[str] = []

    def keep(html: str, **_: Any) -> bytes:
        seen.append(html)
        return b""

    with patch("paper.pdf.render_pdf", keep):
        document_pdf(whole)
    return seen[0]


def bare_pdf(html: str) -> bytes:
    """WeasyPrint alone, with the same tags."""
    document = HTML(string=html, base_url=f"{STATIC_ROOT}/", url_fetcher=OwnFiles(STATIC_ROOT))
    content: bytes = document.write_pdf(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")
    return content


def bare_pages(html: str) -> int:
    """How many pages it has."""
    document = HTML(string=html, base_url=f"{STATIC_ROOT}/", url_fetcher=OwnFiles(STATIC_ROOT))
    return len(document.render(font_config=FontConfiguration()).pages)
