"""Which periods stand side by side: the last few, or a span that the address names; and the spans beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.models import Period, last_ended
from units import clock

#: So many periods fit beside the names; others are reached by the address, so many at once.
SHOWN, MOST = 12, 36


@dataclass(frozen=True)
class Span:
    """The shown periods among all that have begun, and the addresses of the spans before and behind."""

    periods: tuple[Period, ...]
    choices: tuple[Period, ...]
    earlier: tuple[int, int] | None
    later: tuple[int, int] | None

    @property
    def is_part(self) -> bool:
        """Are there more periods than fit at once, so that the reader may choose?"""
        return len(self.choices) > SHOWN

    @property
    def first(self) -> Period:
        """The first that is shown."""
        return self.periods[0]

    @property
    def last(self) -> Period:
        """The last that is shown."""
        return self.periods[-1]

    @property
    def last_ended(self) -> Period | None:
        """The last shown one whose window has closed: up to it a reminder counts."""
        return last_ended(self.periods, clock.today())


def span_of(periods: Sequence[Period], first: str = "", last: str = "") -> Span:
    """The periods from one to another, as the address names them; by default the last ``SHOWN``, at most ``MOST``."""
    place = {str(period.pk): number for number, period in enumerate(periods)}
    until = place.get(last, len(periods) - 1 if first not in place else min(place[first] + SHOWN, len(periods)) - 1)
    since = place.get(first, max(until - SHOWN + 1, 0))
    since, until = min(since, until), max(since, until)
    since = max(since, until - MOST + 1)
    width = until - since + 1
    before, behind = max(since - width, 0), min(until + width, len(periods) - 1)
    return Span(
        periods=tuple(periods[since : until + 1]),
        choices=tuple(periods),
        earlier=(periods[before].pk, periods[since - 1].pk) if since else None,
        later=(periods[until + 1].pk, periods[behind].pk) if until + 1 < len(periods) else None,
    )
