"""Templates: every one is used, every one named exists, and none holds a script, a style or a query."""

import re

import pytest

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


@pytest.mark.parametrize("path", templates(), ids=name)
class TestATemplate:
    """What holds for each."""

    def test_runs_and_styles_nothing_inline(self, path):
        text = path.read_text()

        assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", text) == []
        assert re.findall(r"<style\b", text) == []
        assert re.findall(r"\s(?:style|on[a-z]+)\s*=\s*[\"']", text) == []
        assert re.findall(r"hx-on|javascript:", text) == []

    def test_loads_nothing_from_elsewhere(self, path):
        assert re.findall(r"(?:src|href|action|poster)\s*=\s*[\"'](?:https?:)?//", path.read_text()) == []

    def test_asks_no_database(self, path):
        assert re.findall(r"\.(?:objects|all|filter|count|exists)\b(?!\w)", _expressions(path.read_text())) == []

    def test_is_short_and_indented_by_two(self, path):
        lines = path.read_text().splitlines()

        assert len(lines) <= LONGEST
        assert [line for line in lines if line.startswith("\t")] == []


def _expressions(text: str) -> str:
    return " ".join(re.findall(r"{[{%].*?[%}]}", text))


def test_no_script_puts_a_sentence_within_a_sentence():
    nested = re.compile(r"`[^`]*\$\{[^}`]*`")
    found = [path.name for path in (ROOT / "static/js").glob("*.js") if nested.search(path.read_text(encoding="utf-8"))]

    # What shortens the scripts takes the spaces out of a template literal that stands within another.
    assert found == []
