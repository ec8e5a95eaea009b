"""What stands beside an indicator: all its targets with bases and revisions, its parts, cùng kỳ, open obstacles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from campaign.models import ContentArea
from followup.models import Obstacle
from followup.tables.followed import OBSTACLE, FollowedLine, open_followed
from indicators.models import Indicator, PriorFigure, Target
from indicators.rules import progress
from indicators.tables.standings import Standing, amount_text
from indicators.tables.wording import NONE, target_words
from reports.tables import summary as summaries
from reports.tables.frame import Frame
from reports.tables.summary import summary
from units.models import OrgUnit, User
from vietnamese.dates import format_date
from vietnamese.numbers import format_percent

#: Targets, the same period last year, what is followed up, which parts there are and how they stand.
QUERIES = summaries.QUERIES + 4


@dataclass(frozen=True)
class TargetLine:
    """One target that was ever set for the whole: on which base, by whom, from when, why revised."""

    base: str
    amount: str
    times: int
    set_by: str
    decision: str
    valid_from: str
    reason: str
    origin: str
    is_in_force: bool
    is_main: bool


@dataclass(frozen=True)
class PartLine:
    """One *trong đó* part at the whole."""

    standing: Standing
    share_text: str

    @property
    def indicator(self) -> Indicator:
        """The part itself."""
        return self.standing.indicator


@dataclass(frozen=True)
class ObstacleLine:
    """One open obstacle that stands in the indicator's way."""

    pk: int
    title: str
    unit: str
    state: str
    due: str


@dataclass(frozen=True)
class Beside:
    """Everything that is read beside the numbers of one indicator."""

    targets: tuple[TargetLine, ...]
    parts: tuple[PartLine, ...]
    parts_note: str
    prior_text: str
    obstacles: tuple[ObstacleLine, ...]
    followed: tuple[FollowedLine, ...]


def beside(frame: Frame, indicator: Indicator, whole: Standing, user: User) -> Beside:
    """Read what stands beside the whole of an indicator: at most ``QUERIES`` queries, four where it has no parts."""
    part_ids = frozenset(indicator.parts.values_list("pk", flat=True))
    parts = [row.standing for row in summary(frame, indicator_ids=part_ids).rows] if part_ids else []
    open_about = open_followed(frame.campaign, indicator, user)
    return Beside(
        targets=_targets(frame, indicator),
        parts=tuple(PartLine(one, _share(one, whole)) for one in parts),
        parts_note=_parts_note(indicator, whole, parts),
        prior_text=_prior_text(frame, indicator, whole),
        obstacles=tuple(ObstacleLine(*one[1:]) for one in open_about if one.page == OBSTACLE),
        followed=tuple(one for one in open_about if one.page != OBSTACLE),
    )


def _targets(frame: Frame, indicator: Indicator) -> tuple[TargetLine, ...]:
    """Every target of the whole, the one that is judged first, revisions of one base below each other."""
    rows = list(
        Target.objects.filter(indicator=indicator, unit=frame.campaign.authority_id)
        .select_related("base", "passage")
        .order_by("-is_main", "base__position", "is_percentage", "-sequence")
    )
    last: dict[tuple[int | None, bool], int] = {}
    for row in rows:
        if row.valid_from <= frame.period.ends_on:
            last.setdefault((row.base_id, row.is_percentage), row.pk)
    return tuple(
        TargetLine(
            base=row.base.name if row.base else "",
            amount=target_words(row, indicator),
            times=row.sequence,
            set_by=row.set_by,
            decision=_decision(row),
            valid_from=format_date(row.valid_from),
            reason=row.reason,
            origin=row.origin,
            is_in_force=last.get((row.base_id, row.is_percentage)) == row.pk,
            is_main=row.is_main,
        )
        for row in rows
    )


