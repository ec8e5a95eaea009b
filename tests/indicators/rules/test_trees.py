"""Trees of parts: rings are found once, parents come first."""

from indicators.rules.trees import cycles, parents_first


def test_a_ring_is_named_once_from_its_smallest_member():
    assert cycles({"c": "a", "a": "b", "b": "c", "d": "a"}) == [("a", "b", "c")]


def test_a_row_that_is_its_own_part_is_a_ring():
    assert cycles({"a": "a"}) == [("a",)]


def test_a_tree_has_no_ring():
    assert cycles({"a": "", "b": "a", "c": "b"}) == []


def test_no_row_comes_before_the_one_that_it_belongs_to():
    assert parents_first({"c": "b", "b": "a", "a": ""}) == ["a", "b", "c"]
