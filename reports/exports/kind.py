"""What a kind of report is: of what it speaks, who issues it, its sections and annexes, how it lies on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from paper.document import Block
from reports.exports.summary_text import Text
from reports.tables.material import Material

#: Who may issue it: the standing body in its own name, or the authority (the Committee).
STANDING, AUTHORITY = "standing", "authority"
#: … or each unit that takes part, of itself.
ITSELF = "itself"
#: Of what it speaks beside its period: of everything, of one content area, of one unit (or of all, one by one).
WHOLE, AREA, UNIT = "whole", "area", "unit"


@dataclass(frozen=True)
class Section:
    """A section that may be left out."""

    key: str
    label: str


@dataclass(frozen=True)
class AnnexKind:
    """An annex: its title for a period, and what stands in it."""

    key: str
    label: str
    title: Callable[[Material], str]
    blocks: Callable[[Material], tuple[Block, ...]]
    is_wide: bool = True


@dataclass(frozen=True)
class Kind:
    """One kind of report. ``pages`` is the most its text may take; ``is_internal`` keeps it from outside readers.

    ``tells_campaign``: inspections, news and obstacles since the launch, not of the period alone. ``has_sheets``: the
    figures of each unit with its own estimate of the year. ``states_figures``: once issued, a figure that differs is
    asked for its reason. ``closes_campaign``: it sums up the whole, so that before the last days it is early.
    """

    key: str
    label: str
    about: Callable[[Material], tuple[str, ...]]
    text: Text
    sections: tuple[Section, ...]
    annexes: tuple[AnnexKind, ...] = ()
    issuers: tuple[str, ...] = (STANDING, AUTHORITY)
    scope: str = WHOLE
    title: str = "BÁO CÁO"
    pages: int = 0
    is_compact: bool = True
    is_internal: bool = False
    tells_campaign: bool = False
    closes_campaign: bool = False
    has_sheets: bool = False
    states_figures: bool = False

    @property
    def is_own(self) -> bool:
        """Is it a unit's own report, of its own figures as they stand with it?"""
        return self.issuers == (ITSELF,)

    @property
    def not_chosen(self) -> tuple[str, ...]:
        """Choices that mean nothing for it: a unit's own report prints its figures as they are; it has no annex."""
        without_annex = () if self.annexes else ("has_code_on_annexes",)
        return (*(("basis", "as_of") if self.is_own else ()), *without_annex)
