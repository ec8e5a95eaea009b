"""A whole's target divided among the units: what each has, what it did last year, the sum against the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.models import Campaign
from indicators.choices import AssignmentRole, UnitRule
from indicators.models import AllocationNote, Assignment, Denominator, Indicator, Target, Total
from indicators.rules.allocation import equal_shares, shares
from indicators.tables.plan import PERCENT, last_by_base
from indicators.tables.wording import NONE
from units.models import OrgUnit
from vietnamese.numbers import format_number, format_trimmed

EQUAL, LAST_YEAR, POPULATION = "equal", "last", "population"
SUMMED = (UnitRule.SUM, UnitRule.RATIO_OF_SUMS)
WAYS = ((EQUAL, "Chia đều"), (LAST_YEAR, "Theo tỷ trọng năm trước"), (POPULATION, "Theo dân số"))
NO_SUM = (
    "Chỉ tiêu tính bằng phần trăm nên không chia giữa các đơn vị: phần trăm của các phần không cộng thành của toàn bộ."
)
REPORTED = "“{base}” do đơn vị báo cáo hằng kỳ cùng số liệu nên không giao và không chia trước."
IN_PERCENT = (
    "Mức chung là {percentage}. Phần trăm không chia giữa các đơn vị: phần trăm của các phần không cộng thành phần "
    "trăm của toàn bộ."
)
#: Queries of the list of a campaign, and of one indicator's page.
LIST_QUERIES, PAGE_QUERIES = 4, 5


@dataclass(frozen=True)
class SumCheck:
    """The units' sum against the whole, in words."""

    total: Decimal
    whole: Decimal | None
    words: str
    is_equal: bool

    @property
    def needs_reason(self) -> bool:
        """A difference is explained before it is kept."""
        return self.whole is not None and not self.is_equal


@dataclass(frozen=True)
class AllocationLine:
    """One indicator in the list: the whole, the units' sum, and whether the difference is explained."""

    indicator: Indicator
    whole: str
    total: str
    given: str
    has_given: bool
    check: SumCheck
    explanation: str
    is_percentage: bool = False


@dataclass(frozen=True)
class UnitShare:
    """One unit: what it is given now, what weighs for it."""

    unit: OrgUnit
    amount: Decimal | None
    last_year: Decimal | None
    given: str
    amount_text: str
    last_text: str
    population_text: str


@dataclass(frozen=True)
class AllocationPage:
    """One indicator over its units, on one base."""

    indicator: Indicator
    base: Denominator | None
    bases: tuple[Denominator, ...]
    whole: Target | None
    whole_text: str
    rows: tuple[UnitShare, ...]
    check: SumCheck
    explanation: str
    others: tuple[Target, ...]
    percentage: str = ""

    @property
    def why_not_divide(self) -> str:
        """Why there is no amount to divide among the units; "" where there is one."""
        if self.indicator.unit_of_measure == PERCENT:
            return NO_SUM
        if self.base is not None and self.base.is_reported:
            return REPORTED.format(base=self.base.name)
        return IN_PERCENT.format(percentage=self.percentage) if self.percentage and self.base is None else ""

    @property
    def given_bases(self) -> list[Denominator]:
        """Bases of which an amount is given and may be divided."""
        return [base for base in self.bases if not base.is_reported and self.indicator.unit_of_measure != PERCENT]


def sum_check(indicator: Indicator, amounts: Sequence[Decimal | None], whole: Decimal | None) -> SumCheck:
    """Do the units' amounts add up to the whole?"""
    total = sum((one for one in amounts if one is not None), Decimal(0))
    missing = sum(one is None for one in amounts)
    measure = indicator.unit_of_measure
    words = f"Tổng giao các đơn vị {_text(total, indicator)} {measure}".rstrip()
    if missing:
        words += f", {missing} đơn vị chưa có số"
    if whole is None:
        return SumCheck(total, None, f"{words}. Chưa có số giao chung để so.", False)
    difference = total - whole
    if difference == 0:
        return SumCheck(total, whole, f"{words}, bằng số giao chung.", True)
    side = "thừa" if difference > 0 else "thiếu"
    words += f", {side} {_text(abs(difference), indicator)} so với số giao chung {_text(whole, indicator)}."
    return SumCheck(total, whole, words, False)


