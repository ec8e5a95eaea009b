"""Made-up years to try a forecast on: how work really went, and the path that somebody had planned for it.

Nothing here is known to the forecast: neither the shapes nor the noise are those of its formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

TARGET = 100.0
#: A third of the paths are wrong: the work follows another shape.
WRONG_PATHS = 1 / 3
PERIODS = (6, 8, 9, 12)


@dataclass(frozen=True)
class MadeYear:
    """The cumulatives and the path shares due at the ends of the periods; the plan is ``TARGET``."""

    cumulatives: tuple[float, ...]
    path: tuple[float, ...]
    is_path_wrong: bool


def made_years(count: int, seed: int) -> Iterator[MadeYear]:
    """So many years, always the same for one seed."""
    random = Random(seed)
    for _ in range(count):
        yield _year(random)


def _year(random: Random) -> MadeYear:
    """One year: a shape, an outcome of about the plan, months that scatter and hang together, now and then a shock."""
    periods = random.choice(PERIODS)
    shape = random.choice(sorted(SHAPES))
    weights = _weights(shape, periods, random)
    is_wrong = random.random() < WRONG_PATHS
    if is_wrong:
        planned = _weights(random.choice([one for one in sorted(SHAPES) if one != shape]), periods, random)
    else:
        planned = _scaled([weight * random.uniform(0.85, 1.15) for weight in weights])
    return MadeYear(_summed(_amounts(weights, random)), _summed(planned), is_wrong)


def _amounts(weights: Sequence[float], random: Random) -> list[float]:
    """What was done in each period."""
    whole = TARGET * random.lognormvariate(-0.02, 0.22)
    noise = random.uniform(0.05, 0.6)
    memory = random.choice((0.0, 0.0, 0.5))
    drift = random.gauss(0, 0.3)
    swing, amounts = 0.0, []
    for place, weight in enumerate(weights):
        swing = memory * swing + math.sqrt(1 - memory**2) * random.gauss(0, noise)
        factor = math.exp(swing - noise**2 / 2) * (1 + drift * (place / len(weights) - 0.5))
        if random.random() < 0.05:
            factor *= random.choice((0.0, 0.0, 2.5))
        amounts.append(whole * weight * max(factor, 0.0))
    return amounts


def _weights(shape: str, periods: int, random: Random) -> list[float]:
    """The part of the year's work that falls into each period."""
    weigh = SHAPES[shape](random)
    return _scaled([weigh((place + 0.5) / periods) for place in range(periods)])


def _even(random: Random) -> Callable[[float], float]:
    """Every period the same: visits, receipts of a steady levy."""
    return lambda at: 1.0


def _late(random: Random) -> Callable[[float], float]:
    """Most at the end: disbursement."""
    return lambda at: 0.2 + 2 * at**2


def _early(random: Random) -> Callable[[float], float]:
    """Most at the beginning."""
    return lambda at: 0.3 + 2 * (1 - at) ** 2


def _season(random: Random) -> Callable[[float], float]:
    """One season: planting."""
    middle, width = random.uniform(0.2, 0.8), random.uniform(0.1, 0.25)
    return lambda at: 0.02 + _bell(at, middle, width)


def _two_crops(random: Random) -> Callable[[float], float]:
    """Two seasons of unlike size."""
    first, second, size = random.uniform(0.1, 0.35), random.uniform(0.6, 0.9), random.uniform(0.5, 1.2)
    return lambda at: 0.05 + _bell(at, first, 0.1) + size * _bell(at, second, 0.1)


def _in_lots(random: Random) -> Callable[[float], float]:
    """Now nothing, now much: houses handed over."""
    return lambda at: random.choice((0.1, 0.1, 0.5, 2.0, 4.0))


def _slow_fast_slow(random: Random) -> Callable[[float], float]:
    """The S of a building site."""
    return lambda at: 0.1 + _bell(at, 0.5, 0.2)


SHAPES = {
    "even": _even,
    "late": _late,
    "early": _early,
    "season": _season,
    "two crops": _two_crops,
    "in lots": _in_lots,
    "slow fast slow": _slow_fast_slow,
}


def _bell(at: float, middle: float, width: float) -> float:
    return math.exp(-(((at - middle) / width) ** 2) / 2)


def _scaled(weights: Sequence[float]) -> list[float]:
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _summed(parts: Sequence[float]) -> tuple[float, ...]:
    """Running sums, rounded as figures are."""
    found, total = [], 0.0
    for part in parts:
        total += part
        found.append(round(total, 4))
    return tuple(found)
