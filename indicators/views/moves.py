"""Every move of a monthly report, from whichever page it is made."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaign.models import Submission
from campaign.permissions import is_standing_body
from campaign.rules.workflow import MOVES
from indicators.forms import MoveForm
from indicators.permissions import reports_to_move
from indicators.services.submissions import make_move
from indicators.tables.month import progress_of
from indicators.tables.reasons import wants_reasons
from units.choices import OWN_ROLES
from units.forms import sentences_of
from units.models import StoredFile, User
from units.services import held_file, store_file
from units.views.navigation import asked_page, draw_anew, go_to

#: Moves that may be followed at once by the sending.
BEFORE_SENDING = ("endorse", "record_signed")
#: Moves that hand figures on: what is odd among them is explained first. The words stand on the button after that.
SENDING = {"submit": "gửi báo cáo", "endorse": "duyệt", "record_signed": "ghi nhận bản đã ký"}
SENDING_AT_ONCE = {"endorse": "duyệt và gửi", "record_signed": "ghi nhận và gửi"}
#: What such a move brings along over the page of the reasons.
CARRIED = ("then", "version", "signed_number", "signed_on", "held_file")


@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Make one move; with ``then=submit`` an approval or a signed report is sent at once."""
    user = cast(User, request.user)
    if name not in MOVES or MOVES[name].needs_corrections:  # corrections have a page of their own
        raise Http404
    submission = get_object_or_404(reports_to_move(user).in_place(), pk=pk)
    is_own = user.holds_at(submission.participation.unit, *OWN_ROLES)
    if name in SENDING and is_own and wants_reasons(submission, user):
        return go_to(request, _reasons_address(request, name, submission, user))
    return carry_out(request, submission, name, user)


def carry_out(request: HttpRequest, submission: Submission, name: str, user: User) -> HttpResponse:
    """Make the move with what the form brought along, and go on to the next page."""
    form = MoveForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    done = _make(request, name, submission, form, user)
    messages.success(request, f"{done}: {submission}.")
    is_sent = "submit" in (name, request.POST.get("then"))
    if is_sent and (copied := progress_of(submission).copied):
        names = ", ".join(row.name for row in copied)
        messages.warning(request, f"Đã gửi kèm {len(copied)} dòng lấy từ kỳ trước chưa ai xem lại: {names}.")
    # What was sent can no longer be typed into: the scripts of the grid have nothing more to do there.
    return (draw_anew if is_sent else go_to)(request, asked_page(request) or _next_page(submission, user))


@transaction.atomic
def _make(request: HttpRequest, name: str, submission: Submission, form: MoveForm, user: User) -> str:
    """The move, and the sending after it where that was asked; returns what was done, in words."""
    fields = form.cleaned_data
    is_own = user.holds_at(submission.participation.unit, *OWN_ROLES)
    moved = make_move(
        name,
        submission,
        by=user,
        version=fields["version"],
        reason=fields["reason"],
        marked=form.marked_reasons(),
        signed_number=fields["signed_number"],
        signed_on=fields["signed_on"],
        signed_file=_signed_file(submission, form, user),
        expires_on=fields["expires_on"],
        on_behalf_of=submission.participation.unit if MOVES[name].who_on_behalf and not is_own else None,
    )
    if name in BEFORE_SENDING and request.POST.get("then") == "submit":
        on_behalf_of = None if is_own else submission.participation.unit
        make_move("submit", moved, by=user, on_behalf_of=on_behalf_of)
        return f"{MOVES[name].done} và gửi"
    return MOVES[name].done


def _signed_file(submission: Submission, form: MoveForm, user: User) -> StoredFile | None:
    """Keep the scan of the signed report, when one was sent."""
    upload = form.cleaned_data["signed_file"]
    if upload:
        return store_file(upload, by=user, owner=submission)
    return held_file(form.cleaned_data["held_file"], by=user, owner=submission)


def _reasons_address(request: HttpRequest, name: str, submission: Submission, user: User) -> str:
    """The page of the reasons, with all that was typed for the move; a scan is kept already."""
    carried = {key: request.POST[key] for key in CARRIED if request.POST.get(key)}
    if upload := request.FILES.get("signed_file"):
        carried["held_file"] = str(store_file(upload, by=user, owner=submission).pk)
    query = urlencode({"buoc": name, **carried})
    return f"{reverse('indicators:reasons', args=[submission.pk])}?{query}"


def _next_page(submission: Submission, user: User) -> str:
    """The report's page for its own unit and for the standing body, the landing for others."""
    if user.holds_at(submission.participation.unit, *OWN_ROLES):
        return reverse("indicators:month", args=[submission.pk])
    if is_standing_body(submission.participation.campaign, user):
        return reverse("indicators:receive", args=[submission.pk])
    return reverse("units:home")
