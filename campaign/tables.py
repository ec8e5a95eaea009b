"""What the campaign's page shows: the document page by page, the tree of areas, participations, periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from campaign.choices import PassageKind, Relation
from campaign.models import Campaign, ContentArea, DeadlineTier, Passage, Period
from units import clock
from vietnamese.dates import format_date

#: The queries of all tables of the page together, however long the document is.
QUERIES = 6
#: A duty names its units up to this number.
MOST_UNITS_BY_NAME = 8


@dataclass(frozen=True)
class DocumentPage:
    """One page of the document: its passages, then its footnotes."""

    number: int | None
    passages: tuple[Passage, ...]
    footnotes: tuple[Passage, ...]


@dataclass(frozen=True)
class AreaLine:
    """One content area of the first level with all that stands below it."""

    area: ContentArea
    parts: tuple[AreaPart, ...]


@dataclass(frozen=True)
class AreaPart:
    """An area below another; ``depth`` 1 stands right below the first level."""

    area: ContentArea
    depth: int


@dataclass(frozen=True)
class RelationGroup:
    """Units that take part in the same way."""

    label: str
    note: str
    clusters: tuple[tuple[str, tuple[str, ...]], ...]
    size: int


@dataclass(frozen=True)
class PeriodLine:
    """One period: its window and of every group of units the name and due day."""

    period: Period
    window: str
    due: tuple[tuple[str, str], ...]
    is_current: bool


@dataclass(frozen=True)
class DutyLine:
    """One duty of section 3: who bears it, its text, the units named, and its passage."""

    bearer: str
    text: str
    units: str
    passage: Passage


RELATION_NOTES = {
    Relation.ASSIGNED: "phải báo cáo; gửi sau hạn là chậm",
    Relation.ASKED: "được đề nghị; không tính chậm, không xếp thứ tự",
    Relation.SUPPORTS: "hưởng ứng phong trào, không phải báo cáo",
    Relation.OWN_CHANNEL: "báo cáo theo ngành dọc; tính là đã báo cáo",
}


def document_pages(campaign: Campaign) -> tuple[DocumentPage, ...]:
    """The document word for word, in its pages, footnotes at the foot of theirs."""
    pages = []
    ordered = sorted(campaign.passages.all(), key=lambda one: (one.page or 0, one.position))
    for number, passages in groupby(ordered, key=lambda one: one.page):
        rows = list(passages)
        notes = tuple(one for one in rows if one.kind == PassageKind.FOOTNOTE)
        pages.append(DocumentPage(number, tuple(one for one in rows if one.kind != PassageKind.FOOTNOTE), notes))
    return tuple(pages)


def area_tree(campaign: Campaign) -> tuple[AreaLine, ...]:
    """The content areas of the first level with all that stands below them, in the order of the document."""
    parts: dict[int | None, list[ContentArea]] = defaultdict(list)
    for area in campaign.areas.select_related("passage"):
        parts[area.parent_id].append(area)

    def below(area: ContentArea, depth: int) -> Iterator[AreaPart]:
        for part in parts[area.pk]:
            yield AreaPart(part, depth)
            yield from below(part, depth + 1)

    return tuple(AreaLine(area, tuple(below(area, 1))) for area in parts[None])


def relation_groups(campaign: Campaign) -> tuple[RelationGroup, ...]:
    """The units that take part, by relation and cluster."""
    rows = list(campaign.participations.select_related("cluster", "unit__kind"))
    groups = []
    for relation in Relation:
        chosen = [row for row in rows if row.relation == relation]
        clusters: dict[tuple[int, str], list[str]] = defaultdict(list)
        for row in chosen:
            place = (row.cluster.position, row.cluster.name) if row.cluster else (999, "")
            clusters[place].append(row.unit_name)
        if chosen:
            named = tuple((name, tuple(names)) for (_, name), names in sorted(clusters.items()))
            groups.append(RelationGroup(str(relation.label), RELATION_NOTES[relation], named, len(chosen)))
    return tuple(groups)


def period_lines(campaign: Campaign, tiers: list[DeadlineTier]) -> tuple[PeriodLine, ...]:
    """The periods with their windows and the due day of each group, in the order of the groups."""
    today = clock.today()
    lines = []
    for period in campaign.periods.prefetch_related("deadlines").order_by("number"):
        due = {line.tier_id: format_date(line.due_on) for line in period.deadlines.all()}
        lines.append(
            PeriodLine(
                period,
                period.window,
                tuple((tier.name, due.get(tier.pk, "–")) for tier in tiers),
                period.starts_on <= today <= period.ends_on,
            )
        )
    return tuple(lines)


def duty_lines(campaign: Campaign) -> list[DutyLine]:
    """The duties in the document's order; two queries. Many units are told by their number."""
    lines = []
    for duty in campaign.duties.select_related("passage").prefetch_related("units"):
        names = [unit.name for unit in duty.units.all()]
        units = f"{len(names)} đơn vị" if len(names) > MOST_UNITS_BY_NAME else ", ".join(names)
        lines.append(DutyLine(duty.bearer, duty.text, units, duty.passage))
    return lines
