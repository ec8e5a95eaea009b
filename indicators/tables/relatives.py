"""What an office holds a figure against beyond its own row: the whole it is part of, the other units of its cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from indicators.choices import TimeRule
from indicators.models import Figure, Indicator, Total
from indicators.rules.oddities import Sister, Whole
from indicators.rules.progress import ZERO

#: Of a large cluster the nearest in the order of the table are enough to find its middle.
NEAREST = 40


@dataclass(frozen=True)
class Family:
    """A whole and its parts ("trong đó"), measured in the same unit."""

    whole: Indicator
    parts: tuple[Indicator, ...]

    @property
    def unit(self) -> str:
        """The unit of measure of the whole."""
        return self.whole.unit_of_measure

    @property
    def members(self) -> tuple[int, ...]:
        """The whole and its parts."""
        return self.whole.pk, *(part.pk for part in self.parts)


class Peer(NamedTuple):
    """One figure among those of its cluster."""

    figure_id: int
    told: Sister


Peers = Mapping[tuple[int, int | None], Sequence[Peer]]


def families_of(indicators: Collection[int]) -> dict[int, Family]:
    """The families to which some indicators belong, as whole or as part, by the whole: one query."""
    wanted = Q(parent__in=indicators) | Q(parent__parts__in=indicators)
    rows = Indicator.objects.filter(wanted, parent__isnull=False).select_related("parent").distinct()
    parts: dict[int, list[Indicator]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        parts[row.parent_id or 0].append(row)
    return {pk: Family(rows[0].parent, tuple(rows)) for pk, rows in parts.items() if rows[0].parent}


def parts_of_all(
    indicator: Indicator, families: Mapping[int, Family], nodes: Mapping[int, Total]
) -> tuple[tuple[tuple[str, Decimal | None], ...], bool]:
    """The parts of a whole over all units with their names, and whether they must come to it."""
    family = families.get(indicator.pk)
    if family is None or family.whole.pk != indicator.pk or not _is_comparable(family, nodes):
        return (), False
    parts = tuple((part.short_name, accrued(nodes[part.pk])) for part in family.parts if part.pk in nodes)
    return parts, _has_all(family, nodes)


def whole_of(
    figure: Figure, families: Mapping[int, Family], nodes: Mapping[int, Total], own: Total | None
) -> Whole | None:
    """The whole of a part with all other parts of all units; ``own`` is what the part itself adds to these sums."""
    indicator = figure.assignment.indicator
    family = families.get(indicator.parent_id or 0)
    if family is None or own is None or indicator.pk not in nodes or not _is_comparable(family, nodes):
        return None
    whole = accrued(nodes[family.whole.pk])
    is_year = nodes[indicator.pk].sent_cumulative is not None
    mine = own.sent_cumulative if is_year else own.sent_since_launch
    is_cumulative = bool(figure.sent_version and figure.sent_version.is_cumulative)
    if indicator.time_rule == TimeRule.FLOW and not is_cumulative:
        mine = own.sent_amount
    if whole is None or mine is None:
        return None
    sums = [accrued(nodes[part.pk]) for part in family.parts if part.pk in nodes]
    others = sum((one for one in sums if one is not None), ZERO) - mine
    return Whole(family.whole.short_name, whole, others, _has_all(family, nodes))


def accrued(total: Total) -> Decimal | None:
    """Lũy kế từ đầu năm; where the opening is unknown, từ khi phát động."""
    return total.sent_since_launch if total.sent_cumulative is None else total.sent_cumulative


def _is_comparable(family: Family, nodes: Mapping[int, Total]) -> bool:
    """One unit reports the whole as it stands, and what the parts come to can only be less than what it should be.

    A level that a unit has not told anew may have fallen since; sums of work done only grow.
    """
    whole = nodes.get(family.whole.pk)
    if whole is None or whole.owed != 1 or whole.sent != 1 or whole.sent_cumulative is None:
        return False
    if family.whole.time_rule == TimeRule.FLOW or any(part.unit_of_measure != family.unit for part in family.parts):
        return False
    levels = [nodes.get(part.pk) for part in family.parts if part.time_rule == TimeRule.LEVEL]
    return all(total is not None and total.sent == total.owed for total in levels)


def _has_all(family: Family, nodes: Mapping[int, Total]) -> bool:
    """Must the parts come to the whole: is nothing missing, neither a part nor a unit?"""
    totals = [nodes.get(part.pk) for part in family.parts]
    is_told = all(
        total is not None and total.sent == total.owed and total.sent_cumulative is not None for total in totals
    )
    return family.whole.parts_are_complete and is_told


def sisters_of(figure: Figure, peers: Peers) -> tuple[Sister, ...]:
    """The other units of its cluster that sent the same indicator in the same period."""
    group = peers.get(cluster_of(figure), ())
    here = next((n for n, peer in enumerate(group) if peer.figure_id == figure.pk), 0)
    near = group[max(0, here - NEAREST // 2) : here + NEAREST // 2 + 1]
    return tuple(peer.told for peer in near if peer.figure_id != figure.pk)


def cluster_of(figure: Figure) -> tuple[int, int | None]:
    """Indicator and cluster: among whom a figure is compared. The figure was read with its cluster."""
    return figure.assignment.indicator_id, getattr(figure, "cluster_id", None)
