"""Nhập thay: a figure that a unit told by telephone or paper, entered for it by an office."""

import pytest
from django.test import Client
from django.urls import reverse

from indicators.choices import VersionKind
from tests.builders import World, at
from tests.indicators.views.confirming import get, is_confirmed, post, rows_of, sent_world, url
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return sent_world()


TOLD = {"channel": "phone", "informant": "Văn phòng xã", "document": "", "document_on": "15/7/2024"}


def test_a_figure_is_entered_for_a_unit_that_telephoned(client: Client, world: World):
    figure = world.figure("che", 2)
    data = {"amount": "3", "version": figure.version, **TOLD}

    post(client, world, "reviewer", reverse("indicators:enter-on-behalf", args=[figure.pk]), data)

    version = figure.versions.order_by("sequence").last()
    assert version is not None
    assert (version.kind, version.on_behalf_of, version.informant) == (
        VersionKind.ON_BEHALF,
        world.communes[2],
        "Văn phòng xã",
    )
    shown = rows_of(client, world)["xã Măng Cành"].entered_for_unit
    assert shown == "3,0. Nhập thay qua điện thoại, theo Văn phòng xã ngày 15/7/2024"


def test_of_whom_the_figure_came_must_be_said(client: Client, world: World):
    figure = world.figure("che", 2)
    data = {"amount": "3", "version": figure.version}

    response = post(client, world, "reviewer", reverse("indicators:enter-on-behalf", args=[figure.pk]), data)

    assert response.status_code == 422
    assert "Ghi người của đơn vị đã cung cấp số liệu." in response.content.decode()
    assert figure.versions.count() == 1


def test_an_empty_figure_is_not_entered_for_a_unit(client: Client, world: World):
    figure = world.figure("che", 2)

    response = post(
        client,
        world,
        "reviewer",
        reverse("indicators:enter-on-behalf", args=[figure.pk]),
        {"amount": "", "version": figure.version, **TOLD},
    )

    assert response.status_code == 422
    assert "Nhập số liệu, hoặc đánh dấu “Không phát sinh”." in response.content.decode()


def test_the_clerk_who_changed_the_row_meanwhile_is_not_overwritten(client: Client, world: World):
    figure = world.figure("che", 2)
    seen = figure.version
    with clock.set_to(at("2024-07-16", 8)):
        world.enter("che", "9", commune=2)
    data = {"amount": "3", "version": seen, **TOLD}

    response = post(client, world, "reviewer", reverse("indicators:enter-on-behalf", args=[figure.pk]), data)

    assert response.status_code == 409
    figure.refresh_from_db()
    assert figure.amount == 9


def test_who_entered_for_a_unit_does_not_confirm_it(client: Client, world: World):
    figure = world.figure("che", 2)
    data = {"amount": "3", "version": figure.version, **TOLD}
    post(client, world, "reviewer", reverse("indicators:enter-on-behalf", args=[figure.pk]), data)
    with clock.set_to(at("2024-07-16")):
        for code, amount in (("ca-phe", "1"), ("tuyen-truyen", None)):
            extra = {} if amount else {"task_status": "done", "text": "Xong."}
            world.enter(code, amount, commune=2, **extra)
        world.send(2)

    row = rows_of(client, world)["xã Măng Cành"]
    response = post(client, world, "reviewer", url(world, "confirm-figures"), {"figures": [figure.pk]})

    assert row.why_not_confirm == "Anh/chị đã nhập số liệu này nên người khác phải xác nhận."
    assert response.status_code == 403
    assert not is_confirmed(figure)


def test_a_neighbouring_clerk_cannot_enter_for_a_unit(client: Client, world: World):
    assert (
        get(
            client, world, "clerk0", reverse("indicators:enter-on-behalf", args=[world.figure("che", 2).pk])
        ).status_code
        == 404
    )


def test_the_unit_reads_at_the_head_of_its_month_who_entered_what_on_whose_word(client: Client, world: World):
    figure = world.figure("che", 2)
    data = {"amount": "3", "version": figure.version, **TOLD}
    post(client, world, "reviewer", reverse("indicators:enter-on-behalf", args=[figure.pk]), data)
    month = reverse("indicators:month", args=[figure.submission_id])

    page = get(client, world, "clerk2", month).content.decode()
    assert "Nhập thay xã Măng Cành; nhận qua điện thoại; người cung cấp: Văn phòng xã" in page

    world.enter("che", "4", commune=2)
    assert "Nhập thay xã Măng Cành" not in get(client, world, "clerk2", month).content.decode()


def test_the_standing_body_enters_a_whole_month_and_sends_the_signed_paper(client: Client, world: World):
    report = world.submission(2)
    address = reverse("indicators:month-on-behalf", args=[report.pk])
    page = get(client, world, "coordinator", address).content.decode()
    assert "Nhập thay" in get(client, world, "coordinator", reverse("indicators:receive", args=[report.pk])).text
    assert "đơn vị đã nhập, chưa gửi" in page
    figures = {figure.assignment.indicator.code: figure for figure in report.figures.all()}
    data = {f"version-{figure.pk}": figure.version for figure in figures.values()} | TOLD

    assert "Chưa nhập dòng nào" in post(client, world, "coordinator", address, data).text
    typed = {f"amount-{figures['che'].pk}": "3,5", f"amount-{figures['ca-phe'].pk}": "kps"}
    typed |= {f"task_status-{figures['tuyen-truyen'].pk}": "done", f"text-{figures['tuyen-truyen'].pk}": "Họp thôn"}
    post(client, world, "coordinator", address, data | typed)

    versions = [figure.versions.order_by("sequence").last() for figure in figures.values()]
    assert {version.kind for version in versions} == {VersionKind.ON_BEHALF}
    assert "3,5 ha (nhập thay)" in get(client, world, "coordinator", address).text
    move = reverse("indicators:move", args=[report.pk, "record_signed"])
    signed = {"signed_number": "12/BC", "signed_on": "15/7/2024", "then": "submit"}
    post(client, world, "coordinator", move, signed)
    assert world.submission(2).status == "sent"


def test_what_a_unit_keeps_unsent_the_office_does_not_read(client: Client, world: World):
    with clock.set_to(at("2024-07-16", 8)):
        world.enter("che", "98.7", commune=2)

    page = get(client, world, "coordinator", reverse("indicators:month-on-behalf", args=[world.submission(2).pk])).text

    assert "98,7" not in page


def test_of_a_sent_report_the_office_reads_what_it_can_do_itself(client: Client, world: World):
    shown = get(client, world, "coordinator", reverse("indicators:month-on-behalf", args=[world.submission(0).pk]))

    page = shown.content.decode()
    assert "Báo cáo đã gửi nên không nhập thay nữa. Muốn sửa thì đề nghị đơn vị chỉnh sửa, bổ sung." in page
    assert "thu hồi" not in page
