"""The number of unread notices in the head of every page."""

from __future__ import annotations

from django import template

from followup.tables.notices import unread_count
from units.models import User

register = template.Library()


@register.simple_tag
def unread_notices(user: User) -> int:
    """How many notices the person has not opened."""
    return unread_count(user)
