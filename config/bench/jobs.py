"""The jobs: what a person does, beside the least that the server could do instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from django.urls import reverse

from campaign.choices import SubmissionStatus
from campaign.models import Campaign, ContentArea, Submission
from config.bench.arithmetic import Series
from config.bench.client import Answer, Person, expect
from config.bench.result import Goal, Result
from config.bench.server import peak_memory, reset_peak
from config.bench.stage import Grid, Stage
from indicators.choices import IndicatorKind
from indicators.tables.kept import totals_stamp
from units.choices import Role
from units.models import renew_stamp

#: How often each side is asked in one round.
REPEATS = 4

Ask = Callable[[Person], Answer]


@dataclass(frozen=True)
class Job:
    """One thing to measure: who asks, both sides, how often they may be asked in all, and the goal."""

    key: str
    name: str
    floor_name: str
    person: Callable[[], Person]
    ours: Ask
    floor: Ask
    goal: Goal | None
    repeats: int = REPEATS


def measure(job: Job, stage: Stage) -> Result:
    """Both sides in turns: two rounds to warm up, the rounds that count, then queries, bytes and memory apart."""
    person = job.person()
    ours, floor = Series(), Series()
    repeats = 1 if stage.is_trial else job.repeats
    for number in range(-stage.warm_ups, stage.rounds):
        ours_round = [job.ours(job.person()).seconds for _ in range(repeats)]
        floor_round = [job.floor(person).seconds for _ in range(repeats)]
        if number >= 0:
            ours.rounds.append(ours_round)
            floor.rounds.append(floor_round)
    result = Result(job.name, stage.engine, job.floor_name, job.goal)
    result.put_times(ours, floor)
    workers = stage.web.workers()
    reset_peak(workers)
    job.floor(person)
    result.floor_memory = peak_memory(workers)
    reset_peak(workers)
    answer = job.ours(job.person().counting())
    result.memory = peak_memory(workers)
    result.queries, result.own_queries = answer.queries
    result.bytes = len(answer.body)
    return result


def jobs(stage: Stage) -> Iterator[Job]:
    """All jobs over HTTP, in the order in which they are run: reading first, then writing."""
    yield from _pages(stage)
    yield from _nation(stage)
    yield from _writing(stage)


def _pages(stage: Stage) -> Iterator[Job]:
    """Pages that are read."""
    report, period = stage.report(0, stage.last), stage.before_last
    campaign, ground = stage.made.campaign, stage.made.ground
    indicator = campaign.indicators.filter(kind=IndicatorKind.QUANTITY).order_by("position").first()
    area = ContentArea.objects.filter(campaign=campaign, parent=None).order_by("position").first()
    assert indicator is not None
    assert area is not None
    rows = f"/nen/bang/{period.pk}/{ground.authority.pk}/"
    one_query = f"/nen/mot-truy-van/{period.pk}/"
    pages = [
        ("month", "Trang biểu tháng", lambda: stage.clerk(0), reverse("indicators:month", args=[report.pk]),
         "cùng các dòng, SQL thô", f"/nen/bieu/{report.pk}/"),
        ("board", "Bảng tiến độ", lambda: stage.office(Role.LEADER), _at("reports:board", [campaign.pk], period.pk),
         "cùng các dòng, SQL thô", rows),
        ("board-fresh", "Bảng tiến độ, lượt đầu sau khi số liệu đổi", lambda: _after_an_act(stage),
         _at("reports:board", [campaign.pk], period.pk), "cùng các dòng, SQL thô", rows),
        ("area", "Nội dung × đơn vị", lambda: stage.office(Role.LEADER),
         _at("reports:area", [campaign.pk, area.pk], period.pk), "trang một truy vấn", one_query),
        ("indicator", "Một chỉ tiêu, mọi đơn vị", lambda: stage.office(Role.LEADER),
         _at("reports:indicator", [campaign.pk, indicator.pk], period.pk), "trang một truy vấn", one_query),
        ("forecasts", "Dự báo đến cuối đợt", lambda: stage.office(Role.LEADER),
         _at("reports:forecasts", [campaign.pk], period.pk), "trang một truy vấn", one_query),
        ("matrix", "Bảng theo dõi đơn vị × kỳ", lambda: stage.office(Role.COORDINATOR),
         reverse("reports:matrix", args=[campaign.pk]), "trang một truy vấn", one_query),
        ("heat-map", "Mức đạt chỉ tiêu × đơn vị", lambda: stage.office(Role.COORDINATOR),
         _at("reports:heat-map", [campaign.pk], period.pk), "trang một truy vấn", one_query),
        ("queue", "Danh sách tiếp nhận", lambda: stage.office(Role.COORDINATOR),
         _at("indicators:receive-list", [], period.pk), "trang một truy vấn", one_query),
        ("confirm", "Trang xác nhận", lambda: stage.person(ground.reviewers[0]),
         reverse("indicators:confirm", args=[indicator.pk, period.pk]), "trang một truy vấn", one_query),
    ]  # fmt: skip
    for key, name, person, path, floor_name, floor_path in pages:
        yield Job(key, name, floor_name, person, _getting(path), _getting(floor_path), Goal(4))


def _after_an_act(stage: Stage) -> Person:
    """The leader, a moment after somebody changed a total: nothing that was kept in memory may be used."""
    renew_stamp(totals_stamp(stage.made.campaign.pk))
    return stage.office(Role.LEADER)


def _after_acts_everywhere(person: Person) -> Person:
    """The superior, a moment after somebody changed a total of every campaign."""
    for pk in Campaign.objects.values_list("pk", flat=True):
        renew_stamp(totals_stamp(pk))
    return person


def _nation(stage: Stage) -> Iterator[Job]:
    """A superior's page over many campaigns: beside the bare sum, and beside the board of one district."""
    superior = stage.made.superior
    if superior is None:
        return
    number = stage.before_last.number
    above = lambda: stage.person(superior)  # noqa: E731

    def fresh() -> Person:
        return _after_acts_everywhere(stage.person(superior))

    page = _getting(reverse("reports:lower"))
    board = _getting(_at("reports:board", [stage.made.campaign.pk], stage.before_last.pk) + "&co-so=chinh-thuc")
    name = f"{stage.size.campaigns} phong trào của cả nước"
    yield Job("nation", name, "riêng câu lệnh cộng", above, page, _getting(f"/nen/ca-nuoc/{number}/"), Goal(1.5))
    changed = f"{name}, sau khi mọi phong trào đổi"
    yield Job(
        "nation-fresh", changed, "riêng câu lệnh cộng", fresh, page, _getting(f"/nen/ca-nuoc/{number}/"), Goal(1.5)
    )
    yield Job("nation", name, "bảng tiến độ của một cơ quan", above, page, board, Goal(2))


