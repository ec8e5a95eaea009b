"""The worker and the page for when there is no line."""

import json

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse

from config.offline import FILES
from tests.builders import at, make_world
from tests.indicators.views.reading import log_in
from units import clock


def shell(client: Client) -> dict:
    first = client.get("/sw.js").text.splitlines()[0]
    return json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))


def test_the_worker_is_everybodys_and_names_what_it_keeps(client: Client):
    response = client.get("/sw.js")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assert shell(client)["page"] == reverse("offline")
    assert [name for name in FILES if find(name) is None] == []
    assert len(shell(client)["files"]) == len(FILES)


def test_an_unchanged_worker_is_not_sent_again(client: Client):
    tag = client.get("/sw.js").headers["ETag"]

    assert client.get("/sw.js", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/sw.js", headers={"If-None-Match": f"W/{tag}"}).status_code == 304
    assert client.get("/sw.js", headers={"If-None-Match": '"khac"'}).status_code == 200


def test_the_page_without_line_holds_nothing_about_anybody(client: Client):
    response = client.get(reverse("offline"))

    assert response.status_code == 200
    assert "X-Person" not in response.headers
    assert "Không có mạng" in response.text


@pytest.mark.django_db
def test_every_answer_tells_the_worker_whose_it_is(client: Client):
    with clock.set_to(at("2024-07-15")):
        world = make_world()
        mine = log_in(world, "clerk0").get("/bao-cao-thang/")
        nobodys = client.get("/dang-nhap/")

    assert mine.headers["X-Person"] == str(world.people["clerk0"].pk)
    assert "X-Person" not in nobodys.headers
