"""The office's own Word template: put in with a check of its fields, used by its reports, taken back."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from paper.word_template import FIELDS, sample_template
from reports.models import LetterTemplate
from tests.builders import at
from tests.paper.test_word_template import template
from tests.reports.exports.sample import office_world
from units import clock

pytestmark = pytest.mark.django_db
PAGE = reverse("reports:word-template")


def ask(client, world, path, data=None, person="coordinator"):
    client.force_login(world.people[person])
    with clock.set_to(at("2024-08-15", 18)):
        return client.get(path) if data is None else client.post(path, data)


def put(client, world, content, person="coordinator"):
    return ask(client, world, PAGE, {"template": SimpleUploadedFile("mau.docx", content)}, person)


def report_words(client, world):
    path = reverse("reports:summary-docx", args=[world.campaign.pk, world.period(2).pk])
    return [one.text for one in docx.Document(BytesIO(ask(client, world, path).content)).paragraphs]


def test_reports_are_written_in_the_template_until_it_is_taken_back(client):
    world = office_world(1)
    assert put(client, world, template("MẪU RIÊNG CỦA PHÒNG", "{{noi_dung}}")).status_code == 302
    assert report_words(client, world)[0] == "MẪU RIÊNG CỦA PHÒNG"
    assert "mau.docx" in ask(client, world, PAGE).content.decode()
    assert ask(client, world, reverse("reports:take-template-back"), {}).status_code == 302
    assert report_words(client, world)[0] != "MẪU RIÊNG CỦA PHÒNG"


def test_a_newer_template_takes_the_place_of_the_older_which_is_kept(client):
    world = office_world(1)
    put(client, world, template("MỘT", "{{noi_dung}}"))
    put(client, world, template("HAI", "{{noi_dung}}"))
    assert report_words(client, world)[0] == "HAI"
    assert [one.is_in_use for one in LetterTemplate.objects.order_by("pk")] == [False, True]


def test_an_unknown_field_is_named_and_nothing_is_put_in(client):
    world = office_world(1)
    refused = put(client, world, template("{{noi_dung}}", "{{ngay_ky}}"))
    assert refused.status_code == 422
    assert "{{ngay_ky}}" in refused.content.decode()
    assert put(client, world, b"%PDF-1.7").status_code == 422
    assert ask(client, world, PAGE, {}).status_code == 422
    assert not LetterTemplate.objects.exists()


def test_the_page_names_every_field_and_hands_out_a_template_that_can_be_used(client):
    world = office_world(1)
    page = ask(client, world, PAGE).content.decode()
    assert [name for name in FIELDS if f"{{{{{name}}}}}" not in page] == []
    assert put(client, world, ask(client, world, reverse("reports:word-sample")).content).status_code == 302


@pytest.mark.parametrize("person", ["clerk0", "leader", "reader", "administrator"])
def test_others_are_told_for_whom_the_page_is(client, person):
    world = office_world(1)
    assert ask(client, world, PAGE, person=person).status_code == 403
    assert put(client, world, sample_template(), person).status_code == 403
