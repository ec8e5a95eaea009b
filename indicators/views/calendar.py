"""The calendar of a campaign: its days and periods, the deadline of each group, the bands."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from campaign.forms import MORE_TIERS, BandForm, CalendarForm, ReviseBandForm
from campaign.models import Campaign
from campaign.permissions import why_not_prepare, why_not_revise_bands
from campaign.services.calendars import Bands, Tier, revise_bands, set_bands, set_tiers
from indicators.services.calendars import change_calendar
from indicators.tables.calendar import band_initial, calendar_initial, calendar_page, tier_rows
from indicators.views.set_up import own_campaign
from units.errors import refuse
from units.models import User
from units.views.navigation import go_to
from vietnamese.dates import format_date

WHICH_DAY = "Hạn gửi của mỗi nhóm là một ngày trong tháng, từ 1 đến 28."


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Three forms on one page before the launch, other bands after it; ``part`` says which of them was sent."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    part = request.POST.get("part", "")
    shown: dict[str, forms.Form] = {
        "periods": CalendarForm(request.POST if part == "periods" else None, initial=calendar_initial(campaign)),
        "bands": BandForm(request.POST if part == "bands" else None, initial=band_initial(campaign)),
        "revised": ReviseBandForm(request.POST if part == "revised" else None, initial=band_initial(campaign)),
    }
    why_not = {"prepare": why_not_prepare(campaign, user), "revise": why_not_revise_bands(campaign, user)}
    faults: list[str] = []
    if request.method == "POST":
        refuse(why_not["revise" if part == "revised" else "prepare"])
        try:
            done = _keep(request, campaign, part, shown.get(part), user)
        except ValidationError as error:
            done, faults = "", error.messages
        if done:
            messages.success(request, done)
            return go_to(request, "indicators:calendar", pk)
    page = calendar_page(campaign)
    context = {
        "campaign": campaign,
        "page": page,
        "tiers": tier_rows(page, MORE_TIERS, request.POST.dict() if part == "tiers" else None),
        **shown,
        "faults": faults,
        "why_not_prepare": why_not["prepare"],
        "why_not_revise": why_not["revise"],
    }
    return render(request, "indicators/calendar.html", context, status=422 if request.method == "POST" else 200)


def _keep(request: HttpRequest, campaign: Campaign, part: str, form: forms.Form | None, user: User) -> str:
    """Write the part that was sent and say so; "" where its form has faults."""
    if part == "tiers":
        count = set_tiers(campaign, _tiers(request.POST), by=user)
        return f"Đã ghi {count} nhóm hạn gửi; hạn từng kỳ được tính lại."
    if form is None or not form.is_valid():
        return ""
    given = dict(form.cleaned_data)
    if part == "periods":
        lost = change_calendar(campaign, **given, by=user)
        gone = f" {lost} điểm lộ trình không còn kỳ cùng tên nên đã bỏ." if lost else ""
        return f"Đã lập lại các kỳ báo cáo.{gone}"
    if part == "bands":
        set_bands(campaign, Bands(**given), by=user)
        return "Đã ghi ngưỡng đánh giá tiến độ."
    valid_from, reason = given.pop("valid_from"), given.pop("reason")
    revise_bands(campaign, Bands(**given), by=user, valid_from=valid_from, reason=reason)
    return f"Đã đặt ngưỡng mới, áp dụng từ ngày {format_date(valid_from)}."


def _tiers(data: QueryDict) -> list[Tier]:
    """Groups in the order of the page: those that are there, then the new ones; a name left empty takes one away."""
    found = []
    for key in data.getlist("tier"):
        name, day = data.get(f"name-{key}", "").strip(), data.get(f"day-{key}", "").strip()
        if not name:
            continue
        if not day.isdigit() or not 1 <= int(day) <= 28:
            raise ValidationError(WHICH_DAY)
        found.append(Tier(int(key) if key.isdigit() else None, name, int(day)))
    return found