def allocation_list(campaign: Campaign) -> tuple[AllocationLine, ...]:
    """Every indicator that is summed over units, with its whole and the units' sum."""
    indicators = campaign.indicators.with_figures().filter(unit_rule__in=SUMMED)
    rows = list(Target.objects.filter(indicator__campaign=campaign).select_related("base").order_by("sequence"))
    targets = _last_targets(rows)
    percentages = {(row.indicator_id, row.unit_id): row for row in rows if row.is_percentage}
    reporters: dict[int, list[int]] = defaultdict(list)
    assigned = Assignment.objects.reporting().filter(indicator__campaign=campaign, valid_to=None).order_by("unit_id")
    for indicator_id, unit_id in assigned.values_list("indicator_id", "unit_id"):
        reporters[indicator_id].append(unit_id)
    kept = AllocationNote.objects.filter(indicator__campaign=campaign)
    notes = {(note.indicator_id, note.base_id): note.explanation for note in kept}
    bases = _main_bases(targets, campaign.authority_id)
    found = []
    for one in indicators.select_related("area").order_by("area__position", "position"):
        base = bases.get(one.pk)
        percentage = percentages.get((one.pk, campaign.authority_id))
        if percentage is not None and (one.pk, campaign.authority_id, base) not in targets:
            own = sum((one.pk, unit) in percentages for unit in reporters[one.pk])
            found.append(_percentage_line(one, percentage, own, len(reporters[one.pk])))
            continue
        held = [targets.get((one.pk, unit, base)) for unit in reporters[one.pk]]
        whole = targets.get((one.pk, campaign.authority_id, base))
        check = sum_check(one, [row.amount if row else None for row in held], whole.amount if whole else None)
        given = f"{sum(row is not None for row in held)}/{len(held)} đơn vị"
        found.append(
            AllocationLine(
                one,
                _text(whole.amount, one) if whole else NONE,
                _text(check.total, one) if any(held) else NONE,
                given,
                any(held),
                check,
                notes.get((one.pk, base), ""),
            )
        )
    return tuple(found)


def percentage_words(target: Target) -> str:
    """ "95 % số trẻ trong diện tiêm": of what it is a percentage stands with it."""
    return f"{format_trimmed(target.amount)} %{f' {target.base.name}' if target.base else ''}"


def _percentage_line(indicator: Indicator, whole: Target, own: int, reporters: int) -> AllocationLine:
    """A whole given as a percentage: each unit is judged by it on its own base, nothing is divided."""
    nothing = SumCheck(Decimal(0), None, "", False)
    given = f"{own}/{reporters} đơn vị"
    return AllocationLine(indicator, percentage_words(whole), NONE, given, False, nothing, "", is_percentage=True)


def _main_bases(targets: Mapping[tuple[int, int, int | None], Target], authority_id: int) -> dict[int, int | None]:
    """On which base each indicator is judged: the whole's, else that of its units."""
    found: dict[int, int | None] = {}
    for (indicator_id, unit_id, base_id), target in targets.items():
        if target.is_main and (unit_id == authority_id or indicator_id not in found):
            found[indicator_id] = base_id
    return found


def main_base(indicator: Indicator) -> Denominator | None:
    """The base on which the indicator is judged; none where it is an amount by itself or has no target yet."""
    rows = Target.objects.filter(indicator=indicator, is_percentage=False).select_related("base").order_by("sequence")
    targets = _last_targets(rows)
    base_id = _main_bases(targets, indicator.campaign.authority_id).get(indicator.pk)
    return next((one.base for one in targets.values() if one.base_id == base_id), None)


