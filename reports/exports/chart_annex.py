"""The drawings of a report, each with the words that stand for it and its values as a table for Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from campaign.rules.calendar import short_name
from indicators.choices import Band
from indicators.tables.standings import Standing
from paper.charts import Tile
from paper.document import CENTRE, RIGHT, Block, Cell, Chart, Column, Heading, Row, Table
from paper.marks import BAND_WORDS
from paper.measure import FONT_FAMILY
from reports import charts
from reports.exports.parts import Part
from reports.narrative.words import paragraph, upper_first
from reports.tables.annex import judgement
from reports.tables.area import Course
from reports.tables.cells import amount_format
from reports.tables.material import Material
from reports.tables.pictures import MOST
from reports.tables.summary import BANDS
from vietnamese.numbers import format_number

BANDS_PART = "results:bands"
HOW_BANDS = "Mức đánh giá chỉ tiêu theo từng nội dung"
#: As wide as the text of a page, in the pixels of a drawing.
WIDTH, HEIGHT = 620, 120
#: So many courses fill the one sheet of the month, below the bands.
MONTH_COURSES = 3
BAND_LEGEND = "Mỗi dấu là một chỉ tiêu."
LEGEND = "Nét liền: lũy kế; nét đứt: lộ trình; vạch ngang: kế hoạch; hình quạt: khoảng dự báo đến khi kết thúc."


def bands_part(material: Material) -> tuple[Part, ...]:
    """The bands of all areas at a glance, in the text before the areas; nothing where there is no indicator."""
    chart = bands_chart(material)
    if chart is None:
        return ()
    said = paragraph(BANDS_PART, "Mức đánh giá các chỉ tiêu theo từng nội dung như sau:")
    return (Part(BANDS_PART, (said,), charts=(replace(chart, caption=""),)),)


def month_charts(material: Material) -> tuple[Block, ...]:
    """The bands of all areas and the courses of the worst; the text of three pages has no room for them."""
    bands = bands_chart(material)
    return (*([bands] if bands else ()), *_courses(material, MONTH_COURSES))


def campaign_charts(material: Material) -> tuple[Block, ...]:
    """The courses of the worst and where on the ground the worst lags; the bands stand in the text."""
    return (*_courses(material), *_map(material))


def bands_chart(material: Material) -> Chart | None:
    """One mark for each indicator, a row for each content area."""
    rows = [(f"{area.area.numbering} {area.area.short_title}".strip(), area.marks) for area in material.summary.areas]
    rows = [(name, marks) for name, marks in rows if marks]
    if not rows:
        return None
    used = [band.value for band in BANDS if any(band == one for _, marks in rows for one, _ in marks)]
    words = _words(material)
    columns = (Column("Nội dung thi đua"), *(Column(upper_first(words[one]), 20, CENTRE) for one in used))
    lines = tuple(Row((Cell(name, name), *_counts(dict(marks), used))) for name, marks in rows)
    table = Table(columns, lines, key="chart:bands", head_column=0)
    svg = charts.bands_of_areas(rows, words=words, typeface=FONT_FAMILY)
    return Chart(str(svg), _told(table), HOW_BANDS, data=table, legend=BAND_LEGEND)


def _words(material: Material) -> dict[str, str]:
    """What the marks say; where there is no band, why there is none."""
    rows = [row.standing for area in material.summary.areas for row in area.rows]
    reasons = dict.fromkeys(judgement(one) for one in rows if one.band == Band.NO_DATA)
    return {**BAND_WORDS, Band.NO_DATA.value: ", ".join(reasons)} if reasons else BAND_WORDS


def _counts(marks: dict[str, int], used: list[str]) -> Iterable[Cell]:
    return (Cell(format_number(marks[one]) if one in marks else "", marks.get(one)) for one in used)


def _courses(material: Material, most: int = MOST) -> Iterable[Block]:
    """The worst indicators, each with its path and where it will probably end."""
    drawn = material.pictures.courses[:most]
    yield Heading("Chỉ tiêu chậm nhất so với lộ trình", 2, "charts:courses")
    if not drawn:
        yield paragraph("charts:none", "Không có chỉ tiêu chậm tiến độ nào đủ số liệu các kỳ để vẽ biểu đồ.")
        return
    *others, last = [_course(replace(standing, outlook=material.ahead(standing)), course) for standing, course in drawn]
    yield from (*others, replace(last, legend=LEGEND))


def _course(standing: Standing, course: Course) -> Chart:
    indicator = standing.indicator
    data = _course_table(standing, course)
    svg = charts.course_with_end(
        standing,
        course.values,
        course.path,
        course.target,
        periods=course.periods,
        ends=course.ends,
        width=WIDTH,
        height=HEIGHT,
        typeface=FONT_FAMILY,
        label=f"{indicator.short_name}: {_told(data)}",
    )
    return Chart(str(svg), _told(data), f"{indicator.short_name} ({indicator.unit_of_measure})", data=data)


def _course_table(standing: Standing, course: Course) -> Table:
    """What the drawing shows, period by period, then the plan and the forecast."""
    decimals = standing.indicator.decimals

    def amount(value: Decimal | None) -> Cell:
        text = "" if value is None else format_number(value, decimals)
        return Cell(text, value, amount_format(decimals))

    lines = [
        Row((Cell(short_name(name), short_name(name)), amount(value), amount(due)))
        for name, value, due in zip(course.periods, course.values, course.path, strict=True)
    ]
    lines.append(Row((Cell("Kế hoạch"), Cell(standing.target_text, course.target))))
    outlook = standing.outlook
    if outlook is not None and outlook.has_forecast and not outlook.in_percent:
        ends = f"{outlook.expected_text} ({outlook.interval_text})"
        lines.append(Row((Cell("Dự báo"), Cell(ends, outlook.found.expected))))
    columns = (Column("Kỳ", 40), Column("Lũy kế", 0, RIGHT), Column("Lộ trình", 0, RIGHT))
    return Table(columns, tuple(lines), key=f"chart:{standing.indicator.code}", head_column=0)


def _map(material: Material) -> Iterable[Block]:
    """The worst indicator that lies on the ground, unit by unit where they lie."""
    found = material.pictures
    if found.mapped is None:
        return
    name = found.mapped.indicator.short_name
    yield Heading(f"{name} theo {found.tiles.units}", 2, "charts:map")
    columns = (Column("Đơn vị"), Column("So kế hoạch", 40, RIGHT), Column("Đánh giá", 60))
    table = Table(columns, tuple(map(_tile_row, found.tiles.tiles)), key="chart:map", head_column=0)
    svg = charts.tiles(found.tiles.tiles, name, typeface=FONT_FAMILY)
    yield Chart(str(svg), _told(table), "", data=table)


def _tile_row(tile: Tile) -> Row:
    return Row((Cell(tile.name, tile.name), Cell(tile.text, tile.text), Cell(BAND_WORDS[tile.band], mark=tile.band)))


def _told(table: Table) -> str:
    """A table read aloud: what stands in place of its drawing."""
    lines = []
    for row in table.rows:
        head, *cells = row.cells
        said = [
            f"{column.title.lower()} {cell.text}" if len(row.cells) == len(table.columns) else cell.text
            for column, cell in zip(table.columns[1:], cells, strict=False)
            if cell.text
        ]
        lines.append(f"{head.text}: {', '.join(said)}")
    return "; ".join(lines)
