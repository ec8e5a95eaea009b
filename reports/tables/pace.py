"""Whether a band can be reckoned again from the two percentages that a row shows: its rate and what should be reached.

A sheet of Excel may stand in for the rules only where it comes to the same band from the numbers as they are printed.
"""

from __future__ import annotations

from indicators.choices import Band, Direction
from indicators.rules.progress import BandRule
from indicators.tables.standings import Standing
from reports.tables.cells import RATE_DECIMALS
from vietnamese.numbers import round_half_up

#: Two ways to compare: a plan to be reached, a limit that may be used up.
PLAN, LIMIT = "plan", "limit"
FULL = 100.0


def band_way(standing: Standing, rule: BandRule) -> str:
    """PLAN or LIMIT where the shown percentages lead to the very band of the standing, else ""."""
    if standing.rate is None or standing.expected_rate is None or standing.band == Band.NO_DATA:
        return ""
    rate = float(round_half_up(standing.rate, RATE_DECIMALS))
    expected = float(round_half_up(standing.expected_rate, RATE_DECIMALS))
    way = LIMIT if standing.indicator.direction == Direction.FEWER else PLAN
    reckon = of_limit if way == LIMIT else of_plan
    return way if reckon(rate, expected, rule) == standing.band else ""


def of_plan(rate: float, expected: float, rule: BandRule) -> Band:
    """A plan to be reached, from percentages."""
    if rate > FULL:
        return Band.EXCEEDED
    if rate == FULL:
        return Band.MET
    if expected <= 0:
        return Band.AHEAD if rate > 0 else Band.ON_TRACK
    pace = rate / expected
    if expected < FULL and pace >= float(rule.on_track_from):
        return Band.AHEAD if pace >= float(rule.ahead_from) else Band.ON_TRACK
    return Band.BEHIND if pace >= float(rule.behind_from) else Band.AT_RISK


def of_limit(rate: float, expected: float, rule: BandRule) -> Band:
    """A limit that may be used up, from percentages."""
    if rate > FULL:
        return Band.AT_RISK
    if expected <= 0:
        return Band.ON_TRACK
    if expected >= FULL:
        return Band.MET
    if rate <= 0 or expected / rate >= float(rule.ahead_from):
        return Band.AHEAD
    left = expected / rate
    if left >= float(rule.on_track_from):
        return Band.ON_TRACK
    return Band.BEHIND if left >= float(rule.behind_from) else Band.AT_RISK
