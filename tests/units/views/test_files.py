"""Uploaded files are given out only to whom may see what they belong to, and never shown in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from indicators.services.evidence import attach_evidence
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import StoredFile
from units.services import store_file

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def stored(world) -> StoredFile:
    upload = SimpleUploadedFile("biên bản.pdf", PDF)
    return attach_evidence(world.figure("che"), upload, by=world.people["clerk0"]).file


def fetch(world: World, person: str, stored: StoredFile):
    client = Client()
    client.force_login(world.people[person])
    return client.get(reverse("units:file", args=[stored.pk]))


def test_the_unit_fetches_its_file_as_an_attachment(world, stored):
    response = fetch(world, "clerk0", stored)

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("person", ["clerk1", "reader", "administrator"])
def test_others_do_not_even_learn_that_there_is_a_file(world, stored, person):
    fill(world)
    world.send()

    assert fetch(world, person, stored).status_code == 404


@pytest.mark.parametrize("person", ["coordinator", "reviewer", "leader"])
def test_the_office_fetches_it_once_the_figure_was_sent(world, stored, person):
    assert fetch(world, person, stored).status_code == 404

    fill(world)
    world.send()

    assert fetch(world, person, stored).status_code == 200


def test_a_file_that_belongs_to_nothing_is_its_uploaders_alone(world):
    loose = store_file(SimpleUploadedFile("tờ rơi.pdf", PDF), by=world.people["clerk0"])

    assert fetch(world, "clerk0", loose).status_code == 200
    assert fetch(world, "coordinator", loose).status_code == 404
