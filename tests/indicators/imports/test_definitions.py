"""A campaign's definitions as a workbook: out and in again without a difference, every fault with its cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from campaign.services.preparing import prepare_campaign
from indicators.imports.definition_import import export_definitions, import_definitions, preview_definitions
from indicators.models import Assignment, Denominator, Indicator, MilestoneStep, Opening, PathPoint, Target
from indicators.services.launching import launch_campaign
from tests.builders import World, at
from tests.indicators.imports.filling import make_full_world
from tests.kept import kept_world
from units.errors import LostRace
from units.models import AuditLine

pytestmark = pytest.mark.django_db
D = Decimal
HEAD = 4


def build() -> World:
    """A campaign in preparation with every kind of row."""
    world = make_full_world()
    base = Denominator.objects.create(indicator=world.indicators["von"], key="giao", name="dự toán giao", position=2)
    period = world.period(2)
    PathPoint.objects.create(indicator=world.indicators["che"], period=period, share=D("35.5"))
    PathPoint.objects.create(
        indicator=world.indicators["che"], unit=world.communes[0], period=period, share=D("40.125")
    )
    Opening.objects.create(indicator=world.indicators["che"], unit=world.communes[0], amount=D("12.5"))
    Opening.objects.create(indicator=world.indicators["von"], unit=world.authority, rate=D("27.9"), base=base)
    Target.objects.create(
        indicator=world.indicators["von"],
        unit=world.authority,
        base=base,
        is_percentage=True,
        amount=D("95"),
        valid_from=world.campaign.year_starts_on,
        set_by="UBND tỉnh",
        decision_number="12/QĐ-UBND",
    )
    return world


world = kept_world(build, at("2024-06-20"))


def sheet_of(book: Workbook, name: str) -> Worksheet:
    return book[name]


def put(sheet: Worksheet, key: str, title: str, value: object) -> str:
    """Write a value in the row that begins with the key; the cell's address."""
    heads = {str(cell.value or "").rstrip(" *"): cell.column for cell in sheet[HEAD]}
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=HEAD + 1) if cells[0].value == key)
    cell = sheet.cell(row, heads[title], value)
    return str(cell.coordinate)


def add(sheet: Worksheet, **values: object) -> int:
    """Fill the first open line; titles with underscores for spaces are not needed, order of columns is by title."""
    heads = {str(cell.value or "").rstrip(" *"): cell.column for cell in sheet[HEAD]}
    row = next(number for number in range(HEAD + 1, 2000) if not sheet.cell(number, 1).value)
    for title, value in values.items():
        sheet.cell(row, heads[title], value)
    return row


def opened(world: World) -> Workbook:
    return load_workbook(BytesIO(export_definitions(world.campaign)))


def content_of(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def faults(world: World, book: Workbook) -> list[str]:
    return [fault.words for fault in preview_definitions(world.campaign, content_of(book)).faults]


def test_what_goes_out_comes_in_again_without_a_difference(world):
    preview = preview_definitions(world.campaign, export_definitions(world.campaign))

    assert preview.sheets == ()
    assert preview.faults == ()


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "Sc")), min_size=1, max_size=40)
amounts = st.decimals(min_value=D("-99999999"), max_value=D("99999999"), places=4)


@settings(max_examples=6)
@given(name=texts, note=texts, amount=amounts, share=st.decimals(min_value=0, max_value=999, places=3))
def test_whatever_a_row_holds_comes_back_the_same(world, name, note, amount, share):
    row = world.indicators["che"]
    Indicator.objects.filter(pk=row.pk).update(name=name.strip() or "x", definition=note, source_note=note)
    Target.objects.filter(indicator=row, unit=world.communes[0]).update(amount=amount, set_by=note)
    PathPoint.objects.filter(indicator=row, unit=None).update(share=share)

    preview = preview_definitions(world.campaign, export_definitions(world.campaign))

    assert preview.sheets == ()
    assert preview.faults == ()


