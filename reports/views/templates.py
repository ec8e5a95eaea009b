"""The office's own Word template: its fields, the one in use, a new one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.exports.docx import MEDIA_TYPE
from reports.forms import TemplateForm
from reports.permissions import template_unit
from reports.services.templates import NOT_YOURS, put_template, take_template_back, template_in_use
from units.models import OrgUnit, User
from units.views.doors import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def word_template(request: HttpRequest) -> HttpResponse:
    """What may stand in a template, which one is in use; posting puts a new one in."""
    from paper.word_template import FIELDS  # it brings the library of Word files along

    unit = _unit(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        put_template(unit, form.cleaned_data["template"], by=cast(User, request.user))
        messages.success(request, "Đã nhận mẫu; báo cáo Word tải từ nay dùng mẫu này.")
        return redirect("reports:word-template")
    fields = [(f"{{{{{name}}}}}", told) for name, told in FIELDS.items()]
    context = {"unit": unit, "form": form, "used": template_in_use(unit), "fields": fields}
    return render(request, "reports/word_template.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def word_sample(request: HttpRequest) -> HttpResponse:
    """A template to begin with."""
    from paper.word_template import sample_template  # it brings the library of Word files along

    _unit(request)
    return as_file(sample_template(), "mau-bao-cao.docx", MEDIA_TYPE)


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Go back to the program's own form."""
    take_template_back(_unit(request), by=cast(User, request.user))
    messages.success(request, "Báo cáo Word dùng lại mẫu có sẵn của hệ thống.")
    return redirect("reports:word-template")


def _unit(request: HttpRequest) -> OrgUnit:
    unit = template_unit(cast(User, request.user))
    if unit is None:
        raise PermissionDenied(NOT_YOURS)
    return unit
