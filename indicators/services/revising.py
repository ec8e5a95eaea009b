"""Definitions after the launch: targets revised by decision, indicators added or ended from a period on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from campaign.choices import PeriodKind, Relation
from campaign.models import Campaign, Deadline, Participation, Period, Submission
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Denominator, Figure, Indicator, Target, Total
from indicators.permissions import why_not_revise
from indicators.services.launching import create_owed
from indicators.services.targets import set_target
from indicators.services.totals import lock_totals, recompute_indicator
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act, store_file
from vietnamese.dates import format_date
from vietnamese.text import nfc


@dataclass(frozen=True)
class Decision:
    """The ground of a change after the launch: reason, number and day of the decision, its file."""

    reason: str
    number: str
    decided_on: date
    file: UploadedFile[Any] | None = None

    def check(self) -> None:
        """Nothing changes after the launch without its ground."""
        if not self.reason.strip():
            raise ValidationError("Ghi lý do điều chỉnh.")
        if not self.number.strip():
            raise ValidationError("Ghi số của quyết định điều chỉnh.")


@transaction.atomic
def revise_target(
    indicator: Indicator,
    unit: OrgUnit,
    *,
    amount: Decimal,
    decision: Decision,
    valid_from: date,
    by: User,
    base: Denominator | None = None,
    is_percentage: bool = False,
    set_by: str = "",
    origin: str = Origin.OFFICE,
) -> Target:
    """Revise what a unit was given (điều chỉnh chỉ tiêu): a further row; what was given first stays on show."""
    campaign = _check(indicator.campaign, by)
    decision.check()
    if campaign.pk != indicator.campaign_id or not indicator.is_numeric:
        raise ValidationError("Nhiệm vụ không có số giao nên không điều chỉnh được bằng số.")
    rows = Target.objects.filter(indicator=indicator, unit=unit, base=base, is_percentage=is_percentage)
    before = rows.order_by("sequence").last()
    if before is not None and before.amount == amount:
        raise ValidationError("Số mới bằng số đang giao, không có gì để điều chỉnh.")
    if before is not None and valid_from < before.valid_from:
        raise ValidationError(f"Ngày áp dụng phải từ {format_date(before.valid_from)}, ngày của lần giao trước.")
    if not campaign.year_starts_on <= valid_from <= campaign.ends_on:
        raise ValidationError("Ngày áp dụng phải trong thời gian tính lũy kế của phong trào.")
    others = Target.objects.filter(indicator=indicator, unit=unit, is_main=True).exclude(pk__in=rows)
    target = set_target(
        indicator,
        unit,
        amount=amount,
        by=by,
        valid_from=valid_from,
        base=base,
        is_percentage=is_percentage,
        reason=nfc(decision.reason).strip(),
        decision_number=nfc(decision.number).strip(),
        decided_on=decision.decided_on,
        set_by=nfc(set_by).strip() or (before.set_by if before else ""),
        is_main=before.is_main if before else not others.exists(),
        origin=origin,
    )
    if decision.file is not None:
        target.decision_file = store_file(decision.file, by=by, owner=target)
        target.save(update_fields=["decision_file"])
    return target


@transaction.atomic
def add_indicator(
    indicator: Indicator,
    *,
    first: Period,
    reporter_ids: Collection[int],
    lead_id: int | None,
    decision: Decision,
    by: User,
) -> Indicator:
    """Add an indicator in mid-campaign: its row is owed from the period on, by units that have not sent it yet."""
    campaign = _check(indicator.campaign, by)
    decision.check()
    lock_totals(campaign)
    parts = {one.unit_id: one for one in campaign.participations.exclude(relation=Relation.SUPPORTS)}
    if not reporter_ids or not set(reporter_ids) <= set(parts):
        raise ValidationError("Chọn đơn vị báo cáo trong số các đơn vị tham gia phong trào.")
    _check_unsent(first, reporter_ids)
    indicator.valid_from, indicator.short_name = first.starts_on, indicator.short_name or indicator.name[:160]
    last = campaign.indicators.filter(area=indicator.area).order_by("position").last()
    indicator.position = (last.position if last else 0) + 1
    indicator.full_clean(exclude=["search_key"])
    indicator.save()
    held = [(AssignmentRole.REPORTS, pk) for pk in reporter_ids]
    held += [(AssignmentRole.LEADS, lead_id)] if lead_id is not None else []
    for role, unit in held:
        Assignment.objects.create(indicator=indicator, unit_id=unit, role=role, valid_from=first.starts_on)
    _create_reports(campaign, first, [parts[pk] for pk in reporter_ids])
    rows = Assignment.objects.reporting().filter(indicator=indicator).select_related("indicator", "unit")
    create_owed(campaign, rows)
    _remove_empty_reports(campaign)
    recompute_indicator(indicator)
    _record("indicator.added", indicator, first, decision, by, {})
    return indicator


@transaction.atomic
def end_indicator(indicator: Indicator, *, first: Period, decision: Decision, by: User) -> Indicator:
    """End an indicator: from the period on its row is no longer owed; what was reported before stays."""
    campaign = _check(indicator.campaign, by)
    decision.check()
    lock_totals(campaign)
    row = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if row.valid_to is not None:
        raise ValidationError(f"Chỉ tiêu này đã thôi theo dõi từ sau ngày {format_date(row.valid_to)}.")
    if first.campaign_id != row.campaign_id or first.number <= 1:
        raise ValidationError("Chọn một kỳ sau kỳ đầu của phong trào.")
    owed = Figure.objects.filter(assignment__indicator=row, period__starts_on__gte=first.starts_on)
    written = owed.filter(version__gt=0).select_related("assignment__unit", "period").order_by("period__number")
    if written:
        names = ", ".join(dict.fromkeys(f"{one.assignment.unit} ({one.period})" for one in written[:5]))
        raise ValidationError(f"Đã có số liệu từ kỳ này trở đi: {names}. Chọn kỳ sau kỳ ấy.")
    columns = ("pk", "assignment_id", "assignment__unit_id", "period_id", "submission_id")
    rows = [list(one) for one in owed.order_by("period__number", "pk").values_list(*columns)]
    owed.delete()
    Total.objects.filter(indicator=row, period__starts_on__gte=first.starts_on).delete()
    row.valid_to = first.starts_on - timedelta(days=1)
    row.save(update_fields=["valid_to"])
    reports = Assignment.objects.filter(indicator=row, role=AssignmentRole.REPORTS, valid_to=None)
    reports.filter(valid_from__gt=row.valid_to).update(valid_from=row.valid_to)
    reports.update(valid_to=row.valid_to)
    _remove_empty_reports(campaign)
    recompute_indicator(row)
    _record("indicator.ended", row, first, decision, by, {"rows": rows})
    return row


def _check(campaign: Campaign, by: User) -> Campaign:
    """The campaign, locked, launched and this person's to revise."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    refuse(why_not_revise(row, by))
    return row


