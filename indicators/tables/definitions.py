"""What an indicator is, in words: its rules, schedule, targets with their revisions, openings, claims and units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from campaign.choices import PeriodKind
from campaign.models import Campaign, ContentArea, Period
from campaign.permissions import is_standing_body
from indicators.choices import AssignmentRole, Direction, IndicatorKind, Operator, Schedule, TimeRule, UnitRule
from indicators.models import Assignment, Indicator, Opening, PathPoint, Target
from indicators.permissions import led_indicator_ids
from indicators.tables.wording import amount_text, target_words
from units.choices import WORKING_ROLES, Role
from units.models import OrgUnit, User, below_any
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

TIME_WORDS = {
    TimeRule.FLOW: "Nhập số phát sinh trong kỳ; lũy kế là số đầu kỳ cộng các kỳ.",
    TimeRule.RUNNING: "Nhập số lũy kế từ đầu năm; số trong kỳ là hiệu của hai kỳ liền nhau.",
    TimeRule.LEVEL: "Nhập số tại thời điểm cuối kỳ; số sau thay số trước, có thể giảm, không cộng dồn.",
}
UNIT_WORDS = {
    UnitRule.SUM: "Số chung là tổng của các đơn vị.",
    UnitRule.RATIO_OF_SUMS: "Tỷ lệ chung là tổng tử số chia tổng mẫu số, không lấy bình quân các tỷ lệ.",
    UnitRule.LEAD: "Số chung là số của cơ quan chủ trì; số các đơn vị để đối chiếu.",
    UnitRule.LATEST: "Số chung là số mới nhất.",
    UnitRule.NONE: "Không cộng giữa các đơn vị.",
}
DIRECTION_WORDS = {
    Direction.MORE: "Đạt khi lũy kế bằng hoặc hơn kế hoạch.",
    Direction.FEWER: "Đạt khi lũy kế không vượt kế hoạch.",
    Direction.EXACTLY: "Đạt khi lũy kế đúng bằng kế hoạch.",
}


@dataclass(frozen=True)
class DefinitionRow:
    """One indicator in the list of a campaign."""

    indicator: Indicator
    target: str
    base_name: str
    is_disputed: bool


@dataclass(frozen=True)
class AreaDefinitions:
    """The indicators and tasks of one content area."""

    area: ContentArea
    title: str
    rows: tuple[DefinitionRow, ...]


@dataclass(frozen=True)
class TargetRow:
    """One target, in force or revised."""

    target: Target
    words: str
    base_name: str
    is_in_force: bool
    is_over: bool


@dataclass(frozen=True)
class OpeningRow:
    """One opening: an amount, or a rate with its base."""

    opening: Opening
    words: str


@dataclass(frozen=True)
class UnitsOf:
    """Who has a part in an indicator."""

    leads: tuple[str, ...]
    reports: tuple[str, ...]
    co_operates: tuple[str, ...]
    not_assigned: tuple[str, ...]


def definition_list(campaign: Campaign, on: date) -> tuple[AreaDefinitions, ...]:
    """All indicators and tasks of a campaign by area, with the authority's target. Four queries."""
    indicators = campaign.indicators.select_related("area").order_by("area__position", "position")
    targets: dict[int, list[Target]] = defaultdict(list)
    rows = Target.objects.filter(indicator__campaign=campaign, unit=campaign.authority_id, is_main=True)
    for target in rows.in_force(on).select_related("base").order_by("sequence"):
        targets[target.indicator_id].append(target)
    disputed = set(campaign.contradictions.filter(settled_claim=None).values_list("indicator_id", flat=True))
    by_area: dict[int, list[DefinitionRow]] = defaultdict(list)
    for indicator in indicators:
        last = targets[indicator.pk][-1] if targets[indicator.pk] else None
        base_name = last.base.name if last and last.base else ""
        row = DefinitionRow(indicator, target_words(last, indicator), base_name, indicator.pk in disputed)
        by_area[indicator.area_id].append(row)
    areas = campaign.areas.select_related("parent").order_by("position")
    return tuple(
        AreaDefinitions(area, area_title(area), tuple(by_area[area.pk])) for area in areas if area.pk in by_area
    )


def rules_in_words(indicator: Indicator) -> tuple[str, ...]:
    """How the indicator is entered, added up and judged, as sentences."""
    if not indicator.is_numeric:
        words = ["Báo tình hình thực hiện và nội dung đã làm; kỳ không đổi thì chọn “Không thay đổi so với kỳ trước”."]
    else:
        words = [TIME_WORDS[TimeRule(indicator.time_rule)], UNIT_WORDS[UnitRule(indicator.unit_rule)]]
        words.append(DIRECTION_WORDS[Direction(indicator.direction)])
        if indicator.operator == Operator.ABOUT:
            words.append("Văn bản ghi là số ước chừng (khoảng).")
    if indicator.kind == IndicatorKind.RATIO:
        words.append("Báo tử số và mẫu số; chương trình tính tỷ lệ.")
    if indicator.evidence_required:
        words.append("Phải có minh chứng kèm theo.")
    if indicator.is_confidential:
        words.append("Lĩnh vực quốc phòng, an ninh: chỉ báo trạng thái, không có số liệu.")
    return tuple(words)


