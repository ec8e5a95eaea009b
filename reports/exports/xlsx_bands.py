"""Bands as formulas: the rules of `reports.tables.pace` in the words of a sheet, with the campaign's own thresholds."""

from __future__ import annotations

from functools import cache
from typing import Any

from indicators.choices import Band
from paper.formulas import Cells, Formula
from paper.marks import BAND_SIGNS
from reports.tables.pace import PLAN

#: The names of the cells that hold the thresholds, on the sheet of sources.
AHEAD, ON_TRACK, BEHIND = "nguong_vuot_tien_do", "nguong_dung_tien_do", "nguong_cham"
#: In the order in which they are counted.
BANDS = (Band.EXCEEDED, Band.MET, Band.AHEAD, Band.ON_TRACK, Band.BEHIND, Band.AT_RISK, Band.NO_DATA)


@cache
def band_text(band: Band) -> str:
    """The band as its cell shows it."""
    return f"{BAND_SIGNS[band]} {str(band.label).lower()}"


def band_formula(rate: str = "rate", expected: str = "expected") -> Formula:
    """Formula of the band from the row's rate and what should be reached, where these lead to it."""

    def formula(cells: Cells, row: Any) -> str | None:
        if not row.band_way:
            return None
        write = _plan if row.band_way == PLAN else _limit
        return write(cells.here(rate), cells.here(expected))

    return formula


def _plan(rate: str, expected: str) -> str:
    pace = f"{rate}/{expected}"
    graded = _if(f"AND({expected}<100,{pace}>={AHEAD})", Band.AHEAD, _if_on_track(rate, expected, pace))
    not_due = _if(f"{rate}>0", Band.AHEAD, _text(Band.ON_TRACK))
    begun = f"IF({expected}<=0,{not_due},{graded})"
    return _with_numbers(rate, expected, _if(f"{rate}>100", Band.EXCEEDED, _if(f"{rate}=100", Band.MET, begun)))


def _if_on_track(rate: str, expected: str, pace: str) -> str:
    late = _if(f"{pace}>={BEHIND}", Band.BEHIND, _text(Band.AT_RISK))
    return _if(f"AND({expected}<100,{pace}>={ON_TRACK})", Band.ON_TRACK, late)


def _limit(rate: str, expected: str) -> str:
    left = f"{expected}/{rate}"
    late = _if(f"{left}>={BEHIND}", Band.BEHIND, _text(Band.AT_RISK))
    graded = _if(f"{left}>={AHEAD}", Band.AHEAD, _if(f"{left}>={ON_TRACK}", Band.ON_TRACK, late))
    unused = _if(f"{rate}<=0", Band.AHEAD, graded)
    in_time = _if(f"{expected}<=0", Band.ON_TRACK, _if(f"{expected}>=100", Band.MET, unused))
    return _with_numbers(rate, expected, _if(f"{rate}>100", Band.AT_RISK, in_time))


def _with_numbers(rate: str, expected: str, then: str) -> str:
    return f"=IF(AND(ISNUMBER({rate}),ISNUMBER({expected})),{then},{_text(Band.NO_DATA)})"


def _if(condition: str, band: Band, otherwise: str) -> str:
    return f"IF({condition},{_text(band)},{otherwise})"


def _text(band: Band) -> str:
    return f'"{band_text(band)}"'
