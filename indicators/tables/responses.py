"""Who has taken the campaign up: plan, day of launching, pledge of each unit; and the form of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaign.choices import Relation
from campaign.models import Campaign, LaunchResponse, Participation
from indicators.models import Assignment, Indicator, Pledge, Target
from indicators.tables.plan import last_by_base, main_target
from indicators.tables.wording import amount_text, target_words
from units import clock
from vietnamese.dates import format_date
from vietnamese.numbers import format_trimmed

#: The list: units with their responses, and the number of pledged levels.
QUERIES = 2
#: The form: response, rows that the unit reports, their targets, pledges.
FORM_QUERIES = 4


@dataclass(frozen=True)
class ResponseRow:
    """One unit in the list."""

    part: Participation
    response: LaunchResponse | None
    pledges: int

    @property
    def plan_text(self) -> str:
        """ "số 12/KH-UBND ngày 5/7/2024"."""
        if self.response is None or self.response.plan_on is None:
            return ""
        return f"số {self.response.plan_number} ngày {format_date(self.response.plan_on)}"

    @property
    def launched_text(self) -> str:
        """The day on which the unit launched."""
        return format_date(self.response.launched_on) if self.response and self.response.launched_on else ""

    @property
    def pledged_text(self) -> str:
        """The day of the pledge, and of how many indicators it names a level."""
        day = format_date(self.response.pledged_on) if self.response and self.response.pledged_on else ""
        levels = f"{self.pledges} chỉ tiêu" if self.pledges else ""
        return ", ".join(part for part in (day, levels) if part)

    @property
    def lacks(self) -> int:
        """How many of plan, launching and pledge are not there."""
        return sum(not text for text in (self.plan_text, self.launched_text, self.pledged_text))


@dataclass(frozen=True)
class Responses:
    """All units with their responses, and how many have what; only units that must report are counted."""

    rows: tuple[ResponseRow, ...]
    owing: int
    planned: int
    launched: int
    pledged: int


@dataclass(frozen=True)
class PledgeRow:
    """One indicator of the unit with its plan and what it pledged."""

    indicator: Indicator
    plan: str
    pledge: str
    amount: str


def responses(campaign: Campaign) -> Responses:
    """Every unit of the campaign in the order of the office: ``QUERIES`` queries."""
    parts = campaign.participations.exclude(relation=Relation.OWN_CHANNEL).select_related(
        "unit__kind", "cluster", "response__plan_file", "response__pledge_file"
    )
    ordered = parts.order_by("unit__kind__position", "unit__position", "unit__sort_key")
    counts: dict[int, int] = {}
    for unit_id in Pledge.objects.filter(indicator__campaign=campaign).values_list("unit_id", flat=True):
        counts[unit_id] = counts.get(unit_id, 0) + 1
    rows = tuple(ResponseRow(part, getattr(part, "response", None), counts.get(part.unit_id, 0)) for part in ordered)
    owing = [row for row in rows if row.part.can_be_late]
    return Responses(
        rows=rows,
        owing=len(owing),
        planned=sum(bool(row.plan_text) for row in owing),
        launched=sum(bool(row.launched_text) for row in owing),
        pledged=sum(bool(row.pledged_text) for row in owing),
    )


def response_of(part: Participation) -> LaunchResponse | None:
    """What the unit has responded so far, with its files."""
    return LaunchResponse.objects.select_related("plan_file", "pledge_file").filter(participation=part).first()


def pledged_amounts(campaign: Campaign, unit_id: int) -> dict[int, Decimal]:
    """The level that a unit set itself, by indicator: one query."""
    rows = Pledge.objects.filter(unit=unit_id, indicator__campaign=campaign)
    return dict(rows.values_list("indicator_id", "amount"))


def pledge_rows(part: Participation) -> tuple[PledgeRow, ...]:
    """The indicators with numbers that the unit reports, in the order of the document: three queries."""
    mine = Assignment.objects.reporting().filter(unit=part.unit_id, indicator__campaign=part.campaign_id)
    indicators = Indicator.objects.with_figures().filter(pk__in=mine.values("indicator"))
    listed = list(indicators.order_by("area__position", "position"))
    found: dict[int, list[Target]] = {}
    targets = Target.objects.filter(unit=part.unit_id, indicator__in=listed).in_force(clock.today())
    for target in targets.select_related("base").order_by("sequence"):
        found.setdefault(target.indicator_id, []).append(target)
    pledged = {row.indicator_id: row.amount for row in Pledge.objects.filter(unit=part.unit_id, indicator__in=listed)}
    return tuple(
        PledgeRow(
            indicator=row,
            plan=target_words(main_target(last_by_base(found.get(row.pk, []))), row),
            pledge=amount_text(pledged[row.pk], row) if row.pk in pledged else "",
            amount=format_trimmed(pledged[row.pk], row.decimals) if row.pk in pledged else "",
        )
        for row in listed
    )
