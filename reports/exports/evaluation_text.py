"""The sheets for the year-end evaluation of cadres: an overview of all units, and a page for each with its head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from followup.tables.reporting import ActionLine, ObstacleLine
from indicators.choices import Band
from paper.document import CENTRE, NOTE, RIGHT, Block, Cell, Column, Heading, Paragraph, Row, Table
from paper.letter import UNNAMED
from reports.exports.annexes import value_cell
from reports.exports.area_text import status_words
from reports.exports.parts import Part, SectionText
from reports.exports.summary_text import Writer, frame_text
from reports.narrative import standings as told
from reports.narrative.words import Words, count, joined, name, paragraph, say, upper_first
from reports.tables.evaluation import EvaluationLine, UnitSheet
from reports.tables.material import Material

OVERVIEW = "overview"
OVERVIEW_COLUMNS = (
    Column("TT", 8, CENTRE),
    Column("Đơn vị"),
    Column("Phải gửi", 14, RIGHT, "Báo cáo tháng"),
    Column("Đúng hạn", 14, RIGHT, "Báo cáo tháng"),
    Column("Chậm", 14, RIGHT, "Báo cáo tháng"),
    Column("Chưa gửi", 14, RIGHT, "Báo cáo tháng"),
    Column("Được đánh giá", 16, RIGHT, "Chỉ tiêu"),
    Column("Đạt, vượt", 14, RIGHT, "Chỉ tiêu"),
    Column("Có khả năng không đạt", 20, RIGHT, "Chỉ tiêu"),
)
SHEET_COLUMNS = (
    Column("TT", 8, CENTRE),
    Column("Chỉ tiêu"),
    Column("ĐVT", 14, CENTRE),
    Column("KH năm", 22, RIGHT),
    Column("Thực hiện", 18, RIGHT),
    Column("So KH (%)", 12, RIGHT),
    Column("Ước cả năm", 18, RIGHT),
    Column("Ước so KH (%)", 12, RIGHT),
    Column("Đánh giá", 25),
)
FORECAST_NOTE = "* Đơn vị chưa ước cả năm: số dự báo của hệ thống theo tiến độ các kỳ đã báo cáo."
#: Room for a remark by hand: lines of dots, each as long as the paper takes beside the first line's indent.
REMARK_LINE = "…" * 29
REMARK_LINES = 3
#: So many obstacles and so many tasks of conclusions are told of one unit.
TOLD = 3


def evaluation_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """What the sheets are for, and all units in one table."""
    part = Part(OVERVIEW, tuple(_overview(material.sheets)), tables=(_overview_table(material.sheets),))
    section = SectionText(OVERVIEW, "Tổng hợp kết quả của các đơn vị", (part,))
    head = "kết quả thực hiện chỉ tiêu thi đua của đơn vị, người đứng đầu"
    return frame_text(material, writer, [section], head, since_launch=True)


def sheets(material: Material) -> tuple[Block, ...]:
    """One page for each unit and its head; of one unit alone where the report is about one."""
    numbered = enumerate(material.sheets)
    return tuple(block for place, sheet in numbered for block in _sheet(material, sheet, is_first=place == 0))


# --- All units -------------------------------------------------------------------------------------------------------


def _overview(rows: Sequence[UnitSheet]) -> Iterable[Paragraph]:
    owed, on_time = sum(row.owed for row in rows), sum(row.on_time for row in rows)
    late, missing = sum(row.late for row in rows), sum(row.missing for row in rows)
    units = say(count("overview:units", len(rows)), " đơn vị")
    yield paragraph("overview:sending", units, " được giao, ", _sent("overview", owed, on_time, late, missing), ".")
    bands = [Band.EXCEEDED, Band.MET, Band.AT_RISK]
    judged = sum(row.judged for row in rows)
    if judged:
        counted = joined(
            say(count(f"overview:{band.value}", number), f" lượt {told.BAND_PHRASES[band]}")
            for band in bands
            if (number := sum(row.bands[band] for row in rows))
        )
        lines = say("Trong ", count("overview:judged", judged), " lượt chỉ tiêu của đơn vị đủ căn cứ đánh giá")
        yield paragraph("overview:bands", lines, say(": ", counted) if counted else "", ".")
    yield paragraph(
        "overview:use",
        "Phiếu của từng đơn vị ở Phụ lục gồm kết quả thực hiện, ước cả năm, việc gửi báo cáo và nguyên nhân khách quan "
        "đơn vị đã nêu; dùng làm một căn cứ nhận xét, đánh giá, không thay việc đánh giá theo quy định.",
    )


def _overview_table(rows: Sequence[UnitSheet]) -> Table:
    return Table(
        OVERVIEW_COLUMNS,
        tuple(_overview_row(place, row) for place, row in enumerate(rows, 1)),
        key=OVERVIEW,
        is_dense=True,
    )


def _overview_row(place: int, row: UnitSheet) -> Row:
    numbers = {
        "owed": row.owed,
        "on_time": row.on_time,
        "late": row.late,
        "missing": row.missing,
        "judged": row.judged,
        "reached": row.reached,
        "at_risk": row.bands[Band.AT_RISK],
    }
    key = f"sheet:{row.unit_id}"
    cells = (Cell(str(value), value, key=f"{key}:{what}") for what, value in numbers.items())
    return Row((Cell(str(place), place), Cell(row.name, row.name, key=f"{key}:name"), *cells))


# --- One unit --------------------------------------------------------------------------------------------------------


def _head(key: str, sheet: UnitSheet) -> Words:
    """The head's post and name; a name that begins with the post says it already."""
    person, post = sheet.head_name or UNNAMED, sheet.head_title or "Thủ trưởng đơn vị"
    named = say(name(f"{key}:head", person))
    return named if person.startswith(post) else joined([say(name(f"{key}:title", post)), named])


