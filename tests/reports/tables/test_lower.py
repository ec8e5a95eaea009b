"""A superior over the campaigns below: official completeness only, one sum over stored totals, nobody else's."""

import pytest
from django.urls import reverse

from reports.tables import lower
from reports.tables.lower import lower_table
from tests.builders import at, fill, make_person, make_unit, make_world
from units import clock
from units.choices import Role

pytestmark = pytest.mark.django_db
DAY = at("2024-07-20").date()


@pytest.fixture
def province():
    """Two districts, each with a campaign; the province's leader stands above the first alone."""
    first, second = make_world(communes=2), make_world(communes=1, prefix="khac-")
    above = make_unit("tinh", "UBND tỉnh", kind="ubnd", level="huyen")
    first.authority.parent = above
    first.authority.save()
    leader = make_person("chu-tich-tinh", above, Role.LEADER)
    with clock.set_to(at("2024-07-15")):
        for commune in (0, 1):
            fill(first, commune, che="20")
            first.send(commune)
        first.receive(0)
        fill(second, 0, che="30")
        second.send(0)
    return first, second, leader


def test_a_superior_sees_the_campaigns_below_and_of_them_what_was_received(province):
    first, _, leader = province
    [row] = lower_table(leader, DAY).rows
    assert (row.authority, row.period, row.window) == ("UBND huyện", "Tháng 7/2024", "15/6–14/7/2024")
    assert (row.indicators, row.owed, row.received, row.confirmed) == (3, 6, 3, 0)
    assert (row.received_text, row.received_rate.replace("\xa0", " ")) == ("3/6", "50,0 %")


def test_before_any_deadline_has_passed_a_campaign_has_no_period(province):
    *_, leader = province
    [row] = lower_table(leader, at("2024-07-16").date()).rows
    assert (row.period, row.received_text) == ("chưa có kỳ nào thu xong", "–")


@pytest.mark.parametrize("below", [1, 2])
def test_as_many_queries_however_many_campaigns_there_are(province, below, django_assert_num_queries):
    first, second, leader = province
    if below == 2:
        second.authority.parent = first.authority.parent
        second.authority.save()
    assert leader.grants
    with django_assert_num_queries(lower.QUERIES):
        table = lower_table(leader, DAY)
    assert len(table.rows) == below
    assert table.total.owed == sum(row.owed for row in table.rows)


def test_only_the_campaign_that_an_act_has_changed_is_summed_anew(province, django_assert_num_queries):
    first, second, leader = province
    second.authority.parent = first.authority.parent
    second.authority.save()
    assert leader.grants
    before = [(row.authority, row.received) for row in lower_table(leader, DAY).rows]
    with django_assert_num_queries(lower.QUERIES - 1):
        assert [(row.authority, row.received) for row in lower_table(leader, DAY).rows] == before
    with clock.set_to(at("2024-07-19")):
        first.receive(1)
    with django_assert_num_queries(lower.QUERIES) as asked:
        after = lower_table(leader, DAY).rows

    assert [row.received for row in after] == [6, 0]
    [summed] = [one["sql"] for one in asked.captured_queries if "SUM(" in one["sql"]]
    assert f'"period_id" IN ({first.period(1).pk})' in summed


def test_the_page_is_for_leaders(client, province):
    first, _, leader = province
    client.force_login(leader)
    page = client.get(reverse("reports:lower")).content.decode()
    assert "UBND huyện" in page
    client.force_login(first.people["coordinator"])
    assert client.get(reverse("reports:lower")).status_code == 403
