"""Targets are revised, never overwritten; what the document says twice is used by nobody until settled."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from indicators.choices import ClaimSubject
from indicators.models import Claim, Contradiction, Denominator, Opening, Target, Total
from indicators.services.targets import set_target, settle_contradiction
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def tea(world):
    """The document's two claims about new tea: 40,8 % and 0 %."""
    base = Denominator.objects.create(indicator=world.indicators["che"], key="ke-hoach", name="kế hoạch")
    row = Contradiction.objects.create(
        campaign=world.campaign, key="che", indicator=world.indicators["che"], question="Chè trồng mới: 40,8 % hay 0 %?"
    )
    for position, value in enumerate(["40.8", "0"]):
        Claim.objects.create(
            contradiction=row,
            subject=ClaimSubject.OPENING_RATE,
            value=Decimal(value),
            unit_of_measure="%",
            base=base,
            position=position,
        )
    return row


def test_a_revision_is_a_further_row_with_its_reason(world):
    unit = world.communes[0]
    with pytest.raises(ValidationError, match="Ghi lý do"):
        set_target(
            world.indicators["che"],
            unit,
            amount=Decimal(60),
            by=world.people["coordinator"],
            valid_from=date(2024, 8, 1),
        )
    set_target(
        world.indicators["che"],
        unit,
        amount=Decimal(60),
        by=world.people["coordinator"],
        valid_from=date(2024, 8, 1),
        reason="Bổ sung quỹ đất",
    )

    rows = Target.objects.filter(indicator=world.indicators["che"], unit=unit).order_by("sequence")
    assert [(row.sequence, row.amount) for row in rows] == [(1, Decimal(50)), (2, Decimal(60))]


def test_until_it_is_settled_the_year_is_unknown(world, tea):
    fill(world, che="20")
    world.send()

    total = Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)
    assert (total.sent_since_launch, total.sent_cumulative) == (Decimal(20), None)


def test_settled_on_zero_the_year_is_what_was_done_since(world, tea):
    fill(world, che="20")
    world.send()

    settle_contradiction(
        tea, tea.claims.get(value=0), by=world.people["leader"], ground="Đối chiếu với phòng chuyên môn"
    )

    total = Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)
    assert total.sent_cumulative == Decimal(20)
    assert Opening.objects.get().rate == 0


def test_settled_on_a_percentage_no_amount_is_invented(world, tea):
    fill(world, che="20")
    world.send()

    settle_contradiction(tea, tea.claims.exclude(value=0).get(), by=world.people["leader"], ground="Đối chiếu")

    opening = Opening.objects.get()
    assert (opening.rate, opening.amount) == (Decimal("40.8"), None)
    total = Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)
    assert total.sent_cumulative is None


@pytest.mark.parametrize("person", ["clerk0", "head0", "reviewer", "coordinator", "reader", "administrator"])
def test_only_a_leader_or_the_head_of_the_standing_body_settles(world, tea, person):
    with pytest.raises(PermissionDenied, match="Chỉ lãnh đạo"):
        settle_contradiction(tea, tea.claims.get(value=0), by=world.people[person], ground="Đối chiếu")


def test_settling_needs_a_ground(world, tea):
    with pytest.raises(ValidationError, match="Ghi căn cứ"):
        settle_contradiction(tea, tea.claims.get(value=0), by=world.people["leader"], ground="")
