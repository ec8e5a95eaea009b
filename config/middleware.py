"""What every request passes: private pages, reads that cannot write, and the one translator of errors."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from config.constraints import sentence_of
from units.errors import LostRace

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
READS = re.compile(
    r"[\s(]*(?:SELECT|WITH|VALUES|EXPLAIN|SHOW|SET|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.I
)
WRITES_INSIDE = re.compile(r"\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO)\b", re.I)
LOST_RACE = "Có người vừa thay đổi cùng nội dung này. Tải lại trang để xem số mới nhất rồi làm lại."
BUSY = "Hệ thống đang bận ghi dữ liệu. Chờ ít giây rồi làm lại; những gì đã nhập vẫn còn trên trang."
HEADINGS = {403: "Không được phép", 404: "Không tìm thấy trang", 409: "Chưa ghi được", 429: "Tạm khóa đăng nhập"}
# Deadlock, failed serialization and lock time-out of PostgreSQL.
PASSING_FAULTS = {"40P01", "40001", "55P03"}


class WriteDuringRead(RuntimeError):
    """A page that is only read tried to change the database."""


# --- Headers ---------------------------------------------------------------------------------------------------------


def private_pages(get_response: GetResponse) -> GetResponse:
    """No page is kept by a browser or proxy for another person, and a part of a page is never taken for the whole.

    Each answer names its person: the worker that keeps months for offline throws them away when another one comes.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["X-Person"] = str(user.pk)
        return response

    return middleware


def login_redirect(get_response: GetResponse) -> GetResponse:
    """Where the session has ended, htmx moves the whole window to the log-in instead of swapping it into a part."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        target = response.headers.get("Location", "").split("?")[0]
        if target and request.headers.get("HX-Request") and target == resolve_url(settings.LOGIN_URL):
            answer = HttpResponse(status=401)
            answer.headers["HX-Redirect"] = f"{resolve_url(settings.LOGIN_URL)}?next={_current_path(request)}"
            answer.cookies = response.cookies
            return answer
        return response

    return middleware


def _current_path(request: HttpRequest) -> str:
    """The page that htmx was on, not the address of the part it asked for."""
    htmx = getattr(request, "htmx", None)
    return str(htmx.current_url_abs_path or "/") if htmx else "/"


def handed_out_password(get_response: GetResponse) -> GetResponse:
    """Whoever came in by a password that was handed out changes it before anything else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated or not user.must_change_password:
            return get_response(request)
        wanted = resolve_url("units:change-password")
        if request.path in {wanted, resolve_url("units:log-out"), resolve_url("units:log-in")}:
            return get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": wanted})
        return redirect(wanted)

    return middleware


# --- Reads do not write ----------------------------------------------------------------------------------------------


def _refuse_writes(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    statement = str(sql)
    if not READS.match(statement) or WRITES_INSIDE.search(statement):
        raise WriteDuringRead(f"A safe request must not write: {statement[:120]}")
    return execute(sql, params, many, context)


@contextmanager
def only_reading() -> Iterator[None]:
    """Within this block every statement that would change the database raises."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse_writes))
            if hasattr(connection, "reads_only"):
                stack.callback(setattr, connection, "reads_only", connection.reads_only)
                connection.reads_only = True
        yield


def _stream_only_reading(body: Iterable[bytes]) -> Iterator[bytes]:
    """Build each piece of a streamed body under the guard, and hold it only while a piece is built."""
    pieces = iter(body)
    while True:
        with only_reading():
            try:
                piece = next(pieces)
            except StopIteration:
                return
        yield piece


def reads_do_not_write(get_response: GetResponse) -> GetResponse:
    """The innermost middleware: log-in, session and lock-out stand outside and may keep their stamps."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        _who_asks(request)
        with only_reading():
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _stream_only_reading(response.streaming_content)  # type: ignore[arg-type]
        return response

    return middleware


def _who_asks(request: HttpRequest) -> None:
    """Read the person before the guard: a session whose password was changed elsewhere ends by a write."""
    user = getattr(request, "user", None)
    if user is not None:
        _ = user.is_authenticated


# --- Errors ----------------------------------------------------------------------------------------------------------


class ErrorTranslator:
    """Turns what services raise into an answer: 422 with the sentences, 403 with the reason, 409 for a lost race."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for an exception of a view; None lets a bug fall loudly."""
        match exception:
            case ValidationError():
                return answer(request, 422, exception.messages)
            case PermissionDenied():
                return answer(request, 403, [str(exception) or "Bạn không có quyền làm việc này."])
            case LostRace():
                return answer(request, 409, [str(exception) or LOST_RACE])
            case IntegrityError():
                logger.warning("Lost race at %s", request.path, exc_info=exception)
                return answer(request, 409, [sentence_of(exception) or LOST_RACE])
            case OperationalError() if _passes(exception):
                logger.warning("Busy at %s", request.path, exc_info=exception)
                return answer(request, 409, [BUSY])
        return None


def _passes(error: OperationalError) -> bool:
    """Whether the same act can simply be tried again."""
    return "database is locked" in str(error) or getattr(error.__cause__, "pgcode", None) in PASSING_FAULTS


def _page_before(request: HttpRequest) -> str:
    """The page of this house whose form was refused, to go on from there; nothing for what was only looked at."""
    came_from = request.headers.get("Referer", "") if request.method == "POST" else ""
    try:
        host = request.get_host()
    except DisallowedHost:  # asked for under a strange name: this is what the answer is about
        return ""
    is_ours = url_has_allowed_host_and_scheme(came_from, {host}, require_https=request.is_secure())
    return came_from if is_ours else ""


def answer(request: HttpRequest, status: int, sentences: list[str]) -> HttpResponse:
    """The sentences as a part of the page for htmx, as a whole page otherwise."""
    template = "components/_messages.html" if request.headers.get("HX-Request") else "error.html"
    context = {"sentences": sentences, "heading": HEADINGS.get(status, "Chưa làm được"), "back": _page_before(request)}
    response = render(request, template, context, status=status)
    if request.headers.get("HX-Request"):
        # The sentences go to the page's place for messages, whatever part was asked for.
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "outerHTML"
    return response
