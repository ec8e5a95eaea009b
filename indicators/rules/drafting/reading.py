"""The whole reading of a document: outline, what its values say, tasks, contradictions, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign.rules.drafting.citations import DAY, Citation, citations_of, day_of, laws_of
from campaign.rules.drafting.numbers import Number, numbers_of
from campaign.rules.drafting.outline import MAX_TITLE, Node, Section, outline_of, path_of
from campaign.rules.drafting.paragraphs import Footnote, Line, paragraphs_of
from campaign.rules.drafting.window import window_of
from indicators.rules.drafting.claims import Place, Said, said_in, without_change, zeros_in
from indicators.rules.drafting.disagreements import Finding, findings_in
from indicators.rules.drafting.duties import Task, is_heading, tasks_in
from indicators.rules.drafting.leftovers import Unread, leftovers_in, numbers_unread
from vietnamese.text import fold

_TARGETS_FOLLOW = re.compile(r"chi tieu|muc tieu cu the|dang ky thi dua")
#: A row of a table that only heads those below it ("I Kinh tế", "A Lĩnh vực kinh tế").
_GROUP = re.compile(r"(?:[IVX]{1,4}|[A-Z])\s\S[^.:;]{1,80}$")


@dataclass(frozen=True)
class Span:
    """The time of the campaign: in the words of the document, where they stand, and the days that they name."""

    words: str
    place: Place
    days: tuple[date, date] | None = None


@dataclass(frozen=True)
class Reading:
    """A draft of a campaign: nothing in it is invented, every line has its place and quote."""

    title: str
    number: str
    dated: date | None
    period: Span | None
    nodes: tuple[Node, ...]
    footnotes: dict[int, Footnote]
    bases: tuple[Citation, ...]
    said: tuple[Said, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    recipients: tuple[str, ...]

    def in_section(self, section: Section) -> list[Node]:
        """The branches of one section, in reading order."""
        return [node for node in self.nodes if node.section is section]


def read_document(lines: Sequence[Line], unit_names: Mapping[str, str] | None = None) -> Reading:
    """Read a document of a phát động or a kế hoạch thi đua.

    ``unit_names``: spellings of units → their key; a task or a target names the units that stand in its sentence.
    """
    pages = paragraphs_of(lines)
    nodes = outline_of(pages)
    said = _said(nodes, pages.footnotes)
    tasks = tasks_in(nodes, said, unit_names or {})
    period = _period(nodes)
    unread = numbers_unread(texts_of(nodes, pages.footnotes))
    unread += leftovers_in(nodes, pages.footnotes, said, tasks, period.place if period else None)
    return Reading(
        title=_title(nodes),
        number=_own_number(nodes),
        dated=_own_day(nodes),
        period=period,
        nodes=tuple(nodes),
        footnotes=pages.footnotes,
        bases=tuple(base for base in _bases(nodes, pages.footnotes) if base.number != _own_number(nodes)),
        said=tuple(said),
        tasks=tuple(tasks),
        findings=tuple(findings_in(said)),
        unread=tuple(unread),
        recipients=tuple(node.text.rstrip(";. ") for node in nodes if node.section is Section.RECIPIENTS)[1:],
    )


def texts_of(nodes: Sequence[Node], footnotes: Mapping[int, Footnote]) -> list[tuple[Place, str]]:
    """Every paragraph, each followed by the footnotes that its marks call."""
    found = []
    for node in nodes:
        found.append((Place(paragraph=node.position), node.text))
        for mark in node.marks:
            found.append((Place(node.position, mark.number), footnotes[mark.number].text))
    called = {mark.number for node in nodes for mark in node.marks}
    found += [(Place(footnote=number), row.text) for number, row in footnotes.items() if number not in called]
    return found


def _said(nodes: Sequence[Node], footnotes: Mapping[int, Footnote]) -> list[Said]:
    """What every paragraph and footnote says; parts and shares point into the joined list."""
    joined: list[Said] = []
    heading = ""
    for place, text in texts_of(nodes, footnotes):
        is_plain = place.paragraph is not None and place.footnote is None and not nodes[place.paragraph].is_listed
        if is_plain and _is_heading(text, heading):
            heading = text
        if place.paragraph is not None and nodes[place.paragraph].section in _SILENT:
            continue
        follow = _TARGETS_FOLLOW.search(fold(heading)) is not None and len(heading) < MAX_TITLE
        if place.paragraph is not None:
            above = path_of(nodes[place.paragraph], nodes)
            follow = follow or any(_TARGETS_FOLLOW.search(fold(node.title)) for node in above)
        is_opening = place.paragraph is not None and nodes[place.paragraph].section is Section.INTRODUCTION
        rows = said_in(text, place, looks_back=place.footnote is not None or is_opening, holds_targets=follow)
        shift = len(joined)
        for row in rows:
            row = replace(
                row,
                name=row.name or _name_above(row, joined, nodes),
                part_of=None if row.part_of is None else row.part_of + shift,
                rate_of=None if row.rate_of is None else row.rate_of + shift,
            )
            joined.append(row)
        joined += zeros_in(text, place)
    return joined


def _is_heading(text: str, before: str) -> bool:
    """A line without a mark that heads those below it; a row that groups a table leaves the heading before in force."""
    is_group = _TARGETS_FOLLOW.search(fold(before)) is not None and _GROUP.match(text) is not None
    return not text.startswith("(") and not text.endswith((".", ";")) and not is_group


def _name_above(row: Said, joined: Sequence[Said], nodes: Sequence[Node]) -> str:
    """A value without a name of its own speaks of the last one of its paragraph, else of the paragraph's heading."""
    same = [each for each in joined if each.place.paragraph == row.place.paragraph]
    if same:
        return without_change(same[-1].name)
    return nodes[row.place.paragraph].title if row.place.paragraph is not None else ""


