"""Who is late and who is missing, as a report of one list."""

from __future__ import annotations

from campaign.choices import Relation
from paper.document import CENTRE, Cell, Column, Row, Table
from reports.exports.parts import Part, SectionText
from reports.exports.running_text import sending
from reports.exports.summary_text import Writer, frame_text
from reports.narrative.words import paragraph
from reports.tables.material import Material
from reports.tables.submissions import SubmissionRow
from vietnamese.dates import format_document_date, format_moment

LATE = "late"
LATE_COLUMNS = (
    Column("TT", 8, CENTRE),
    Column("Đơn vị"),
    Column("Hạn gửi", 22, CENTRE),
    Column("Gửi lúc", 24, CENTRE),
    Column("Số ngày chậm", 14, CENTRE),
    Column("Dòng còn thiếu", 16, CENTRE),
    Column("Tình trạng", 30),
)


def late_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """How the reports of the period came, and the list of those late, missing or incomplete."""
    rows = [row for row in material.submissions or () if row.relation == Relation.ASSIGNED.label]
    rows = [row for row in rows if row.days_late or not row.sent_at or row.missing]
    table = Table(LATE_COLUMNS, tuple(_late_row(place, row) for place, row in enumerate(rows, 1)), key="late")
    none = paragraph("late:none", "Các đơn vị được giao đều gửi đúng hạn, đủ số liệu.")
    part = Part(LATE, tuple(sending(material.submissions)) or (none,), tables=(table,) if rows else ())
    return frame_text(
        material, writer, [SectionText(LATE, "Tình hình gửi báo cáo của kỳ", (part,))], "tình hình gửi báo cáo"
    )


def _late_row(place: int, row: SubmissionRow) -> Row:
    sent = format_moment(row.sent_at) if row.sent_at else "chưa gửi"
    return Row(
        (
            Cell(str(place), place),
            Cell(row.name, row.name, key=f"name:{row.name}"),
            Cell(format_document_date(row.due_on), row.due_on, key=f"due:{row.name}"),
            Cell(sent, row.sent_at, key=f"sent:{row.name}"),
            Cell(str(row.days_late or ""), row.days_late, key=f"days_late:{row.name}"),
            Cell(f"{row.missing}/{row.owed}" if row.owed else "", row.missing, key=f"missing:{row.name}"),
            Cell(row.state),
        )
    )
