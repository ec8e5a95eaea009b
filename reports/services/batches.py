"""Batches: ordered, made part by part by the worker, packed into one file, cancelled, tried again, taken up again.

Whatever a worker was doing when it was killed is seen nowhere: a part counts when its bytes and their hash are stored
in one transaction, a batch when its one file is. Who works on something has it in its hands (`units.hands`): what was
begun and is in nobody's hands was lost with its worker, and is queued again at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from campaign.models import Campaign, Period, Submission
from reports.choices import BatchKind
from reports.models import Batch, BatchPart
from reports.permissions import why_not_batch
from reports.services import files
from reports.services.packing import figures_file, pack
from reports.tables.batches import sent_reports
from reports.tables.unit_report import PRINTED_WITH
from units import clock, hands
from units.errors import refuse
from units.models import StoredFile, User
from units.services import keep_file, record_act

logger = logging.getLogger(__name__)

#: What waits for longer without having been begun was lost from the queue.
LONGEST_WAIT = timedelta(minutes=10)
FORMS = {BatchKind.UNITS_PDF: files.PDF, BatchKind.UNITS_WORD: files.DOCX}
NOTHING_SENT = "Kỳ này chưa có đơn vị nào gửi báo cáo, chưa có gì để lập."
WENT_WRONG = "Máy chủ chưa lập được tệp này. Bấm Làm lại; vẫn lỗi thì báo quản trị."

#: Hands a part, or the packing of a batch, to the worker; set by ``reports.tasks``, which knows the queue.
Enqueue = Callable[[int], object]


@transaction.atomic
def start_batch(campaign: Campaign, period: Period, kind: str, *, by: User, enqueue: Enqueue) -> Batch:
    """Order a batch: one part for each unit that has sent, or one for all figures."""
    refuse(why_not_batch(campaign, by))
    now = clock.now()
    wanted: list[tuple[str, Submission | None]]
    if kind == BatchKind.FIGURES:
        wanted = [("Toàn bộ số liệu", None)]
    else:
        wanted = [(one.participation.unit_name, one) for one in sent_reports(period)]
    if not wanted:
        raise ValidationError(NOTHING_SENT)
    batch = Batch.objects.create(
        campaign=campaign, period=period, kind=kind, total=len(wanted), requested_by=by, requested_at=now
    )
    parts = BatchPart.objects.bulk_create(
        BatchPart(batch=batch, position=place, name=name, submission=report, queued_at=now)
        for place, (name, report) in enumerate(wanted, start=1)
    )
    record_act("batch.started", by=by, subject=batch, unit=campaign.standing_body, detail={"parts": len(parts)})
    _enqueue(parts, enqueue)
    return batch


@transaction.atomic
def cancel_batch(batch: Batch, *, by: User) -> Batch:
    """Make nothing more of it; a part in work is thrown away when it is done."""
    refuse(why_not_batch(batch.campaign, by))
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.finished_at or row.cancelled_at:
        raise ValidationError("Lần lập này đã xong hoặc đã hủy.")
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])
    record_act("batch.cancelled", by=by, subject=row, unit=batch.campaign.standing_body)
    return row


@transaction.atomic
def retry_batch(batch: Batch, *, by: User, enqueue: Enqueue) -> Batch:
    """Make what is missing: parts that failed, or that were not begun when it was cancelled."""
    refuse(why_not_batch(batch.campaign, by))
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.finished_at:
        raise ValidationError("Lần lập này đã xong, tệp đã có để tải.")
    if not row.cancelled_at and not row.parts.exclude(error="").exists():
        raise ValidationError("Lần lập này đang chạy, chưa có tệp nào lỗi để làm lại.")
    row.cancelled_at = row.packed_from = None
    row.save(update_fields=["cancelled_at", "packed_from"])
    row.parts.filter(finished_at=None).update(error="", started_at=None, queued_at=clock.now())
    record_act("batch.retried", by=by, subject=row, unit=batch.campaign.standing_body)
    _enqueue(list(row.parts.filter(finished_at=None)), enqueue)
    return row


def resume_batches(*, enqueue: Enqueue, pack_later: Enqueue) -> int:
    """Queue again what a lost worker left, or what was lost from the queue; how many things that were."""
    found = 0
    for batch in Batch.objects.open().select_related("campaign"):
        lost = [pk for pk, started_at, queued_at in _unfinished(batch) if _is_lost(pk, started_at, queued_at)]
        BatchPart.objects.filter(pk__in=lost, finished_at=None, error="").update(queued_at=clock.now(), started_at=None)
        for pk in lost:
            enqueue(pk)
        found += len(lost)
        if not batch.parts.filter(finished_at=None).exists() and not hands.is_held(_packing(batch.pk)):
            pack_later(batch.pk)
            found += 1
    return found


def _unfinished(batch: Batch) -> list[tuple[int, datetime | None, datetime]]:
    """The parts that are neither made nor failed: key, when begun, when queued."""
    rows = batch.parts.filter(finished_at=None, error="")
    return list(rows.values_list("pk", "started_at", "queued_at"))


def _is_lost(pk: int, started_at: datetime | None, queued_at: datetime) -> bool:
    if started_at is not None:
        return not hands.is_held(_making(pk))
    return queued_at < clock.now() - LONGEST_WAIT


def _making(pk: int) -> str:
    return f"part-{pk}"


def _packing(pk: int) -> str:
    return f"pack-{pk}"


# --- In the worker ---------------------------------------------------------------------------------------------------


def make_part(pk: int, *, pack_later: Enqueue) -> None:
    """Make one file of a batch, unless it is made, cancelled, or in another worker's hands."""
    with hands.taken(_making(pk)) as is_mine:
        part = _take(pk) if is_mine else None
        if part is not None:
            _make(part, pack_later)


