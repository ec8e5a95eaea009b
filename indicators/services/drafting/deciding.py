"""A person accepts, corrects or drops a line of the draft; accepting makes the definition with its citation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.models import Campaign
from campaign.permissions import why_not_prepare
from indicators.choices import DraftKind, DraftState
from indicators.models import DraftLine
from indicators.services.drafting.making import MAKERS
from units import clock
from units.errors import refuse
from units.models import User
from units.services import record_act

DECIDED = "Dòng này đã được {by} quyết định lúc {at:%H:%M %d/%m/%Y}. Tải lại trang để xem."
#: Kinds that may be accepted many at once: they carry no number.
IN_ONE_GO = (DraftKind.AREA, DraftKind.BASIS, DraftKind.RECIPIENT, DraftKind.DUTY, DraftKind.TASK)
#: What a person says of a line that does not say it itself.
_OF_NUMBER = (
    (DraftKind.TARGET, DraftKind.OPENING),
    "Chọn số này là chỉ tiêu giao hay số đã thực hiện đầu kỳ, hoặc bỏ dòng này.",
)
TO_BE_TOLD: dict[str, tuple[tuple[DraftKind, DraftKind], str]] = {
    DraftKind.UNCLEAR: _OF_NUMBER,
    DraftKind.UNREAD: _OF_NUMBER,
}
TO_BE_TOLD_OF_TEXT = (
    (DraftKind.TASK, DraftKind.DUTY),
    "Chọn đoạn này là nhiệm vụ hay trách nhiệm tổ chức thực hiện, hoặc bấm “Đã xem”.",
)


@transaction.atomic
def accept_line(line: DraftLine, values: Mapping[str, Any], *, by: User) -> DraftLine:
    """Make the definition that the line proposes, with the corrections of the person."""
    row = _locked(line, by)
    row.values = {**row.values, **values}
    if row.kind in TO_BE_TOLD:
        is_text = row.kind == DraftKind.UNREAD and bool(row.values.get("is_text", True))
        subjects, sentence = TO_BE_TOLD_OF_TEXT if is_text else TO_BE_TOLD[row.kind]
        if row.values.get("subject") not in subjects:
            raise ValidationError({"subject": sentence})
    row.indicator = MAKERS[str(row.values.get("subject") or row.kind)](row, by)
    _decide(row, DraftState.ACCEPTED, by)
    record_act("draft.accepted", by=by, subject=row, unit=row.campaign.standing_body, detail={"kind": row.kind})
    return row


@transaction.atomic
def drop_line(line: DraftLine, *, by: User) -> DraftLine:
    """Leave the line out; its passage and quote stay readable."""
    row = _locked(line, by)
    _decide(row, DraftState.DROPPED, by)
    record_act("draft.dropped", by=by, subject=row, unit=row.campaign.standing_body)
    return row


@transaction.atomic
def restore_line(line: DraftLine, *, by: User) -> DraftLine:
    """Take a dropped line up again."""
    row = _locked(line, by, state=DraftState.DROPPED)
    row.state, row.decided_by, row.decided_at = DraftState.PROPOSED, None, None
    row.save()
    return row


@transaction.atomic
def accept_all(campaign: Campaign, kinds: Sequence[str], *, by: User) -> int:
    """Accept every waiting line of kinds without numbers, in reading order; how many."""
    lines = campaign.draft_lines.filter(kind__in=set(kinds) & set(IN_ONE_GO), state=DraftState.PROPOSED)
    count = 0
    for line in lines.order_by("position"):
        line.refresh_from_db()
        if line.state == DraftState.PROPOSED:  # an area may have been accepted with what stands below it
            accept_line(line, {}, by=by)
            count += 1
    return count


def _locked(line: DraftLine, by: User, *, state: str = DraftState.PROPOSED) -> DraftLine:
    """The line as it now stands, held until the act is over."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=line.campaign_id)
    refuse(why_not_prepare(campaign, by))
    row = DraftLine.objects.select_related("decided_by", "passage").get(pk=line.pk)
    row.campaign = campaign
    if row.state != state:
        raise ValidationError(
            DECIDED.format(by=row.decided_by, at=row.decided_at.astimezone(clock.ZONE))
            if row.decided_at
            else "Dòng này chưa bỏ."
        )
    return row


def _decide(row: DraftLine, state: str, by: User) -> None:
    row.state, row.decided_by, row.decided_at = state, by, clock.now()
    row.save()
