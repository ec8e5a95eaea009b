"""What the background worker does for the reports app: one part of a batch, and packing it."""

from __future__ import annotations

from django_tasks import task

from reports.services import batches


@task()
def make_part(pk: int) -> None:
    """Make one file of a batch."""
    batches.make_part(pk, pack_later=pack_batch.enqueue)


@task()
def pack_batch(pk: int) -> None:
    """Pack a batch whose parts are all there."""
    batches.pack_batch(pk)


def resume() -> int:
    """Queue again what a lost worker left; called every minute."""
    return batches.resume_batches(enqueue=make_part.enqueue, pack_later=pack_batch.enqueue)
