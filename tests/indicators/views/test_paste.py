"""Saving many rows at once: a block from a workbook is kept whole or not at all."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Figure, FigureVersion
from indicators.services.launching import launch_campaign
from tests.builders import assign, at, make_indicator, make_world
from tests.indicators.views.reading import log_in, text_of
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def clerk(world) -> Client:
    return log_in(world, "clerk0")


def paste(client: Client, submission, *rows: tuple[Figure, str], **more: str):
    """What the browser posts when a preview is accepted."""
    data = {}
    for figure, text in rows:
        data |= {f"version-{figure.pk}": str(figure.version), f"amount-{figure.pk}": text}
    data |= {name.replace("__", "-"): value for name, value in more.items()}
    return client.post(reverse("indicators:paste", args=[submission.pk]), data, headers=HTMX)


def test_a_block_is_saved_with_one_version_for_each_row_and_one_audit_line(world, clerk):
    lines = AuditLine.objects.count()

    response = paste(clerk, world.submission(), (world.figure("che"), "1.234,5"), (world.figure("ca-phe"), "kps"))

    assert response.status_code == 200
    assert world.figure("che").amount == Decimal("1234.5")
    assert world.figure("ca-phe").state == "nothing_arose"
    assert FigureVersion.objects.count() == 2
    assert AuditLine.objects.count() == lines + 1
    answer = text_of(response)
    assert answer.count("đã lưu") == 2
    assert "<strong>2/3</strong> dòng đã nhập" in answer
    assert 'name="amount-' not in answer


def test_one_wrong_row_keeps_the_whole_block_out_and_every_wrong_row_has_its_sentence(world, clerk):
    rows = [(world.figure("che"), "20"), (world.figure("ca-phe"), "nhiều")]

    response = paste(clerk, world.submission(), *rows)

    assert response.status_code == 422
    assert FigureVersion.objects.count() == 0
    assert "Trồng cà phê mới: “nhiều” không phải là số" in text_of(response)
    assert "Trồng chè mới" not in text_of(response)


def test_an_ambiguous_number_is_asked_and_a_confirmed_one_is_saved(world, clerk):
    figure = world.figure("che")

    asked = paste(clerk, world.submission(), (figure, "2.5"))
    assert (asked.status_code, world.figure("che").amount) == (422, None)
    assert "Trồng chè mới: “2.5”: hiểu là 2,5 ha?" in text_of(asked)

    confirmed = paste(clerk, world.submission(), (figure, "2.5"), **{f"sure__amount__{figure.pk}": "2.5"})
    assert (confirmed.status_code, world.figure("che").amount) == (200, Decimal("2.5"))


def test_a_lost_race_tells_which_row_and_saves_none(world, clerk):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    world.enter("ca-phe", "7.5")

    response = paste(clerk, world.submission(), (tea, "8"), (coffee, "9"))

    assert response.status_code == 409
    assert "“Trồng cà phê mới” vừa được người khác sửa" in text_of(response)
    assert "Trồng chè mới" not in text_of(response)
    assert (world.figure("che").version, world.figure("ca-phe").amount) == (0, Decimal("7.5"))


def test_a_block_sent_twice_with_one_key_is_saved_once(world, clerk):
    rows = [(world.figure("che"), "8"), (world.figure("ca-phe"), "9")]

    paste(clerk, world.submission(), *rows, key="k1")
    again = paste(clerk, world.submission(), *rows, key="k1")

    assert again.status_code == 200
    assert FigureVersion.objects.count() == 2


@pytest.mark.parametrize("commune", [0, 1])
def test_a_row_of_another_report_is_refused_with_the_whole_block(world, clerk, commune):
    foreign = world.figure("che", commune=commune, period=2 if commune == 0 else 1)

    response = paste(clerk, world.submission(), (world.figure("ca-phe"), "5"), (foreign, "6"))

    assert response.status_code == 403
    assert FigureVersion.objects.count() == 0


@pytest.mark.parametrize("person", ["clerk1", "coordinator", "reviewer", "leader"])
def test_the_month_of_a_unit_is_pasted_only_by_its_own_people(world, person):
    world.enter("che", "20")
    figure = world.figure("che")

    response = paste(log_in(world, person), world.submission(), (figure, "30"))

    assert response.status_code == 404
    assert world.figure("che").amount == Decimal("20")


def test_a_month_that_is_no_longer_open_takes_no_block(world, clerk):
    for code in ("che", "ca-phe"):
        world.enter(code, "1")
    world.enter("tuyen-truyen", None, task_status="done", text="Xong")
    world.send()

    response = paste(clerk, world.submission(), (world.figure("che"), "30"))

    assert response.status_code == 403
    assert world.figure("che").amount == Decimal("1")


def test_a_block_of_one_row_and_of_twelve_ask_the_database_equally_often():
    with clock.set_to(at("2024-07-15")):
        world = make_world(launched=False)
        for number in range(12):
            row = make_indicator(world.campaign, world.area, f"ct-{number}", f"Chỉ tiêu {number}")
            assign(row, world.communes[0])
            world.indicators[row.code] = row
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
        client = log_in(world, "clerk0")
        paste(client, world.submission(), (world.figure("ct-0"), "4"))  # what the first visit alone asks
        asked = []
        for count, text in ((1, "5"), (12, "6")):
            rows = [(world.figure(f"ct-{number}"), text) for number in range(count)]
            with CaptureQueriesContext(connection) as caught:
                assert paste(client, world.submission(), *rows, key=f"k{count}").status_code == 200
            asked.append(len(caught))

    assert asked[0] == asked[1] <= 40
