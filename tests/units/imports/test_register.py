"""The register of units goes out and comes back: nothing lost, every doubt with its cell, all or nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from config.loading.rows import Tally
from config.loading.units import load_units
from tests.architecture.source import ROOT
from tests.builders import at, make_person, make_unit
from tests.units.imports.books import book
from units.choices import Role
from units.exports.register import register_workbook
from units.imports.register import compare_register, read_register
from units.imports.sheets import FORMULA
from units.models import AuditLine, OrgUnit
from units.services.register import keep_register
from units.tables.register import kind_lines, level_lines, unit_lines

pytestmark = pytest.mark.django_db

HEAD = ("Khóa", "Tên đơn vị", "Loại", "Cấp", "Đơn vị cấp trên", "Mã thống kê", "Có từ ngày", "Đến hết ngày")


@pytest.fixture
def district():
    return make_unit("huyen", "huyện Kon Plông", kind="ubnd", level="huyen")


@pytest.fixture
def keeper(district):
    make_unit("xa-hieu", "xã Hiếu", parent=district)
    return make_person("quan-tri", district, Role.ADMINISTRATOR)


def faults(rows, user=None, **options):
    register = compare_register(read_register(book({"Đơn vị": [HEAD, *rows]}, **options)), user=user)
    return [(fault.place, fault.sentence) for fault in register.preview.faults]


def test_what_goes_out_comes_back_without_a_change():
    load_units(ROOT / "fixtures" / "units" / "kon-plong.json", Tally())
    content = register_workbook(unit_lines(), kind_lines(), level_lines(), made_at=at("2024-11-15"))

    preview = compare_register(read_register(content), user=None).preview

    assert preview.faults == ()
    assert [change for change in preview.changes if change.details] == []
    assert preview.changes == ()


def test_a_new_unit_gets_a_key_a_name_in_time_and_a_code(keeper):
    rows = [HEAD, ("", "xã Pờ Ê", "Xã", "xa", "huyện Kon Plông", "23467", "", "")]
    register = compare_register(read_register(book({"Đơn vị": rows})), user=keeper)

    keep_register(register.units, by=keeper)

    unit = OrgUnit.objects.get(name="xã Pờ Ê")
    assert (unit.key, unit.parent.key) == ("xa-po-e", "huyen")
    assert [row.name for row in unit.names.all()] == ["xã Pờ Ê"]
    assert unit.codes.get().code == "23467"
    assert AuditLine.objects.get(event="units.register_kept").by == keeper


def test_columns_that_the_file_lacks_keep_what_is_there(keeper):
    OrgUnit.objects.filter(key="xa-hieu").update(document_code="UBND")
    rows = [("Khóa", "Tên đơn vị", "Loại", "Cấp"), ("xa-hieu", "xã Hiếu mới", "xa", "xa")]
    register = compare_register(read_register(book({"Trang1": rows})), user=keeper)

    keep_register(register.units, by=keeper)

    unit = OrgUnit.objects.get(key="xa-hieu")
    assert (unit.name, unit.document_code, unit.parent.key) == ("xã Hiếu mới", "UBND", "huyen")


@pytest.mark.parametrize(
    ("row", "place", "sentence"),
    [
        (("", "", "Xã", "xa", "huyen"), "Trang “Đơn vị”, ô B2", "Ô này phải có nội dung."),
        (
            ("", "xã Lạ", "Bản", "xa", "huyen"),
            "Trang “Đơn vị”, ô C2",
            "Không có loại “Bản”. Thêm loại ở trang “Loại đơn vị” hoặc sửa lại.",
        ),
        (
            ("", "xã Lạ", "Xã", "xa", "huyện Khác"),
            "Trang “Đơn vị”, ô E2",
            "Không có đơn vị “huyện Khác”. Ghi khóa hoặc tên đơn vị đã có, hay có trong tệp.",
        ),
        (
            ("xa-la", "xã Lạ", "Xã", "xa", "xa-la"),
            "Trang “Đơn vị”, ô E2",
            "“xã Lạ” không thể là cấp trên của chính nó.",
        ),
        (
            ("", "Xa Hieu", "Xã", "xa", "huyen"),
            "Trang “Đơn vị”, ô A2",
            "Đơn vị “xã Hiếu” đã có với khóa “xa-hieu”. Ghi khóa ấy để sửa.",
        ),
        (
            ("Xã Lạ", "xã Lạ", "Xã", "xa", "huyen"),
            "Trang “Đơn vị”, ô A2",
            "“Xã Lạ” không dùng làm khóa được. Ghi chữ thường không dấu, số, gạch nối.",
        ),
        (
            ("", "xã Lạ", "Xã", "xa", "huyen", "", "31/02/2025"),
            "Trang “Đơn vị”, ô G2",
            "Không có ngày 31/2/2025: kiểm tra lại.",
        ),
        (
            ("", "x· HiÕu", "Xã", "xa", "huyen"),
            "Trang “Đơn vị”, ô B2",
            "Chữ “x· HiÕu” gõ bằng phông chữ cũ (TCVN3). Chuyển sang Unicode rồi nạp lại.",
        ),
        (("", "=1+1", "Xã", "xa", "huyen"), "Trang “Đơn vị”, ô B2", FORMULA),
    ],
)
def test_a_wrong_cell_is_named(keeper, row, place, sentence):
    assert (place, sentence) in faults([row])


def test_a_population_is_read_with_dots_and_kept_without_its_column(keeper):
    head = ("Khóa", "Tên đơn vị", "Loại", "Cấp", "Đơn vị cấp trên", "Dân số (người)")
    for cell, kept in [("1.234.567", 1_234_567), (5321, 5_321), ("", None)]:
        rows = [head, ("xa-hieu", "xã Hiếu", "xa", "xa", "huyen", cell)]
        keep_register(compare_register(read_register(book({"Đơn vị": rows})), user=keeper).units, by=keeper)
        assert OrgUnit.objects.get(key="xa-hieu").population == kept

    OrgUnit.objects.filter(key="xa-hieu").update(population=5_000)
    rows = [head[:4], ("xa-hieu", "xã Hiếu mới", "xa", "xa")]
    keep_register(compare_register(read_register(book({"Đơn vị": rows})), user=keeper).units, by=keeper)
    assert OrgUnit.objects.get(key="xa-hieu").population == 5_000


@pytest.mark.parametrize("cell", ["1.23", "12,5", "khoảng 5000"])
def test_a_population_that_is_no_whole_number_is_refused(keeper, cell):
    head = ("Khóa", "Tên đơn vị", "Loại", "Cấp", "Dân số (người)")
    rows = [head, ("xa-hieu", "xã Hiếu", "xa", "xa", cell)]
    found = compare_register(read_register(book({"Đơn vị": rows})), user=keeper).preview.faults

    assert [(fault.place, fault.sentence) for fault in found] == [
        ("Trang “Đơn vị”, ô E2", f"“{cell}” không phải số nguyên từ 0 đến 200.000.000.")
    ]


def test_circles_are_told_with_their_way(keeper):
    rows = [("a", "đơn vị A", "Xã", "xa", "b"), ("b", "đơn vị B", "Xã", "xa", "a")]

    assert faults(rows) == [
        ("Trang “Đơn vị”, ô E2", "Các đơn vị là cấp trên của nhau thành vòng: đơn vị A → đơn vị B → đơn vị A.")
    ]


def test_a_code_has_one_holder_a_day_but_may_be_given_on(keeper):
    old = ("cu", "xã Cũ", "Xã", "xa", "huyen", "23455", "", "30/06/2025")
    new = ("moi", "xã Mới", "Xã", "xa", "huyen", "23455", "01/07/2025", "")
    early = ("som", "xã Sớm", "Xã", "xa", "huyen", "23455", "01/06/2025", "15/06/2025")

    assert faults([old, new]) == []
    assert [place for place, _ in faults([old, early])] == ["Trang “Đơn vị”, ô F3"]


def test_merged_cells_are_refused_with_their_place(keeper):
    rows = [("a", "xã A", "Xã", "xa", "huyen"), ("b", "xã B", "Xã", "xa", "huyen")]

    assert ("Trang “Đơn vị”, dòng 2") in [place for place, _ in faults(rows, merge="C2:C3")]


def test_two_rows_about_one_unit_are_refused(keeper):
    rows = [("a", "xã A", "Xã", "xa", "huyen"), ("a", "xã B", "Xã", "xa", "huyen")]

    assert faults(rows) == [("Trang “Đơn vị”, ô A3", "Khóa “a” đã ghi ở dòng 2. Mỗi đơn vị chỉ một dòng.")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        ("Tên đơn vị;Loại;Cấp\nxã A;Xã;xa\n".encode("cp1258", "replace") + b"\xff", "không ở bảng mã UTF-8: dòng"),
        ("Tên đơn vị;Loại;Cấp\nxã A;Xã;xa\n".encode().decode("cp1252", "replace").encode(), "sai bảng mã"),
        ("Tên;Loại;Cấp\nxã A;Xã;xa\n".encode(), "không có dòng tiêu đề với cột “Tên đơn vị”"),
        ("Tên đơn vị;Loại;Cấp;Cấp\n".encode(), "có hai cột “Cấp”"),
        ("Tên đơn vị;Loại;Cấp\n".encode(), "chưa có dòng nào dưới tiêu đề"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "đời cũ (.xls)"),
        (b"PK\x03\x04rest", "Tệp hỏng"),
        (b"%PDF-1.4", "không phải Excel"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content, sentence):
    with pytest.raises(ValidationError) as refused:
        read_register(content)
    assert sentence in refused.value.messages[0]


def test_a_csv_in_utf_8_is_a_register_as_well(keeper):
    content = "Tên đơn vị;Loại;Cấp;Đơn vị cấp trên\nxã Ngọk Tem;Xã;xa;huyen\n".encode("utf-8-sig")

    register = compare_register(read_register(content), user=keeper)

    assert [line.name for line in register.units] == ["xã Ngọk Tem"]
    assert register.preview.faults == ()


def test_a_person_keeps_only_what_stands_below(keeper):
    make_unit("huyen-khac", "huyện Khác", kind="ubnd", level="huyen")
    rows = [("", "xã Ké", "Xã", "xa", "huyen-khac")]

    assert faults(rows, keeper) == [("Trang “Đơn vị”, ô A2", "“xã Ké” ngoài phạm vi quản lý của anh/chị.")]
    register = compare_register(read_register(book({"Đơn vị": [HEAD, *rows]})), user=None)
    with pytest.raises(PermissionDenied):
        keep_register(register.units, by=keeper)


def test_a_column_that_nobody_knows_is_named_and_not_passed_over(keeper):
    rows = [(*HEAD, "Dân sồ"), ("", "xã Pờ Ê", "Xã", "xa", "huyện Kon Plông", "", "", "", "1.200")]
    came = read_register(book({"Đơn vị": rows}))

    assert [(fault.place, fault.sentence) for fault in compare_register(came, user=keeper).preview.faults] == [
        (
            "Trang “Đơn vị”, ô I1",
            "Không có cột “Dân sồ” trong biểu mẫu. Ghi lại đúng tên cột, hoặc xóa cột ấy rồi nạp lại.",
        )
    ]
