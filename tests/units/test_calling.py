"""How units are called together, and which words before a name only tell their kind."""

import pytest

from units.rules.calling import called_together, kind_words


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], "đơn vị"),
        ([("Thôn", True), ("Tổ dân phố", True), ("Thôn", True)], "thôn, tổ dân phố"),
        ([("Xã", True)], "xã"),
        ([("Phòng, ban chuyên môn", False)] * 2, "phòng, ban chuyên môn"),
        ([("Xã", True), ("Phòng, ban chuyên môn", False)], "đơn vị"),
    ],
)
def test_units_are_called_by_their_kinds(kinds, words):
    assert called_together(kinds) == words


def test_the_words_before_a_name_come_from_the_units_themselves():
    names = ["Ủy ban nhân dân phường An Hòa", "phường An Hòa", "An Hòa"]

    assert kind_words([names], ["Phường"]) >= {"uy ban nhan dan", "ubnd", "phuong", "p", "uy ban nhan dan phuong"}
