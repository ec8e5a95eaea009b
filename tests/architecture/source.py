"""The project's own files, as the architecture tests read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "reports", "followup", "indicators", "campaign", "units", "vietnamese", "paper")
APPS = ("config", "reports", "followup", "indicators", "campaign", "units")


@cache
def python_files(*, with_tests: bool = False) -> tuple[Path, ...]:
    """Every module of ours but migrations, which Django writes."""
    roots = (*PACKAGES, "tests") if with_tests else PACKAGES
    found = [path for root in roots for path in (ROOT / root).rglob("*.py") if "migrations" not in path.parts]
    return tuple(sorted(found))


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    """A file's name as a reader finds it."""
    return path.relative_to(ROOT).as_posix()


def templates() -> list[Path]:
    """Every template of ours."""
    return sorted((ROOT / "templates").rglob("*.*"))


def kept_files() -> list[Path]:
    """Every file of the project, wherever its tree lies."""
    folders = (*PACKAGES, "tests", "templates", "static", "fixtures", "docs")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    return sorted(path for path in [*inside, *ROOT.glob("*.*")] if path.is_file())
