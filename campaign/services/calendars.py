"""The calendar of a campaign before its launch: periods, deadlines by group, bands; later, other bands by a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.choices import CalendarRule, PeriodKind
from campaign.models import BandThreshold, Campaign, Deadline, DeadlineTier, Period
from campaign.permissions import why_not_prepare, why_not_revise_bands
from campaign.rules.calendar import PeriodWindow, due_day
from campaign.services.periods import days_that_differ, lay_periods
from units import clock
from units.errors import refuse
from units.models import User
from units.services import record_act
from vietnamese.dates import format_date
from vietnamese.text import nfc


def lay_deadlines(campaign: Campaign) -> int:
    """Reckon the due day of every period for every group anew; how many. Only before the launch."""
    days_off, swapped = days_that_differ(campaign)
    periods, tiers = list(campaign.periods.exclude(kind=PeriodKind.FLASH)), list(campaign.tiers.all())
    Deadline.objects.filter(period__campaign=campaign).delete()
    rows = [
        Deadline(period=period, tier=tier, due_on=due_day(period.ends_on, tier.day_of_month, days_off, swapped))
        for period in periods
        for tier in tiers
    ]
    return len(Deadline.objects.bulk_create(rows))


@dataclass(frozen=True)
class Tier:
    """A group of units with one deadline, as a person set it; ``pk`` None: a new one."""

    pk: int | None
    name: str
    day_of_month: int


@dataclass(frozen=True)
class Bands:
    """From which percent of what is expected to date a row is ahead, on track, behind."""

    ahead_from: Decimal
    on_track_from: Decimal
    behind_from: Decimal


@transaction.atomic
def set_calendar(
    campaign: Campaign,
    *,
    starts_on: date,
    ends_on: date,
    year_starts_on: date,
    calendar_rule: str,
    by: User,
    length: int = 1,
    windows: Sequence[PeriodWindow] = (),
) -> list[Period]:
    """Set the days of a campaign in preparation and cut its periods anew, by months or as the given list says."""
    row = _check(campaign, by)
    if calendar_rule == CalendarRule.GIVEN:
        check_windows(windows, starts_on, ends_on)
    row.starts_on, row.ends_on, row.year_starts_on = starts_on, ends_on, year_starts_on
    row.calendar_rule = calendar_rule
    row.full_clean()
    row.save()
    row.periods.all().delete()
    given = list(windows) if calendar_rule == CalendarRule.GIVEN else []
    return lay_periods(row, by=by, length=length, windows=given)


def check_windows(windows: Sequence[PeriodWindow], starts_on: date, ends_on: date) -> None:
    """A given list follows day on day from the campaign's first to its last, each name once."""
    if not windows:
        raise ValidationError("Ghi danh sách kỳ: mỗi dòng một kỳ gồm tên, từ ngày, đến ngày.")
    if len({one.name for one in windows}) < len(windows):
        raise ValidationError("Hai kỳ cùng tên. Đặt mỗi kỳ một tên.")
    expected = starts_on
    for one in windows:
        if one.starts_on != expected:
            raise ValidationError(
                f"{one.name} bắt đầu ngày {format_date(one.starts_on)}, phải từ {format_date(expected)}: các kỳ nối "
                "liền nhau, không hở, không chồng."
            )
        if one.ends_on < one.starts_on:
            raise ValidationError(f"{one.name}: ngày cuối phải từ ngày đầu trở đi.")
        expected = one.ends_on + timedelta(days=1)
    if windows[-1].ends_on != ends_on:
        raise ValidationError(f"Kỳ cuối phải kết thúc cùng phong trào, ngày {format_date(ends_on)}.")


@transaction.atomic
def set_tiers(campaign: Campaign, tiers: Sequence[Tier], *, by: User) -> int:
    """Set the groups with their days and reckon every deadline anew; a group with units in it stays."""
    row = _check(campaign, by)
    if not tiers:
        raise ValidationError("Phong trào phải có ít nhất một nhóm hạn gửi.")
    if len({nfc(one.name).strip().lower() for one in tiers}) < len(tiers):
        raise ValidationError("Hai nhóm hạn gửi cùng tên. Đặt mỗi nhóm một tên.")
    known = {one.pk: one for one in row.tiers.all()}
    kept = {one.pk for one in tiers}
    for tier in (one for pk, one in known.items() if pk not in kept):
        if tier.members.exists():
            raise ValidationError(f"Nhóm “{tier.name}” còn đơn vị. Chuyển đơn vị sang nhóm khác rồi bỏ nhóm.")
        tier.delete()
    for position, one in enumerate(tiers, 1):
        tier = known.get(one.pk or 0) or DeadlineTier(campaign=row)
        tier.name, tier.day_of_month, tier.position = nfc(one.name).strip(), one.day_of_month, position
        tier.full_clean()
        tier.save()
    lay_deadlines(row)
    detail = {"tiers": {one.name: one.day_of_month for one in tiers}}
    record_act("campaign.deadlines_set", by=by, subject=row, unit=row.standing_body, detail=detail)
    return len(tiers)


@transaction.atomic
def set_bands(campaign: Campaign, bands: Bands, *, by: User) -> BandThreshold:
    """Set from which share of what is expected a row is ahead, on track, behind; for the whole campaign."""
    row = _check(campaign, by)
    rule = row.bands.order_by("valid_from").first() or BandThreshold(campaign=row, valid_from=row.year_starts_on)
    rule.valid_from = min(rule.valid_from, row.year_starts_on)
    record_act("campaign.bands_set", by=by, subject=row, unit=row.standing_body, detail=_keep_bands(rule, bands))
    return rule


@transaction.atomic
def revise_bands(campaign: Campaign, bands: Bands, *, by: User, valid_from: date, reason: str) -> BandThreshold:
    """Set other bands for the periods that end on a day or later; those that are over keep their judgement."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    refuse(why_not_revise_bands(row, by))
    if valid_from < clock.today():
        raise ValidationError("Ngưỡng mới áp dụng từ hôm nay trở đi; các kỳ đã hết giữ ngưỡng cũ.")
    if valid_from > row.ends_on:
        raise ValidationError(f"Phong trào kết thúc ngày {format_date(row.ends_on)}; chọn ngày áp dụng sớm hơn.")
    if not nfc(reason).strip():
        raise ValidationError("Ghi căn cứ, lý do đặt ngưỡng mới.")
    rule = row.bands.filter(valid_from=valid_from).first() or BandThreshold(campaign=row, valid_from=valid_from)
    detail = {**_keep_bands(rule, bands), "valid_from": valid_from.isoformat()}
    record_act(
        "campaign.bands_revised", by=by, subject=row, unit=row.standing_body, reason=nfc(reason).strip(), detail=detail
    )
    return rule


def _keep_bands(rule: BandThreshold, bands: Bands) -> dict[str, str]:
    """Write the shares into the rule; what the trail tells of them."""
    shares = asdict(bands)
    for name, share in shares.items():
        setattr(rule, name, share)
    rule.full_clean()
    rule.save()
    return {name: str(share) for name, share in shares.items()}


def _check(campaign: Campaign, by: User) -> Campaign:
    """The campaign as it now stands, locked, still in preparation and this person's to prepare."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    refuse(why_not_prepare(row, by))
    return row
