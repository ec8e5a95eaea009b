"""What breaks the constraints of reorganisations and slips; test_constraints tries them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from tests.builders import World
from units.models import Reorganisation, Slip


def reorganisation(w: World, **values: Any) -> Reorganisation:
    about = {"kind": "merge", "number": "1/NQ", "effective_on": date(2024, 8, 1), "recorded_at": timezone.now()}
    return Reorganisation.objects.create(**{**about, **values})


def slip(w: World, **values: Any) -> Slip:
    by = w.people["coordinator"]
    day = date(2024, 8, 1)
    about = {"user": w.people["clerk0"], "made_by": by, "made_at": timezone.now(), "made_on": day, "expires_on": day}
    return Slip.objects.create(**{**about, **values})


BREAKS: dict[str, Callable[[World], object]] = {
    "reorganisation_has_document": lambda w: reorganisation(w, number=""),
    "slip_dates_in_order": lambda w: slip(w, expires_on=date(2024, 7, 31)),
    "slip_one_open_an_account": lambda w: [slip(w), slip(w)],
    "reorganisation_known_kind": lambda w: reorganisation(w, kind="moved"),
}