def schedule_in_words(indicator: Indicator, periods: Sequence[Period]) -> str:
    """In which periods the indicator is asked for."""
    months = [period for period in periods if period.kind == PeriodKind.MONTH]
    listed = [month for month in indicator.listed_months if isinstance(month, int)]
    extra = [period.name for period in periods if period.ends_on.isoformat() in map(str, indicator.listed_months)]
    match indicator.schedule:
        case Schedule.QUARTERLY:
            words = "Hằng quý: " + ", ".join(str(one) for one in months if one.month % 3 == 0)
        case Schedule.LISTED:
            words = ", ".join(str(one) for one in months if one.month in listed) or "Các kỳ bổ sung"
        case Schedule.ONCE:
            words = f"Một lần, ở kỳ cuối{f' ({months[-1]})' if months else ''}"
        case Schedule.UNTIL_DONE:
            words = "Hằng tháng cho đến khi hoàn thành"
        case _:
            words = "Hằng tháng"
    return f"{words}; thêm {', '.join(extra)}" if extra else words


def target_rows(indicator: Indicator, user: User, on: date) -> tuple[TargetRow, ...]:
    """Targets with every revision; of single units only those that the person may see."""
    rows = Target.objects.filter(indicator=indicator).filter(_visible_units(indicator, user))
    ordered = list(rows.select_related("unit", "base", "passage").order_by("unit__position", "unit_id", "sequence"))
    last = {(one.unit_id, one.base_id, one.is_percentage): one.pk for one in ordered if one.valid_from <= on}
    authority = indicator.campaign.authority_id
    ordered.sort(key=lambda one: one.unit_id != authority)
    return tuple(
        TargetRow(
            one,
            target_words(one, indicator),
            one.base.name if one.base else "",
            one.pk == last.get((one.unit_id, one.base_id, one.is_percentage)),
            one.valid_from <= on and one.pk != last.get((one.unit_id, one.base_id, one.is_percentage)),
        )
        for one in ordered
    )


def opening_rows(indicator: Indicator, user: User) -> tuple[OpeningRow, ...]:
    """What was done before the campaign; a rate stays a rate."""
    rows = Opening.objects.filter(indicator=indicator).filter(_visible_units(indicator, user))
    return tuple(
        OpeningRow(one, _opening_words(one, indicator)) for one in rows.select_related("unit", "base", "passage")
    )


def units_of(indicator: Indicator) -> UnitsOf:
    """Lead, reporting and co-operating units, and those to which it is not given. One query."""
    last = Q(valid_to=None) | Q(valid_to=indicator.valid_to)  # of an ended indicator those who reported to the last
    rows = Assignment.objects.filter(last, indicator=indicator).select_related("unit", "person")
    ordered = list(rows.order_by("unit__kind__position", "unit__position"))

    def names(role: str, *, is_out: bool = False) -> tuple[str, ...]:
        return tuple(row.unit.name for row in ordered if row.role == role and row.is_not_applicable == is_out)

    return UnitsOf(
        leads=names(AssignmentRole.LEADS),
        reports=names(AssignmentRole.REPORTS),
        co_operates=names(AssignmentRole.CO_OPERATES),
        not_assigned=names(AssignmentRole.REPORTS, is_out=True),
    )


def parts_of(indicator: Indicator) -> QuerySet[Indicator]:
    """Its parts ("trong đó") in the order of the document."""
    return indicator.parts.order_by("position")


def common_path(indicator: Indicator) -> QuerySet[PathPoint]:
    """The phased path of every unit that has none of its own."""
    return indicator.path_points.filter(unit=None).select_related("period").order_by("period__number")


def area_title(area: ContentArea) -> str:
    """A content area with the one it belongs to."""
    title = f"{area.parent.short_title} · {area.short_title}" if area.parent else area.title
    return f"{area.numbering} {title}".lstrip(" -")


def _visible_units(indicator: Indicator, user: User) -> Q:
    """Whose targets a person sees: the authority's always, all for the offices and leaders, else the own unit's."""
    campaign = indicator.campaign
    is_office = is_standing_body(campaign, user) or campaign.authority_id in user.unit_ids_with(Role.LEADER)
    if is_office or indicator.pk in led_indicator_ids(user):
        return Q()
    own = OrgUnit.objects.filter(below_any("path", user.paths_with(*WORKING_ROLES)))
    return Q(unit=campaign.authority_id) | Q(unit__in=own)


def _opening_words(opening: Opening, indicator: Indicator) -> str:
    """An opening with its operator and base."""
    said = {Operator.ABOUT: "khoảng ", Operator.MORE_THAN: "trên ", Operator.AT_LEAST: "ít nhất "}
    words = []
    if opening.amount is not None:
        words.append(f"{amount_text(opening.amount, indicator)} {indicator.unit_of_measure}".strip())
    if opening.rate is not None:
        base = f" {opening.base.name}" if opening.base else ""
        words.append(f"{format_trimmed(opening.rate)} %{base}")
    text = said.get(Operator(opening.operator), "") + ", ".join(words)
    return f"{text} (đến ngày {format_date(opening.as_of_on)})" if opening.as_of_on else text
