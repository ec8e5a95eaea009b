"""What the page of a draft shows: every section and part with its text, the suggestion beside, what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from paper.document import Table
from reports.exports.editing import unbound_numbers
from reports.exports.parts import Part
from reports.services.building import Draft


@dataclass(frozen=True)
class PartRow:
    """One part as the office sees it."""

    key: str
    title: str
    lines: tuple[str, ...]
    suggestion: tuple[str, ...]
    sequence: int
    is_written: bool
    is_suggestion_new: bool
    unbound: tuple[str, ...]
    tables: tuple[Table, ...]
    written_by: str
    written_at: datetime | None

    @property
    def text(self) -> str:
        """For the field in which it is edited."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class SectionRow:
    """One section; left out ones are shown folded."""

    key: str
    title: str
    is_left_out: bool
    parts: tuple[PartRow, ...]


def section_rows(draft: Draft) -> tuple[SectionRow, ...]:
    """Every section of the kind, the written parts in place."""
    printed = {part.key: part for section in draft.sections for part in section.parts}
    return tuple(
        SectionRow(
            section.key,
            section.title,
            section.key in draft.choices.left_out,
            tuple(_row(draft, part, printed.get(part.key, part)) for part in section.parts),
        )
        for section in draft.suggested
    )


def part_row(draft: Draft, key: str) -> PartRow | None:
    """One part, or None where the report has no such part."""
    return next((part for section in section_rows(draft) for part in section.parts if part.key == key), None)


def _row(draft: Draft, suggested: Part, printed: Part) -> PartRow:
    last = draft.last_texts.get(suggested.key)
    is_written = last is not None and not last.is_suggestion
    return PartRow(
        key=suggested.key,
        title=suggested.title,
        lines=tuple(paragraph.text for paragraph in printed.paragraphs),
        suggestion=tuple(paragraph.text for paragraph in suggested.paragraphs),
        sequence=last.sequence if last else 0,
        is_written=is_written,
        is_suggestion_new=is_written and last is not None and last.suggestion != suggested.text,
        unbound=tuple(unbound_numbers(printed.paragraphs)) if is_written else (),
        tables=(*suggested.tables, *(_drawn(chart.data) for chart in suggested.charts if chart.data)),
        written_by=str(last.by) if is_written and last else "",
        written_at=last.at if is_written and last else None,
    )


def _drawn(data: Table) -> Table:
    """What a drawing shows: the words before it lead up to it, so that nothing seems to be missing."""
    return replace(data, caption="Trong tệp PDF, bảng này được vẽ thành biểu đồ.")