def _make(part: BatchPart, pack_later: Enqueue) -> None:
    try:
        with TemporaryDirectory() as folder:
            name, path = _built(part, Path(folder))
            _finish(part, name, path, pack_later)
    except (PermissionDenied, ValidationError) as refusal:
        _fail(part, "; ".join(getattr(refusal, "messages", [str(refusal)])))
    except Exception:
        logger.exception("Chưa lập được %s", part)
        _fail(part, WENT_WRONG)


def _take(pk: int) -> BatchPart | None:
    """The part, marked as begun now; None where there is nothing to do."""
    with transaction.atomic():
        part = BatchPart.objects.select_for_update(of=("self",)).select_related("batch__campaign").filter(pk=pk).first()
        if part is None or part.finished_at or part.batch.cancelled_at or part.error:
            return None
        part.started_at, part.attempts = clock.now(), part.attempts + 1
        part.save(update_fields=["started_at", "attempts"])
    return part


def _built(part: BatchPart, folder: Path) -> tuple[str, Path]:
    """The name and the bytes of the part, in a folder that goes away."""
    batch, target = part.batch, folder / "part"
    if part.submission_id is None:
        return figures_file(batch, target)
    report = Submission.objects.select_related(*PRINTED_WITH).get(pk=part.submission_id)
    made = files.unit_file(report, by=batch.requested_by, form=FORMS[BatchKind(batch.kind)])
    target.write_bytes(made.content)
    return made.name, target


def _finish(part: BatchPart, name: str, path: Path, pack_later: Enqueue) -> None:
    """Keep the bytes with their hash; the last part of a batch has it packed."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=part.batch_id)
        if batch.cancelled_at:
            return
        stored = keep_file(path, name=name, by=batch.requested_by, owner=batch)
        BatchPart.objects.filter(pk=part.pk).update(
            file=stored, file_name=name, sha256=stored.sha256, finished_at=clock.now(), error=""
        )
        if not batch.parts.filter(finished_at=None).exists():
            transaction.on_commit(lambda: pack_later(batch.pk))


def _fail(part: BatchPart, why: str) -> None:
    BatchPart.objects.filter(pk=part.pk, finished_at=None).update(started_at=None, error=why[:300])


def pack_batch(pk: int) -> None:
    """Put all parts into the one file that is handed out, unless another worker is at it."""
    with hands.taken(_packing(pk)) as is_mine:
        batch = _begin_packing(pk) if is_mine else None
        if batch is not None:
            _pack(batch)


def _begin_packing(pk: int) -> Batch | None:
    with transaction.atomic():
        batch = Batch.objects.select_for_update().select_related(None).get(pk=pk)
        if batch.finished_at or batch.cancelled_at:
            return None
        batch.packed_from = clock.now()
        batch.save(update_fields=["packed_from"])
    return batch


def _pack(batch: Batch) -> None:
    """Keep the one file; then the parts' own bytes are thrown away."""
    with TemporaryDirectory() as folder:
        name, path = pack(batch, Path(folder) / "batch")
        with transaction.atomic():
            row = Batch.objects.select_for_update().get(pk=batch.pk)
            if row.cancelled_at or row.finished_at:
                return
            row.file = keep_file(path, name=name, by=row.requested_by, owner=row)
            row.finished_at = clock.now()
            row.save(update_fields=["file", "finished_at"])
            _throw_away(list(StoredFile.objects.filter(pk__in=row.parts.values("file"))))


def _throw_away(stored: list[StoredFile]) -> None:
    """The rows now, the bytes when that is certain."""
    for one in stored:
        BatchPart.objects.filter(file=one).update(file=None)
        one.delete()
        transaction.on_commit(lambda one=one: one.content.delete(save=False))  # type: ignore[misc]


def _enqueue(parts: list[BatchPart], enqueue: Enqueue) -> None:
    for part in parts:
        transaction.on_commit(lambda pk=part.pk: enqueue(pk))  # type: ignore[misc]
