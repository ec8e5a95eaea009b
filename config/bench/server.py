"""The web server that is measured, and what the kernel says of its memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

OURS = "config.wsgi:application"
START_SECONDS = 30.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Web:
    """gunicorn as an office runs it: 2 sync workers on PostgreSQL, 1 process with 8 threads on SQLite."""

    def __init__(self, *, on_sqlite: bool, application: str = OURS) -> None:
        self.address = ("127.0.0.1", free_port())
        self.application = application
        self.on_sqlite = on_sqlite
        self.start()

    def start(self) -> None:
        """Begin to serve at the address; the second time after it was killed."""
        shape = ["--worker-class", "gthread", "--workers", "1", "--threads", "8"]
        if not self.on_sqlite:
            shape = ["--worker-class", "sync", "--workers", "2"]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", self.application, "--chdir", str(settings.BASE_DIR)),
                *("--bind", f"127.0.0.1:{self.address[1]}", "--log-level", "error", "--timeout", "120", *shape),
            ],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.bench.settings"},
        )
        self._wait()

    def _wait(self) -> None:
        """Until it listens."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError("gunicorn ended before it listened")
            with socket.socket() as probe:
                if probe.connect_ex(self.address) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("gunicorn does not listen")

    def stop(self) -> None:
        """Ask it to end."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def kill(self) -> None:
        """End it as a power cut would: nothing is told, nothing is finished."""
        for pid in (*self.workers(), self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def workers(self) -> list[int]:
        """The processes that answer."""
        master = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def reset_peak(pids: list[int]) -> None:
    """Let the kernel count the peak of memory anew."""
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_memory(pids: list[int]) -> float:
    """The largest resident memory of any of the processes since the reset, in MB."""
    return max(_high_water(pid) for pid in pids) / 1000


def _high_water(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 // 1000
    return 0
