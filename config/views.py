"""The answers of the house itself: what was refused before a view was reached, and what is not there."""

from django.http import HttpRequest, HttpResponse

from config.middleware import answer

STALE_PAGE = "Trang đã mở quá lâu nên chưa ghi được. Tải lại trang rồi làm lại."
NOT_FOUND = "Không có trang này, hoặc bạn không có quyền xem. Kiểm tra lại địa chỉ hoặc đi từ trang đầu."
BAD_REQUEST = "Yêu cầu gửi lên không đọc được. Tải lại trang rồi làm lại."


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: nearly always a page left open across a new log-in."""
    return answer(request, 403, [STALE_PAGE])


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read at all."""
    return answer(request, 400, [BAD_REQUEST])


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refused outside a view, with the reason where one was given."""
    return answer(request, 403, [str(exception) or "Bạn không có quyền làm việc này."])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or not for this person: the answer does not tell which."""
    return answer(request, 404, [NOT_FOUND])
