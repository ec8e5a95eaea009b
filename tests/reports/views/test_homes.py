"""Where each office lands, and what it finds there in one minute."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.models import AreaOversight, Cluster, ContentArea
from indicators.services.confirmations import confirm_figures
from indicators.services.submissions import make_move
from indicators.tables.receive import receive_table
from indicators.tables.standings import SENT
from reports.tables import board as boards
from reports.tables import lead_home as lead_homes
from reports.tables import office_home as office_homes
from reports.tables import unit_home as unit_homes
from reports.tables.changes import changes_since
from reports.tables.frame import Frame
from reports.tables.lead_home import lead_home
from reports.tables.matrix import Choice, matrix
from reports.tables.office_home import office_home
from reports.tables.unit_home import unit_home
from tests.builders import at, fill, make_indicator, make_world
from units import clock

pytestmark = pytest.mark.django_db


def sent_world(communes=2):
    """July's reports of all communes but the last, sent on 15/7; tea is far behind its path."""
    world = make_world(communes=communes)
    with clock.set_to(at("2024-07-15")):
        for commune in range(max(communes - 1, 1)):
            fill(world, commune, che="1")
            world.send(commune)
    return world


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def opened(client, world, person, name):
    client.force_login(world.people[person])
    return plain(client.get(reverse(name)).content.decode())


@pytest.mark.parametrize(
    ("person", "page"),
    [
        ("leader", "/tong-quan/"),
        ("coordinator", "/hom-nay/"),
        ("coordinator_head", "/hom-nay/"),
        ("reviewer", "/chu-tri/"),
        ("head0", "/don-vi-cua-toi/"),
        ("clerk0", "/bao-cao-thang/"),
        ("reader", "/bao-cao/trinh-ky/"),
    ],
)
def test_each_role_lands_on_its_home(client, person, page):
    world = make_world(communes=1)
    client.force_login(world.people[person])

    assert client.get("/").url == page


class TestOffice:
    """Phòng Nội vụ."""

    def test_a_returned_report_counts_as_sent_at_a_glance_and_in_the_matrix(self):
        world = sent_world(communes=3)
        with clock.set_to(at("2024-07-16")):
            make_move(
                "request_changes",
                world.submission(0),
                by=world.people["coordinator"],
                reason="Kiểm tra lại diện tích chè.",
            )
            table = receive_table(world.campaign, world.period(1))
            shown = matrix(world.campaign, [world.period(1)], Choice())

        counts = {count.label: count.number for count in table.counts}
        assert (counts["đã gửi"], counts["chờ tiếp nhận"], counts["chờ chỉnh sửa"], counts["nháp"]) == (2, 1, 1, 1)
        assert shown.totals[0].sent == counts["đã gửi"]

    @pytest.mark.parametrize("communes", [1, 3])
    def test_the_home_takes_no_more_queries_for_three_units_than_for_one(self, communes, django_assert_max_num_queries):
        world = sent_world(communes)
        frame, user = Frame(world.campaign, world.period(1), SENT), world.people["coordinator"]
        with clock.set_to(at("2024-07-16")):
            assert user.grants
            with django_assert_max_num_queries(office_homes.QUERIES):
                assert office_home(frame, world.period(1), user).table.rows

    def test_it_finds_queue_late_units_changes_and_what_lags_on_one_page(self, client):
        world = sent_world()
        with clock.set_to(at("2024-07-18")):
            make_move("request_changes", world.submission(0), by=world.people["coordinator"], reason="Thiếu nguồn.")
            page = opened(client, world, "coordinator", "reports:office-home")

        assert "Chậm, chưa gửi (1) xã Pờ Ê Tháng 7/2024 2 ngày" in page
        assert "1 đã đề nghị chỉnh sửa, bổ sung xã Hiếu" in page
        assert "Trồng chè mới 1,0 %" in page
        assert "Phòng Nông nghiệp 3 /3 số" in page


def test_changes_are_told_by_kind_with_the_units_and_the_people():
    world = sent_world()
    with clock.set_to(at("2024-07-16")):
        world.receive(0)
        confirm_figures([world.figure("che"), world.figure("ca-phe")], by=world.people["reviewer"])
        found = changes_since(world.campaign, at("2024-07-15").date())
        later = changes_since(world.campaign, at("2024-07-16").date() + timedelta(days=1))

    assert [(one.words, one.number, one.names) for one in found] == [
        ("Đã gửi", 1, "xã Hiếu"),
        ("Đã tiếp nhận", 1, "xã Hiếu"),
        ("Đã xác nhận số liệu", 2, "reviewer"),
    ]
    assert later == ()


