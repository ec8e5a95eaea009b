"""Evidence (minh chứng): files that prove a figure, added and taken off while its report is open."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from indicators.models import Evidence, Figure
from indicators.services.figures import check_may_enter, locked_report
from units import clock
from units.models import User
from units.services import record_act, store_file
from vietnamese.text import nfc


@transaction.atomic
def attach_evidence(figure: Figure, upload: UploadedFile[Any], *, by: User, title: str = "") -> Evidence:
    """Keep a file as proof of a figure."""
    report = locked_report(figure.submission)
    check_may_enter(report, figure, by, None)
    stored = store_file(upload, by=by, owner=figure)
    evidence = Evidence.objects.create(
        figure=figure, file=stored, title=nfc(title)[:200] or stored.name, added_by=by, added_at=clock.now()
    )
    record_act("figure.evidence_added", by=by, subject=figure, unit=report.participation.unit)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User) -> None:
    """Take a proof off its figure; the file and the line of its adding stay."""
    report = locked_report(evidence.figure.submission)
    check_may_enter(report, evidence.figure, by, None)
    evidence.removed_at = clock.now()
    evidence.save(update_fields=["removed_at"])
    record_act("figure.evidence_removed", by=by, subject=evidence.figure, unit=report.participation.unit)
