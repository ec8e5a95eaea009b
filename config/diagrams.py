"""The diagrams of docs/architecture.md, printed from the code so that picture and program cannot part."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings

from campaign.choices import SubmissionStatus
from campaign.rules.moves import diagram_of
from campaign.rules.workflow import MOVES, diagram
from followup.choices import ExplanationState, ObstacleState, Side
from followup.rules import explanations as explanation_rules
from followup.rules import obstacles as obstacle_rules
from followup.rules.moves import Step
from units.choices import Role

PAGE = Path(settings.BASE_DIR) / "docs" / "architecture.md"
BLOCK = re.compile(r"(<!-- (\w+):begin -->\n).*?(<!-- \2:end -->)", re.S)


def workflow() -> str:
    """The states of a monthly report, and the table of moves: who, from where to where, and what it demands."""
    lines = [f"```mermaid\n{diagram()}```\n"]
    lines += ["| Move | Button | From | To | Who | Demands |", "|---|---|---|---|---|---|"]
    for move in MOVES.values():
        demands = {
            "reason": move.needs_reason,
            "last day": move.needs_expiry,
            "number, date and scan of the signed report": move.needs_signed_report,
            "every figure": move.needs_complete_figures,
            "marked figures": move.needs_marked_figures,
        }
        cells = [
            f"`{move.name}`",
            move.label,
            ", ".join(SubmissionStatus(status).label for status in move.from_states),
            SubmissionStatus(move.to_state).label,
            ", ".join(Role(role).label for role in move.who),
            ", ".join(name for name, asked in demands.items() if asked) or "–",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def packages() -> str:
    """The packages in the order in which they may import, read from the contract that enforces it."""
    contracts = _contracts()
    layers = [re.findall(r"\w+", layer) for layer in contracts[0]["layers"]]
    lines = ["```mermaid", "flowchart TD"]
    for upper, lower in zip(layers, layers[1:], strict=False):
        lines += [f"    {one} --> {other}" for one in upper for other in lower]
    return "\n".join([*lines, "```"]) + "\n"


def shelves() -> str:
    """The shelves inside an app, top down."""
    return "\n".join(["```", *(str(layer) for layer in _contracts()[1]["layers"]), "```"]) + "\n"


def _contracts() -> list[dict[str, list[str]]]:
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text()
    contracts: list[dict[str, list[str]]] = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return contracts


def obstacles() -> str:
    """The states of an obstacle, and who takes which step."""
    states = {str(state.value): str(state.label) for state in ObstacleState}
    return _steps(obstacle_rules.STEPS, states)


def explanations() -> str:
    """The states of a request for causes or an account; who asked is the standing body or a leader."""
    states = {str(state.value): str(state.label) for state in ExplanationState}
    return _steps(explanation_rules.STEPS, states)


def _steps(steps: Mapping[str, Step], states: Mapping[str, str]) -> str:
    lines = [f"```mermaid\n{diagram_of(steps, states, next(iter(states)))}```\n"]
    lines += ["| Step | Button | Who | Demands |", "|---|---|---|---|"]
    for name, step in steps.items():
        demands = {
            "owner": step.needs_owner,
            "day": step.needs_day,
            "words": bool(step.needs_text),
            "proof": step.needs_proof,
            "cause, remedy and day": step.needs_answer,
        }
        asked = ", ".join(what for what, is_asked in demands.items() if is_asked) or "–"
        sides = ", ".join(Side(side).label for side in step.who)
        lines.append(f"| `{name}` | {step.label} | {sides} | {asked} |")
    return "\n".join(lines) + "\n"


PRINTERS: dict[str, Callable[[], str]] = {
    "workflow": workflow,
    "obstacles": obstacles,
    "explanations": explanations,
    "packages": packages,
    "shelves": shelves,
}


def refreshed(page: str) -> str:
    """The page with every printed block as the code has it now."""
    return BLOCK.sub(lambda block: f"{block[1]}{PRINTERS[block[2]]()}{block[3]}", page)
