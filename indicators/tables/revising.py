"""What may be revised of an indicator after the launch: whose targets, from which period on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.models import Campaign, Period, Submission
from indicators.models import Assignment, Denominator, Indicator, Target
from indicators.tables.plan import last_by_base
from indicators.tables.wording import target_words
from units.models import OrgUnit


@dataclass(frozen=True)
class RevisableRow:
    """One target as it stands, or a unit that has none yet."""

    value: str
    label: str
    unit: OrgUnit
    base: Denominator | None
    is_percentage: bool


def revisable_rows(indicator: Indicator) -> tuple[RevisableRow, ...]:
    """The targets as they now stand, the whole first; then units that report and have none."""
    rows = Target.objects.filter(indicator=indicator).select_related("unit", "base").order_by("sequence")
    targets: dict[int, list[Target]] = {}
    for target in rows:
        targets.setdefault(target.unit_id, []).append(target)
    units: dict[int, OrgUnit] = {indicator.campaign.authority_id: indicator.campaign.authority}
    reporting = Assignment.objects.reporting().filter(indicator=indicator, valid_to=None).select_related("unit")
    units |= {row.unit_id: row.unit for row in reporting.order_by("unit__position", "unit__sort_key")}
    units |= {held[0].unit_id: held[0].unit for held in targets.values() if held[0].unit_id not in units}
    return tuple(_rows(indicator, units.values(), targets))


def _rows(indicator: Indicator, units: Iterable[OrgUnit], targets: dict[int, list[Target]]) -> Iterable[RevisableRow]:
    for unit in units:
        held = last_by_base(targets.get(unit.pk, []))
        for one in held:
            base = f", {one.base.name}" if one.base else ""
            label = f"{unit.name}: đang giao {target_words(one, indicator)} {indicator.unit_of_measure}{base}"
            value = f"{unit.pk}:{one.base_id or 0}:{int(one.is_percentage)}"
            yield RevisableRow(value, label, unit, one.base, one.is_percentage)
        if not held:
            yield RevisableRow(f"{unit.pk}:0:0", f"{unit.name}: chưa giao", unit, None, False)


@dataclass(frozen=True)
class Beginnings:
    """The periods from which something may begin or end, each in words, and the one that is meant most often."""

    periods: dict[str, Period]
    choices: tuple[tuple[str, str], ...]
    usual: str


def periods_to_begin(campaign: Campaign, today: date) -> Beginnings:
    """Those after the first that is summed; usual is the one that runs or comes next and that nobody has sent."""
    periods = list(campaign.periods.summed().order_by("number"))[1:]
    sent = Submission.objects.filter(period__in=periods, first_sent_at__isnull=False)
    out = set(sent.values_list("period_id", flat=True))
    last_sent = max((one.number for one in periods if one.pk in out), default=0)
    usual = next((one for one in periods if one.ends_on >= today and one.number > last_sent), None)
    return Beginnings(
        {str(one.pk): one for one in periods},
        tuple((str(one.pk), _period_words(one, one.pk in out, today)) for one in periods),
        str(usual.pk) if usual else "",
    )


def _period_words(period: Period, is_sent: bool, today: date) -> str:
    """The period with its window, and what speaks for or against it."""
    words = f"{period.name} ({period.window})"
    if is_sent:
        return f"{words}: đã có đơn vị gửi"
    return f"{words}: đang diễn ra" if period.starts_on <= today <= period.ends_on else words
