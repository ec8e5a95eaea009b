"""The floors of the house: a token on every send, headers on every page, the way in and out, uploads."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.architecture.test_strangers import ALL
from tests.builders import PASSWORD
from tests.kept import kept_world
from tests.security.headers import faults_of, policy_of
from tests.security.town import MOMENT, Town, build
from tests.security.visiting import client_of
from units.models import AuditLine, StoredFile

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)


# --- A token on every send -------------------------------------------------------------------------------------------


def test_nothing_is_taken_anywhere_without_the_token_of_the_form(world: Town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["first-account"].user)

    answers = {address: client.post(f"/{address}") for address in ALL}

    taken = {address for address, one in answers.items() if one.status_code != 403 or "quá lâu" not in one.text}
    assert taken == set()


def test_a_stolen_address_in_another_page_sends_nothing(world: Town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["home-clerk0"].user)
    page = client.get(reverse("indicators:owed"))
    token = page.cookies["csrftoken"].value

    answers = [
        client.post(reverse("units:log-out"), headers=headers, secure=True).status_code
        for headers in (
            {"X-CSRFToken": token, "Origin": "https://noi-khac.example"},
            {"X-CSRFToken": token, "Referer": "https://noi-khac.example/"},
            {"X-CSRFToken": "a" * 32, "Referer": "https://testserver/"},
        )
    ]

    assert answers == [403, 403, 403]


# --- Headers and the inside of pages, beside those that test_reading.py opens -----------------------------------------


def test_the_administration_has_the_same_headers_and_nothing_inline(world: Town):
    client = client_of(world, "first-account")
    pages = {one: client.get(f"/{one}") for one in ALL if one.startswith("quan-tri/")}
    catalogue = pages.pop("quan-tri/jsi18n/")

    assert {one: found for one, page in pages.items() if (found := faults_of(page))} == {}
    assert catalogue.headers["Content-Type"].startswith("text/javascript")
    assert catalogue.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/dang-nhap/", "/khong-co/", "/quan-tri/"])
def test_a_stranger_gets_the_same_headers(client: Client, address: str):
    faults = faults_of(client.get(address))

    assert [fault for fault in faults if not fault.startswith("Vary")] == []


def test_no_page_names_the_software_that_serves_it(world: Town):
    response = client_of(world, "home-clerk0").get("/bao-cao-thang/")

    assert {"Server", "X-Powered-By"}.isdisjoint(response.headers)


# --- Coming in and going out -----------------------------------------------------------------------------------------


def test_one_comes_in_by_name_and_password_and_goes_out_by_a_button(world: Town):
    client = Client()
    where = reverse("indicators:owed")
    assert client.get(where).status_code == 302

    answer = client.post(f"/dang-nhap/?next={where}", {"username": " CLERK0", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    assert client.get(where).status_code == 200

    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get(where).status_code == 302


@pytest.mark.parametrize("where", ["https://noi-khac.example/", "//noi-khac.example/", "javascript:alert(1)"])
def test_the_way_in_leads_to_no_other_house(world: Town, where: str):
    answer = Client().post("/dang-nhap/", {"username": "clerk0", "password": PASSWORD, "next": where})

    assert answer.headers["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(world: Town):
    answers = [
        Client().post("/dang-nhap/", {"username": name, "password": "sai"}).text for name in ("clerk0", "khong-co-ai")
    ]

    without = [re.sub(r"(clerk0|khong-co-ai|name=\"csrfmiddlewaretoken\" value=\"\w+\")", "", text) for text in answers]
    assert without[0] == without[1]


def test_the_session_gets_a_new_key_at_the_log_in(world: Town):
    client = Client()
    session = client.session
    session["trước"] = "khi vào"
    session.save()
    before = session.session_key

    client.post("/dang-nhap/", {"username": "clerk0", "password": PASSWORD})

    assert client.session.session_key != before


def test_a_closed_account_does_not_come_in_and_an_open_session_of_it_ends(world: Town):
    user = world.people["home-clerk0"].user
    client = client_of(world, "home-clerk0")
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert Client().post("/dang-nhap/", {"username": "clerk0", "password": PASSWORD}).status_code == 200
    assert client.get("/bao-cao-thang/").status_code == 302


def test_changing_the_password_ends_the_other_sessions_and_leaves_a_line(world: Town):
    here, elsewhere = client_of(world, "home-clerk0"), client_of(world, "home-clerk0")
    new = "mat-khau-moi-2024-x"

    answer = here.post(
        "/doi-mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}, follow=False
    )

    assert answer.status_code == 302
    assert here.get("/bao-cao-thang/").status_code == 200
    assert elsewhere.get("/bao-cao-thang/").status_code == 302
    assert AuditLine.objects.first().event == "user.password_changed"


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(world: Town):
    answer = Client().post("/dang-nhap/", {"username": "clerk0", "password": PASSWORD})

    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


# --- Files -----------------------------------------------------------------------------------------------------------


def test_an_upload_comes_back_as_an_attachment_of_unknown_kind(world: Town):
    stored = world.files["home", 0, 1]

    response = client_of(world, "home-clerk0").get(reverse("units:file", args=[stored.pk]))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert policy_of(response.headers["Content-Security-Policy"]) == {"default-src": ["'none'"], "sandbox": []}


@pytest.mark.parametrize("path", ["/media/", "/files/", "/data/files/", "/static/../data/files/"])
def test_no_upload_lies_open_beside_the_pages(world: Town, path: str):
    stored = world.files["home", 0, 1]

    assert Client().get(f"{path}{stored.content.name}").status_code in {302, 404}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.pdf", b"<html><script>alert(1)</script></html>"),
        ("anh.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("chay.pdf", b"MZ\x90\x00" + b"\x00" * 64),
        ("bang.xlsx", b"PK\x03\x04" + b"\x00" * 64),
        ("rong.pdf", b""),
    ],
)
def test_what_only_calls_itself_a_document_is_not_kept(world: Town, name: str, content: bytes):
    figure = world.worlds["home"].figure("che", 0, 3)
    before = StoredFile.objects.count()

    answer = client_of(world, "home-clerk0").post(
        reverse("indicators:attach-evidence", args=[figure.pk]), {"file": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 422
    assert StoredFile.objects.count() == before
