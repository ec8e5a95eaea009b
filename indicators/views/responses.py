"""The response of one unit to the launch: recorded by the unit, or by the standing body on its behalf."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from campaign.models import LaunchResponse, Participation
from campaign.permissions import why_not_respond
from indicators.forms import ResponseForm, pledges_of
from indicators.services.responses import record_response
from indicators.tables.responses import pledge_rows, response_of
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to
from vietnamese.dates import format_date

DAYS = ("plan_on", "launched_on", "pledged_on")


@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan, day of launching, pledge, and the level that the unit sets itself for each of its indicators."""
    user = cast(User, request.user)
    parts = Participation.objects.visible_to(user).select_related("unit", "campaign")
    part = get_object_or_404(parts, pk=pk)
    refuse(why_not_respond(part, user))
    response = response_of(part)
    rows = pledge_rows(part)
    errors: dict[int, str] = {}
    form = ResponseForm(request.POST or None, request.FILES or None, initial=_initial(response))
    if request.method == "POST":
        pledges, errors = pledges_of(request.POST, [row.indicator for row in rows])
        if form.is_valid() and not errors and _is_recorded(part, form, pledges, user):
            messages.success(request, f"Đã ghi phần hưởng ứng của {part.unit_name}.")
            return go_to(request, "indicators:respond", part.pk)
        if request.htmx:  # type: ignore[attr-defined]
            # The page stands as it is, with the files that were chosen; only what is wrong is told.
            names = {row.indicator.pk: row.indicator.short_name for row in rows}
            raise ValidationError([*sentences_of(form), *(f"{names[pk]}: {told}" for pk, told in errors.items())])
    context = {
        "part": part,
        "campaign": part.campaign,
        "form": form,
        "response": response,
        "rows": [(row, request.POST.get(f"pledge-{row.indicator.pk}", row.amount), errors.get(row.indicator.pk, ""))
                 for row in rows],
    }  # fmt: skip
    return render(request, "indicators/respond.html", context, status=422 if request.method == "POST" else 200)


def _is_recorded(part: Participation, form: ResponseForm, pledges: Mapping[int, Decimal | None], user: User) -> bool:
    """Write it down; what the service finds wrong becomes a fault of the form."""
    given = dict(form.cleaned_data)
    version = given.pop("version")
    try:
        record_response(part, by=user, read_version=version, pledges=pledges, **given)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _initial(response: LaunchResponse | None) -> dict[str, object]:
    """What is recorded, days as they are written here."""
    if response is None:
        return {"version": 0}
    days = {name: format_date(day) for name in DAYS if (day := getattr(response, name))}
    return {"version": response.version, "plan_number": response.plan_number, "note": response.note, **days}
