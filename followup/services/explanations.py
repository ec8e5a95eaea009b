"""Requests for causes and accounts: asked with a day, answered with cause, remedy and day, followed, closed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from campaign.models import Campaign, Period
from followup.choices import ExplanationKind, ExplanationState
from followup.models import Explanation
from followup.permissions import why_not_ask, why_not_move_explanation
from followup.rules.explanations import OPEN_STATES, STEPS
from followup.services.notices import leaders, notify, standing_people, unit_people
from followup.services.steps import Particulars, check_day, check_demands, check_version, said, write_line
from indicators.models import Assignment, Indicator
from indicators.tables.standings import SENT, standings
from units import clock
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.dates import format_date
from vietnamese.text import nfc


@transaction.atomic
def ask_explanation(
    kind: str,
    campaign: Campaign,
    unit: OrgUnit,
    *,
    by: User,
    question: str,
    due_on: date | None,
    indicator: Indicator | None = None,
    period: Period | None = None,
    origin: str = Origin.OFFICE,
) -> Explanation:
    """Ask a unit for causes (standing body) or an account (leader); how the indicator stands now is kept beside it."""
    refuse(why_not_ask(kind, campaign, unit, by))
    if not nfc(question).strip():
        raise ValidationError("Ghi nội dung yêu cầu để đơn vị biết cần trả lời việc gì.")
    last_day = check_day(due_on, "hạn trả lời")
    _check_reported(unit, indicator)
    _check_none_open(kind, unit, indicator)
    band, rate = _standing_now(campaign, unit, indicator, period)
    row = Explanation.objects.create(
        campaign=campaign,
        unit=unit,
        indicator=indicator,
        period=period,
        kind=kind,
        question=nfc(question).strip(),
        band_before=band,
        rate_before=rate,
        asked_by=by,
        asked_at=clock.now(),
        due_on=last_day,
        origin=origin,
    )
    record_act(f"explanation.{kind}_asked", by=by, subject=row, unit=unit, reason=row.question)
    about = f": {indicator.short_name}" if indicator else ""
    text = f"{row.get_kind_display()}{about}, trả lời chậm nhất ngày {format_date(row.due_on)}"
    notify(unit_people(unit), text, _page(row), by=by)
    return row


@transaction.atomic
def move_explanation(
    name: str, explanation: Explanation, *, by: User, version: int | None = None, given: Particulars | None = None
) -> Explanation:
    """Take one step of the table: lock, check, write state, answer, history and audit in one transaction."""
    step, given = STEPS[name], given or Particulars()
    rows = Explanation.objects.select_for_update(of=("self",)).select_related("unit", "campaign", "indicator")
    row = rows.get(pk=explanation.pk)
    check_version(row, version)
    refuse(why_not_move_explanation(name, row, by))
    check_demands(step, given)
    before, row.state = row.state, step.to_state
    row.version += 1
    if step.needs_answer:
        _write_answer(row, given, by)
    if step.needs_day and given.due_on:
        row.due_on = given.due_on
    if step.to_state == ExplanationState.CLOSED:
        row.closed_at = clock.now()
    row.save()
    write_line(row, by=by, text=said(step, given), step=step, from_state=before)
    record_act(step.audit_event, by=by, subject=row, unit=row.unit, reason=given.tidy("text"))
    people = _askers(row) if step.needs_answer else unit_people(row.unit)
    notify(people, f"{step.done}: {row}", _page(row), by=by)
    return row


def _write_answer(row: Explanation, given: Particulars, by: User) -> None:
    row.cause = given.cause
    row.cause_kind = given.cause.kind if given.cause else given.cause_kind
    row.cause_text, row.remedy = given.tidy("cause_text"), given.tidy("remedy")
    row.remedy_due_on = given.remedy_due_on
    row.answered_by, row.answered_at = by, clock.now()


def _check_reported(unit: OrgUnit, indicator: Indicator | None) -> None:
    if indicator and not Assignment.objects.reporting().filter(indicator=indicator, unit=unit).exists():
        raise ValidationError(
            f"{unit.name} không báo cáo chỉ tiêu “{indicator.short_name}” nên không có gì để trả lời."
        )


def _check_none_open(kind: str, unit: OrgUnit, indicator: Indicator | None) -> None:
    rows = Explanation.objects.filter(kind=kind, unit=unit, indicator=indicator, state__in=OPEN_STATES)
    if indicator is not None and rows.exists():
        raise ValidationError(
            f"{unit.name} đang có yêu cầu cùng loại về “{indicator.short_name}”. "
            "Theo dõi yêu cầu ấy, hoặc kết thúc trước."
        )


def _standing_now(
    campaign: Campaign, unit: OrgUnit, indicator: Indicator | None, period: Period | None
) -> tuple[str, str]:
    """Band and rate of the indicator at the unit on tạm tính, to see later whether it has turned."""
    if indicator is None or period is None:
        return "", ""
    found = standings(campaign, period, basis=SENT, indicator_ids=[indicator.pk], unit_ids=[unit.pk])
    standing = found.get((indicator.pk, unit.pk))
    return (str(standing.band), standing.rate_text[:40]) if standing and standing.is_numeric else ("", "")


def _askers(row: Explanation) -> list[User]:
    if row.kind == ExplanationKind.ACCOUNT:
        return [*leaders(row.campaign), *standing_people(row.campaign)]
    return standing_people(row.campaign)


def _page(row: Explanation) -> str:
    return reverse("followup:explanation", args=[row.pk])
