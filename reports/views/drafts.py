"""Reports being drafted: the list, a new one, the page of a draft, its parts, its choices, its print."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from campaign.models import Campaign, Submission
from reports.choices import OWN
from reports.exports import docx
from reports.exports.pdf import ACCESSIBLE, ARCHIVE, MEDIA_TYPE, document_pdf
from reports.forms import ChoicesForm, IssueForm, OpenForm, SignForm
from reports.models import Issuance, Report
from reports.permissions import DRAFTED_BY_STANDING_BODY, why_not_draft, why_not_issue, why_not_sign
from reports.services.building import Draft, draft_of, submission_of
from reports.services.draft_rows import part_row, section_rows
from reports.services.drafts import choose as choose_of
from reports.services.drafts import open_own_report, open_report, take_suggestion
from reports.services.drafts import write_part as write_part_of
from reports.services.own_months import why_not_tell
from reports.services.signing import has_key, next_signature
from reports.services.templates import template_of
from reports.tables.frame import begun_periods
from reports.tables.unit_report import PRINTED_WITH
from units import clock
from units.choices import OWN_ROLES
from units.errors import LostRace, refuse
from units.forms import sentences_of
from units.models import User
from units.views.doors import as_file
from units.views.navigation import go_to
from vietnamese.dates import format_date, format_moment


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every report that the person may read, the newest first; of one campaign where the address names it."""
    user = cast(User, request.user)
    run = _standing_campaigns(user)
    rows = list(Report.objects.visible_to(user).for_list())
    campaigns = list(dict.fromkeys((*run, *(row.campaign for row in rows))))
    chosen = _named(request, campaigns)
    begun = chosen if chosen in run else None if chosen or not run else run[0]
    rows = [row for row in rows if chosen in (None, row.campaign)]
    context = {
        "rows": [row for row in rows if row.kind != OWN],
        "own": [row for row in rows if row.kind == OWN],
        "form": OpenForm(begun, begun_periods(begun, clock.today())) if begun else None,
        "begun": begun,
        "fitting": run,
        "is_asked": "lap" in request.GET,
        "campaigns": campaigns,
        "campaign": chosen or (begun if len(campaigns) < 2 else None),
        "is_unit": user.has_role(*OWN_ROLES),
    }
    return render(request, "reports/reports.html", context)


