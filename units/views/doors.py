"""The door through which a file comes in: choose it, see what it would change, write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from units.errors import LostRace
from units.imports.package import EMPTY, MAX_BYTES, TOO_LARGE, check_name
from units.imports.preview import Preview
from units.imports.sealed import seal, unseal
from units.imports.sheets import Came
from units.models import User

CHOOSE_FILE = "Chọn tệp Excel hoặc CSV đã nhập rồi bấm “Xem thay đổi”."
OVERTAKEN = "Dữ liệu vừa thay đổi trong lúc anh/chị xem. Chưa ghi gì; nạp lại tệp để xem thay đổi mới nhất."
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Door:
    """One kind of file: its words and addresses, how it is read, what it would change, how it is kept."""

    subject: str
    title: str
    hint: str
    page: str
    back: str
    back_title: str
    download: str
    read: Callable[[bytes], Came]
    preview: Callable[[Came], Preview]
    keep: Callable[[Came], str]


def take_in(request: HttpRequest, door: Door) -> HttpResponse:
    """The steps of one page; nothing is kept on the server between them."""
    if request.method != "POST":
        return _page(request, door)
    user = cast(User, request.user)
    try:
        if "sealed" in request.POST:
            return _keep(request, door, user)
        came = door.read(content_of(request))
        preview = door.preview(came)
        sealed = seal(came, subject=door.subject, user_id=user.pk, shown=preview.mark) if preview.is_clean else ""
    except ValidationError as error:
        return _page(request, door, faults=error.messages, status=422)
    return _page(request, door, preview=preview, sealed=sealed, status=422 if preview.faults else 200)


def _keep(request: HttpRequest, door: Door, user: User) -> HttpResponse:
    """Write what was shown, if it would still do just that."""
    came, mark = unseal(request.POST["sealed"], subject=door.subject, user_id=user.pk)
    preview = door.preview(came)
    if preview.mark != mark:
        return _page(request, door, faults=[OVERTAKEN], status=409)
    try:
        messages.success(request, door.keep(came))
    except LostRace:
        return _page(request, door, faults=[OVERTAKEN], status=409)
    return redirect(door.back)


def content_of(request: HttpRequest, choose: str = CHOOSE_FILE) -> bytes:
    """The bytes of the file; name and size are asked first. ``choose``: what is said where none was chosen."""
    upload = request.FILES.get("file")
    if upload is None:
        raise ValidationError(choose)
    check_name(upload.name or "")
    if not upload.size:
        raise ValidationError(EMPTY)
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    return bytes(upload.read())


def as_file(content: bytes, name: str, media_type: str = MEDIA_TYPE) -> HttpResponse:
    """A file to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _page(
    request: HttpRequest, door: Door, *, faults: list[str] | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    return render(request, "units/import.html", {"door": door, "faults": faults or [], **context}, status=status)
