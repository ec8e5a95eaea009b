"""The parts of an official letter by Decree 30/2020/NĐ-CP: who writes, number and date, title, signature, recipients.

Plain frozen data with the decree's rules of writing; the templates in `templates/paper/` set it on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paper.measure import even_lines

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
UNNAMED = "(Họ và tên)"
# The room of a title within the text's width, and its size; in a report that must stay short the smaller one.
TITLE_MM, TITLE_POINTS, COMPACT_POINTS = 139, 14, 13
# Blanks that the registry fills in: spaces that HTML does not fold and a line does not break at.
_NUMBER_BLANK = "\u00a0" * 8
_DATE_BLANK = "\u00a0" * 6
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number_line(symbol: str, number: int | None = None) -> str:
    """ "Số: 05/BC-UBND", or with a blank for the registry; numbers below 10 take a leading zero."""
    return f"Số: {number:02d}/{symbol}" if number is not None else f"Số:{_NUMBER_BLANK}/{symbol}"


def date_line(year: int, on: date | None = None) -> str:
    """ "ngày 05 tháng 01 năm 2025", or with blanks; days below 10 and the months 1 and 2 take a leading zero."""
    if on is None:
        return f"ngày{_DATE_BLANK}tháng{_DATE_BLANK}năm {year}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def roman(number: int) -> str:
    """The Roman numeral of a part or annex, from 1 to 39."""
    if not 1 <= number <= 39:
        raise ValueError(f"Số La Mã chỉ dùng từ 1 đến 39, không phải {number}.")
    numeral = ""
    for value, letters in _ROMAN:
        while number >= value:
            numeral, number = numeral + letters, number - value
    return numeral


@dataclass(frozen=True)
class Letterhead:
    """The head of the letter: a department under its superior, or a Committee alone, in bold lines.

    `issuer` and `superior` are written in capitals, line by line; `name` is the issuer's in running text.
    """

    issuer: tuple[str, ...]
    number_pattern: str
    place: str
    date_text: str
    superior: tuple[str, ...] = ()
    name: str = ""

    @property
    def place_and_date(self) -> str:
        """Place and date as one line, set in italics."""
        return f"{self.place}, {self.date_text}"


@dataclass(frozen=True)
class Title:
    """Kind of document and what it is about; `about` may be given in the lines that the office wants.

    An official dispatch (công văn) has no kind: what it is about ("V/v …") stands below its number.
    """

    kind: str
    about: tuple[str, ...]

    @property
    def plain(self) -> str:
        """The title in one line, for bookmarks, file names and the PDF's own title."""
        return " ".join((self.kind, *self.about)).strip()


@dataclass(frozen=True)
class SignatureBlock:
    """The lines of authority and post ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") over the name."""

    lines: tuple[str, ...]
    name: str = UNNAMED


@dataclass(frozen=True)
class Recipients:
    """Nơi nhận: to whom, and where the copy is kept ("VT" and the office that drafted it)."""

    to: tuple[str, ...]
    kept: str

    @property
    def lines(self) -> list[str]:
        """The list as the decree punctuates it: each line ends with a semicolon, the kept copy with a full stop."""
        return [*(f"- {name};" for name in self.to), f"- Lưu: {self.kept}."]


@dataclass(frozen=True)
class Annex:
    """The head of an annex: its number (a Roman one where there are several), title, and the report it goes with."""

    number: int
    label: str
    title: str
    reference: str = ""

    @property
    def plain(self) -> str:
        """Label and title in one line, for bookmarks."""
        return f"{self.label}. {self.title}"


def annexes(titles: Sequence[str], reference: str = "") -> list[Annex]:
    """The heads of a report's annexes: "Phụ lục" alone, or "Phụ lục I", "Phụ lục II"… where there are several."""
    numbered = len(titles) > 1
    return [
        Annex(place, f"Phụ lục {roman(place)}" if numbered else "Phụ lục", title, reference)
        for place, title in enumerate(titles, start=1)
    ]


@dataclass(frozen=True)
class Letter:
    """A whole letter but for its text. `compact` sets it in the smaller of the sizes that the decree allows."""

    letterhead: Letterhead
    title: Title
    signature: SignatureBlock
    recipients: Recipients
    addressees: tuple[str, ...] = ()
    draft: bool = False
    illustrative: bool = False
    compact: bool = False

    country = COUNTRY
    motto = MOTTO

    @property
    def markings(self) -> list[str]:
        """What must stand on every page: that the letter is a draft, that its figures are illustrative."""
        return [
            *(["DỰ THẢO"] if self.draft else []),
            *(["Số liệu minh họa"] if self.illustrative else []),
        ]

    @property
    def running_marking(self) -> str:
        """The markings in one line, for the bottom margin of every page."""
        return " · ".join(self.markings)

    @property
    def title_lines(self) -> list[str]:
        """What it is about, long lines broken evenly: no word stands alone on the last."""
        points = COMPACT_POINTS if self.compact else TITLE_POINTS
        return [part for line in self.title.about for part in even_lines(line, TITLE_MM, points)]

    def annexes(self, titles: Sequence[str]) -> list[Annex]:
        """Heads of this letter's annexes, each saying with which letter it goes."""
        head = self.letterhead
        number = head.number_pattern.replace("Số:", "số", 1)
        # The name stays on one line: a last word alone below reads badly.
        of = f" của {head.name}".replace(" ", "\u00a0") if head.name else ""
        on = head.date_text.replace("năm ", "năm\u00a0")
        return annexes(titles, f"(Kèm theo {self.title.kind.capitalize()} {number} {on}{of})")
