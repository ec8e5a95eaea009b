"""Log-in, log-out, change of password, and where each role lands."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from units.choices import Role
from units.forms import LogInForm, NewPasswordForm
from units.models import User
from units.services import record_act
from units.services.accounts import use_slip

#: Where a person lands: the first of these roles that the person holds decides.
LANDINGS: tuple[tuple[Role, str], ...] = (
    (Role.LEADER, "reports:board"),
    (Role.COORDINATOR, "reports:office-home"),
    (Role.COORDINATOR_HEAD, "reports:office-home"),
    (Role.REVIEWER, "reports:lead-home"),
    (Role.HEAD, "reports:unit-home"),
    (Role.CLERK, "indicators:owed"),
    (Role.READER, "reports:reports"),
    (Role.ADMINISTRATOR, "admin:index"),
)


class LogIn(auth_views.LoginView):
    """The log-in page; after five wrong passwords the lock-out answers in its place."""

    template_name = "units/log_in.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """A password that was handed out is changed first."""
        user = cast(User, self.request.user)
        return reverse("units:change-password") if user.must_change_password else reverse("units:home")


class ChangePassword(auth_views.PasswordChangeView):
    """A person changes the own password; that ends the duty to change a handed-out one."""

    template_name = "units/change_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("units:home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Keep the password, end the duty, write the audit line."""
        user = cast(User, self.request.user)
        user.must_change_password = False
        response = super().form_valid(form)
        use_slip(user)
        record_act("user.password_changed", by=user, subject=user)
        messages.success(self.request, "Đã đổi mật khẩu.")
        return response

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """The page again, with what is wrong beside the field."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LogOut(auth_views.LogoutView):
    """Leaving; only by POST."""


def home(request: HttpRequest) -> HttpResponseBase:
    """The landing of the person's first role; who has none is told whom to ask."""
    user = cast(User, request.user)
    if user.must_change_password:
        return redirect("units:change-password")
    for role, page in LANDINGS:
        if user.has_role(role):
            return redirect(page)
    if user.is_superuser:  # the first account of an installation begins with its units
        return redirect("units:units")
    if user.is_staff:
        return redirect("admin:index")
    return render(request, "units/no_role.html")
