"""Files of every unit at once: made by the worker, packed with their hashes, and never seen half done."""

import csv
import hashlib
import io
import os
import signal
import subprocess
import sys
from zipfile import ZipFile

import openpyxl
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection

from campaign.models import ContentArea
from indicators.models import Indicator
from reports import tasks
from reports.choices import BatchKind
from reports.models import Batch, BatchPart
from reports.services import batches, files
from reports.services.batches import cancel_batch, retry_batch, start_batch
from reports.tables.batches import batch_row
from tests.builders import at
from tests.reports.exports.sample import UNSENT, office_world
from units import clock, hands
from units.models import AuditLine, StoredFile

pytestmark = pytest.mark.django_db
EVENING = at("2024-08-15", 18)
LATER = at("2024-08-15", 19)


def order(world, kind=BatchKind.UNITS_PDF, person="coordinator", period=2):
    """The specialist of the standing body orders a batch; what it queues is left to ``work``."""
    with clock.set_to(EVENING):
        return start_batch(world.campaign, world.period(period), kind, by=world.people[person], enqueue=queue.append)


queue: list[int] = []


@pytest.fixture(autouse=True)
def _an_empty_queue():
    queue.clear()


@pytest.fixture
def ordered(django_capture_on_commit_callbacks):
    """Orders a batch, or does anything else, and lets what waits for the commit happen."""

    def act(what, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return what(*arguments, **named)

    return act


@pytest.fixture
def work(ordered):
    """The worker does what is queued, and packs what is complete."""

    def act(moment=EVENING, only=None):
        packing: list[int] = []
        with clock.set_to(moment):
            for pk in queue[:only]:
                queue.remove(pk)
                ordered(batches.make_part, pk, pack_later=packing.append)
            for pk in packing:
                ordered(batches.pack_batch, pk)

    return act


def content_of(batch):
    return Batch.objects.get(pk=batch.pk).file.content.read()


def test_each_unit_that_has_sent_gets_its_report_and_the_list_tells_names_sizes_and_hashes(ordered, work):
    world = office_world(3)
    batch = ordered(order, world)
    work()
    assert batch_row(batch).state == "done"
    with ZipFile(io.BytesIO(content_of(batch))) as archive:
        names = archive.namelist()
        listed = list(csv.reader(io.StringIO(archive.read("DANH-MUC.csv").decode("utf-8-sig")), delimiter=";"))[2:]
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert names == [
            "001-bao-cao-thang-8-2024-xa-hieu.pdf",
            "002-bao-cao-thang-8-2024-xa-po-e.pdf",
            "DANH-MUC.csv",
            "SHA256SUMS",
        ]
        for row in listed[:2]:
            made = archive.read(row[2])
            assert made.startswith(b"%PDF")
            assert (row[3], row[4]) == (str(len(made)), hashlib.sha256(made).hexdigest())
            assert sums[row[2]] == row[4]
    assert [(row[1], row[2]) for row in listed[2:]] == [("xã Măng Cành", "chưa gửi báo cáo lúc lập")]


def test_when_the_pack_is_there_the_bytes_of_its_parts_are_gone(ordered, work):
    batch = ordered(order, office_world(3))
    work()
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [Batch.objects.get(pk=batch.pk).file_id]
    assert not batch.parts.exclude(file=None).exists()
    assert len(set(batch.parts.values_list("sha256", flat=True))) == 2


def test_every_figure_that_was_sent_stands_in_one_workbook_and_none_that_was_not(ordered, work):
    world = office_world(3)
    part = ContentArea.objects.get(pk=world.area.pk)
    part.pk, part.key, part.parent, part.numbering = None, "phan", world.area, "-"
    part.save()
    Indicator.objects.filter(code="che").update(area=part)
    batch = ordered(order, world, BatchKind.FIGURES)
    work()
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(batch)))["Số liệu"]
    rows = [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[0]]
    assert rows[0][:4] == ("Kỳ báo cáo", "Đơn vị", "Mục", "Chỉ tiêu, nhiệm vụ")
    told = {(row[0], row[1], row[3]): row[5] for row in rows[1:]}
    assert told["Tháng 8/2024", "xã Hiếu", "Trồng chè mới"] == 12.5
    assert told["Tháng 8/2024", "xã Măng Cành", "Trồng chè mới"] is None
    assert len(told) == 2 * 17
    assert {row[2] for row in rows[1:]} == {world.area.numbering}
    assert UNSENT not in str(rows)


