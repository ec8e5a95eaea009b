"""Uploaded files, given out only as attachments and only to whom may see what they belong to."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from units.models import StoredFile, User
from units.permissions import may_read


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