def test_new_changed_and_removed_rows_are_shown_cell_by_cell_and_written_together(world):
    book = opened(world)
    put(book["Chỉ tiêu, nhiệm vụ"], "che", "Tên chỉ tiêu, nhiệm vụ", "Trồng chè mới, chè cổ thụ")
    put(book["Chỉ tiêu giao"], "che", "Số giao", "60,5")
    put(book["Bước của mốc"], "moc", "Bỏ dòng", "x")
    add(
        book["Chỉ tiêu, nhiệm vụ"],
        **{
            "Mã chỉ tiêu": "mac-ca",
            "Nội dung (mã)": "2-3",
            "Tên chỉ tiêu, nhiệm vụ": "Trồng mắc ca",
            "Loại": "Số lượng",
            "Đơn vị tính": "ha",
        },
    )
    add(book["Phân giao"], **{"Mã chỉ tiêu": "mac-ca", "Mã đơn vị": "xã Hiếu", "Vai trò": "Báo cáo"})

    preview = import_definitions(world.campaign, content_of(book), by=world.people["coordinator"])

    assert {sheet.name: sheet.words for sheet in preview.sheets} == {
        "Chỉ tiêu, nhiệm vụ": "thêm 1 dòng, sửa 1 dòng",
        "Bước của mốc": "bỏ 1 dòng",
        "Phân giao": "thêm 1 dòng",
        "Chỉ tiêu giao": "sửa 1 dòng",
    }
    [change] = next(sheet for sheet in preview.sheets if sheet.name == "Chỉ tiêu giao").rows[0].cells
    assert (change.title, change.old, change.new) == ("Số giao", "50", "60,5")
    added = Indicator.objects.get(campaign=world.campaign, code="mac-ca")
    assert Assignment.objects.get(indicator=added).unit == world.communes[0]
    assert Indicator.objects.get(code="che").name == "Trồng chè mới, chè cổ thụ"
    assert MilestoneStep.objects.filter(indicator=world.indicators["moc"]).count() == 1
    assert AuditLine.objects.filter(event="campaign.definitions_written").count() == 1
    assert preview_definitions(world.campaign, export_definitions(world.campaign)).sheets == ()


def test_a_blank_campaign_is_set_up_by_the_file_alone_and_launched(world):
    by = world.people["coordinator_head"]
    blank = prepare_campaign(
        standing_body=world.standing_body,
        name="Thi đua năm 2025",
        short_name="Thi đua 2025",
        starts_on=at("2024-12-15").date(),
        ends_on=at("2025-12-14").date(),
        calendar_rule="nd09",
        due_day_of_month=16,
        by=by,
    )
    book = load_workbook(BytesIO(export_definitions(blank)))
    add(book["Nội dung"], **{"Mã nội dung": "kinh-te", "Tên nội dung": "Kinh tế", "Số mục": "1."})
    row = {"Nội dung (mã)": "kinh-te", "Loại": "Số lượng", "Đơn vị tính": "ha"}
    add(
        book["Chỉ tiêu, nhiệm vụ"],
        **row,
        **{"Mã chỉ tiêu": "rung", "Tên chỉ tiêu, nhiệm vụ": "Rừng trồng", "Trong đó của (mã)": "cay"},
    )
    add(book["Chỉ tiêu, nhiệm vụ"], **row, **{"Mã chỉ tiêu": "cay", "Tên chỉ tiêu, nhiệm vụ": "Cây các loại"})
    for unit in world.communes:
        part = {"Mã đơn vị": unit.name, "Quan hệ": "Giao", "Nhóm hạn gửi": "Các đơn vị", "Cụm, khối": "Các xã"}
        add(book["Đơn vị tham gia"], **part)
        for code in ("rung", "cay"):
            add(book["Phân giao"], **{"Mã chỉ tiêu": code, "Mã đơn vị": unit.key, "Vai trò": "Báo cáo"})
        add(
            book["Chỉ tiêu giao"],
            **{"Mã chỉ tiêu": "rung", "Mã đơn vị": unit.key, "Số giao": 12.5, "Dùng để đánh giá": "x"},
        )
    add(book["Cụm, khối"], **{"Tên cụm, khối": "Các xã"})
    add(book["Lộ trình"], **{"Mã chỉ tiêu": "rung", "Tháng 6/2025": 50})

    import_definitions(blank, content_of(book), by=by)
    launch_campaign(blank, by=by)

    assert Campaign.objects.get(pk=blank.pk).status == CampaignStatus.LAUNCHED
    assert blank.periods.filter(kind="month").count() == 12
    assert Indicator.objects.get(campaign=blank, code="rung").parent.code == "cay"
    assert PathPoint.objects.get(indicator__code="rung").period.name == "Tháng 6/2025"


Spoil = Callable[[Workbook], str]


def _rename_unit(book: Workbook) -> str:
    number = add(book["Phân giao"], **{"Mã chỉ tiêu": "che", "Mã đơn vị": "xã Không Có", "Vai trò": "Báo cáo"})
    return f"Trang “Phân giao”, ô C{number}: không có đơn vị “xã Không Có”. Xem mã và tên đơn vị ở trang “Danh mục”."


