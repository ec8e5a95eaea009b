"""The lead department's pages: one indicator over all units, to confirm, to ask again, to reconcile, to enter for."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.models import Period
from indicators.choices import FigureState
from indicators.forms import FigureForm, GroundForm, OnBehalfForm, ReasonForm
from indicators.models import Figure, Indicator
from indicators.permissions import led_indicator_ids, seen_by_offices, why_not_enter
from indicators.services import confirmations
from indicators.services.confirmations import Seen
from indicators.services.figures import OnBehalf, enter_figure
from indicators.services.querying import query_figures_of
from indicators.tables.confirm import confirm_table, led_campaigns, led_table, periods_of, sent_figures
from indicators.tables.figure_fields import bases_of, figure_fields
from indicators.tables.report import REASON_TEMPLATES
from indicators.tables.sent_rows import version_text
from indicators.views.receive import chosen_period
from units.choices import Role
from units.errors import LostRace, refuse
from units.forms import sentences_of
from units.models import User
from units.views.navigation import go_to

ONLY_LEADS = "Trang này dành cho cơ quan chủ trì chỉ tiêu; đơn vị của anh/chị chưa chủ trì chỉ tiêu nào."
NONE_LEFT = "Các số trên trang vừa được người khác xác nhận hoặc đề nghị kiểm tra lại. Tải lại trang để xem."
ONLY_SPECIALISTS = "Đề nghị kiểm tra lại do chuyên viên cơ quan chủ trì chỉ tiêu thực hiện."


@require_safe
def confirm_list(request: HttpRequest) -> HttpResponse:
    """The indicators that the person's departments lead, with what waits in a period."""
    led = led_indicator_ids(cast(User, request.user))
    if not led:
        raise PermissionDenied(ONLY_LEADS)
    campaigns = led_campaigns(led)
    period = chosen_period(request, campaigns)
    if period is None:
        return render(request, "indicators/confirm_list.html", {"period": None})
    rows = led_table(led, period)
    context = {
        "campaign": period.campaign,
        "period": period,
        "window": period.window,
        "periods": period.campaign.periods.order_by("number"),
        "rows": rows,
        "sent": sum(row.sent for row in rows),
        "owed": sum(row.owed for row in rows),
        "unconfirmed": sum(row.unconfirmed for row in rows),
    }
    return render(request, "indicators/confirm_list.html", context)


@require_safe
def confirm(request: HttpRequest, indicator_pk: int, period_pk: int) -> HttpResponse:
    """One indicator over all units; the standing body reads it too."""
    user = cast(User, request.user)
    led = led_indicator_ids(user)
    indicator, period = indicator_and_period(user, indicator_pk, period_pk, led)
    context = {
        "campaign": indicator.campaign,
        "indicator": indicator,
        "period": period,
        "window": period.window,
        "periods": periods_of(indicator),
        "table": confirm_table(indicator, period, user, led),
        "is_lead": indicator.pk in led,
        "why_not_query": "" if user.has_role(Role.REVIEWER) else ONLY_SPECIALISTS,
        "reasons": REASON_TEMPLATES,
    }
    return render(request, "indicators/confirm.html", context)


@require_POST
def confirm_figures(request: HttpRequest, indicator_pk: int, period_pk: int) -> HttpResponse:
    """Confirm the chosen figures, or with ``all`` every one on the page that waits and shows nothing odd."""
    user = cast(User, request.user)
    indicator, period = indicator_and_period(user, indicator_pk, period_pk)
    _require_lead(indicator, user)
    seen = _seen(request)
    if "all" in request.POST:
        shown = [row for row in confirm_table(indicator, period, user).rows if row.figure.pk in seen]
        waiting = [row.figure for row in shown if row.is_clean]
    else:
        waiting = _chosen(request, indicator, period)
    if not waiting and "all" in request.POST and seen:
        raise LostRace(NONE_LEFT)
    if not waiting:
        raise ValidationError("Chưa chọn số liệu nào. Đánh dấu các đơn vị cần xác nhận rồi bấm lại.")
    number = confirmations.confirm_figures(waiting, by=user, seen=seen)
    if not number:
        raise ValidationError("Các số đã chọn đều đã được xác nhận từ trước.")
    messages.success(request, f"Đã xác nhận {number} số liệu “{indicator.short_name}”, {period}.")
    return go_to(request, "indicators:confirm", indicator.pk, period.pk)


