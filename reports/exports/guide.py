"""The one-page guide for clerks as PDF."""

from __future__ import annotations

from django.template.loader import render_to_string

from reports.tables.guide import Guide
from vietnamese.dates import format_date

TITLE = "Hướng dẫn nhanh cho người nhập số liệu"


def guide_pdf(guide: Guide) -> bytes:
    """One A4 page, to hang beside the screen."""
    # WeasyPrint takes most of a second and 40 MB to load: only a process that prints pays for it.
    from paper.pdf import render_pdf

    html: str = render_to_string("reports/print/guide.html", {"guide": guide, "made_on": format_date(guide.made_at)})
    return render_pdf(html, title=TITLE, author=guide.campaign.standing_body.name, created=guide.made_at)
