"""Lines of a title: broken evenly, and nothing of it lost."""

import pytest

from paper.measure import even_lines


def test_a_long_title_is_broken_evenly_and_a_short_one_not_at_all():
    long = "Kết quả nội dung: thi đua thực hiện thu ngân sách nhà nước trên địa bàn"

    assert even_lines(long, 139, 14) == ["Kết quả nội dung: thi đua thực hiện", "thu ngân sách nhà nước trên địa bàn"]
    assert even_lines("Sơ kết phong trào thi đua", 139, 14) == ["Sơ kết phong trào thi đua"]


@pytest.mark.parametrize("text", ["", "một", "rấtdài" * 40, "một " * 60])
def test_no_word_of_a_title_is_lost_whatever_its_length(text):
    assert " ".join(even_lines(text, 139, 14)) == " ".join(text.split())
