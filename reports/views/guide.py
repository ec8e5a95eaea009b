"""The printable one-page guide for clerks."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaign.models import Campaign
from reports.exports.guide import guide_pdf
from reports.tables.guide import guide
from units.models import User
from units.views.doors import as_file


@require_safe
def guide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The guide of the person's unit in a campaign that the person sees."""
    user = cast(User, request.user)
    campaigns = Campaign.objects.visible_to(user).launched().select_related("standing_body")
    content = guide_pdf(guide(get_object_or_404(campaigns, pk=pk), user))
    return as_file(content, "huong-dan-nhap-so-lieu.pdf", "application/pdf")
