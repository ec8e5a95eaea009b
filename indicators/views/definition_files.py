"""The definitions of a campaign in preparation as a workbook: taken down, brought back, previewed, written."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any, cast

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from campaign.models import Campaign
from campaign.permissions import why_not_prepare
from indicators.imports.definition_import import export_definitions, import_definitions, preview_definitions
from indicators.imports.definition_marking import marked_workbook
from indicators.imports.parcel import KEPT_SECONDS, MAX_LENGTH, SPOILT, TOO_LONG
from indicators.views.set_up import own_campaign
from units.errors import LostRace, refuse
from units.models import User
from units.views.doors import as_file, content_of
from units.views.navigation import go_to
from vietnamese.text import slug

SALT = "indicators.definitions"
CHOOSE = "Chọn tệp Excel đã nhập rồi bấm “Xem thay đổi”."


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is defined, as a workbook to fill in."""
    campaign = own_campaign(request, pk)
    return as_file(export_definitions(campaign), f"dinh-nghia-{slug(campaign.short_name)}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file, see cell by cell what it changes, write all of it, or take it back coloured."""
    campaign, user = own_campaign(request, pk), cast(User, request.user)
    if request.method != "POST":
        return _page(request, campaign)
    refuse(why_not_prepare(campaign, user))
    try:
        content = _content(request, campaign)
        if "marked" in request.POST:
            preview = preview_definitions(campaign, content)
            name = f"dinh-nghia-{slug(campaign.short_name)}-danh-dau-loi"
            return as_file(marked_workbook(content, preview.faults, preview.remarks), f"{name}.xlsx")
        if "mark" in request.POST:
            return _write(request, campaign, content, user)
        preview = preview_definitions(campaign, content)
        sealed = _seal(content, campaign, user)
    except ValidationError as error:
        return _page(request, campaign, faults=error.messages, status=422)
    return _page(request, campaign, preview=preview, sealed=sealed)


def _write(request: HttpRequest, campaign: Campaign, content: bytes, user: User) -> HttpResponse:
    try:
        preview = import_definitions(campaign, content, by=user, seen=request.POST["mark"])
    except LostRace as error:
        return _page(request, campaign, faults=[str(error)], status=409)
    messages.success(request, f"Đã ghi {len(preview.changes)} dòng định nghĩa từ tệp Excel.")
    return go_to(request, "indicators:set-up", campaign.pk)


def _content(request: HttpRequest, campaign: Campaign) -> bytes:
    """The bytes of the file: just sent, or sealed in the preview; the server keeps nothing in between."""
    if "sealed" in request.POST:
        user = cast(User, request.user)
        try:
            text = signing.loads(request.POST["sealed"], salt=_salt(campaign, user), max_age=KEPT_SECONDS)
        except signing.BadSignature as error:
            raise ValidationError(SPOILT) from error
        return b64decode(text)
    return content_of(request, CHOOSE)


def _seal(content: bytes, campaign: Campaign, user: User) -> str:
    text = signing.dumps(b64encode(content).decode(), salt=_salt(campaign, user), compress=False)
    if len(text) > MAX_LENGTH:
        raise ValidationError(TOO_LONG)
    return text


def _salt(campaign: Campaign, user: User) -> str:
    return f"{SALT}:{campaign.pk}:{user.pk}"


def _page(
    request: HttpRequest, campaign: Campaign, *, faults: list[str] | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    user = cast(User, request.user)
    page = {"campaign": campaign, "faults": faults or [], "why_not_prepare": why_not_prepare(campaign, user), **context}
    return render(request, "indicators/import_definitions.html", page, status=status)
