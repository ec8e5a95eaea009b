"""Periods beside the months: a quick report (báo cáo nhanh) at any day, a supplementary closing (kỳ bổ sung).

What is owed in them is chosen: some indicators, some units. Reports and empty figures are created as at launch.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q

from campaign.choices import PeriodKind, Relation
from campaign.models import Campaign, Deadline, Participation, Period, Submission
from campaign.models.period import FIRST_FLASH
from campaign.permissions import why_not_open_period
from campaign.rules.calendar import is_before_launch
from indicators.models import Assignment, Figure, Indicator
from indicators.services.totals import lock_totals, recompute_from
from units import clock
from units.choices import STANDING_ROLES
from units.errors import refuse
from units.models import User
from units.services import record_act
from vietnamese.dates import format_date
from vietnamese.text import nfc

EVENTS = {PeriodKind.FLASH: "period.flash_opened", PeriodKind.SUPPLEMENTARY: "period.supplementary_opened"}


@dataclass(frozen=True)
class Asked:
    """What is asked: figures up to which day, due when, of which indicators, of which units (None: all that report)."""

    ends_on: date
    due_on: date
    indicators: Collection[Indicator]
    unit_ids: Collection[int] | None = None
    name: str = ""


@transaction.atomic
def open_period(kind: PeriodKind, campaign: Campaign, asked: Asked, *, by: User) -> Period:
    """Open a quick report or a supplementary period and create what is owed in it; one at a time in a campaign."""
    refuse(why_not_open_period(campaign, by))
    lock_totals(campaign)
    name = nfc(asked.name).strip() or _usual_name(kind, asked.ends_on)
    _check(kind, campaign, asked, name)
    rows = _rows(campaign, asked)
    if not rows:
        raise ValidationError("Không đơn vị nào được chọn có phần báo cáo các chỉ tiêu này, nên không có gì để hỏi.")
    period = _new_period(kind, campaign, asked, name)
    _create_owed(period, rows, asked.due_on)
    if not period.is_flash:
        recompute_from(period, {row.indicator_id for row in rows})
    record_act(
        EVENTS[kind],
        by=by,
        subject=period,
        unit=campaign.authority,
        stand_in_id=by.stand_in_at(campaign.standing_body, *STANDING_ROLES),
        detail={
            "ends_on": asked.ends_on.isoformat(),
            "due_on": asked.due_on.isoformat(),
            "indicators": sorted({row.indicator_id for row in rows}),
            "units": sorted({row.unit_id for row in rows}),
        },
    )
    return period


def _usual_name(kind: PeriodKind, ends_on: date) -> str:
    """What the period is called when nobody names it."""
    word = "Báo cáo nhanh" if kind == PeriodKind.FLASH else "Kỳ bổ sung"
    return f"{word} đến {format_date(ends_on)}"


def _check(kind: PeriodKind, campaign: Campaign, asked: Asked, name: str) -> None:
    """Raise what stands against the days, the name, the indicators."""
    if not asked.indicators:
        raise ValidationError("Chọn ít nhất một chỉ tiêu cần báo cáo.")
    wrong = [row.short_name for row in asked.indicators if not row.is_numeric or row.campaign_id != campaign.pk]
    if wrong:
        raise ValidationError(f"Chỉ hỏi được chỉ tiêu có số: bỏ {', '.join(wrong)}.")
    if asked.due_on < max(asked.ends_on, clock.today()):
        raise ValidationError("Hạn gửi phải từ ngày chốt số liệu và từ hôm nay trở đi.")
    if asked.ends_on < campaign.year_starts_on:
        raise ValidationError(f"Ngày chốt số liệu phải từ {format_date(campaign.year_starts_on)} trở đi.")
    if campaign.periods.exclude(kind=PeriodKind.MONTH).filter(name=name).exists():
        raise ValidationError(f"Đã có “{name}”. Mở kỳ ấy, hoặc đặt tên khác.")
    last = campaign.periods.summed().order_by("ends_on").last()
    if kind == PeriodKind.SUPPLEMENTARY and last is not None and asked.ends_on <= last.ends_on:
        raise ValidationError(
            f"Kỳ bổ sung phải kết thúc sau kỳ cuối hiện có ({last.name}, đến {format_date(last.ends_on)})."
        )


def _rows(campaign: Campaign, asked: Asked) -> list[Assignment]:
    """The assignments that are asked: reporting, in force on the day, of the chosen units."""
    day = asked.ends_on
    rows = Assignment.objects.reporting().filter(
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_to=None) | Q(valid_to__gte=day),
        indicator__in=[row.pk for row in asked.indicators],
        unit__in={part.unit_id for part in _taking_part(campaign)},
    )
    if asked.unit_ids is not None:
        rows = rows.filter(unit__in=asked.unit_ids)
    return list(rows.select_related("indicator").order_by("pk"))


def _taking_part(campaign: Campaign) -> list[Participation]:
    """Units that may be asked: enterprises that only support, and who reports elsewhere, are not."""
    return list(campaign.participations.filter(relation__in=[Relation.ASSIGNED, Relation.ASKED]))


def _new_period(kind: PeriodKind, campaign: Campaign, asked: Asked, name: str) -> Period:
    """The period: a quick report is numbered apart, a supplementary one follows the last that is summed."""
    last_flash = campaign.periods.flash().aggregate(last=Max("number"))["last"]
    number, starts_on = last_flash or FIRST_FLASH - 1, min(clock.today(), asked.ends_on)
    if kind == PeriodKind.SUPPLEMENTARY:
        last = campaign.periods.summed().order_by("number").last()
        number, starts_on = (last.number, last.ends_on + timedelta(days=1)) if last else (0, campaign.starts_on)
    launched_on = clock.local_date(campaign.launched_at) if campaign.launched_at else campaign.starts_on
    return Period.objects.create(
        campaign=campaign,
        kind=kind,
        number=number + 1,
        name=name,
        month=asked.ends_on.month,
        starts_on=starts_on,
        ends_on=asked.ends_on,
        is_before_launch=is_before_launch(asked.ends_on, launched_on),
    )


def _create_owed(period: Period, rows: list[Assignment], due_on: date) -> None:
    """Deadlines, one report for each unit that is asked, one empty figure for each row."""
    units = {row.unit_id for row in rows}
    parts = [part for part in _taking_part(period.campaign) if part.unit_id in units]
    tiers = sorted({part.tier_id for part in parts})
    Deadline.objects.bulk_create(Deadline(period=period, tier_id=pk, due_on=due_on) for pk in tiers)
    Submission.objects.bulk_create(Submission(participation=part, period=period, due_on=due_on) for part in parts)
    reports = Submission.objects.filter(period=period).values_list("participation__unit_id", "pk")
    by_unit = dict(reports.order_by())
    Figure.objects.bulk_create(
        Figure(assignment=row, period=period, submission_id=by_unit[row.unit_id], kind=row.indicator.kind)
        for row in rows
    )