def _decision(row: Target) -> str:
    """Number and day of the decision, where it has one."""
    if not row.decision_number:
        return ""
    return f"số {row.decision_number}" + (f" ngày {format_date(row.decided_on)}" if row.decided_on else "")


def _share(part: Standing, whole: Standing) -> str:
    """How much of the whole the part makes, where both are amounts of one measure."""
    if part.indicator.unit_of_measure != whole.indicator.unit_of_measure:
        return NONE
    rate = progress.ratio(_reached(part), _reached(whole))
    return NONE if rate is None else format_percent(rate)


def _reached(standing: Standing) -> Decimal | None:
    return standing.cumulative if standing.cumulative is not None else standing.since_launch


def _parts_note(indicator: Indicator, whole: Standing, parts: Sequence[Standing]) -> str:
    """Whether the parts make the whole; what they leave out is said, never filled in."""
    if not parts:
        return ""
    if indicator.parts_are_complete:
        return "Các phần cộng đủ toàn bộ."
    values = [_reached(part) for part in parts if part.indicator.unit_of_measure == indicator.unit_of_measure]
    total = _reached(whole)
    if total is None or None in values:
        return "Các phần nêu ở đây chưa đủ toàn bộ."
    rest = total - sum((value for value in values if value is not None), progress.ZERO)
    return f"Các phần nêu ở đây chưa đủ toàn bộ; còn lại {amount_text(rest, indicator.decimals)}."


def _prior_text(frame: Frame, indicator: Indicator, whole: Standing) -> str:
    """So cùng kỳ of the cumulative: "1.234; bằng 112,5 % (tăng 12,5 %)", with how many units gave one."""
    number = whole.now.number if whole.now else frame.period.number
    rows = PriorFigure.objects.filter(
        assignment__indicator=indicator, period__campaign=frame.campaign, period__number=number
    )
    sums = rows.aggregate(amount=Sum("amount"), cumulative=Sum("cumulative"), units=Count("pk"))
    before = sums["cumulative"] if sums["cumulative"] is not None else sums["amount"]
    now = whole.cumulative if sums["cumulative"] is not None else whole.in_period
    if before is None:
        return ""
    told = amount_text(before, indicator.decimals)
    if sums["units"] < whole.owed:
        return f"{told} (mới {sums['units']}/{whole.owed} đơn vị có số cùng kỳ, chưa so sánh)"
    rate = progress.ratio(now, before)
    if rate is None:
        return told
    change = rate - progress.HUNDRED
    word = "tăng" if change > 0 else "giảm"
    return f"{told}; bằng {format_percent(rate)}" + (f" ({word} {format_percent(abs(change))})" if change else "")


def obstacles_of_area(
    frame: Frame, area: ContentArea, indicator_ids: frozenset[int] | None, user: User
) -> tuple[ObstacleLine, ...]:
    """Open obstacles of a content area's indicators that the person sees: one query."""
    inside = Q(indicator__area=area) | Q(indicator__area__parent=area)
    rows = Obstacle.objects.visible_to(user).open().filter(inside, campaign=frame.campaign)
    return _lines(rows if indicator_ids is None else rows.filter(indicator__in=indicator_ids))


def obstacles_of_unit(
    frame: Frame, unit: OrgUnit, user: User, indicator_ids: frozenset[int] | None = None
) -> tuple[ObstacleLine, ...]:
    """Open obstacles of one unit, of all its work or of some indicators: one query."""
    rows = Obstacle.objects.visible_to(user).open().filter(campaign=frame.campaign, unit=unit)
    return _lines(rows if indicator_ids is None else rows.filter(indicator__in=indicator_ids))


def _lines(rows: QuerySet[Obstacle]) -> tuple[ObstacleLine, ...]:
    return tuple(
        ObstacleLine(
            row.pk, row.title, row.unit.name, row.get_state_display(), format_date(row.due_on) if row.due_on else ""
        )
        for row in rows.select_related("unit").order_by("due_on", "pk")
    )
