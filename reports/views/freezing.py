"""What goes to the signature and what comes back: freezing, issuing, drawing up anew, differences, checking a copy."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paper.document_json import from_json
from reports.choices import OWN
from reports.exports.differences import differences as differences_of
from reports.forms import CheckForm, IssueForm, SignForm
from reports.models import FrozenFile, Issuance, Report
from reports.permissions import why_not_issue, why_not_sign, why_not_write
from reports.services.building import draft_now, submission_of
from reports.services.checking import check_copy
from reports.services.drafts import redraft_report
from reports.services.freezing import freeze_report, record_issuance
from reports.services.signing import sign_report
from reports.views.drafts import frozen_page, readable_report
from units.errors import refuse
from units.models import User
from units.services import MAX_UPLOAD_BYTES
from units.views.navigation import go_to

UNKNOWN_CODE = "Không có báo cáo nào mang mã này. Kiểm tra lại từng chữ, số của mã."


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Chốt bản trình ký."""
    found = readable_report(request, pk)
    read = request.POST.get("version", "")
    version = int(read) if read.isdigit() else None
    frozen = freeze_report(found, by=cast(User, request.user), read_version=version)
    messages.success(request, f"Đã chốt bản trình ký, mã tra cứu {frozen.code}.")
    return go_to(request, "reports:report", pk)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Record number, day, signer and the signed file."""
    found = readable_report(request, pk)
    refuse(why_not_issue(found, cast(User, request.user)))
    form = IssueForm(request.POST, request.FILES)
    issuance = _recorded(request, found, form) if form.is_valid() else None
    if issuance is None:
        return frozen_page(request, found, form)
    told = " Báo cáo tháng cũng đã ghi nhận bản đã ký." if _month_knows(found, issuance) else ""
    messages.success(request, f"Đã ghi số {issuance.number} ngày {issuance.signed_on:%d/%m/%Y}.{told}")
    return go_to(request, "reports:report", pk)


def _recorded(request: HttpRequest, found: Report, form: IssueForm) -> Issuance | None:
    """The record; None where it was refused, with the sentence in the form."""
    try:
        return record_issuance(found, by=cast(User, request.user), **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return None


def _month_knows(report: Report, issuance: Issuance) -> bool:
    """Does the month of a unit's own report bear the same number and day now?"""
    if report.kind != OWN:
        return False
    month = submission_of(report)
    return (month.signed_number, month.signed_on) == (issuance.number, issuance.signed_on)


@require_POST
@sensitive_post_parameters("secret")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the frozen report digitally with the office's own key."""
    found = readable_report(request, pk)
    refuse(why_not_sign(found, cast(User, request.user)))
    form = SignForm(request.POST)
    kept = _signed(request, found, form) if form.is_valid() else None
    if kept is None:
        return frozen_page(request, found, sign_form=form)
    messages.success(request, f"Đã ký số; tệp {kept.file.name} lưu cùng báo cáo.")
    return go_to(request, "reports:report", pk)


def _signed(request: HttpRequest, found: Report, form: SignForm) -> FrozenFile | None:
    """The signed file; None where it was refused (a wrong password), with the sentence beside its field."""
    try:
        return sign_report(found, **form.cleaned_data, by=cast(User, request.user))
    except ValidationError as refusal:
        form.add_error("secret", refusal.messages)
        return None


@require_POST
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a frozen report up anew, with its choices and its written parts."""
    again = redraft_report(readable_report(request, pk), by=cast(User, request.user))
    return go_to(request, "reports:report", again.pk)


@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What has changed since the report was frozen."""
    found = readable_report(request, pk)
    if found.frozen_or_none is None:
        raise Http404
    refuse(why_not_write(found, cast(User, request.user)))
    now = draft_now(found).document
    rows = differences_of(from_json(found.frozen.document), now)
    context = {"report": found, "campaign": found.campaign, "frozen": found.frozen, "rows": rows, "now": now.made_at}
    return render(request, "reports/differences.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Anybody: what a code stands for, and whether a copy is the kept file; nothing is kept of the copy."""
    form = CheckForm(request.POST or None, request.FILES or None, initial={"code": code})
    found, wanted, sentence = None, code, ""
    if request.method == "POST":
        wanted = request.POST.get("code", "")
        copy = request.FILES.get("copy")
        if copy is not None and (copy.size or 0) > MAX_UPLOAD_BYTES:
            raise ValidationError("Tệp lớn hơn mức cho phép nên không thể là tệp của hệ thống.")
        found = check_copy(wanted, copy.chunks() if copy else None)
    elif code:
        found = check_copy(code)
    if wanted and found is None:
        sentence = UNKNOWN_CODE
    return render(request, "reports/check.html", {"form": form, "found": found, "sentence": sentence})
