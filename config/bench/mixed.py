"""Memory over time: what a worker weighs at its highest after many requests of every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, cycle, islice

from django.urls import reverse

from config.bench.client import Answer, Person, expect, log_in
from config.bench.result import Goal, Result
from config.bench.server import Web, peak_memory
from config.bench.stage import Stage
from config.bench.start import BARE
from units.choices import Role

Ask = Callable[[], Answer]


def measure(stage: Stage, requests: int) -> Result:
    """Fresh workers of both kinds; ours answer pages, parts and acts of many persons in turn."""
    ours = _weigh(stage, lambda web: islice(cycle(_everything(stage, web)), requests))
    floor = _weigh(stage, lambda web: islice(cycle(_floors(stage, web)), requests))
    bare = _weigh(stage, lambda web: islice(cycle([lambda: _get(Person(web.address, ""), "/")]), requests), BARE)
    name = f"Bộ nhớ một tiến trình sau {requests} yêu cầu đủ loại"
    result = Result(name, stage.engine, "cùng chương trình, chỉ trang nền", Goal(1.5))
    result.memory, result.floor_memory, result.ratio = ours, floor, ours / floor
    result.note = f"{ours:.0f} MB; chỉ các trang nền {floor:.0f} MB; Django trần không cơ sở dữ liệu {bare:.0f} MB."
    return result


def _weigh(stage: Stage, asks: Callable[[Web], Iterator[Ask]], application: str | None = None) -> float:
    """Start, ask everything, and read the highest memory of a worker."""
    web = Web(on_sqlite=stage.on_sqlite, application=application) if application else Web(on_sqlite=stage.on_sqlite)
    try:
        for ask in asks(web):
            ask()
        return peak_memory(web.workers())
    finally:
        web.stop()


def _everything(stage: Stage, web: Web) -> Sequence[Ask]:
    """Every kind of page for many persons, a saved cell between them."""
    ground, campaign, period = stage.made.ground, stage.made.campaign, stage.before_last
    indicators = list(campaign.indicators.order_by("position")[:8])
    leader = log_in(ground.office[Role.LEADER], web.address)
    office = log_in(ground.office[Role.COORDINATOR], web.address)
    lead = log_in(ground.reviewers[0], web.address)
    at = f"?ky={period.pk}"
    asks: list[Ask] = []
    for n, indicator in enumerate(indicators):
        clerk = log_in(ground.clerks[n % len(ground.clerks)], web.address)
        report = stage.report(n % len(ground.units), stage.last)
        asks += [
            _page(clerk, reverse("indicators:owed")),
            _page(clerk, reverse("indicators:month", args=[report.pk])),
            _saving(stage, clerk, n),
            _page(leader, reverse("reports:board", args=[campaign.pk]) + at),
            _page(leader, reverse("reports:indicator", args=[campaign.pk, indicator.pk]) + at),
            _page(leader, reverse("reports:forecasts", args=[campaign.pk]) + at),
            _page(office, reverse("indicators:receive-list") + at),
            _page(office, reverse("reports:matrix", args=[campaign.pk])),
            _page(office, reverse("indicators:receive", args=[stage.report(n % len(ground.units), period).pk])),
            _page(lead, reverse("indicators:confirm", args=[indicators[0].pk, period.pk])),
        ]
    return asks


def _floors(stage: Stage, web: Web) -> Sequence[Ask]:
    """The floors' pages alone."""
    person = log_in(stage.made.ground.office[Role.LEADER], web.address)
    period, node = stage.before_last, stage.made.ground.authority
    report = stage.report(0, stage.last)
    paths = [f"/nen/bang/{period.pk}/{node.pk}/", f"/nen/mot-truy-van/{period.pk}/", f"/nen/bieu/{report.pk}/"]
    return [_page(person, path) for path in paths]


def _page(person: Person, path: str) -> Ask:
    return lambda: _get(person, path)


def _get(person: Person, path: str) -> Answer:
    return expect(person.get(path), 200)


def _saving(stage: Stage, clerk: Person, n: int) -> Ask:
    """A cell of the clerk's own report, each time with another number; a save that is refused ends the run."""
    units = stage.made.ground.units
    figure = stage.opened(n % len(units)).figures.filter(kind="quantity").order_by("pk").first()
    assert figure is not None
    path = reverse("indicators:enter-figure", args=[figure.pk])
    turn = count(1)

    def save() -> Answer:
        value = next(turn)
        figure.refresh_from_db(fields=["version"])
        form = {f"amount-{figure.pk}": str(value), f"version-{figure.pk}": figure.version, f"note-{figure.pk}": ""}
        return expect(clerk.post(path, form, **{"HX-Request": "true"}), 200)

    return save
