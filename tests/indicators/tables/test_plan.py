"""What a cumulative is held against: a percentage needs its base, whatever kind of indicator bears it."""

from decimal import Decimal

import pytest

from indicators.choices import Band
from indicators.models import Denominator, Target
from indicators.rules.progress import BandRule
from indicators.tables.plan import measure
from tests.builders import make_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("unit_of_measure", "reported", "value"),
    [("ha", None, None), ("ha", "4", Decimal(75)), ("%", None, Decimal(3))],
    ids=["without its base", "of its base", "counted in percent"],
)
def test_three_hectares_are_not_three_percent(unit_of_measure, reported, value):
    world = make_world()
    forest = world.indicators["che"]
    forest.unit_of_measure = unit_of_measure
    base = Denominator.objects.create(indicator=forest, key="tong-so", name="tổng số", is_reported=True, position=1)
    target = Target(indicator=forest, base=base, amount=Decimal("64.2"), is_percentage=True, is_main=True)
    found = measure(
        forest,
        world.campaign,
        [target],
        cumulative=Decimal(3),
        denominators={str(base.pk): reported} if reported else {},
        opening=None,
        path=[],
        rule=BandRule(),
        on=world.period(2).ends_on,
    )
    assert found.value == value
    assert (found.band == Band.NO_DATA) is (value is None)
    assert found.in_percent is (unit_of_measure != "%")
