"""A series by the boundaries of the time and by those of today adds up to the same whole."""

from datetime import date

import pytest
from django.urls import reverse

from campaign.models import Campaign
from indicators.services.handovers import record_reorganisation
from indicators.tables.standings import OFFICIAL
from reports.tables.boundaries import NEW, OLD, QUERIES, series_by_boundaries
from reports.tables.frame import Frame
from reports.tables.unit_boundaries import QUERIES as UNIT_QUERIES
from reports.tables.unit_boundaries import series_of_unit
from tests.builders import at, fill, make_world
from tests.kept import kept_world
from units import clock
from units.models import OrgUnit
from units.rules.register import UnitLine
from units.rules.reorganising import Decision, Successor

pytestmark = pytest.mark.django_db
MERGED = UnitLine("xa-moi", "xã Kon Plông", kind="xa", level="xa", parent="huyen")
DAY = date(2024, 10, 15)


def build():
    world = make_world(communes=3)
    for commune, amounts in enumerate((("10", "7"), ("20", "1"), ("2", "3"))):
        for period, amount in enumerate(amounts, start=1):
            with clock.set_to(at(f"2024-0{6 + period}-15")):
                fill(world, commune, period, che=amount)
                world.send(commune, period)
                world.receive(commune, period)
    return world


world = kept_world(build, at("2024-10-16"))


def series(world, way: str, period: int = 2):
    frame = Frame(Campaign.objects.get(), world.period(period), OFFICIAL)
    return series_by_boundaries(frame, world.indicators["che"], DAY, way)


def merged(world) -> None:
    heirs = (Successor("xa-moi", MERGED),)
    record_reorganisation(Decision("merge", "1/NQ", DAY, ("xa-0", "xa-1"), successors=heirs), by=None)


def test_where_nobody_has_an_heir_there_is_nothing_to_choose(world):
    assert series(world, NEW) is None


def test_old_units_stand_alone_or_under_their_heir(world):
    merged(world)

    whole = series(world, OLD).whole
    assert (whole.amounts, whole.since_launch) == (("32,0", "11,0"), "43,0")
    assert series(world, NEW).whole == whole
    assert [(row.name, row.amounts, row.since_launch) for row in series(world, OLD).rows] == [
        ("xã Hiếu", ("10,0", "7,0"), "17,0"),
        ("xã Măng Cành", ("2,0", "3,0"), "5,0"),
        ("xã Pờ Ê", ("20,0", "1,0"), "21,0"),
    ]
    assert [(row.name, row.of, row.amounts, row.since_launch) for row in series(world, NEW).rows] == [
        ("xã Kon Plông", "xã Hiếu, xã Pờ Ê", ("30,0", "8,0"), "38,0"),
        ("xã Măng Cành", "", ("2,0", "3,0"), "5,0"),
    ]


def test_an_heirs_cumulative_counts_what_went_into_it_once(world):
    merged(world)

    rows = {row.name: row.since_launch for row in series(world, NEW, 5).rows}

    assert rows == {"xã Kon Plông": "38,0", "xã Măng Cành": "5,0"}


def test_it_asks_twice_however_many_units_there_are_and_without_heirs_not_at_all(world, django_assert_num_queries):
    frame = Frame(world.campaign, world.period(2), OFFICIAL)
    with django_assert_num_queries(0):
        series_by_boundaries(frame, world.indicators["che"], DAY, NEW)
    merged(world)
    frame = Frame(Campaign.objects.get(), world.period(2), OFFICIAL)
    with django_assert_num_queries(QUERIES):
        series_by_boundaries(frame, world.indicators["che"], DAY, NEW)


def test_the_page_takes_the_way_from_its_address(client, world):
    merged(world)
    client.force_login(world.people["leader"])

    address = reverse("reports:indicator", args=[world.campaign.pk, world.indicators["che"].pk])
    page = client.get(f"{address}?ky={world.period(2).pk}&co-so=chinh-thuc&dia-gioi=moi").content.decode()

    assert "(xã Hiếu, xã Pờ Ê)" in page
    assert "(xã Hiếu, xã Pờ Ê)" not in client.get(address).content.decode()


