"""Native charts of a workbook: drawn by the office's own program from the cells, and changed with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

#: A row of a sheet on the screen.
ROW_PIXELS = 20
_FONT = {"name": "Times New Roman", "size": 10}


@dataclass(frozen=True)
class PlotSeries:
    """One row of bars: the key of its column, its name, its colour."""

    key: str
    name: str
    colour: str


@dataclass(frozen=True)
class Plot:
    """Bars over the rows of the sheet's own table; `words` tell the same to whom does not see it.

    `skips` leaves out so many of its first rows (the sum of the others).
    """

    title: str
    categories: str
    series: tuple[PlotSeries, ...]
    words: str
    stacked: bool = False
    unit: str = ""
    skips: int = 0


def insert_plot(
    workbook: Workbook, worksheet: Worksheet, plot: Plot, places: Mapping[str, int], rows: tuple[int, int], at: int
) -> int:
    """Draw it below the table, from the rows `rows` (first and last) of the columns that it names; how many rows of the
    sheet it takes.
    """
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"} if plot.stacked else {"type": "bar"})
    sheet, first, last = worksheet.get_name(), rows[0] + plot.skips, rows[1]
    for one in plot.series:
        chart.add_series(
            {
                "name": one.name,
                "categories": [sheet, first, places[plot.categories], last, places[plot.categories]],
                "values": [sheet, first, places[one.key], last, places[one.key]],
                "fill": {"color": one.colour},
                "gap": 60,
                **({} if plot.stacked else {"overlap": -5}),
            }
        )
    chart.set_title({"name": plot.title, "name_font": {**_FONT, "size": 12}, "overlay": False})
    # The first row of the table stands at the top of the chart too.
    chart.set_y_axis(
        {"reverse": True, "num_font": _FONT, "label_position": "low", "crossing": "max", "interval_unit": 1}
    )
    lines = {"visible": True, "line": {"color": "#d5d9df", "width": 0.75}}
    chart.set_x_axis({"name": plot.unit, "name_font": _FONT, "num_font": _FONT, "major_gridlines": lines, "min": 0})
    chart.set_legend({"position": "bottom", "font": _FONT})
    # Less than this for a bar, and its name is left out.
    height = max(220, 90 + 34 * (last - first + 1))
    chart.set_size({"width": 920, "height": height})
    worksheet.insert_chart(at, 1, chart, {"description": plot.words, "object_position": 2})
    return height // ROW_PIXELS + 2
