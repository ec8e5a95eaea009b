"""Báo cáo vướng mắc: how many obstacles there are, what is being done, what waits for a word of the Committee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from followup.choices import ObstacleState
from followup.tables.reporting import ObstacleLine
from paper.document import CENTRE, Cell, Column, Paragraph, Row, Table
from reports.exports.ahead_text import proposals
from reports.exports.parts import Part, SectionText
from reports.exports.summary_text import PROPOSALS, Writer, frame_text
from reports.exports.wording import lower_first
from reports.narrative.words import Words, count, joined, name, paragraph, say, upper_first
from reports.tables.material import Material

SITUATION, IN_HAND = "situation", "in_hand"
COLUMNS = (
    Column("TT", 10, CENTRE),
    Column("Đơn vị", 30),
    Column("Vướng mắc, đề xuất"),
    Column("Chỉ tiêu", 30),
    Column("Nguyên nhân", 25),
    Column("Đơn vị xử lý", 30),
    Column("Hạn", 20, CENTRE),
    Column("Tình trạng", 22),
)


def obstacle_text(material: Material, writer: Writer) -> tuple[SectionText, ...]:
    """The situation, what is in hand, what is proposed."""
    lines = _lines(material)
    sections = [
        SectionText(SITUATION, "Tình hình chung", (Part(SITUATION, _situation(lines)),)),
        SectionText(IN_HAND, "Vướng mắc đang xử lý", (Part(IN_HAND, _in_hand(lines)),)),
        SectionText(PROPOSALS, "Kiến nghị", proposals(material)[:1]),
    ]
    return frame_text(material, writer, sections, "khó khăn, vướng mắc trong thực hiện phong trào thi đua")


def obstacle_table(material: Material) -> Table:
    """Every obstacle of the span with owner, due day and state."""
    rows = tuple(_row(place, line) for place, line in enumerate(_lines(material), start=1))
    return Table(COLUMNS, rows, key="obstacles", is_dense=True)


def _lines(material: Material) -> Sequence[ObstacleLine]:
    return material.around.obstacles if material.around else ()


def _situation(lines: Sequence[ObstacleLine]) -> tuple[Paragraph, ...]:
    if not lines:
        return (paragraph("situation:none", "Trong kỳ các đơn vị không nêu khó khăn, vướng mắc."),)
    units = len({line.unit_id for line in lines})
    kinds = Counter(line.kind_word for line in lines)
    told = say("Có ", count("obstacles", len(lines)), " vướng mắc của ", count("obstacles:units", units), " đơn vị")
    states = Counter(line.state for line in lines)
    by_state = joined(
        say(count(f"obstacles:{state.value}", states[state.value]), f" {lower_first(str(state.label))}")
        for state in ObstacleState
        if states[state.value]
    )
    return (
        paragraph("situation:kinds", told, ", ", _by_kind(kinds), "."),
        paragraph("situation:states", "Tình trạng: ", by_state, _overdue(lines), "."),
    )


def _by_kind(kinds: Counter[str]) -> Words:
    """What they are due to: all to the same, or so many to this and so many to that."""
    if len(kinds) == 1:
        [(kind, number)] = kinds.items()
        return say("đều " if number > 1 else "", f"do nguyên nhân {kind}")
    told = (say(count(f"obstacles:{kind}", number), f" do nguyên nhân {kind}") for kind, number in kinds.most_common())
    return say("trong đó ", joined(told))


def _overdue(lines: Sequence[ObstacleLine]) -> Words:
    late = sum(line.is_overdue for line in lines)
    return say("; quá hạn xử lý ", count("obstacles:overdue", late), " vướng mắc") if late else ()


def _in_hand(lines: Sequence[ObstacleLine]) -> tuple[Paragraph, ...]:
    rows = [line for line in lines if line.state in (ObstacleState.RAISED, ObstacleState.IN_HAND)]
    return tuple(
        paragraph(
            f"in_hand:{line.pk}",
            say(
                "- ",
                name("obstacle:unit", upper_first(line.unit)),
                ": ",
                name("obstacle:title", line.title.rstrip(". ")),
            ),
            say(" (", name("obstacle:owner", line.owner), ", hạn ", name("obstacle:due", line.due), ")")
            if line.owner and line.due
            else say(" (chưa giao đơn vị xử lý)"),
            ".",
        )
        for line in rows
    )


def _row(place: int, line: ObstacleLine) -> Row:
    said = f"{line.title}. {line.text}" if line.text else line.title
    cause = f"{line.cause} ({line.kind_word})" if line.cause else line.kind_word
    words = (line.unit, said, line.indicator, cause, line.owner, line.due, line.state_word)
    return Row((Cell(str(place), place), *(Cell(text, text, key=f"obstacle:{line.pk}:{text}") for text in words)))
