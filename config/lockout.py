"""What a person sees after too many wrong passwords, and from which address a request comes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.middleware import answer

LOCKED_OUT = "Đăng nhập sai 5 lần. Tài khoản tạm khóa tại máy này 15 phút; sau đó hãy thử lại hoặc gặp quản trị viên."


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """The answer to a log-in that came too often."""
    return answer(request, 429, [LOCKED_OUT])


def client_address(request: HttpRequest) -> str:
    """The address of the browser: the last one that our own proxies have written, never one the browser made up."""
    hops: list[str] = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    count: int = settings.PROXY_COUNT
    if count and len(hops) >= count:
        return hops[-count]
    return str(request.META.get("REMOTE_ADDR", ""))
