"""The heat map: each unit's part against what is expected of it; totals and filters."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.models import Cluster, ContentArea
from indicators.choices import Band
from indicators.models import Assignment, Target
from indicators.tables.standings import SENT
from reports.tables import heat_map as heat_maps
from reports.tables.frame import Frame
from reports.tables.heat_map import HeatChoice, heat_map
from tests.builders import assign, fill, make_indicator, make_world

pytestmark = pytest.mark.django_db


def clustered(world):
    """The communes in one cluster, the departments in none."""
    cluster = Cluster.objects.create(campaign=world.campaign, name="Cụm các xã")
    world.campaign.participations.filter(unit__in=world.communes).update(cluster=cluster)
    return world


def at_period(world, number=1):
    return Frame(world.campaign, world.period(number), SENT)


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    world = clustered(make_world(communes=communes))
    for commune in range(communes):
        fill(world, commune, che="1")
        world.send(commune)
    frame = at_period(world)
    with django_assert_num_queries(heat_maps.QUERIES):
        assert len(heat_map(frame, HeatChoice()).units) == communes


def test_a_cell_says_what_was_reached_and_what_was_due_and_the_total_how_many_reported():
    world = clustered(make_world(communes=3))
    for commune, amount in enumerate(["40", "1"]):
        fill(world, commune, che=amount)
        world.send(commune)
    [[_, rows]] = heat_map(at_period(world), HeatChoice()).groups
    [tea] = [row for row in rows if row.row.name == "Trồng chè mới"]

    assert {cell.unit_name: (cell.band, cell.text) for cell in tea.cells} == {
        "xã Hiếu": (Band.AHEAD, "80,0"),
        "xã Pờ Ê": (Band.AT_RISK, "2,0"),
        "xã Măng Cành": (Band.NO_DATA, ""),
    }
    assert tea.cells[0].words.startswith("vượt tiến độ, đạt 40,0, phải đạt 3,8")
    assert (tea.whole.text, tea.reported) == ("27,3", "2/3")


def test_what_is_not_given_to_a_unit_is_an_empty_cell_and_what_no_unit_of_the_cluster_has_is_counted_apart():
    world = clustered(make_world(communes=2, launched=False))
    Assignment.objects.filter(indicator=world.indicators["che"], unit=world.communes[1]).update(is_not_applicable=True)
    Assignment.objects.filter(indicator=world.indicators["ca-phe"], role="reports").delete()
    table = heat_map(at_period(world), HeatChoice())
    [[_, rows]] = table.groups

    assert [[cell is not None for cell in row.cells] for row in rows] == [[True, False]]
    assert table.elsewhere == 1


def test_the_address_chooses_bands_and_the_most_worrying_order():
    world = clustered(make_world(communes=2))
    for commune in (0, 1):
        Target.objects.create(
            indicator=world.indicators["ca-phe"],
            unit=world.communes[commune],
            amount=Decimal(10),
            valid_from=date(2024, 1, 1),
        )
        fill(world, commune, che="40", ca_phe="0")
        world.send(commune)

    def names(**asked):
        return [row.row.name for _, rows in heat_map(at_period(world), HeatChoice(**asked)).groups for row in rows]

    assert names() == ["Trồng chè mới", "Trồng cà phê mới"]
    assert names(sort="dang-lo") == ["Trồng cà phê mới", "Trồng chè mới"]
    assert names(band="at_risk") == ["Trồng cà phê mới"]
    assert names(area="0") == names()


def test_a_large_table_opens_on_its_first_area_and_shows_all_when_asked(monkeypatch):
    world = clustered(make_world(communes=3, launched=False))
    other = ContentArea.objects.create(
        campaign=world.campaign, key="2-9", numbering="2.9", title="Khác", short_title="Khác", position=9
    )
    world.indicators["lua"] = make_indicator(world.campaign, other, "lua", "Trồng lúa")
    assign(world.indicators["lua"], world.communes[0])
    frame = at_period(world)

    def shown(**choice):
        found = heat_map(frame, HeatChoice(**choice))
        return [title for title, _ in found.groups], len(found.areas), found.is_too_large

    every = shown()[0]
    assert (len(every), every[-1]) == (2, "2.9 Khác")
    monkeypatch.setattr(heat_maps, "MOST_CELLS", 5)
    assert shown() == (every[:1], 2, True)
    assert shown(area=str(other.pk)) == (every[1:], 2, True)
    assert shown(area="tat-ca") == (every, 2, True)
