"""What was entered for a unit (nhập thay), as the unit reads it: by whom, on whose word, which rows, to check them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from campaign.models import Submission
from indicators.choices import TaskStatus, VersionKind
from indicators.models import Figure, FigureVersion
from indicators.tables.history import on_behalf_words, value_text
from indicators.tables.unit_plan import denominators_of
from units import clock
from vietnamese.dates import relative_moment

QUERIES = 1
#: Figures with what was sent, the bases, what an office entered.
ROWS_QUERIES = 3


@dataclass(frozen=True)
class BehalfBase:
    """One reported base of a ratio."""

    key: str
    name: str


@dataclass(frozen=True)
class BehalfRow:
    """One row as the office sees it before it enters for the unit: never what the unit keeps unsent."""

    key: str
    version: str
    name: str
    unit_of_measure: str
    is_numeric: bool
    known: str
    is_missing: bool
    bases: tuple[BehalfBase, ...]
    statuses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldRow:
    """One row that now stands as another entered it."""

    key: str
    name: str


@dataclass(frozen=True)
class Told:
    """Rows that one person entered on one word."""

    by: str
    when: str
    words: str
    rows: tuple[ToldRow, ...]


def told_for(submission: Submission) -> tuple[Told, ...]:
    """The rows that stand as an office entered them, the newest word first: one query."""
    versions = FigureVersion.objects.filter(
        figure__submission=submission, kind=VersionKind.ON_BEHALF, sequence=F("figure__version")
    ).select_related("by", "on_behalf_of", "figure__assignment__indicator")
    groups: dict[tuple[str, str], list[FigureVersion]] = {}
    for version in versions.order_by("-at", "figure__assignment__indicator__position"):
        groups.setdefault((str(version.by), on_behalf_words(version)), []).append(version)
    now = clock.now()
    return tuple(
        Told(
            by,
            relative_moment(versions[0].at, now),
            words,
            tuple(ToldRow(str(one.figure_id), one.figure.assignment.indicator.short_name) for one in versions),
        )
        for (by, words), versions in groups.items()
    )


def behalf_rows(submission: Submission) -> tuple[BehalfRow, ...]:
    """Every row of the report in the document's order: ``ROWS_QUERIES`` queries at most."""
    rows = Figure.objects.filter(submission=submission).select_related("assignment__indicator", "sent_version")
    figures = list(rows.order_by("assignment__indicator__area__position", "assignment__indicator__position", "pk"))
    bases = denominators_of([figure.assignment.indicator_id for figure in figures if figure.kind == "ratio"])
    entered = FigureVersion.objects.filter(
        figure__submission=submission, kind=VersionKind.ON_BEHALF, sequence=F("figure__version")
    )
    by_office = {version.figure_id: version for version in entered}
    return tuple(
        BehalfRow(
            key=str(figure.pk),
            version=str(figure.version),
            name=figure.assignment.indicator.short_name,
            unit_of_measure=figure.assignment.indicator.unit_of_measure,
            is_numeric=figure.assignment.indicator.is_numeric,
            known=_known(figure, by_office.get(figure.pk)),
            is_missing=figure.state == "not_reported",
            bases=tuple(
                BehalfBase(str(base.pk), base.name)
                for base in bases.get(figure.assignment.indicator_id, ())
                if base.is_reported
            ),
            statuses=tuple((value, str(label)) for value, label in TaskStatus.choices),
        )
        for figure in figures
    )


def _known(figure: Figure, by_office: FigureVersion | None) -> str:
    """What the office may know of the row: what it entered, what was sent, or only that something is there."""
    indicator = figure.assignment.indicator
    if by_office is not None:
        return f"{value_text(by_office, indicator)} (nhập thay)"
    if figure.sent_version is not None:
        return value_text(figure.sent_version, indicator)
    return "đơn vị đã nhập, chưa gửi" if figure.version else "chưa có"
