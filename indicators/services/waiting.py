"""Rows that were typed while the line was down and come later: each is saved on its own, and each gets its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError

from campaign.models import Submission
from indicators.services.figures import Entry, enter_figures
from units.errors import LostRace
from units.models import User


class Fate(StrEnum):
    """What became of a row that had waited on a device."""

    SAVED = "saved"
    WRONG = "wrong"  # cannot be read, or asks something back
    CONFLICT = "conflict"  # somebody else saved another value meanwhile
    CLOSED = "closed"  # the report takes no figure any more


@dataclass(frozen=True)
class Outcome:
    """The fate of one row, and the sentence that explains it."""

    fate: Fate
    sentence: str = ""


def enter_waiting(submission: Submission, entries: Sequence[Entry], *, by: User) -> dict[int, Outcome]:
    """Save what can be saved, by figure; what cannot is answered, never dropped and never forced.

    All rows go together while nothing stands against any of them; else one by one.
    """
    try:
        enter_figures(submission, entries, by=by)
    except (ValidationError, PermissionDenied, LostRace):
        return {entry.figure_id: _enter_one(submission, entry, by) for entry in entries}
    return {entry.figure_id: Outcome(Fate.SAVED) for entry in entries}


def _enter_one(submission: Submission, entry: Entry, by: User) -> Outcome:
    """Save one row in a transaction of its own."""
    try:
        enter_figures(submission, [entry], by=by)
    except ValidationError as error:
        return Outcome(Fate.WRONG, " ".join(error.messages))
    except PermissionDenied as error:
        return Outcome(Fate.CLOSED, str(error))
    except LostRace as error:
        return Outcome(Fate.CONFLICT, str(error))
    return Outcome(Fate.SAVED)
