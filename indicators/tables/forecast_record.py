"""How good the forecast proved to be, in words: the kept record of the trial, for specialists and for the command."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indicators.rules.backtest import ALL, GROUPS, METHODS, PATH, WRONG, Record, Score, losses
from indicators.tables.wording import NONE
from vietnamese.numbers import format_number, format_percent

#: Written by `manage.py backtest_forecast --record`; a test proves that the rule of today gives the same.
KEPT = Path(__file__).with_name("forecast_record.json")


@dataclass(frozen=True)
class ScoreRow:
    """One method in one group of cases, in texts."""

    method: str
    hits: str
    brier: str
    coverage: str
    is_best: bool


@dataclass(frozen=True)
class GroupRows:
    """The methods side by side on the same cases."""

    name: str
    cases: str
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True)
class RecordTexts:
    """The whole record as it is read."""

    head: str
    groups: tuple[GroupRows, ...]
    findings: tuple[str, ...]


def kept_record() -> Record:
    """The record that was kept with the program."""
    kept: dict[str, Any] = json.loads(KEPT.read_text())
    scores = {
        group: {method: Score(**score) for method, score in rows.items()} for group, rows in kept["scores"].items()
    }
    return Record(**{**kept, "scores": scores})


def keep_record(record: Record) -> None:
    """Write the record that pages will show."""
    KEPT.write_text(json.dumps(asdict(record), indent=1) + "\n")


def record_texts(record: Record) -> RecordTexts:
    """The record in Vietnamese: how it was made, the scores, and what follows, the losses included."""
    head = (
        f"Thử trên {format_number(record.years)} năm giả định (số gieo {record.seed}) có hình dạng và độ dao động mà "
        f"cách dự báo không biết trước; một phần ba số năm có lộ trình giao sai. Mỗi năm dự báo từ kỳ thứ 3 đến kỳ áp "
        f"chót, khi chỉ tiêu còn chưa đạt."
    )
    groups = tuple(
        GroupRows(
            GROUPS[group],
            format_number(scores[PATH].cases),
            tuple(_row(METHODS[method], score, _best(scores) == method) for method, score in scores.items()),
        )
        for group, scores in record.scores.items()
    )
    return RecordTexts(head, groups, tuple(_findings(record)))


def _row(name: str, score: Score, is_best: bool) -> ScoreRow:
    coverage = NONE if score.coverage is None else _percent(score.coverage)
    return ScoreRow(name, _percent(score.hits), f"{score.brier:.3f}".replace(".", ","), coverage, is_best)


def _best(scores: dict[str, Score]) -> str:
    return min(scores, key=lambda method: scores[method].brier)


def _findings(record: Record) -> list[str]:
    """What the scores say, as plain sentences."""
    found = []
    won = [GROUPS[group].lower() for group, scores in record.scores.items() if _best(scores) == PATH]
    if won:
        found.append(f"Dự báo theo lộ trình tốt nhất (điểm Brier thấp nhất) ở: {', '.join(won)}.")
    for group, method in losses(record):
        ours, best = record.scores[group][PATH], record.scores[group][method]
        found.append(
            f"Dự báo theo lộ trình không tốt nhất ở: {GROUPS[group].lower()}; “{METHODS[method]}” có điểm Brier "
            f"{_row('', best, False).brier}, dự báo {_row('', ours, False).brier}."
        )
    if any(group == WRONG for group, _ in losses(record)):
        found.append("Lộ trình giao sai thì dự báo cũng sai: hãy sửa lộ trình của chỉ tiêu trước khi tin dự báo.")
    coverage = record.scores[ALL][PATH].coverage or 0.0
    found.append(f"Khoảng dự báo 80 % chứa kết quả cuối trong {_percent(coverage)} trường hợp.")
    found.append(
        f"Nói “nhiều khả năng đạt” thì {_percent(record.likely_kept)} đạt thật; nói “nhiều khả năng không đạt” thì "
        f"{_percent(record.unlikely_kept)} không đạt thật."
    )
    return found


def _percent(part: float) -> str:
    return format_percent(round(part * 100), 0)
