"""Going on to another page after an act, by htmx or without."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, HttpResponseLocation


def go_to(request: HttpRequest, to: str, *args: object) -> HttpResponse:
    """Move the whole window to a page: for htmx by its header, else by a redirect."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(resolve_url(to, *args))
    return redirect(resolve_url(to, *args))


def draw_anew(request: HttpRequest, to: str) -> HttpResponse:
    """Where the act leads back to its own page, that page is drawn anew in place: nothing is loaded a second time."""
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if here and here == urlsplit(to).path:
        return HttpResponseLocation(to, target="body", swap="innerHTML")
    return go_to(request, to)


def asked_page(request: HttpRequest) -> str:
    """Where the form asked to go on (``next``), when that is a page of this house; else nothing."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else ""
