"""The page of background files: order, wait, stop, try again, fetch; for the standing body alone."""

import io
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.models import Batch
from reports.tables import batches as tables
from reports.tables.batches import batch_table
from tests.builders import at
from tests.reports.exports.sample import office_world
from units import clock, hands

EVENING = at("2024-08-15", 18)
PAGE = reverse("reports:batches")
pytestmark = pytest.mark.django_db


def ask(client, world, path, data=None, person="coordinator", **headers):
    client.force_login(world.people[person])
    with clock.set_to(EVENING):
        return client.get(path, **headers) if data is None else client.post(path, data)


def order(client, world, kind="units-pdf", period=2):
    return ask(client, world, PAGE, {"period": world.period(period).pk, "kind": kind})


@pytest.mark.django_db(transaction=True)
def test_what_is_ordered_is_made_by_the_worker_and_fetched_from_the_list(client):
    world = office_world(2)
    assert order(client, world).status_code == 302
    with hands.present(hands.WORKER):
        waiting = ask(client, world, PAGE).content.decode()
    assert "Đang xếp hàng" in waiting
    assert "có thể đóng trang này, tệp vẫn được lập" in waiting
    with clock.set_to(EVENING):
        call_command("work", once=True, interval=0)
    done = ask(client, world, PAGE).content.decode()
    assert "Đã xong" in done
    assert "hx-trigger" not in done
    file = Batch.objects.get().file
    answer = ask(client, world, reverse("units:file", args=[file.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-cac-don-vi-thang-8-2024.zip"'
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
    assert ask(client, world, reverse("units:file", args=[file.pk]), person="clerk0").status_code == 404


def test_the_row_asks_for_itself_until_it_is_done(client):
    world = office_world(2)
    order(client, world)
    batch = Batch.objects.get()
    path = reverse("reports:batch", args=[batch.pk])
    part = ask(client, world, path, HTTP_HX_REQUEST="true", HTTP_HX_TARGET=f"lan-lap-{batch.pk}").content.decode()
    assert part.lstrip().startswith(f'<tr id="lan-lap-{batch.pk}" hx-get="{path}"')
    assert "<html" not in part
    whole = ask(client, world, path).content.decode()
    assert "xã Hiếu" in whole
    assert "Đang chờ" in whole


def test_a_batch_is_stopped_and_taken_up_again_by_buttons(client):
    world = office_world(2)
    order(client, world)
    batch = Batch.objects.get()
    assert ask(client, world, reverse("reports:cancel-batch", args=[batch.pk]), {}).status_code == 302
    stopped = ask(client, world, PAGE).content.decode()
    assert "Đã hủy" in stopped
    assert "Làm lại" in stopped
    assert ask(client, world, reverse("reports:retry-batch", args=[batch.pk]), {}).status_code == 302
    again = ask(client, world, PAGE).content.decode()
    assert "Tạm dừng" in again
    assert "Máy chủ đang ngừng chạy việc nền" in again


def test_a_period_without_a_sent_report_and_an_unknown_choice_are_answered_in_words(client):
    world = office_world(2)
    late = order(client, world, period=3)
    assert late.status_code == 422
    assert "chưa có đơn vị nào gửi báo cáo" in late.content.decode()
    assert order(client, world, kind="la").status_code == 422
    assert not Batch.objects.exists()


@pytest.mark.parametrize("person", ["clerk0", "leader", "reader", "reviewer", "administrator"])
def test_others_are_told_for_whom_the_page_is(client, person):
    world = office_world(1)
    refused = ask(client, world, PAGE, person=person)
    assert refused.status_code == 403
    assert "Trang này dành cho cơ quan thường trực thi đua." in refused.content.decode()


@pytest.mark.parametrize("communes", [1, 3])
def test_the_list_takes_the_same_queries_for_one_unit_and_for_three(client, communes, django_assert_num_queries):
    world = office_world(communes)
    for _ in range(communes):
        ask(client, world, PAGE, {"period": world.period(1).pk, "kind": "units-pdf"})
    user = type(world.people["coordinator"]).objects.get(pk=world.people["coordinator"].pk)
    assert user.has_role("coordinator")
    with clock.set_to(EVENING), django_assert_num_queries(tables.QUERIES):
        assert len(batch_table(user).rows) == communes
