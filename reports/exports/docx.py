"""Documents as Word files, from the same neutral form as the PDF; in the office's own template where it has one."""

from __future__ import annotations

from paper.document import Document
from reports.exports.documents import document, unit_document
from reports.exports.kinds import MONTH
from reports.tables.material import Material
from reports.tables.unit_report import UnitReport

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def summary_docx(report: Material, template: bytes = b"") -> bytes:
    """The standing body's report of a period as suggested, with its annex."""
    return document_docx(document(MONTH, report), template)


def unit_docx(report: UnitReport) -> bytes:
    """The unit's own letter to the authority and its standing body; a draft until it was sent."""
    return document_docx(unit_document(report))


def document_docx(whole: Document, template: bytes = b"") -> bytes:
    """The document to be edited, in the office's template where there is one; equal documents give equal bytes."""
    # Only who asks for a Word file waits for the library that writes it.
    from paper.word import word_bytes
    from paper.word_template import filled

    return filled(template, whole) if template else word_bytes(whole)
