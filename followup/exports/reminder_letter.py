"""A reminder as an official dispatch (công văn đôn đốc) in the form of Decree 30/2020: one document, PDF and Word."""

from __future__ import annotations

from django.template.loader import render_to_string

from followup.exports.reminder_text import numbered_lines, subject
from followup.models import Reminder
from paper.document import Document, Paragraph, Span
from paper.letter import Letter, Letterhead, Recipients, SignatureBlock, Title, date_line, number_line
from units import clock
from units.choices import Origin
from units.exports.naming import name_lines
from vietnamese.dates import format_document_date

PDF_TYPE = "application/pdf"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter_of(reminder: Reminder) -> Letter:
    """Head, subject, addressee, signature and recipients; number and day are the registry's."""
    office, authority = reminder.campaign.standing_body, reminder.campaign.authority
    to = ["Như trên", *([f"Lãnh đạo {authority.official_name} (b/c)"] if reminder.is_escalated else [])]
    return Letter(
        letterhead=Letterhead(
            superior=tuple(name_lines(authority)) if authority.pk != office.pk else (),
            issuer=tuple(name_lines(office)),
            name=office.official_name,
            number_pattern=number_line(office.document_code or "CV"),
            place=office.place_name or authority.place_name,
            date_text=date_line(clock.local_date(reminder.sent_at).year),
        ),
        title=Title("", (f"V/v {lower_first(subject(reminder))}",)),
        signature=SignatureBlock((office.head_title.upper(),)),
        recipients=Recipients(tuple(to), "VT"),
        addressees=(reminder.unit.official_name,),
        illustrative=reminder.origin == Origin.ILLUSTRATIVE,
    )


def paragraphs(reminder: Reminder) -> list[str]:
    """The text of the letter, paragraph by paragraph."""
    campaign = reminder.campaign
    basis = f" theo văn bản số {campaign.document_number}" if campaign.document_number else ""
    again = f" Đây là lần đôn đốc thứ {reminder.number}." if reminder.number > 1 else ""
    until = format_document_date(reminder.answer_by)
    day = format_document_date(clock.local_date(reminder.sent_at))
    opening = (
        f"Thực hiện phong trào {lower_first(campaign.name)}{basis}, đến ngày {day} {reminder.unit.official_name} "
        "còn các nội dung sau:"
    )
    closing = (
        f"{campaign.standing_body.name} đề nghị {reminder.unit.official_name} thực hiện xong các nội dung trên "
        f"chậm nhất ngày {until}; trường hợp có khó khăn, vướng mắc thì báo cáo rõ nguyên nhân và thời gian "
        f"hoàn thành.{again}"
    )
    return [opening, *numbered_lines(reminder), *([reminder.note] if reminder.note else []), f"{closing}/."]


def reminder_pdf(reminder: Reminder) -> bytes:
    """The letter as PDF."""
    # WeasyPrint takes most of a second and 40 MB to load: only a process that prints pays for it.
    from paper.pdf import render_pdf

    letter = letter_of(reminder)
    html = render_to_string("followup/print/reminder.html", {"letter": letter, "paragraphs": paragraphs(reminder)})
    return render_pdf(html, title=letter.title.plain, author=letter.letterhead.name, created=reminder.sent_at)


def reminder_word(reminder: Reminder) -> bytes:
    """The letter as Word, for the registry and for who changes a sentence."""
    from paper.word import word_bytes

    body = tuple(Paragraph((Span(text),)) for text in paragraphs(reminder))
    return word_bytes(Document(letter=letter_of(reminder), body=body, made_at=reminder.sent_at))


def lower_first(text: str) -> str:
    """The text inside a sentence."""
    return text[:1].lower() + text[1:]
