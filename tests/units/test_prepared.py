"""Queries that are put into SQL once: the rows that Django would give, whoever and whenever."""

from datetime import date

import pytest
from django.db import models, transaction
from django.db.models import Value
from django.db.transaction import TransactionManagementError

from tests.builders import make_world
from units.models import OrgUnit, RoleGrant, User, below_any
from units.models.grants import grants_in_force
from units.models.prepared import Prepared, prepared

pytestmark = pytest.mark.django_db


def test_the_rows_are_those_of_the_query_itself_for_every_person_and_day(django_assert_num_queries):
    make_world(communes=2)
    RoleGrant.objects.filter(user__username="clerk1").update(valid_to=date(2024, 8, 31))

    for user in User.objects.all():
        for day in (date(2024, 8, 31), date(2024, 9, 1)):
            asked = list(grants_in_force.build(user.pk, day))
            with django_assert_num_queries(1):
                found = grants_in_force.rows(user.pk, day)
            assert found == asked
            assert [tuple(map(type, row)) for row in found] == [tuple(map(type, row)) for row in asked]


def test_days_and_truths_come_back_as_such():
    world = make_world(communes=1)
    clerk = world.people["clerk0"]
    RoleGrant.objects.filter(user=clerk).update(valid_from=date(2024, 1, 2))

    @prepared
    def own(user: int, on: date) -> models.QuerySet:
        rows = RoleGrant.objects.filter(user=user, valid_from__lte=on).annotate(is_own=Value(True))
        return rows.values_list("valid_from", "is_own", "role")

    assert own.rows(clerk.pk, date(2024, 1, 2)) == [(date(2024, 1, 2), True, "clerk")]
    assert own.rows(clerk.pk, date(2024, 1, 1)) == []


def test_a_value_that_the_query_does_not_use_is_refused():
    careless = Prepared(lambda user, on: RoleGrant.objects.filter(user=user).values_list("role"))

    with pytest.raises(ValueError, match="not found again"):
        careless.rows(1, date(2024, 1, 1))


def test_texts_and_beginnings_of_texts_find_what_the_query_itself_finds():
    world = make_world(communes=2)
    paths = sorted(OrgUnit.objects.values_list("path", flat=True))

    @prepared
    def below(*starts: str) -> models.QuerySet:
        return OrgUnit.objects.filter(below_any("path", starts)).order_by("path").values_list("path")

    for chosen in ([paths[0]], paths[1:3], ["/%/"], ["/_/"]):
        assert below.rows(*chosen) == list(below.build(*chosen))

    named = prepared(lambda name: OrgUnit.objects.filter(name=name).order_by().values_list("path"))
    assert named.rows(world.communes[0].name) == [(world.communes[0].path,)]


def test_models_come_with_what_the_query_selects_beside_them(django_assert_num_queries):
    world = make_world(communes=2)
    granted = prepared(lambda user: RoleGrant.objects.filter(user=user).select_related("unit__kind").order_by())
    grant = RoleGrant.objects.select_related("unit__kind").get(user=world.people["clerk0"])

    for _ in range(2):
        with django_assert_num_queries(1):
            [found] = granted.objects(world.people["clerk0"].pk)
            assert (found, found.unit, found.unit.kind) == (grant, grant.unit, grant.unit.kind)
            assert found.unit.name == world.communes[0].name


def test_as_many_values_as_are_given_make_one_query_each_time():
    make_world(communes=3)
    some = prepared(lambda *ids: User.objects.filter(pk__in=ids).order_by("pk").values_list("pk"))
    ids = sorted(User.objects.values_list("pk", flat=True))

    assert some.rows(*ids[:3]) == [(pk,) for pk in ids[:3]]
    assert some.rows(*ids[1:3]) == [(pk,) for pk in ids[1:3]]
    assert some.rows() == []


def test_columns_alone_are_no_models():
    careless = prepared(lambda user: User.objects.filter(pk=user).values_list("username"))

    with pytest.raises(ValueError, match="whole models"):
        careless.objects(1)


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_within_a_transaction_only():
    locked = prepared(lambda user: User.objects.select_for_update().filter(pk=user).order_by())
    with transaction.atomic():
        assert locked.objects(1) == []

    with pytest.raises(TransactionManagementError):
        locked.objects(1)
