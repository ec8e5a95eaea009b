"""The face of every page: band colours as in the marks, labels of origin, no inline style or script."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from paper.marks import BAND_COLOURS
from units.choices import Origin
from units.templatetags.face import ORIGIN_WORDS, origin

STYLESHEET = (Path(settings.BASE_DIR) / "static/css/app.css").read_text()
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.mark.parametrize("band", BAND_COLOURS)
def test_the_stylesheet_repeats_the_colour_of_each_band(band):
    found = re.search(rf"--band-{band.replace('_', '-')}: (#[0-9a-f]+);", STYLESHEET)

    assert found is not None
    assert found.group(1) == BAND_COLOURS[band]


def test_every_origin_has_its_label_and_what_a_unit_reports_needs_none():
    assert set(ORIGIN_WORDS) == set(Origin)
    assert origin("office") == ""
    assert "số liệu minh họa" in origin("illustrative")


def test_a_band_speaks_by_mark_and_word():
    drawn = Template('{% load face %}{% band "behind" %}').render(Context())

    assert "<svg" in drawn
    assert "chậm" in drawn


def test_no_template_holds_inline_style_or_script():
    inline = re.compile(r"<[^>]+\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)")

    assert [path.name for path in TEMPLATES if inline.search(path.read_text())] == []


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (96, "96"), (1890, "1.890")])
def test_a_count_is_written_with_its_dots(number, text):
    assert Template("{% load face %}{{ number|counted }}").render(Context({"number": number})) == text