def _check_unsent(first: Period, unit_ids: Collection[int]) -> None:
    """No report in which the row would appear has gone out already."""
    sent = Submission.objects.filter(
        participation__unit__in=unit_ids,
        period__campaign=first.campaign_id,
        period__starts_on__gte=first.starts_on,
        first_sent_at__isnull=False,
    ).exclude(period__kind=PeriodKind.FLASH)
    row = sent.select_related("participation", "period").order_by("period__number").last()
    if row is not None:
        raise ValidationError(f"{row.participation} đã gửi báo cáo {row.period}. Chọn kỳ sau kỳ ấy.")


def _create_reports(campaign: Campaign, first: Period, parts: Collection[Participation]) -> None:
    """Reports of units that owed nothing until now."""
    periods = campaign.periods.summed().filter(starts_on__gte=first.starts_on)
    due = {(one.period_id, one.tier_id): one.due_on for one in Deadline.objects.filter(period__in=periods)}
    Submission.objects.bulk_create(
        [
            Submission(participation=part, period=period, due_on=due[period.pk, part.tier_id])
            for part in parts
            for period in periods
            if (period.pk, part.tier_id) in due
        ],
        ignore_conflicts=True,
    )


def _remove_empty_reports(campaign: Campaign) -> None:
    """A report in which nothing is asked is not owed."""
    empty = Submission.objects.filter(period__campaign=campaign, figures=None, moves=None, version=0)
    empty.exclude(period__kind=PeriodKind.FLASH).delete()


def _record(
    event: str, indicator: Indicator, first: Period, decision: Decision, by: User, detail: dict[str, Any]
) -> None:
    """The audit line, and the decision's file beside it."""
    if decision.file is not None:
        detail["file"] = store_file(decision.file, by=by, owner=indicator.campaign).pk
    decided = {"number": nfc(decision.number).strip(), "decided_on": decision.decided_on.isoformat()}
    record_act(
        event,
        by=by,
        subject=indicator,
        unit=indicator.campaign.authority,
        reason=nfc(decision.reason).strip(),
        detail={"from_period": first.pk, **decided, **detail},
    )
