"""Footnote marks: numbers glued to words (and to years) by the extraction, taken out of the sentence again."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
#: Behind a word, a closing quote or bracket, or a year: "tâm”1", "năm 202410", "công5.", and [3] or ³.
_GLUED = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[”\"’)\]])|(?<=\b(?:19|20)\d\d)|(?<=[.,;:]))(?P<glued>\d{1,3})(?=[\s.,;:)”…]|$)"
    r"|\[(?P<boxed>\d{1,3})\]|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
)


@dataclass(frozen=True)
class Mark:
    """A footnote's number and where in the cleaned text it stood."""

    number: int
    at: int


def take_out_marks(text: str, expected: int, known: Collection[int]) -> tuple[str, list[Mark]]:
    """The text without its footnote marks, and the marks; they come in the order 1, 2, 3 … beginning with expected.

    Only numbers of footnotes that the document has are taken for marks, and only the next one: "Quốc lộ 24" and
    "6 tháng" stay.
    """
    cleaned, start, marks = "", 0, list[Mark]()
    for match in _GLUED.finditer(text):
        written = match["glued"] or match["boxed"] or (match["raised"] or "").translate(_SUPERSCRIPTS)
        number = int(written)
        if number != expected or number not in known:
            continue
        cleaned += text[start : match.start()]
        marks.append(Mark(number, len(cleaned)))
        start, expected = match.end(), expected + 1
    return cleaned + text[start:], marks
