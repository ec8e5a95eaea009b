"""What a file would change, before anything is written: one line for each row, and what stands against it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from units.imports.sheets import Fault


@dataclass(frozen=True)
class Change:
    """One row that is new or differs: where it stands, whom it is about, and what changes in words."""

    place: str
    subject: str
    is_new: bool
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """All that a file would do."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    same: int = 0

    @property
    def new(self) -> int:
        """How many rows are new."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many rows differ from what is kept."""
        return len(self.changes) - self.new

    @property
    def is_clean(self) -> bool:
        """May all of it be written?"""
        return bool(self.changes) and not self.faults

    @property
    def mark(self) -> str:
        """A mark of what was shown: it differs as soon as the file would do anything else."""
        return hashlib.sha256(repr((self.changes, self.faults)).encode()).hexdigest()
