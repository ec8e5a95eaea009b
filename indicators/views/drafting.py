"""The draft beside its document: a file is read, each line is looked at, corrected, accepted, dropped or taken up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST

from campaign.forms import DocumentForm
from campaign.imports.documents import MAX_BYTES, TOO_LARGE
from campaign.models import Campaign
from campaign.permissions import why_not_prepare
from indicators.forms import DraftLineForm
from indicators.models import DraftLine
from indicators.services.drafting.deciding import IN_ONE_GO, accept_all, accept_line, drop_line, restore_line
from indicators.services.drafting.lines import draft_from_document, why_not_read
from indicators.services.drafting.rows import indicator_named
from indicators.tables.draft import areas_offered, draft_head, draft_row, lines_shown
from indicators.views.set_up import own_campaign
from units.models import User
from units.services import ALLOWED_TYPES, sniff, store_file
from units.views.navigation import go_to

#: What is done with a line without a form.
ACTS: dict[str, tuple[Callable[..., DraftLine], str]] = {
    "bo": (drop_line, "Đã bỏ"),
    "lay-lai": (restore_line, "Đã lấy lại"),
}
ACCEPT = "nhan"


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft beside the document's own words; a file sent here is read into it; ``sua`` opens a line's form."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _read(campaign, form, user)
        except ValidationError as error:
            if why_not_read(campaign):
                raise  # the page has no field any more to say it beside
            form.add_error("file", error)
        else:
            messages.success(request, "Đã đọc văn bản. Xem từng dòng bên nguyên văn rồi nhận, sửa hoặc bỏ.")
            return go_to(request, "indicators:draft", campaign.pk)
    asked = request.headers.get("HX-Target", "").removeprefix("dong-")
    wanted = request.GET.get("sua", "")
    line = campaign.draft_lines.numbered(asked or wanted)
    line_form = _form_of(line) if line and wanted == str(line.pk) and not why_not_prepare(campaign, user) else None
    if line and asked == str(line.pk):
        return _line(request, line, form=line_form)
    return _page(request, campaign, form, line_form, status=422 if form.is_bound else 200)


@require_POST
def accept_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every waiting line that carries no number: areas, legal bases, recipients, duties, tasks."""
    campaign = own_campaign(request, pk)
    count = accept_all(campaign, IN_ONE_GO, by=cast(User, request.user))
    messages.success(request, f"Đã nhận {count} dòng không có số. Các dòng có số chờ anh/chị xem từng dòng.")
    return go_to(request, "indicators:draft", campaign.pk)


@require_POST
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Accept (with corrections), drop or take up one line; the answer replaces that line alone.

    What cannot be accepted comes back with its sentence and with all that was typed.
    """
    user = cast(User, request.user)
    if name not in (ACCEPT, *ACTS):
        raise Http404
    lines = DraftLine.objects.visible_to(user).in_full()
    line = get_object_or_404(lines, pk=pk)
    form = _form_of(line, request.POST) if name == ACCEPT else None
    is_typed = form is not None and any(field in request.POST for field in form.fields)
    try:
        if form is None:
            line = ACTS[name][0](line, by=user)
        elif not is_typed or form.is_valid():
            line = accept_line(line, form.values if is_typed else {}, by=user)
    except ValidationError as error:
        return _refused(request, lines.get(pk=pk), form if is_typed else None, error)
    if form is not None and is_typed and form.errors:
        return _refused(request, line, form)
    if request.headers.get("HX-Request"):
        return _line(request, line)
    messages.success(request, f"{'Đã nhận' if form else ACTS[name][1]}: {line}")
    return redirect(f"{resolve_url('indicators:draft', line.campaign_id)}?xem={request.POST.get('xem', '')}")


def _refused(
    request: HttpRequest, line: DraftLine, form: DraftLineForm | None, error: ValidationError | None = None
) -> HttpResponse:
    """The line, or without script the whole page, with what stands in its way; a form keeps what was typed."""
    faults = [] if error is None else error.messages
    if error is not None and draft_row(line).is_open:
        if form is None:
            form = _form_of(line)
        else:
            form.take(error)
            faults = []
    if form is not None:
        form.focus_on_fault()
    if request.headers.get("HX-Request"):
        return _line(request, line, form=form, faults=faults, status=422)
    for fault in faults:
        messages.error(request, fault)
    return _page(request, own_campaign(request, line.campaign_id), DocumentForm(), form, kept=line.pk, status=422)


def _page(
    request: HttpRequest,
    campaign: Campaign,
    form: DocumentForm,
    line_form: DraftLineForm | None,
    *,
    kept: int = 0,
    status: int = 200,
) -> HttpResponse:
    head = draft_head(campaign, _wanted(request), IN_ONE_GO)
    context = {
        "campaign": campaign,
        "form": form,
        "head": head,
        "groups": lines_shown(campaign, head.shown, line_form.line.pk if line_form else kept),
        "line_form": line_form,
        "why_not_prepare": why_not_prepare(campaign, cast(User, request.user)),
        "why_not_read": why_not_read(campaign),
    }
    return render(request, "indicators/draft.html", context, status=status)


def _line(
    request: HttpRequest,
    line: DraftLine,
    *,
    form: DraftLineForm | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One line as it now stands, and with it the counts above."""
    context: dict[str, Any] = {
        "campaign": line.campaign,
        "row": draft_row(line),
        "line_form": form,
        "faults": faults or [],
        "head": draft_head(line.campaign, _wanted(request), IN_ONE_GO),
        "why_not_prepare": why_not_prepare(line.campaign, cast(User, request.user)),
    }
    return render(request, "indicators/_draft_decided.html", context, status=status)


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("xem", "") or request.GET.get("xem", "")


def _form_of(line: DraftLine, data: Any = None) -> DraftLineForm:
    """The form of a line; an indicator that is there under the name read or typed is not defined again."""
    name = str((data or {}).get("name") or line.values.get("name", ""))
    known = indicator_named(line.campaign, name) if name else None
    return DraftLineForm(line, data, areas=areas_offered(line.campaign), known=known)


def _read(campaign: Campaign, form: DocumentForm, user: User) -> None:
    """Keep the file where its kind is one that is kept, and read it."""
    upload = form.cleaned_data["file"]
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    content = upload.read()
    with transaction.atomic():
        upload.seek(0)
        kept = store_file(upload, by=user, owner=campaign) if sniff(content) in ALLOWED_TYPES else None
        draft_from_document(campaign, name=upload.name, content=content, by=user, file=kept)
