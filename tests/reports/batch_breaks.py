"""For every constraint of the reports app an act that breaks it and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from reports import models as shown
from reports.choices import BatchKind
from tests.builders import World
from units.models import StoredFile


def again(model: type[models.Model], **values: Any) -> None:
    """Insert the same row twice."""
    model._default_manager.create(**values)
    model._default_manager.create(**values)


def batch(world: World, **values: Any) -> shown.Batch:
    columns = {"campaign": world.campaign, "period": world.period(1), "kind": BatchKind.UNITS_PDF, "total": 1}
    by = world.people["coordinator"]
    return shown.Batch.objects.create(requested_by=by, requested_at=timezone.now(), **{**columns, **values})


def template_twice(world: World) -> None:
    columns = {"name": "a.docx", "content_type": "x", "size": 1, "sha256": "0" * 64, "content": "x"}
    stored = StoredFile.objects.create(uploaded_at=timezone.now(), **columns)
    by = world.people["coordinator"]
    again(shown.LetterTemplate, unit=world.lead, file=stored, added_by=by, added_at=timezone.now())


#: constraint name → an act that breaks it and nothing else.
BREAKS: dict[str, Callable[[World], object]] = {
    "letter_template_one_in_use": template_twice,
    "batch_known_kind": lambda w: batch(w, kind="la"),
    "batch_finished_with_its_file": lambda w: batch(w, finished_at=timezone.now()),
    "batch_makes_something": lambda w: batch(w, total=0),
    "batch_part_once": lambda w: again(
        shown.BatchPart, batch=batch(w), position=1, name="xã Hiếu", queued_at=timezone.now()
    ),
    "batch_part_finished_with_its_hash": lambda w: shown.BatchPart.objects.create(
        batch=batch(w), position=1, name="xã Hiếu", queued_at=timezone.now(), finished_at=timezone.now()
    ),
}
