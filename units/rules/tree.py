"""The tree of units as plain names: an order in which parents come first, and the circles that have none."""

from __future__ import annotations

from collections.abc import Mapping


def circles(parents: Mapping[str, str]) -> list[list[str]]:
    """Every circle of names that stand above one another, each once, in the order in which they were given."""
    found: list[list[str]] = []
    done: set[str] = set()
    for name in parents:
        way: list[str] = []
        while name and name not in done and name not in way:
            way.append(name)
            name = parents.get(name, "")
        if name in way:
            found.append(way[way.index(name) :])
        done.update(way)
    return found


def parents_first(parents: Mapping[str, str]) -> list[str]:
    """The names so ordered that each comes after the one above it; there must be no circle."""
    ordered: dict[str, None] = {}
    for name in parents:
        way: list[str] = []
        while name in parents and name not in ordered:
            way.append(name)
            name = parents[name]
        ordered.update(dict.fromkeys(reversed(way)))
    return list(ordered)


def path_above(path: str) -> str:
    """The path of the unit above in the tree ("/1/5/" → "/1/"); the path itself where nothing stands above."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return above if len(above) > 1 else path
