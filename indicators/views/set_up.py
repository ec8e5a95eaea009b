"""Setting a campaign up: begin it, see what it lacks, read its document, decide on the draft, launch or discard."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.forms import DocumentForm, PrepareForm
from campaign.imports.documents import MAX_BYTES, TOO_LARGE
from campaign.models import Campaign
from campaign.permissions import why_not_launch, why_not_prepare
from campaign.services.preparing import prepare_campaign
from indicators.forms import DraftLineForm
from indicators.models import DraftLine
from indicators.services.drafting.deciding import IN_ONE_GO, accept_all, accept_line, drop_line, restore_line
from indicators.services.drafting.lines import draft_from_document, why_not_read
from indicators.services.launching import launch_campaign
from indicators.services.setting_up import copy_definitions, discard_campaign
from indicators.tables.draft import draft_count, draft_page, draft_row
from indicators.tables.set_up import checklist, missing_words
from units.choices import STANDING_ROLES
from units.errors import refuse
from units.forms import sentences_of
from units.models import User
from units.services import ALLOWED_TYPES, sniff, store_file
from units.views.navigation import go_to


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign, blank or from an earlier one."""
    user = cast(User, request.user)
    if not user.has_role(*STANDING_ROLES):
        raise PermissionDenied("Chỉ người của cơ quan thường trực thi đua mới lập phong trào mới.")
    form = PrepareForm(user, request.POST or None)
    if not form.is_valid():
        return render(request, "indicators/new_campaign.html", {"form": form}, status=422 if form.is_bound else 200)
    with transaction.atomic():
        campaign = prepare_campaign(**form.cleaned_data, by=user)
        if campaign.previous:
            copy_definitions(campaign, by=user)
    messages.success(request, f"Đã lập “{campaign}”. Chưa đơn vị nào thấy phong trào này cho đến khi phát động.")
    return go_to(request, "indicators:set-up", campaign.pk)


@require_safe
def set_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What the campaign in preparation has and what it lacks."""
    campaign = own_campaign(request, pk)
    rows = checklist(campaign)
    user = cast(User, request.user)
    context = {
        "campaign": campaign,
        "rows": rows,
        "why_not_launch": why_not_launch(campaign, user) or missing_words(rows),
        "why_not_prepare": why_not_prepare(campaign, user),
    }
    return render(request, "indicators/set_up.html", context)


@require_POST
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the definitions and create everything that is owed."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    refuse(why_not_launch(campaign, user))
    missing = missing_words(checklist(campaign))
    if missing:
        raise ValidationError(missing)
    launch_campaign(campaign, by=user)
    messages.success(request, f"Đã phát động “{campaign}”. Các đơn vị thấy báo cáo phải gửi từ bây giờ.")
    return go_to(request, "campaign:campaign", campaign.pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a campaign in preparation away."""
    campaign = own_campaign(request, pk)
    name = str(campaign)
    discard_campaign(campaign, by=cast(User, request.user))
    messages.success(request, f"Đã bỏ phong trào đang chuẩn bị “{name}”.")
    return go_to(request, "campaign:campaigns")


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft beside the document's own words; a file sent here is read into it."""
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
    context = {
        "campaign": campaign,
        "form": form,
        "page": draft_page(campaign, request.GET.get("xem", ""), IN_ONE_GO),
        "why_not_prepare": why_not_prepare(campaign, user),
        "why_not_read": why_not_read(campaign),
    }
    return render(request, "indicators/draft.html", context, status=422 if form.is_bound else 200)


@require_POST
def accept_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every waiting line that carries no number: areas, legal bases, recipients, duties, tasks."""
    campaign = own_campaign(request, pk)
    count = accept_all(campaign, IN_ONE_GO, by=cast(User, request.user))
    messages.success(request, f"Đã nhận {count} dòng không có số. Các dòng có số chờ anh/chị xem từng dòng.")
    return go_to(request, "indicators:draft", campaign.pk)


@require_POST
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Accept (with corrections), drop or take up one line; the answer replaces that line alone."""
    user = cast(User, request.user)
    line = get_object_or_404(DraftLine.objects.visible_to(user).select_related("campaign", "passage"), pk=pk)
    if name == "nhan":
        form = DraftLineForm(line, request.POST)
        if not form.is_valid():
            raise ValidationError(sentences_of(form))
        line = accept_line(line, form.values, by=user)
    else:
        line = drop_line(line, by=user) if name == "bo" else restore_line(line, by=user)
    if not request.headers.get("HX-Request"):
        return go_to(request, "indicators:draft", line.campaign_id)
    areas = [draft_row(row) for row in line.campaign.draft_lines.of_areas().select_related("passage")]
    waiting, total = draft_count(line.campaign)
    context = {"row": draft_row(line), "areas": areas, "waiting": waiting, "total": total}
    return render(request, "indicators/_draft_decided.html", context)


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


def own_campaign(request: HttpRequest, pk: int) -> Campaign:
    """A campaign that the person's own standing body prepares or runs, else not found."""
    user = cast(User, request.user)
    rows = Campaign.objects.of_standing_body(user)
    return get_object_or_404(rows.select_related("authority", "standing_body", "previous"), pk=pk)
