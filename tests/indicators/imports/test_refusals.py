"""What is not our workbook, or no longer as we gave it: each is refused with a sentence, and nothing is written."""

import re
import subprocess
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from indicators.models import FigureVersion
from tests.builders import at, make_world
from tests.indicators.imports.filling import (
    as_bytes,
    bring_back,
    cell_of,
    download,
    indicator_page,
    month_page,
    rewritten,
)
from tests.indicators.views.reading import log_in, text_of
from tests.kept import kept_world
from units.imports import package

pytestmark = pytest.mark.django_db
world = kept_world(lambda: make_world(communes=2), at("2024-08-15"))
AMOUNT = "Số liệu kỳ này"
FIRST, TEA, COFFEE, TASK = 6, 7, 8, 9


@pytest.fixture
def clerk(world):
    return log_in(world, "clerk0")


@pytest.fixture
def workbook(world, clerk) -> Workbook:
    """The month's workbook with one changed figure, which must not slip in."""
    workbook = download(clerk, month_page(world))
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = 20
    return workbook


def refused(world, clerk, content: Workbook | bytes, sentence: str) -> None:
    response = bring_back(clerk, month_page(world), content)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert 'name="sealed"' not in response.content.decode()
    assert FigureVersion.objects.count() == 0


# --- Another's workbook -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("commune", "period", "about"),
    [(1, 1, "xã Pờ Ê, Tháng 7/2024"), (0, 2, "xã Hiếu, Tháng 8/2024")],
)
def test_the_workbook_of_another_unit_or_period_is_told_apart(world, clerk, commune, period, about):
    other = download(log_in(world, f"clerk{commune}"), month_page(world, commune, period))

    refused(world, clerk, other, f"biểu mẫu của {about}, không phải của xã Hiếu, Tháng 7/2024")


def test_an_indicator_s_workbook_is_no_month(world, clerk):
    other = download(log_in(world, "reviewer"), indicator_page(world))

    refused(world, clerk, other, "biểu mẫu của chỉ tiêu “Trồng chè mới”, Tháng 7/2024")


def test_any_other_workbook_has_no_signature(world, clerk):
    refused(world, clerk, Workbook(), "không có mã nhận dạng")


# --- Rows and columns -------------------------------------------------------------------------------------------------


def swap(workbook: Workbook, one: int, other: int) -> None:
    """Sort two whole rows the other way round, hidden cells and all."""
    sheet = workbook.worksheets[0]
    for place in range(1, sheet.max_column + 1):
        first, second = sheet.cell(one, place), sheet.cell(other, place)
        first.value, second.value = second.value, first.value


def set_cell(place: str, value: object) -> Callable[[Workbook], None]:
    def change(workbook: Workbook) -> None:
        workbook.worksheets[0][place].value = value

    return change


