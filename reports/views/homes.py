"""Where the offices land (leaders land on the board), and the one page for the weekly meeting."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.models import last_ended
from campaign.permissions import is_standing_body
from followup.tables.duties import own_duties
from indicators.permissions import led_indicator_ids
from indicators.tables.owed import owed_table
from reports.exports.briefing import MEDIA_TYPE, briefing_pdf
from reports.permissions import why_not_submissions
from reports.tables.briefing import briefing
from reports.tables.lead_home import lead_home
from reports.tables.office_home import office_home, waiting_elsewhere
from reports.tables.summary import BANDS
from reports.tables.unit_home import last_published, unit_home
from reports.views.frame import Opened, open_board, open_home
from units import clock
from units.choices import OWN_ROLES, STANDING_ROLES
from units.models import User
from units.views.doors import as_file
from vietnamese.text import slug

ONLY_STANDING_BODY = "Trang này dành cho cơ quan thường trực thi đua."
ONLY_LEADS = "Trang này dành cho cơ quan chủ trì chỉ tiêu; đơn vị của anh/chị chưa chủ trì chỉ tiêu nào."
ONLY_UNITS = "Trang này dành cho đơn vị có báo cáo."


@require_safe
def office(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The standing body in one minute: this period at a glance, the queue, who is late, what changed, what fails."""
    user = cast(User, request.user)
    opened = open_home(request, pk, is_run=True)
    if not user.has_role(*STANDING_ROLES):
        raise PermissionDenied(ONLY_STANDING_BODY)
    if opened is None:
        return render(request, "reports/home_empty.html", {"begins": True})
    if not is_standing_body(opened.campaign, user):
        raise PermissionDenied(ONLY_STANDING_BODY)
    collecting = last_ended(opened.periods, clock.today()) or opened.periods[0]
    home = office_home(opened.frame, collecting, opened.user)
    others = [one for one in opened.campaigns if one != opened.campaign and is_standing_body(one, user)]
    context = {"home": home, "collecting": collecting, "elsewhere": waiting_elsewhere(others)}
    return render(request, "reports/office_home.html", {**opened.context, **context})


@require_safe
def lead(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A lead department: figures that wait for its word, the standing of its indicators, its own report."""
    user = cast(User, request.user)
    opened = open_home(request, pk)
    if not led_indicator_ids(user):
        raise PermissionDenied(ONLY_LEADS)
    if opened is None:
        return render(request, "reports/home_empty.html")
    # A coordinator may be a specialist as well; here the person sees the indicators of the own department.
    led = opened.scope.led or frozenset(led_indicator_ids(user))
    context = {"home": lead_home(opened.frame, led, user), "owed": owed_table(user), "duties": own_duties(user)}
    return render(request, "reports/lead_home.html", {**opened.context, **context})


@require_safe
def unit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The head of a unit: what is owed, what was asked, the own standing beside the average of the cluster."""
    user = cast(User, request.user)
    opened = open_home(request, pk)
    if not user.has_role(*OWN_ROLES):
        raise PermissionDenied(ONLY_UNITS)
    home = None
    if opened is not None:
        parts = opened.campaign.participations.worked_for(user)
        part = parts.select_related("unit", "cluster").first()
        home = unit_home(opened.frame, part) if part else None
    context = {
        "home": home,
        "owed": owed_table(user),
        "duties": own_duties(user),
        "leads": bool(led_indicator_ids(user)),
        "published": last_published(home.part, user) if home else None,
    }
    return render(request, "reports/unit_home.html", {**(opened.context if opened else {}), **context})


@require_safe
def briefing_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One page for the weekly meeting, to be read on the screen or printed."""
    opened = _for_briefing(request, pk)
    context = {"sheet": briefing(opened.frame, opened.user), "bands": BANDS, "typeface": ""}
    return render(request, "reports/briefing.html", {**opened.context, **context})


@require_safe
def briefing_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page as PDF, one side of A4."""
    opened = _for_briefing(request, pk)
    content = briefing_pdf(briefing(opened.frame, opened.user))
    name = f"giao-ban-{slug(opened.frame.period.name)}-{opened.frame.slug}.pdf"
    return as_file(content, name, MEDIA_TYPE)


def _for_briefing(request: HttpRequest, pk: int | None) -> Opened:
    opened = open_board(request, pk, is_run=True)
    if why_not_submissions(opened.campaign, opened.user):
        raise PermissionDenied("Trang giao ban dành cho lãnh đạo và cơ quan thường trực thi đua.")
    return opened
