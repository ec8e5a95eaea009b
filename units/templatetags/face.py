"""What every page shows of itself: the person's units, the demo's day, band marks, origin labels."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from paper.marks import BAND_WORDS, band_mark
from units.choices import Origin
from units.models import User
from vietnamese.numbers import format_number

register = template.Library()

ORIGIN_WORDS = {
    Origin.DOCUMENT: "theo văn bản",
    Origin.PUBLIC: "theo nguồn công khai",
    Origin.OFFICE: "",
    Origin.ILLUSTRATIVE: "số liệu minh họa",
}


@register.simple_tag
def unit_names(user: User) -> str:
    """The units at which the person holds a role, by their short names."""
    return ", ".join(dict.fromkeys(grant.unit_name for grant in user.grants if not grant.is_inherited))


@register.filter
def counted(number: int) -> str:
    """A count as it is written here: 1.890."""
    return format_number(number)


@register.simple_tag
def assumed_date() -> str:
    """The day on which the demo stands, or nothing in an office."""
    return f"{settings.ASSUMED_DATE:%d/%m/%Y}" if settings.ASSUMED_DATE else ""


@register.simple_tag
@lru_cache(maxsize=256)
def band(code: str, word: str = "") -> SafeString:
    """The mark of a progress band with its word beside it."""
    mark = band_mark(code, decorative=True)
    return format_html('<span class="band band-{}">{} {}</span>', code, mark, word or BAND_WORDS[code])


@register.simple_tag
@lru_cache(maxsize=16)
def origin(code: str) -> SafeString:
    """The label of where a number comes from; what the unit itself reported needs none."""
    words = ORIGIN_WORDS.get(Origin(code), "") if code else ""
    return format_html('<span class="origin origin-{}">{}</span>', code, words) if words else SafeString("")
