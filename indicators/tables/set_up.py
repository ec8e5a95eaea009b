"""What a campaign in preparation still lacks, and its draft beside the document's own words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Count, Q

from campaign.choices import PassageKind
from campaign.models import Campaign, Passage
from indicators.choices import AssignmentRole, DraftKind, DraftState, IndicatorKind, Operator
from indicators.models import Assignment, Contradiction, DraftLine, Indicator, Target
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

#: The pages on which each thing is done.
DRAFT, CALENDAR, ROWS, UNITS, OWNERS, ALLOCATIONS, DISPUTES = (
    f"indicators:{name}"
    for name in ("draft", "calendar", "definition-rows", "participants", "owners", "allocations", "contradictions")
)
#: The queries of the checklist and of the draft, however long they are.
CHECK_QUERIES, DRAFT_QUERIES = 7, 3


@dataclass(frozen=True)
class CheckRow:
    """One thing a campaign needs: is it there, in words; ``is_needed``: the launch waits for it."""

    label: str
    words: str
    is_done: bool
    is_needed: bool
    place: str = ""
    sheet: str = ""


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


def checklist(campaign: Campaign) -> tuple[CheckRow, ...]:
    """What stands ready and what is missing before the launch."""
    indicators = Indicator.objects.filter(campaign=campaign)
    numeric = indicators.exclude(kind__in=[IndicatorKind.TASK, IndicatorKind.MILESTONE])
    counts = indicators.aggregate(all=Count("pk"), numeric=Count("pk", filter=Q(pk__in=numeric)))
    reports, leads = (
        Assignment.objects.filter(indicator__campaign=campaign, role=role, is_not_applicable=False)
        .values("indicator")
        .distinct()
        .count()
        for role in (AssignmentRole.REPORTS, AssignmentRole.LEADS)
    )
    with_target = Target.objects.filter(indicator__campaign=campaign).values("indicator").distinct().count()
    waiting = DraftLine.objects.filter(campaign=campaign, state=DraftState.PROPOSED).count()
    disputed = Contradiction.objects.filter(campaign=campaign, settled_at=None).count()
    parts = Campaign.objects.filter(pk=campaign.pk).aggregate(
        areas=Count("areas", distinct=True),
        units=Count("participations", distinct=True),
        passages=Count("passages", distinct=True),
        periods=Count("periods", distinct=True),
    )
    total = counts["all"]
    return (
        CheckRow("Văn bản phát động", _counted(parts["passages"], "đoạn"), parts["passages"] > 0, False, DRAFT),
        CheckRow("Bản nháp đọc từ văn bản", *_draft_state(parts["passages"], waiting), False, DRAFT),
        CheckRow("Lịch, hạn gửi, ngưỡng", _periods_in_words(parts["periods"]), parts["periods"] > 0, False, CALENDAR),
        CheckRow("Nội dung thi đua", _counted(parts["areas"], "nội dung"), parts["areas"] > 0, True, ROWS, "noi-dung"),
        CheckRow("Đơn vị tham gia", _counted(parts["units"], "đơn vị"), parts["units"] > 0, True, UNITS),
        CheckRow("Chỉ tiêu, nhiệm vụ", _counted(total, "dòng"), total > 0, True, ROWS, "chi-tieu-nhiem-vu"),
        CheckRow("Có đơn vị báo cáo", f"{reports}/{total} dòng", total > 0 and reports == total, True, OWNERS),
        CheckRow("Có cơ quan chủ trì", f"{leads}/{total} dòng", total > 0 and leads == total, False, OWNERS),
        CheckRow(
            "Đã giao kế hoạch",
            f"{with_target} chỉ tiêu, nhiệm vụ có số giao; {counts['numeric']} chỉ tiêu có số",
            with_target >= counts["numeric"] > 0,
            False,
            ALLOCATIONS,
        ),
        CheckRow("Chỗ văn bản tự mâu thuẫn", f"{disputed} chỗ chưa quyết định", disputed == 0, False, DISPUTES),
    )


def _draft_state(passages: int, waiting: int) -> tuple[str, bool]:
    """What a draft still waits for; a document that was never read has none."""
    return (f"{waiting} dòng chờ quyết định", waiting == 0) if passages else ("chưa có", False)


def _periods_in_words(count: int) -> str:
    return f"{count} kỳ" if count else "chưa lập kỳ; khi phát động sẽ lập theo cách cắt kỳ đã chọn"


def missing_words(rows: tuple[CheckRow, ...]) -> str:
    """What the launch still waits for, in one sentence; "" when nothing."""
    missing = [row.label.lower() for row in rows if row.is_needed and not row.is_done]
    return f"Còn thiếu trước khi phát động: {'; '.join(missing)}." if missing else ""


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


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number else "chưa có"
