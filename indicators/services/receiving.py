"""Receiving several reports at once: each by the one door, and the act as a whole in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from campaign.models import Submission
from indicators.permissions import why_not_move
from indicators.services.submissions import make_move
from units.models import User
from units.services import record_act


@transaction.atomic
def receive_reports(
    reports: Sequence[Submission], *, by: User, versions: Mapping[int, int]
) -> tuple[list[Submission], list[str]]:
    """Receive the reports that the person may receive; returns them, and for each other one why not.

    ``versions`` are those that the person saw: one that was moved since stops all (``LostRace``).
    """
    received, skipped = [], []
    for report in sorted(reports, key=lambda one: one.pk):
        reason = why_not_move("receive", report, by)
        if reason:
            skipped.append(f"{report.participation.unit_name}: {reason}")
            continue
        received.append(make_move("receive", report, by=by, version=versions.get(report.pk)))
    if received:
        campaign = received[0].participation.campaign
        detail = {"submissions": [report.pk for report in received]}
        record_act("submissions.received_together", by=by, subject=campaign, unit=campaign.authority, detail=detail)
    return received, skipped
