"""What stands open under a person's name, for the page of the person."""

from __future__ import annotations

from django import template

from followup.tables.duties import NamedDuties, named_duties
from units.models import User

register = template.Library()


@register.simple_tag
def duties_by_name(person: User, reader: User) -> NamedDuties:
    """The obstacles to be settled and the work to be done that name the person."""
    return named_duties(person, reader)
