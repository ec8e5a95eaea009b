"""Inspections and conclusions: lists, recording, the page of one with papers and what it asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from followup.forms import ActionForm, ConclusionForm, FindingsForm, InspectionForm, PaperForm
from followup.models import Conclusion, Inspection
from followup.permissions import why_not_keep
from followup.services import actions
from followup.services import inspections as services
from followup.tables.kept import action_rows, conclusion_list, inspection_list
from followup.views.frame import campaign_of, listed, person, valid
from units.errors import refuse
from units.views.navigation import go_to


@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """All inspections that the person sees."""
    chosen = listed(request)
    context = {**chosen.context, "rows": inspection_list(chosen.user, chosen.wanted), "may_keep": chosen.kept}
    return render(request, "followup/inspections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_inspection(request: HttpRequest) -> HttpResponse:
    """Record an inspection."""
    meant = campaign_of(request, lambda one: not why_not_keep(one, person(request)))
    campaign = meant.campaign
    refuse(why_not_keep(campaign, person(request)))
    if request.method == "POST":
        given = valid(InspectionForm(campaign, request.POST)).cleaned_data
        row = services.record_inspection(campaign, by=person(request), **given)
        messages.success(request, "Đã ghi cuộc kiểm tra. Thêm kế hoạch, quyết định, biên bản, thông báo ở dưới.")
        return go_to(request, "followup:inspection", row.pk)
    context = {**meant.context, "form": InspectionForm(campaign), "heading": "Ghi cuộc kiểm tra"}
    return render(request, "followup/record_form.html", context)


@require_safe
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection: papers, findings, recommendations with their follow-up."""
    row = _inspection(request, pk)
    items = row.recommendations.visible_to(person(request)).in_full()
    context = {
        "inspection": row,
        "campaign": row.campaign,
        "units": [unit.name for unit in row.units.all()],
        "areas": [area.short_title for area in row.areas.all()],
        "papers": row.papers.all(),
        "actions": action_rows(items),
        "why_not": why_not_keep(row.campaign, person(request)),
        "paper_form": PaperForm(row.campaign),
        "action_form": ActionForm(row.campaign),
        "findings_form": FindingsForm(initial={"strengths": row.strengths, "shortcomings": row.shortcomings}),
    }
    return render(request, "followup/inspection.html", context)


@require_POST
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a paper with number, day and file."""
    row = _inspection(request, pk)
    given = valid(PaperForm(row.campaign, request.POST, request.FILES)).cleaned_data
    services.add_paper(row, by=person(request), **given)
    messages.success(request, "Đã thêm văn bản.")
    return go_to(request, "followup:inspection", pk)


@require_POST
def note_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was found."""
    row = _inspection(request, pk)
    services.note_findings(row, by=person(request), **valid(FindingsForm(request.POST)).cleaned_data)
    messages.success(request, "Đã ghi kết quả kiểm tra.")
    return go_to(request, "followup:inspection", pk)


@require_POST
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a recommendation with owner and day."""
    row = _inspection(request, pk)
    given = valid(ActionForm(row.campaign, request.POST)).cleaned_data
    actions.add_action(row, by=person(request), **given)
    messages.success(request, "Đã ghi kiến nghị; đơn vị thực hiện đã được báo.")
    return go_to(request, "followup:inspection", pk)


@require_safe
def conclusions(request: HttpRequest) -> HttpResponse:
    """All conclusions that the person sees."""
    chosen = listed(request)
    context = {**chosen.context, "rows": conclusion_list(chosen.user, chosen.wanted), "may_keep": chosen.kept}
    return render(request, "followup/conclusions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_conclusion(request: HttpRequest) -> HttpResponse:
    """Record a conclusion."""
    meant = campaign_of(request, lambda one: not why_not_keep(one, person(request)))
    campaign = meant.campaign
    refuse(why_not_keep(campaign, person(request)))
    if request.method == "POST":
        given = valid(ConclusionForm(request.POST, request.FILES)).cleaned_data
        row = services.record_conclusion(campaign, by=person(request), **given)
        messages.success(request, "Đã ghi kết luận. Thêm việc được giao ở dưới.")
        return go_to(request, "followup:conclusion", row.pk)
    context = {**meant.context, "form": ConclusionForm(), "heading": "Ghi kết luận cuộc họp"}
    return render(request, "followup/record_form.html", context)


@require_safe
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """One conclusion with what it asks for."""
    row = _conclusion(request, pk)
    items = row.items.visible_to(person(request)).in_full()
    context = {
        "conclusion": row,
        "campaign": row.campaign,
        "actions": action_rows(items),
        "why_not": why_not_keep(row.campaign, person(request)),
        "action_form": ActionForm(row.campaign),
    }
    return render(request, "followup/conclusion.html", context)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what the conclusion asks of a unit."""
    row = _conclusion(request, pk)
    given = valid(ActionForm(row.campaign, request.POST)).cleaned_data
    actions.add_action(row, by=person(request), **given)
    messages.success(request, "Đã giao việc; đơn vị thực hiện đã được báo.")
    return go_to(request, "followup:conclusion", pk)


def _inspection(request: HttpRequest, pk: int) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(person(request)).in_full(), pk=pk)


def _conclusion(request: HttpRequest, pk: int) -> Conclusion:
    return get_object_or_404(Conclusion.objects.visible_to(person(request)).in_full(), pk=pk)
