"""What is followed up about an indicator stands on its page until it is closed; each sees only what is theirs."""

from datetime import date

import pytest
from django.urls import reverse

from followup.services.actions import report_done
from followup.services.explanations import move_explanation
from followup.services.steps import Particulars
from followup.tables import followed
from followup.tables.followed import open_followed
from tests.builders import at, make_world
from tests.followup.rows import follow_up
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-08-20")):
        yield make_world(communes=3)


def told(world, person="leader"):
    lines = open_followed(world.campaign, world.indicators["che"], world.people[person])
    return [(one.about, one.unit, one.state, one.due) for one in lines]


def test_obstacle_request_and_work_stand_together_and_go_when_they_are_done(world):
    rows = follow_up(world)
    assert told(world) == [
        ("Trồng dặm", "xã Hiếu", "theo kết luận Giao ban tháng 9", "20/10/2024"),
        ("Đề nghị báo cáo nguyên nhân", "xã Hiếu", "Chờ trả lời", "20/10/2024"),
        ("Giống về muộn", "xã Hiếu", "Mới nêu", ""),
    ]
    given = Particulars(cause_kind="objective", cause_text="Mưa", remedy="Trồng bù", remedy_due_on=date(2024, 11, 30))
    move_explanation("answer", rows["explanation"], by=world.people["head0"], given=given)
    with clock.set_to(at("2024-10-21")):
        assert told(world)[0][2] == "theo kết luận Giao ban tháng 9, quá hạn"
        assert told(world)[1][2:] == ("Đã trả lời, đang theo dõi", "30/11/2024")
        report_done(rows["item"], by=world.people["head0"], result="Đã trồng")
        move_explanation("close", rows["explanation"], by=world.people["coordinator"], given=Particulars(text="Đạt"))
        assert [about for about, *_ in told(world)] == ["Giống về muộn"]


def test_a_neighbour_sees_nothing_and_another_indicator_shows_nothing(world):
    follow_up(world)
    assert told(world, "head1") == []
    assert open_followed(world.campaign, world.indicators["ca-phe"], world.people["leader"]) == ()


@pytest.mark.parametrize("communes", [1, 3])
def test_three_kinds_of_three_units_are_read_by_one_query(world, communes, django_assert_num_queries):
    for commune in range(communes):
        follow_up(world, commune)
    leader = world.people["leader"]
    assert leader.grants
    with django_assert_num_queries(followed.QUERIES):
        assert len(open_followed(world.campaign, world.indicators["che"], leader)) == 3 * communes


def test_the_page_of_the_indicator_names_the_meeting(world, client):
    follow_up(world)
    client.force_login(world.people["leader"])
    page = client.get(reverse("reports:indicator", args=[world.campaign.pk, world.indicators["che"].pk]))
    assert "theo kết luận Giao ban tháng 9" in page.content.decode()
