"""`manage.py serve`: web process and worker under one roof; who falls is started again, Ctrl-C ends both."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from units.management import command as base

GRACE_SECONDS = 20
#: What ends sooner than this after its start would only end again.
SHORTEST_LIFE_SECONDS = 10


class _Part:
    """One of the processes, by the name that is printed, and since when it runs."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.start()

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches it once, through us."""
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR, start_new_session=True)
        self.started = time.monotonic()

    def age(self) -> float:
        """Seconds since its start."""
        return time.monotonic() - self.started


class Command(base.Command):
    """Starts the two processes of a small office, after bringing the database up to date."""

    help = "Chạy chương trình trên máy này: một tiến trình web và một tiến trình việc nền, dừng cả hai bằng Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--demo", action="store_true", help="Nạp phong trào thật và dữ liệu minh họa trước khi chạy."
        )
        parser.add_argument("--address", default="127.0.0.1:8000", help="Địa chỉ phục vụ, ví dụ 127.0.0.1:8000.")
        parser.add_argument("--threads", type=int, default=8, help="Số luồng của tiến trình web.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring up to date, start, and wait until somebody stops it."""
        _check_free(options["address"])
        call_command("migrate", verbosity=0, interactive=False)
        if options["demo"]:
            self._prepare_demo()
        parts = [
            _Part("web", _web(options["address"], options["threads"])),
            _Part("việc nền", [sys.executable, "manage.py", "work"]),
        ]
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        self.stdout.write(f"Đang phục vụ tại http://{options['address']}/ (dừng: Ctrl-C)")
        self.stdout.flush()  # into a log file too, now and not at the end
        try:
            while True:
                time.sleep(0.5)
                for part in parts:
                    self._keep(part)
        except KeyboardInterrupt:
            self.stdout.write("Đã dừng.")
        finally:
            _end([part.process for part in parts])

    def _keep(self, part: _Part) -> None:
        """Start a process again that somebody or something has ended, as a service of the system would."""
        code = part.process.poll()
        if code is None:
            return
        if part.age() < SHORTEST_LIFE_SECONDS:
            raise CommandError(f"Tiến trình {part.name} không chạy được (mã thoát {code}); xem thông báo ở trên.")
        part.start()
        self.stderr.write(f"Tiến trình {part.name} đã dừng bất thường (mã thoát {code}); đã chạy lại.")

    def _prepare_demo(self) -> None:
        """Load the campaign and replay the demo up to the assumed date."""
        if settings.ASSUMED_DATE is None:
            raise CommandError("Dữ liệu minh họa chỉ nạp được khi DEMO=1.")
        call_command("make_trial_key")
        call_command("load_campaign")
        call_command("replay_demo", until=settings.ASSUMED_DATE.isoformat())
        Path(settings.DATA_DIR, "demo-date").write_text(settings.ASSUMED_DATE.isoformat())


def _check_free(address: str) -> None:
    """Say at once, and in one line, that another program is already there."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdigit()):
        raise CommandError(f"Địa chỉ “{address}” không đọc được. Viết như 127.0.0.1:8000.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Không phục vụ được tại {address}: cổng đang bận. Dừng chương trình đang chạy ở đó, "
                "hoặc chọn cổng khác: make run ADDRESS=127.0.0.1:8001"
            ) from error


def _web(address: str, threads: int) -> list[str]:
    """One process with threads: on SQLite they queue for writing, and memory stays small."""
    return [
        sys.executable,
        *("-m", "gunicorn", "config.wsgi:application"),
        *("--bind", address, "--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
        *("--log-level", "warning"),
    ]


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask both to finish what they are at; after the grace they must go."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
