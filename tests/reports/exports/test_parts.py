"""How sections and parts are numbered: several in order, one alone not at all."""

from paper.document import Heading
from reports.exports.parts import Part, SectionText, blocks_of
from reports.narrative.words import paragraph


def part(key: str, *, is_empty: bool = False) -> Part:
    return Part(key, () if is_empty else (paragraph(key, "Đã làm."),), f"Phần {key}")


def heads(*sections: SectionText) -> list[str]:
    return [block.text for block in blocks_of(sections) if isinstance(block, Heading)]


def test_several_are_numbered_in_their_order_and_what_is_empty_does_not_count():
    first = SectionText("a", "Kết quả", (part("a"), part("b", is_empty=True), part("c")))
    second = SectionText("b", "Đánh giá", (part("d"), part("e")))

    assert heads(first, second) == [
        "I. KẾT QUẢ",
        "1. Phần a",
        "2. Phần c",
        "II. ĐÁNH GIÁ",
        "1. Phần d",
        "2. Phần e",
    ]


def test_what_stands_alone_bears_no_number():
    assert heads(SectionText("a", "Kết quả", (part("a"), part("b", is_empty=True)))) == ["KẾT QUẢ", "Phần a"]
