"""Export, change k cells, import: exactly k changes; untouched: none."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from indicators.exports.template import template_workbook
from indicators.imports.differences import differences
from indicators.imports.reading import touched_rows
from indicators.services.figures import enter_figure
from indicators.services.launching import launch_campaign
from indicators.tables.month_template import month_template
from indicators.tables.template import text_of
from tests.builders import World, at
from tests.indicators.imports.filling import as_bytes, cell_of, make_full_world
from tests.kept import kept_world

pytestmark = pytest.mark.django_db


def launched() -> World:
    world = make_full_world()
    launch_campaign(world.campaign, by=world.people["coordinator_head"])
    return world


world = kept_world(launched, at("2024-07-15"))

AMOUNT = "Số liệu kỳ này"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(text_of)
NUMBERS = {
    0: st.integers(-(10**10), 10**10),
    1: st.integers(-(10**11), 10**11).map(lambda one: one / 10),
    3: st.integers(-(10**13), 10**13).map(lambda one: one / 1000),
}
#: What may be typed where, and never twice the same meaning in one row.
CELLS: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("Trồng chè mới", AMOUNT): NUMBERS[1],
    ("Trồng chè mới", "Ước cả năm"): NUMBERS[1],
    ("Trồng chè mới", "Là số ước (x)"): st.just("x"),
    ("Trồng chè mới", "Ghi chú, lý do"): TEXTS,
    ("Trồng cà phê mới", "Tình hình"): st.just("Không phát sinh"),
    ("Trồng cà phê mới", "Nguồn số liệu"): TEXTS,
    ("Tuyên truyền vận động", "Tình hình"): st.sampled_from(["Hoàn thành", "Gặp vướng mắc"]),
    ("Tuyên truyền vận động", "Nội dung đã làm"): TEXTS,
    ("Chỉ tiêu von", AMOUNT): NUMBERS[3],
    ("Chỉ tiêu von", "Mẫu số: thực nguồn"): NUMBERS[3].map(abs),
    ("Chỉ tiêu moc", "Đã xong bước"): st.sampled_from([1, 2]),
    ("Chỉ tiêu muc", AMOUNT): NUMBERS[0],
    ("Chỉ tiêu muc", "Số liệu đến ngày"): st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(
        lambda day: datetime(day.year, day.month, day.day)
    ),
}
EDITS = st.lists(st.sampled_from(sorted(CELLS)), unique=True).flatmap(
    lambda places: st.fixed_dictionaries({place: CELLS[place] for place in places})
)


def imported(world: World, edits: dict[tuple[str, str], Any]) -> int:
    """Export, type, import: how many changes are found that may be written."""
    submission, clerk = world.submission(), world.people["clerk0"]
    template = month_template(submission, clerk)
    workbook = load_workbook(BytesIO(template_workbook(template, made_at="")))
    for (label, title), value in edits.items():
        cell = cell_of(workbook, label, title)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with "=" is meant as a text
    rows = touched_rows(as_bytes(workbook), subject=template.subject, about=template.about)
    preview = differences(template, rows)
    assert [row.refusals for row in preview.refused] == []
    assert preview.asked == []
    return preview.changes


@settings(max_examples=25)
@given(edits=EDITS)
def test_as_many_cells_as_were_changed_are_found_changed(world, edits):
    assert imported(world, edits) == len(edits)


@settings(max_examples=15)
@given(amount=NUMBERS[3], base=NUMBERS[3].map(abs), note=TEXTS, text=TEXTS)
def test_a_workbook_that_nobody_touched_changes_nothing(world, amount, base, note, text):
    figure = world.figure("von")
    key = str(figure.assignment.indicator.denominators.get().pk)
    values = {"amount": Decimal(str(amount)), "denominators": {key: Decimal(str(base))}, "note": note}
    enter_figure(figure, values, by=world.people["clerk0"], read_version=figure.version)
    world.enter("tuyen-truyen", None, task_status="done", text=f"{text}\r\n- {text}")

    assert imported(world, {}) == 0
