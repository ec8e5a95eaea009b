"""The words of a standing: amounts, percentages, targets, openings, completeness, statuses of tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from indicators.choices import ClaimSubject, TaskStatus
from indicators.models import Claim, Indicator, Opening
from indicators.tables.standings_source import OFFICIAL, Reporter, Sums
from indicators.tables.wording import NONE, with_operator
from units.rules.calling import called_together
from vietnamese.numbers import format_number, format_trimmed

SIDES = " hoặc "
DONE_FIRST = (TaskStatus.DONE, TaskStatus.IN_PROGRESS, TaskStatus.BLOCKED, TaskStatus.NOT_STARTED)


def amount(value: Decimal | None, decimals: int) -> str:
    """A number in the indicator's decimals, or a dash for what is not known."""
    return NONE if value is None else format_number(value, decimals)


def percent(value: Decimal | None) -> str:
    """A percentage with one decimal and its sign, or a dash."""
    return NONE if value is None else f"{format_number(value, 1)} %"


def opening(rows: Sequence[Opening], indicator: Indicator, claims: Sequence[Claim] = ()) -> str:
    """What was done before the launch: an amount, a percentage that stays one, or both sides of a contradiction."""
    if claims:
        return SIDES.join(claim(one, indicator) for one in claims)
    parts = []
    for row in rows:
        if row.amount is not None:
            parts.append(with_operator(row.operator, format_number(row.amount, indicator.decimals)))
        if row.rate is not None:
            parts.append(with_operator(row.operator, f"{format_trimmed(row.rate)} %"))
    return "; ".join(parts) or NONE


def claim(row: Claim, indicator: Indicator) -> str:
    """One side of a contradiction, as the document says it."""
    if row.subject == ClaimSubject.OPENING_RATE or row.unit_of_measure == "%":
        return f"{format_trimmed(row.value)} %"
    return format_trimmed(row.value, indicator.decimals)


def dispute(claims: Sequence[Claim], years: Sequence[Decimal | None], indicator: Indicator) -> str:
    """Both sides of a contradiction, and where the year would stand under each."""
    sides = SIDES.join(claim(one, indicator) for one in claims)
    if len(claims) == 1:
        return f"Văn bản nêu {sides} nhưng tự mâu thuẫn, chưa ai quyết định nên chưa dùng số này"
    known = [percent(year) for year in years if year is not None]
    stands = f"; cả năm đứng ở {SIDES.join(known)} kế hoạch" if known and len(known) == len(claims) else ""
    return f"Văn bản nêu {sides}, chưa ai quyết định nên chưa dùng số nào{stands}"


def kind_words(reporters: Sequence[Reporter]) -> str:
    """How to call the units together, from their kinds."""
    return called_together([(one.kind, one.is_territorial) for one in reporters])


def completeness(reporters: Sequence[Reporter], now: Sums, basis: str) -> str:
    """Of how many units the number consists: "8/9 đơn vị, đã xác nhận 6/9"."""
    counted = now.received if basis == OFFICIAL else now.sent
    return f"{counted}/{now.owed} {kind_words(reporters)}, đã xác nhận {now.confirmed}/{now.owed}"


def one_unit(now: Sums) -> str:
    """How far one unit's figure is."""
    if not now.sent:
        return "chưa gửi"
    step = "đã tiếp nhận" if now.received else "đã gửi"
    return f"{step}, {'đã' if now.confirmed else 'chưa'} xác nhận"


def statuses(counts: Mapping[str, int]) -> str:
    """How many units report which status of a task: "5 hoàn thành, 3 đang thực hiện, 1 chưa báo cáo"."""
    words = [(status.value, status.label.lower()) for status in DONE_FIRST] + [("", "chưa báo cáo")]
    if sum(counts.values()) == 1:
        return next((word for status, word in words if counts.get(status)), NONE).capitalize()
    return ", ".join(f"{counts[status]} {word}" for status, word in words if counts.get(status)) or NONE
