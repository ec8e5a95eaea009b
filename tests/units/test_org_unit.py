"""The tree of units: whoever stands below a unit stays below it when the tree changes."""

import pytest
from django.core.exceptions import ValidationError

from tests.builders import make_person, make_unit
from units.choices import Role
from units.models import OrgUnit, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> OrgUnit:
    return make_unit("tinh", "UBND tỉnh", kind="ubnd", level="huyen")


@pytest.fixture
def district() -> OrgUnit:
    return make_unit("huyen", "UBND huyện", kind="ubnd", level="huyen")


@pytest.fixture
def commune(district: OrgUnit) -> OrgUnit:
    return make_unit("xa", "xã Hiếu", parent=district)


def test_a_unit_that_moves_takes_those_below_it_along(province, district, commune):
    hamlet = make_unit("thon", "thôn 1", parent=commune)
    beside = make_unit("xa-khac", "xã khác")

    district.parent = province
    district.save()

    for unit in (commune, hamlet, beside):
        unit.refresh_from_db()
    assert commune.path == f"/{province.pk}/{district.pk}/{commune.pk}/"
    assert hamlet.path == f"{commune.path}{hamlet.pk}/"
    assert beside.path == f"/{beside.pk}/"


def test_after_the_move_the_roles_above_hold_there_too(province, district, commune):
    leader = make_person("lanh-dao-tinh", province, Role.LEADER)
    assert not leader.holds_at(commune, Role.LEADER)

    district.parent = province
    district.save()

    commune.refresh_from_db()
    assert User.objects.get(pk=leader.pk).holds_at(commune, Role.LEADER)


def test_a_unit_cannot_be_put_below_itself(district, commune):
    district.parent = commune

    with pytest.raises(ValidationError) as caught:
        district.full_clean()

    assert caught.value.message_dict["parent"] == ["“xã Hiếu” đang thuộc đơn vị này nên không thể là cấp trên của nó."]


def test_a_unit_cannot_be_its_own_superior(district):
    district.parent = district

    with pytest.raises(ValidationError, match="không thể là cấp trên"):
        district.full_clean()
