"""What a campaign in preparation still lacks before its launch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from campaign.models import Campaign
from indicators.choices import AssignmentRole, DraftState, IndicatorKind
from indicators.models import Assignment, Contradiction, DraftLine, Indicator, Target
from indicators.tables.plan import PERCENT

#: The pages on which each thing is done.
DRAFT, CALENDAR, ROWS, UNITS, OWNERS, ALLOCATIONS, DISPUTES = (
    f"indicators:{name}"
    for name in ("draft", "calendar", "definition-rows", "participants", "owners", "allocations", "contradictions")
)
#: The queries of the checklist.
CHECK_QUERIES = 8


@dataclass(frozen=True)
class CheckRow:
    """One thing a campaign needs: is it there, in words; ``is_needed``: the launch waits for it."""

    label: str
    words: str
    is_done: bool
    is_needed: bool
    place: str = ""
    sheet: str = ""


def checklist(campaign: Campaign) -> tuple[CheckRow, ...]:
    """What stands ready and what is missing before the launch."""
    indicators = Indicator.objects.filter(campaign=campaign)
    numeric = indicators.exclude(kind__in=[IndicatorKind.TASK, IndicatorKind.MILESTONE])
    counts = indicators.aggregate(all=Count("pk"), numeric=Count("pk", filter=Q(pk__in=numeric)))
    reports, leads = (
        Assignment.objects.filter(indicator__campaign=campaign, role=role, is_not_applicable=False)
        .filter(unit__in=campaign.participations.values("unit"))  # a unit that only the document names owes nothing
        .values("indicator")
        .distinct()
        .count()
        for role in (AssignmentRole.REPORTS, AssignmentRole.LEADS)
    )
    with_target = Target.objects.filter(indicator__campaign=campaign).values("indicator").distinct().count()
    without_base = _percentages_of_nothing(campaign)
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
        CheckRow("Phần trăm có mẫu số để tính", *_bases_in_words(without_base), False, ALLOCATIONS),
        CheckRow("Chỗ văn bản tự mâu thuẫn", f"{disputed} chỗ chưa quyết định", disputed == 0, False, DISPUTES),
    )


def _percentages_of_nothing(campaign: Campaign) -> int:
    """How many indicators are to reach a percentage of something that nobody reports and no amount is given of."""
    wanted = Target.objects.filter(indicator__campaign=campaign, is_percentage=True, is_main=True)
    of_nothing = wanted.filter(base__is_reported=False).exclude(indicator__unit_of_measure=PERCENT)
    return of_nothing.exclude(base__targets__is_percentage=False).values("indicator").distinct().count()


def _bases_in_words(count: int) -> tuple[str, bool]:
    return (f"{count} chỉ tiêu chưa có số giao của mẫu số" if count else "đủ", count == 0)


def _draft_state(passages: int, waiting: int) -> tuple[str, bool]:
    """What a draft still waits for; a document that was never read has none."""
    return (f"{waiting} dòng chờ quyết định", waiting == 0) if passages else ("chưa có", False)


def _periods_in_words(count: int) -> str:
    return f"{count} kỳ" if count else "chưa lập kỳ; khi phát động sẽ lập theo cách cắt kỳ đã chọn"


def missing_words(rows: tuple[CheckRow, ...]) -> str:
    """What the launch still waits for, in one sentence; "" when nothing."""
    missing = [row.label.lower() for row in rows if row.is_needed and not row.is_done]
    return f"Còn thiếu trước khi phát động: {'; '.join(missing)}." if missing else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number else "chưa có"
