"""Bands by a day: what is over keeps its judgement, what comes is judged by the new ones; the ground is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.models import BandThreshold
from campaign.services.calendars import Bands, revise_bands
from indicators.choices import Band
from indicators.tables.standings import SENT, standings
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
WIDE = Bands(Decimal(500), Decimal(20), Decimal(10))
FROM = date(2024, 8, 1)


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-20")):
        yield make_world(communes=1)


def revised(world: World, who: str = "coordinator", **values: object) -> BandThreshold:
    given = {"valid_from": FROM, "reason": "Mưa kéo dài", **values}
    return revise_bands(world.campaign, WIDE, by=world.people[who], **given)


def judged(world: World, period: int) -> Band:
    tea, unit = world.indicators["che"].pk, world.communes[0].pk
    found = standings(world.campaign, world.period(period), basis=SENT, indicator_ids=[tea], unit_ids=[unit])
    return found[tea, unit].band


def test_only_periods_that_end_from_that_day_on_are_judged_by_the_new_bands(world: World):
    for period in (1, 2):
        fill(world, 0, period, che="2")
        world.send(0, period)
    before = (judged(world, 1), judged(world, 2))
    revised(world)

    assert before == (Band.AT_RISK, Band.AT_RISK)
    assert (judged(world, 1), judged(world, 2)) == (Band.AT_RISK, Band.ON_TRACK)


def test_the_ground_stands_in_the_audit_and_the_same_day_is_set_once(world: World):
    assert revised(world).pk == revised(world, reason="Sửa lại").pk
    lines = AuditLine.objects.filter(event="campaign.bands_revised").order_by("pk")
    assert [line.reason for line in lines] == ["Mưa kéo dài", "Sửa lại"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"valid_from": date(2024, 7, 19)}, "từ hôm nay trở đi"),
        ({"valid_from": date(2025, 1, 1)}, "Phong trào kết thúc ngày 31/12/2024"),
        ({"reason": " "}, "Ghi căn cứ"),
    ],
)
def test_no_day_that_is_over_and_none_without_a_ground(world: World, values: dict[str, object], sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        revised(world, **values)


@pytest.mark.parametrize("who", ["clerk0", "reviewer", "leader", "administrator"])
def test_only_the_standing_body_sets_them(world: World, who: str):
    with pytest.raises(PermissionDenied):
        revised(world, who)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(world: World, client):
    address = f"/phong-trao/{world.campaign.pk}/lich/"
    client.force_login(world.people["coordinator"])
    given = {"part": "revised", "ahead_from": "110", "on_track_from": "95", "behind_from": "97", "reason": "Mưa"}

    wrong = client.post(address, {**given, "valid_from": "1/8/2024"})
    assert (wrong.status_code, "phải giảm dần" in wrong.content.decode()) == (422, True)
    past = client.post(address, {**given, "behind_from": "62,5", "valid_from": "1/7/2024"}).content.decode()
    assert ("từ hôm nay trở đi" in past, 'value="62,5"' in past) == (True, True)
    client.post(address, {**given, "behind_from": "62,5", "valid_from": "1/8/2024"})
    assert "62,5 %" in client.get(address).content.decode()
