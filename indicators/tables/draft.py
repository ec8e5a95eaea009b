"""The draft of a campaign beside the document's own words, and which of its lines a person looks at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count

from campaign.choices import PassageKind
from campaign.models import Campaign, Passage
from indicators.choices import DraftKind, DraftState, Operator
from indicators.models import DraftLine
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed
from vietnamese.text import shortened

#: The queries of the draft, however long it is, and of what stands above it once a line is decided.
DRAFT_QUERIES, HEAD_QUERIES = 3, 1
#: Which lines are shown: those that wait, all of them, or (by the name of a kind) those of one kind that wait.
WAITING, ALL = "cho", "tat-ca"
#: How long the name of a content area is where it is chosen.
AREA_WORDS = 100
#: How much of a text that was read as nothing stands beside the whole of it.
UNREAD_WORDS = 120


@dataclass(frozen=True)
class DraftRow:
    """One line of the draft as the page shows it."""

    line: DraftLine
    name: str
    kind: str
    value: str
    also: str
    due: str
    is_numeric: bool
    is_open: bool


@dataclass(frozen=True)
class DraftGroup:
    """One passage of the document with the lines that were read from it."""

    passage: Passage
    place: str
    rows: tuple[DraftRow, ...]


@dataclass(frozen=True)
class DraftChoice:
    """One way of looking at the draft, with how many lines it shows."""

    slug: str
    label: str
    size: int
    is_current: bool


@dataclass(frozen=True)
class DraftHead:
    """What stands above the lines; ``shown``: which are looked at; ``can_accept``: some may be accepted in one go."""

    choices: tuple[DraftChoice, ...]
    shown: str
    waiting: int
    total: int
    can_accept: bool


def draft_head(campaign: Campaign, wanted: str, in_one_go: Collection[str]) -> DraftHead:
    """How many lines of which kind wait for a person, of how many."""
    waiting: Counter[str] = Counter()
    total = 0
    for kind, state, count in campaign.draft_lines.order_by().values_list("kind", "state").annotate(Count("pk")):
        total += count
        waiting[kind] += count if state == DraftState.PROPOSED else 0
    shown = wanted if wanted in (WAITING, ALL) or waiting[wanted] else WAITING
    if shown == WAITING and not waiting.total():
        shown = ALL
    sizes = {WAITING: (waiting.total(), "Còn chờ"), ALL: (total, "Tất cả")}
    sizes |= {str(kind): (waiting[kind], str(kind.label)) for kind in DraftKind if waiting[kind]}
    return DraftHead(
        choices=tuple(DraftChoice(slug, label, size, slug == shown) for slug, (size, label) in sizes.items()),
        shown=shown,
        waiting=waiting.total(),
        total=total,
        can_accept=any(waiting[kind] for kind in in_one_go),
    )


def lines_shown(campaign: Campaign, shown: str, kept: int = 0) -> tuple[DraftGroup, ...]:
    """What waits for a decision, all of it, or one kind; ``kept``: the line that a person has before him."""
    return tuple(_looked_at(draft_groups(campaign), shown, kept))


def areas_offered(campaign: Campaign) -> list[tuple[str, str]]:
    """Key and name of every content area of the draft, to choose from."""
    lines = campaign.draft_lines.of_areas().exclude(state=DraftState.DROPPED).select_related("passage")
    rows = ((line.passage.key, f"{line.values.get('numbering', '')} {line.values['name']}") for line in lines)
    return [(key, shortened(name.lstrip("-–+• "), AREA_WORDS)) for key, name in rows]


def _looked_at(groups: Iterable[DraftGroup], shown: str, kept: int) -> Iterable[DraftGroup]:
    """The passages with the lines that are wanted."""
    for group in groups:
        rows = tuple(
            row
            for row in group.rows
            if shown == ALL or row.line.pk == kept or (row.is_open and shown in (WAITING, str(row.line.kind)))
        )
        if rows:
            yield DraftGroup(group.passage, group.place, rows)


def draft_groups(campaign: Campaign) -> tuple[DraftGroup, ...]:
    """The document in reading order, each passage with its lines; passages without lines are left out."""
    lines: dict[int, list[DraftRow]] = defaultdict(list)
    for line in campaign.draft_lines.select_related("passage", "indicator", "decided_by"):
        lines[line.passage_id].append(draft_row(line))
    passages = campaign.passages.order_by("position")
    return tuple(DraftGroup(one, _place(one), tuple(lines[one.pk])) for one in passages if one.pk in lines)


def _place(passage: Passage) -> str:
    """Where a passage stands: its number, or that it is a dash or a plain paragraph."""
    if passage.kind == PassageKind.FOOTNOTE:
        return f"Chú thích {passage.numbering}"
    if passage.number:
        return f"Mục {passage.number}"
    return "Gạch đầu dòng" if passage.numbering else "Đoạn văn bản"


def draft_row(line: DraftLine) -> DraftRow:
    """A line with its value in words."""
    values = line.values
    is_numeric = line.kind in (DraftKind.TARGET, DraftKind.OPENING, DraftKind.UNCLEAR)
    is_open = line.state == DraftState.PROPOSED
    is_number = line.kind == DraftKind.UNREAD and not values.get("is_text", True)
    return DraftRow(
        line=line,
        name=f"Số “{values.get('typed', '')}”" if is_number else _name(line),
        kind="Số chưa đọc được" if is_number else str(line.get_kind_display()),
        value=_value_words(values, is_open) if is_numeric else "; ".join(_more_words(line.kind, values)),
        also=", ".join(values.get("also", [])),
        due=_day(values, "due_on"),
        is_numeric=is_numeric or is_number,
        is_open=is_open,
    )


def _name(line: DraftLine) -> str:
    """What a line is called; what was read as nothing by its first words, for the whole stands beside it."""
    name = str(line.values.get("name", ""))
    return shortened(name, UNREAD_WORDS) if line.kind == DraftKind.UNREAD else name


def _value_words(values: Mapping[str, Any], is_open: bool) -> str:
    """ "ít nhất 12,5 ha", "40 % dự toán giao": as the document words it, or as a person accepted it."""
    operator = Operator(values["operator"]).label if values.get("operator") in Operator.values else ""
    base = values.get("base_as_read", values.get("base", ""))
    measure = f"% {base}" if values.get("is_rate") else str(values.get("unit_of_measure", ""))
    return " ".join(
        part for part in (str(operator), _amount_text(str(values.get("amount", ""))), measure.strip()) if part
    )


def _more_words(kind: str, values: Mapping[str, Any]) -> Iterable[str]:
    """What a line without a number says beside its name."""
    for side in values.get("sides", []):
        yield f"{side['name']}: {_amount_text(str(side['value']))} {side['unit_of_measure']}"
    if kind == DraftKind.PERIOD and values.get("starts_on"):
        yield f"{_day(values, 'starts_on')} đến {_day(values, 'ends_on')}"
    if kind == DraftKind.BASIS:
        yield from filter(None, (_day(values, "dated"), str(values.get("issuer", ""))))


def _day(values: Mapping[str, Any], name: str) -> str:
    return format_date(date.fromisoformat(values[name])) if values.get(name) else ""


def _amount_text(text: str) -> str:
    try:
        return format_trimmed(Decimal(text))
    except InvalidOperation:
        return text
