"""The words of a sentence as spans: plain text, and numbers, days and names bound to the value that they print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from paper.document import BODY, Paragraph, Span
from vietnamese.dates import format_document_date, format_document_moment
from vietnamese.numbers import format_number, format_trimmed, leading_zero

Words = tuple[Span, ...]
Part = str | Span | Words


def say(*parts: Part) -> Words:
    """The parts as one row of spans; empty ones vanish."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            spans += [Span(part)] if part else []
        elif isinstance(part, Span):
            spans.append(part)
        else:
            spans += part
    return tuple(spans)


def upper_first(text: str) -> str:
    """A name as it begins a sentence: "Xã Tân An"."""
    return text[:1].upper() + text[1:]


def capital(words: Words) -> Words:
    """The words as they begin a sentence."""
    if not words:
        return words
    return (replace(words[0], text=upper_first(words[0].text)), *words[1:])


def sentences(rows: Iterable[Part]) -> Words:
    """Each row as a sentence of its own, without the last full stop."""
    return joined((capital(say(row)) for row in rows), ". ")


def text_of(words: Words) -> str:
    """The words without their bindings."""
    return "".join(span.text for span in words)


def joined(rows: Iterable[Part], between: str = ", ") -> Words:
    """The rows with a word between each two; empty rows vanish."""
    said = [words for row in rows if (words := say(row))]
    return say(*(part for place, words in enumerate(said) for part in ((between, words) if place else (words,))))


def paragraph(key: str, *parts: Part, kind: str = BODY) -> Paragraph:
    """One sentence, or a few of one thought, with its name in the report."""
    return Paragraph(say(*parts), kind=kind, key=key)


# --- Bound values ----------------------------------------------------------------------------------------------------


def amount(key: str, value: Decimal, decimals: int) -> Span:
    """An amount in the decimals of its indicator: "1.234,5"."""
    return Span(format_number(value, decimals), key, value, decimals)


def percent(key: str, value: Decimal, decimals: int = 1) -> Span:
    """A percentage with its sign: "46,6 %"."""
    return Span(f"{format_number(value, decimals)} %", key, value, decimals)


def trimmed_percent(key: str, value: Decimal) -> Span:
    """A percentage as a document gives it, without idle zeros: "100 %", "40,8 %"."""
    return Span(f"{format_trimmed(value)} %", key, value, _places(value))


def count(key: str, number: int) -> Span:
    """How many, as official documents write it: "05", "12"."""
    return Span(leading_zero(number), key, number, 0)


def whole(key: str, number: int) -> Span:
    """How many within a fraction or a span of days: "8" of "8/9"."""
    return Span(format_number(number), key, number, 0)


def day(key: str, on: date) -> Span:
    """A day: "05/6/2024"."""
    return Span(format_document_date(on), key, on)


def moment(key: str, at: datetime) -> Span:
    """A moment: "16 giờ 42 phút ngày 05/6/2024"."""
    return Span(format_document_moment(at), key, at)


def name(key: str, text: str) -> Span:
    """A name, or words of a person, which may hold digits of their own."""
    return Span(text, f"{key}:{text}", text)


def worded(key: str, text: str, value: Decimal | None, decimals: int) -> Words:
    """A number with words around it ("trên 1.200.000"): the number alone is bound; without it the whole text is."""
    written = "" if value is None else format_number(value, decimals)
    before, found, after = text.partition(written) if written else (text, "", "")
    return say(before, Span(written, key, value, decimals), after) if found else say(name(key, text))


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


# --- Lists -----------------------------------------------------------------------------------------------------------


def listed(key: str, names: Sequence[Part], most: int = 12) -> Words:
    """Names in a row; of many the first, and how many there are besides."""
    if len(names) <= most:
        return joined(names)
    return say(joined(names[:most]), " và ", count(f"{key}:rest", len(names) - most), " đơn vị khác")
