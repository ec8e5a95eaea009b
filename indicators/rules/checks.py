"""Checks on one figure as a person enters, sends or vouches for it: they explain, ask a reason, rarely forbid."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

from indicators.choices import Direction, FigureState, TimeRule
from indicators.rules.habits import HABITS
from indicators.rules.oddities import Check, FigureContext, FigureWarning, Severity
from indicators.rules.pace import PACE
from indicators.rules.progress import ONE, ZERO, ratio
from indicators.rules.sisters import SISTERS
from vietnamese.numbers import format_number, format_percent

# Tỷ entered for triệu makes 1.000; figures of neighbouring periods differ, so a factor of 200 already is suspect.
SLIP_FACTOR = Decimal(200)
PLAN_FACTOR = Decimal("1.5")
SAME_PERIODS = 3
# A number of so many digits hardly comes twice by chance; below ten a level simply stays.
TELLING_DIGITS = 3
SMALL = Decimal(10)


def check_figure(context: FigureContext) -> list[FigureWarning]:
    """Everything odd about a figure, in the order of CHECKS; where none asks a reason, one thing of QUIETER as well.

    What is not reported or did not arise is not odd.
    """
    if context.state != FigureState.REPORTED:
        return []
    amount = context.amount
    found = [] if amount is None else [one for check in CHECKS if (one := check(context, amount))]
    if amount is not None and all(one.severity == Severity.NOTE for one in found):
        found += [one for check in QUIETER if (one := check(context, amount))][:1]
    missing = evidence_missing(context)
    return [*found, missing] if missing else found


def running_total_falls(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """A running total cannot fall; a percentage may."""
    if context.time_rule != TimeRule.RUNNING or context.is_bare_rate or not context.levels:
        return None
    before = context.levels[-1]
    if (amount <= before) if context.is_reduction else (amount >= before):
        return None
    word = "ít hơn" if context.is_reduction else "thấp hơn"
    when = "kỳ trước" if context.history else "đầu kỳ"
    sentence = (
        f"Số lũy kế {context.say(amount)} {word} {when} ({context.say(before)}). Kiểm tra lại; nếu đúng, ghi lý do."
    )
    return FigureWarning("running_falls", sentence, Severity.NEEDS_REASON)


def negative_amount(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Work done is not negative, unless the plan is a reduction or an earlier figure is put right."""
    if amount >= ZERO or context.is_reduction or context.is_bare_rate:
        return None
    sentence = f"Số liệu nhỏ hơn 0: {context.say(amount)}. Nếu là điều chỉnh giảm số đã báo cáo, ghi lý do."
    return FigureWarning("negative", sentence, Severity.NEEDS_REASON)


