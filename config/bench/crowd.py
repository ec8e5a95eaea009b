"""Many persons at once: writers on SQLite, clerks who all send on the last day, grids saved side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Sum
from django.urls import reverse

from campaign.choices import SubmissionStatus
from campaign.models import Submission
from config.bench.arithmetic import percentile
from config.bench.client import Person, expect
from config.bench.result import Goal, Result
from config.bench.stage import Grid, Stage
from indicators.models import Figure, FigureVersion
from indicators.services.totals import differences

WRITERS, SAVES = 8, 25
SENDERS = 50
GRID_CLIENTS, GRIDS = 16, 3


@dataclass
class Crowd:
    """What became of acts that were done side by side."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    elapsed: float = 0.0


def side_by_side(acts: Sequence[Callable[[], Iterator[float]]]) -> Crowd:
    """Begin all at the same moment; each yields the seconds of every request it makes."""
    crowd, begin = Crowd(), threading.Barrier(len(acts) + 1)

    def run(act: Callable[[], Iterator[float]]) -> None:
        begin.wait()
        try:
            for seconds in act():
                crowd.seconds.append(seconds)
        except Exception as error:
            crowd.faults.append(f"{type(error).__name__}: {error}"[:200])

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    begin.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    crowd.elapsed = time.perf_counter() - begun
    return crowd


def writers(stage: Stage) -> Result:
    """Eight clerks save cell after cell; the slowest of a hundred must not wait, and nothing may be lost."""
    grids = [Grid(stage.opened(n)) for n in range(min(WRITERS, stage.size.units))]

    def act(n: int) -> Callable[[], Iterator[float]]:
        person, grid = stage.clerk(n), grids[n]
        cells = grid.only_numbers()

        def saves() -> Iterator[float]:
            for turn in range(SAVES):
                row = cells[turn % len(cells)]
                path = reverse("indicators:enter-figure", args=[grid.figures[row].pk])
                yield expect(person.post(path, grid.next_row(row), **{"HX-Request": "true"}), 200).seconds

        return saves

    acts = [act(n) for n in range(len(grids))]
    before = FigureVersion.objects.count()
    crowd = side_by_side(acts)
    result = Result(f"{len(acts)} người cùng lưu, p99", stage.engine, goal=Goal(200, "ms"))
    result.p50, result.p95 = percentile(crowd.seconds, 0.5) * 1000, percentile(crowd.seconds, 0.95) * 1000
    result.value = percentile(crowd.seconds, 0.99) * 1000
    lost = len(acts) * SAVES - (FigureVersion.objects.count() - before)
    result.note = f"{len(acts) * SAVES} lần lưu, {_faults(crowd)}, mất {lost}."
    return result


def senders(stage: Stage) -> Result:
    """Fifty clerks press the button at once; no error, no dead-lock, totals right afterwards."""
    units = stage.size.units
    reports = [stage.ready(n, stage.last) for n in range(units)]
    if stage.size.periods > 1:
        reports += [stage.ready(n, stage.before_last) for n in range(min(units, SENDERS - units))]
    reports = reports[:SENDERS]
    people = [stage.clerk(n % units) for n in range(len(reports))]

    def act(person: Person, report: Submission) -> Callable[[], Iterator[float]]:
        path = reverse("indicators:move", args=[report.pk, "submit"])
        return lambda: iter([expect(person.post(path, {"version": report.version}), 302).seconds])

    crowd = side_by_side([act(person, report) for person, report in zip(people, reports, strict=True)])
    sent = Submission.objects.filter(pk__in=[one.pk for one in reports], status=SubmissionStatus.SENT).count()
    wrong = differences(stage.made.campaign)
    result = Result(f"{len(reports)} đơn vị cùng gửi, số lỗi", stage.engine, goal=Goal(0, "lỗi"))
    result.value = float(len(crowd.faults) + len(reports) - sent + len(wrong))
    if crowd.seconds:
        result.p50, result.p95 = percentile(crowd.seconds, 0.5) * 1000, percentile(crowd.seconds, 0.95) * 1000
    result.note = f"{sent} báo cáo đã gửi trong {crowd.elapsed:.1f} giây, {_faults(crowd)}, tổng hợp lệch {len(wrong)}."
    return result


def grids(stage: Stage) -> Result:
    """Sixteen clerks save their whole form: how many a second, beside as many bare upserts."""
    clients = min(GRID_CLIENTS, stage.size.units)
    own = [Grid(stage.opened(n)) for n in range(clients)]
    bare = [Grid(one.report) for one in own]

    def saving(n: int, *, is_floor: bool) -> Callable[[], Iterator[float]]:
        person, grid = stage.clerk(n), bare[n] if is_floor else own[n]
        path = "/nen/luu/" if is_floor else reverse("indicators:month", args=[grid.report.pk])
        status = 200 if is_floor else 302

        def act() -> Iterator[float]:
            for _ in range(GRIDS):
                yield expect(person.post(path, grid.next_form()), status).seconds

        return act

    rates: dict[bool, list[float]] = {False: [], True: []}
    faults: list[str] = []
    for _ in range(3):
        for is_floor in (True, False):
            crowd = side_by_side([saving(n, is_floor=is_floor) for n in range(clients)])
            rates[is_floor].append(len(crowd.seconds) / crowd.elapsed)
            faults += crowd.faults
    ours, floor = (sorted(rates[one])[1] for one in (False, True))
    result = Result(f"{clients} người cùng lưu biểu, thông lượng", stage.engine, "POST một lệnh upsert")
    result.goal, result.value = Goal(0.5, "× thông lượng nền", is_least=True), ours / floor
    result.note = f"{ours:.0f} biểu/giây, nền {floor:.0f} biểu/giây, {_faults(Crowd(faults=faults))}."
    return result


def is_nothing_lost(stage: Stage) -> bool:
    """Every version that a figure counts is there."""
    counted = Figure.objects.aggregate(all=Sum("version"))["all"]
    return bool(counted == FigureVersion.objects.count())


def _faults(crowd: Crowd) -> str:
    """How many failed, with the first sentence."""
    return f"{len(crowd.faults)} lỗi" + (f" ({crowd.faults[0]})" if crowd.faults else "")