@require_POST
def open_new(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    user = cast(User, request.user)
    run = _standing_campaigns(user)
    if not run:
        raise PermissionDenied(DRAFTED_BY_STANDING_BODY)
    campaign = _named(request, run) or run[0]
    form = OpenForm(campaign, begun_periods(campaign, clock.today()), request.POST)
    if not form.is_valid():
        raise ValidationError(sentences_of(form))
    return go_to(request, "reports:report", open_report(campaign, by=user, **form.cleaned_data).pk)


@require_POST
def open_own(request: HttpRequest, pk: int) -> HttpResponse:
    """The own report of a unit for a period: opened, or begun."""
    user = cast(User, request.user)
    rows = Submission.objects.visible_to(user).select_related(*PRINTED_WITH)
    return go_to(request, "reports:report", open_own_report(get_object_or_404(rows, pk=pk), by=user).pk)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to be worked on, or what was frozen of it."""
    found = readable_report(request, pk)
    if found.frozen_or_none is not None:
        return frozen_page(request, found)
    draft = draft_of(found)
    return render(request, "reports/draft.html", {**_draft_context(request, draft), "choices": _choices_form(draft)})


def frozen_page(
    request: HttpRequest, found: Report, form: IssueForm | None = None, sign_form: SignForm | None = None
) -> HttpResponse:
    """What was frozen of a report, with the form of its number; with one that was refused, as it was filled in."""
    user, frozen = cast(User, request.user), found.frozen
    month = submission_of(found) if found.kind == OWN else None
    issuances = list(frozen.issuances.select_related("file__file").order_by("-sequence"))
    context: dict[str, object] = {
        "report": found,
        "campaign": found.campaign,
        "frozen": frozen,
        "issued": issuances[0] if issuances else None,
        "earlier": issuances[1:],
        "files": frozen.labelled_files,
        "form": form or IssueForm(initial=_recorded(found, month, issuances[0] if issuances else None)),
        "why_not_issue": why_not_issue(found, user),
        "sign_form": sign_form or _sign_form(found, user),
        "sees_drafts": _sees_drafts(found, user),
        "month": month,
        "why_not_tell": why_not_tell(found, month, user) if month and not why_not_issue(found, user) else "",
    }
    return render(request, "reports/frozen.html", context, status=422 if form or sign_form else 200)


@require_safe
def part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One part, to be read or (``?sua=1``) edited, with the suggestion beside."""
    draft = draft_of(_drafted(request, pk))
    row = part_row(draft, key)
    if row is None:
        raise Http404
    context = {**_draft_context(request, draft), "part": row, "is_open": "sua" in request.GET}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/_part.html", {**context, "is_fresh": True})
    return render(request, "reports/part.html", context)


@require_POST
def write_part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write a part, or give it back to the suggestion; on a conflict both texts stay on the page."""
    user = cast(User, request.user)
    found = _drafted(request, pk)
    read = request.POST.get("sequence", "")
    sequence = int(read) if read.isdigit() else 0
    typed = request.POST.get("text", "")
    try:
        if "suggestion" in request.POST:
            take_suggestion(found, key, by=user, read_sequence=sequence)
        else:
            write_part_of(found, key, typed, by=user, read_sequence=sequence)
    except LostRace as race:
        return _conflict(request, found, key, typed, str(race))
    draft = draft_of(found)
    if request.htmx:  # type: ignore[attr-defined]
        context = {**_draft_context(request, draft), "part": part_row(draft, key), "is_fresh": True}
        return render(request, "reports/_part.html", context)
    return go_to(request, "reports:report", pk)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the choices of a draft."""
    found = _drafted(request, pk)
    draft = draft_of(found)
    form = ChoicesForm(draft.kind, request.POST)
    if form.is_valid():
        try:
            choose_of(found, form.choices(), by=cast(User, request.user), read_version=form.cleaned_data["version"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    if form.errors:
        _show_usual(form, draft)
        return render(request, "reports/draft.html", {**_draft_context(request, draft), "choices": form}, status=422)
    messages.success(request, "Đã lưu thiết lập của báo cáo.")
    return go_to(request, "reports:report", pk)


@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it would be printed now, marked as one."""
    draft = draft_of(_drafted(request, pk, to_read=True), is_draft=True)
    # PDF/A for who asks for it: the archive wants another kind of file than the eye and the ear.
    variant = ARCHIVE if request.GET.get("dang") == "pdf-a" else ACCESSIBLE
    return as_file(document_pdf(draft.document, variant=variant), f"du-thao-{draft.kind.key}-{pk}.pdf", MEDIA_TYPE)


@require_safe
def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as Word, for the Committee's office to go on with."""
    draft = draft_of(_drafted(request, pk, to_read=True), is_draft=True)
    content = docx.document_docx(draft.document, template_of(draft.report.issuer))
    return as_file(content, f"du-thao-{draft.kind.key}-{pk}.docx", docx.MEDIA_TYPE)


def _recorded(report: Report, month: Submission | None, issued: Issuance | None) -> dict[str, object]:
    """What was recorded before, here or with the month's figures, is not asked for again."""
    signed_on: date | None = None
    number, signer = "", report.signer_name
    if issued is not None:
        number, signed_on, signer = issued.number, issued.signed_on, issued.signer
    elif month is not None:
        number, signed_on = month.signed_number, month.signed_on
    return {"number": number, "signed_on": format_date(signed_on) if signed_on else "", "signer": signer}


def _sign_form(found: Report, user: User) -> SignForm | None:
    """The form of the next digital signature; None where the person may not sign, or nobody may here."""
    signed_as = next_signature(found.frozen)
    if not signed_as or not has_key() or why_not_sign(found, user):
        return None
    return SignForm(initial={"signed_as": signed_as})


def readable_report(request: HttpRequest, pk: int) -> Report:
    """The report, where the person may read it; else 404."""
    return get_object_or_404(Report.objects.visible_to(cast(User, request.user)).with_letter(), pk=pk)


def _drafted(request: HttpRequest, pk: int, *, to_read: bool = False) -> Report:
    """A report that is still a draft, and that the person may write on."""
    found = readable_report(request, pk)
    user = cast(User, request.user)
    if to_read and _sees_drafts(found, user) and found.frozen_or_none is None:
        return found
    refuse(why_not_draft(found, user))
    return found


def _sees_drafts(report: Report, user: User) -> bool:
    return Report.objects.readable_as_draft(user).contains(report)


def _conflict(request: HttpRequest, found: Report, key: str, typed: str, sentence: str) -> HttpResponse:
    """What the other person wrote, and beneath what this person typed: nothing is lost."""
    draft = draft_of(found)
    context = {**_draft_context(request, draft), "part": part_row(draft, key), "is_open": True}
    context |= {"typed": typed, "sentence": sentence}
    template = "reports/_part.html" if request.htmx else "reports/part.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=409)


def _draft_context(request: HttpRequest, draft: Draft) -> dict[str, object]:
    user = cast(User, request.user)
    return {
        "report": draft.report,
        "campaign": draft.report.campaign,
        "kind": draft.kind,
        "letter": draft.document.letter,
        "sections": section_rows(draft),
        "why_not": why_not_draft(draft.report, user),
        "made_at": format_moment(draft.material.made_at),
        "figures_word": _figures_word(draft),
        "early": draft.kind.closes_campaign and draft.report.period.ends_on < draft.report.campaign.ends_on,
        "month": draft.material.own.submission if draft.material.own else None,
    }


def _figures_word(draft: Draft) -> str:
    """Which figures the draft counts."""
    own = draft.material.own
    if own is None:
        return f"số liệu {draft.report.get_basis_display().lower()}"
    gaps = f", còn {own.missing} dòng chưa có số liệu" if own.missing else ""
    return f"số liệu đang nhập, chưa gửi{gaps}" if own.is_draft else "số liệu đã gửi"


def _choices_form(draft: Draft) -> ChoicesForm:
    report = draft.report
    names = ("basis", "about", "addressees", "recipients", "kept", "signer", "signer_name", "version")
    initial = {name: getattr(report, name) for name in (*names, "has_code_on_text", "has_code_on_annexes")}
    initial["as_of"] = format_moment(report.as_of) if report.as_of else ""
    form = ChoicesForm(draft.kind, initial=initial)
    form.initial["printed"] = [key for key, _ in form.parts if key not in report.left_out]
    _show_usual(form, draft)
    return form


def _show_usual(form: ChoicesForm, draft: Draft) -> None:
    """What is printed where a field stays empty, in grey; on a refused form too."""
    letter = draft.document.letter
    usual = {"about": letter.title.about, "addressees": letter.addressees, "recipients": letter.recipients.to}
    usual |= {"kept": (letter.recipients.kept,), "signer_name": (letter.signature.name,)}
    for name, lines in usual.items():
        form.fields[name].widget.attrs["placeholder"] = "\n".join(lines)


def _standing_campaigns(user: User) -> list[Campaign]:
    """The campaigns whose standing body the person belongs to, the present one first."""
    rows = Campaign.objects.launched().of_standing_body(user).present_first(clock.today())
    return list(rows.select_related("authority__kind", "standing_body__kind"))


def _named(request: HttpRequest, campaigns: list[Campaign]) -> Campaign | None:
    """The campaign that the address names (``?pt=``); None where it names none, 404 where it is not among these."""
    asked = request.GET.get("pt", "")
    found = next((one for one in campaigns if str(one.pk) == asked), None)
    if asked and found is None:
        raise Http404
    return found
