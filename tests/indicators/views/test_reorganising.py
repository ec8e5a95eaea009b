"""The pages of a decision about units: it is written once, and the targets that follow are proposed and confirmed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Target
from indicators.rules.reassigning import shares
from indicators.services.totals import differences
from indicators.tables.reassigning import QUERIES, proposals
from indicators.tables.reorganisations import ROW_QUERIES, act_rows
from tests.builders import World, at, make_world
from tests.kept import kept_world
from units import clock
from units.models import OrgUnit, Reorganisation, StoredFile

pytestmark = pytest.mark.django_db
world = kept_world(lambda: make_world(communes=3), at("2024-10-16"))
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def form(world: World, **changes):
    old = [world.communes[0].pk, world.communes[1].pk]
    data = {"kind": "merge", "number": "12/NQ-HĐND", "decided_on": "01/10/2024", "effective_on": "15/10/2024"}
    return {**data, "old": old, "name": "xã Kon Plông", "head": "head0", **changes}


def decide(client, world: World, **changes):
    client.force_login(world.people["coordinator"])
    return client.post(reverse("indicators:reorganise"), form(world, **changes))


def test_a_merger_is_written_once_and_its_targets_are_proposed_as_sums(client, world: World):
    response = decide(client, world, file=SimpleUploadedFile("nq.pdf", PDF))
    act = Reorganisation.objects.get()

    assert response.url == reverse("indicators:reorganisation", args=[act.pk])
    page = client.get(response.url).content.decode()
    assert 'value="100,0"' in page
    assert "xã Hiếu 50; xã Pờ Ê 50" in page
    assert client.get(reverse("units:file", args=[StoredFile.objects.get().pk])).status_code == 200


def test_confirmed_targets_hold_from_the_day_and_the_old_ones_stay(client, world: World):
    decide(client, world)
    act = Reorganisation.objects.get()
    line = proposals(act, world.campaign)[0]
    address = reverse("indicators:reassign", args=[act.pk, world.campaign.pk])

    client.post(address, {line.field: "95,5"})

    given = Target.objects.get(unit=OrgUnit.objects.get(name="xã Kon Plông"))
    assert (given.amount, given.valid_from, given.decision_number) == (
        Decimal("95.5"),
        date(2024, 10, 15),
        "12/NQ-HĐND",
    )
    assert Target.objects.filter(unit__in=world.communes[:2]).count() == 2
    assert client.post(address, {line.field: "1"}).status_code == 422
    assert differences(world.campaign) == []


def test_a_number_that_cannot_be_read_is_told_and_nothing_is_given(client, world: World):
    decide(client, world)
    act = Reorganisation.objects.get()
    line = proposals(act, world.campaign)[0]
    response = client.post(reverse("indicators:reassign", args=[act.pk, world.campaign.pk]), {line.field: "nhiều"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="nhiều"' in page
    assert "“nhiều” không phải là số" in page
    assert not Target.objects.filter(decision_number="12/NQ-HĐND").exists()


def test_a_split_proposes_shares_that_add_up(client, world: World):
    parts = "xã Hiếu Đông\nxã Hiếu Tây\nxã Hiếu Bắc"
    decide(client, world, kind="split", old=[world.communes[0].pk], parts=parts, name="", head="")
    lines = proposals(Reorganisation.objects.get(), world.campaign)

    assert [line.proposed for line in lines] == ["16,7", "16,7", "16,6"]


def test_what_is_missing_is_told_beside_its_field(client, world: World):
    page = decide(client, world, number="", effective_on="32/10/2024")

    assert page.status_code == 422
    assert "Ghi số, ký hiệu văn bản." in page.content.decode()
    assert not Reorganisation.objects.exists()
    assert "cần đúng một đơn vị kế thừa" in decide(client, world, name="").content.decode()


def test_the_lists_ask_as_often_for_one_as_for_three(client, world: World, django_assert_num_queries):
    decide(client, world)
    act = Reorganisation.objects.get()
    with django_assert_num_queries(QUERIES):
        proposals(act, world.campaign)
    paths = (world.authority.path,)
    with django_assert_num_queries(ROW_QUERIES):
        act_rows(paths)
    decide(client, world, kind="rename", old=[world.communes[2].pk], name="xã Khác")
    with django_assert_num_queries(ROW_QUERIES):
        act_rows(paths)


@pytest.mark.parametrize(("whole", "parts"), [("10", 3), ("0.5", 2), ("183.5", 7), ("-10", 3)])
def test_shares_are_the_whole(whole, parts):
    found = shares(Decimal(whole), parts, 0)

    assert sum(found) == Decimal(whole)
    assert max(found) - min(found) <= 2


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("", []),
        ("rename", ["old", "name"]),
        ("merge", ["old", "successor", "name", "unit_kind", "code", "parent", "head"]),
        ("split", ["old", "parts", "unit_kind", "parent", "head"]),
        ("close", ["old"]),
    ],
)
def test_a_decision_asks_what_one_of_its_kind_needs_and_nothing_else(client, world: World, kind, asked):
    client.force_login(world.people["coordinator"])
    typed = {"kind": kind, "number": "12/NQ-HĐND", "old": [world.communes[0].pk]}
    answer = client.get(reverse("indicators:reorganise"), typed)
    page = answer.content.decode()

    assert [field.name for field in answer.context["form"].unit_fields] == asked
    assert all((f'name="{name}"' in page) == (name in asked) for name in ("name", "successor", "parts", "head", "code"))
    assert 'value="12/NQ-HĐND"' in page
    assert (f'value="{world.communes[0].pk}" ' in page) == bool(kind)


def test_a_kind_sent_without_its_fields_comes_back_with_them(client, world: World):
    answer = decide(client, world, kind="split", old="", name="", parts="")
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Ghi các đơn vị sau khi chia, tách" in page
    assert 'name="parts"' in page
    assert not Reorganisation.objects.exists()


def test_parts_bring_their_codes_and_an_old_name_goes_on(client, world: World):
    parts = "xã Hiếu; 23476\nxã Hiếu Đông; 23999"
    decide(client, world, kind="split", old=[world.communes[0].pk], parts=parts, name="", head="")
    new = OrgUnit.objects.get(name="xã Hiếu Đông")

    assert new.codes.get().code == "23999"
    assert OrgUnit.objects.get(pk=world.communes[0].pk).valid_to is None


def test_heads_are_chosen_from_those_there_are(client, world: World):
    client.force_login(world.people["coordinator"])
    form = client.get(reverse("indicators:reorganise"), {"kind": "merge"}).context["form"]
    refused = decide(client, world, head="clerk0")

    assert {name for name, _ in form.fields["head"].choices} == {"", "head0", "head1", "head2"}
    assert "Chọn thủ trưởng trong danh sách." in refused.content.decode()


def test_a_renaming_tells_the_name_before_and_after(client, world: World):
    response = decide(client, world, kind="rename", old=[world.communes[0].pk], name="xã Hiếu Mới")
    row = act_rows((world.authority.path,))[0]

    assert (row.old, row.new) == ("xã Hiếu", "xã Hiếu Mới")
    assert "Báo cáo và tài khoản của đơn vị giữ nguyên." in client.get(response.url).content.decode()


def people_of(client, act: Reorganisation) -> str:
    page = client.get(reverse("indicators:reorganisation", args=[act.pk])).content.decode()
    return page.partition("Người của đơn vị kết thúc")[2].partition("</section>")[0]


def test_a_decision_says_what_becomes_of_everybody_and_gives_who_has_none_a_place(client, world: World):
    told = client.get(decide(client, world).url).content.decode()
    act, head = Reorganisation.objects.get(), world.people["head1"]
    new = OrgUnit.objects.get(name="xã Kon Plông")

    assert "1 người của đơn vị cũ chưa có nơi mới" in told
    shown = people_of(client, act)
    assert "4 người, <strong>1 người chưa có nơi mới</strong>" in shown
    assert "người nhập số liệu · xã Kon Plông" in shown
    assert f'<option value="{new.pk}" selected>' in shown
    assert shown.count("<select") == 2

    place = reverse("indicators:place-people", args=[act.pk])
    assert client.post(place, {f"unit-{head.pk}": "", f"role-{head.pk}": "head"}).status_code == 422
    assert client.post(place, {f"unit-{head.pk}": new.pk, f"role-{head.pk}": "administrator"}).status_code == 403
    answer = client.post(place, {f"unit-{head.pk}": new.pk, f"role-{head.pk}": "head"})

    assert answer.status_code == 302
    given = head.role_grants.get(unit=new)
    assert (given.role, given.valid_from) == ("head", date(2024, 10, 15))
    assert "chưa có nơi mới" not in people_of(client, act)
    assert client.post(place, {f"unit-{head.pk}": new.pk, f"role-{head.pk}": "head"}).status_code == 422


def test_people_of_a_unit_that_is_closed_are_told_although_nobody_takes_over(client, world: World):
    decide(client, world, kind="close", old=[world.communes[2].pk], name="", head="")
    shown = people_of(client, Reorganisation.objects.get())

    assert "2 người, <strong>2 người chưa có nơi mới</strong>" in shown
    assert "còn vai trò ở đơn vị đã kết thúc" in shown
    assert "<select" not in shown


def test_who_lost_the_role_with_the_unit_is_still_found(client, world: World):
    decide(client, world)
    address = reverse("units:people")
    with clock.set_to(at("2024-10-17")):
        usual = client.get(address).content.decode()
        idle = client.get(f"{address}?loc=chua-co").content.decode()
        found = client.get(f"{address}?tim=head1").content.decode()

    assert "(head1)" not in usual
    assert "Chưa có vai trò (1)" in usual
    assert "thủ trưởng đơn vị đến 14/10/2024" in idle
    assert "(head1)" in found


def test_an_indicator_that_has_ended_is_not_given_again(client, world: World):
    world.indicators["che"].valid_to = date(2024, 10, 14)
    world.indicators["che"].save()
    decide(client, world)

    assert proposals(Reorganisation.objects.get(), world.campaign) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "rename", "old": "", "name": "xã pờ Ê"},
        {"kind": "split", "old": "", "name": "", "parts": "xã Pờ Ê; 23999\nxã Hai"},
        {"kind": "merge", "name": "xã Măng Cành"},
    ],
)
def test_a_name_that_another_unit_bears_is_refused_and_what_was_typed_stays(client, world: World, changes):
    one = world.communes[0].pk
    answer = decide(client, world, **{"head": "", **changes, **({} if changes["kind"] == "merge" else {"old": one})})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "đang hoạt động cùng cấp trên" in page
    assert 'value="12/NQ-HĐND"' in page
    assert not Reorganisation.objects.exists()
