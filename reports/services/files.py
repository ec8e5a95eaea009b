"""The bytes of a report for a person: allowed, built, named. Reading only: nothing is written."""

from __future__ import annotations

from typing import NamedTuple

from campaign.models import Campaign, Period, Submission
from reports.exports import docx, pdf, xlsx
from reports.permissions import scope_of, why_not_basis, why_not_submissions, why_not_summary, why_not_unit_report
from reports.services.templates import template_of
from reports.tables.frame import SLUGS, Frame
from reports.tables.material import report_material
from reports.tables.period_report import period_report
from reports.tables.unit_report import unit_report
from units.errors import refuse
from units.models import User
from vietnamese.text import slug

XLSX, PDF, DOCX = "xlsx", "pdf", "docx"
FORMS = (XLSX, PDF, DOCX)


class ReportFile(NamedTuple):
    """A finished file."""

    name: str
    media_type: str
    content: bytes


def summary_file(campaign: Campaign, period: Period, *, basis: str, form: str, by: User | None) -> ReportFile:
    """The summary of a period as Excel, PDF or Word; ``by`` is None for the office's own command, which sees all."""
    with_submissions = True
    if by is not None:
        scope = scope_of(campaign, by)
        refuse(why_not_summary(scope) or why_not_basis(scope, basis))
        with_submissions = not why_not_submissions(campaign, by)
    frame = Frame(campaign, period, basis)
    name = f"tong-hop-{slug(period.name)}-{SLUGS[basis]}.{form}"
    if form == XLSX:
        report = period_report(frame, with_submissions=with_submissions)
        return ReportFile(name, xlsx.MEDIA_TYPE, xlsx.summary_workbook(report))
    material = report_material(frame, with_submissions=with_submissions)
    if form == DOCX:
        return ReportFile(name, docx.MEDIA_TYPE, docx.summary_docx(material, template_of(campaign.standing_body)))
    return ReportFile(name, pdf.MEDIA_TYPE, pdf.summary_pdf(material))


def unit_file(submission: Submission, *, by: User, form: str = PDF) -> ReportFile:
    """The unit's own report: its own people at any time, the standing body once it was sent."""
    refuse(why_not_unit_report(submission, by))
    report = unit_report(submission, by)
    name = f"bao-cao-{slug(submission.period.name)}-{slug(submission.participation.unit_name)}.{form}"
    if form == DOCX:
        return ReportFile(name, docx.MEDIA_TYPE, docx.unit_docx(report))
    return ReportFile(name, pdf.MEDIA_TYPE, pdf.unit_pdf(report))
