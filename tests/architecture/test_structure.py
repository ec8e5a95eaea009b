"""The house as drawn: contracts, foreign keys, migrations, and the size of things."""

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.management import call_command
from django.db import models

from config.diagrams import PAGE, PRINTERS, refreshed
from tests.architecture.source import APPS, PACKAGES, ROOT, kept_files, name, python_files, tree

LONGEST_FILE, USUAL_FILE = 400, 250
LONGEST_FUNCTION, USUAL_FUNCTION = 50, 25
OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]


def test_the_contracts_of_the_picture_are_kept():
    program = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]

    answer = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_foreign_key_points_to_a_higher_app(model):
    own = APPS.index(model._meta.app_label)
    targets = {
        field.related_model._meta.app_label
        for field in model._meta.get_fields()
        if isinstance(field, (models.ForeignKey, models.ManyToManyField)) and field.related_model is not None
    }

    assert {label for label in targets if label in APPS and APPS.index(label) < own} == set()


def test_a_key_without_a_type_stands_only_where_any_row_may_own_a_file():
    generic = {
        model._meta.label
        for model in OURS
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    }

    assert generic == {"units.StoredFile"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_of_its_own():
    files = [path for package in PACKAGES for path in (ROOT / package).glob("migrations/0*.py")]

    assert files
    assert [name(path) for path in files if "_auto_" in path.stem] == []


def test_the_printed_diagrams_equal_the_code():
    page = PAGE.read_text()

    assert [printer for printer in PRINTERS if f"<!-- {printer}:begin -->" not in page] == []
    assert refreshed(page) == page


def test_no_package_is_a_drawer_for_the_rest():
    drawers = {"core", "common", "utils", "helpers", "util", "misc", "shared"}

    assert [name(path) for path in python_files() if drawers & {*path.parts, path.stem}] == []


def test_every_module_opens_with_one_line_that_says_what_it_holds():
    silent = [path for path in python_files(with_tests=True) if path.read_text() and not ast.get_docstring(tree(path))]

    assert [name(path) for path in silent] == []


@pytest.mark.parametrize("shelf", ["rules", "services", "tables"])
def test_every_public_function_of_rules_services_and_tables_says_what_it_means(shelf):
    modules = [path for path in python_files() if shelf in path.relative_to(ROOT).with_suffix("").parts]
    silent = [
        f"{name(path)}: {node.name}"
        for path in modules
        for node in tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert modules
    assert silent == []


def lengths_of_functions() -> dict[str, int]:
    return {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def percentile_95(numbers: list[int]) -> float:
    return statistics.quantiles(numbers, n=20)[-1]


def test_no_function_is_longer_than_a_screen():
    lengths = lengths_of_functions()

    assert {where: length for where, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert percentile_95(list(lengths.values())) <= USUAL_FUNCTION


def test_no_file_is_longer_than_a_sitting():
    lengths = {name(path): len(path.read_text().splitlines()) for path in python_files(with_tests=True)}

    assert {where: length for where, length in lengths.items() if length > LONGEST_FILE} == {}
    of_the_program = [length for where, length in lengths.items() if not where.startswith("tests/")]
    assert percentile_95(of_the_program) <= USUAL_FILE


def test_nothing_is_left_half_done_or_skipped():
    left = re.compile(r"\b(TODO|FIXME|XXX|NotImplemented)\b|pytest\.(mark\.)?(skip|xfail)|importorskip")
    texts = [path for path in kept_files() if path.suffix in {".py", ".html", ".js", ".css"} and path != Path(__file__)]

    assert [name(path) for path in texts if left.search(path.read_text())] == []


def test_every_package_that_is_imported_is_declared():
    declared = (ROOT / "pyproject.toml").read_text().split("[tool.", 1)[0]
    distributions = {
        "psycopg2": "psycopg2-binary",
        "environ": "django-environ",
        "csp": "django-csp",
        "docx": "python-docx",
        "axes": "django-axes",
        "pkcs11": "python-pkcs11",
    }
    imported = {
        top
        for path in python_files()
        for node in ast.walk(tree(path))
        for top in _top_names(node)
        if top not in PACKAGES and top not in sys.stdlib_module_names
    }

    undeclared = {
        top for top in imported if f'"{distributions.get(top, top.replace("_", "-").lower())}' not in declared
    }

    assert undeclared == set()


def _top_names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.split(".")[0]}
    return set()
