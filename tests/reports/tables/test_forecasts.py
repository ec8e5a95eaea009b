"""Forecasts of a period: the least likely first, the rest waits, and the record stands below."""

import pytest
from django.urls import reverse

from indicators.tables.standings import SENT
from reports.tables import forecasts as forecast_tables
from reports.tables.forecasts import forecasts
from reports.tables.frame import Frame
from tests.builders import fill, make_world

pytestmark = pytest.mark.django_db


def months(world, count=3, communes=1):
    for period in range(1, count + 1):
        for commune in range(communes):
            fill(world, commune, period, che="2", ca_phe="30")
            world.send(commune, period)
    return Frame(world.campaign, world.period(count), SENT)


@pytest.mark.parametrize("communes", [1, 3])
def test_the_page_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    frame = months(make_world(communes=communes), communes=communes)
    with django_assert_num_queries(forecast_tables.QUERIES):
        found = forecasts(frame)
        texts = [(row.outlook.sentence, row.outlook.chance_text, row.outlook.verdict) for row in found.rows]
    assert len(texts) == 1


def test_before_the_third_period_indicators_wait_by_name():
    found = forecasts(months(make_world(communes=1), 2))
    assert (found.rows, [row.row.name for row in found.waiting]) == ((), ["Trồng chè mới"])


def test_the_leader_reads_forecast_interval_chance_and_how_good_they_are(client):
    world = make_world(communes=1)
    frame = months(world)
    client.force_login(world.people["leader"])
    page = client.get(f"{reverse('reports:forecasts', args=[world.campaign.pk])}?{frame.query}").content.decode()
    assert "Nhiều khả năng không đạt kế hoạch: nhịp của 3 kỳ" in page
    assert "Dự báo đáng tin đến đâu" in page
    assert "lộ trình sai" in page
