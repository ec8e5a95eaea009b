"""The sheet for the weekly meeting as PDF: the same parts and marks as its page, on one side of A4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from django.template.loader import render_to_string

from reports.tables.briefing import Briefing
from reports.tables.summary import BANDS
from vietnamese.numbers import NO_BREAK_SPACE

MEDIA_TYPE = "application/pdf"
TYPEFACE = "Tinos"
#: Fewer lines tell too little; then the sheet may run over.
FEWEST_LINES = 4


def briefing_pdf(sheet: Briefing) -> bytes:
    """The sheet on paper; where long causes or many lines would run over one side, the longest form that fits."""
    from pypdf import PdfReader

    content = b""
    for one in _ever_shorter(sheet):
        content = _printed(one)
        if len(PdfReader(BytesIO(content)).pages) == 1:
            break
    return content


def _ever_shorter(sheet: Briefing) -> Iterator[Briefing]:
    """The sheet as it is, without causes, then with fewer lines."""
    yield sheet
    short = replace(sheet, has_causes=False)
    for most in range(sheet.most, FEWEST_LINES - 1, -1):
        yield replace(short, most=most)


def _printed(sheet: Briefing) -> bytes:
    # WeasyPrint takes most of a second and 40 MB to load: only a process that prints pays for it.
    from paper.pdf import render_pdf

    campaign = sheet.frame.campaign
    context = {"sheet": sheet, "frame": sheet.frame, "campaign": campaign, "typeface": TYPEFACE, "bands": BANDS}
    html = render_to_string("reports/briefing_print.html", context).replace(" %", f"{NO_BREAK_SPACE}%")
    title = f"Trang giao ban {sheet.frame.period.name}"
    return render_pdf(html, title=title, author=campaign.standing_body.official_name, created=sheet.made_at)
