"""The tile map: which territorial unit lies where, with its standing. Places are data of the unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from campaign.models import Campaign
from indicators.tables.standings import Standing
from indicators.tables.wording import NONE
from paper.charts import Tile
from reports.tables.frame import Frame
from units.rules.calling import called_together
from vietnamese.numbers import format_number

#: The places of the campaign's units.
QUERIES = 1


@dataclass(frozen=True)
class TileMap:
    """The tiles, and how the units that have a place are called together."""

    tiles: tuple[Tile, ...] = ()
    units: str = ""

    def __bool__(self) -> bool:
        """Is there anything to draw?"""
        return bool(self.tiles)


def unit_tiles(frame: Frame, at_units: Mapping[int, Standing], *, with_links: bool = True) -> TileMap:
    """One tile for each unit of the campaign that has a place on the grid and this standing: one query."""
    found = []
    places = _places(frame.campaign)
    for unit_id, name, column, row, *_ in places:
        standing = at_units.get(unit_id)
        if standing is not None:
            url = f"{reverse('reports:unit', args=[frame.campaign.pk, unit_id])}?{frame.query}" if with_links else ""
            found.append(Tile(column, row, name, _text(standing), standing.band, url))
    return TileMap(tuple(found), called_together([(kind, is_territorial) for *_, kind, is_territorial in places]))


def _places(campaign: Campaign) -> list[tuple[int, str, int, int, str, bool]]:
    rows = campaign.participations.filter(unit__grid_column__isnull=False, unit__grid_row__isnull=False)
    columns = ("unit_id", "unit__short_name", "unit__grid_column", "unit__grid_row")
    kinds = ("unit__kind__name", "unit__kind__is_territorial")
    return [
        (pk, name, column or 1, row or 1, kind, is_territorial)
        for pk, name, column, row, kind, is_territorial in rows.values_list(*columns, *kinds)
    ]


def _text(standing: Standing) -> str:
    """The rate, or what there is."""
    if standing.rate is not None:
        return f"{format_number(standing.rate, 1)} %"
    return standing.value_text if standing.judged.measured.value is not None else NONE