class TestLead:
    """A lead department."""

    @pytest.mark.parametrize("communes", [1, 3])
    def test_the_home_takes_no_more_queries_for_three_units_than_for_one(self, communes, django_assert_max_num_queries):
        world = sent_world(communes)
        frame = Frame(world.campaign, world.period(1), SENT)
        led = frozenset(row.pk for row in world.indicators.values())
        with django_assert_max_num_queries(lead_homes.QUERIES):
            assert lead_home(frame, led, world.people["reviewer"]).waiting

    def test_only_figures_that_wait_are_listed(self, client):
        world = sent_world()
        with clock.set_to(at("2024-07-16")):
            confirm_figures([world.figure("che")], by=world.people["reviewer"])
            page = opened(client, world, "reviewer", "reports:lead-home")
        waiting = page.split("Chờ xác nhận", 2)[2].split("Báo cáo của đơn vị")[0]

        assert "2 số chờ xác nhận" in page
        assert "Trồng chè mới" not in waiting
        assert "Trồng cà phê mới Tháng 7/2024 1/2 1" in waiting


class TestUnit:
    """The head of a unit."""

    def clustered(self, communes):
        world = make_world(communes=communes)
        cluster = Cluster.objects.create(campaign=world.campaign, name="Cụm các xã")
        world.campaign.participations.filter(unit__in=world.communes).update(cluster=cluster)
        with clock.set_to(at("2024-07-15")):
            for commune in range(communes):
                fill(world, commune, che=str(10 * (commune + 1)))
                world.send(commune)
        return world

    def home(self, world):
        part = world.campaign.participations.select_related("unit", "cluster").get(unit=world.communes[0])
        return unit_home(Frame(world.campaign, world.period(1), SENT), part)

    @pytest.mark.parametrize("communes", [1, 3])
    def test_the_home_takes_the_same_queries_for_one_unit_and_for_three(self, communes, django_assert_max_num_queries):
        world = self.clustered(communes)
        part = world.campaign.participations.select_related("unit", "cluster").get(unit=world.communes[0])
        frame = Frame(world.campaign, world.period(1), SENT)
        with django_assert_max_num_queries(unit_homes.QUERIES):
            assert unit_home(frame, part).lines

    def test_the_average_is_the_ratio_of_sums_and_no_neighbour_is_named(self, client):
        world = self.clustered(4)
        with clock.set_to(at("2024-07-17")):
            page = opened(client, world, "head0", "reports:unit-home")

        # 10 + 20 + 30 + 40 of 4 × 50 ha.
        assert "50,0 20,0 %" in page
        assert "50,0 % thấp hơn 30,0 điểm %" in page
        assert "xã Pờ Ê" not in page

    def test_three_units_are_too_few_to_hide_a_neighbour_in(self):
        assert {line.average for line in self.home(self.clustered(3)).lines} == {None}


def test_a_vice_chairman_opens_on_the_own_field_and_may_see_all(client):
    world = make_world(communes=1, launched=False)
    other = ContentArea.objects.create(
        campaign=world.campaign, key="2-4", numbering="2.4", title="Xã hội", short_title="Xã hội", position=2
    )
    world.indicators["nha"] = make_indicator(world.campaign, other, "nha", "Xóa nhà tạm")
    AreaOversight.objects.create(area=other, user=world.people["leader"])
    frame = Frame(world.campaign, world.period(1), SENT)

    assert [one.area for one in boards.board(frame, area_ids={other.pk}, with_reports=False).areas] == [other]
    world.campaign.status, world.campaign.launched_at = "launched", at("2024-07-01")
    world.campaign.save()
    with clock.set_to(at("2024-07-20")):
        page = opened(client, world, "leader", "reports:board")
        client.force_login(world.people["leader"])
        whole = plain(client.get(reverse("reports:board"), {"linh-vuc": "tat-ca"}).content.decode())
    assert "Lĩnh vực anh/chị phụ trách" in page
    assert "Trồng chè mới" not in page
    assert "Trồng chè mới" in whole
