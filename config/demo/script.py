"""The script of the demo: what is told in the files of fixtures/demo, as one list of dated acts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from units import clock

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"
#: Which campaign the demo shows, when it was launched, who does what is common to all units.
ABOUT = "demo.json"
#: How a report was approved: by the head in the program; anything else is the number of the signed report.
ENDORSED = "duyệt"
DEMO_MARK = " (minh họa)"


@dataclass(frozen=True)
class Act:
    """One thing that somebody did at a moment. ``do`` is a move of the workflow or a word of ``config.demo.acting``."""

    at: datetime
    by: str
    do: str
    unit: str = ""
    period: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        words = [f"{self.at:%d/%m/%Y %H:%M}", self.by, self.do, self.unit, self.period]
        return " ".join(word for word in words if word)


def read_json(name: str) -> Any:
    """One JSON file of the demo."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_rows(name: str) -> list[dict[str, str]]:
    """One table of the demo, row by row."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(text: str) -> datetime:
    """A written moment, "2024-11-14 08:30", in Asia/Ho_Chi_Minh."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)


def all_acts() -> list[Act]:
    """Every act in the order of time; acts of one moment in the order of the files."""
    return sorted([*_reports(), *_special(), *_confirmations(), *_issued()], key=lambda act: act.at)


def clerks() -> dict[str, str]:
    """The account of each unit's clerk."""
    named = {row["unit"]: row["clerk"] for row in read_json("people.json")["units"]}
    return {**named, **read_json(ABOUT)["other_clerks"]}


def _reports() -> Iterator[Act]:
    """The usual way of a report: entered, approved, sent, received."""
    heads = {row["unit"]: row["head"] for row in read_json("people.json")["units"]}
    clerk_of, received_by = clerks(), read_json(ABOUT)["received_by"]
    for row in read_rows("reports.csv"):
        unit, period = row["unit"], row["period"]
        clerk = clerk_of[unit]
        if row["entered"]:
            more = {"rows": int(row["rows"])} if row["rows"] else {}
            yield Act(moment(row["entered"]), clerk, "enter", unit, period, more)
        if row["approved"] and row["approval"] == ENDORSED:
            yield Act(moment(row["approved"]), heads[unit], "endorse", unit, period)
        elif row["approved"]:
            signed = {"signed_number": row["approval"], "signed_on": row["approved"][:10], "scan": row["scan"]}
            yield Act(moment(row["approved"]), clerk, "record_signed", unit, period, signed)
        if row["sent"]:
            yield Act(moment(row["sent"]), clerk, "submit", unit, period)
        if row["received"]:
            yield Act(moment(row["received"]), received_by, "receive", unit, period)


def _special() -> Iterator[Act]:
    """What happened beside the usual way."""
    yield from map(_written_act, [*read_json("acts.json")["acts"], *read_json("followup.json")["acts"]])


def _issued() -> Iterator[Act]:
    """Reports of the standing body: drafted, frozen, signed."""
    yield from map(_written_act, read_json("issued.json")["acts"])


def _written_act(row: Mapping[str, Any]) -> Act:
    more = {key: value for key, value in row.items() if key not in ("at", "by", "do", "unit", "period")}
    return Act(moment(row["at"]), row["by"], row["do"], row.get("unit", ""), row.get("period", ""), more)


def _confirmations() -> Iterator[Act]:
    """What lead departments confirmed, an indicator over all units at once."""
    for row in read_rows("confirmations.csv"):
        more = {"only": row["only"].split(), "except": row["except"].split()}
        yield Act(moment(row["at"]), row["by"], "confirm", "", row["period"], more)


def source_day(at: datetime) -> date:
    """Up to which day a source had counted when a figure was entered: the day before."""
    return clock.local_date(at) - timedelta(days=1)