def _twice(book: Workbook) -> str:
    sheet = book["Chỉ tiêu giao"]
    number = add(sheet, **{"Mã chỉ tiêu": "che", "Mã đơn vị": "xa-0", "Số giao": 70, "Dùng để đánh giá": "x"})
    return f"Trang “Chỉ tiêu giao”, ô A{number}: trùng với dòng 5"


def _two_mains(book: Workbook) -> str:
    base = {"Mẫu số (khóa)": "nguon", "Là phần trăm của mẫu số": "x", "Số giao": 90, "Dùng để đánh giá": "x"}
    add(book["Chỉ tiêu giao"], **{"Mã chỉ tiêu": "von", "Mã đơn vị": "huyen"}, **base)
    return "chỉ tiêu “von” của “huyen” có hai số cùng dùng để đánh giá: 95 % và 90 %"


def _ring(book: Workbook) -> str:
    place = put(book["Chỉ tiêu, nhiệm vụ"], "ca-phe", "Trong đó của (mã)", "che")
    put(book["Chỉ tiêu, nhiệm vụ"], "che", "Trong đó của (mã)", "ca-phe")
    return f"Trang “Chỉ tiêu, nhiệm vụ”, ô {place}: chỉ tiêu xếp vòng tròn: ca-phe → che → ca-phe."


def _unknown_area(book: Workbook) -> str:
    place = put(book["Chỉ tiêu, nhiệm vụ"], "che", "Nội dung (mã)", "9-9")
    return f"Trang “Chỉ tiêu, nhiệm vụ”, ô {place}: không có mã nội dung “9-9”."


def _formula(book: Workbook) -> str:
    place = put(book["Chỉ tiêu giao"], "che", "Số giao", "=1+1")
    return f"Trang “Chỉ tiêu giao”, ô {place}: là công thức."


def _word(book: Workbook) -> str:
    place = put(book["Chỉ tiêu giao"], "che", "Số giao", "nhiều")
    return f"Trang “Chỉ tiêu giao”, ô {place}: “nhiều” không phải là số"


def _merged(book: Workbook) -> str:
    book["Phân giao"].merge_cells("A5:A6")
    return "Trang “Phân giao”, ô A5:A6: ô bị gộp."


def _hidden(book: Workbook) -> str:
    book["Mẫu số"].sheet_state = "hidden"
    return "Trang “Mẫu số”: trang tính bị ẩn."


def _strange(book: Workbook) -> str:
    book.create_sheet("Nháp")
    return "Trang “Nháp”: không có trang này trong bảng định nghĩa."


def _task_with_amount(book: Workbook) -> str:
    number = add(book["Chỉ tiêu giao"], **{"Mã chỉ tiêu": "tuyen-truyen", "Mã đơn vị": "xa-0", "Số giao": 7})
    return f"Trang “Chỉ tiêu giao”, ô A{number}: “tuyen-truyen” là nhiệm vụ, không có số."


def _bad_code(book: Workbook) -> str:
    row = {"Nội dung (mã)": "2-3", "Tên chỉ tiêu, nhiệm vụ": "Mới", "Loại": "Nhiệm vụ"}
    number = add(book["Chỉ tiêu, nhiệm vụ"], **{"Mã chỉ tiêu": "Trồng Rừng"}, **row)
    return f"Trang “Chỉ tiêu, nhiệm vụ”, ô A{number}: mã “Trồng Rừng” chỉ gồm chữ thường không dấu"


def _removed_but_used(book: Workbook) -> str:
    put(book["Chỉ tiêu, nhiệm vụ"], "che", "Bỏ dòng", "x")
    return "không có mã chỉ tiêu “che”."


@pytest.mark.parametrize(
    "spoil",
    [
        _rename_unit, _twice, _two_mains, _ring, _unknown_area, _formula, _word, _merged, _hidden, _strange,
        _task_with_amount, _bad_code, _removed_but_used,
    ],
    ids=lambda spoil: spoil.__name__.strip("_"),
)  # fmt: skip
def test_each_fault_is_a_sentence_with_its_cell_and_nothing_is_written(world, spoil: Spoil):
    book = opened(world)
    put(book["Chỉ tiêu, nhiệm vụ"], "ca-phe", "Tên chỉ tiêu, nhiệm vụ", "Tên khác")
    sentence = spoil(book)

    assert any(sentence in words for words in faults(world, book)), faults(world, book)
    with pytest.raises(ValidationError):
        import_definitions(world.campaign, content_of(book), by=world.people["coordinator"])
    assert Indicator.objects.get(code="ca-phe").name == "Trồng cà phê mới"