def _at(name: str, keys: list[int], period: int) -> str:
    """A page of a period."""
    return f"{reverse(name, args=keys)}?ky={period}"


def _getting(path: str) -> Ask:
    """Open the page."""
    return lambda person: expect(person.get(path), 200)


def _writing(stage: Stage) -> Iterator[Job]:
    """Acts that write."""
    grid = Grid(stage.report(1, stage.last))
    cells, number = grid.only_numbers(), count()

    def save_cell(person: Person) -> Answer:
        n = cells[next(number) % len(cells)]
        path = reverse("indicators:enter-figure", args=[grid.figures[n].pk])
        return expect(person.post(path, grid.next_row(n), **{"HX-Request": "true"}), 200)

    def save_grid(person: Person) -> Answer:
        path = reverse("indicators:month", args=[grid.report.pk])
        return expect(person.post(path, grid.next_form()), 302)

    def upsert_row(person: Person) -> Answer:
        return expect(person.post("/nen/luu/", grid_of_floor.next_row(cells[0])), 200)

    def upsert_grid(person: Person) -> Answer:
        return expect(person.post("/nen/luu/", grid_of_floor.next_form()), 200)

    grid_of_floor = Grid(stage.report(1, stage.last))
    clerk = lambda: stage.clerk(1)  # noqa: E731
    yield Job("cell", "Lưu một ô", "POST một dòng", clerk, save_cell, upsert_row, Goal(2))
    yield Job(
        "grid", f"Lưu biểu {len(grid.figures)} dòng", "POST một lệnh upsert", clerk, save_grid, upsert_grid, Goal(3)
    )
    yield from _moving(stage, upsert_row)


def _moving(stage: Stage, upsert_row: Ask) -> Iterator[Job]:
    """Sending and receiving: each asks for a fresh report, made ready while nobody looks at the clock."""
    sending, receiving = _Turns(stage), _Turns(stage)

    def send(person: Person) -> Answer:
        path = reverse("indicators:move", args=[sending.report.pk, "submit"])
        return expect(person.post(path, {"version": sending.report.version}), 302)

    def receive(person: Person) -> Answer:
        path = reverse("indicators:move", args=[receiving.report.pk, "receive"])
        return expect(person.post(path, {"version": receiving.report.version}), 302)

    yield Job("send", "Gửi báo cáo, có tổng hợp", "POST một dòng", sending.ready, send, upsert_row, Goal(2), repeats=2)
    yield Job(
        "receive", "Tiếp nhận, có tổng hợp", "POST một dòng", receiving.sent, receive, upsert_row, Goal(2), repeats=2
    )


class _Turns:
    """Reports of the units in turn."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.turn = count()
        self.report: Submission

    def ready(self) -> Person:
        """The next report stands before its sending; its clerk sits down."""
        n = next(self.turn) % self.stage.size.units
        self.report = self.stage.ready(n, self.stage.last)
        return self.stage.clerk(n)

    def sent(self) -> Person:
        """The next report has been sent; the specialist sits down."""
        n = next(self.turn) % self.stage.size.units
        self.report = self.stage.report(n, self.stage.last)
        if self.report.status != SubmissionStatus.SENT:
            self.report = self.stage.ready(n, self.stage.last)
            self.report = self.stage.send(n, self.report)
        return self.stage.office(Role.COORDINATOR)
