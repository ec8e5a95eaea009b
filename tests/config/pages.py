"""Addresses that exist only here: each does one thing that the house must answer for."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, urlpatterns
from units.errors import LostRace
from units.models import User

__all__ = ["handler400", "handler403", "handler404", "urlpatterns"]


def _rename() -> int:
    return User.objects.update(full_name="Đã đổi")


@login_not_required
def write(request: HttpRequest) -> HttpResponse:
    _rename()
    return HttpResponse("đã ghi")


@login_not_required
def write_by_hand(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH old AS (SELECT 1) UPDATE {User._meta.db_table} SET full_name = 'Đã đổi'")
    return HttpResponse("đã ghi")


@login_not_required
def write_while_rendering(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "components/_messages.html", {"sentences": _rename})


@login_not_required
def write_while_streaming(request: HttpRequest) -> StreamingHttpResponse:
    def body() -> Iterator[str]:
        yield f"{User.objects.count()} "
        yield str(_rename())

    return StreamingHttpResponse(body())


@login_not_required
def read_in_transaction(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), transaction.atomic():
        return HttpResponse(str(User.objects.count()))


@login_not_required
def refuse(request: HttpRequest, how: str) -> HttpResponse:
    match how:
        case "sai":
            raise ValidationError(["Thiếu lý do.", "Số phải từ 0 trở lên."])
        case "cam":
            raise PermissionDenied("Bạn đã nhập số này nên không tự xác nhận được.")
        case "cham":
            raise LostRace("Chị Hoa vừa sửa số này lúc 16:42.")
        case "trung":
            User.objects.create_user("hieu", full_name="(Họ và tên)")
        case "rang-buoc":
            raise IntegrityError("CHECK constraint failed: khong_co_trong_mo_hinh")
    raise ZeroDivisionError


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("riêng")


urlpatterns = [
    *urlpatterns,
    path("thu/ghi/", write),
    path("thu/ghi-tay/", write_by_hand),
    path("thu/ghi-khi-ve/", write_while_rendering),
    path("thu/ghi-khi-truyen/", write_while_streaming),
    path("thu/doc/", read_in_transaction),
    path("thu/tu-choi/<str:how>/", refuse),
    path("thu/rieng/", private),
]
