"""Reminders (đôn đốc): choosing units, sending, the log, one reminder with its text and official letter."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from campaign.models import Campaign, Period
from campaign.services.periods import working_day_in
from followup.exports.reminder_letter import PDF_TYPE, WORD_TYPE, reminder_pdf, reminder_word
from followup.exports.reminder_text import reminder_text
from followup.forms import AnswerForm, DeliveryForm, PolicyForm, RemindForm
from followup.models import Reminder
from followup.permissions import ONLY_STANDING_BODY, why_not_keep
from followup.services import reminders as services
from followup.services.mail import has_mail_server, send_again
from followup.tables.remind import kept_campaigns, period_to_remind, remind_page, units_of
from followup.tables.reminders import ANSWERS, mails_of, reminder_list, reminder_page
from followup.views.frame import listed, person, valid
from units.errors import refuse
from units.views.doors import as_file
from units.views.navigation import go_to
from vietnamese.dates import format_date

#: How many days a reminded unit usually has.
USUAL_DAYS = 2


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Who owes what in a period, with check boxes; units and indicators may be chosen beforehand in the address."""
    campaign, period = _campaign_and_period(request)
    page = remind_page(
        campaign,
        period,
        unit_ids=_numbers(request, "don-vi"),
        indicator_ids=_numbers(request, "chi-tieu"),
        with_lagging=request.GET.get("kem") == "chi-tieu",
    )
    context = {
        "campaign": campaign,
        "page": page,
        "policy_form": PolicyForm(initial=page.policy.__dict__),
        "answer_by": format_date(working_day_in(campaign, USUAL_DAYS)),
        "has_mail_server": has_mail_server(),
    }
    return render(request, "followup/remind.html", context)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the ticked units; each gets exactly what it owes at this moment."""
    campaign = get_object_or_404(Campaign.objects.launched().visible_to(person(request)), pk=pk)
    period = get_object_or_404(Period, pk=request.POST.get("period") or None, campaign=campaign)
    form = valid(RemindForm(request.POST)).cleaned_data
    chosen = [int(one) for one in request.POST.getlist("indicators") if one.isdigit()]
    given = services.Particulars(
        channels=form["channels"],
        answer_by=form["answer_by"],
        note=form["note"],
        with_lagging="with_lagging" in request.POST,
        indicator_ids=chosen or None,
    )
    sent = services.send_reminders(campaign, period, units_of(campaign, form["units"]), by=person(request), given=given)
    if sent.reminders:
        messages.success(request, f"Đã đôn đốc {len(sent.reminders)} đơn vị.")
    if sent.left_out:
        messages.warning(request, " ".join(sent.left_out))
    return go_to(request, "followup:reminders")


@require_POST
def set_policy(request: HttpRequest, pk: int) -> HttpResponse:
    """How often is enough, and when the leaders hear."""
    campaign = get_object_or_404(Campaign.objects.launched().visible_to(person(request)), pk=pk)
    services.set_policy(campaign, by=person(request), **valid(PolicyForm(request.POST)).cleaned_data)
    messages.success(request, "Đã lưu cách đôn đốc.")
    return go_to(request, f"{reverse('followup:remind')}?pt={campaign.pk}")


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """The log of all reminders that the person sees."""
    chosen = listed(request)
    context = {
        **chosen.context,
        "rows": reminder_list(chosen.user, chosen.wanted),
        "answers": ANSWERS,
        "may_remind": chosen.kept,
    }
    return render(request, "followup/reminders.html", context)


@require_safe
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """One reminder: what was missing, the text for Zalo, the letter, the ways, the answer."""
    row = _seen(request, pk)
    context = {
        "reminder": row,
        "campaign": row.campaign,
        "page": reminder_page(row, person(request)),
        "text": reminder_text(row),
        "delivery_form": DeliveryForm(),
        "answer_form": AnswerForm(),
    }
    return render(request, "followup/reminder.html", context)


@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The official letter as PDF."""
    row = _office(request, pk)
    return as_file(reminder_pdf(row), f"cong-van-don-doc-{row.pk}.pdf", PDF_TYPE)


@require_safe
def letter_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The official letter as Word."""
    row = _office(request, pk)
    return as_file(reminder_word(row), f"cong-van-don-doc-{row.pk}.docx", WORD_TYPE)


@require_POST
def log_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that it went by Zalo, letter or telephone."""
    row = _seen(request, pk)
    services.log_delivery(row, by=person(request), **valid(DeliveryForm(request.POST)).cleaned_data)
    messages.success(request, "Đã ghi cách gửi.")
    return go_to(request, "followup:reminder", pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the unit's answer."""
    row = _seen(request, pk)
    services.answer_reminder(row, by=person(request), **valid(AnswerForm(request.POST)).cleaned_data)
    messages.success(request, "Đã ghi trả lời.")
    return go_to(request, "followup:reminder", pk)


@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put letters that were given up back into the outbox."""
    row = _seen(request, pk)
    send_again(mails_of(row), campaign=row.campaign, by=person(request))
    messages.success(request, "Đã xếp lại vào hàng chờ gửi.")
    return go_to(request, "followup:reminder", pk)


def _campaign_and_period(request: HttpRequest) -> tuple[Campaign, Period]:
    """The period of the address (``ky``), else the last of its campaign (``pt``); only for its standing body."""
    kept = kept_campaigns(person(request))
    if not kept:
        raise PermissionDenied(ONLY_STANDING_BODY)
    period = period_to_remind(kept, request.GET.get("ky"), request.GET.get("pt", ""))
    if period is None:
        raise Http404
    return next(row for row in kept if row.pk == period.campaign_id), period


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """Numbers of the address, each once: ``?don-vi=3&don-vi=5`` or ``?don-vi=3,5``."""
    texts = (text for value in request.GET.getlist(name) for text in value.split(","))
    return list(dict.fromkeys(int(text) for text in texts if text.isdigit()))


def _seen(request: HttpRequest, pk: int) -> Reminder:
    return get_object_or_404(Reminder.objects.visible_to(person(request)).in_full(), pk=pk)


def _office(request: HttpRequest, pk: int) -> Reminder:
    """The reminder for who sends it; the unit reads its page, the signed letter comes on paper."""
    row = _seen(request, pk)
    refuse(why_not_keep(row.campaign, person(request)))
    return row
