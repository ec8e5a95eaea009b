"""Through what a person sees a row of this app: the own unit, the led indicator, the standing body, the authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from indicators.models import Assignment
from units.choices import OWN_ROLES, STANDING_ROLES, WORKING_ROLES, Role
from units.models import below_any

if TYPE_CHECKING:
    from units.models import User


def of_own_unit(user: User, field: str = "unit") -> Q:
    """Rows of the units for which the person works, and of those below them."""
    return below_any(f"{field}__path", user.paths_with(*OWN_ROLES))


def of_owner(user: User, field: str = "owner_unit") -> Q:
    """Rows given to a unit at which the person works."""
    return Q(**{f"{field}__in": user.unit_ids_with(*WORKING_ROLES)})


def of_led_indicator(user: User, field: str = "indicator") -> Q:
    """Rows about indicators that the person's department leads."""
    return Q(**{f"{field}__in": Assignment.objects.led_by(user).values("indicator")})


def of_standing_body(user: User, campaign: str = "campaign") -> Q:
    """Rows of campaigns whose standing body the person belongs to."""
    return Q(**{f"{campaign}__standing_body__in": user.unit_ids_with(*STANDING_ROLES)})


def of_leader(user: User, campaign: str = "campaign") -> Q:
    """Rows of campaigns of the very authority that the person leads; a superior reads issued reports instead."""
    return Q(**{f"{campaign}__authority__in": user.unit_ids_with(Role.LEADER)})
