"""What only one module may do: set a report's status, set what is official, read the clock, group roles, refuse."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, name, python_files, tree

THE_DOOR = "indicators/services/submissions.py"
# A campaign has a status of its own, which is opened and closed in one place too.
STATUS_OF_A_CAMPAIGN = "campaign/services/campaigns.py"

CLOCK = "units/clock.py"
# Sessions and finished tasks grow old by the machine's clock, whatever day the office or the demo has.
REAL_TIME = {"config/management/commands/run_due.py", "paper/trial_key.py"}
READS_OF_THE_CLOCK = {"now", "today", "utcnow", "localdate", "localtime"}
OWNERS_OF_A_CLOCK = {"timezone", "datetime", "date"}


def written_names(node: ast.AST) -> Iterator[str]:
    """The attributes and columns that a statement or call writes."""
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from (part.attr for part in ast.walk(target) if isinstance(part, ast.Attribute))
        case (
            ast.AugAssign(target=ast.Attribute(attr=attribute))
            | ast.AnnAssign(target=ast.Attribute(attr=attribute), value=ast.expr())
        ):
            yield attribute
        case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=str(attribute)), *_]):
            yield attribute
        case ast.Call(
            func=ast.Attribute(attr="update" | "create" | "update_or_create" | "get_or_create"), keywords=named
        ):
            yield from (keyword.arg for keyword in named if keyword.arg)
            yield from (
                key.value
                for keyword in named
                if keyword.arg == "defaults" and isinstance(keyword.value, ast.Dict)
                for key in keyword.value.keys
                if isinstance(key, ast.Constant)
            )


def writers(*columns: str) -> set[str]:
    """The modules that write one of these names."""
    return {
        name(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if any(written in columns for written in written_names(node))
    }


def test_a_report_changes_its_status_through_one_door():
    assert writers("status") <= {THE_DOOR, STATUS_OF_A_CAMPAIGN}
    assert THE_DOOR in writers("status")


def test_the_other_status_that_is_written_is_that_of_a_campaign():
    words = ast.walk(tree(ROOT / STATUS_OF_A_CAMPAIGN))
    values = {
        ast.unparse(node.value)
        for node in words
        if isinstance(node, ast.Assign) and any(ast.unparse(target).endswith(".status") for target in node.targets)
    }

    assert values
    assert all(value.startswith("CampaignStatus.") for value in values)


def test_what_is_official_is_set_by_the_same_door():
    assert writers("received_version", "received_version_id") == {THE_DOOR}


@pytest.mark.parametrize(
    "code",
    [
        "report.status = 'sent'",
        "a, report.status = 1, 'sent'",
        "report.status: str = 'sent'",
        "Submission.objects.filter(pk=1).update(status='sent')",
        "Submission.objects.update_or_create(pk=1, defaults={'status': 'sent'})",
        "setattr(report, 'status', 'sent')",
    ],
)
def test_this_watch_sees_every_way_round_the_door(code):
    assert any("status" in written_names(node) for node in ast.walk(ast.parse(code)))


def reads_clock(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=attribute, value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
            return attribute in READS_OF_THE_CLOCK and owner in OWNERS_OF_A_CLOCK
        case ast.ImportFrom(module="django.utils.timezone", names=names):
            return any(alias.name in READS_OF_THE_CLOCK for alias in names)
        case ast.keyword(arg="auto_now"):
            return True
    return False


def modules_that_read_the_clock() -> set[str]:
    return {name(path) for path in python_files() if any(reads_clock(node) for node in ast.walk(tree(path)))}


def test_one_module_alone_reads_the_clock():
    assert modules_that_read_the_clock() - REAL_TIME == {CLOCK}


@pytest.mark.parametrize("code", ["timezone.now()", "datetime.now()", "date.today()", "datetime.date.today()"])
def test_this_watch_sees_every_way_to_read_it(code):
    assert any(reads_clock(node) for node in ast.walk(ast.parse(code)))


def test_rules_never_ask_what_day_it_is():
    rules = [path for path in python_files() if "rules" in path.parts]

    assert rules
    assert [name(path) for path in rules if _imports_clock(path)] == []


def _imports_clock(path: Path) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module, "clock") in {(node.module, alias.name) for alias in node.names}
        for node in ast.walk(tree(path))
    )


def roles_named(node: ast.AST) -> set[str]:
    """The roles that a list or a call names one beside the other."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.Call(args=parts):
            return {
                part.attr for part in parts if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "Role"
            }
    return set()


def test_a_group_of_roles_is_named_in_one_place():
    groups = [{"CLERK", "HEAD"}, {"REVIEWER", "HEAD"}, {"COORDINATOR", "COORDINATOR_HEAD"}, {"LEADER", "READER"}]
    found = {
        name(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if any(group <= roles_named(node) for group in groups)
    }

    assert found == {"units/choices.py"}


def raises_a_given_reason(node: ast.AST) -> bool:
    """Does it raise what a permission answered, where it answered anything?"""
    match node:
        case ast.If(test=asked, body=[ast.Raise(exc=ast.Call(func=ast.Name(id="PermissionDenied"), args=[said]))]):
            asked = asked.target if isinstance(asked, ast.NamedExpr) else asked
            return isinstance(asked, ast.Name) and ast.unparse(asked) == ast.unparse(said)
    return False


def test_a_person_is_refused_in_one_way():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if raises_a_given_reason(node)
    ]

    assert found == []
    assert raises_a_given_reason(ast.parse("if refusal := why_not(): raise PermissionDenied(refusal)").body[0])
