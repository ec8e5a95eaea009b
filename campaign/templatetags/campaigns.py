"""The campaign of a page, where the person has several: its name opens the others, and the menu stays with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html

from campaign.models import Campaign
from campaign.permissions import runs_campaign
from units import clock
from units.models import User
from units.templatetags.menu import RUN, Entry, Menu, Page, campaign_address
from vietnamese.dates import window_phrase

register = template.Library()


@dataclass(frozen=True)
class Option:
    """One campaign, by the address of the present page for it."""

    name: str
    days: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Switch:
    """The choice among campaigns; empty where there is only one, so that the page then shows nothing of it.

    ``carried``: the campaign that the links of the menu name, where it is not the one they lead to by themselves;
    ``is_run``: does the person's office run it?
    """

    name: str = ""
    options: tuple[Option, ...] = ()
    carried: int | None = None
    is_run: bool = False


@register.simple_tag(takes_context=True)
def campaign_switch(context: dict[str, Any], menu: Menu) -> Switch:
    """The choice for the present page: no query where its view has read ``campaigns``, else at most one."""
    current = context.get("campaign")
    if not isinstance(current, Campaign) or not menu.is_of_campaigns:
        return Switch()
    user: User = context["request"].user
    rows = context.get("campaigns") or _seen(user)
    if len(rows) < 2 or current not in rows:
        return Switch()
    carried = current.pk if current != rows[0] else None
    options = _options(menu.here, rows, current, user) if menu.here and menu.here.of_campaign else ()
    return Switch(str(current), options, carried, runs_campaign(current, user))


@register.simple_tag
def entry_address(entry: Entry, switch: Switch | str = "") -> str:
    """Where a word of the menu leads: with the present campaign, where the page there can show it."""
    if not isinstance(switch, Switch) or switch.carried is None or not entry.of_campaign:
        return entry.url
    if entry.of_campaign == RUN and not switch.is_run:
        return entry.url
    return campaign_address(entry.name, switch.carried)


@register.filter
def campaign_among(pk: int, campaigns: Sequence[Campaign] | str) -> str:
    """The name of a row's campaign on a line of its own, in a list of several campaigns; nothing in a list of one."""
    if len(campaigns) < 2 or isinstance(campaigns, str):
        return ""
    found = next((one for one in campaigns if one.pk == pk), None)
    return format_html('<span class="gap quiet">{}</span>', found) if found else ""


def _seen(user: User) -> list[Campaign]:
    return list(Campaign.objects.present_for(user, clock.today()))


def _options(page: Page, rows: Sequence[Campaign], current: Campaign, user: User) -> tuple[Option, ...]:
    """The campaigns that the page can show; none where that is the present one alone."""
    shown = [one for one in rows if page.of_campaign != RUN or runs_campaign(one, user)]
    if shown == [current]:
        return ()
    return tuple(
        Option(str(one), window_phrase(one.starts_on, one.ends_on), campaign_address(page.name, one.pk), one == current)
        for one in shown
    )
