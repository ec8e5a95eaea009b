"""What views leave to others: they say who, what and answer, and every question to the database has a name."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, name, python_files, tree

#: How a question to the database is put together; a queryset or a table gives it a name.
QUESTIONS = {"filter", "exclude", "annotate", "aggregate"}
VIEWS = [path for path in python_files() if "views" in path.relative_to(ROOT).with_suffix("").parts]


def chain(node: ast.expr) -> Iterator[str]:
    """The names of a call's chain, the last first."""
    while isinstance(node, (ast.Attribute, ast.Call)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        node = node.value if isinstance(node, ast.Attribute) else node.func


def asks_the_database(node: ast.AST) -> bool:
    """Is it a call that narrows, reckons, or fetches one row from a model's manager?"""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in QUESTIONS or (node.func.attr == "get" and "objects" in chain(node.func))


@pytest.mark.parametrize(
    ("line", "is_question"),
    [
        ("Figure.objects.filter(pk=1)", True),
        ("report.figures.exclude(pk=1)", True),
        ("Figure.objects.missing().get(pk=1)", True),
        ("Figure.objects.missing().select_related('period')", False),
        ("request.GET.get('ky')", False),
    ],
)
def test_a_question_is_told_from_other_calls(line, is_question):
    assert any(map(asks_the_database, ast.walk(ast.parse(line)))) is is_question


def test_no_view_refuses_a_method_itself_after_it_has_seen_the_object():
    """What stands before the view (require_safe, require_POST) answers the same about every object of an address."""
    assert [name(path) for path in VIEWS if "NotAllowed" in path.read_text() or "405" in path.read_text()] == []


def test_no_view_puts_a_question_to_the_database_together():
    found = [
        f"{name(path)}:{node.lineno}" for path in VIEWS for node in ast.walk(tree(path)) if asks_the_database(node)
    ]

    assert VIEWS
    assert found == []
