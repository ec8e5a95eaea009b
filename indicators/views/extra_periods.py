"""The standing body's page of quick reports (báo cáo nhanh) and supplementary periods (kỳ bổ sung)."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from campaign.choices import PeriodKind
from campaign.models import Campaign
from campaign.permissions import why_not_open_period
from indicators.forms import OpenPeriodForm
from indicators.services.extra_periods import Asked, open_period
from indicators.tables.extra_periods import askable, askable_units, extra_periods
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to


@require_http_methods(["GET", "HEAD", "POST"])
def extra(request: HttpRequest, pk: int) -> HttpResponse:
    """What was opened, who owes what in it; and a form to open another."""
    user = cast(User, request.user)
    visible = Campaign.objects.visible_to(user).select_related("authority", "standing_body")
    campaign = get_object_or_404(visible, pk=pk)
    refuse(why_not_open_period(campaign, user))
    form = OpenPeriodForm(campaign, request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            raise ValidationError(sentences_of(form))
        return _open(request, campaign, form, user)
    context = {
        "campaign": campaign,
        "form": form,
        "periods": extra_periods(campaign),
        "areas": askable(campaign),
        "kinds": askable_units(campaign),
    }
    return render(request, "indicators/extra_periods.html", context)


def _open(request: HttpRequest, campaign: Campaign, form: OpenPeriodForm, user: User) -> HttpResponse:
    """Open it and go to its list of reports."""
    given = form.cleaned_data
    asked = Asked(
        ends_on=given["ends_on"],
        due_on=given["due_on"],
        indicators=list(given["indicators"]),
        unit_ids=[unit.pk for unit in given["units"]] or None,
        name=given["name"],
    )
    period = open_period(PeriodKind(given["kind"]), campaign, asked, by=user)
    number = period.submissions.count()
    messages.success(request, f"Đã mở “{period}”: {number} đơn vị phải báo cáo, hạn hết {asked.due_on:%d/%m/%Y}.")
    return go_to(request, f"{reverse('indicators:receive-list')}?ky={period.pk}")
