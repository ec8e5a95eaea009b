"""The `url` tag of the house: the same addresses as Django's, found once for each name instead of once for each row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

register = template.Library()

#: Numbers that stand for the parameters while the shape of an address is found; no row has them.
_STANDING_FOR = (900_000_000_000_001, 900_000_000_000_002, 900_000_000_000_003)


@lru_cache(maxsize=512)
def _shape(name: str, count: int, urlconf: str | None, prefix: str) -> tuple[str, ...] | None:
    """An address as the texts between its numbers; None where the name does not take just these."""
    try:
        address = reverse(name, urlconf=urlconf, args=_STANDING_FOR[:count])
    except NoReverseMatch:
        return None
    parts, rest = [], address
    for number in _STANDING_FOR[:count]:
        before, found, rest = rest.partition(str(number))
        if not found:
            return None
        parts.append(before)
    return (*parts, rest)


def address_of(name: str, numbers: Sequence[Any]) -> str | None:
    """The address of a name whose parameters are whole numbers (or their digits); None leaves it to Django."""
    if len(numbers) > len(_STANDING_FOR):
        return None
    if not all(type(one) is int or (isinstance(one, str) and one.isascii() and one.isdigit()) for one in numbers):
        return None
    shape = _shape(name, len(numbers), get_urlconf(), get_script_prefix())
    if shape is None:
        return None
    return "".join(f"{text}{number}" for text, number in zip(shape, (*numbers, ""), strict=True))


class AddressNode(URLNode):
    """Django's node, which is asked only where the short way does not lead to an address."""

    def render(self, context: Context) -> str:
        """The address, or nothing where it is kept in a variable."""
        if self.kwargs:
            return super().render(context)
        name = self.view_name.resolve(context)
        address = address_of(name, [one.resolve(context) for one in self.args]) if isinstance(name, str) else None
        if address is None:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = address
            return ""
        return address


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """`{% url "indicators:month" pk %}`, written as Django's."""
    node = django_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