@require_POST
def query_figures(request: HttpRequest, indicator_pk: int, period_pk: int) -> HttpResponse:
    """Ask the units of the chosen figures to look again, each report by its one door; all of them or none."""
    user = cast(User, request.user)
    indicator, period = indicator_and_period(user, indicator_pk, period_pk)
    _require_lead(indicator, user)
    if not user.has_role(Role.REVIEWER):
        raise PermissionDenied(ONLY_SPECIALISTS)
    form = ReasonForm(request.POST)
    figures = _chosen(request, indicator, period)
    if not figures:
        raise ValidationError("Chọn ít nhất một số liệu cần kiểm tra lại.")
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    number = query_figures_of(figures, by=user, reason=form.cleaned_data["reason"])
    messages.success(request, f"Đã đề nghị {number} đơn vị kiểm tra lại “{indicator.short_name}”.")
    return go_to(request, "indicators:confirm", indicator.pk, period.pk)


@require_POST
def withdraw_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a confirmation with its reason."""
    user = cast(User, request.user)
    figure = get_object_or_404(Figure.objects.visible_to(user).in_full(), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise ValidationError("Ghi lý do bỏ xác nhận.")
    confirmations.withdraw_confirmation(figure, by=user, reason=form.cleaned_data["reason"])
    messages.success(request, f"Đã bỏ xác nhận số liệu của {figure.assignment.unit.name}.")
    return _back(request, figure)


@require_http_methods(["GET", "HEAD", "POST"])
def reconcile(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter *số liệu sau đối chiếu* beside the unit's figure, with its ground."""
    user = cast(User, request.user)
    figure = get_object_or_404(Figure.objects.visible_to(user).in_full(), pk=pk)
    if figure.assignment.indicator_id not in led_indicator_ids(user):
        raise PermissionDenied("Chỉ cơ quan chủ trì chỉ tiêu mới nhập được số liệu sau đối chiếu.")
    refusal = _why_not_reconcile(figure)
    ground = GroundForm(request.POST or None)
    form = _value_form(request, figure)
    if request.method == "POST":
        refuse(refusal)
        if form.is_valid() and ground.is_valid():
            confirmations.reconcile_figure(figure, form.values, by=user, ground=ground.cleaned_data["ground"])
            messages.success(request, f"Đã ghi số liệu sau đối chiếu của {figure.assignment.unit.name}.")
            return _back(request, figure)
    sent = figure.sent_version
    context = {
        "extra": ground,
        "refusal": refusal,
        "initial": figure.reconciled_version or sent,
        "sent_text": version_text(sent, figure.assignment.indicator) if sent else "",
    }
    return _figure_page(request, "indicators/reconcile.html", figure, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_on_behalf(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter for a unit that told by telephone, Zalo or paper: of whom, by which way, which document, which day."""
    user = cast(User, request.user)
    figure = get_object_or_404(Figure.objects.held_by_offices(user).in_full(), pk=pk)
    refusal = why_not_enter(figure.submission, user, figure=figure, on_behalf=True)
    told = OnBehalfForm(request.POST or None)
    form = _value_form(request, figure)
    if request.method == "POST":
        refuse(refusal)
        if form.is_valid() and told.is_valid():
            read = request.POST.get("version", "")
            on_behalf = OnBehalf(figure.assignment.unit, **told.cleaned_data)
            read_version = int(read) if read.isdigit() else -1
            enter_figure(figure, form.values, by=user, read_version=read_version, on_behalf=on_behalf)
            messages.success(request, f"Đã nhập thay {figure.assignment.unit.name}; đơn vị thấy và có thể sửa.")
            return _back(request, figure)
    context = {"extra": told, "refusal": refusal, "initial": None}
    return _figure_page(request, "indicators/enter_on_behalf.html", figure, form, context)


def _require_lead(indicator: Indicator, user: User) -> None:
    """The standing body reads the page; only the lead department acts on it."""
    if indicator.pk not in led_indicator_ids(user):
        raise PermissionDenied("Chỉ cơ quan chủ trì chỉ tiêu mới xác nhận hoặc đề nghị kiểm tra lại số liệu.")


# --- What the pages share --------------------------------------------------------------------------------------------


def indicator_and_period(
    user: User, indicator_pk: int, period_pk: int, led: set[int] | None = None
) -> tuple[Indicator, Period]:
    """An indicator that the person's department leads, or that the standing body gathers; else not found."""
    seen = seen_by_offices(user, led).select_related("campaign__authority", "area")
    indicator = get_object_or_404(seen, pk=indicator_pk)
    return indicator, get_object_or_404(Period, pk=period_pk, campaign=indicator.campaign_id)


def _seen(request: HttpRequest) -> dict[int, Seen]:
    """How each figure stood on the page: "412", or "412:hoi" where it was being asked again."""
    names = [name for name in request.POST if name.startswith("seen-")]
    shown = {name.removeprefix("seen-"): str(request.POST[name]).partition(":") for name in names}
    return {
        int(pk): Seen(int(version), bool(asked))
        for pk, (version, _, asked) in shown.items()
        if pk.isdigit() and version.isdigit()
    }


def _chosen(request: HttpRequest, indicator: Indicator, period: Period) -> list[Figure]:
    """The ticked figures of this indicator and period."""
    ticked = {int(pk) for pk in request.POST.getlist("figures") if pk.isdigit()}
    found = sent_figures(indicator, period, ticked)
    if len(found) != len(ticked):
        raise ValidationError("Có số liệu chưa được gửi hoặc không thuộc chỉ tiêu này. Tải lại trang rồi chọn lại.")
    return found


def _why_not_reconcile(figure: Figure) -> str:
    """There must be a figure beside which the other can stand."""
    if figure.sent_version_id is None:
        return "Đơn vị chưa gửi số liệu này; nếu đơn vị báo qua kênh khác thì dùng “Nhập thay”."
    return ""


def _value_form(request: HttpRequest, figure: Figure) -> FigureForm:
    """What was typed, read by the same form as the clerk's; here something must have been typed."""
    form = FigureForm(figure, request.POST, bases_of(figure))
    if request.method == "POST" and form.is_valid() and form.values.get("state") == FigureState.NOT_REPORTED:
        if figure.assignment.indicator.is_numeric:
            form.errors["amount"] = "Nhập số liệu, hoặc đánh dấu “Không phát sinh”."
        else:
            form.errors["task_status"] = "Chọn tình hình thực hiện."
    return form


def _figure_page(
    request: HttpRequest, template: str, figure: Figure, form: FigureForm, context: dict[str, Any]
) -> HttpResponse:
    """The form of one figure, with what was typed and what is wrong with it."""
    is_posted = request.method == "POST"
    page = {
        "figure": figure,
        "indicator": figure.assignment.indicator,
        "campaign": figure.assignment.indicator.campaign,
        "unit": figure.assignment.unit,
        "period": figure.period,
        "fields": figure_fields(
            figure,
            context["initial"],
            typed=request.POST if is_posted else None,
            errors=form.errors if is_posted else {},
            questions={name: str(one) for name, one in form.questions.items()} if is_posted else {},
        ),
        **context,
    }
    return render(request, template, page, status=422 if is_posted else 200)


def _back(request: HttpRequest, figure: Figure) -> HttpResponse:
    """To the indicator over all units, at the unit's line."""
    place = reverse("indicators:confirm", args=[figure.assignment.indicator_id, figure.period_id])
    return go_to(request, f"{place}#so-{figure.pk}")
