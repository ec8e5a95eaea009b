"""The two processes of a small office: they start together, work, and end together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands import serve
from tests.config import tasks
from tests.config.test_settings import PRODUCTION, ROOT
from units.models import User

PATIENCE_SECONDS = 60


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_is_queued():
    person = User.objects.create_user("hieu", full_name="Chưa đổi")
    tasks.rename.enqueue(person.pk, "Đã đổi")

    call_command("work", once=True)

    person.refresh_from_db()
    assert person.full_name == "Đã đổi"


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:", "127.0.0.1:99999999"])
def test_an_address_that_cannot_be_served_is_told_in_one_sentence(address):
    with pytest.raises(CommandError, match=re.escape(address)):
        call_command("serve", address=address)


def test_a_busy_port_is_told_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"

        with pytest.raises(CommandError, match="cổng đang bận"):
            call_command("serve", address=address)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answer_of(address: str) -> int:
    """The status of the log-in page, once somebody serves it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{address}/dang-nhap/") as response:
                return int(response.status)
        except OSError:
            time.sleep(0.2)
    return 0


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


@contextmanager
def served(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A small office on an address of its own, once it answers."""
    address = f"127.0.0.1:{free_port()}"
    environment = {**os.environ, **PRODUCTION, "DATA_DIR": str(folder), "DEBUG": "1", "HTTPS": "0"}
    command = [sys.executable, "manage.py", "serve", "--address", address]
    office = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert answer_of(address) == 200
        yield office
    finally:
        office.terminate()
        office.communicate(timeout=PATIENCE_SECONDS)


def test_one_signal_ends_both_processes(tmp_path):
    with served(tmp_path) as office:
        web_and_worker = children_of(office.pid)
        office.send_signal(signal.SIGINT)

        assert office.wait(timeout=PATIENCE_SECONDS) == 0

    assert len(web_and_worker) == 2
    assert [pid for pid in web_and_worker if Path(f"/proc/{pid}").exists()] == []


class Fallen:
    """A process that has ended, and is started again."""

    def __init__(self, age: float) -> None:
        self.name, self.process, self.starts, self._age = "việc nền", subprocess.Popen(["false"]), 0, age
        self.process.wait()

    def age(self) -> float:
        return self._age

    def start(self) -> None:
        self.starts += 1


def test_a_process_that_fell_is_started_again_and_named():
    said = StringIO()
    fallen = Fallen(age=3600)

    serve.Command(stderr=said)._keep(fallen)

    assert fallen.starts == 1
    assert "Tiến trình việc nền đã dừng bất thường (mã thoát 1); đã chạy lại." in said.getvalue()


def test_a_process_that_cannot_live_ends_the_command_and_is_named():
    fallen = Fallen(age=1)

    with pytest.raises(CommandError, match="Tiến trình việc nền không chạy được"):
        serve.Command()._keep(fallen)

    assert fallen.starts == 0
