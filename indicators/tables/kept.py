"""What is kept in memory between requests: read again only when a stamp says that something has changed.

The stamps are read first, the rows after them: whatever is kept under a stamp is at least as new as the stamp.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar, cast

from campaign.models import Campaign
from units.models import DEFINITIONS, read_stamps

Value = TypeVar("Value")

#: How many rows (standings, definitions of a unit) all kept values may hold together: about 3 kB each.
MOST_ROWS = 6_000


class Shelf:
    """The values last used, as many as there is room for; a value too large for half of it is not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._rows = 0
        self._values: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """How much room is taken."""
        return self._rows

    def get(self, key: Hashable) -> object | None:
        """The value under the key, which is then the last used."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: object, rows: int) -> None:
        """Keep a value; the longest unused give way."""
        if rows * 2 > self.most:
            return
        with self._lock:
            self._rows += rows - self._values.pop(key, (None, 0))[1]
            self._values[key] = (value, rows)
            while self._rows > self.most:
                self._rows -= self._values.popitem(last=False)[1][1]


_shelf = Shelf(MOST_ROWS)


def totals_stamp(campaign_id: int) -> str:
    """The key of the stamp that every act renews which changes a campaign's totals."""
    return f"totals-{campaign_id}"


def stamps_of(campaign: Campaign) -> tuple[str, ...]:
    """The stamps of the definitions and of the campaign's totals: one query."""
    return read_stamps(DEFINITIONS, totals_stamp(campaign.pk))


def kept(key: tuple[Hashable, ...], build: Callable[[], Value], rows_of: Callable[[Value], int]) -> Value:
    """The value under a key that names everything it depends on, stamps included; built where it is not there."""
    found = _shelf.get(key)
    if found is None:
        found = build()
        _shelf.put(key, found, rows_of(found))
    return cast(Value, found)


def kept_each(
    keys: Mapping[int, Hashable], build: Callable[[list[int]], Mapping[int, Value]]
) -> dict[int, Value | None]:
    """The value of each id under its own key; those that are not there are built together."""
    found = {pk: _shelf.get(key) for pk, key in keys.items()}
    missing = [pk for pk, value in found.items() if value is None]
    if missing:
        built = build(missing)
        for pk in missing:
            found[pk] = built.get(pk)
            _shelf.put(keys[pk], found[pk], 1)
    return cast(dict[int, Value | None], found)
