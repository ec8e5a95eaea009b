"""Obstacles: raised, discussed, given to an owner, carried to the Committee, resolved with a proof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from campaign.models import Campaign, Period
from followup.choices import ObstacleState
from followup.models import Cause, Obstacle
from followup.permissions import sides_of_obstacle, why_not_comment, why_not_move_obstacle, why_not_raise
from followup.rules.obstacles import STEPS
from followup.services.notices import lead_people, leaders, notify, owner_people, standing_people, unit_people
from followup.services.steps import Particulars, check_demands, check_version, said, write_line
from indicators.models import Figure, Indicator
from units import clock
from units.choices import Origin
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act
from vietnamese.text import nfc


@transaction.atomic
def raise_obstacle(
    campaign: Campaign,
    unit: OrgUnit,
    *,
    by: User,
    title: str,
    kind: str,
    text: str = "",
    cause: Cause | None = None,
    indicator: Indicator | None = None,
    period: Period | None = None,
    figure: Figure | None = None,
    origin: str = Origin.OFFICE,
) -> Obstacle:
    """Raise an obstacle of a unit, in general or beside a figure; the figure itself stays as it is."""
    if figure is not None:
        indicator, period = figure.assignment.indicator, figure.period
    refuse(why_not_raise(campaign, unit, indicator, by))
    title = nfc(title).strip()
    if not title and cause is not None:
        title = cause.name
    if not title:
        raise ValidationError("Ghi vướng mắc là gì, hoặc chọn một nguyên nhân trong danh mục.")
    row = Obstacle.objects.create(
        campaign=campaign,
        unit=unit,
        indicator=indicator,
        period=period,
        figure=figure,
        title=title[:200],
        text=nfc(text).strip(),
        kind=cause.kind if cause else kind,
        cause=cause,
        raised_by=by,
        raised_at=clock.now(),
        origin=origin,
    )
    record_act("obstacle.raised", by=by, subject=row, unit=unit)
    _tell(row, [*standing_people(campaign), *lead_people(indicator)], f"{unit.name} nêu vướng mắc: {title}", by)
    return row


@transaction.atomic
def comment_on_obstacle(obstacle: Obstacle, *, by: User, text: str, file: UploadedFile[Any] | None = None) -> Obstacle:
    """Say something about an obstacle; what was said stays."""
    row = _locked(obstacle)
    refuse(why_not_comment(sides_of_obstacle(row, by)))
    if not nfc(text).strip() and file is None:
        raise ValidationError("Ghi ý kiến trước khi gửi.")
    row.version += 1
    row.save(update_fields=["version"])
    write_line(row, by=by, text=text, upload=file)
    record_act("obstacle.commented", by=by, subject=row, unit=row.unit)
    people = [*unit_people(row.unit), *owner_people(row.owner_unit), *standing_people(row.campaign)]
    _tell(row, people, f"Ý kiến mới về vướng mắc “{row.title}” của {row.unit.name}", by)
    return row


@transaction.atomic
def move_obstacle(
    name: str, obstacle: Obstacle, *, by: User, version: int | None = None, given: Particulars | None = None
) -> Obstacle:
    """Take one step of the table: lock, check, write state, history and audit in one transaction."""
    step, given = STEPS[name], given or Particulars()
    row = _locked(obstacle)
    check_version(row, version)
    refuse(why_not_move_obstacle(name, row, by))
    check_demands(step, given)
    before, row.state = row.state, step.to_state
    row.version += 1
    if step.needs_owner:
        row.owner_unit, row.owner, row.due_on = given.owner_unit, given.tidy("owner")[:160], given.due_on
    if step.to_state == ObstacleState.ESCALATED:
        row.escalated_at = clock.now()
    if step.needs_proof:
        row.resolution, row.proof_note = given.tidy("text"), given.tidy("proof_note")[:200]
        row.resolved_at = clock.now()
    row.save()
    write_line(row, by=by, text=said(step, given), step=step, from_state=before, upload=given.file)
    record_act(step.audit_event, by=by, subject=row, unit=row.unit, reason=given.tidy("text"))
    _tell(row, _concerned(row, step.name), f"{step.done}: {row.title} ({row.unit.name})", by)
    return row


def _locked(obstacle: Obstacle) -> Obstacle:
    """The obstacle as it stands, locked until the end of the transaction."""
    rows = Obstacle.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "owner_unit", "campaign", "indicator").get(pk=obstacle.pk)


def _concerned(row: Obstacle, step: str) -> list[User]:
    """Who hears of a step: always the unit and the standing body; owner and leaders where it is theirs to act."""
    people = [*unit_people(row.unit), *standing_people(row.campaign)]
    if step in ("take_up", "direct", "reopen"):
        people += owner_people(row.owner_unit)
    if step == "escalate" or (step == "resolve" and row.escalated_at):
        people += leaders(row.campaign)
    return people


def _tell(row: Obstacle, people: Iterable[User], text: str, by: User) -> None:
    notify(people, text, reverse("followup:obstacle", args=[row.pk]), by=by)
