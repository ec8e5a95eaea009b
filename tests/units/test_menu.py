"""The menu: each role sees its sections, the second line the pages of the section one stands in."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from tests.builders import PASSWORD, make_person, make_unit
from units.choices import Role
from units.models import User
from units.templatetags import menu
from units.templatetags.menu import MENU, Page, Section

pytestmark = pytest.mark.django_db
STANDING = (Role.COORDINATOR,)


def shown(path: str, *roles: str, sections: tuple[Section, ...], monkeypatch) -> menu.Menu:
    """The menu of a person with the roles who stands on a page."""
    monkeypatch.setattr(menu, "MENU", sections)
    request = RequestFactory().get(path)
    unit = make_unit("huyen", "UBND huyện", kind="ubnd", level="huyen")
    request.user = make_person("nguoi", unit, *roles)
    return menu.main_menu({"request": request})


SECTIONS = (
    Section("Tiếp nhận", (Page("Tiếp nhận", "indicators:receive-list", STANDING, ("/so-lieu/",)),)),
    Section(
        "Phong trào",
        (
            Page("Phong trào thi đua", "campaign:campaigns", (*STANDING, Role.CLERK)),
            Page("Chưa có", "campaign:not-there", STANDING),
            Page("Đổi mật khẩu", "units:change-password", STANDING),
        ),
    ),
)


def test_a_person_sees_only_the_sections_of_the_own_roles(monkeypatch):
    found = shown("/phong-trao/", Role.CLERK, sections=SECTIONS, monkeypatch=monkeypatch)

    assert [(one.label, one.url, one.is_current) for one in found.sections] == [("Phong trào", "/phong-trao/", True)]
    assert found.pages == ()


def test_the_second_line_shows_the_pages_of_the_present_section_that_are_installed(monkeypatch):
    found = shown("/phong-trao/7/", Role.COORDINATOR, sections=SECTIONS, monkeypatch=monkeypatch)

    assert [(one.label, one.is_current) for one in found.sections] == [("Tiếp nhận", False), ("Phong trào", True)]
    assert [(one.label, one.is_current) for one in found.pages] == [
        ("Phong trào thi đua", True),
        ("Đổi mật khẩu", False),
    ]


def test_an_address_that_belongs_to_a_page_marks_it_although_it_begins_otherwise(monkeypatch):
    found = shown("/so-lieu/3/lich-su/", Role.COORDINATOR, sections=SECTIONS, monkeypatch=monkeypatch)

    assert [one.is_current for one in found.sections] == [True, False]


@pytest.mark.parametrize("role", Role.values)
def test_nobody_of_one_role_has_more_than_seven_words_in_the_first_line(role):
    assert sum(any(role in page.roles for page in section.pages) for section in MENU) <= 7


def test_the_menu_stands_in_the_page_with_its_two_lines(monkeypatch, rf):
    monkeypatch.setattr(menu, "MENU", SECTIONS)
    request = rf.get("/phong-trao/")
    request.user = make_person("nguoi", make_unit("h", "UBND", kind="ubnd", level="huyen"), Role.COORDINATOR)
    template = '{% load menu %}{% main_menu as menu %}{% include "components/_menu.html" %}'
    page = Template(template).render(Context({"request": request}))

    assert '<a href="/phong-trao/" aria-current="true">Phong trào</a>' in page
    assert '<nav class="menu second" aria-label="Các trang của phần này">' in page


def test_the_first_account_finds_the_units_and_the_administration(client):
    first = User.objects.create_superuser("quan-tri-goc", PASSWORD, full_name="Quản trị")
    client.force_login(first)
    page = client.get("/", follow=True)

    assert page.redirect_chain[-1][0] == reverse("units:units")
    assert [entry.label for entry in menu.main_menu({"request": page.wsgi_request}).sections] == [
        "Đơn vị, người dùng",
        "Quản trị",
    ]


def test_a_page_of_one_campaign_is_known_by_its_numbered_address_too(monkeypatch):
    found = shown("/theo-doi/7/don-vi/", Role.COORDINATOR, sections=MENU, monkeypatch=monkeypatch)

    assert [one.label for one in found.pages if one.is_current] == ["Mức đạt theo đơn vị"]
