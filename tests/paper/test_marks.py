"""Marks say the same three ways, fit a strict page policy, and clamp the drawing, never the number."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from paper import marks

SVG = "{http://www.w3.org/2000/svg}"

DRAWINGS = [
    *(marks.band_mark(band) for band in marks.BAND_WORDS),
    *(marks.bullet_bar(Decimal("62.9"), 58, band=band, label="đạt 62,9 %") for band in marks.BAND_WORDS),
    marks.bullet_bar(None, 50, label="chưa có số liệu"),
    marks.bullet_bar(480, label="đạt 480 %", band="exceeded"),
    marks.sparkline([2, None, Decimal("3.5"), 0], label="bốn tháng"),
    marks.sparkline([], label="chưa có số liệu"),
    marks.progress_line([0, 20, 55, None], [10, 40, 90, 183], target=Decimal("183.5"), label="Trồng chè mới"),
]


def length_reached(svg: str) -> float:
    match = re.search(r'class="bar-reached"[^>]*d="M0 [\d.]+h([\d.]+)"', svg)
    return float(match.group(1)) if match else 0.0


def contrast_on_white(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("svg", DRAWINGS)
def test_every_drawing_is_well_formed_titled_and_free_of_styles_and_text(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert root.get("role") == "img"
    for element in root.iter():
        assert "style" not in element.attrib
        assert "id" not in element.attrib
        assert element.tag not in {f"{SVG}text", f"{SVG}style", f"{SVG}script"}
    assert "nan" not in svg


def test_a_label_cannot_break_out_of_its_title() -> None:
    svg = marks.band_mark("behind", "</title><script>alert(1)</script>")
    assert "<script>" not in svg
    assert ElementTree.fromstring(svg)[0].text == "</title><script>alert(1)</script>"


def test_a_mark_beside_its_word_is_not_read_out_twice() -> None:
    root = ElementTree.fromstring(marks.band_mark("met", decorative=True))
    assert root.get("aria-hidden") == "true"
    assert root.get("role") is None


def test_each_band_has_its_own_shape_apart_from_colour() -> None:
    shapes = {band: marks.band_mark(band).split("</title>")[1] for band in marks.BAND_WORDS}
    without_colour = {re.sub(r"#[0-9a-f]{6}", "", shape) for shape in shapes.values()}
    assert len(without_colour) == len(marks.BAND_WORDS)
    assert set(marks.BAND_SIGNS) == set(marks.BAND_COLOURS) == set(marks.BAND_WORDS)
    assert len(set(marks.BAND_SIGNS.values())) == len(marks.BAND_SIGNS)


@pytest.mark.parametrize("colour", sorted(set(marks.BAND_COLOURS.values())))
def test_band_colours_can_be_read_as_text_on_white(colour: str) -> None:
    assert contrast_on_white(colour) >= 4.5


def test_slow_and_lost_bars_are_striped_for_black_and_white_print() -> None:
    striped = {b for b in marks.BAND_WORDS if "stroke-dasharray" in marks.bullet_bar(50, band=b, label="50 %")}
    assert striped == {"behind", "at_risk"}


def test_bar_reaches_its_share_of_the_way_to_the_target() -> None:
    assert length_reached(marks.bullet_bar(100, band="met", label="", width=100)) == 80
    assert length_reached(marks.bullet_bar(Decimal("62.5"), band="behind", label="", width=100)) == 50
    assert length_reached(marks.bullet_bar(0, band="behind", label="", width=100)) == 0


def test_bar_goes_past_the_target_and_ends_in_a_point_when_it_leaves_the_drawing() -> None:
    assert length_reached(marks.bullet_bar(112.5, band="exceeded", label="", width=100)) == 90
    beyond = marks.bullet_bar(480, band="exceeded", label="480 %", width=100)
    assert length_reached(beyond) == 100
    assert 'fill="#fff"' in beyond
    assert 'fill="#fff"' not in marks.bullet_bar(112.5, band="exceeded", label="", width=100)


def test_negative_rate_draws_an_empty_bar() -> None:
    assert length_reached(marks.bullet_bar(-12, band="at_risk", label="-12 %")) == 0


def test_unreported_bar_is_hatched_and_a_real_zero_is_not() -> None:
    assert 'class="hatch"' in marks.bullet_bar(None, label="chưa có số liệu")
    assert 'class="hatch"' not in marks.bullet_bar(0, band="behind", label="0 %")


def test_missing_value_breaks_the_line_instead_of_falling_to_zero() -> None:
    line = re.findall(r' d="([^"]+)"', marks.sparkline([1, 2, None, 3, 4], label=""))[-1]
    assert line.count("M") == 2
    assert line.count("L") == 2


def test_all_equal_values_draw_a_line_and_not_an_error() -> None:
    assert 'd="M3 10L77 10"' in marks.sparkline([0, 0], label="")


def test_path_and_cumulative_share_the_scale_and_the_months() -> None:
    svg = marks.progress_line([50], [50, 100], target=100, label="", width=106, height=56)
    assert 'd="M3 28L103 3"' in svg
    assert 'cx="3" cy="28"' in svg
