"""One page for the weekly meeting (giao ban): what lags, the content areas, a map, who has not sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from indicators.models import Indicator
from reports.tables import board as boards
from reports.tables import indicator_units as units
from reports.tables import tiles
from reports.tables.board import Board, BoardLine, board
from reports.tables.frame import Frame
from reports.tables.indicator_units import indicator_units
from reports.tables.office_home import Overdue, overdue_reports
from reports.tables.tiles import TileMap, unit_tiles
from units import clock
from units.models import User

#: The board, the units of the mapped indicator with their places, and the overdue reports.
QUERIES = boards.QUERIES + units.QUERIES + tiles.QUERIES + 1
#: What one sheet of A4 holds.
LINES, LATE = 8, 10
#: A map of fewer units tells nothing.
FEWEST_TILES = 3


@dataclass(frozen=True)
class Briefing:
    """The page."""

    frame: Frame
    board: Board
    mapped: Indicator | None
    tiles: TileMap
    overdue: tuple[Overdue, ...]
    made_at: datetime
    most: int = LINES
    has_causes: bool = True

    @property
    def lines(self) -> tuple[BoardLine, ...]:
        """The worst, as many as the sheet holds."""
        return self.board.lines[: self.most]

    @property
    def more(self) -> int:
        """How many others lag."""
        return max(len(self.board.lines) - self.most, 0) + self.board.more

    @property
    def late(self) -> tuple[Overdue, ...]:
        """The longest overdue."""
        return self.overdue[:LATE]

    @property
    def more_late(self) -> int:
        """How many others are overdue."""
        return max(len(self.overdue) - LATE, 0)


def briefing(frame: Frame, user: User) -> Briefing:
    """Everything on the sheet, with the worst indicator of the territorial units as a map: at most ``QUERIES``."""
    judged = board(frame, user=user)
    mapped = next((line for line in judged.lines if _is_territorial(line)), None)
    drawn = TileMap()
    if mapped is not None:
        table = indicator_units(frame, mapped.row.indicator, user)
        drawn = unit_tiles(frame, {row.standing.unit_id: row.standing for row in table.units}, with_links=False)
    return Briefing(
        frame=frame,
        board=judged,
        mapped=mapped.row.indicator if mapped and drawn else None,
        tiles=drawn,
        overdue=overdue_reports(frame.campaign),
        made_at=clock.now(),
    )


def _is_territorial(line: BoardLine) -> bool:
    """Is the indicator reported by enough units that have a place on the ground?"""
    return sum(one.is_territorial for one in line.standing.reporters) >= FEWEST_TILES