def _sheet(material: Material, sheet: UnitSheet, *, is_first: bool) -> Iterable[Block]:
    key = f"sheet:{sheet.unit_id}"
    yield Heading(upper_first(sheet.name), 2, key, is_on_new_page=not is_first)
    yield paragraph(f"{key}:who", "Người đứng đầu: ", _head(key, sheet), ".")
    sent = _sent(key, sheet.owed, sheet.on_time, sheet.late, sheet.missing)
    yield paragraph(f"{key}:sending", "Chế độ báo cáo: ", sent, ".")
    yield paragraph(f"{key}:bands", "Chỉ tiêu: ", _bands(key, sheet), ".")
    if sheet.lines:
        lines = tuple(_line(key, place, line) for place, line in enumerate(sheet.lines, 1))
        yield Table(SHEET_COLUMNS, lines, key=key, is_dense=True)
        if any(line.is_forecast for line in sheet.lines):
            yield paragraph(f"{key}:note", FORECAST_NOTE, kind=NOTE)
    if sheet.statuses:
        yield paragraph(f"{key}:tasks", "Nhiệm vụ: ", status_words(f"{key}:status", sheet.statuses), ".")
    yield from _around(material, sheet, key)
    yield paragraph(f"{key}:remark", "Nhận xét của cơ quan thường trực:")
    for number in range(REMARK_LINES):
        yield paragraph(f"{key}:remark:{number}", REMARK_LINE)


def _sent(key: str, owed: int, on_time: int, late: int, missing: int) -> Words:
    """ "phải gửi 05 báo cáo tháng: 04 đúng hạn, 01 chậm": what there is none of is not told."""
    counted = {"on_time": (on_time, "đúng hạn"), "late": (late, "chậm"), "missing": (missing, "chưa gửi")}
    sums = {what: pair for what, pair in counted.items() if pair[0]}
    told_of = say("phải gửi ", count(f"{key}:owed", owed), " báo cáo tháng")
    if owed and on_time == owed:
        return say(told_of, ", đều đúng hạn")
    rows = joined(say(count(f"{key}:{what}", number), f" {word}") for what, (number, word) in sums.items())
    return say(told_of, ": ", rows) if sums else told_of


def _bands(key: str, sheet: UnitSheet) -> Words:
    if not sheet.lines:
        return say("đơn vị không có chỉ tiêu phải báo cáo số liệu")
    if not sheet.judged:
        return say("chưa có chỉ tiêu nào đủ căn cứ đánh giá")
    judged = say(count(f"{key}:judged", sheet.judged), " chỉ tiêu đủ căn cứ đánh giá")
    bands = [band for band in told.BAND_PHRASES if band != Band.NO_DATA and sheet.bands[band]]
    if len(bands) == 1:
        phrase = told.BAND_PHRASES[bands[0]]
        return say(judged, ", ", phrase) if sheet.judged == 1 else say("cả ", judged, " đều ", phrase)
    return say("trong ", judged, " có ", told.bands_told(f"{key}:band", sheet.bands))


def _around(material: Material, sheet: UnitSheet, key: str) -> Iterable[Paragraph]:
    """What stands in the unit's way, which leaves its figures unchanged; what it was given to do."""
    around = material.around
    mine: Sequence[ObstacleLine] = [row for row in (around.obstacles if around else ()) if row.unit_id == sheet.unit_id]
    if mine:
        rows = joined((_obstacle(row) for row in mine[:TOLD]), "; ")
        yield paragraph(f"{key}:obstacles", "Khó khăn, vướng mắc đơn vị nêu: ", rows, ".")
    given: Sequence[ActionLine] = [
        row for row in (around.actions if around else ()) if row.owner_unit_id == sheet.unit_id
    ]
    if given:
        done, late = sum(row.is_done for row in given), sum(row.is_overdue and not row.is_done for row in given)
        parts = [say(count(f"{key}:given", len(given)), " việc")]
        parts += [say("đã xong ", count(f"{key}:done", done))] if done else []
        parts += [say("quá hạn ", count(f"{key}:overdue", late))] if late else []
        yield paragraph(f"{key}:actions", "Việc được giao theo kết luận, kiến nghị kiểm tra: ", joined(parts), ".")


def _obstacle(row: ObstacleLine) -> Words:
    why = row.cause or row.kind_word
    title = name(f"obstacle:{row.pk}:title", row.title.rstrip(". "))
    return say(title, " (", name(f"obstacle:{row.pk}:why", f"{row.kind_word}: {why}" if row.cause else why), ")")


def _line(key: str, place: int, line: EvaluationLine) -> Row:
    at = f"{key}:{line.code}"
    estimate = value_cell(line.estimate, f"{at}:estimate")
    if line.is_forecast:
        estimate = replace(estimate, text=f"{estimate.text}*")
    return Row(
        (
            Cell(str(place), place),
            Cell(line.name, line.name, key=f"{at}:name"),
            Cell(line.unit_of_measure),
            value_cell(line.target, f"{at}:target"),
            value_cell(line.cumulative, f"{at}:cumulative"),
            value_cell(line.rate, f"{at}:rate"),
            estimate,
            value_cell(line.estimate_rate, f"{at}:estimate_rate"),
            Cell(line.band_text, mark=line.band),
        )
    )
