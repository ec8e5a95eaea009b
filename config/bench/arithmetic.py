"""What is reckoned from measured seconds: middles, ratios to the floor, and whether the floor stood still."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

#: The floor's rounds may spread by this share of their middle before the run says nothing about the ratio.
NOISE_LIMIT = 0.4


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that is at least as large as the share (0 to 1) of all."""
    if not samples:
        raise ValueError("no samples")
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass
class Series:
    """Seconds of one side, round by round."""

    rounds: list[list[float]] = field(default_factory=list)

    @property
    def samples(self) -> list[float]:
        """All of them."""
        return [sample for one in self.rounds for sample in one]

    @property
    def p50(self) -> float:
        """The middle."""
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        """Nineteen of twenty were faster."""
        return percentile(self.samples, 0.95)

    @property
    def middles(self) -> list[float]:
        """The middle of each round."""
        return [statistics.median(one) for one in self.rounds]

    @property
    def spread(self) -> float:
        """The distance between the quarters of the rounds' middles, as a share of the middle of all."""
        if len(self.rounds) < 2:
            return 0.0
        low, middle, high = statistics.quantiles(self.middles, n=4, method="inclusive")
        return (high - low) / middle


def ratio(ours: Series, floor: Series) -> float:
    """How many times the floor we take: the middle of the rounds' own ratios, so that a slow spell hits both sides."""
    pairs = zip(ours.middles, floor.middles, strict=True)
    return statistics.median(one / other for one, other in pairs)


def is_noisy(floor: Series) -> bool:
    """True when the floor itself wavered so much that the ratio means little."""
    return floor.spread > NOISE_LIMIT
