"""What a browser needs to go on without line: the service worker at /sw.js and the page for all other addresses."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe
from rjsmin import jsmin

JS = ("app", "grid", "outbox", "rows", "keep", "numbers", "checks", "hints", "undo", "paste", "offline")
#: What the month's page loads, at once or later, and what the offline page needs.
FILES = (
    "css/app.css",
    "img/mark.svg",
    "django_htmx/htmx-2.min.js",
    *(f"js/{name}.js" for name in JS),
)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script of the worker. It holds nothing about anybody; an unchanged one costs a line of headers."""
    files = tuple(static(name) for name in FILES)
    script = _script(files) if settings.DEBUG else _script_once(files)
    tag = f'"{hashlib.sha256(script.encode()).hexdigest()[:16]}"'
    # The compressing middleware makes a strong tag a weak one.
    is_known = request.headers.get("If-None-Match", "").removeprefix("W/") == tag
    response = HttpResponseNotModified() if is_known else HttpResponse(script, content_type="text/javascript")
    response["ETag"], response["Cache-Control"] = tag, "no-cache"
    return response


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in place of a page that cannot be fetched; the worker keeps it."""
    return render(request, "offline.html")


def _script(files: tuple[str, ...]) -> str:
    """The worker behind the line that names what it keeps; another name of a file makes another version."""
    path = find("js/worker.js")
    assert isinstance(path, str)
    with open(path, encoding="utf-8") as source:
        body = source.read() if settings.DEBUG else jsmin(source.read())
    version = hashlib.sha256(json.dumps([files, body]).encode()).hexdigest()[:12]
    shell = {"version": version, "page": reverse("offline"), "files": files}
    return f"const SHELL = {json.dumps(shell)};\n{body}"


_script_once = lru_cache(maxsize=2)(_script)