def test_a_cancelled_batch_makes_no_more_and_hands_out_nothing(ordered, work):
    world = office_world(3)
    batch = ordered(order, world)
    work(only=1)
    ordered(cancel_batch, batch, by=world.people["coordinator"])
    work()
    row = batch_row(batch)
    assert (row.state, row.made, row.batch.file) == ("cancelled", 1, None)
    assert row.told == "Đã dừng ở 1/2 tệp; chưa có gói để tải."


def test_what_was_cancelled_is_taken_up_where_it_stopped(ordered, work):
    world = office_world(3)
    batch = ordered(order, world)
    work(only=1)
    ordered(cancel_batch, batch, by=world.people["coordinator"])
    queue.clear()
    with clock.set_to(EVENING):
        ordered(retry_batch, batch, by=world.people["coordinator"], enqueue=queue.append)
    assert len(queue) == 1
    work()
    assert batch_row(batch).state == "done"
    assert [part.attempts for part in batch.parts.all()] == [1, 1]


def test_a_part_that_fails_is_told_with_its_reason_and_made_again_on_demand(ordered, monkeypatch, work):
    world = office_world(3)
    batch = ordered(order, world)
    real = files.unit_file

    def failing(report, **choices):
        if report.participation.unit_name == "xã Hiếu":
            raise OSError("đĩa đầy")
        return real(report, **choices)

    monkeypatch.setattr(files, "unit_file", failing)
    work()
    row = batch_row(batch)
    assert (row.state, row.made, row.failed) == ("failed", 1, 1)
    assert row.told == "Đã lập 1/2 tệp, 1 tệp lỗi. Bấm Làm lại để lập các tệp còn thiếu."
    assert batch.parts.get(position=1).error == batches.WENT_WRONG
    monkeypatch.setattr(files, "unit_file", real)
    ordered(retry_batch, batch, by=world.people["coordinator"], enqueue=queue.append)
    work()
    assert batch_row(batch).state == "done"


def test_a_report_taken_back_meanwhile_is_told_and_not_printed(ordered, work):
    world = office_world(3)
    batch = ordered(order, world)
    type(world.submission(0, 2)).objects.filter(pk=world.submission(0, 2).pk).update(status="draft")
    work()
    assert batch.parts.get(position=1).error == "Báo cáo này đang ở đơn vị, chưa gửi hoặc đang sửa."


def test_what_runs_cannot_be_retried_and_what_is_done_neither_cancelled_nor_retried(ordered, work):
    world = office_world(2)
    batch = ordered(order, world)
    by = world.people["coordinator"]
    with pytest.raises(ValidationError, match="đang chạy"):
        retry_batch(batch, by=by, enqueue=queue.append)
    work()
    with pytest.raises(ValidationError, match="đã xong"):
        retry_batch(batch, by=by, enqueue=queue.append)
    with pytest.raises(ValidationError, match="đã xong hoặc đã hủy"):
        cancel_batch(batch, by=by)


@pytest.mark.parametrize("person", ["clerk0", "leader", "reviewer", "reader", "administrator"])
def test_only_the_standing_body_orders_cancels_and_retries(person, ordered):
    world = office_world(2)
    batch = ordered(order, world)
    by = world.people[person]
    with pytest.raises(PermissionDenied):
        order(world, person=person)
    with pytest.raises(PermissionDenied):
        cancel_batch(batch, by=by)
    with pytest.raises(PermissionDenied):
        retry_batch(batch, by=by, enqueue=queue.append)
    assert not Batch.objects.visible_to(by).exists()


def test_without_a_report_that_was_sent_nothing_is_ordered():
    with pytest.raises(ValidationError, match="chưa có đơn vị nào gửi"):
        order(office_world(2), period=3)


def test_each_act_leaves_one_line_in_the_audit_trail(ordered):
    world = office_world(2)
    batch = ordered(order, world)
    ordered(cancel_batch, batch, by=world.people["coordinator"])
    ordered(retry_batch, batch, by=world.people["coordinator"], enqueue=queue.append)
    lines = AuditLine.objects.filter(event__startswith="batch.").order_by("pk")
    assert [line.event for line in lines] == ["batch.started", "batch.cancelled", "batch.retried"]


