"""Standing in (ủy quyền): who lends what to whom, from when to when, and what every act then says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from campaign.services.campaigns import open_campaign
from campaign.services.periods import extend_deadline
from indicators.services.confirmations import confirm_figures
from indicators.services.figures import OnBehalf, enter_figure
from indicators.services.submissions import make_move
from indicators.tables.history import version_rows
from indicators.tables.moves import timeline
from tests.builders import World, at, fill, make_person, make_world
from tests.kept import kept_world
from units import clock
from units.choices import Role
from units.models import AuditLine, Post, StandIn, User
from units.services import lend_role, take_back_role
from units.tables.stand_ins import QUERIES, stand_in_table

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2024, 7, 15), date(2024, 7, 19)


def build() -> World:
    """The town's people, and at each place a deputy who holds a post and no role."""
    world = make_world()
    places = {"commune": world.communes[0], "lead": world.lead, "standing_body": world.standing_body}
    for name, unit in places.items():
        deputy = make_person(f"deputy-{name}", unit, name=f"Phó {name}")
        Post.objects.create(user=deputy, unit=unit, title="Phó")
        world.people[f"deputy_{name}"] = deputy
    return world


world = kept_world(build, at("2024-07-15"))


@pytest.fixture(autouse=True)
def monday():
    with clock.set_to(at("2024-07-15")):
        yield


def fresh(person: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=person.pk)


def lend(world: World, who: str, to: str, *, role: str = "", by: str = "", **days: Any) -> StandIn:
    grants = world.people[who].role_grants.all()
    grant = grants.get(role=role) if role else grants.get()
    values = {"valid_from": MONDAY, "valid_to": FRIDAY, "ground": "Giấy ủy quyền số 12/GUQ-UBND", **days}
    lent = lend_role(grant, holder=world.people[to], by=world.people[by or who], **values)
    world.people[to] = fresh(world.people[to])
    return lent


def test_the_deputy_endorses_in_the_chairmans_place_and_every_trail_says_so(world: World):
    fill(world)
    lent = lend(world, "head0", "deputy_commune")

    make_move("endorse", world.submission(), by=world.people["deputy_commune"])

    told = "thay head0, ủy quyền đến 19/07/2024"
    assert [row.stand_in for row in timeline(world.submission())] == [told]
    assert AuditLine.objects.get(event="submission.endorsed").stand_in == lent
    assert str(lent) == told


def test_it_begins_and_ends_by_its_days_alone(world: World):
    lend(world, "head0", "deputy_commune", valid_from=date(2024, 7, 16))
    unit = world.communes[0]

    def holds(day: str) -> bool:
        with clock.set_to(at(day, 23, 59)):
            return fresh(world.people["deputy_commune"]).holds_at(unit, Role.HEAD)

    assert [holds(f"2024-07-{day}") for day in (15, 16, 19, 20)] == [False, True, True, False]


def test_it_ends_with_the_lenders_own_role(world: World):
    lend(world, "head0", "deputy_commune")
    world.people["head0"].role_grants.update(valid_to=date(2024, 7, 16))

    with clock.set_to(at("2024-07-17")):
        assert fresh(world.people["deputy_commune"]).grants == ()


def test_who_holds_the_role_in_own_right_acts_in_own_name(world: World):
    lend(world, "head0", "clerk0")
    clerk = world.people["clerk0"]
    fill(world)

    make_move("record_signed", world.submission(), by=clerk, signed_number="1/BC", signed_on=MONDAY)

    assert timeline(world.submission())[0].stand_in == ""
    assert clerk.stand_in_at(world.communes[0], Role.HEAD) is not None


def test_clerk_specialist_and_coordinator_lend_alike(world: World):
    lend(world, "clerk0", "deputy_commune")
    figure = world.figure("che")
    enter_figure(figure, {"amount": Decimal(5)}, by=world.people["deputy_commune"], read_version=0)
    fill(world, ca_phe="1", che="5")
    sent = world.send()
    lend(world, "reviewer", "deputy_lead", role=Role.REVIEWER)
    lend(world, "coordinator", "deputy_standing_body")

    confirm_figures([world.figure("che")], by=world.people["deputy_lead"])
    make_move("receive", sent, by=world.people["deputy_standing_body"])
    extend_deadline(
        world.submission(1), new_due_on=date(2024, 7, 18), reason="Mưa lũ", by=world.people["deputy_standing_body"]
    )
    on_behalf = OnBehalf(world.communes[1], "phone", "Văn phòng")
    other = world.figure("che", 1)
    enter_figure(other, {"amount": Decimal(7)}, by=world.people["deputy_lead"], read_version=0, on_behalf=on_behalf)

    assert version_rows(world.figure("che"), only_sent=False)[-1].stand_in == "thay clerk0, ủy quyền đến 19/07/2024"
    assert version_rows(world.figure("che", 1), only_sent=False)[0].stand_in.startswith("thay reviewer")
    lenders = {
        event: AuditLine.objects.get(event=event).stand_in.lender.username
        for event in ("figures.confirmed", "submission.received", "submission.deadline_extended")
    }
    assert lenders == {
        "figures.confirmed": "reviewer",
        "submission.received": "coordinator",
        "submission.deadline_extended": "coordinator",
    }


