"""From nothing: the first answer after a start, and the time until a newcomer's demo stands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from config.bench.arithmetic import Series
from config.bench.client import Person, expect
from config.bench.result import Goal, Result
from config.bench.server import OURS, Web
from config.bench.stage import Stage

ROUNDS = 5
BARE = "config.bench.bare:application"
#: A trial only shows that the commands run: it replays the first weeks.
DEMO_DAY, TRIAL_DAY = "2024-11-15", "2024-07-20"
DEMO_STEPS = (["migrate", "-v0"], ["load_campaign"], ["replay_demo", "-v0"])


def measure(stage: Stage) -> Iterator[Result]:
    """The first answer on either engine; the demo only on SQLite, where newcomers begin."""
    yield _first_answer(stage)
    if stage.on_sqlite:
        yield _demo(TRIAL_DAY if stage.is_trial else DEMO_DAY)


def _first_answer(stage: Stage) -> Result:
    """Start, ask for the log-in page, stop; beside a Django that has one page."""
    ours, floor = Series(), Series()
    for number in range(0 if stage.is_trial else -1, 1 if stage.is_trial else ROUNDS):
        pair = [_started(stage, OURS, reverse("units:log-in"))], [_started(stage, BARE, "/")]
        if number >= 0:
            ours.rounds.append(pair[0])
            floor.rounds.append(pair[1])
    result = Result("Câu trả lời đầu sau khi khởi động", stage.engine, "Django một trang", Goal(2))
    result.put_times(ours, floor)
    return result


def _started(stage: Stage, application: str, path: str) -> float:
    """Seconds from the start of the server to the last byte of its first page."""
    begun = time.perf_counter()
    web = Web(on_sqlite=stage.on_sqlite, application=application)
    try:
        expect(Person(web.address, "").get(path), 200)
        return time.perf_counter() - begun
    finally:
        web.stop()


def _demo(day: str) -> Result:
    """Migrate, load the campaign, replay the demo up to a day: the commands of a first start."""
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DEMO": "1", "DATABASE_URL": ""}
    known |= {"DATA_DIR": str(settings.DATA_DIR / "demo"), "ASSUMED_DATE": day}
    begun = time.perf_counter()
    for step in DEMO_STEPS:
        subprocess.run(
            [sys.executable, "manage.py", *step],
            cwd=settings.BASE_DIR,
            env=known,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    result = Result("Tạo bảng, nạp phong trào và dữ liệu minh họa", "SQLite", goal=Goal(10, "s"))
    result.value = time.perf_counter() - begun
    return result
