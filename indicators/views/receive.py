"""The standing body's pages: all reports of a period, and one report to receive or to ask about."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from campaign.models import Campaign, Period, Submission
from campaign.permissions import is_standing_body
from campaign.rules.workflow import MOVES
from campaign.services.periods import extend_deadline
from indicators.forms import ExtendForm
from indicators.permissions import why_not_enter
from indicators.services.receiving import receive_reports
from indicators.tables.moves import timeline
from indicators.tables.receive import STATES, ReportRow, held_since, held_words, kinds_of, lateness_words, receive_table
from indicators.tables.report import REASON_TEMPLATES, office_actions, report_table
from units import clock
from units.choices import STANDING_ROLES
from units.errors import LostRace
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to
from vietnamese.dates import format_date

CHANGED_MEANWHILE = "Có báo cáo vừa được người khác xử lý hoặc gửi lại. Tải lại trang để xem trạng thái mới nhất."
ONLY_STANDING_BODY = "Chỉ cơ quan thường trực thi đua mới tiếp nhận báo cáo của các đơn vị."


@require_safe
def receive_list(request: HttpRequest) -> HttpResponse:
    """The period at a glance, the queue, then all units; filters stand in the address."""
    user = cast(User, request.user)
    if not user.has_role(*STANDING_ROLES):
        raise PermissionDenied(ONLY_STANDING_BODY)
    period = chosen_period(request, _standing_campaigns(user))
    if period is None:
        return render(request, "indicators/receive_list.html", {"period": None})
    table = receive_table(period.campaign, period)
    context = {
        "campaign": period.campaign,
        "period": period,
        "window": period.window,
        "periods": period.campaign.periods.order_by("number"),
        "table": table,
        "rows": [row for row in table.rows if _is_chosen(row, request)],
        "states": STATES,
        "clusters": period.campaign.clusters.all(),
        "kinds": kinds_of(table),
        "state": request.GET.get("trang-thai", ""),
        "cluster": request.GET.get("cum", ""),
        "kind": request.GET.get("loai", ""),
    }
    return render(request, "indicators/receive_list.html", context)


def chosen_period(request: HttpRequest, campaigns: QuerySet[Campaign]) -> Period | None:
    """The period that the address names (``?ky=``), else of its campaign (``?pt=``) the last whose window has closed.

    A campaign in which the person has nothing to do here is passed over: the menu carries it from page to page.
    """
    periods = Period.objects.of_campaigns(campaigns).select_related("campaign__authority")
    asked = request.GET.get("ky", "")
    if asked:
        if not asked.isdigit():
            raise Http404
        return get_object_or_404(periods, pk=asked)
    return periods.gathered(clock.today(), request.GET.get("pt", ""))


@require_safe
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's report with everything that the office needs to receive it or to ask."""
    user = cast(User, request.user)
    submission = _report(user, pk)
    now = clock.now()
    history = timeline(submission)
    actions = office_actions(submission, user)
    context = {
        "submission": submission,
        "campaign": submission.participation.campaign,
        "period": submission.period,
        "window": submission.period.window,
        "due_on": format_date(submission.due_on),
        "may_enter_for": not why_not_enter(submission, user, on_behalf=True),
        "status_words": submission.status_words(now.astimezone(clock.ZONE).date()),
        "lateness": lateness_words(submission, now),
        "table": report_table(submission),
        "history": history,
        "holder": history[0] if history else None,
        "held": held_words(submission, held_since(submission), now),
        "actions": actions,
        "closed_actions": [action for action in actions.values() if action.why_not and action.name != "receive"],
        "moves": MOVES,
        "reasons": REASON_TEMPLATES,
        "today": clock.today().isoformat(),
        "extensions": submission.extensions.select_related("by").order_by("at"),
    }
    return render(request, "indicators/receive.html", context)


@require_POST
def receive_together(request: HttpRequest, period_pk: int) -> HttpResponse:
    """Receive every waiting report of a period that shows nothing odd; one that changed meanwhile stops all."""
    user = cast(User, request.user)
    periods = Period.objects.of_campaigns(_standing_campaigns(user)).select_related("campaign")
    period = get_object_or_404(periods, pk=period_pk)
    shown = dict(pair.split(":", 1) for pair in request.POST.getlist("reports") if ":" in pair)
    clean = [row.submission for row in receive_table(period.campaign, period).clean]
    chosen = [one for one in clean if str(one.pk) in shown]
    if not shown:
        raise ValidationError("Không có báo cáo nào để tiếp nhận.")
    if len(chosen) < len(shown):
        raise LostRace(CHANGED_MEANWHILE)
    read = {one.pk: int(version) for one in chosen if (version := shown[str(one.pk)]).isdigit()}
    received, skipped = receive_reports(chosen, by=user, versions=read)
    if not received:
        raise PermissionDenied(skipped[0])
    messages.success(request, f"Đã tiếp nhận {len(received)} báo cáo không có cảnh báo.")
    for sentence in skipped:
        messages.warning(request, sentence)
    return go_to(request, f"{reverse('indicators:receive-list')}?ky={period.pk}")


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the unit a later due day."""
    user = cast(User, request.user)
    submission = _report(user, pk)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    extend_deadline(submission, by=user, **form.cleaned_data)
    day = format_date(form.cleaned_data["new_due_on"])
    messages.success(request, f"Đã gia hạn cho {submission.participation.unit_name} đến hết ngày {day}.")
    return go_to(request, "indicators:receive", pk)


def _standing_campaigns(user: User) -> QuerySet[Campaign]:
    """Launched campaigns whose standing body the person belongs to."""
    return Campaign.objects.launched().of_standing_body(user)


def _report(user: User, pk: int) -> Submission:
    """The report, when the person may see it; its own unit is told that this page is the office's."""
    rows = Submission.objects.visible_to(user).select_related(
        "participation__unit", "participation__cluster", "participation__campaign__authority", "period", "signed_file"
    )
    submission = get_object_or_404(rows, pk=pk)
    if not is_standing_body(submission.participation.campaign, user):
        raise PermissionDenied(ONLY_STANDING_BODY)
    return submission


def _is_chosen(row: ReportRow, request: HttpRequest) -> bool:
    """Does the row pass the filters of the address?"""
    wanted = (request.GET.get("trang-thai", ""), request.GET.get("cum", ""), request.GET.get("loai", ""))
    held = (row.state, str(row.cluster_id or ""), str(row.kind_id))
    return all(not want or want == have for want, have in zip(wanted, held, strict=True))
