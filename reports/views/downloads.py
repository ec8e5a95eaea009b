"""Downloads: what a person may take home as Excel, PDF or Word."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.models import Campaign, Submission
from reports.permissions import NOT_YOURS, scope_of
from reports.services import files as services
from reports.tables.downloads import download_table
from reports.tables.frame import BASES
from reports.tables.unit_report import PRINTED_WITH
from units.models import User
from units.views.doors import as_file


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """The list of what the person may download."""
    return render(request, "reports/downloads.html", {"table": download_table(cast(User, request.user))})


@require_safe
def summary_xlsx(request: HttpRequest, pk: int, period_pk: int) -> HttpResponse:
    """The summary of a period as Excel."""
    return _summary(request, pk, period_pk, services.XLSX)


@require_safe
def summary_pdf(request: HttpRequest, pk: int, period_pk: int) -> HttpResponse:
    """The summary of a period as PDF."""
    return _summary(request, pk, period_pk, services.PDF)


@require_safe
def summary_docx(request: HttpRequest, pk: int, period_pk: int) -> HttpResponse:
    """The report of a period as Word."""
    return _summary(request, pk, period_pk, services.DOCX)


@require_safe
def unit_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one unit as PDF."""
    return _unit(request, pk, services.PDF)


@require_safe
def unit_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one unit as Word, for its chairman's office to go on with."""
    return _unit(request, pk, services.DOCX)


def _unit(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    user = cast(User, request.user)
    rows = Submission.objects.visible_to(user).select_related(*PRINTED_WITH)
    return _answer(services.unit_file(get_object_or_404(rows, pk=pk), by=user, form=form))


def _summary(request: HttpRequest, pk: int, period_pk: int, form: str) -> HttpResponse:
    user = cast(User, request.user)
    campaigns = Campaign.objects.visible_to(user).launched().select_related("authority__kind", "standing_body__kind")
    campaign = get_object_or_404(campaigns, pk=pk)
    period = get_object_or_404(campaign.periods.summed(), pk=period_pk)
    wanted = request.GET.get("co-so", "")
    if wanted and wanted not in BASES:
        raise Http404
    bases = scope_of(campaign, user).bases
    if not bases:
        raise PermissionDenied(NOT_YOURS)
    basis = BASES[wanted] if wanted else bases[0]
    return _answer(services.summary_file(campaign, period, basis=basis, form=form, by=user))


def _answer(file: services.ReportFile) -> HttpResponse:
    """The file as a download, never shown inside a page of ours."""
    return as_file(file.content, file.name, file.media_type)
