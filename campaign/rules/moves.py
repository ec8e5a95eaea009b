"""What every table of moves is made of, of reports, obstacles and explanations alike: rows, and the printed diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True)
class Row:
    """One row of a table of moves: which step, from where to where, by whom.

    ``label`` is the button, ``done`` the words of history. A table adds what its moves demand as flags that form,
    service, page and printed table read alike.
    """

    name: str
    label: str
    done: str
    from_states: tuple[str, ...]
    to_state: str
    who: tuple[str, ...]
    audit_event: str


AnyRow = TypeVar("AnyRow", bound=Row)


def table_of(*rows: AnyRow) -> dict[str, AnyRow]:
    """The rows by their names."""
    return {row.name: row for row in rows}


def diagram_of(rows: Mapping[str, Row], labels: Mapping[str, str], start: str) -> str:
    """The table as a Mermaid state diagram, for docs/architecture.md."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{label}" as {state}' for state, label in labels.items()]
    lines.append(f"    [*] --> {start}")
    for row in rows.values():
        lines += [f"    {one} --> {row.to_state}: {row.label}" for one in row.from_states]
    return "\n".join(lines) + "\n"
