"""Two campaigns at once: each is named and chosen on every page that shows one; one alone adds nothing to a page."""

import re
from datetime import date

import pytest
from django.urls import reverse

from campaign.models import Campaign
from campaign.services.preparing import prepare_campaign
from followup.models import Obstacle
from indicators.services.launching import launch_campaign
from indicators.services.setting_up import copy_definitions
from reports.models import Report
from tests.builders import World, at, fill, make_world
from units import clock
from units.templatetags.menu import MENU, RUN, campaign_address

pytestmark = pytest.mark.django_db

OLDER = "Thi đua 6 tháng cuối năm 2024"
NEWER = "Cao điểm quý IV/2024"
PEOPLE = ("coordinator", "coordinator_head", "leader", "reviewer", "head0")
OF_CAMPAIGN = [page for section in MENU for page in section.pages if page.of_campaign]


def second(world: World, *, starts_on=date(2024, 9, 15), ends_on=date(2024, 12, 14), launch=True) -> Campaign:
    """Another campaign of the same office with the units and indicators of the first."""
    head = world.people["coordinator_head"]
    campaign = prepare_campaign(
        standing_body=world.standing_body,
        name=NEWER,
        short_name=NEWER,
        starts_on=starts_on,
        ends_on=ends_on,
        calendar_rule=world.campaign.calendar_rule,
        due_day_of_month=17,
        previous=world.campaign,
        by=head,
    )
    copy_definitions(campaign, by=head)
    if launch:
        launch_campaign(campaign, by=head)
    return campaign


@pytest.fixture
def now():
    with clock.set_to(at("2024-10-15")):
        yield


@pytest.fixture
def world(now) -> World:
    return make_world(communes=2)


@pytest.fixture
def newer(world) -> Campaign:
    return second(world)


def page_of(client, world: World, person: str, address: str) -> str:
    client.force_login(world.people[person])
    answer = client.get(address)
    assert answer.status_code == 200, (person, address, answer.status_code)
    return answer.content.decode()


