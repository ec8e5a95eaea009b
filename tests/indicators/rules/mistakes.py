"""Mistakes as people make them in a month's column of numbers; nothing here knows what any check looks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

#: What a person takes one unit of measure for: the factor by which the number then is wrong.
CONFUSED = {
    "triệu đồng": (Decimal(1000000), Decimal("0.001"), Decimal(1000)),
    "ha": (Decimal(10000), Decimal("0.01")),
    "cây": (Decimal("0.001"),),
    "lượt": (Decimal("0.001"),),
}


@dataclass(frozen=True)
class Cell:
    """One number of a page: what is right, how it is written, and what stood there in the period before."""

    amount: Decimal
    decimals: int
    unit_of_measure: str
    before: Decimal | None
    #: How far apart the right steps of this row lie in the whole campaign; None: too few are known.
    scatter: Decimal | None = None


Page = Sequence[Cell]
#: The wrong numbers by place on the page.
Mistake = dict[int, Decimal]


def ten_times(page: Page, at: int, random: Random) -> Mistake:
    """A zero too many."""
    return {at: page[at].amount * 10}


def thousand_times(page: Page, at: int, random: Random) -> Mistake:
    """Tỷ taken for triệu, or three zeros too many."""
    return {at: page[at].amount * 1000}


def swapped_digits(page: Page, at: int, random: Random) -> Mistake:
    """Two neighbouring digits in the wrong order."""
    cell = page[at]
    digits = list(str(int(cell.amount.scaleb(cell.decimals))))
    places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and digits[n].isdigit()]
    if not places:
        return {}
    n = random.choice(places)
    digits[n], digits[n + 1] = digits[n + 1], digits[n]
    return {at: Decimal("".join(digits)).scaleb(-cell.decimals)}


def wrong_unit(page: Page, at: int, random: Random) -> Mistake:
    """The number of another unit of measure."""
    cell = page[at]
    factors = CONFUSED.get(cell.unit_of_measure, ())
    wrong = [round(cell.amount * factor, cell.decimals) for factor in factors]
    return {at: random.choice(wrong)} if wrong else {}


def lost_sign(page: Page, at: int, random: Random) -> Mistake:
    """A minus too many, or one that was lost."""
    return {at: -page[at].amount}


def shifted_rows(page: Page, at: int, random: Random) -> Mistake:
    """From one row on every number stands one row too low."""
    start = random.randrange(len(page) - 1) if len(page) > 1 else 0
    return {n: page[n - 1].amount for n in range(start + 1, len(page))}


def copied_month(page: Page, at: int, random: Random) -> Mistake:
    """The column of the month before, sent again."""
    return {n: cell.before for n, cell in enumerate(page) if cell.before is not None}


ONE_CELL: dict[str, Callable[[Page, int, Random], Mistake]] = {
    "gấp 10": ten_times,
    "gấp 1000": thousand_times,
    "đảo hai chữ số": swapped_digits,
    "nhầm đơn vị tính": wrong_unit,
    "sai dấu": lost_sign,
}
WHOLE_PAGE: dict[str, Callable[[Page, int, Random], Mistake]] = {
    "lệch một dòng": shifted_rows,
    "chép lại tháng trước": copied_month,
}


def really_wrong(page: Page, mistake: Mistake) -> Mistake:
    """Only what differs from the right numbers."""
    return {n: amount for n, amount in mistake.items() if amount != page[n].amount}


def is_ordinary(page: Page, mistake: Mistake) -> bool:
    """Might every wrong number as well be right: is it off by no more than the row's steps differ anyway?"""
    return all(_is_ordinary(page[at], amount) for at, amount in mistake.items())


def _is_ordinary(cell: Cell, amount: Decimal) -> bool:
    return cell.scatter is not None and abs(amount - cell.amount) <= cell.scatter