def test_units_that_do_not_add_up_to_the_whole_are_a_remark(world):
    book = opened(world)
    add(
        book["Chỉ tiêu giao"],
        **{"Mã chỉ tiêu": "che", "Mã đơn vị": "huyen", "Số giao": 120, "Dùng để đánh giá": "x"},
    )
    preview = preview_definitions(world.campaign, content_of(book))

    assert preview.faults == ()
    assert "cộng lại thiếu 20 so với số giao chung" in preview.remarks[0].words


def test_what_changed_since_the_preview_is_not_written_over(world):
    book = opened(world)
    put(book["Chỉ tiêu giao"], "che", "Số giao", 61)
    content = content_of(book)
    seen = preview_definitions(world.campaign, content).mark
    Indicator.objects.filter(code="ca-phe").update(name="Tên vừa sửa")

    with pytest.raises(LostRace):
        import_definitions(world.campaign, content, by=world.people["coordinator"], seen=seen)


def test_only_the_standing_body_writes(world):
    book = opened(world)
    put(book["Chỉ tiêu giao"], "che", "Số giao", 61)
    with pytest.raises(PermissionDenied):
        import_definitions(world.campaign, content_of(book), by=world.people["clerk0"])


def page_of(world: World) -> tuple[Client, str]:
    client = Client()
    client.force_login(world.people["coordinator"])
    return client, reverse("indicators:import-definitions", args=[world.campaign.pk])


def sent(client: Client, page: str, book: Workbook) -> str:
    upload = SimpleUploadedFile("dinh-nghia.xlsx", content_of(book))
    return client.post(page, {"file": upload}).content.decode()


def field(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def test_the_page_previews_then_writes(world):
    client, page = page_of(world)
    book = opened(world)
    put(book["Chỉ tiêu giao"], "che", "Số giao", 61)
    shown = sent(client, page, book)
    answer = client.post(page, {"sealed": field(shown, "sealed"), "mark": field(shown, "mark")})

    assert "Ghi 1 dòng" in shown
    assert answer.status_code == 302
    assert Target.objects.get(indicator__code="che", unit=world.communes[0]).amount == 61


def test_a_faulty_file_comes_back_coloured_with_its_reasons(world):
    client, page = page_of(world)
    book = opened(world)
    place = put(book["Chỉ tiêu giao"], "che", "Số giao", "nhiều")
    shown = sent(client, page, book)
    marked = client.post(page, {"sealed": field(shown, "sealed"), "marked": "1"})
    cell = load_workbook(BytesIO(marked.content))["Chỉ tiêu giao"][place]

    assert "1 chỗ phải sửa" in shown
    assert cell.value == "nhiều"
    assert cell.fill.fgColor.rgb == "FFFFC9C2"
    assert "không phải là số" in cell.comment.text


def test_merged_cells_that_are_blank_are_marked_at_their_first(world):
    client, page = page_of(world)
    book = opened(world)
    sheet = book["Chỉ tiêu, nhiệm vụ"]
    sheet.merge_cells("B5:B6")
    shown = sent(client, page, book)
    marked = client.post(page, {"sealed": field(shown, "sealed"), "marked": "1"})
    cell = load_workbook(BytesIO(marked.content))["Chỉ tiêu, nhiệm vụ"]["B5"]

    assert marked.status_code == 200
    assert cell.fill.fgColor.rgb == "FFFFC9C2"
    assert cell.comment is not None


def test_a_file_that_is_no_workbook_is_answered_in_a_sentence(world):
    client, page = page_of(world)
    answer = client.post(page, {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.4")})

    assert answer.status_code == 422
    assert "Tệp không phải Excel" in answer.content.decode()


def test_the_command_is_the_same_door(world, tmp_path: Path):
    file, said = tmp_path / "dinh-nghia.xlsx", StringIO()
    call_command("import_definitions", world.campaign.key, str(file), take_down=True, stdout=said)
    book = load_workbook(file)
    put(book["Chỉ tiêu giao"], "che", "Số giao", 61)
    book.save(file)
    call_command("import_definitions", world.campaign.key, str(file), username="coordinator", stdout=said)

    assert "Đã ghi 1 dòng." in said.getvalue()
    put(book["Chỉ tiêu giao"], "che", "Số giao", "nhiều")
    book.save(file)
    with pytest.raises(CommandError, match="không phải là số"):
        call_command("import_definitions", world.campaign.key, str(file), username="coordinator", stdout=said)
    assert (tmp_path / "dinh-nghia-danh-dau-loi.xlsx").exists()
