"""Trees given as child and parent: which rows stand below themselves, and in which order parents come first."""

from __future__ import annotations

from collections.abc import Mapping


def cycles(parents: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Every ring of rows that are parts of each other, once each, beginning with the smallest name."""
    found: set[tuple[str, ...]] = set()
    for start in parents:
        trail: list[str] = []
        at = start
        while at and at not in trail:
            trail.append(at)
            at = parents.get(at, "")
        if at:
            ring = trail[trail.index(at) :]
            first = ring.index(min(ring))
            found.add(tuple(ring[first:] + ring[:first]))
    return sorted(found)


def parents_first(parents: Mapping[str, str]) -> list[str]:
    """The rows so that none comes before the one that it belongs to; there must be no ring."""
    order: list[str] = []
    placed: set[str] = set()

    def place(name: str) -> None:
        if name in placed or name not in parents:
            return
        place(parents[name])
        placed.add(name)
        order.append(name)

    for name in parents:
        place(name)
    return order
