"""The draft of a campaign beside the document's own words, and which of its lines a person looks at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Count, Q

from campaign.choices import PassageKind
from campaign.models import Campaign, Passage
from indicators.choices import DraftKind, DraftState, Operator
from indicators.models import DraftLine
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

#: The queries of the draft, however long it is.
DRAFT_QUERIES = 3
#: Which lines are shown: those that wait, all of them, or (by the name of a kind) those of one kind that wait.
WAITING, ALL = "cho", "tat-ca"


@dataclass(frozen=True)
class DraftRow:
    """One line of the draft as the page shows it."""

    line: DraftLine
    name: str
    kind: str
    value: str
    amount: str
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
class DraftPage:
    """The draft as it is looked at; ``can_accept``: lines wait that may be accepted in one go."""

    groups: tuple[DraftGroup, ...]
    choices: tuple[DraftChoice, ...]
    areas: tuple[DraftRow, ...]
    waiting: int
    total: int
    can_accept: bool


def draft_count(campaign: Campaign) -> tuple[int, int]:
    """How many lines wait for a person, of how many."""
    counts = campaign.draft_lines.aggregate(waiting=Count("pk", filter=Q(state=DraftState.PROPOSED)), all=Count("pk"))
    return counts["waiting"], counts["all"]


def draft_page(campaign: Campaign, wanted: str, in_one_go: Collection[str]) -> DraftPage:
    """What waits for a decision, unless the person wants to see more or only one kind of it."""
    groups = draft_groups(campaign)
    rows = [row for group in groups for row in group.rows]
    waiting = Counter(row.line.kind for row in rows if row.is_open)
    shown = wanted if wanted in (WAITING, ALL, *waiting) else WAITING
    if shown == WAITING and not waiting:
        shown = ALL
    sizes = {WAITING: (waiting.total(), "Còn chờ"), ALL: (len(rows), "Tất cả")}
    sizes |= {str(kind): (waiting[kind], str(kind.label)) for kind in DraftKind if waiting[kind]}
    return DraftPage(
        groups=tuple(_looked_at(groups, shown)),
        choices=tuple(DraftChoice(slug, label, size, slug == shown) for slug, (size, label) in sizes.items()),
        areas=tuple(row for row in rows if row.line.kind == DraftKind.AREA),
        waiting=waiting.total(),
        total=len(rows),
        can_accept=any(waiting[kind] for kind in in_one_go),
    )


def _looked_at(groups: Iterable[DraftGroup], shown: str) -> Iterable[DraftGroup]:
    """The passages with the lines that are wanted."""
    for group in groups:
        rows = tuple(
            row for row in group.rows if shown == ALL or (row.is_open and shown in (WAITING, str(row.line.kind)))
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
    if passage.numbering and passage.numbering.strip("-–+•"):
        return f"Mục {passage.numbering}"
    return "Gạch đầu dòng" if passage.numbering else "Đoạn văn bản"


def draft_row(line: DraftLine) -> DraftRow:
    """A line with its value in words."""
    values = line.values
    is_numeric = line.kind in (DraftKind.TARGET, DraftKind.OPENING, DraftKind.UNCLEAR)
    amount = _amount_text(str(values.get("amount", "")))
    operator = Operator(values["operator"]).label if values.get("operator") in Operator.values else ""
    measure = f"% {values.get('base', '')}" if values.get("is_rate") else str(values.get("unit_of_measure", ""))
    words = " ".join(part for part in (str(operator), amount, measure.strip()) if part) if is_numeric else ""
    sides = [
        f"{side['name']}: {_amount_text(str(side['value']))} {side['unit_of_measure']}"
        for side in values.get("sides", [])
    ]
    return DraftRow(
        line=line,
        name=str(values.get("name", "")),
        kind=str(line.get_kind_display()),
        value=words or "; ".join(sides),
        amount=amount,
        also=", ".join(values.get("also", [])),
        due=format_date(date.fromisoformat(values["due_on"])) if values.get("due_on") else "",
        is_numeric=is_numeric,
        is_open=line.state == DraftState.PROPOSED,
    )


def _amount_text(text: str) -> str:
    try:
        return format_trimmed(Decimal(text))
    except InvalidOperation:
        return text
