"""`manage.py work`: the one worker; every minute it does what has fallen due, and what is queued as it comes."""

import logging
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from units import hands
from units.management import command as base

logger = logging.getLogger(__name__)
WORKER_ID_LENGTH = 32
#: Whoever waits for a page goes first.
NICENESS = 10


class Command(base.Command):
    """Runs until it is told to stop; a task under way is finished first."""

    help = "Chạy việc nền: các việc đang xếp hàng và những việc đến hạn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--interval", type=float, default=2, help="Số giây nghỉ khi không có việc.")
        parser.add_argument("--due-every", type=float, default=60, help="Số giây giữa hai lần chạy việc đến hạn.")
        parser.add_argument("--once", action="store_true", help="Làm hết việc đang có rồi thoát.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due (it also takes up what a lost worker left), empty the queue, rest, and again."""
        worker = Worker(
            queue_names=["*"],
            interval=options["interval"],
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(WORKER_ID_LENGTH),
            excluded_queue_names=[],
        )
        if not options["once"]:
            worker.configure_signals()
            os.nice(NICENESS)
        with hands.present(hands.WORKER):
            _go_on(worker, **options)


def _go_on(worker: Worker, *, interval: float, due_every: float, once: bool, **options: Any) -> None:
    due_at = 0.0
    while worker.running:
        if time.monotonic() >= due_at:
            run_due()
            due_at = time.monotonic() + due_every
        worker.run()
        if once:
            return
        time.sleep(interval)


def run_due() -> None:
    """Whatever has fallen due; a failure is written down and tried again at the next round."""
    close_old_connections()
    try:
        call_command("run_due", verbosity=0)
    except Exception:
        logger.exception("Việc đến hạn chưa chạy xong")