_SILENT = frozenset({Section.HEAD, Section.RECIPIENTS, Section.SIGNATURE, Section.BASIS, Section.PERIOD, Section.TERMS})


def parts_of_numbers(reading: Reading) -> list[tuple[Place, Number]]:
    """Every number of the document with its part, for whoever wants to see that none was passed over."""
    texts = texts_of(reading.nodes, reading.footnotes)
    return [(place, number) for place, text in texts for number in numbers_of(text)]


def _bases(nodes: Sequence[Node], footnotes: Mapping[int, Footnote]) -> tuple[Citation, ...]:
    """Each cited document once, in reading order; the citation that tells most is kept."""
    found: dict[str, Citation] = {}
    for place, text in texts_of(nodes, footnotes):
        if place.paragraph is not None and nodes[place.paragraph].section is Section.HEAD:
            continue
        is_basis = place.paragraph is not None and nodes[place.paragraph].section is Section.BASIS
        for citation in sorted(citations_of(text) + (laws_of(text) if is_basis else []), key=lambda one: one.start):
            known = found.get(citation.number)
            if known is None or len(citation.about) + len(citation.issuer) > len(known.about) + len(known.issuer):
                found[citation.number] = citation
    return tuple(found.values())


def _title(nodes: Sequence[Node]) -> str:
    """The heading in capitals with the line below it, as one."""
    heads = [node for node in nodes if node.section is Section.HEAD]
    start = next((at for at, node in enumerate(heads) if _IS_TITLE.match(fold(node.text))), None)
    if start is None:
        return ""
    return " ".join(node.text for node in heads[start : start + 2] if not node.text.endswith(":"))


_IS_TITLE = re.compile(r"(phat dong|ke hoach|chuong trinh|huong dan|thong bao|dang ky|loi keu goi)\b")


def _own_number(nodes: Sequence[Node]) -> str:
    """The document's own number, where its head carries one."""
    for node in nodes:
        if node.section is Section.HEAD:
            for citation in citations_of(node.text):
                return citation.number
    return ""


def _own_day(nodes: Sequence[Node]) -> date | None:
    """The day in the head: "Hà Nội, ngày 05 tháng 7 năm 2024"."""
    for node in nodes:
        match = DAY.search(node.text) if node.section is Section.HEAD else None
        if match:
            return day_of(match)
    return None


_PERIOD = re.compile(
    r"\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+năm\s+\d{4}|quý\s+[IVX\d]+[/\s]+(?:năm\s+)?\d{4}|"
    r"giai đoạn\s+\d{4}\s?[-–]\s?\d{4}|năm\s+\d{4}",
    re.I,
)


def _period(nodes: Sequence[Node]) -> Span | None:
    """The time of the campaign: the part that is called so, else the words of the title or of the introduction."""
    told = [node for node in nodes if node.section is Section.PERIOD and not is_heading(node, nodes)]
    days = ((node, window_of(node.text)) for node in told)
    node, window = next(((node, found) for node, found in days if found), (told[0] if told else None, None))
    if node is not None:
        head, colon, body = node.text.partition(":")
        words = body if colon and head.strip() == node.title else node.text
        return Span(words.strip(" .;"), Place(node.position), window)
    heads = [each for each in nodes if each.section is Section.HEAD]
    title = next((each for each in heads if _PERIOD.search(each.text) and not DAY.search(each.text)), None)
    opening = [each for each in nodes if each.section is Section.INTRODUCTION]
    for each in [*([title] if title else []), *reversed(opening)]:
        if match := _PERIOD.search(each.text):
            words = match.group().lower() if match.group().isupper() else match.group()
            return Span(words, Place(each.position), window_of(each.text))
    return None
