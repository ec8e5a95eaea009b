"""What a browser fetches for the month page: everything the first time, only the page and what expired later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from django.urls import reverse

from config.bench.client import Answer, Person, expect
from config.bench.result import Goal, Result
from config.bench.stage import Stage

LINKS = re.compile(r"""(?:src|href)="(/static/[^"]+)\"""")
INSIDE_STYLES = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
#: The goals are for a month of the real campaign and for 300 rows; a page between them is held to the line between.
SMALL_ROWS, LARGE_ROWS = 60, 300
FIRST, LATER = (33.0, 60.0), (12.0, 35.0)


def weigh(stage: Stage) -> Iterator[Result]:
    """Kilobytes over the line, compressed, without headers."""
    person, report = stage.clerk(0), stage.report(0, stage.last)
    page = expect(person.get(reverse("indicators:month", args=[report.pk])), 200)
    parts = _parts(person, _text(person, page))
    first = len(page.body) + sum(len(part.body) for part in parts.values())
    later = len(page.body) + sum(len(part.body) for part in parts.values() if not _is_kept(part))
    rows = report.figures.count()
    for name, size, goals in (("lần đầu", first, FIRST), ("lần sau", later, LATER)):
        result = Result(f"Mở biểu {rows} dòng, {name}", stage.engine, goal=Goal(between(goals, rows), "kB"))
        result.value = size / 1000
        if size == first:
            result.note = f"trang {len(page.body) / 1000:.1f} kB và {len(parts)} tệp tĩnh."
        yield result


def between(goals: tuple[float, float], rows: int) -> float:
    """The goal for a number of rows: between the two that were set, and never below the lower."""
    share = (min(max(rows, SMALL_ROWS), LARGE_ROWS) - SMALL_ROWS) / (LARGE_ROWS - SMALL_ROWS)
    return goals[0] + share * (goals[1] - goals[0])


def _parts(person: Person, page: str) -> dict[str, Answer]:
    """Styles, scripts, pictures and what the styles ask for."""
    found: dict[str, Answer] = {}
    waiting = list(LINKS.findall(page))
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = expect(person.get(path), 200)
        if path.split("?")[0].endswith(".css"):
            inside = INSIDE_STYLES.findall(_text(person, found[path], path))
            waiting += [urljoin(path, one) for one in inside if not one.startswith("data:")]
    return found


def _text(person: Person, answer: Answer, path: str = "") -> str:
    """The body as text; asked again without compression where it came compressed."""
    if "content-encoding" not in answer.headers:
        return answer.body.decode()
    import gzip

    if answer.headers["content-encoding"] == "gzip":
        return gzip.decompress(answer.body).decode()
    return expect(person.get(path, **{"Accept-Encoding": "identity"}), 200).body.decode()


def _is_kept(answer: Answer) -> bool:
    """Whether the browser asks no more for it."""
    return "immutable" in answer.headers.get("cache-control", "")
