"""Coming in, going out, the password, and where each role lands."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import PASSWORD, at, make_person, make_unit, make_world
from units import clock
from units.choices import Role
from units.models import AuditLine
from units.views.account import LANDINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("hieu", make_unit("xa-hieu", "xã Hiếu"), Role.CLERK, name="(Họ và tên)")


def log_in(client: Client, name: str, password: str = PASSWORD):
    return client.post(reverse("units:log-in"), {"username": name, "password": password})


def test_the_clerk_comes_in_by_name_whatever_its_case(client, clerk):
    response = log_in(client, " Hieu ")

    assert response.url == reverse("units:home")
    assert client.get(response.url).url == reverse("indicators:owed")


def test_a_wrong_password_is_told_without_telling_which_part(client, clerk):
    page = log_in(client, "hieu", "sai").content.decode()

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page
    assert log_in(client, "khong-co", "sai").content.decode().count("chưa đúng") == page.count("chưa đúng")


def test_after_five_wrong_passwords_the_name_is_closed_even_to_the_right_one(client, clerk):
    for _ in range(5):
        log_in(client, "hieu", "sai")

    response = log_in(client, "hieu")

    assert response.status_code == 429
    assert "tạm khóa" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_the_log_in_one_goes_on_only_to_pages_of_this_house(client, clerk):
    data = {"username": "hieu", "password": PASSWORD, "next": "https://example.org/"}

    assert client.post(reverse("units:log-in"), data).url == reverse("units:home")


def test_one_leaves_by_a_post_only(client, clerk):
    client.force_login(clerk)

    assert client.get(reverse("units:log-out")).status_code == 405
    assert client.post(reverse("units:log-out")).url == reverse("units:log-in")
    assert "_auth_user_id" not in client.session


def test_a_password_that_was_handed_out_is_changed_first(client, clerk):
    clerk.must_change_password = True
    clerk.save()

    assert log_in(client, "hieu").url == reverse("units:change-password")


def test_a_changed_password_ends_the_duty_and_leaves_a_line(client, clerk):
    clerk.must_change_password = True
    clerk.save()
    client.force_login(clerk)
    new = "mot-mat-khau-khac-2024"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    assert client.post(reverse("units:change-password"), data).url == reverse("units:home")

    clerk.refresh_from_db()
    assert clerk.check_password(new)
    assert not clerk.must_change_password
    assert AuditLine.objects.get().event == "user.password_changed"


def test_a_weak_password_comes_back_with_the_reason(client, clerk):
    client.force_login(clerk)
    data = {"old_password": PASSWORD, "new_password1": "123", "new_password2": "123"}

    response = client.post(reverse("units:change-password"), data)

    assert response.status_code == 422
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


@pytest.mark.parametrize(("role", "page"), LANDINGS)
def test_each_role_lands_on_its_own_page(client, role, page):
    person = make_person("ai-do", make_unit("don-vi", "đơn vị"), role)
    client.force_login(person)

    assert client.get(reverse("units:home")).url == reverse(page)


def test_who_has_no_role_is_told_whom_to_ask(client):
    client.force_login(make_person("moi", make_unit("don-vi", "đơn vị")))

    assert "chưa được giao vai trò" in client.get(reverse("units:home")).content.decode()


def test_the_menu_holds_only_what_the_person_may_open(client):
    with clock.set_to(at("2024-07-15")):
        world = make_world()
        client.force_login(world.people["clerk0"])
        page = client.get(reverse("indicators:owed")).content.decode()

    assert "Báo cáo tháng" in page
    assert ">Tiếp nhận<" not in page
    assert "Quản trị" not in page
