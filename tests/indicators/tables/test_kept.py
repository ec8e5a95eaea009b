"""What is kept between requests: true after every act, after every change of a definition, and after a rollback."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from campaign.models import BandThreshold
from indicators.models import Assignment, PathPoint, Target
from indicators.services.confirmations import reconcile_figure
from indicators.tables.kept import Shelf
from indicators.tables.standings import SENT
from indicators.tables.standings_source import read_definitions
from reports.tables.frame import Frame
from reports.tables.summary import summary
from tests.builders import fill, make_world
from units.models import DEFINITIONS, Definition, DefinitionQuerySet, OrgUnit, read_stamps

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_world(communes=2)
    fill(world, 0, che="20")
    world.send(0)
    return world


def tea(world):
    """What a page says of the tea: plan, cumulative since the launch, completeness."""
    whole = summary(Frame(world.campaign, world.period(1), SENT))
    row = next(row.standing for row in whole.rows if row.indicator.code == "che")
    return row.target_text, row.since_launch_text, row.completeness_text


def test_a_page_that_is_read_again_asks_only_for_the_stamps(world, django_assert_num_queries):
    frame = Frame(world.campaign, world.period(1), SENT)
    before = summary(frame)
    with django_assert_num_queries(1):
        after = summary(frame)
    assert after.rows == before.rows


def test_each_act_is_on_the_next_page(world):
    assert tea(world) == ("100,0", "20,0", "1/2 xã, đã xác nhận 0/2")
    fill(world, 1, che="15")
    world.send(1)
    assert tea(world)[1:] == ("35,0", "2/2 xã, đã xác nhận 0/2")
    reconcile_figure(
        world.figure("che", 1), {"amount": Decimal("14")}, by=world.people["reviewer"], ground="Biên bản nghiệm thu."
    )
    assert tea(world)[1:] == ("34,0", "2/2 xã, đã xác nhận 1/2")


def test_a_changed_definition_is_on_the_next_page_however_it_was_changed(world):
    assert tea(world)[0] == "100,0"
    Target.objects.filter(unit=world.communes[0]).update(amount=60)
    assert tea(world)[0] == "110,0"
    target = Target.objects.get(unit=world.communes[1])
    target.amount = Decimal(70)
    target.save()
    assert tea(world)[0] == "130,0"
    Assignment.objects.filter(indicator=world.indicators["che"], unit=world.communes[1]).update(is_not_applicable=True)
    assert tea(world)[0] == "60,0"


def test_what_was_rolled_back_is_on_no_page(world):
    before = tea(world)
    with transaction.atomic():
        Target.objects.filter(unit=world.communes[0]).update(amount=60)
        assert tea(world)[0] == "110,0"
        transaction.set_rollback(True)
    assert tea(world) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda world: OrgUnit.objects.filter(pk=world.lead.pk).update(short_name="Nông nghiệp"),
        lambda world: BandThreshold.objects.create(campaign=world.campaign, valid_from="2024-01-01"),
        lambda world: PathPoint.objects.bulk_create(
            [PathPoint(indicator=world.indicators["che"], period=world.period(1), share=10)]
        ),
        lambda world: Target.objects.filter(unit=world.communes[0]).delete(),
        lambda world: Target.objects.filter(unit=world.communes[0]).first().delete(),
        lambda world: world.campaign.save(),
    ],
)
def test_every_way_to_change_a_definition_renews_the_stamp(world, change):
    before = read_stamps(DEFINITIONS)
    change(world)
    assert read_stamps(DEFINITIONS) != before


def test_whatever_definitions_are_read_from_is_stamped(world):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read_definitions(world.campaign, world.period(1).ends_on)
    tables = {model._meta.db_table: model for model in apps.get_models()}
    used = {model for table, model in tables.items() if any(f'"{table}"' in one["sql"] for one in asked)}
    assert len(used) > 8
    assert [model for model in used if not issubclass(model, Definition)] == []


def test_definitions_are_changed_in_bulk_only_through_their_own_queryset():
    loose = [
        model
        for model in apps.get_models()
        if issubclass(model, Definition) and not isinstance(model._default_manager.all(), DefinitionQuerySet)
    ]
    assert loose == []


def test_the_shelf_gives_up_what_was_longest_unused_and_never_takes_what_is_too_large():
    shelf = Shelf(10)
    for name in "abc":
        shelf.put(name, name.upper(), 4)
        shelf.get("a")
    assert [shelf.get(name) for name in "abc"] == ["A", None, "C"]
    shelf.put("huge", "H", 6)
    assert shelf.get("huge") is None
