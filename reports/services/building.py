"""A drafted report as it stands: read, suggested, the written parts put in; reading only."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from campaign.models import Submission
from indicators.services.past import past_of
from indicators.tables.past import Past
from paper.document import CheckCode, Document
from reports.choices import Signer
from reports.exports.documents import Choices, document, sections_of, suggested_sections
from reports.exports.kind import Kind
from reports.exports.kinds import KINDS
from reports.exports.letters import signature_lines
from reports.exports.parts import Part, SectionText
from reports.models import PartText, Report
from reports.tables.frame import Frame
from reports.tables.material import Material, own_material, report_material
from reports.tables.unit_report import PRINTED_WITH, unit_report
from units import clock


@dataclass(frozen=True)
class Draft:
    """A report with all that its page and its files need."""

    report: Report
    kind: Kind
    material: Material
    choices: Choices
    suggested: tuple[SectionText, ...]
    sections: tuple[SectionText, ...]
    last_texts: dict[str, PartText]

    @property
    def document(self) -> Document:
        """The report as it would be printed now."""
        return document(self.kind, self.material, self.choices)

    def suggestion(self, part: str) -> Part | None:
        """What the program suggests for a part; None where the report has no such part."""
        return next((one for section in self.suggested for one in section.parts if one.key == part), None)


def draft_of(report: Report, *, check: CheckCode | None = None, is_draft: bool | None = None) -> Draft:
    """Read and suggest."""
    kind = KINDS[report.kind]
    material = read_material(report)
    texts = last_texts(report)
    choices = Choices(
        issuer=report.issuer,
        about=_lines(report.about),
        addressees=_lines(report.addressees) or None,
        recipients=_lines(report.recipients),
        kept=report.kept,
        signature=signature_lines(report.issuer, Signer(report.signer)),
        signer=report.signer_name,
        left_out=frozenset(report.left_out),
        written={key: one.text for key, one in texts.items() if not one.is_suggestion},
        check=check,
        is_draft=is_draft,
    )
    return Draft(
        report,
        kind,
        material,
        choices,
        suggested_sections(kind, material, choices),
        sections_of(kind, material, choices),
        texts,
    )


def draft_now(report: Report) -> Draft:
    """The report as it would be drawn up with what is known now, whatever moment was chosen for it."""
    again = copy(report)
    again.as_of = None
    return draft_of(again)


def read_material(report: Report) -> Material:
    """The figures and words on which the report stands; a unit's own has no past moment: what was frozen is kept."""
    if KINDS[report.kind].is_own:
        return own_material(unit_report(submission_of(report), None))
    if report.as_of is None:
        return _material(report, None)
    with clock.set_to(report.as_of):
        return _material(report, past_of(report.campaign, report.as_of))


def _material(report: Report, past: Past | None) -> Material:
    kind = KINDS[report.kind]
    return report_material(
        Frame(report.campaign, report.period, report.basis),
        since_launch=kind.tells_campaign,
        area=report.area,
        unit=report.unit,
        with_sheets=kind.has_sheets,
        past=past,
    )


def submission_of(report: Report) -> Submission:
    """The monthly report whose figures a unit's own report prints."""
    rows = Submission.objects.select_related(*PRINTED_WITH)
    of_unit = rows.filter(participation__campaign=report.campaign_id, participation__unit=report.issuer_id)
    return of_unit.get(period=report.period_id)


def last_texts(report: Report) -> dict[str, PartText]:
    """What was last written of each part: one query."""
    return {row.part: row for row in PartText.objects.filter(report=report).order_by("sequence")}


def check_code(report: Report, code: str) -> CheckCode:
    """Where a copy may be checked, printed where the office wants it."""
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('reports:check', args=[code])}"
    return CheckCode(address, code, report.has_code_on_text, report.has_code_on_annexes)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
