"""The tables of the offices ask the number of queries that they name, for one unit and for three."""

from collections.abc import Callable
from typing import Any

import pytest

from campaign import tables as campaign_tables
from campaign.choices import Relation
from campaign.models import Submission
from indicators.models import Figure
from indicators.services.submissions import make_move
from indicators.tables import confirm, receive, report, sent, sent_rows
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import User

pytestmark = pytest.mark.django_db
#: What the test itself asks to find the period and the report.
EXTRA = 2


def sent_by_all(communes: int, prefix: str) -> World:
    """July, sent by every commune."""
    world = make_world(communes=communes, prefix=prefix)
    with clock.set_to(at("2024-07-15")):
        for commune in range(communes):
            fill(world, commune, che="5", ca_phe="2")
            world.send(commune)
    return world


def read_all(world: World, person: User) -> object:
    period = world.period(1)
    return sent.read_sent(Figure.objects.filter(period=period), world.campaign, period)


def read_list(world: World, person: User) -> object:
    return receive.receive_table(world.campaign, world.period(1))


def read_report(world: World, person: User) -> object:
    rows = Submission.objects.select_related("participation__campaign", "period")
    return report.report_table(rows.get(pk=world.submission().pk))


def read_indicator(world: World, person: User) -> object:
    return confirm.confirm_table(world.indicators["che"], world.period(1), person)


def read_campaign(world: World, person: User) -> object:
    tiers = list(world.campaign.tiers.all())
    return [
        campaign_tables.document_pages(world.campaign),
        campaign_tables.area_tree(world.campaign),
        campaign_tables.relation_groups(world.campaign),
        campaign_tables.period_lines(world.campaign, tiers),
    ]


@pytest.mark.parametrize(
    ("build", "queries"),
    [
        (read_all, sent.QUERIES),
        (read_list, receive.QUERIES),
        (read_report, report.QUERIES),
        (read_indicator, confirm.QUERIES),
        (read_campaign, campaign_tables.QUERIES),
    ],
)
def test_a_table_asks_no_more_queries_for_three_units_than_for_one(
    build: Callable[[World, User], object],
    queries: int,
    django_assert_max_num_queries: Callable[..., Any],
):
    counts = []
    for communes, prefix in ((1, "mot-"), (3, "ba-")):
        world = sent_by_all(communes, prefix)
        person = User.objects.get(pk=world.people["reviewer"].pk)
        with clock.set_to(at("2024-07-16")), django_assert_max_num_queries(queries + EXTRA) as asked:
            build(world, person)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] - EXTRA <= queries


def test_reports_of_units_only_asked_are_told_apart_in_the_queue():
    world = sent_by_all(2, "w")
    part = world.submission(1).participation
    part.relation = Relation.ASKED
    part.save()

    table = receive.receive_table(world.campaign, world.period(1))

    assert (len(table.queue), table.queue_asked) == (2, 1)


def test_beside_a_figure_stand_the_last_periods_and_no_more(monkeypatch):
    monkeypatch.setattr(sent_rows, "SHOWN_BEFORE", 2)
    world = make_world(communes=1)
    for number in range(1, 5):
        with clock.set_to(at(f"2024-{6 + number:02}-15")):
            fill(world, 0, number, che=str(number))
            world.send(0, number)

    source = sent.read_sent(Figure.objects.filter(period=world.period(4)), world.campaign, world.period(4))
    row = sent_rows.sent_row(source, next(one for one in source.figures if one.assignment.indicator.code == "che"))

    assert [text.rpartition(": ")[2] for text in row.history] == ["2,0", "3,0"]
    assert row.previous == "3,0"


def test_what_was_asked_for_stays_open_and_the_fold_counts_the_warnings_it_holds():
    world = make_world(communes=1, prefix="hoi")
    with clock.set_to(at("2024-07-15")):
        fill(world, 0, che="80", ca_phe="2")
        world.send(0)
        asked = {world.figure("ca-phe").pk: "Xem lại."}
        make_move("request_changes", world.submission(), by=world.people["coordinator"], reason="Xem.", marked=asked)
        world.send(0)
    table = report.report_table(world.submission())

    assert [row.name for group in table.open for row in group.rows] == ["Trồng cà phê mới"]
    assert (table.changed, table.folded_rows, table.warnings, table.folded_warnings) == (0, 2, 1, 1)
