"""Queries that are put into SQL once: the rows that Django would give, whoever and whenever."""

from datetime import date

import pytest
from django.db import models
from django.db.models import Value

from tests.builders import make_world
from units.models import RoleGrant, User
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
