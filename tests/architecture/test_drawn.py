"""Parts that are remembered: each reads only what its tag gives it, so that nobody is shown another's."""

import pytest
from django.template.base import FilterExpression, NodeList, Variable
from django.template.defaulttags import CsrfTokenNode, ForNode, NowNode, TemplateLiteral, WithNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.smartif import TokenBase

from indicators.templatetags.drawn import TOKEN, DrawnNode
from tests.architecture.source import ROOT, templates

#: What only the answer to a saved cell gives to parts that it shares with the month; without it they show the month's.
OF_A_SAVED_CELL = {"is_oob", "is_saved", "csrf_token"}


def parts():
    """Every drawn tag of every template: where it stands, the part, the names that it is given."""
    found = set()
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        if "{% drawn " in path.read_text():
            for node in get_template(name).template.nodelist.get_nodes_by_type(DrawnNode):
                found.add((name, node.name, tuple(sorted(node.arguments))))
    return sorted(found)


def expressions(value):
    """All expressions that an attribute of a node holds, however it keeps them."""
    if isinstance(value, FilterExpression):
        yield from variables(value)
    elif isinstance(value, Variable):
        yield value
    elif isinstance(value, TemplateLiteral):
        yield from expressions(value.value)
    elif isinstance(value, TokenBase):
        yield from expressions([value.first, value.second])
    elif isinstance(value, dict):
        yield from expressions(list(value.values()))
    elif isinstance(value, list | tuple) and not isinstance(value, NodeList):
        for one in value:
            yield from expressions(one)


def variables(expression):
    """The variables of one expression and of the arguments of its filters."""
    if isinstance(expression.var, Variable):
        yield expression.var
    for _, arguments in expression.filters:
        yield from (one for is_variable, one in arguments if is_variable and isinstance(one, Variable))


def inner(node):
    """Nodes inside a node."""
    for attribute in node.child_nodelists:
        yield from getattr(node, attribute, None) or ()
    for _, nodelist in getattr(node, "conditions_nodelists", ()):
        yield from nodelist


def bound(node):
    """Names that a node gives to what stands inside it or behind it."""
    if isinstance(node, ForNode):
        return {*node.loopvars, "forloop"}
    if isinstance(node, WithNode):
        return set(node.extra_context)
    names = {getattr(node, "asvar", None), getattr(node, "target_var", None)}
    return names - {None}


def read_by(nodes, known=frozenset()):
    """The names that nodes read without having been given them inside the part."""
    found, known = set(), set(known)
    for node in nodes:
        assert not isinstance(node, CsrfTokenNode | NowNode | InclusionNode | ExtendsNode), node
        assert not (isinstance(node, SimpleNode) and node.takes_context), node
        own = {one.lookups[0] for one in expressions(list(vars(node).values())) if one.lookups}
        found |= own - known - {"True", "False", "None"}
        if isinstance(node, IncludeNode):
            there = get_template(node.template.var).template.nodelist
            given = set(node.extra_context)
            found |= read_by(there, given if node.isolated_context else known | given)
        elif isinstance(node, DrawnNode):
            continue
        else:
            names = bound(node)
            if isinstance(node, ForNode | WithNode):
                found |= read_by(inner(node), known | names)
            else:
                found |= read_by(inner(node), known)
                known |= names
    return found


@pytest.mark.parametrize(("page", "part", "given"), parts(), ids=lambda one: one if isinstance(one, str) else "")
def test_a_remembered_part_reads_only_what_it_is_given(page, part, given):
    read = read_by(get_template(part).template.nodelist)

    assert read - OF_A_SAVED_CELL == set(given) - {TOKEN} | ({TOKEN} & read)


def test_there_are_such_parts():
    assert len(parts()) > 8


def test_the_reader_of_templates_finds_what_is_read():
    page = get_template("indicators/_row.html").template

    assert read_by(page.nodelist) == {"row", "token", *OF_A_SAVED_CELL}
    assert "campaign" in read_by(get_template("reports/_matrix_table.html").template.nodelist)
    assert "table" in read_by(get_template("reports/_matrix_table.html").template.nodelist)