def allocation_page(indicator: Indicator, base: Denominator | None) -> AllocationPage:
    """What each reporting unit has, did last year, and how many people live there."""
    campaign = indicator.campaign
    assignments = Assignment.objects.filter(
        indicator=indicator, role=AssignmentRole.REPORTS, is_not_applicable=False, valid_to=None
    )
    units = [
        row.unit
        for row in assignments.select_related("unit").order_by(
            "unit__kind__position", "unit__position", "unit__sort_key"
        )
    ]
    rows = Target.objects.filter(indicator=indicator).select_related("base").order_by("sequence")
    targets = _last_targets(rows)
    key = base.pk if base else None
    whole = targets.get((indicator.pk, campaign.authority_id, key))
    last = _last_year(indicator)
    shown = tuple(_unit_share(indicator, unit, targets.get((indicator.pk, unit.pk, key)), last) for unit in units)
    note = AllocationNote.objects.filter(indicator=indicator, base=base).first()
    percentage = next((row for row in rows if row.is_percentage and row.unit_id == campaign.authority_id), None)
    return AllocationPage(
        indicator=indicator,
        base=base,
        bases=tuple(indicator.denominators.all()),
        whole=whole,
        whole_text=_typed(whole.amount if whole else None, indicator),
        rows=shown,
        check=sum_check(indicator, [row.amount for row in shown], whole.amount if whole else None),
        explanation=note.explanation if note else "",
        others=tuple(
            target for (_, unit, other), target in targets.items() if unit == campaign.authority_id and other != key
        ),
        percentage="" if percentage is None or whole is not None else percentage_words(percentage),
    )


def difference_words(indicator: Indicator, base: Denominator | None) -> str:
    """That the units' sum differs from the whole and nobody has said why; "" where all is in order."""
    page = allocation_page(indicator, base)
    if not page.check.needs_reason or page.explanation or indicator.unit_rule not in SUMMED:
        return ""
    return f"{page.check.words} Điều chỉnh cho khớp, hoặc ghi lý do chênh lệch ở trang “Điều chỉnh nhiều đơn vị”."


def proposed(
    page: AllocationPage, way: str, whole: Decimal, weights: Mapping[int, Decimal]
) -> dict[int, Decimal] | None:
    """What each unit would get; None where nothing weighs. ``weights`` by unit, as typed on the page."""
    units = [row.unit.pk for row in page.rows]
    decimals = page.indicator.decimals
    if way == EQUAL:
        parts = equal_shares(whole, len(units), decimals)
    else:
        parts = shares(whole, [weights.get(pk, Decimal(0)) for pk in units], decimals)
    return None if parts is None else dict(zip(units, parts, strict=True))


def _unit_share(indicator: Indicator, unit: OrgUnit, target: Target | None, last: Mapping[int, Decimal]) -> UnitShare:
    known = last.get(unit.pk)
    return UnitShare(
        unit=unit,
        amount=target.amount if target else None,
        last_year=known,
        given="" if target is None or target.given is None else _text(target.given, indicator),
        amount_text=_typed(target.amount if target else None, indicator),
        last_text="" if known is None else format_trimmed(known),
        population_text="" if unit.population is None else format_number(unit.population),
    )


def _last_targets(rows: Iterable[Target]) -> dict[tuple[int, int, int | None], Target]:
    """Of each unit and base the last amount; percentages are no parts of a sum."""
    by_unit: dict[tuple[int, int], list[Target]] = defaultdict(list)
    for target in rows:
        if not target.is_percentage:
            by_unit[target.indicator_id, target.unit_id].append(target)
    return {
        (indicator_id, unit_id, target.base_id): target
        for (indicator_id, unit_id), held in by_unit.items()
        for target in last_by_base(held)
    }


def _last_year(indicator: Indicator) -> dict[int, Decimal]:
    """What each unit reached in the campaign before; the successor of the indicator names it."""
    if indicator.previous_id is None:
        return {}
    rows = Total.objects.filter(indicator=indicator.previous_id, is_node=False).order_by("period__number")
    return {
        unit: reached
        for unit, year, since in rows.values_list("unit_id", "official_cumulative", "official_since_launch")
        if (reached := since if year is None else year) is not None
    }


def _text(value: Decimal, indicator: Indicator) -> str:
    return format_number(value, indicator.decimals)


def _typed(value: Decimal | None, indicator: Indicator) -> str:
    return "" if value is None else format_trimmed(value)
