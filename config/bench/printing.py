"""The table that the bench prints, in the terminal's columns and for docs/bench.md alike."""

from __future__ import annotations

from collections.abc import Sequence

from config.bench.result import MISSED, UNSURE, Result, number

HEADS = [
    "Việc",
    "Hệ quản trị",
    "Nền",
    "p50 (ms)",
    "p95 (ms)",
    "nền p50 (ms)",
    "× nền",
    "mục tiêu",
    "kết quả",
    "truy vấn",
    "kB",
    "bộ nhớ đỉnh (MB)",
]


def cells(result: Result) -> list[str]:
    """One line in the order of the heads; a dash stands where nothing was measured."""
    queries = "" if result.queries is None else f"{result.queries} ({result.own_queries})"
    memory = _shown(result.memory)
    if result.floor_memory is not None:
        memory += f" (nền {number(result.floor_memory)})"
    times = _shown(result.ratio)
    if result.value is not None and result.goal is not None:
        times = f"{number(result.value)} {result.goal.of}"
    return [
        result.job,
        result.engine,
        result.floor or "–",
        _shown(result.p50),
        _shown(result.p95),
        _shown(result.floor_p50),
        times,
        result.goal.words if result.goal else "–",
        result.verdict + (" (nền nhiễu)" if result.is_noisy and result.verdict != UNSURE else ""),
        queries or "–",
        "–" if result.bytes is None else number(result.bytes / 1000),
        memory,
    ]


def table(results: Sequence[Result]) -> str:
    """All lines under their heads, as a Markdown table that also reads well in a terminal."""
    lines = [HEADS, *(cells(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    rows = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rows.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(rows)


def remarks(results: Sequence[Result]) -> list[str]:
    """What the run says in words: notes, what misses its goal, where the floor wavered."""
    lines = [f"{result.job} ({result.engine}): {result.note}" for result in results if result.note]
    missed = [f"{result.job} ({result.engine})" for result in results if result.verdict == MISSED]
    noisy = [f"{result.job} ({result.engine})" for result in results if result.is_noisy]
    if missed:
        lines.append(f"Chưa đạt mục tiêu: {'; '.join(missed)}.")
    if noisy:
        lines.append(f"Nền dao động quá 40 %, tỷ số ít ý nghĩa: {'; '.join(noisy)}.")
    return lines


def _shown(value: float | None) -> str:
    return "–" if value is None else number(value)
