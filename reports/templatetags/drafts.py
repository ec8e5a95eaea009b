"""Words of drafted reports: the label of a kind by its key, lines that break where they may."""

from __future__ import annotations

from django import template

from reports.exports.kinds import KINDS
from vietnamese.numbers import NO_BREAK_SPACE

register = template.Library()


@register.filter
def unbroken(text: str) -> str:
    """A number and its percent sign stay on one line."""
    return text.replace(" %", f"{NO_BREAK_SPACE}%")


@register.filter
def kind_label(key: str) -> str:
    """ "Báo cáo tháng"."""
    return KINDS[key].label if key in KINDS else key
