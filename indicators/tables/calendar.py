"""The calendar of a campaign on its page: periods with their windows and deadlines, groups, bands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from campaign.models import BandThreshold, Campaign, Deadline, DeadlineTier
from indicators.tables.wording import NONE
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

#: Periods, deadlines, groups, bands.
QUERIES = 4
BANDS = ("ahead_from", "on_track_from", "behind_from")


@dataclass(frozen=True)
class CalendarRow:
    """One period: name, window, for each group its name and due day."""

    name: str
    window: str
    due: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TierRow:
    """One group in the form: as kept or as typed; a row without a kept group is for a new one."""

    key: str
    name: str
    day: str
    is_new: bool


@dataclass(frozen=True)
class BandRow:
    """The bands from a day on, in percent of what is expected."""

    valid_from: str
    ahead_from: str
    on_track_from: str
    behind_from: str


@dataclass(frozen=True)
class CalendarPage:
    """Everything about time that may be set before the launch."""

    rows: tuple[CalendarRow, ...]
    tiers: tuple[DeadlineTier, ...]
    bands: tuple[BandRow, ...]


def calendar_page(campaign: Campaign) -> CalendarPage:
    """The periods as laid; none where they are not laid yet."""
    tiers = tuple(campaign.tiers.all())
    due: dict[tuple[int, int], str] = defaultdict(lambda: NONE)
    for line in Deadline.objects.filter(period__campaign=campaign):
        due[line.period_id, line.tier_id] = format_date(line.due_on)
    rows = tuple(
        CalendarRow(one.name, one.window, tuple((tier.name, due[one.pk, tier.pk]) for tier in tiers))
        for one in campaign.periods.summed().order_by("number")
    )
    bands = tuple(
        BandRow(format_date(one.valid_from), *(f"{format_trimmed(getattr(one, name))} %" for name in BANDS))
        for one in campaign.bands.order_by("valid_from")
    )
    return CalendarPage(rows, tiers, bands)


def tier_rows(page: CalendarPage, more: int, typed: Mapping[str, str] | None = None) -> tuple[TierRow, ...]:
    """The groups to edit and some to add; what was typed and refused stands as it was typed."""
    kept = [TierRow(str(tier.pk), tier.name, str(tier.day_of_month), False) for tier in page.tiers]
    rows = [*kept, *(TierRow(f"moi{number}", "", "", True) for number in range(more))]
    if typed is None:
        return tuple(rows)
    return tuple(
        replace(row, name=typed.get(f"name-{row.key}", row.name), day=typed.get(f"day-{row.key}", row.day))
        for row in rows
    )


def calendar_initial(campaign: Campaign) -> dict[str, str]:
    """What stands, as the form shows it; a list of periods only where there is one."""
    days = {name: format_date(getattr(campaign, name)) for name in ("starts_on", "ends_on", "year_starts_on")}
    lines = [
        f"{one.name}; {format_date(one.starts_on)}; {format_date(one.ends_on)}"
        for one in campaign.periods.filter(kind="month").order_by("number")
    ]
    return {**days, "calendar_rule": campaign.calendar_rule, "windows": "\n".join(lines)}


def band_initial(campaign: Campaign) -> dict[str, str]:
    """The bands as they stand, else the usual ones."""
    rule = campaign.bands.order_by("valid_from").last() or BandThreshold()
    return {name: format_trimmed(getattr(rule, name)) for name in BANDS}