def menu_of(page: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', " ".join(re.findall(r'<nav class="menu.*?</nav>', page, re.DOTALL)))


def switch_of(page: str) -> list[tuple[str, bool]]:
    found = re.search(r'<details class="drop campaigns">.*?</details>', page, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"( aria-current="true")?>', found.group()) if found else []
    return [(address, bool(is_current)) for address, is_current in links]


def offered(world: World, person: str):
    """The pages of one campaign that the person's menu offers."""
    return [page for page in OF_CAMPAIGN if world.people[person].has_role(*page.roles)]


@pytest.mark.parametrize("person", PEOPLE)
def test_one_campaign_alone_adds_nothing_to_a_page(client, world, person):
    second(world, launch=False)  # one in preparation is none to choose
    for page in offered(world, person):
        shown = page_of(client, world, person, reverse(page.name))

        assert switch_of(shown) == []
        assert not [one for one in menu_of(shown) if "pt=" in one or re.search(r"/\d+/$", one)]


@pytest.mark.parametrize("person", PEOPLE)
def test_each_page_of_a_campaign_opens_each_by_its_address_and_offers_the_other(client, world, newer, person):
    pages = offered(world, person)
    assert pages
    for page in pages:
        for campaign in (newer, world.campaign):
            shown = page_of(client, world, person, campaign_address(page.name, campaign.pk))

            assert switch_of(shown) == [
                (campaign_address(page.name, one.pk), one == campaign) for one in (newer, world.campaign)
            ]


@pytest.mark.parametrize("person", PEOPLE)
def test_the_menu_stays_with_a_campaign_that_is_not_the_present_one(client, world, newer, person):
    first = offered(world, person)[0]

    at_newer = menu_of(page_of(client, world, person, campaign_address(first.name, newer.pk)))
    at_older = menu_of(page_of(client, world, person, campaign_address(first.name, world.campaign.pk)))

    assert reverse(first.name) in at_newer
    assert campaign_address(first.name, world.campaign.pk) in at_older
    assert not [one for one in at_older if str(newer.pk) in re.findall(r"\d+", one)]


def test_a_page_of_who_runs_a_campaign_passes_over_one_that_another_authority_runs(client, world):
    other = make_world(communes=1, prefix="khac-")
    Campaign.objects.filter(pk=other.campaign.pk).update(starts_on=date(2024, 9, 1), short_name="Của nơi khác")
    other.campaign.participations.create(
        unit=world.standing_body, relation="assigned", tier=other.campaign.tiers.get(), unit_name="Phòng Nội vụ"
    )

    for page in (one for one in OF_CAMPAIGN if one.of_campaign == RUN):
        shown = page_of(client, world, "coordinator", reverse(page.name))

        assert OLDER in shown
        assert switch_of(shown) == []


def test_a_campaign_to_come_does_not_displace_the_one_that_runs(client, world):
    second(world, starts_on=date(2024, 12, 15), ends_on=date(2025, 12, 14))

    shown = page_of(client, world, "leader", reverse("reports:board"))

    assert [is_current for _, is_current in switch_of(shown)] == [True, False]
    assert f"</span>{OLDER}</summary>" in shown


def test_the_campaign_s_page_leads_to_its_results(client, world, newer):
    for person in ("leader", "clerk0", "reviewer"):
        shown = page_of(client, world, person, reverse("campaign:campaign", args=[world.campaign.pk]))

        assert f'href="{reverse("reports:board", args=[world.campaign.pk])}"' in shown


def test_a_reader_of_signed_reports_is_led_to_no_results(client, world):
    shown = page_of(client, world, "reader", reverse("campaign:campaign", args=[world.campaign.pk]))

    assert "Kết quả chung" not in shown


def test_the_office_s_home_tells_what_waits_in_the_other_campaign(client, world):
    with clock.set_to(at("2024-07-15")):
        fill(world)
        world.send()
    second(world)

    shown = page_of(client, world, "coordinator", reverse("reports:office-home"))

    assert "1 báo cáo chờ tiếp nhận" in shown
    assert f'href="{reverse("reports:office-home", args=[world.campaign.pk])}"' in shown


def test_a_report_of_the_older_campaign_is_begun_from_the_list(client, world, newer):
    place = reverse("reports:reports")
    shown = page_of(client, world, "coordinator", f"{place}?pt={world.campaign.pk}&lap=1")
    period = world.period(3)

    assert f'<option value="{period.pk}"' in shown
    answer = client.post(
        f"{reverse('reports:open-report')}?pt={world.campaign.pk}",
        {"kind": "thang", "period": period.pk, "issuer": world.standing_body.pk, "basis": "official"},
    )

    assert answer.status_code == 302
    assert Report.objects.get().campaign == world.campaign


def test_a_list_over_campaigns_names_each_and_may_show_one(client, world, newer):
    for campaign, title in ((world.campaign, "Thiếu giống"), (newer, "Thiếu vốn")):
        client.force_login(world.people["clerk0"])
        answer = client.post(
            f"{reverse('followup:new-obstacle')}?pt={campaign.pk}",
            {"unit": world.communes[0].pk, "title": title, "text": title, "kind": "objective"},
        )
        assert answer.status_code == 302, answer.content.decode()

    assert {row.title: row.campaign for row in Obstacle.objects.all()} == {
        "Thiếu giống": world.campaign,
        "Thiếu vốn": newer,
    }
    place = reverse("followup:obstacles")
    both = page_of(client, world, "coordinator", place)
    one = page_of(client, world, "coordinator", f"{place}?pt={newer.pk}")

    assert f'<span class="gap quiet">{OLDER}</span>' in both
    assert f'<span class="gap quiet">{NEWER}</span>' in both
    assert "Thiếu giống" not in one
    assert f'href="{reverse("followup:new-obstacle")}?pt={newer.pk}"' in one


@pytest.mark.parametrize("name", ["new-obstacle", "ask", "new-inspection", "new-conclusion", "new-record"])
def test_a_form_says_in_which_campaign_it_records_and_sends_it_there(client, world, newer, name):
    shown = page_of(client, world, "coordinator", f"{reverse(f'followup:{name}')}?pt={world.campaign.pk}")

    assert f'<a href="?pt={world.campaign.pk}" aria-current="true">{OLDER}</a>' in shown
    assert f'<a href="?pt={newer.pk}">{NEWER}</a>' in shown
    assert f'action="{reverse(f"followup:{name}")}?pt={world.campaign.pk}"' in shown


def test_what_is_due_first_stands_first_whichever_campaign_it_belongs_to(client, world, newer):
    shown = page_of(client, world, "clerk0", reverse("indicators:owed"))

    due = re.findall(r"hạn hết ngày (\d+)/(\d+)/2024", shown.partition("Kỳ đang chạy")[0])
    days = [(int(month), int(day)) for day, month in due]
    assert days == sorted(days)
    assert {OLDER, NEWER} <= set(re.findall(r" · ([^·<]+)</h3>", shown))


def test_a_month_before_the_launch_is_not_called_a_later_closing(client, world, newer):
    early = newer.periods.filter(is_before_launch=True).first()
    assert early is not None

    shown = page_of(client, world, "coordinator", f"{reverse('indicators:receive-list')}?ky={early.pk}")

    assert "kỳ trước khi phát động, không tính chậm" in shown
