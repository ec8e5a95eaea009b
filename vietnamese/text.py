"""Vietnamese text: one normal form, keys for searching and sorting, slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

#: Vietnamese letters in dictionary order, with the Latin guests (f, j, w, z) where they stand in the alphabet.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Tones in dictionary order: level, huyền, hỏi, ngã, sắc, nặng.
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")

# One character per letter, all of [0-9a-z], so that every collation of every engine puts the keys in the same order.
_KEY_CHARACTERS = "23456789abcdefghijklmnopqrstuvwxyz"
_LETTER_KEYS = dict(zip(ALPHABET, _KEY_CHARACTERS, strict=False))
_GAP, _NUMBER = "0", "1"
_LENGTH_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz"

# Old encodings left the Icelandic ð and the African ɖ, which look the same, in the place of đ.
_LOOK_ALIKES = str.maketrans({"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")


def nfc(text: str) -> str:
    """The composed form in which all text is stored and compared; applied where text enters."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without any diacritic; đ becomes d. Punctuation and spaces stay."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LOOK_ALIKES).lower().replace("đ", "d"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def search_key(text: str, variants: Mapping[str, str] | None = None) -> str:
    """What is compared when searching: folded words with single spaces.

    "xã Đắk Hà" and "XA DAK  HA" have the key "xa dak ha". ``variants`` maps other spellings of whole words to the
    chosen one ({"Đăk": "Đắk", "Buk": "Bút"}); give the same table for the stored text and for the query.
    """
    key = _words(text)
    for pattern, chosen in _variant_patterns(tuple((variants or {}).items())):
        key = pattern.sub(chosen, key)
    return key


def sort_key(text: str) -> str:
    """A key that sorts like a Vietnamese dictionary under any collation.

    đ follows d, ă and â follow a; words compare before what follows them ("Tân" before "Tân An"); tones decide only
    between names equal in all letters (ngang, huyền, hỏi, ngã, sắc, nặng); numbers compare by size ("thôn 2" before
    "thôn 10"). Made of 0-9 and a-z only; not for reading.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in _WORD.findall(nfc(text).translate(_LOOK_ALIKES).lower()):
        if word[0] in "0123456789":
            digits = word.lstrip("0")[:35]
            letters.append(f"{_NUMBER}{_LENGTH_CHARACTERS[len(digits)]}{digits}")
            tones.append("1")
        else:
            word_letters, tone = _split_tone(word)
            letters.append("".join(_LETTER_KEYS.get(letter, _KEY_CHARACTERS[-1]) for letter in word_letters))
            tones.append(str(tone + 1))
    return f"{_GAP.join(letters)}{_GAP * 2}{''.join(tones)}" if letters else ""


def slug(text: str) -> str:
    """Folded words joined by hyphens, for file names and addresses: "Xã Tân An" → "xa-tan-an"."""
    return _words(text).replace(" ", "-")


def same_words(one: str, other: str) -> bool:
    """Are the two texts the same but for case, spaces and the place of the tone (hoá, hóa)?

    A text typed without any mark matches too ("ho" for "hộ"); a text with other marks does not ("hố" for "hộ").
    """
    if _words(one) != _words(other):
        return False
    one_marks, other_marks = _marks(one), _marks(other)
    return one_marks == other_marks or not one_marks or not other_marks


def shortened(text: str, length: int) -> str:
    """Up to a whole word, with an ellipsis where something is left out."""
    return text if len(text) <= length else f"{text[: length - 1].rsplit(' ', 1)[0]}…"


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text)).strip()


@lru_cache(maxsize=32)
def _variant_patterns(variants: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Longest first, so that "Măng Buk" is replaced before a variant of "Măng" alone."""
    folded = sorted(((_words(other), _words(chosen)) for other, chosen in variants), key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"\b{re.escape(other)}\b"), chosen) for other, chosen in folded if other != chosen)


def _split_tone(word: str) -> tuple[str, int]:
    """The letters of a word without its tone mark (but with ă, â, ê, ô, ơ, ư), and the number of the tone."""
    tone = 0
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = TONES.index(character)
        else:
            kept.append(character)
    return nfc("".join(kept)), tone


def _marks(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return sorted(character for character in decomposed if character == "đ" or unicodedata.combining(character))
