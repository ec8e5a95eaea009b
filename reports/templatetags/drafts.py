"""Words of drafted reports: the label of a kind by its key."""

from __future__ import annotations

from django import template

from reports.exports.kinds import KINDS

register = template.Library()


@register.filter
def kind_label(key: str) -> str:
    """ "Báo cáo tháng"."""
    return KINDS[key].label if key in KINDS else key