def lost_minus(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """A plan to reduce is reported with a minus."""
    if not context.is_reduction or amount <= ZERO or context.target is None:
        return None
    sentence = (
        f"Kế hoạch là giảm ({context.say(context.target)}) nhưng số liệu là {context.say(amount)}. "
        "Thiếu dấu trừ thì sửa lại; nếu thật sự tăng, ghi lý do."
    )
    return FigureWarning("minus", sentence, Severity.NEEDS_REASON)


def slip_of_scale(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """About a thousand times more or less than the unit's own history: tỷ for triệu, m² for ha."""
    past = context.history if context.time_rule == TimeRule.FLOW else context.levels
    known = [abs(value) for value in past if value != ZERO]
    if not known or amount == ZERO:
        return None
    usual = median(known) if context.time_rule == TimeRule.FLOW else known[-1]
    factor = abs(amount) / usual
    if ONE / SLIP_FACTOR < factor < SLIP_FACTOR:
        return None
    if factor > ONE:
        how = f"gấp {format_number(factor, 0)} lần"
    else:
        how = f"chỉ bằng 1/{format_number(ONE / factor, 0)}"
    sentence = (
        f"{context.say(amount)} {how} các kỳ trước (khoảng {context.say(usual)}). "
        "Có thể nhầm đơn vị tính (tỷ, triệu, nghìn); sửa lại hoặc ghi lý do."
    )
    return FigureWarning("scale", sentence, Severity.NEEDS_REASON)


def far_over_plan(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """More than one and a half times the plan."""
    done = context.reached(amount)
    rate = ratio(done, context.target)
    if rate is None or rate <= PLAN_FACTOR * 100 or done is None:
        return None
    plan = "" if context.plan_amount is None else f" ({context.say(done)} trên {context.say(context.plan_amount)})"
    sentence = f"Bằng {format_percent(rate)} kế hoạch{plan}. Kiểm tra lại; nếu đúng, ghi lý do."
    return FigureWarning("over_plan", sentence, Severity.NEEDS_REASON)


def numerator_over_denominator(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """More of something than there is of it; and no part of nothing."""
    for name, denominator in context.denominators:
        if denominator is None:
            continue
        if denominator < ZERO or (denominator == ZERO and amount != ZERO):
            sentence = f"Mẫu số “{name}” là {context.say(denominator)}, không tính được tỷ lệ. Nhập mẫu số lớn hơn 0."
            return FigureWarning("denominator", sentence, Severity.FORBIDDEN)
        if amount > denominator:
            sentence = (
                f"Số thực hiện {context.say(amount)} lớn hơn “{name}” {context.say(denominator)}. "
                "Kiểm tra cả hai số; nếu đúng, ghi lý do."
            )
            return FigureWarning("numerator", sentence, Severity.NEEDS_REASON)
    return None


def same_value_again(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """The same value three periods running: perhaps copied. Zeros are another matter."""
    recent = context.previous[-(SAME_PERIODS - 1) :]
    if amount == ZERO or context.is_cumulative or (context.time_rule == TimeRule.LEVEL and abs(amount) < SMALL):
        return None
    if len(recent) < SAME_PERIODS - 1 or any(value != amount for value in recent):
        return _same_as_before(context, amount)
    sentence = f"{SAME_PERIODS} kỳ liền cùng một số: {context.say(amount)}. Xem lại đã phải số của kỳ này chưa."
    return FigureWarning("same_again", sentence, Severity.NOTE)


def _same_as_before(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """A number of several digits that is exactly the last one: perhaps copied."""
    written = f"{abs(amount.normalize()):f}".replace(".", "").lstrip("0")
    if not context.previous or context.previous[-1] != amount or len(written) < TELLING_DIGITS:
        return None
    sentence = f"Trùng đúng số kỳ trước: {context.say(amount)}. Xem lại đã phải số của kỳ này chưa."
    return FigureWarning("same_again", sentence, Severity.NOTE)


def zero_for_blank(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """A zero that may stand for "not known yet": after figures that were not zero, or as the first towards a plan."""
    if amount != ZERO or context.direction != Direction.MORE:
        return None
    before = context.history[-1] if context.history else None
    if before is None and context.target and context.target > ZERO:
        plan = "" if context.plan_amount is None else f" ({context.say(context.plan_amount)})"
        sentence = (
            f"Số 0 được tính là đã báo cáo, bằng {format_percent(ZERO, 0)} kế hoạch{plan}. Nếu chưa có số, để trống."
        )
        return FigureWarning("zero", sentence, Severity.NOTE)
    if not before or context.time_rule == TimeRule.RUNNING:
        return None
    if context.time_rule == TimeRule.LEVEL:
        sentence = (
            f"Số thời điểm là 0, kỳ trước là {context.say(before)}. Nếu chưa có số, để trống; nếu đúng, ghi lý do."
        )
        return FigureWarning("zero", sentence, Severity.NEEDS_REASON)
    sentence = (
        f"Kỳ này là 0, kỳ trước là {context.say(before)}. "
        "Nếu chưa có số, để trống; nếu trong kỳ không có gì, chọn “Không phát sinh”."
    )
    return FigureWarning("zero", sentence, Severity.NOTE)


def parts_exceed_whole(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """A *trong đó* list may be incomplete, but is never more than the whole."""
    parts = [(name, value) for name, value in context.parts if value is not None]
    together = sum((value for _, value in parts), ZERO)
    if not parts or context.is_reduction or amount < ZERO or together <= amount:
        return None
    names = ", ".join(f"{name} {context.say(value)}" for name, value in parts)
    sentence = f"Các phần trong đó ({names}) cộng lại {context.say(together)}, lớn hơn toàn bộ {context.say(amount)}."
    return FigureWarning("parts", f"{sentence} Sửa lại hoặc ghi lý do.", Severity.NEEDS_REASON)


def parts_miss_whole(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Parts that are said to be complete come to the whole; that they are more is said already."""
    parts = [value for _, value in context.parts if value is not None]
    together = sum(parts, ZERO)
    if not context.has_all_parts or len(parts) < len(context.parts) or not parts or together >= amount:
        return None
    sentence = f"Các phần cộng lại {context.say(together)}, phải bằng toàn bộ nhưng toàn bộ là {context.say(amount)}."
    return FigureWarning("parts_miss", f"{sentence} Sửa lại hoặc ghi lý do.", Severity.NEEDS_REASON)


def unfit_for_whole(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """With the other parts more than their whole, or less where the parts are complete.

    Said where this part may be the wrong one: a part smaller than the excess does not explain it.
    """
    whole = context.whole
    if whole is None or amount < ZERO or whole.amount < ZERO:
        return None
    together = amount + whole.other_parts
    excess = together - whole.amount
    if excess == ZERO or excess > amount or (excess < ZERO and not whole.has_all_parts):
        return None
    word = "lớn hơn" if excess > ZERO else "nhỏ hơn"
    sentence = f"Cùng các phần khác được {context.say(together)}, {word} “{whole.name}” ({context.say(whole.amount)})."
    return FigureWarning("whole", f"{sentence} Xem lại cả hai số.", Severity.NOTE)


def differs_from_units(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """The figure of the whole is not what its units add up to."""
    if context.sum_of_units is None or context.sum_of_units == amount:
        return None
    sentence = (
        f"Cộng số của các đơn vị được {context.say(context.sum_of_units)}, khác {context.say(amount)}. "
        "Đối chiếu lại hoặc ghi lý do."
    )
    return FigureWarning("units_differ", sentence, Severity.NEEDS_REASON)


def differs_from_issued(context: FigureContext, amount: Decimal) -> FigureWarning | None:
    """Another number than one that has already gone out in a report."""
    if context.issued is None or context.issued == amount:
        return None
    where = context.issued_in or "báo cáo đã phát hành"
    sentence = f"Khác số đã nêu trong {where}: {context.say(context.issued)}, nay là {context.say(amount)}. Ghi lý do."
    return FigureWarning("issued_differs", sentence, Severity.NEEDS_REASON)


def evidence_missing(context: FigureContext) -> FigureWarning | None:
    """An indicator that asks for proof has none; a zero needs none."""
    if not context.evidence_required or context.evidence_count > 0 or context.amount == ZERO:
        return None
    sentence = "Chỉ tiêu này cần minh chứng nhưng chưa có tệp nào. Đính kèm tệp hoặc ghi lý do."
    return FigureWarning("evidence", sentence, Severity.NEEDS_REASON)


CHECKS: tuple[Check, ...] = (
    numerator_over_denominator,
    slip_of_scale,
    running_total_falls,
    negative_amount,
    lost_minus,
    far_over_plan,
    parts_exceed_whole,
    parts_miss_whole,
    unfit_for_whole,
    differs_from_units,
    differs_from_issued,
    zero_for_blank,
    same_value_again,
)
#: Said where nothing plainer is, the first of them alone: one sentence is enough to look again.
QUIETER: tuple[Check, ...] = (*HABITS, *PACE, *SISTERS)
