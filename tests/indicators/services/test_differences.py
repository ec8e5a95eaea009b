"""The check of stored totals finds every kind of fault and costs what an indicator costs."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.generate.build import Generated, generate
from config.generate.sizes import Size
from indicators.models import FigureVersion, Indicator, Total
from indicators.services.totals import VALUE_COLUMNS, differences, recompute_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Generated:
    return generate(Size("some", units=5, indicators=10, periods=3), seed=4)


def a_total(**where: object) -> Total:
    return Total.objects.filter(sent_amount__isnull=False, **where).order_by("pk").first()


@pytest.mark.parametrize("name", VALUE_COLUMNS)
def test_it_finds_a_wrong_value_in_every_column(made, name):
    total = a_total(is_node=False)
    was = getattr(total, name)
    wrong = {"1": "2"} if isinstance(was, dict) else not was if isinstance(was, bool) else (was or 0) + 1
    Total.objects.filter(pk=total.pk).update(**{name: wrong})

    assert [line.rpartition(": ")[2] for line in differences(made.campaign)] == [f"lệch {name}"]


def test_it_finds_a_row_too_many_and_a_row_that_is_missing(made):
    total = a_total(is_node=True)
    Total.objects.filter(pk=total.pk).update(unit=made.ground.leads[0])

    assert sorted(line.rpartition(": ")[2] for line in differences(made.campaign)) == ["thiếu", "thừa"]


def test_it_reckons_from_what_was_reported_not_from_what_is_stored(made):
    """A version that changed behind every door shows at its unit and at the whole, in its period and in later ones."""
    flow = Indicator.objects.get(code="ct-001")
    version = FigureVersion.objects.filter(
        figure__assignment__indicator=flow, figure__period__number=1, figure__sent_version__isnull=False
    ).latest("sequence")
    FigureVersion.objects.filter(pk=version.pk).update(amount=(version.amount or 0) + Decimal("0.1"))

    found = differences(made.campaign)
    assert len(found) == 2 * 3
    assert all("sent_since_launch" in line for line in found)
    recompute_all(made.campaign)
    assert differences(made.campaign) == []


def test_it_asks_as_much_of_three_periods_as_of_one():
    """Rows come whole, one indicator after the other: neither periods nor units add a query."""

    def queries(units: int, periods: int) -> int:
        campaign = generate(Size("some", units=units, indicators=10, periods=periods), seed=4).campaign
        with CaptureQueriesContext(connection) as seen:
            assert differences(campaign) == []
        return len(seen)

    assert queries(2, 1) == queries(6, 3)