CHANGES: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "a row added": (lambda book: book.worksheets[0].insert_rows(COFFEE), "thêm hoặc xóa dòng ở gần dòng 8"),
    "a row added below": (set_cell("C12", "Tổng cộng"), "thêm dòng 12"),
    "a row deleted": (lambda book: book.worksheets[0].delete_rows(COFFEE), "đã bị xóa 1 dòng"),
    "a heading deleted": (lambda book: book.worksheets[0].delete_rows(FIRST), "thêm hoặc xóa dòng"),
    "rows sorted": (lambda book: swap(book, TEA, COFFEE), "chuyển chỗ hoặc sắp xếp lại"),
    "only the names sorted": (set_cell("C8", "Trồng chè mới"), "không còn khớp với số"),
    "a row pushed in above": (lambda book: book.worksheets[0].insert_rows(1), "thêm dòng hoặc cột ở đầu trang"),
    "a column pushed in before": (lambda book: book.worksheets[0].insert_cols(1), "thêm dòng hoặc cột ở đầu trang"),
    "a column added": (lambda book: book.worksheets[0].insert_cols(9), "đã bị thêm cột"),
    "a column deleted": (lambda book: book.worksheets[0].delete_cols(10), "đã bị xóa cột"),
    "a title overwritten": (set_cell("H5", "Kế hoạch"), "Tên cột đã bị sửa thành “Kế hoạch”"),
    "something beside the table": (set_cell("R7", 5), "Dòng 7 có nội dung ngoài bảng"),
    "a hidden number of another row": (set_cell("A7", 13_000), "Mã ẩn của biểu mẫu đã bị sửa"),
    "a hidden version": (set_cell("B7", 5), "Mã ẩn của biểu mẫu đã bị sửa"),
    "a signature changed": (
        lambda book: set_cell("A1", book.worksheets[0]["A1"].value[:-3] + "abc")(book),
        "Mã ẩn của biểu mẫu đã bị sửa",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_rows_and_columns_stay_where_they_were(world, clerk, workbook, name):
    change, sentence = CHANGES[name]
    change(workbook)

    refused(world, clerk, workbook, sentence)


def test_columns_moved_are_told_apart_from_columns_added(world, clerk, workbook):
    sheet = workbook.worksheets[0]
    for row in range(5, TASK + 1):
        one, other = sheet.cell(row, 8), sheet.cell(row, 12)
        one.value, other.value = other.value, one.value

    refused(world, clerk, workbook, "Các cột đã bị chuyển chỗ")


# --- Cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["=10+10", '=HYPERLINK("http://x")', "=SUM(H8:H8)"])
def test_a_formula_is_refused_where_it_stands(world, clerk, workbook, formula):
    cell_of(workbook, "Trồng chè mới", AMOUNT).value = formula

    response = bring_back(clerk, month_page(world), workbook)

    assert "Ô H7 là công thức" in text_of(response)
    assert "Ghi dòng này" not in text_of(response)


def test_a_percentage_is_not_taken_for_the_number_that_excel_keeps(world, clerk, workbook):
    cell = cell_of(workbook, "Trồng chè mới", AMOUNT)
    cell.value, cell.number_format = 0.5, "0%"

    assert "dạng phần trăm" in text_of(bring_back(clerk, month_page(world), workbook))


@pytest.mark.parametrize(
    ("title", "value", "sentence"),
    [
        (AMOUNT, "1,2 tỷ con", "tính bằng ha"),
        ("Tình hình", "Có", "chọn “Không phát sinh”"),
        ("Là số ước (x)", "chắc vậy", "chỉ đánh dấu x"),
    ],
)
def test_what_the_lists_do_not_hold_is_refused_with_a_reason(world, clerk, workbook, title, value, sentence):
    cell_of(workbook, "Trồng chè mới", title).value = value

    assert sentence in text_of(bring_back(clerk, month_page(world), workbook))


# --- Sheets and packages ----------------------------------------------------------------------------------------------


SHEETS = [
    ("hidden", "trang tính ẩn “Nháp”"),
    ("veryHidden", "trang tính ẩn “Nháp”"),
    ("visible", "thêm trang tính “Nháp”"),
]


@pytest.mark.parametrize(("state", "sentence"), SHEETS)
def test_another_sheet_is_refused(world, clerk, workbook, state, sentence):
    workbook.create_sheet("Nháp").sheet_state = state

    refused(world, clerk, workbook, sentence)


def test_a_workbook_with_macros_is_refused(world, clerk, workbook):
    with_macro = rewritten(as_bytes(workbook), lambda name, part: part, **{"xl/vbaProject.bin": b"\x00macro"})

    refused(world, clerk, with_macro, "có macro")


def test_a_workbook_saved_as_xlsm_is_refused_even_without_a_macro(world, clerk, workbook):
    def as_xlsm(name: str, part: bytes) -> bytes:
        plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        return part.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")

    refused(world, clerk, rewritten(as_bytes(workbook), as_xlsm), "có macro")


@pytest.mark.parametrize("name", ["bieu-mau.xlsm", "BIEU-MAU.XLSM", "bieu-mau.xlsb"])
def test_a_plain_workbook_under_the_name_of_one_with_macros_is_refused(world, clerk, workbook, name):
    response = bring_back(clerk, month_page(world), workbook, name)

    assert response.status_code == 422
    assert f"Tệp “{name}” mang tên của loại tệp có macro. Mở tệp, lưu dạng .xlsx không macro" in text_of(response)
    assert FigureVersion.objects.count() == 0


def test_a_zip_bomb_is_refused_before_it_is_unpacked(world, clerk, workbook):
    bomb = rewritten(as_bytes(workbook), lambda name, part: part, **{"xl/media/a.xml": b" " * (8 * 1024 * 1024)})
    assert len(bomb) < 100_000

    refused(world, clerk, bomb, "giải nén ra quá lớn")


def test_a_package_that_unpacks_to_too_much_in_all_is_refused(world, clerk, workbook, monkeypatch):
    monkeypatch.setattr(package, "MAX_UNPACKED", 10_000)

    refused(world, clerk, workbook, "giải nén ra quá lớn")


def test_a_document_type_in_a_part_is_refused(world, clerk, workbook):
    def with_entity(name: str, part: bytes) -> bytes:
        return part.replace(b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook', 1)

    refused(world, clerk, rewritten(as_bytes(workbook), with_entity), "nội dung lạ")


def test_a_merged_cell_as_large_as_the_sheet_costs_nothing(world, clerk, workbook):
    def merged(name: str, part: bytes) -> bytes:
        area = b'</sheetData><mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>'
        return part.replace(b"</sheetData>", area) if "sheet1" in name else part

    response = bring_back(clerk, month_page(world), rewritten(as_bytes(workbook), merged))

    assert response.status_code == 200


def with_size(workbook: Workbook, size: bytes) -> bytes:
    """The workbook with another size of its sheet written in front of it."""

    def resized(name: str, part: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*" ?/>', size, part) if "sheet1" in name else part

    return rewritten(as_bytes(workbook), resized)


def test_a_sheet_that_says_it_is_shorter_than_its_rows_is_refused(world, clerk, workbook):
    refused(world, clerk, with_size(workbook, b'<dimension ref="A1:N8"/>'), "Biểu mẫu đã bị xóa")


@pytest.mark.parametrize("size", [b"", b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="A1"/>'])
def test_a_sheet_that_does_not_know_its_size_is_read_to_its_end_or_refused(world, clerk, workbook, size):
    response = bring_back(clerk, month_page(world), with_size(workbook, size))

    assert response.status_code == 422 or '<span class="quiet">để trống</span> → <strong>20</strong>' in text_of(
        response
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"Ho va ten;So lieu\n", "không phải Excel"),
        (b"PK\x03\x04 cut off", "Tệp hỏng"),
        (OLE, "Excel đời cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        (b"PK" + b"x" * package.MAX_BYTES, "lớn hơn 5 MB"),
    ],
    ids=["empty", "csv", "broken", "xls", "with a password", "too large"],
)
def test_what_is_no_workbook_is_told_in_a_sentence(world, clerk, content, sentence):
    refused(world, clerk, content, sentence)


def test_a_word_file_is_no_workbook(world, clerk, workbook):
    def renamed(name: str, part: bytes) -> bytes:
        return part

    content = rewritten(as_bytes(workbook), renamed).replace(b"xl/workbook.xml", b"wd/document.xml")

    refused(world, clerk, content, "không phải Excel")


def test_a_page_without_a_file_asks_for_one(world, clerk):
    response = clerk.post(month_page(world))

    assert response.status_code == 422
    assert "Chọn tệp Excel" in text_of(response)


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def test_a_workbook_saved_by_libreoffice_still_comes_back(world, clerk, workbook, tmp_path: Path):
    note = cell_of(workbook, "Trồng chè mới", "Ghi chú, lý do")
    note.value, note.alignment = "Dòng một\nDòng hai", copy(note.alignment)
    before = tmp_path / "bieu-mau.xlsx"
    before.write_bytes(as_bytes(workbook))
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "after", before]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = (tmp_path / "after" / "bieu-mau.xlsx").read_bytes()

    response = bring_back(clerk, month_page(world), saved)

    assert saved != before.read_bytes()
    assert load_workbook(tmp_path / "after" / "bieu-mau.xlsx").worksheets[0].protection.sheet
    assert "Ghi 2 thay đổi" in text_of(response)
