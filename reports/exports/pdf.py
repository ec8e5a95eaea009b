"""Documents printed as PDF, and two letters that need no draft: a period's summary, a unit's report."""

from __future__ import annotations

from django.template.loader import render_to_string

from paper.document import Document
from reports.exports.documents import document, unit_document
from reports.exports.kinds import MONTH
from reports.tables.period_report import PeriodReport
from reports.tables.unit_report import UnitReport
from vietnamese.numbers import NO_BREAK_SPACE

MEDIA_TYPE = "application/pdf"


def summary_pdf(report: PeriodReport) -> bytes:
    """The standing body's report of a period as suggested: letter of three pages at most, and its annex."""
    return document_pdf(document(MONTH, report))


def unit_pdf(report: UnitReport) -> bytes:
    """The unit's own letter to the authority and its standing body; a draft until it was sent."""
    return document_pdf(unit_document(report))


#: For the eye and the ear (PDF/UA-1), and for the archive (PDF/A-3, level A, tagged as well).
ACCESSIBLE, ARCHIVE = "pdf/ua-1", "pdf/a-3a"


def document_pdf(whole: Document, *, variant: str = ACCESSIBLE) -> bytes:
    """The document on paper; the same document gives the same bytes."""
    # WeasyPrint takes most of a second and 40 MB to load: only a process that prints pays for it.
    from paper.pdf import render_pdf

    letter = whole.letter
    html: str = render_to_string("paper/document.html", {"document": whole, "letter": letter})
    html = html.replace(" %", f"{NO_BREAK_SPACE}%")  # a number and its percent sign stay on one line
    return render_pdf(
        html, title=letter.title.plain, author=letter.letterhead.name, created=whole.made_at, variant=variant
    )
