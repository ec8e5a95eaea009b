"""Charts with words: valid SVG without style attributes, clamped nowhere, told in words, links reachable."""

from decimal import Decimal
from xml.etree import ElementTree

from paper import charts
from paper.charts import End, Tile

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing):
    assert "style=" not in drawing
    return ElementTree.fromstring(drawing)


def words(drawing):
    return [one.text for one in parsed(drawing).iter(f"{SVG}text")]


def test_a_course_shows_path_plan_and_the_interval_of_its_forecast_in_words():
    drawn = charts.course_chart(
        [Decimal(20), Decimal("55.5"), None],
        [30, 60, 100],
        labels=["T7", "T8", "T9"],
        target=100,
        target_text="kế hoạch 100,0",
        last_text="55,5",
        end=End(80, 70, 90, 2),
        end_text="dự báo 80,0 (70,0–90,0)",
        band="behind",
        label="Chè: chậm",
    )

    assert words(drawn) == ["T7", "T8", "T9", "kế hoạch 100,0", "dự báo 80,0 (70,0–90,0)", "55,5"]
    assert parsed(drawn)[0].text == "Chè: chậm"


def test_a_course_without_any_value_is_still_a_drawing():
    assert words(charts.course_chart([None, None], labels=["T7", "T8"], label="chưa có số liệu")) == ["T7", "T8"]


def test_names_of_periods_do_not_run_into_each_other():
    """A year with its two later closings: fourteen periods, the last two with longer names."""
    labels = [f"T{month}" for month in range(1, 13)] + ["31/12", "31/01"]

    shown = words(charts.course_chart([None] * 14, labels=labels, label="x"))

    assert shown == [*labels[:12], "31/01"]


def test_what_the_first_period_reached_stands_within_the_drawing():
    drawn = charts.course_chart([Decimal(493), None, None], labels=["T1", "T2", "T3"], last_text="493,0", label="x")
    last = [one for one in parsed(drawn).iter(f"{SVG}text") if one.text == "493,0"]

    assert [one.get("text-anchor") for one in last] == ["start"]


def test_text_is_never_markup():
    drawn = charts.tile_map([Tile(1, 1, "<b>&", "1", "met", '/a"b')], label="</title><script>")

    assert parsed(drawn)[0].text == "</title><script>"
    assert words(drawn) == ["<b>&", "1"]


def test_parts_of_a_stacked_bar_are_as_long_as_their_share_and_a_negative_one_has_no_length():
    drawn = parsed(charts.stacked_bar([("a", 75), ("b", 25), ("c", -5)], label="phần", width=200))
    lengths = [path.get("d").rpartition("h")[2] for path in drawn.iter(f"{SVG}path")]

    assert lengths == ["149", "49"]


def test_what_lies_behind_the_last_shade_is_hatched():
    drawn = charts.stacked_bar([(str(number), 1) for number in range(6)], label="phần")

    assert 'class="hatch"' in drawn


def test_the_tile_map_places_units_by_column_and_row_and_links_them():
    tiles = [Tile(1, 1, "Măng Bút", "58,4 %", "at_risk", "/x/"), Tile(3, 2, "Ngọk Tem", "–", "no_data")]
    drawn = parsed(charts.tile_map(tiles, label="Theo xã"))

    assert (drawn.get("width"), drawn.get("height"), drawn.get("role")) == ("344", "132", "group")
    assert [(one.get("x"), one.get("y")) for one in drawn.iter(f"{SVG}rect")] == [("0.5", "0.5"), ("232.5", "68.5")]
    assert [one.get("href") for one in drawn.iter(f"{SVG}a")] == ["/x/"]


def test_a_band_strip_is_striped_or_hatched_so_that_grey_paper_tells_bands_apart():
    drawn = charts.band_strip([("met", 1), ("at_risk", 2), ("no_data", 1)], label="1 hoàn thành, 2 …", width=100)

    assert "stroke-dasharray" in drawn
    assert 'class="hatch"' in drawn


def test_rows_of_bands_show_one_mark_for_each_and_name_the_marks_that_occur_once():
    rows = [("2.1 Kinh tế", [("met", 1), ("at_risk", 2)]), ("2.2 Văn hóa", [("at_risk", 1)])]
    drawn = charts.band_rows(rows, label="2.1 Kinh tế: 1 hoàn thành, 2 có khả năng không đạt", width=400)

    assert words(drawn) == ["2.1 Kinh tế", "2.2 Văn hóa", "hoàn thành", "có khả năng không đạt"]
    assert len(list(parsed(drawn).iter(f"{SVG}g"))) == 4 + 2


def test_marks_of_a_long_row_grow_narrower_and_stay_in_the_drawing():
    drawn = charts.band_rows([("Kinh tế", [("met", 60)])], label="60 hoàn thành", width=400)

    moves = [one.get("transform") for one in parsed(drawn).iter(f"{SVG}g")][:60]
    assert max(float(one.split("(")[1].split(" ")[0]) for one in moves) < 400
    assert all("scale(0.14)" in one for one in moves)
