"""Uploaded files, given out only as attachments and only to whom may see what they belong to."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from units.models import StoredFile, User


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """One file, never shown in the browser; the visibility of its owner decides."""
    stored = get_object_or_404(StoredFile.objects.select_related("owner_type"), pk=pk)
    if not may_read(stored, cast(User, request.user)):
        raise Http404
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def may_read(stored: StoredFile, user: User) -> bool:
    """The owner's ``visible_to`` answers; a file without an owner is its uploader's alone."""
    if stored.owner_type is None or stored.owner_id is None:
        return stored.uploaded_by_id == user.pk
    model = stored.owner_type.model_class()
    rows = model._default_manager.all() if model is not None else None
    if rows is None or not hasattr(rows, "visible_to"):
        return False
    return bool(rows.visible_to(user).filter(pk=stored.owner_id).exists())
