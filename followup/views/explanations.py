"""Requests for causes and accounts: the list, asking, the page with the answer, its steps."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.services.periods import working_day_in
from followup.choices import ExplanationKind
from followup.forms import AskForm, StepForm
from followup.models import Explanation
from followup.permissions import kinds_to_ask
from followup.rules.explanations import STEPS
from followup.services import explanations as services
from followup.tables.explanations import KINDS, STATES, explanation_list, explanation_page
from followup.views.frame import campaign_of, listed, number_in, person, take_step, valid
from units import clock
from units.views.navigation import go_to
from vietnamese.dates import format_date

ONLY_OFFICE = "Trang này dành cho cơ quan thường trực (đề nghị báo cáo nguyên nhân) và lãnh đạo (yêu cầu giải trình)."
#: How many days a unit usually has to answer.
USUAL_DAYS = 5


@require_safe
def explanation_list_page(request: HttpRequest) -> HttpResponse:
    """All requests that the person sees; filters stand in the address."""
    chosen = listed(request)
    context = {
        **chosen.context,
        "table": explanation_list(chosen.user, chosen.wanted),
        "states": STATES,
        "kinds": KINDS,
        "may_ask": any(kinds_to_ask(row, chosen.user) for row in chosen.campaigns),
    }
    return render(request, "followup/explanations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a unit for causes, or demand an account."""
    user = person(request)
    meant = campaign_of(request, lambda one: kinds_to_ask(one, user))
    campaign = meant.campaign
    kinds = kinds_to_ask(campaign, user)
    if not kinds:
        raise PermissionDenied(ONLY_OFFICE)
    form = AskForm(campaign, request.POST or None)
    form.fields["kind"].choices = [(kind, ExplanationKind(kind).label) for kind in kinds]  # type: ignore[attr-defined]
    if request.method == "POST":
        period = campaign.periods.last_ended(clock.today())
        row = services.ask_explanation(campaign=campaign, by=user, period=period, **valid(form).cleaned_data)
        messages.success(request, f"Đã gửi đến {row.unit.name}; hạn trả lời hết ngày {format_date(row.due_on)}.")
        return go_to(request, "followup:explanation", row.pk)
    form.initial = {
        "unit": number_in(request, "don-vi"),
        "indicator": number_in(request, "chi-tieu"),
        "due_on": format_date(working_day_in(campaign, USUAL_DAYS)),
    }
    return render(request, "followup/ask.html", {**meant.context, "form": form})


@require_safe
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what was asked, the answer, where the indicator stood and stands."""
    row = _seen(request, pk)
    answer = {name: getattr(row, name) for name in ("cause_kind", "cause", "cause_text", "remedy")}
    answer["remedy_due_on"] = format_date(row.remedy_due_on) if row.remedy_due_on else ""
    context = {
        "explanation": row,
        "campaign": row.campaign,
        "page": explanation_page(row, person(request)),
        "form": StepForm(row.campaign, initial=answer),
        "address": "followup:move-explanation",
    }
    return render(request, "followup/explanation.html", context)


@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the table of moves."""
    row = _seen(request, pk)
    take_step(request, row, name, STEPS, services.move_explanation)
    return go_to(request, "followup:explanation", pk)


def _seen(request: HttpRequest, pk: int) -> Explanation:
    return get_object_or_404(Explanation.objects.visible_to(person(request)).in_full(), pk=pk)
