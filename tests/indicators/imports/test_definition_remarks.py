"""What a definitions workbook is remarked on without being refused, and how the file is given back."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from indicators.imports.definition_import import preview_definitions
from indicators.models import Assignment, Target
from tests.builders import at, make_unit
from tests.indicators.imports.test_definitions import HEAD, add, build, content_of, field, opened, page_of, sent
from tests.kept import kept_world

pytestmark = pytest.mark.django_db
world = kept_world(build, at("2024-06-20"))


def _copied(book: Workbook, amount: object) -> None:
    """The tea once more under another code, with a number of its own for the first commune."""
    sheet = book["Chỉ tiêu, nhiệm vụ"]
    heads = {str(cell.value or "").rstrip(" *"): cell.column for cell in sheet[HEAD]}
    tea = next(cells for cells in sheet.iter_rows(min_row=HEAD + 1) if cells[0].value == "che")
    held = {title: tea[column - 1].value for title, column in heads.items() if tea[column - 1].value is not None}
    add(sheet, **{**held, "Mã chỉ tiêu": "che-2"})
    unit = Target.objects.get(indicator__code="che", unit__name="xã Hiếu").unit
    add(book["Chỉ tiêu giao"], **{"Mã chỉ tiêu": "che-2", "Mã đơn vị": unit.key, "Số giao": amount})


def test_one_name_under_two_codes_with_two_numbers_is_a_remark_at_the_second_number(world):
    book = opened(world)
    _copied(book, 77)
    preview = preview_definitions(world.campaign, content_of(book))
    amount = Target.objects.get(indicator__code="che", unit__name="xã Hiếu").amount

    [remark] = preview.remarks
    assert preview.faults == ()
    assert remark.sheet == "Chỉ tiêu giao"
    assert f"mã che, che-2. Số của xã Hiếu khác nhau: {amount:.0f} (che) và 77 (che-2)." in remark.sentence


def test_one_name_under_two_codes_without_contradiction_is_a_remark_at_the_name(world):
    book = opened(world)
    _copied(book, Target.objects.get(indicator__code="che", unit__name="xã Hiếu").amount)
    [remark] = preview_definitions(world.campaign, content_of(book)).remarks

    assert (remark.sheet, "mã che, che-2. Nếu là một chỉ tiêu" in remark.sentence) == ("Chỉ tiêu, nhiệm vụ", True)


def test_a_file_given_back_prints_the_rows_that_were_added_and_its_notes_begin_as_sentences(world):
    client, page = page_of(world)
    book = opened(world)
    sheet = book["Nội dung"]
    before = sheet.print_area
    row = add(sheet, **{"Mã nội dung": "Mới Thêm", "Tên nội dung": "Nội dung thêm"})
    shown = sent(client, page, book)
    marked = client.post(page, {"sealed": field(shown, "sealed"), "marked": "1"})
    again = load_workbook(BytesIO(marked.content))["Nội dung"]

    assert [area.rpartition("$")[2] == str(row) for area in (before, again.print_area)] == [False, True]
    assert again.cell(row, 1).comment.text.startswith("Mã “Mới Thêm” chỉ gồm chữ thường")


def test_a_unit_that_the_document_named_before_it_takes_part_is_a_remark_and_a_new_one_is_refused(world):
    unit = make_unit("la", "xã Lạ", parent=world.authority)
    Assignment.objects.create(indicator=world.indicators["che"], unit=unit, role="reports")
    kept = preview_definitions(world.campaign, content_of(opened(world)))
    book = opened(world)
    add(book["Phân giao"], **{"Mã chỉ tiêu": "ca-phe", "Mã đơn vị": unit.key, "Vai trò": "Báo cáo"})
    added = preview_definitions(world.campaign, content_of(book))

    assert (kept.faults, [one.sentence for one in kept.remarks]) == (
        (),
        ["“la” chưa tham gia phong trào. Thêm ở trang đơn vị."],
    )
    assert [fault.sentence for fault in added.faults] == ["“la” chưa tham gia phong trào. Thêm ở trang đơn vị."]
