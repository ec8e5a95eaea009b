"""Notices: what was told a person; opening one or marking all is an act, since reading a page writes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from followup.models import Notice
from followup.services.notices import read_notices
from followup.tables.notices import notice_list
from followup.views.frame import person
from units.views.navigation import go_to


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, the latest first."""
    return render(request, "followup/notices.html", {"table": notice_list(person(request))})


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to the page that it is about."""
    row = get_object_or_404(Notice.objects.visible_to(person(request)), pk=pk)
    read_notices(person(request), notice=row)
    return go_to(request, row.path or "followup:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    read_notices(person(request))
    return go_to(request, "followup:notices")
