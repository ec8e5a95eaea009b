"""The rows of a unit's month: what the page shows of each figure, as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString

from indicators.choices import FigureState, IndicatorKind
from indicators.rules.oddities import FigureWarning, Severity
from indicators.tables.month_source import EvidenceLink
from indicators.tables.wording import NONE, Texts

#: In a month of more rows the details of a row that has none yet are drawn by the browser when they are opened.
MANY_ROWS = 60
#: What stands in the pattern of such details where the browser puts the row's and the indicator's key.
BLANK_KEYS = ("987654321", "987654322")
#: So many empty rows are named after each save.
SHOWN_MISSING = 20
NUMERIC = (IndicatorKind.QUANTITY, IndicatorKind.RATIO)


@dataclass(frozen=True)
class DenominatorCell:
    """One reported base of a ratio: its input, the last value, and the percentage on it."""

    key: str
    name: str
    text: str
    previous: str
    rate: str


@dataclass(frozen=True)
class Choice:
    """One choice of a list and whether it is the present one."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class MonthRow(Texts):
    """One owed row: everything the page shows of it, as text."""

    figure_id: int
    key: str  # the same as text: a template writes texts much faster than numbers
    indicator_key: str
    version: str
    kind: str
    name: str
    unit_of_measure: str
    decimals: str
    is_open: bool
    is_mine: bool
    state: str
    is_marked: bool
    request_reason: str
    origin: str
    note: str
    data_source: str
    as_of_on: str
    usual_source: str
    asks_source: bool
    evidence_required: bool
    evidence: tuple[EvidenceLink, ...]
    is_copied: bool = False
    warnings: tuple[FigureWarning, ...] = ()
    # What carries numbers
    target: str = ""
    target_note: str = ""
    target_origin: str = ""
    before: str = NONE
    previous: str = NONE
    prior: str = ""
    prior_source: str = ""
    prior_origin: str = ""
    versus: tuple[str, ...] = ()
    amount: str = ""
    shown_amount: str = NONE
    cumulative: str = NONE
    since_launch: str = ""
    rate: str = ""
    mark: SafeString = field(default_factory=SafeString)
    denominators: tuple[DenominatorCell, ...] = ()
    is_estimate: bool = False
    may_be_cumulative: bool = False
    is_cumulative: bool = False
    year_estimate: str = ""
    year_words: str = ""
    hints: tuple[Any, ...] = ()
    is_brief: bool = False
    # What is told in words
    statuses: tuple[Choice, ...] = ()
    steps: tuple[Choice, ...] = ()
    task_word: str = ""
    text: str = ""
    previous_text: str = ""
    # What was typed and could not be kept
    errors: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Any] = field(default_factory=dict)
    conflict: str = ""

    @property
    def is_numeric(self) -> bool:
        """True for what carries numbers."""
        return self.kind in NUMERIC

    @property
    def has_previous(self) -> bool:
        """True where the period before can be taken over; a task has its own button for that."""
        return self.is_numeric and self.previous != NONE

    @property
    def is_missing(self) -> bool:
        """True while nothing is reported."""
        return self.state == FigureState.NOT_REPORTED

    @property
    def nothing_arose(self) -> bool:
        """True for "không phát sinh"."""
        return self.state == FigureState.NOTHING_AROSE

    @property
    def has_details(self) -> bool:
        """True when the details below the row hold or ask for something."""
        told = self.note or self.year_estimate or self.evidence or self.errors or self.warnings
        return bool(told or self.is_estimate or self.is_cumulative or self.asks_source or self.evidence_required)

    @property
    def asks_reason(self) -> bool:
        """True when a warning wants a reason that is not yet written."""
        return not self.note and any(warning.severity != Severity.NOTE for warning in self.warnings)

    @property
    def wants_a_look(self) -> bool:
        """True when the row keeps the person busy still."""
        return bool(self.asks_reason or self.errors or self.questions or self.conflict or self.is_copied)


@dataclass(frozen=True)
class MissingRow:
    """One row that is still empty."""

    figure_id: int
    name: str


@dataclass(frozen=True)
class Progress:
    """How far the report is: "14/18 đã nhập", which rows are empty, and which were taken over and not looked at."""

    owed: int
    entered: int
    missing: tuple[MissingRow, ...]
    copied: tuple[MissingRow, ...] = ()

    @property
    def shown(self) -> tuple[MissingRow, ...]:
        """The first of them: a list of hundreds helps nobody, and it travels with every save."""
        return self.missing[:SHOWN_MISSING]

    @property
    def not_shown(self) -> int:
        """How many more there are."""
        return len(self.missing) - len(self.shown)


@dataclass(frozen=True)
class Group:
    """The rows of one content area."""

    title: str
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True)
class MonthTable:
    """The whole month."""

    groups: tuple[Group, ...]
    window: str
    not_assigned: tuple[str, ...]
    not_due: tuple[str, ...]

    @property
    def rows(self) -> list[MonthRow]:
        """All rows in order."""
        return [row for group in self.groups for row in group.rows]

    @property
    def is_long(self) -> bool:
        """True for a month of hundreds of rows, which a browser lays out in another way."""
        return len(self.rows) > MANY_ROWS

    @property
    def blank(self) -> MonthRow | None:
        """The pattern from which the browser draws the details of a brief row."""
        brief = [row for row in self.rows if row.is_brief]
        if not brief:
            return None
        fullest = next((row for row in brief if row.may_be_cumulative), brief[0])
        return replace(fullest, key=BLANK_KEYS[0], indicator_key=BLANK_KEYS[1], name="…", version="0")

    @property
    def hints(self) -> dict[str, tuple[Any, ...]]:
        """By figure, what the browser checks with before the server answers."""
        return {row.key: row.hints for row in self.rows if row.hints}

    @property
    def odd(self) -> int:
        """How many rows still want a look."""
        return sum(row.wants_a_look for row in self.rows)

    @property
    def has_previous(self) -> bool:
        """True where some empty row could take over the period before."""
        return any(row.is_open and row.is_missing and (row.has_previous or row.previous_text) for row in self.rows)

    @property
    def is_shared(self) -> bool:
        """True when some rows are this person's and others are not, so that "phần của tôi" means something."""
        return len({row.is_mine for row in self.rows}) == 2
