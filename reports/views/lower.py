"""A superior's page over the campaigns below."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.tables.lower import lower_table
from units import clock
from units.choices import Role
from units.models import User


@require_safe
def lower(request: HttpRequest) -> HttpResponse:
    """Official completeness of every campaign at or below the person's authority."""
    user = cast(User, request.user)
    if not user.has_role(Role.LEADER):
        raise PermissionDenied("Trang này dành cho lãnh đạo cơ quan phát động và cơ quan cấp trên.")
    return render(request, "reports/lower.html", {"table": lower_table(user, clock.today())})
