"""The server is killed again and again while clerks save: every figure that was acknowledged must be there, once."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException

from django.urls import reverse

from config.bench.client import Person
from config.bench.result import Goal, Result
from config.bench.stage import Grid, Stage
from indicators.models import Figure, FigureVersion

CLERKS, KILLS, TRIAL_KILLS = 20, 20, 3
#: The server falls at any moment of this many seconds, once it has answered as many saves as there are clerks.
LATEST = 0.5
PATIENCE = 60.0


@dataclass
class Saved:
    """One save as its browser knows it: the figure, the number typed, the key, whether the server answered."""

    figure: int
    number: str
    key: str
    is_answered: bool = False


@dataclass
class Clerk:
    """A person who saves cell after cell; what was not answered is sent again under the same key."""

    person: Person
    grid: Grid
    rows: Iterator[int]
    saves: list[Saved] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Until the end of the day; a save that is open then is still brought home."""
        while not stop.is_set():
            row = next(self.rows)
            sent = self.grid.next_row(row)
            pk = self.grid.figures[row].pk
            save = Saved(pk, str(sent[f"amount-{pk}"]), str(sent["key"]))
            self.saves.append(save)
            self._bring_home(save, sent)

    def _bring_home(self, save: Saved, sent: dict[str, object]) -> None:
        """Send until it is answered, as the browser does when the line is back."""
        path = reverse("indicators:enter-figure", args=[save.figure])
        given_up = time.monotonic() + PATIENCE
        while time.monotonic() < given_up:
            try:
                status = self.person.post(path, sent, **{"HX-Request": "true"}).status
            except (OSError, HTTPException):
                time.sleep(0.05)
                continue
            if status == 200:
                save.is_answered = True
                return
            if status < 500:
                self.faults.append(f"{status} cho {save.key}")
                return
        self.faults.append(f"không ai trả lời {save.key}")


def kill_again_and_again(stage: Stage) -> Result:
    """Twenty clerks, the server killed twenty times, then every acknowledged figure is looked for."""
    kills = TRIAL_KILLS if stage.is_trial else KILLS
    count = min(CLERKS, stage.size.units)
    clerks = [Clerk(stage.clerk(n), grid, _turns(grid)) for n in range(count) for grid in [Grid(stage.opened(n))]]
    stop, chance = threading.Event(), random.Random(1)
    threads = [threading.Thread(target=clerk.work, args=[stop]) for clerk in clerks]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for _ in range(kills):
        _work_on(clerks)
        time.sleep(chance.uniform(0, LATEST))
        stage.web.kill()
        stage.web.start()
    _work_on(clerks)
    stop.set()
    for thread in threads:
        thread.join()
    wrong = [fault for clerk in clerks for fault in (*clerk.faults, *_wrong(clerk))]
    answered = _answered(clerks)
    result = Result(f"{count} người đang lưu, máy chủ bị giết {kills} lần", stage.engine, goal=Goal(0, "số mất"))
    result.value = float(len(wrong))
    example = f" ({wrong[0]})" if wrong else ""
    result.note = (
        f"{answered} số đã báo lưu sau {kills} lần trong {time.perf_counter() - begun:.0f} giây, "
        f"{len(wrong)} số mất, trùng hoặc sai{example}."
    )
    return result


def _answered(clerks: list[Clerk]) -> int:
    """How many saves the server has acknowledged."""
    return sum(save.is_answered for clerk in clerks for save in clerk.saves)


def _work_on(clerks: list[Clerk]) -> None:
    """Until the server has answered one save more for each clerk, so that it falls in the middle of the work."""
    goal, given_up = _answered(clerks) + len(clerks), time.monotonic() + PATIENCE
    while _answered(clerks) < goal and time.monotonic() < given_up:
        time.sleep(0.02)


def _turns(grid: Grid) -> Iterator[int]:
    """The cells with a number, one after the other without end."""
    cells = grid.only_numbers()
    while True:
        yield from cells


def _wrong(clerk: Clerk) -> list[str]:
    """What is missing, doubled or different among a clerk's saves."""
    figures = {figure.pk: figure for figure in Figure.objects.filter(pk__in={save.figure for save in clerk.saves})}
    versions: dict[tuple[int, str], list[FigureVersion]] = {}
    for version in FigureVersion.objects.filter(figure__in=figures).order_by("figure", "sequence"):
        versions.setdefault((version.figure_id, version.client_key), []).append(version)
    found = []
    last: dict[int, Saved] = {}
    for save in clerk.saves:
        kept = versions.get((save.figure, save.key), [])
        if save.is_answered and len(kept) != 1:
            found.append(f"{save.key}: {len(kept)} phiên bản")
        if any(version.amount is None or f"{version.amount:.0f}" != save.number for version in kept):
            found.append(f"{save.key}: số khác")
        last[save.figure] = save
    for pk, save in last.items():
        amount = figures[pk].amount
        if save.is_answered and (amount is None or f"{amount:.0f}" != save.number):
            found.append(f"{save.key}: không còn trên biểu")
    return found
