"""Accounts in bulk: who may give which role where, every double named by its cell, slips for one use."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from followup.models import Obstacle
from indicators.tables.open_work import open_work
from tests.builders import PASSWORD, World, at, fill, make_person, make_world
from tests.kept import kept_world
from tests.units.imports.books import book
from units import clock
from units.choices import Role
from units.exports.accounts import accounts_workbook
from units.imports.accounts import compare_accounts, read_accounts
from units.models import AuditLine, OrgUnit, Post, RoleGrant, Slip, User
from units.rules.accounts import user_name_of
from units.services.accounts import close_account, hand_out_slips, keep_accounts
from units.tables.people import QUERIES, people_list, template_rows

pytestmark = pytest.mark.django_db
HEAD = ("Họ và tên", "Tên đăng nhập", "Đơn vị", "Chức vụ", "Vai trò", "Điện thoại công vụ", "Thư công vụ")
DAY = date(2024, 7, 15)

world = kept_world(lambda: make_world(), at("2024-07-15"))


def came(*rows):
    return read_accounts(book({"Tài khoản": [HEAD, *rows]}))


def faults(world: World, *rows, by: str = "administrator"):
    found = compare_accounts(came(*rows), user=world.people[by])
    return [(fault.place.removeprefix("Trang “Tài khoản”, "), fault.sentence) for fault in found.preview.faults]


def row(name="Nguyễn Văn An", username="", unit="xã Hiếu", title="Công chức", roles="Người nhập số liệu", *rest):
    return (name, username, unit, title, roles, *rest)


def test_new_people_get_a_name_a_post_and_roles_but_no_password(world: World):
    by = world.people["administrator"]
    found = compare_accounts(came(row(), row("Y Bích", unit="Xa Po E", roles="nguoi nhap; Thủ trưởng")), user=by)

    keep_accounts(found.lines, by=by)

    an = User.objects.get(username="annv")
    assert (an.full_name, an.has_usable_password(), an.must_change_password) == ("Nguyễn Văn An", False, True)
    assert Post.objects.get(user=an).title == "Công chức"
    assert {grant.role for grant in User.objects.get(username="bichy").role_grants.all()} == {"clerk", "head"}
    assert AuditLine.objects.filter(event="account.added").count() == 2


def test_what_goes_out_comes_back_without_a_change(world: World):
    by = world.people["administrator"]
    content = accounts_workbook(template_rows(by, DAY), made_at=clock.now())

    preview = compare_accounts(read_accounts(content), user=by).preview

    assert (preview.faults, preview.changes) == ((), ())


@pytest.mark.parametrize("person", ["administrator", "coordinator"])
def test_new_rows_under_the_list_that_was_taken_out_are_added_and_nobody_else_is_touched(world: World, person: str):
    by = world.people[person]
    book = load_workbook(BytesIO(accounts_workbook(template_rows(by, DAY), made_at=clock.now())))
    book.active.append(row("Y Bích", unit="xã Hiếu"))
    target = BytesIO()
    book.save(target)

    found = compare_accounts(read_accounts(target.getvalue()), user=by)
    keep_accounts(found.lines, by=by)

    assert found.preview.faults == ()
    assert [line.full_name for line in found.lines] == ["Y Bích"]
    assert AuditLine.objects.filter(event="account.changed").count() == 0


def test_the_own_account_is_not_changed_by_a_list(world: World):
    by = world.people["administrator"]

    assert faults(world, row(by.full_name, by.username, world.authority.name, "Chức vụ mới", "Quản trị")) == [
        ("ô B2", "Tài khoản của chính mình: đổi mật khẩu ở trang Đổi mật khẩu.")
    ]


@pytest.mark.parametrize(
    ("rows", "place", "part"),
    [
        ([row("")], "ô A2", "Ghi họ và tên."),
        ([row(unit="xã Lạ")], "ô C2", "Không có đơn vị “xã Lạ” đang hoạt động."),
        ([row(roles="Giám đốc")], "ô E2", "Không có vai trò “Giám đốc”."),
        ([row(roles="")], "ô E2", "Ghi vai trò"),
        ([row(username="Ân!")], "ô B2", "không dùng được"),
        ([row(username="an1"), row("Lê Bình", "an1")], "ô B3", "đã ghi ở dòng 2"),
        ([row(username="clerk0")], "ô B2", "đã là của clerk0. Ghi tên khác."),
        ([row(), row()], "ô A3", "đã ghi ở dòng 2"),
        ([row("clerk0")], "ô A2", "đã có tài khoản “clerk0”"),
        ([row("A B", "", "xã Hiếu", "", "clerk", "12", "")], "ô F2", "không phải số điện thoại"),
        ([row("A B", "", "xã Hiếu", "", "clerk", "", "a@")], "ô G2", "không phải địa chỉ thư"),
    ],
)
def test_a_wrong_cell_is_named(world: World, rows, place, part):
    assert any(where == place and part in sentence for where, sentence in faults(world, *rows))


def test_each_gives_the_roles_that_are_theirs_to_give(world: World):
    leader = row("Trần Chủ Tịch", "", "UBND huyện", "", "Lãnh đạo")
    other = row(unit="xã Pờ Ê")

    assert faults(world, leader) == []
    assert [sentence for _, sentence in faults(world, leader, by="coordinator")] == [
        "Vai trò “Lãnh đạo” do quản trị hệ thống giao."
    ]
    assert faults(world, row(), other, row("Ông Trưởng", roles="Thủ trưởng đơn vị"), by="coordinator") == []
    assert faults(world, row(), by="head0") == []
    assert [sentence for _, sentence in faults(world, other, by="head0")] == [
        "xã Pờ Ê ngoài phạm vi quản lý của anh/chị."
    ]
    assert faults(world, row(roles="Thủ trưởng đơn vị"), by="head0") != []


def test_names_to_log_in_by_are_made_once():
    assert user_name_of("Nguyễn Văn An", set()) == "annv"
    assert user_name_of("Đinh Y Ê", {"edy"}) == "edy2"
    assert user_name_of("An", set()) == "an-nd"


# --- Slips -----------------------------------------------------------------------------------------------------------


def log_in(client, username: str, password: str):
    return client.post(reverse("units:log-in"), {"username": username, "password": password})


def test_a_slip_opens_once_and_the_password_must_be_changed(client, world: World):
    clerk = User.objects.get(username="clerk0")
    slip = hand_out_slips([clerk], by=world.people["head0"])[0]

    assert log_in(client, "clerk0", PASSWORD).status_code == 200
    assert log_in(client, "clerk0", slip.password).url == reverse("units:change-password")
    assert client.get(reverse("indicators:owed")).url == reverse("units:change-password")
    new = "mot-mat-khau-rieng-9"
    data = {"old_password": slip.password, "new_password1": new, "new_password2": new}
    assert client.post(reverse("units:change-password"), data).url == reverse("units:home")
    assert client.get(reverse("indicators:owed")).status_code == 200
    assert Slip.objects.get().used_at is not None


def test_a_late_slip_no_longer_opens_and_a_new_one_replaces_it(client, world: World):
    clerk = User.objects.get(username="clerk0")
    first = hand_out_slips([clerk], by=world.people["coordinator"])[0]
    with clock.set_to(at("2024-08-01")):
        page = log_in(client, "clerk0", first.password)
        assert "đã hết hạn ngày 29/07/2024" in page.content.decode()
        second = hand_out_slips([clerk], by=world.people["coordinator"])[0]
        assert log_in(client, "clerk0", second.password).status_code == 302
    assert [slip.is_void for slip in Slip.objects.order_by("pk")] == [True, False]


def test_nobody_hands_out_slips_for_themselves_or_upwards(world: World):
    for by, to in [("head0", "head0"), ("head0", "clerk1"), ("coordinator", "leader"), ("head0", "head1")]:
        with pytest.raises(PermissionDenied):
            hand_out_slips([world.people[to]], by=world.people[by])
    assert not Slip.objects.exists()


def test_slips_are_printed_eight_on_a_page_of_a4(client, world: World):
    people = [make_person(f"nguoi-{number}", world.communes[0], Role.CLERK) for number in range(9)]
    client.force_login(world.people["head0"])

    response = client.post(reverse("units:slips"), {"people": [one.pk for one in people]})

    pdf = PdfReader(BytesIO(response.content))
    assert len(pdf.pages) == 2
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]] == [210, 297]
    text = pdf.pages[0].extract_text()
    assert text.count("PHIẾU ĐĂNG NHẬP") == 8
    assert "nguoi-0" in text
    assert Slip.objects.count() == 9
    assert b"nguoi-0" not in b"".join(str(line.detail).encode() for line in AuditLine.objects.all())


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_the_list_is_taken_in_by_the_page(client, world: World):
    client.force_login(world.people["coordinator"])
    file = SimpleUploadedFile("tai-khoan.xlsx", book({"Tài khoản": [HEAD, row()]}))
    shown = client.post(reverse("units:import-people"), {"file": file})
    assert not User.objects.filter(username="annv").exists()

    client.post(reverse("units:import-people"), {"sealed": shown.context["sealed"]})

    assert "annv" in client.get(reverse("units:people")).content.decode()
    assert client.get(reverse("units:people-workbook")).status_code == 200


def test_the_list_of_people_asks_as_often_for_one_unit_as_for_more(world: World, django_assert_num_queries):
    by = world.people["administrator"]
    _ = by.grants
    Post.objects.create(user=world.people["clerk0"], unit=world.communes[0], title="Công chức")
    with django_assert_num_queries(QUERIES):
        people_list(by, DAY, unit=world.communes[0])
    with django_assert_num_queries(QUERIES):
        assert len(people_list(by, DAY).rows) > 5


def test_a_head_sees_the_own_people_only(client, world: World):
    client.force_login(world.people["head0"])
    page = client.get(reverse("units:people")).content.decode()

    assert "clerk0" in page
    assert "clerk1" not in page
    client.force_login(User.objects.get(username="clerk1"))
    assert client.get(reverse("units:people")).status_code == 403


def test_work_goes_over_with_its_posts_roles_and_rows(client, world: World):
    giver, other = world.people["clerk0"], make_person("moi", world.communes[0])
    Post.objects.create(user=giver, unit=world.communes[0], title="Công chức")
    Post.objects.create(user=other, unit=world.communes[0], title="Chuyên viên")
    row = world.indicators["che"].assignments.get(unit=world.communes[0])
    row.person = giver
    row.save()
    client.force_login(world.people["coordinator"])
    page = client.get(reverse("indicators:person", args=[giver.pk])).content.decode()
    assert "Phụ trách chỉ tiêu: Trồng chè mới" in page
    data = {"unit": world.communes[0].pk, "receiver": other.pk, "on": "20/07/2024", "note": "QĐ 5"}

    client.post(reverse("indicators:hand-over", args=[giver.pk]), data)

    row.refresh_from_db()
    assert row.person == other
    assert RoleGrant.objects.get(user=giver).valid_to == date(2024, 7, 19)
    assert RoleGrant.objects.get(user=other).valid_from == date(2024, 7, 20)
    assert set(other.posts.values_list("title", flat=True)) == {"Công chức", "Chuyên viên"}
    assert AuditLine.objects.filter(event="account.handed_over", reason="QĐ 5").exists()


def test_a_role_is_not_handed_over_before_it_was_held(client, world: World):
    giver, other = world.people["clerk0"], make_person("moi", world.communes[0])
    Post.objects.create(user=other, unit=world.communes[0], title="Chuyên viên")
    giver.role_grants.update(valid_from=DAY)
    client.force_login(world.people["coordinator"])
    data = {"unit": world.communes[0].pk, "receiver": other.pk, "on": f"{DAY:%d/%m/%Y}"}

    response = client.post(reverse("indicators:hand-over", args=[giver.pk]), data)

    assert response.status_code == 422
    assert "nên bàn giao được từ ngày sau đó" in response.content.decode()
    assert giver.role_grants.get().valid_to is None


def test_people_of_a_unit_that_ended_do_not_hold_the_list_back(world: World):
    by = world.people["administrator"]
    OrgUnit.objects.filter(pk=world.communes[1].pk).update(valid_to=date(2024, 7, 1))

    preview = compare_accounts(read_accounts(accounts_workbook(template_rows(by, DAY), made_at=clock.now())), user=by)

    assert preview.preview.faults == ()


def test_a_closed_account_opens_no_more_and_keeps_its_name(client, world: World):
    clerk = User.objects.get(username="clerk0")
    client.force_login(world.people["head0"])
    address = reverse("indicators:close-account", args=[clerk.pk])
    assert client.post(address, {"reason": ""}).status_code == 422

    client.post(address, {"reason": "Nghỉ hưu"})

    clerk.refresh_from_db()
    assert not clerk.is_active
    client.logout()
    assert clerk.role_grants.get().valid_to == DAY
    assert log_in(client, "clerk0", PASSWORD).status_code == 200


def test_who_holds_nothing_has_nothing_to_hand_over(client, world: World):
    nobody = make_person("trong", world.communes[0], Role.CLERK)
    nobody.role_grants.update(valid_to=date(2024, 7, 1))
    User.objects.filter(pk=world.people["administrator"].pk).update(is_superuser=True)
    client.force_login(User.objects.get(username="administrator"))
    page = client.get(reverse("indicators:person", args=[nobody.pk])).content.decode()

    assert "Người này không giữ chức vụ, vai trò nào để bàn giao." in page
    assert 'name="receiver"' not in page


def test_closing_an_account_says_what_it_left_and_gives_it_on(client, world: World):
    clerk, other = world.people["clerk0"], make_person("moi", world.communes[0], Role.CLERK)
    world.indicators["che"].assignments.filter(unit=world.communes[0]).update(person=clerk)
    Obstacle.objects.create(
        campaign=world.campaign,
        unit=world.communes[0],
        title="Thiếu giống",
        kind="objective",
        owner=clerk.full_name,
        owner_unit=world.communes[0],
        due_on=date(2024, 11, 1),
        raised_by=clerk,
        raised_at=clock.now(),
    )
    client.force_login(world.people["head0"])

    told = client.post(reverse("indicators:close-account", args=[clerk.pk]), {"reason": "Nghỉ"}, follow=True)
    page = told.content.decode()

    assert told.redirect_chain[-1][0] == reverse("indicators:person", args=[clerk.pk])
    assert "Việc còn dở, nếu có, nêu ở dưới" in page
    for line in ("Phụ trách chỉ tiêu: Trồng chè mới", "Báo cáo chưa gửi: Tháng", "Thiếu giống (xã Hiếu)"):
        assert line in page
    address = reverse("indicators:hand-over", args=[clerk.pk])
    assert client.post(address, {"receiver": ""}).status_code == 422
    client.post(address, {"receiver": other.pk, "note": "QĐ 6"})

    assert world.indicators["che"].assignments.get(unit=world.communes[0]).person == other
    assert 'name="receiver"' not in client.get(address.replace("ban-giao/", "")).content.decode()


def test_a_reviewer_who_leaves_is_told_what_waits_for_confirmation(world: World):
    with clock.set_to(at("2024-08-15")):
        fill(world)
        world.send()
    lines = open_work(world.people["reviewer"], DAY)

    assert [line.text for line in lines if line.what == "Chờ xác nhận"] == ["3 số liệu"]


def test_the_closed_are_found_again(client, world: World):
    close_account(world.people["clerk0"], reason="Nghỉ hưu", by=world.people["administrator"])
    client.force_login(world.people["administrator"])
    address = reverse("units:people")

    assert "(clerk0)" not in client.get(address).content.decode()
    assert "(clerk0)" in client.get(f"{address}?loc=da-ngung").content.decode()


def test_a_role_whose_last_day_is_still_ahead_goes_out_and_comes_back(world: World):
    by = world.people["administrator"]
    Post.objects.create(
        user=world.people["clerk0"], unit=world.communes[0], title="Công chức", valid_to=date(2024, 8, 1)
    )
    world.people["clerk0"].role_grants.update(valid_to=date(2024, 8, 1))

    preview = compare_accounts(read_accounts(accounts_workbook(template_rows(by, DAY), made_at=clock.now())), user=by)

    assert (preview.preview.new, preview.preview.changed) == (0, 0)
