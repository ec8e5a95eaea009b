"""The pages of the register and its command: shown first, written as shown, by who keeps the units."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from config.loading.rows import Tally
from config.loading.units import load_units
from tests.architecture.source import ROOT
from tests.builders import at, make_person, make_unit, make_world
from tests.units.imports.books import book
from units import clock
from units.choices import Role
from units.models import OrgUnit, UnitKind

pytestmark = pytest.mark.django_db
HEAD = ("Khóa", "Tên đơn vị", "Loại", "Cấp", "Đơn vị cấp trên", "Mã thống kê", "Có từ ngày", "Đến hết ngày")


@pytest.fixture
def district():
    return make_unit("huyen", "huyện Kon Plông", kind="ubnd", level="huyen")


@pytest.fixture
def keeper(district):
    make_unit("xa-hieu", "xã Hiếu", parent=district)
    return make_person("quan-tri", district, Role.ADMINISTRATOR)


def upload(content: bytes) -> dict:
    return {"file": SimpleUploadedFile("don-vi.xlsx", content)}


def test_the_page_shows_first_and_writes_what_was_shown(client, keeper):
    client.force_login(keeper)
    rows = [HEAD, ("", "xã Pờ Ê", "Xã", "xa", "huyen", "23467")]
    shown = client.post(reverse("units:import-units"), upload(book({"Đơn vị": rows})))

    assert OrgUnit.objects.filter(name="xã Pờ Ê").count() == 0
    response = client.post(reverse("units:import-units"), {"sealed": shown.context["sealed"]})

    assert response.url == reverse("units:units")
    assert OrgUnit.objects.get(name="xã Pờ Ê").codes.get().code == "23467"


def test_the_page_does_not_write_when_something_changed_meanwhile(client, keeper):
    client.force_login(keeper)
    rows = [HEAD, ("xa-hieu", "xã Hiếu đẹp", "Xã", "xa", "huyen")]
    shown = client.post(reverse("units:import-units"), upload(book({"Đơn vị": rows})))
    unit = OrgUnit.objects.get(key="xa-hieu")
    unit.name = "xã Hiếu khác"
    unit.save()

    response = client.post(reverse("units:import-units"), {"sealed": shown.context["sealed"]})

    assert response.status_code == 409
    assert OrgUnit.objects.get(key="xa-hieu").name == "xã Hiếu khác"


def test_one_wrong_cell_and_nothing_is_offered(client, keeper):
    client.force_login(keeper)
    rows = [HEAD, ("", "xã Pờ Ê", "Xã", "xa", "huyen"), ("", "xã Lạ", "Bản", "xa", "huyen")]
    response = client.post(reverse("units:import-units"), upload(book({"Đơn vị": rows})))

    assert response.status_code == 422
    assert response.context["sealed"] == ""
    assert OrgUnit.objects.count() == 2


def test_a_unit_is_changed_on_its_page(client, keeper):
    client.force_login(keeper)
    unit = OrgUnit.objects.get(key="xa-hieu")
    data = {"name": "xã Hiếu", "kind": "xa", "level": "xa", "parent": "huyen", "variants": "Hiêu; xã Hiéu", "code": "1"}

    response = client.post(reverse("units:unit", args=[unit.pk]), data)

    assert response.url == reverse("units:unit", args=[unit.pk])
    assert [row.text for row in unit.variants.all()] == ["Hiêu", "xã Hiéu"]
    wrong = client.post(reverse("units:unit", args=[unit.pk]), data | {"valid_from": "31/13/2024"})
    assert wrong.status_code == 422
    assert "Không có tháng 13" in wrong.content.decode()


def test_the_tree_shows_a_day_with_its_names_and_codes(client, keeper, django_assert_num_queries):
    load_units(ROOT / "fixtures" / "units" / "kon-plong.json", Tally())
    client.force_login(make_person("goc", OrgUnit.objects.get(key="kon-tum"), Role.ADMINISTRATOR))
    with clock.set_to(at("2024-11-15")):
        page = client.get(reverse("units:units")).content.decode()
        assert "xã Đăk Ring" in page
        found = client.get(reverse("units:units"), {"tim": "dak ring"}).content.decode()
    assert "từ 1/7/2025 là xã Măng Bút" in found
    assert "xã Hiếu" not in found
    with clock.set_to(at("2025-08-01")):
        assert "xã Đăk Ring" not in client.get(reverse("units:units")).content.decode()


def test_the_tree_asks_as_often_for_one_unit_as_for_many(client, keeper, django_assert_num_queries):
    from units.tables.register import TREE_QUERIES, unit_tree

    with django_assert_num_queries(TREE_QUERIES):
        unit_tree(("/",), at("2024-11-15").date())
    for number in range(3):
        make_unit(f"them-{number}", f"xã {number}", parent=OrgUnit.objects.get(key="huyen"))
    with django_assert_num_queries(TREE_QUERIES):
        unit_tree(("/",), at("2024-11-15").date())


def test_the_standing_body_keeps_its_authority_and_a_clerk_nothing(client):
    world = make_world(launched=False)
    client.force_login(world.people["coordinator"])
    assert "xã Hiếu" in client.get(reverse("units:units")).content.decode()
    content = client.get(reverse("units:units-workbook")).content
    assert load_workbook(BytesIO(content)).sheetnames == ["Đơn vị", "Loại đơn vị", "Cấp"]
    client.force_login(world.people["clerk0"])
    for name in ("units", "units-workbook", "import-units", "new-unit"):
        assert client.get(reverse(f"units:{name}")).status_code == 403


def test_the_command_is_the_same_door(tmp_path):
    file = tmp_path / "don-vi.xlsx"
    rows = [
        ("Tên đơn vị", "Loại", "Cấp", "Đơn vị cấp trên"),
        ("tỉnh A", "uy-ban", "tinh", ""),
        ("xã B", "xa", "xa", "tỉnh A"),
    ]
    kinds = [("Mã loại", "Tên loại"), ("uy-ban", "Ủy ban nhân dân"), ("xa", "Xã")]
    levels = [("Mã cấp", "Tên cấp", "Thứ bậc"), ("tinh", "Cấp tỉnh", 1), ("xa", "Cấp xã", 2)]
    file.write_bytes(book({"Đơn vị": rows, "Loại đơn vị": kinds, "Cấp": levels}))

    call_command("import_units", str(file), verbosity=0)

    assert OrgUnit.objects.get(name="xã B").parent.name == "tỉnh A"
    assert UnitKind.objects.get(code="xa").plural == "các xã"
    file.write_bytes(book({"Đơn vị": [*rows, ("xã C", "thon", "xa", "tỉnh A")]}))
    with pytest.raises(CommandError, match="ô B4: Không có loại “thon”"):
        call_command("import_units", str(file))
    assert not OrgUnit.objects.filter(name="xã C").exists()
