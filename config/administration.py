"""The site of the administration pages: in Vietnamese, behind the house's own log-in, for administrators only."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from units.permissions import may_administer
from vietnamese.text import sort_key

ONLY_ADMINISTRATORS = "Trang quản trị chỉ dành cho người được giao vai trò quản trị hệ thống."


class AdministrationSite(AdminSite):
    """Accounts, units, calendars and definitions; never a figure."""

    site_header = "Quản trị hệ thống thi đua"
    site_title = "Quản trị"
    index_title = "Tài khoản, đơn vị, danh mục"
    site_url = "/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only pages made for this house: those that libraries bring along know neither our words nor our roles."""
        if getattr(admin_class, "is_of_this_house", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Only who holds the role of administrator, or the first account of the installation."""
        return may_administer(request.user)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The lists in the order of the Vietnamese alphabet: Đ stands after D, not after V."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: sort_key(str(model["name"])))
        return apps

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one log-in; whoever is logged in and lands here may go on, or may not enter at all."""
        if not request.user.is_authenticated:
            return redirect(f"{reverse('units:log-in')}?next={reverse('admin:index')}")
        if not self.has_permission(request):
            raise PermissionDenied(ONLY_ADMINISTRATORS)
        following = request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure())
        return redirect(following if is_ours else "admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        """The house has one page for it."""
        return redirect("units:change-password")
