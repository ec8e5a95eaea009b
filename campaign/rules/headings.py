"""Content areas of the first order: under which heading of the document each area is counted and shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set


def headings(parents: Mapping[int, int | None], bearing: Collection[int]) -> dict[int, int | None]:
    """For each area the heading of the first order below which it stands; None for such a heading itself.

    Documents nest as deep as they like (II. / 1. / a) or 2.1. / - / +). What is counted together are the areas right
    below the top. A lone top ("II. Nội dung thi đua") is only the document's chapter where it bears nothing itself, or
    a stray row beside several areas that bear the others: the areas below it are of the first order, and it stands
    beside them with what is its own.
    """
    top = {area for area, parent in parents.items() if parent not in parents}
    chapters: set[int] = set()
    while len(top) == 1 and _is_chapter(next(iter(top)), parents, bearing):
        below = {area for area, parent in parents.items() if parent in top}
        if not below:
            break
        chapters, top = chapters | top, below
    first_order = top | chapters
    return {area: None if area in first_order else _above(area, parents, first_order) for area in parents}


def _is_chapter(lone: int, parents: Mapping[int, int | None], bearing: Collection[int]) -> bool:
    """Does the lone top only hold the headings together?"""
    if lone not in bearing:
        return True
    below = {area for area, parent in parents.items() if parent == lone}
    return len({area if area in below else _above(area, parents, below) for area in bearing} & below) > 1


def _above(area: int, parents: Mapping[int, int | None], among: Set[int]) -> int | None:
    """The first of these areas on the way up; None where the way ends or turns in a circle before."""
    seen = {area}
    while area not in among:
        above = parents.get(area)
        if above is None or above in seen:
            return None
        seen.add(above)
        area = above
    return area
