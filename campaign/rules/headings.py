"""Content areas of the first order: under which heading of the document each area is counted and shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def headings(parents: Mapping[int, int | None], bearing: Collection[int]) -> dict[int, int | None]:
    """For each area the heading of the first order below which it stands; None for such a heading itself.

    Documents nest as deep as they like (II. / 1. / a) or 2.1. / - / +). What is counted together are the areas right
    below the top. A lone top that bears nothing itself ("II. Nội dung thi đua") is only the document's chapter: the
    areas below it are of the first order, and it stands beside them, empty.
    """
    top = {area for area, parent in parents.items() if parent not in parents}
    chapters: set[int] = set()
    while len(top) == 1 and not top & set(bearing):
        below = {area for area, parent in parents.items() if parent in top}
        if not below:
            break
        chapters, top = chapters | top, below
    first_order = top | chapters

    def heading_of(area: int) -> int | None:
        seen = {area}
        while area not in first_order:
            above = parents[area]
            if above is None or above in seen:
                return None
            seen.add(above)
            area = above
        return area

    return {area: None if area in first_order else heading_of(area) for area in parents}