# --- The page of one unit --------------------------------------------------------------------------------------------


def of_unit(world, key: str, way: str, number: int = 5, ids: frozenset[int] | None = None):
    frame = Frame(Campaign.objects.get(), world.period(number), OFFICIAL)
    return series_of_unit(frame, OrgUnit.objects.get(key=key), DAY, way, ids)


def test_an_heir_shows_its_own_months_or_those_of_the_units_before_it_too(world):
    assert of_unit(world, "xa-0", NEW) is None
    merged(world)

    new, old = (of_unit(world, "xa-moi", way) for way in (NEW, OLD))

    assert {row.name: row.amounts[:2] for row in new.rows}["Trồng chè mới"] == ("30,0", "8,0")
    assert all("30,0" not in row.amounts for row in old.rows)
    assert {row.since_launch for series in (new, old) for row in series.rows if row.name == "Trồng chè mới"} == {"38,0"}
    assert "xã Hiếu, xã Pờ Ê" in new.note
    assert old.note == ""
    assert of_unit(world, "xa-2", NEW) is None
    assert [row.name for row in of_unit(world, "xa-moi", NEW, ids=frozenset({world.indicators["che"].pk})).rows] == [
        "Trồng chè mới"
    ]


def test_the_unit_asks_twice_and_without_successions_not_at_all(world, django_assert_num_queries):
    frame, unit = Frame(world.campaign, world.period(2), OFFICIAL), world.communes[0]
    with django_assert_num_queries(0):
        series_of_unit(frame, unit, DAY, NEW)
    merged(world)
    frame, unit = Frame(Campaign.objects.get(), world.period(5), OFFICIAL), OrgUnit.objects.get(key="xa-moi")
    with django_assert_num_queries(UNIT_QUERIES):
        series_of_unit(frame, unit, DAY, NEW)


def test_the_page_of_a_unit_takes_the_way_from_its_address(client, world):
    merged(world)
    client.force_login(world.people["leader"])
    address = reverse("reports:unit", args=[world.campaign.pk, OrgUnit.objects.get(key="xa-moi").pk])
    query = f"?ky={world.period(5).pk}&co-so=chinh-thuc"

    page = client.get(f"{address}{query}&dia-gioi=moi").content.decode()

    assert "Gồm số liệu của xã Hiếu, xã Pờ Ê" in page
    assert "Gồm số liệu của" not in client.get(f"{address}{query}").content.decode()


def test_a_unit_that_passed_on_shows_its_own_months_or_those_of_its_heir(world):
    merged(world)
    new, old = (of_unit(world, "xa-0", way, number=2) for way in (NEW, OLD))

    assert {row.name: row.amounts for row in old.rows}["Trồng chè mới"] == ("10,0", "7,0")
    assert {row.name: row.amounts for row in new.rows}["Trồng chè mới"] == ("30,0", "8,0")
    assert new.note.startswith("Địa giới hiện nay: xã Kon Plông. Gồm số liệu của xã Hiếu, xã Pờ Ê")
    assert old.note == ""
    assert [name for _, name in old.related] == ["xã Pờ Ê"]


def test_the_months_of_an_heir_are_hidden_from_whoever_may_not_see_it(client, world):
    merged(world)
    seen = frozenset({world.communes[1].pk})

    def why_not(unit):
        return "" if unit.pk in seen else "Đơn vị chỉ xem được trang của mình."

    frame = Frame(Campaign.objects.get(), world.period(2), OFFICIAL)
    assert series_of_unit(frame, world.communes[1], DAY, NEW, why_not=why_not) is None
    client.force_login(world.people["leader"])
    address = reverse("reports:unit", args=[world.campaign.pk, world.communes[0].pk])
    assert "Địa giới hiện nay: xã Kon Plông." in client.get(f"{address}?dia-gioi=moi").content.decode()
