"""Parts that are drawn once: the same as drawn anew, whatever is asked in between, and never another's."""

from dataclasses import dataclass, replace

import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString

from indicators.tables.wording import Texts
from indicators.templatetags import drawn as tag
from indicators.templatetags.drawn import DrawnNode

PARTS = {
    "row.html": "<b>{{ row.name }}</b>{% for one in row.parts %}<i>{{ one }}</i>{% endfor %}{{ word }}",
    "form.html": "<input value='{{ token }}'>{{ word }}",
    "nosy.html": "{{ word }}[{{ secret }}{{ request }}{{ user }}{{ csrf_token }}]",
    "empty.html": "{% if word %}{{ word }}{% endif %}",
}
ENGINE = Engine(
    loaders=[("django.template.loaders.locmem.Loader", PARTS)],
    libraries={"drawn": "indicators.templatetags.drawn"},
    builtins=["indicators.templatetags.drawn"],
)


@dataclass(frozen=True)
class Row(Texts):
    """A row of texts."""

    name: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What a shelf hands out: counts as itself."""

    name: str
    parts: tuple[str, ...] = ()


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(tag, "_shelf", tag.Shelf(tag.MOST_BYTES))
    monkeypatch.setattr(tag, "_patterns", {})


@pytest.fixture
def drawings(monkeypatch):
    """The templates that were really drawn, in order."""
    found = []
    drawn_by_django = ENGINE.get_template

    def get_template(name):
        if name in PARTS:
            found.append(name)
        return drawn_by_django(name)

    monkeypatch.setattr(ENGINE, "get_template", get_template)
    return found


def draw(part, **values):
    """What the page shows that names the values of its own by the same names."""
    arguments = " ".join(f"{name}={name}" for name in values)
    page = ENGINE.from_string(f'{{% drawn "{part}" {arguments} %}}')
    return page.render(Context(values | {"secret": "mật", "user": "hieu", "request": "GET", "csrf_token": "dấu"}))


def test_a_row_with_the_same_content_is_drawn_once(drawings):
    first = draw("row.html", row=Row("Trồng chè", ("a", "b")))
    second = draw("row.html", row=Row("Trồng " + "chè", ("a", "b")))

    assert first == second == "<b>Trồng chè</b><i>a</i><i>b</i>"
    assert drawings == ["row.html"]


def test_any_difference_is_drawn_anew(drawings):
    row = Row("Trồng chè", ("a",))
    shown = [
        draw("row.html", row=row, word=""),
        draw("row.html", row=replace(row, parts=("b",)), word=""),
        draw("row.html", row=row, word="!"),
        draw("row.html", row=row, word=None),
    ]

    assert shown == [
        "<b>Trồng chè</b><i>a</i>",
        "<b>Trồng chè</b><i>b</i>",
        "<b>Trồng chè</b><i>a</i>!",
        "<b>Trồng chè</b><i>a</i>None",
    ]
    assert len(drawings) == 4


def test_typed_text_never_takes_the_place_of_markup_that_looks_the_same():
    drawn_by_us, typed = SafeString("<svg>"), "<svg>"

    assert draw("empty.html", word=drawn_by_us) == "<svg>"
    assert draw("empty.html", word=typed) == "&lt;svg&gt;"
    assert draw("row.html", row=Row(drawn_by_us)) == "<b><svg></b>"
    assert draw("row.html", row=Row(typed)) == "<b>&lt;svg&gt;</b>"


def test_one_is_not_true():
    assert [draw("empty.html", word=one) for one in (1, True, 0, False, "1")] == ["1", "True", "", "", "1"]


def test_another_object_is_drawn_for_itself_though_it_is_equal(drawings):
    first, second = Kept("chè"), Kept("chè")

    assert draw("row.html", row=first) == draw("row.html", row=first) == draw("row.html", row=second) == "<b>chè</b>"
    assert len(drawings) == 2


def test_an_object_in_the_place_of_one_that_is_gone_is_drawn_for_itself():
    for number in range(200):
        # CPython gives the next object the address of the last one, which was thrown away.
        assert draw("row.html", row=Kept(f"dòng {number}")) == f"<b>dòng {number}</b>"


def test_a_part_sees_nothing_of_the_page(drawings):
    assert draw("nosy.html", word="chè") == "chè[]"


def test_everyone_gets_their_own_token(drawings):
    assert draw("form.html", token="của Hiếu", word="x") == "<input value='của Hiếu'>x"
    assert draw("form.html", token="của Pờ Ê", word="x") == "<input value='của Pờ Ê'>x"
    assert drawings == ["form.html"]


def test_a_part_may_be_empty():
    assert [draw("empty.html", word=one) for one in ("", "", "chè", "chè")] == ["", "", "chè", "chè"]


def test_it_takes_no_more_room_than_it_may(monkeypatch):
    shelf = tag.Shelf(20_000)
    monkeypatch.setattr(tag, "_shelf", shelf)
    for number in range(500):
        draw("row.html", row=Row(f"dòng {number}"))

    assert shelf.taken <= 20_000
    assert draw("row.html", row=Row("dòng 0")) == "<b>dòng 0</b>"


def test_the_tag_wants_a_name_and_arguments():
    for written in ("drawn part row=row", 'drawn "row.html" row'):
        with pytest.raises(Exception, match="drawn takes the name"):
            ENGINE.from_string(f"{{% {written} %}}")
    assert DrawnNode.child_nodelists == ()
