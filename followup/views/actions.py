"""Action items (việc được giao) and good work (điển hình, tin bài, đề xuất biểu dương)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from followup.forms import RecordForm, ReopenForm, ResultForm
from followup.models import ActionItem, Record
from followup.permissions import is_leader, why_not_keep, why_not_reopen_item, why_not_report_done
from followup.services import actions as services
from followup.services import records as record_services
from followup.tables.kept import KINDS, STATES, action_list, action_rows, record_list
from followup.views.frame import campaign_of, listed, person, valid
from units.choices import OWN_ROLES, STANDING_ROLES
from units.views.navigation import go_to

RECORDERS = (*OWN_ROLES, *STANDING_ROLES)


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """Everything that inspections and conclusions ask for and the person sees."""
    chosen = listed(request)
    context = {**chosen.context, "rows": action_list(chosen.user, chosen.wanted), "states": STATES}
    return render(request, "followup/actions.html", context)


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action item with its result."""
    row = _item(request, pk)
    user = person(request)
    context = {
        "item": row,
        "campaign": row.campaign,
        "row": action_rows([row])[0],
        "why_not_done": why_not_report_done(row, user),
        "why_not_reopen": why_not_reopen_item(row, user),
        "may_open_source": not why_not_keep(row.campaign, user) or is_leader(row.campaign, user),
        "result_form": ResultForm(),
        "reopen_form": ReopenForm(),
    }
    return render(request, "followup/action.html", context)


@require_POST
def report_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the result with its proof."""
    row = _item(request, pk)
    services.report_done(row, by=person(request), **valid(ResultForm(request.POST, request.FILES)).cleaned_data)
    messages.success(request, "Đã ghi kết quả.")
    return go_to(request, "followup:action", pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with a reason."""
    row = _item(request, pk)
    services.reopen_item(row, by=person(request), **valid(ReopenForm(request.POST)).cleaned_data)
    messages.success(request, "Đã mở lại; đơn vị thực hiện đã được báo.")
    return go_to(request, "followup:action", pk)


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Good work by content area."""
    chosen = listed(request)
    groups = record_list(chosen.user, chosen.wanted)
    context = {**chosen.context, "groups": groups, "kinds": KINDS, "may_record": chosen.user.has_role(*RECORDERS)}
    return render(request, "followup/records.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_record(request: HttpRequest) -> HttpResponse:
    """Record an example, news, or a proposal of praise."""
    meant, user = campaign_of(request), person(request)
    campaign = meant.campaign
    if not user.has_role(*RECORDERS):
        raise PermissionDenied("Điển hình, tin bài do đơn vị và cơ quan thường trực ghi.")
    if request.method == "POST":
        given = valid(RecordForm(campaign, request.POST, request.FILES)).cleaned_data
        record_services.record_good_work(campaign, by=user, **given)
        messages.success(request, "Đã ghi.")
        return go_to(request, "followup:records")
    own = user.unit_ids_with(*OWN_ROLES)
    form = RecordForm(campaign, initial={"unit": own[0] if own else None})
    if why_not_keep(campaign, user):
        form = form.of_units(user.paths_with(*OWN_ROLES))
    context = {**meant.context, "form": form, "heading": "Ghi điển hình, tin bài, đề xuất biểu dương"}
    return render(request, "followup/record_form.html", context)


@require_POST
def withdraw_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a record off the lists."""
    row = get_object_or_404(Record.objects.visible_to(person(request)), pk=pk)
    record_services.withdraw_record(row, by=person(request))
    messages.success(request, "Đã gỡ khỏi danh sách.")
    return go_to(request, "followup:records")


def _item(request: HttpRequest, pk: int) -> ActionItem:
    return get_object_or_404(ActionItem.objects.visible_to(person(request)).in_full(), pk=pk)
