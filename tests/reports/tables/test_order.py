"""Order within a cluster: counts, equal places, nothing for units before a leader publishes, as it stood that day."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from campaign.models import Cluster
from indicators.tables.standings import SENT
from reports.models import PublishedOrder
from reports.services.orders import publish_order, withdraw_order
from reports.tables import order as orders
from reports.tables.frame import Frame
from reports.tables.order import order
from tests.builders import at, fill, make_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db


def clustered(communes=3):
    """Tea of the first far ahead, of the second behind, of the third not sent."""
    world = make_world(communes=communes)
    cluster = Cluster.objects.create(campaign=world.campaign, name="Cụm các xã")
    world.campaign.participations.filter(unit__in=world.communes).update(cluster=cluster)
    for commune, (amount, day) in enumerate([("40", "2024-07-15"), ("1", "2024-07-18")][:communes]):
        with clock.set_to(at(day)):
            fill(world, commune, che=amount)
            world.send(commune)
    return world, cluster


def frame(world):
    return Frame(world.campaign, world.period(1), SENT)


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_max_num_queries):
    world, cluster = clustered(communes)
    head = frame(world)
    with clock.set_to(at("2024-07-20")), django_assert_max_num_queries(orders.QUERIES):
        assert len(order(head, cluster)) == communes


def test_kept_paths_come_first_then_reports_in_time_and_equals_share_a_place():
    world, cluster = clustered()
    with clock.set_to(at("2024-07-20")):
        rows = order(frame(world), cluster)

    # The second was late, the third has sent nothing: neither keeps a path or a day.
    assert [(row.place, row.unit_name, row.kept_text, row.in_time_text) for row in rows] == [
        (1, "xã Hiếu", "1/1", "1/1"),
        (2, "xã Pờ Ê", "0/1", "0/1"),
        (2, "xã Măng Cành", "0/0", "0/1"),
    ]


def test_only_a_leader_publishes_and_the_act_is_on_record():
    world, cluster = clustered()
    with clock.set_to(at("2024-07-20")):
        with pytest.raises(PermissionDenied):
            publish_order(frame(world), cluster, by=world.people["coordinator_head"])
        published = publish_order(frame(world), cluster, by=world.people["leader"])
        with pytest.raises(ValidationError, match="đã công bố"):
            publish_order(frame(world), cluster, by=world.people["leader"])

    assert [row["unit_name"] for row in published.rows] == ["xã Hiếu", "xã Pờ Ê", "xã Măng Cành"]
    assert AuditLine.objects.filter(event="order.published", by=world.people["leader"]).count() == 1


def test_units_see_nothing_before_it_is_published_and_afterwards_what_stood_that_day(client):
    world, cluster = clustered()
    clerk = world.people["clerk2"]
    with clock.set_to(at("2024-07-20")):
        client.force_login(clerk)
        assert client.get(reverse("reports:order", args=[world.campaign.pk])).status_code == 403
        assert not PublishedOrder.objects.visible_to(clerk).exists()
        published = publish_order(frame(world), cluster, by=world.people["leader"])
        fill(world, 2, che="50")
        world.send(2)
        page = client.get(reverse("reports:published-order", args=[published.pk])).content.decode()
        assert "0/0" in page
        withdraw_order(published, by=world.people["leader"], reason="Đếm lại")
        assert client.get(reverse("reports:published-order", args=[published.pk])).status_code == 404


def test_taking_back_asks_a_reason_and_lets_publish_anew():
    world, cluster = clustered()
    leader = world.people["leader"]
    with clock.set_to(at("2024-07-20")):
        published = publish_order(frame(world), cluster, by=leader)
        with pytest.raises(ValidationError, match="lý do"):
            withdraw_order(published, by=leader, reason=" ")
        withdraw_order(published, by=leader, reason="Đếm lại")
        assert publish_order(frame(world), cluster, by=leader).pk != published.pk
