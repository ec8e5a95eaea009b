"""Rows written in one statement: what Django itself would have written, and the versions that rows take over."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.models import VALUE_FIELDS, Figure, FigureVersion
from indicators.services.figures import VERSIONED
from tests.builders import World, at, make_world
from units import clock
from units.models import StoredFile, User
from units.models.writing import insert_rows

pytestmark = pytest.mark.django_db

FULL = {
    "state": "reported",
    "amount": Decimal("12345678901.2345"),
    "denominators": {"7": "1234.5"},
    "is_cumulative": True,
    "is_estimate": True,
    "is_copied": True,
    "year_estimate": Decimal("-0.5"),
    "task_status": "done",
    "step": 3,
    "percent": Decimal("49.90"),
    "text": "Đã trồng 2 ha, “xong” 100 %",
    "note": "ghi chú\nhai dòng",
    "data_source": "Kho bạc",
    "as_of_on": date(2024, 7, 14),
    "origin": "illustrative",
}


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def version(world: World, code: str, **values: object) -> FigureVersion:
    figure = world.figure(code)
    return FigureVersion(
        figure=figure, sequence=figure.version + 1, by=world.people["clerk0"], at=clock.now(), client_key=code, **values
    )


def test_every_column_is_written_as_django_writes_it(world, django_assert_num_queries):
    rows = [version(world, "che", **FULL), version(world, "ca-phe")]
    with django_assert_num_queries(1):
        insert_rows(rows)
    names = [field.attname for field in FigureVersion._meta.concrete_fields if not field.primary_key]
    written = list(FigureVersion.objects.order_by("pk").values_list(*names))

    FigureVersion.objects.all()._raw_delete("default")
    FigureVersion.objects.bulk_create([version(world, "che", **FULL), version(world, "ca-phe")])

    assert written == list(FigureVersion.objects.order_by("pk").values_list(*names))


def test_a_row_takes_over_the_version_behind_its_own_and_no_other(world, django_assert_num_queries):
    che, coffee = world.figure("che"), world.figure("ca-phe")
    insert_rows([version(world, "che", **FULL), version(world, "ca-phe", **FULL | {"amount": Decimal(5)})])
    with django_assert_num_queries(1):
        VERSIONED.take_next([che.pk])

    che.refresh_from_db()
    assert {name: getattr(che, name) for name in VALUE_FIELDS} == FULL
    assert che.version == 1
    coffee.refresh_from_db()
    assert (coffee.version, coffee.amount) == (0, None)

    VERSIONED.take_next([che.pk, coffee.pk])
    assert sorted(Figure.objects.filter(pk__in=[che.pk, coffee.pk]).values_list("version", "amount")) == [
        (1, Decimal(5)),
        (1, FULL["amount"]),
    ]


def test_more_rows_than_one_statement_takes_go_in_several(world, monkeypatch):
    monkeypatch.setattr(connection.ops, "bulk_batch_size", lambda fields, rows: 2)
    rows = [version(world, "che") for _ in range(5)]
    for number, row in enumerate(rows, start=1):
        row.sequence, row.client_key = number, str(number)

    insert_rows(rows)

    assert list(FigureVersion.objects.order_by("pk").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]


def test_nothing_is_written_of_nothing_and_nothing_twice(world):
    insert_rows([])
    insert_rows([version(world, "che")])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([version(world, "che")])


def test_what_is_made_while_it_is_saved_is_refused(world):
    with pytest.raises(TypeError, match="made while it is saved"):
        insert_rows([StoredFile()])
    with pytest.raises(TypeError, match="made while it is saved"):
        insert_rows([User(username="ai")])
