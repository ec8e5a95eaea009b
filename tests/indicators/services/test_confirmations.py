"""The lead department's check: confirming, taking back, and the value after reconciliation."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from indicators.models import Figure, Total
from indicators.services.confirmations import confirm_figures, reconcile_figure, withdraw_confirmation
from indicators.services.submissions import make_move
from indicators.services.totals import differences
from tests.builders import at, fill, make_person, make_world
from units import clock
from units.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def rows_of(world, code="che"):
    return list(Figure.objects.filter(assignment__indicator=world.indicators[code], period__number=1))


def node(world):
    return Total.objects.get(indicator=world.indicators["che"], unit=world.authority, period__number=1)


def test_what_was_sent_is_confirmed_and_counted(world):
    for commune in (0, 1):
        fill(world, commune, che="20")
        world.send(commune)

    assert confirm_figures(rows_of(world), by=world.people["reviewer"]) == 2
    assert (node(world).sent, node(world).confirmed, node(world).received) == (2, 2, 0)


def test_confirming_does_not_wait_for_receipt_nor_receipt_for_confirming(world):
    fill(world, che="20")
    world.send()
    world.receive()

    assert confirm_figures([world.figure("che")], by=world.people["reviewer"]) == 1


def test_what_was_not_sent_stops_the_whole_confirmation(world):
    fill(world, che="20")
    world.send()

    with pytest.raises(PermissionDenied, match="xã Pờ Ê: Đơn vị chưa gửi"):
        confirm_figures(rows_of(world), by=world.people["reviewer"])

    assert not Figure.objects.filter(confirmed_version__isnull=False).exists()


def test_who_entered_never_confirms(world):
    fill(world, che="20")
    world.send()
    clerk = world.people["clerk0"]
    clerk.role_grants.create(unit=world.lead, role=Role.REVIEWER)
    clerk.__dict__.pop("grants", None)

    with pytest.raises(PermissionDenied, match="đã nhập số liệu này"):
        confirm_figures([world.figure("che")], by=clerk)


def test_another_department_does_not_confirm(world):
    fill(world, che="20")
    world.send()
    stranger = make_person("noi-vu-2", world.standing_body, Role.REVIEWER)

    with pytest.raises(PermissionDenied, match="cơ quan chủ trì"):
        confirm_figures([world.figure("che")], by=stranger)


def test_a_new_send_is_not_yet_confirmed(world):
    fill(world, che="20")
    world.send()
    confirm_figures([world.figure("che")], by=world.people["reviewer"])
    make_move("withdraw", world.submission(), by=world.people["clerk0"])
    world.enter("che", "25")
    world.send()

    assert node(world).confirmed == 0
    assert node(world).sent_since_launch == Decimal("25")


def test_the_reconciled_value_stands_beside_and_counts(world):
    fill(world, che="20")
    world.send()
    world.receive()

    reconcile_figure(
        world.figure("che"), {"amount": Decimal("18.5")}, by=world.people["reviewer"], ground="Biên bản nghiệm thu"
    )

    figure = world.figure("che")
    assert figure.amount == Decimal("20")
    assert figure.reconciled_version.amount == Decimal("18.5")
    assert node(world).official_since_launch == Decimal("18.5")
    assert differences(world.campaign) == []


def test_reconciling_needs_a_ground_and_something_sent(world):
    with pytest.raises(ValidationError, match="Đơn vị chưa gửi"):
        reconcile_figure(world.figure("che"), {"amount": Decimal(1)}, by=world.people["reviewer"], ground="x")
    fill(world, che="20")
    world.send()
    with pytest.raises(ValidationError, match="Ghi căn cứ"):
        reconcile_figure(world.figure("che"), {"amount": Decimal(1)}, by=world.people["reviewer"], ground=" ")


def test_taking_back_a_confirmation_needs_a_reason_and_restores_the_sent_value(world):
    fill(world, che="20")
    world.send()
    reconcile_figure(world.figure("che"), {"amount": Decimal("18")}, by=world.people["reviewer"], ground="Đo lại")

    with pytest.raises(ValidationError, match="Ghi lý do"):
        withdraw_confirmation(world.figure("che"), by=world.people["reviewer"], reason="")
    withdraw_confirmation(world.figure("che"), by=world.people["reviewer"], reason="Đo nhầm")

    assert node(world).sent_since_launch == Decimal("20")
    assert node(world).confirmed == 0