def test_a_launch_in_anothers_place_says_so_though_the_person_has_a_role_of_the_own(world: World):
    Post.objects.create(user=world.people["coordinator"], unit=world.standing_body, title="Chuyên viên")
    lend(world, "coordinator_head", "coordinator", role=Role.COORDINATOR_HEAD)
    Campaign.objects.update(status=CampaignStatus.DRAFT, launched_at=None)
    campaign = Campaign.objects.get()

    open_campaign(campaign, by=User.objects.get(username="coordinator"), unit_ids=())

    line = AuditLine.objects.filter(event="campaign.launched").latest("pk")
    assert (line.by.username, line.stand_in.lender.username) == ("coordinator", "coordinator-head")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ground": "  "}, "Ghi lý do hoặc số văn bản ủy quyền."),
        ({"valid_from": date(2024, 7, 14)}, "không lùi ngày"),
        ({"valid_from": date(2024, 7, 20)}, "Ngày hết ủy quyền phải từ ngày bắt đầu trở đi."),
        ({"to": "clerk1"}, "không công tác tại xã Hiếu"),
        ({"to": "head0"}, "Chọn người khác"),
    ],
)
def test_what_cannot_be_lent_is_said(world: World, change: dict[str, Any], sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        lend(world, "head0", **{"to": "deputy_commune", **change})


def test_a_role_stands_with_one_person_at_a_time(world: World):
    lend(world, "head0", "deputy_commune")

    with pytest.raises(ValidationError, match="đã ủy quyền cho Phó commune từ 15/07/2024 đến hết 19/07/2024"):
        lend(world, "head0", "clerk0", valid_from=FRIDAY)

    lend(world, "head0", "clerk0", valid_from=date(2024, 7, 20), valid_to=date(2024, 7, 21))
    assert StandIn.objects.count() == 2


def test_a_lent_role_is_not_lent_on(world: World):
    lend(world, "head0", "deputy_commune")

    with pytest.raises(PermissionDenied):
        lend(world, "head0", "clerk0", by="deputy_commune", valid_from=date(2024, 7, 22), valid_to=date(2024, 7, 23))


def test_the_head_records_it_for_a_clerk_who_is_ill_and_nobody_else_does(world: World):
    with pytest.raises(PermissionDenied):
        lend(world, "clerk0", "deputy_commune", by="head1")

    lend(world, "clerk0", "deputy_commune", by="head0")

    assert AuditLine.objects.get(event="role.lent").by == world.people["head0"]


@pytest.mark.parametrize("who", ["reader", "administrator"])
def test_reading_and_accounts_are_not_lent(world: World, who: str):
    with pytest.raises(PermissionDenied, match="không ủy quyền được"):
        lend(world, who, "leader")


def test_taken_back_it_ends_at_once(world: World):
    lent = lend(world, "head0", "deputy_commune")

    take_back_role(lent, by=world.people["head0"])

    assert fresh(world.people["deputy_commune"]).grants == ()
    assert stand_in_table(world.people["head0"]).over[0].state == "đã thôi ngày 15/7/2024"
    with pytest.raises(PermissionDenied, match="đã được cho thôi"):
        take_back_role(lent, by=world.people["head0"])


def test_the_page_lends_and_takes_back(world: World, client: Client):
    client.force_login(world.people["head0"])
    grant, deputy = world.people["head0"].role_grants.get(), world.people["deputy_commune"]
    data = {"grant": grant.pk, "holder": deputy.pk, "valid_from": "15/7/2024", "valid_to": "19/07/2024"}

    refused = client.post(reverse("units:stand-ins"), data)
    assert refused.status_code == 422
    assert "Ghi lý do hoặc số văn bản ủy quyền." in refused.text

    page = client.post(reverse("units:stand-ins"), {**data, "ground": "Đi họp tỉnh"}, follow=True).text
    assert "Đã ủy quyền cho Phó commune đến hết ngày 19/07/2024." in page
    assert "đang có hiệu lực" in page

    lent = StandIn.objects.get()
    page = client.post(reverse("units:take-back", args=[lent.pk]), follow=True).text
    assert "Đã cho thôi ủy quyền của Phó commune" in page


def test_days_in_the_wrong_order_are_said_in_the_form_and_nothing_typed_is_lost(world: World, client: Client):
    client.force_login(world.people["head0"])
    grant, deputy = world.people["head0"].role_grants.get(), world.people["deputy_commune"]
    data = {"grant": grant.pk, "holder": deputy.pk, "valid_from": "19/07/2024", "valid_to": "15/07/2024"}

    refused = client.post(reverse("units:stand-ins"), {**data, "ground": "Đi họp tỉnh"})

    assert refused.status_code == 422
    assert "Ngày hết ủy quyền phải từ ngày bắt đầu trở đi." in refused.text
    assert 'value="15/07/2024"' in refused.text
    assert 'value="Đi họp tỉnh"' in refused.text
    assert not StandIn.objects.exists()


def test_the_deputys_head_line_says_in_whose_place(world: World, client: Client):
    lend(world, "head0", "deputy_commune")
    client.force_login(world.people["deputy_commune"])

    assert "thay head0 đến 19/7/2024" in client.get(reverse("indicators:owed")).text


def test_the_table_asks_the_same_for_one_and_for_three(world: World, django_assert_num_queries):
    lend(world, "head0", "deputy_commune")
    for days in (22, 24):
        lend(world, "head0", "clerk0", valid_from=date(2024, 7, days), valid_to=date(2024, 7, days + 1))
    head = fresh(world.people["head0"])
    assert head.grants

    with django_assert_num_queries(QUERIES):
        assert len(stand_in_table(head).current) == 3