def test_two_workers_do_not_make_the_same_part(ordered, work):
    batch = ordered(order, office_world(2))
    [pk] = queue
    with hands.taken(f"part-{pk}"):
        work()
    assert batch.parts.get().attempts == 0
    queue.append(pk)
    work()
    assert batch.parts.get().attempts == 1


def test_what_a_lost_worker_left_is_queued_again_at_once_and_what_is_in_hands_is_not(ordered, work):
    batch = ordered(order, office_world(3))
    first, second = queue
    queue.clear()
    with clock.set_to(EVENING):
        with hands.taken(f"part-{first}"):
            batches._take(first)
            assert batches.resume_batches(enqueue=queue.append, pack_later=queue.append) == 0
        assert batches.resume_batches(enqueue=queue.append, pack_later=queue.append) == 1
        assert batches.resume_batches(enqueue=queue.append, pack_later=queue.append) == 0
    assert queue == [first]
    work()
    with clock.set_to(LATER):
        assert batches.resume_batches(enqueue=queue.append, pack_later=queue.append) == 1
    assert queue == [second]
    work(LATER)
    assert batch_row(batch).state == "done"


def test_a_pack_in_hands_is_not_begun_again(ordered):
    batch = ordered(order, office_world(2))
    packing: list[int] = []
    with clock.set_to(EVENING), hands.taken(f"pack-{batch.pk}"):
        batches.make_part(queue.pop(), pack_later=packing.append)
        assert batches.resume_batches(enqueue=queue.append, pack_later=packing.append) == 0
        ordered(batches.pack_batch, batch.pk)
    assert Batch.objects.get(pk=batch.pk).file is None


def test_without_a_worker_the_list_says_so_and_what_to_do(ordered, work):
    batch = ordered(order, office_world(3))
    row = batch_row(batch)
    assert (row.state, row.is_moving, row.can_cancel) == ("stopped", True, True)
    assert row.told == (
        "Đã lập 0/2 tệp. Máy chủ đang ngừng chạy việc nền, báo quản trị khởi động lại; "
        "khi đó máy tự làm tiếp, tệp đã lập được giữ nguyên."
    )
    with hands.present(hands.WORKER):
        assert batch_row(batch).state == "waiting"
        work(only=1)
        assert batch_row(batch).state == "running"


def test_a_pack_that_was_lost_is_made_again(ordered):
    batch = ordered(order, office_world(2))
    with clock.set_to(EVENING):
        batches.make_part(queue.pop(), pack_later=lambda pk: None)
    packing: list[int] = []
    with clock.set_to(LATER):
        batches.resume_batches(enqueue=queue.append, pack_later=packing.append)
        assert packing == [batch.pk]
        ordered(batches.pack_batch, batch.pk)
    assert batch_row(batch).state == "done"


WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import tests.settings as settings
settings.DATABASES["default"]["NAME"], settings.MEDIA_ROOT, settings.DATA_DIR = sys.argv[1:4]
import django
django.setup()
from reports.services import files
real = files.unit_file
def slow(report, **choices):
    print("begun", flush=True)
    time.sleep(60)
    return real(report, **choices)
files.unit_file = slow
from units import clock, hands
from datetime import datetime
with clock.set_to(datetime.fromisoformat(sys.argv[4])):
    from django.core.management import call_command
    call_command("work", once=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_half_done():
    world = office_world(2)
    with clock.set_to(EVENING):
        batch = start_batch(
            world.campaign,
            world.period(2),
            BatchKind.UNITS_PDF,
            by=world.people["coordinator"],
            enqueue=tasks.make_part.enqueue,
        )
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, name, str(settings.MEDIA_ROOT), str(settings.DATA_DIR), EVENING.isoformat()],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "begun\n"
    assert batch_row(batch).state == "running"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    part = BatchPart.objects.get(batch=batch)
    assert part.started_at is not None
    assert (part.finished_at, part.sha256, part.file, part.error) == (None, "", None, "")
    assert not StoredFile.objects.exists()
    assert batch_row(batch).state == "stopped"
    with clock.set_to(EVENING):
        call_command("work", once=True, interval=0)
    assert batch_row(batch).state == "done"
    with ZipFile(io.BytesIO(content_of(batch))) as archive:
        assert archive.testzip() is None
