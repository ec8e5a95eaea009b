"""What a superior sees of the campaigns below: official completeness of each, in one sum over stored totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum

from campaign.models import Campaign, Deadline, Period
from indicators.models import Total
from indicators.tables.kept import kept_each, totals_stamp
from indicators.tables.wording import NONE
from units.choices import Role
from units.models import User, below_any, read_stamps
from vietnamese.dates import window_phrase
from vietnamese.numbers import format_number, format_percent

#: The campaigns, their periods, their stamps, and the sums of those whose totals have changed since.
QUERIES = 4
COUNTS = ("indicators", "owed", "received", "confirmed")
NOTHING = dict.fromkeys(COUNTS, 0)


@dataclass(frozen=True)
class LowerRow:
    """One campaign in its last gathered period: how many figures are owed, received and confirmed."""

    campaign_id: int
    period_id: int | None
    authority: str
    campaign: str
    period: str
    window: str
    indicators: int
    owed: int
    received: int
    confirmed: int

    @property
    def received_text(self) -> str:
        """ "7.412/7.560"."""
        return f"{format_number(self.received)}/{format_number(self.owed)}" if self.owed else NONE

    @property
    def received_rate(self) -> str:
        """The part received, in percent."""
        return _part(self.received, self.owed)

    @property
    def confirmed_rate(self) -> str:
        """The part confirmed by lead departments, in percent."""
        return _part(self.confirmed, self.owed)


@dataclass(frozen=True)
class LowerTable:
    """All campaigns that a superior sees, and their sum."""

    rows: tuple[LowerRow, ...]
    total: LowerRow


def campaigns_below(user: User) -> QuerySet[Campaign]:
    """Launched campaigns of the authorities that the person leads or stands above."""
    return Campaign.objects.launched().filter(below_any("authority__path", user.paths_with(Role.LEADER)))


def lower_table(user: User, on: date) -> LowerTable:
    """Every campaign in the last period that all its units should have reported: at most ``QUERIES`` queries.

    Read from the rows of the wholes alone: a campaign costs as many rows as it has indicators, whatever is behind them,
    and is summed anew only when an act has changed its totals.
    """
    campaigns = list(_with_periods(campaigns_below(user), on))
    periods = Period.objects.in_bulk([row["gathered_id"] for row in campaigns if row["gathered_id"]])
    sums = _kept_sums([row for row in campaigns if row["gathered_id"]])
    rows = tuple(_row(row, periods.get(row["gathered_id"]), sums) for row in campaigns)
    return LowerTable(rows, _total(rows))


def _with_periods(campaigns: QuerySet[Campaign], on: date) -> Iterable[Any]:
    """Each campaign with its last period whose deadlines have all passed."""
    open_still = Deadline.objects.filter(period=OuterRef("pk"), due_on__gte=on)
    gathered = Period.objects.summed().filter(campaign=OuterRef("pk"), ends_on__lt=on).exclude(Exists(open_still))
    return (
        campaigns.annotate(gathered_id=Subquery(gathered.order_by("-number").values("pk")[:1]))
        .order_by("authority__level__rank", "authority__sort_key", "starts_on", "pk")
        .values("pk", "authority_id", "authority__name", "short_name", "name", "gathered_id")
    )


def _kept_sums(campaigns: Sequence[Any]) -> dict[int, dict[str, int]]:
    """The counts of the wholes by period, each as long as the campaign's own stamp holds."""
    stamps = read_stamps(*(totals_stamp(row["pk"]) for row in campaigns))
    units = {row["gathered_id"]: row["authority_id"] for row in campaigns}
    keys = {
        row["gathered_id"]: ("lower", row["pk"], stamp, row["gathered_id"], row["authority_id"])
        for row, stamp in zip(campaigns, stamps, strict=True)
    }

    def build(missing: list[int]) -> dict[int, dict[str, int]]:
        found = _sums(set(missing), {units[pk] for pk in missing})
        return {pk: found.get(pk, NOTHING) for pk in missing}

    return {pk: counts or NOTHING for pk, counts in kept_each(keys, build).items()}


def _sums(periods: set[int], units: set[int]) -> dict[int, dict[str, int]]:
    """The counts of the wholes, by period."""
    rows = Total.objects.filter(unit__in=units, period__in=periods, is_node=True).order_by()
    counted: Iterable[Any] = rows.values("period_id").annotate(
        indicators=Count("pk"), owed=Sum("owed"), received=Sum("received"), confirmed=Sum("confirmed")
    )
    return {row["period_id"]: {name: row[name] for name in COUNTS} for row in counted}


def _row(row: dict[str, Any], period: Period | None, sums: dict[int, dict[str, int]]) -> LowerRow:
    counted = sums.get(period.pk, NOTHING) if period else NOTHING
    return LowerRow(
        campaign_id=row["pk"],
        period_id=period.pk if period else None,
        authority=row["authority__name"],
        campaign=row["short_name"] or row["name"],
        period=period.name if period else "chưa có kỳ nào thu xong",
        window=window_phrase(period.starts_on, period.ends_on) if period else "",
        **counted,
    )


def _total(rows: tuple[LowerRow, ...]) -> LowerRow:
    """Counts may be added; rates may not."""
    counts = {name: sum(getattr(row, name) for row in rows) for name in ("indicators", "owed", "received", "confirmed")}
    return LowerRow(0, None, f"{format_number(len(rows))} phong trào", "", "", "", **counts)


def _part(done: int, owed: int) -> str:
    return format_percent(Decimal(done) * 100 / owed, 1) if owed else NONE
