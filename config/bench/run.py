"""One run on one engine: the scene is laid, every job measured, and at the end nothing may be lost or wrong."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection

from config.bench import crowd, files, killing, mixed, start, together, visits, workbook
from config.bench.floors import CELLS
from config.bench.jobs import jobs, measure
from config.bench.result import Goal, Result
from config.bench.server import Web
from config.bench.stage import Stage
from config.generate.build import generate
from config.generate.bulk import Tell
from config.generate.sizes import Size
from indicators.services.totals import differences

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def lay_scene(options: Namespace, tell: Tell) -> Stage:
    """A database of our own with a generated campaign, and the web server in front of it."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    size = Size("bench", options.units, options.indicators, options.periods, campaigns=options.campaigns)
    tell("đã tạo bảng, phát sinh dữ liệu")
    made = generate(size, seed=options.seed, tell=tell)
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(CELLS)
        if not on_sqlite:
            # The server was started to forget about power cuts; what is measured must not.
            cursor.execute("ALTER SYSTEM RESET ALL")
            cursor.execute("SELECT pg_reload_conf()")
            tell("VACUUM ANALYZE")
            cursor.execute("VACUUM ANALYZE")
    tell("dữ liệu đã sẵn sàng")
    return Stage(size, ENGINES[connection.vendor], made, Web(on_sqlite=on_sqlite), options.rounds)


def measure_all(stage: Stage, options: Namespace) -> Iterator[Result]:
    """Every job, or only those that were named."""

    def is_asked(key: str) -> bool:
        return not options.only or key in options.only

    for job in jobs(stage):
        if is_asked(job.key):
            yield measure(job, stage)
    if is_asked("visits"):
        yield from visits.weigh(stage)
    if is_asked("screen"):
        from config.bench import screen  # only this job needs a browser

        yield from screen.open_slowly(stage)
    if is_asked("files"):
        yield from files.measure(stage)
    if is_asked("together"):
        yield from together.measure(stage)
    if is_asked("import"):
        yield workbook.measure(stage)
    if is_asked("start"):
        yield from start.measure(stage)
    if is_asked("grids") and not stage.on_sqlite:
        yield crowd.grids(stage)
    if is_asked("mixed"):
        yield mixed.measure(stage, options.requests)
    if is_asked("writers"):
        yield crowd.writers(stage)
    if is_asked("senders"):
        yield crowd.senders(stage)
    if "kill" in options.only or (is_asked("kill") and not stage.is_trial):  # its trial has a test of its own
        yield killing.kill_again_and_again(stage)
    yield _soundness(stage)


def _soundness(stage: Stage) -> Result:
    """After everything: stored totals equal fresh ones, and every version that was counted is there."""
    wrong = len(differences(stage.made.campaign)) + (not crowd.is_nothing_lost(stage))
    return Result("Số sai hoặc mất sau tất cả", stage.engine, goal=Goal(0, "chỗ"), value=float(wrong))
