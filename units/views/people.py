"""People: the list, one person, a list from Excel, slips to log in by."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from units import clock
from units.errors import refuse
from units.exports.accounts import PrintedSlip, accounts_workbook, slips_pdf
from units.imports.accounts import compare_accounts, read_accounts
from units.imports.sheets import Came
from units.models import User
from units.permissions import why_not_keep_people
from units.services.accounts import HandedSlip, hand_out_slips, keep_accounts
from units.tables.people import people_list, template_rows, unit_with_people
from units.tables.person import person_page
from units.views.doors import Door, as_file, take_in
from vietnamese.dates import format_date


def manager(request: HttpRequest) -> User:
    """The person, who keeps accounts of some unit at least."""
    user = cast(User, request.user)
    refuse(why_not_keep_people(user))
    return user


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people whom the person keeps; of one unit where it is named in the address."""
    user = manager(request)
    words, key = request.GET.get("tim", "").strip(), request.GET.get("don-vi", "")
    unit = unit_with_people(user, key) if key else None
    table = people_list(user, clock.today(), words=words, shown=request.GET.get("loc", ""), unit=unit)
    return render(request, "units/people.html", {"table": table, "words": words, "unit": unit})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The list of accounts, to add to and bring back."""
    user = manager(request)
    content = accounts_workbook(template_rows(user, clock.today()), made_at=clock.now())
    return as_file(content, f"tai-khoan-{clock.today():%Y-%m-%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request: HttpRequest) -> HttpResponse:
    """The list brought back."""
    user = manager(request)

    def keep(came: Came) -> str:
        found = compare_accounts(came, user=user)
        keep_accounts(found.lines, by=user)
        return f"Đã thêm {found.preview.new}, sửa {found.preview.changed} tài khoản. In phiếu đăng nhập cho người mới."

    door = Door(
        subject="people",
        title="Nạp danh sách tài khoản",
        hint="Tải biểu mẫu đã có sẵn các tài khoản, thêm dòng cho người mới, lưu lại rồi chọn tệp. Có một ô sai thì "
        "không ghi gì. Người mới chưa đăng nhập được cho đến khi anh/chị in phiếu.",
        page=reverse("units:import-people"),
        back=reverse("units:people"),
        back_title="Người dùng",
        download=reverse("units:people-workbook"),
        read=read_accounts,
        preview=lambda came: compare_accounts(came, user=user).preview,
        keep=keep,
    )
    return take_in(request, door)


@require_POST
def slips(request: HttpRequest) -> HttpResponse:
    """New passwords for one use, as slips to print; they are shown on the paper and nowhere else."""
    user = manager(request)
    chosen = [int(pk) for pk in request.POST.getlist("people") if pk.isdigit()]
    handed = hand_out_slips(list(User.objects.chosen(chosen)), by=user)
    address = request.build_absolute_uri("/")
    content = slips_pdf([_printed(slip, address) for slip in handed], made_at=clock.now())
    return as_file(content, f"phieu-dang-nhap-{clock.today():%Y-%m-%d}.pdf", "application/pdf")


def _printed(slip: HandedSlip, address: str) -> PrintedSlip:
    page = person_page(slip.user, clock.today())
    return PrintedSlip(
        name=slip.user.full_name,
        unit=page.unit,
        title=page.title,
        username=slip.user.username,
        password=slip.password,
        expires_on=format_date(slip.expires_on),
        address=address,
    )
