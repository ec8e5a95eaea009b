"""The names of the jobs, as `--only` takes them."""

from __future__ import annotations

from collections.abc import Iterable

#: Pages that are read, over HTTP.
READING = ("month", "board", "board-fresh", "area", "indicator", "forecasts", "matrix", "heat-map", "queue", "confirm")
#: Only of a nation.
NATION = ("nation", "nation-fresh")
#: Acts that write, over HTTP.
WRITING = ("cell", "grid", "send", "receive")
#: Everything else: weight, files, workers, start, many at once, kills; and the soundness of all totals, at every run.
APART = ("visits", "screen", "files", "together", "import", "start", "grids", "mixed", "writers", "senders", "kill")
ALWAYS = ("differences",)
NAMES = (*READING, *NATION, *WRITING, *APART, *ALWAYS)


def chosen(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The jobs named by words like "board matrix" or "board,matrix", and the words that name none."""
    named = [name for word in words for name in word.split(",") if name]
    return [name for name in named if name in NAMES], [name for name in named if name not in NAMES]
