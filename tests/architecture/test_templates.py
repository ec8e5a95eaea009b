"""Templates: every one is used, every one named exists, and none holds a script, a style or a query."""

import re
from collections.abc import Callable

from tests.architecture.source import ROOT, name, python_files, templates

# Django asks for these by itself.
ASKED_FOR_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}
LONGEST = 100
NAMED_IN_TEMPLATES = re.compile(r"{%\s*(?:include|extends|drawn)\s+[\"']([^\"']+)[\"']")
NAMED_IN_CODE = re.compile(r"[\"']([\w/.-]+\.(?:html|txt|svg|js|json|xml))[\"']")


def own_names() -> set[str]:
    return {path.relative_to(ROOT / "templates").as_posix() for path in templates()}


def names_in_templates() -> set[str]:
    return {found for path in templates() for found in NAMED_IN_TEMPLATES.findall(path.read_text())}


def names_in_code() -> set[str]:
    return {found for path in python_files() for found in NAMED_IN_CODE.findall(path.read_text())}


def overrides_of_packages() -> set[str]:
    """A template that takes the place of one of Django's."""
    return {found for found in own_names() if found.startswith(("admin/", "django/", "registration/"))}


def test_every_template_is_used():
    used = names_in_templates() | names_in_code() | ASKED_FOR_BY_DJANGO | overrides_of_packages()

    assert own_names() - used == set()


def test_every_template_that_a_template_names_is_there():
    from_packages = re.compile(r"^(admin|django)/")

    assert {found for found in names_in_templates() - own_names() if not from_packages.match(found)} == set()


def found_in_each(look: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """What a look at its text finds in each template, by name; one test looks at all, as each look takes no time."""
    return {name(path): found for path in templates() if (found := look(path.read_text()))}


INLINE = (
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    r"<style\b",
    r"\s(?:style|on[a-z]+)\s*=\s*[\"']",
    r"hx-on|javascript:",
)


def test_no_template_runs_or_styles_anything_inline():
    assert found_in_each(lambda text: [found for what in INLINE for found in re.findall(what, text)]) == {}


def test_no_template_loads_anything_from_elsewhere():
    elsewhere = re.compile(r"(?:src|href|action|poster)\s*=\s*[\"'](?:https?:)?//")

    assert found_in_each(elsewhere.findall) == {}


def test_no_template_asks_the_database():
    asks = re.compile(r"\.(?:objects|all|filter|count|exists)\b(?!\w)")

    assert found_in_each(lambda text: asks.findall(_expressions(text))) == {}


def test_every_template_is_short_and_indented_by_two():
    assert found_in_each(lambda text: text.splitlines()[LONGEST:]) == {}
    assert found_in_each(lambda text: [line for line in text.splitlines() if line.startswith("\t")]) == {}


def _expressions(text: str) -> str:
    return " ".join(re.findall(r"{[{%].*?[%}]}", text))


def test_no_script_puts_a_sentence_within_a_sentence():
    nested = re.compile(r"`[^`]*\$\{[^}`]*`")
    found = [path.name for path in (ROOT / "static/js").glob("*.js") if nested.search(path.read_text(encoding="utf-8"))]

    # What shortens the scripts takes the spaces out of a template literal that stands within another.
    assert found == []
