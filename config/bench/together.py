"""Every unit's report by two workers, while somebody looks at a page: how long, how much memory, how much slower."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from campaign.models import Period
from config.bench.arithmetic import percentile
from config.bench.client import expect
from config.bench.result import Goal, Result
from config.bench.server import peak_memory
from config.bench.stage import Stage
from reports import tasks
from reports.choices import BatchKind
from reports.models import Batch, BatchPart
from reports.services.batches import start_batch
from units.choices import Role
from units.models import User

WORKERS = 2
#: So many looks at the page before the workers begin.
LOOKS = 40
#: Between two looks, as people do.
PAUSE = 0.2


def measure(stage: Stage) -> Iterator[Result]:
    """Two months of reports; the page of one leader before and meanwhile."""
    calm = [_look(stage) for _ in range(4 if stage.is_trial else LOOKS)]
    batches = [_order(stage, period) for period in _sent_months(stage)]
    begun = time.perf_counter()
    workers = [_worker() for _ in range(WORKERS)]
    busy: list[float] = []
    peaks: list[float] = []
    while alive := [worker.pid for worker in workers if worker.poll() is None]:
        busy.append(_look(stage))
        peaks.append(peak_memory(alive))
        time.sleep(PAUSE)
    seconds = time.perf_counter() - begun
    parts = BatchPart.objects.filter(batch__in=batches)
    made, failed = parts.exclude(finished_at=None).count(), parts.exclude(error="").count()
    packed = Batch.objects.filter(pk__in=[one.pk for one in batches]).exclude(finished_at=None).count()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    slower = percentile(busy, 0.95) / percentile(calm, 0.95)
    result = Result(
        f"Trang web trong lúc lập {made} báo cáo đơn vị, p95", stage.engine, "trang ấy lúc máy rảnh", Goal(2, "×")
    )
    result.p50, result.p95 = percentile(busy, 0.5) * 1000, percentile(busy, 0.95) * 1000
    result.floor_p50, result.floor_p95 = percentile(calm, 0.5) * 1000, percentile(calm, 0.95) * 1000
    result.value, result.memory = slower, memory
    result.note = (
        f"{made} báo cáo trong {seconds:.0f} giây bằng {WORKERS} máy xử lý ({seconds / max(made, 1) * 50:.0f} giây cho "
        f"50), {failed} lỗi, {packed}/{len(batches)} gói xong; xem trang {len(busy)} lần."
    )
    yield result
    yield _growth(stage, peaks, made)


def _sent_months(stage: Stage) -> list[Period]:
    """The last two months that units have sent by themselves, before any other job of the bench; a trial takes one."""
    before = stage.made.campaign.periods.before(stage.before_last)
    return [stage.before_last] if stage.is_trial or before is None else [stage.before_last, before]


def _growth(stage: Stage, peaks: list[float], made: int) -> Result:
    """Does a worker need more for the second half of the reports than for the first?"""
    half, whole = max(peaks[: len(peaks) // 2 + 1]), max(peaks)
    result = Result(
        f"Bộ nhớ máy xử lý sau {made} báo cáo, nửa sau so với nửa đầu", stage.engine, "đỉnh của nửa đầu", Goal(1.2, "×")
    )
    result.value, result.memory, result.floor_memory = whole / half, whole, half
    return result


def _look(stage: Stage) -> float:
    """Seconds of one look at the board."""
    path = reverse("reports:board", args=[stage.made.campaign.pk])
    return expect(stage.office(Role.LEADER).get(path), 200).seconds


def _order(stage: Stage, period: Period) -> Batch:
    """Order the reports of a period, as the specialist does."""
    by = User.objects.get(pk=stage.made.ground.office[Role.COORDINATOR].pk)
    return start_batch(
        stage.made.campaign,
        period,
        BatchKind.UNITS_PDF,
        by=by,
        enqueue=tasks.make_part.enqueue,
    )


def _worker() -> subprocess.Popen[bytes]:
    """A worker as an office runs it, that ends when the queue is empty."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--once", "--interval", "0.2"]
    return subprocess.Popen(
        ["nice", "-n", "10", *command], env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.bench.settings"}
    )
