"""What waited on a device is sent together: each row is saved on its own, once, and each gets its answer."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Figure, FigureVersion
from indicators.services.launching import launch_campaign
from tests.builders import assign, at, fill, make_indicator, make_world
from tests.indicators.views.reading import log_in
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def clerk(world) -> Client:
    return log_in(world, "clerk0")


def row(figure: Figure, amount: str, *, version: int | None = None, key: str = "", earlier: str = "") -> dict[str, str]:
    """One row as a device kept it."""
    pk = figure.pk
    sent = {f"amount-{pk}": amount, f"version-{pk}": str(figure.version if version is None else version)}
    return sent | {f"key-{pk}": key or f"khoa-{pk}", f"earlier-{pk}": earlier}


def send(client: Client, submission, *rows: dict[str, str], **more: str):
    data = {name: value for one in rows for name, value in one.items()}
    return client.post(reverse("indicators:send-waiting", args=[submission.pk]), data | more)


def fates(response) -> dict[int, str]:
    return {one["figure"]: one["fate"] for one in response.json()["rows"]}


def test_rows_that_nothing_stands_against_are_saved_together(world, clerk):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    lines = AuditLine.objects.count()

    response = send(clerk, world.submission(), row(tea, "12,5"), row(coffee, "kps"))

    assert response.status_code == 200
    assert fates(response) == {tea.pk: "saved", coffee.pk: "saved"}
    assert world.figure("che").amount == Decimal("12.5")
    assert world.figure("ca-phe").state == "nothing_arose"
    assert AuditLine.objects.count() == lines + 1


def test_rows_sent_twice_are_saved_once(world, clerk):
    rows = [row(world.figure("che"), "12"), row(world.figure("ca-phe"), "3")]

    first = send(clerk, world.submission(), *rows)
    again = send(clerk, world.submission(), *rows)

    assert fates(first) == fates(again)
    assert FigureVersion.objects.count() == 2


def test_a_rival_row_comes_back_with_both_values_and_the_others_are_saved(world, clerk):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    world.enter("che", "7.5")

    response = send(clerk, world.submission(), row(tea, "12", version=0), row(coffee, "3"))

    assert response.status_code == 422
    assert fates(response) == {tea.pk: "conflict", coffee.pk: "saved"}
    answer = next(one for one in response.json()["rows"] if one["figure"] == tea.pk)
    assert (answer["held"], answer["version"]) == ("7,5", "1")
    assert "vừa được người khác sửa" in answer["sentence"]
    assert world.figure("che").amount == Decimal("7.5")


def test_a_row_of_a_closed_report_comes_back_with_the_reason(world, clerk):
    fill(world, che="20")
    world.send()

    response = send(clerk, world.submission(), row(world.figure("che"), "21", version=0))

    answer = response.json()["rows"][0]
    assert (answer["fate"], answer["held"]) == ("closed", "20,0")
    assert answer["sentence"].startswith("Báo cáo đã gửi.")
    assert world.figure("che").amount == Decimal("20")


def test_what_cannot_be_read_is_told_and_the_rest_is_saved(world, clerk):
    tea, coffee = world.figure("che"), world.figure("ca-phe")

    response = send(clerk, world.submission(), row(tea, "mười"), row(coffee, "3"), shown="1")

    assert fates(response) == {tea.pk: "wrong", coffee.pk: "saved"}
    assert "“mười” không phải là số" in response.json()["html"]


def test_a_row_of_another_report_is_answered_and_not_touched(world, clerk):
    other = world.figure("che", commune=1)

    response = send(clerk, world.submission(), row(other, "12"))

    assert fates(response) == {other.pk: "closed"}
    assert world.figure("che", commune=1).amount is None


def test_parts_of_the_page_come_only_to_the_page(world, clerk):
    assert send(clerk, world.submission(), row(world.figure("che"), "12")).json()["html"] == ""
    shown = send(clerk, world.submission(), row(world.figure("ca-phe"), "12"), shown="1").json()["html"]
    assert "hx-swap-oob" in shown
    assert 'name="amount-' not in shown


def test_a_task_may_be_told_to_stand_as_before(world, clerk):
    world.enter("tuyen-truyen", None, task_status="in_progress", text="Đã họp.")
    figure = world.figure("tuyen-truyen", period=2)

    response = send(clerk, world.submission(period=2), {f"version-{figure.pk}": "0", f"same-{figure.pk}": "1"})

    assert fates(response) == {figure.pk: "saved"}
    assert world.figure("tuyen-truyen", period=2).text == "Đã họp."


def test_an_own_save_that_was_never_answered_is_no_rival(world, clerk):
    tea = world.figure("che")
    send(clerk, world.submission(), row(tea, "12", key="mot"))

    response = send(clerk, world.submission(), row(tea, "13", version=0, key="hai", earlier="khac mot"))

    assert fates(response) == {tea.pk: "saved"}
    assert (world.figure("che").amount, world.figure("che").version) == (Decimal("13"), 2)


def test_a_colleagues_save_upon_an_unanswered_one_is_a_rival(world, clerk):
    tea = world.figure("che")
    send(clerk, world.submission(), row(tea, "12", key="mot"))
    world.enter("che", "7.5")

    response = send(clerk, world.submission(), row(tea, "13", version=0, key="hai", earlier="mot"))

    assert fates(response) == {tea.pk: "conflict"}


def test_another_persons_key_proves_nothing(world, clerk):
    tea = world.figure("che")
    send(log_in(world, "head0"), world.submission(), row(tea, "12", key="mot"))

    response = send(clerk, world.submission(), row(tea, "13", version=0, key="hai", earlier="mot"))

    assert fates(response) == {tea.pk: "conflict"}


def queries_for(rows: int) -> int:
    with clock.set_to(at("2024-07-15")):
        world = make_world(communes=1, launched=False, prefix=f"{rows}-")
        for number in range(rows):
            world.indicators[f"them-{number}"] = make_indicator(world.campaign, world.area, f"them-{number}", "Thêm")
            assign(world.indicators[f"them-{number}"], world.communes[0])
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
        client = log_in(world, "clerk0")
        sent = [row(world.figure(f"them-{number}"), "3") for number in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            assert send(client, world.submission(), *sent).status_code == 200
    return len(captured)


def test_sixty_rows_cost_as_many_queries_as_three():
    assert queries_for(60) == queries_for(3)
