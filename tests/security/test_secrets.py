"""The search for secrets finds what is there, and no address mixes what is ours with what is theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.kept import kept_world
from tests.security.addresses import addresses
from tests.security.searching import text_of
from tests.security.town import MOMENT, Town, build
from tests.security.visiting import client_of

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)


@pytest.mark.parametrize(
    ("person", "page", "period", "text"),
    [
        ("home-clerk0", "indicators:month", 3, "1317.1"),
        ("home-coordinator", "indicators:receive", 2, "1217.1"),
        ("home-coordinator", "reports:unit-pdf", 2, "1217.1"),
        ("home-only_reviewer", "indicators:confirm", 2, "1217.1"),
        ("home-leader", "reports:indicator", 2, "1217.1"),
        ("home-leader", "reports:summary-xlsx", 2, "1238.2"),
        ("home-superior", "reports:indicator", 1, "1117.1"),
    ],
)
def test_the_search_finds_what_is_there_to_be_read(world: Town, person: str, page: str, period: int, text: str):
    client, pk = client_of(world, person), world.worlds["home"].period(period).pk
    secret = next(one for one in world.secrets if one.text == text)
    told = [
        text_of(client.get(f"{one.path}?ky={pk}"))
        for one in addresses(world)
        if one.name == page and one.indicator in (None, secret.indicator)
    ]

    assert any(secret.is_told(one) for one in told)


# --- Mixed addresses: an object of ours with a period, a figure or a claim of theirs ---------------------------------


def test_a_period_of_another_campaign_is_not_there(world: Town):
    home, foreign = world.worlds["home"], world.worlds["foreign"]
    theirs = foreign.period(1).pk
    client = client_of(world, "home-coordinator_head")
    ours = home.campaign.pk
    mixed = [
        reverse("indicators:confirm", args=[home.indicators["che"].pk, theirs]),
        reverse("reports:summary-xlsx", args=[ours, theirs]),
        reverse("reports:summary-pdf", args=[ours, theirs]),
        reverse("reports:area", args=[ours, foreign.area.pk]),
        reverse("reports:indicator", args=[ours, foreign.indicators["che"].pk]),
        f"{reverse('reports:board', args=[ours])}?ky={theirs}",
        f"{reverse('indicators:receive-list')}?ky={theirs}",
    ]

    assert {path: client.get(path).status_code for path in mixed} == dict.fromkeys(mixed, 404)


@pytest.mark.parametrize("value", ["abc", "-1", "99999999999999999999", "%00", "1'--"])
@pytest.mark.parametrize("page", ["reports:board", "indicators:receive-list", "indicators:confirm-list"])
def test_a_made_up_period_is_not_there_rather_than_a_fault(world: Town, page: str, value: str):
    person = "home-only_reviewer" if "confirm" in page else "home-coordinator"

    assert client_of(world, person).get(f"{reverse(page)}?ky={value}").status_code == 404


def posted(client: Client, name: str, *args: object, **data: object) -> int:
    return client.post(reverse(name, args=args), data).status_code


def test_figures_of_others_are_not_taken_along_in_an_act_on_ones_own(world: Town):
    home, foreign = world.worlds["home"], world.worlds["foreign"]
    own, neighbour = home.submission(0, 3), home.figure("che", 1, 3)
    theirs = foreign.figure("che", 0, 2)
    before = (neighbour.version, theirs.version, theirs.is_marked)
    clerk, lead = client_of(world, "home-clerk0"), client_of(world, "home-only_reviewer")
    coordinator, july = client_of(world, "home-coordinator"), home.period(2).pk

    for figure in (neighbour, theirs):
        fields = {f"version-{figure.pk}": figure.version, f"amount-{figure.pk}": "9"}
        clerk.post(reverse("indicators:month", args=[own.pk]), fields)
    answers = [
        posted(lead, "indicators:confirm-figures", home.indicators["che"].pk, july, figures=[theirs.pk]),
        posted(lead, "indicators:query-figures", home.indicators["che"].pk, july, figures=[theirs.pk], reason="Xem"),
        posted(
            lead,
            "indicators:confirm-figures",
            home.indicators["che"].pk,
            july,
            figures=[home.figure("ca-phe", 0, 2).pk],
        ),
        posted(
            coordinator, "indicators:move", home.submission(0, 2).pk, "request_changes", marked=[theirs.pk], reason="X"
        ),
        posted(
            client_of(world, "home-leader"),
            "indicators:settle",
            world.contradictions["home"].pk,
            claim=world.contradictions["foreign"].claims.first().pk,
            ground="Biên bản",
        ),
    ]

    neighbour.refresh_from_db()
    theirs.refresh_from_db()
    assert (neighbour.version, theirs.version, theirs.is_marked) == before
    assert answers == [422] * 5
