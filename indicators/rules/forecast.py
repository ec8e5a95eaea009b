"""Forecast of the cumulative at the end, by the remaining shape of the path: value, interval, chance, and the words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from indicators.choices import Direction, TimeRule
from indicators.rules.progress import HUNDRED, ONE, ZERO, is_met
from vietnamese.dates import format_date
from vietnamese.numbers import format_number, format_percent

MINIMUM_PERIODS = 3
NOT_ENOUGH_DATA = "chưa đủ dữ liệu"
PATH_NOT_BEGUN = "lộ trình chưa bắt đầu"
PATH_FITS_BADLY = "các kỳ đã có khớp với nhịp đều hơn là với lộ trình giao, nên dự báo nghiêng về nhịp đều"

# Student's t for an interval of 80 %, by degrees of freedom; from ten on the normal distribution serves.
T_80 = tuple(
    Decimal(text) for text in ("3.078", "1.886", "1.638", "1.533", "1.476", "1.440", "1.415", "1.397", "1.383")
)
NORMAL_80 = Decimal("1.282")

# A path is somebody's plan and may be wrong. Before anything is seen it is believed three times as much as the straight
# line; what has been done since shifts that belief (see `_belief`). Once the path is at its end it is believed, and
# half of its distance to the straight line is taken as doubt. Chosen on made-up years other than the kept record's.
BELIEF_IN_PATH = Decimal(3)
SLOWNESS = Decimal("0.25")
DOUBT_OF_PATH = Decimal("0.5")
# A fit is never believed beyond a hundredth of what was done: three periods may lie on a line by chance.
LEAST_MISFIT = Decimal("0.01")
# Neither reading knows of shocks: their errors are too small by about a third.
WIDENING = Decimal("1.3")

# The work may follow a third shape that is neither the path nor the straight line. It is reckoned with the more, the
# more of the path is still to come; then either end is as likely. Chosen as the others, tried on further years.
NEITHER = Decimal("0.4")

# From which chance on an end is called likely, and up to which unlikely; between them nothing is claimed.
LIKELY, UNLIKELY = Decimal("0.8"), Decimal("0.2")
HALF = Decimal("0.5")


class Observation(NamedTuple):
    """The cumulative at the end of a reported period, the path share due by then and the share of time gone (0 to 1).

    Where the time is not given nothing is known of a straight line, and the path is not doubted.
    """

    share: Decimal
    cumulative: Decimal
    elapsed: Decimal | None = None


@dataclass(frozen=True)
class Forecast:
    """The cumulative expected at the end with an interval of 80 %; without `expected`, the reason why there is none.

    `error` is the standard error of `expected` with its degrees of `freedom`; `now` is what stands already; `belief`,
    0 to 1, how much the path is believed beside the straight line.
    """

    expected: Decimal | None
    low: Decimal | None
    high: Decimal | None
    periods: int
    reason: str = ""
    now: Decimal = ZERO
    error: Decimal = ZERO
    freedom: int = 1
    adds_up: bool = True
    rest: Decimal = ZERO
    belief: Decimal = ONE


def forecast(
    opening: Observation | None,
    observations: Iterable[Observation],
    *,
    time_rule: str,
    end_share: Decimal = ONE,
    reached: Decimal | None = None,
) -> Forecast:
    """What the cumulative will be when the path is at its end, if work goes on at the pace it had.

    Let ΔC and ΔS be what was done and what share fell due in each period since the opening (since the first period
    where the opening is unknown). The pace is k = ΣΔC ÷ ΣΔS, an amount per full path, so a season that is over brings
    nothing more and one still to come brings its part. Expected: C now + k × (end share − S now).
    Interval: s is the standard deviation of the periods' own paces ΔC ÷ ΔS around k, weighted by ΔS, and
    e = s × rest × √(1/n + 1/m), with n periods seen and m periods of the usual ΔS to come: the error of the pace seen
    and the scatter of what follows. The same is reckoned on a straight line over time, and both are weighed by how
    well each explains what was done (`_mixed`): their mean is expected, and what parts them adds to the error. Half
    width = t × error. What adds up does not fall below what is done, nor below what is `reached` by reports that are
    too few yet for a period of their own; nor does anything fall below zero that never was there. Fewer than three
    periods: no forecast, "chưa đủ dữ liệu".
    """
    seen = list(observations)
    if len(seen) < MINIMUM_PERIODS:
        return Forecast(None, None, None, len(seen), NOT_ENOUGH_DATA)
    points = seen if opening is None else [opening, *seen]
    ahead = _ahead([(one.share, one.cumulative) for one in points], end_share)
    if ahead is None:
        return Forecast(None, None, None, len(seen), PATH_NOT_BEGUN)
    now, belief, error = points[-1].cumulative, ONE, ahead.error * WIDENING
    if all(one.elapsed is not None for one in points):
        ahead, belief, error = _mixed(points, ahead)
    adds_up = time_rule != TimeRule.LEVEL
    if reached is not None and adds_up and ahead.more >= ZERO:
        now = max(now, reached)
    expected = max(points[-1].cumulative + ahead.more, now) if adds_up and ahead.more >= ZERO else now + ahead.more
    low, high = _interval(expected, _quantile(ahead.freedom) * error, now if adds_up else None)
    if expected >= ZERO and all(one.cumulative >= ZERO for one in points):
        low = max(low, ZERO)
    return Forecast(expected, low, high, len(seen), "", now, error, ahead.freedom, adds_up, ahead.rest, belief)


def _mixed(points: Sequence[Observation], ahead: _Ahead) -> tuple[_Ahead, Decimal, Decimal]:
    """Path and straight line together: what is still to come, the belief in the path, and the error.

    With belief w: more = w·path + (1 − w)·line; error² = w·e_path² + (1 − w)·e_line² + w·(1 − w)·(path − line)², the
    spread within each reading and that between them.
    """
    over_time = [(one.elapsed or ZERO, one.cumulative) for one in points]
    straight = _ahead(over_time, ONE)
    if straight is None:
        return ahead, ONE, ahead.error * WIDENING
    apart = straight.more - ahead.more
    if ahead.rest == ZERO:
        doubt = DOUBT_OF_PATH * apart
        return ahead, ONE, (ahead.error**2 + doubt**2).sqrt()
    belief = _belief([(one.share, one.cumulative) for one in points], over_time)
    other = ONE - belief
    within = belief * ahead.error**2 + other * straight.error**2
    error = (within + belief * other * apart**2).sqrt() * WIDENING
    return ahead._replace(more=ahead.more + other * apart), belief, error


def _belief(by_path: Sequence[tuple[Decimal, Decimal]], over_time: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """How much the path is believed beside the straight line, 0 to 1.

    The odds are 3 : 1 × (misfit of the line ÷ misfit of the path) ^ (n ÷ 4) after n periods: as likelihoods of normal
    errors would say, at half their speed, because months hang together.
    """
    done = sum((after[1] - before[1]) ** 2 for before, after in pairwise(by_path)) * LEAST_MISFIT
    path, line = _misfit(by_path) + done, _misfit(over_time) + done
    if path == ZERO or line == ZERO:
        return BELIEF_IN_PATH / (BELIEF_IN_PATH + ONE)
    odds = BELIEF_IN_PATH * (line / path) ** (SLOWNESS * (len(by_path) - 1))
    return odds / (odds + ONE)


def _misfit(points: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The squares of what the periods' amounts differ from one common pace along the shape."""
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points)]
    pace = sum((amount for _, amount in steps), ZERO) / sum((share for share, _ in steps), ZERO)
    return sum(((amount - pace * share) ** 2 for share, amount in steps), ZERO)


def _interval(expected: Decimal, half: Decimal, done: Decimal | None) -> tuple[Decimal, Decimal]:
    """Half a width to either side, not back beyond what is done."""
    low, high = expected - half, expected + half
    if done is None:
        return low, high
    return (max(low, done), high) if expected >= done else (low, min(high, done))


class _Ahead(NamedTuple):
    """What is still to come on a shape: the amount, its standard error, the degrees of freedom, the share left."""

    more: Decimal
    error: Decimal
    freedom: int
    rest: Decimal


def _ahead(points: Sequence[tuple[Decimal, Decimal]], end_share: Decimal) -> _Ahead | None:
    """The pace so far carried over the rest of the shape; None where no share has fallen due yet."""
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points)]
    due = sum((share for share, _ in steps), ZERO)
    if due <= ZERO:
        return None
    rest = max(end_share - points[-1][0], ZERO)
    pace = sum((amount for _, amount in steps), ZERO) / due
    # Periods in which no share fell due tell nothing about the pace.
    paced = [(share, amount / share) for share, amount in steps if share > ZERO]
    seen = len(paced)
    if seen < 2 or rest == ZERO:
        return _Ahead(pace * rest, ZERO, 1, rest)
    scatter = sum((share * (own - pace) ** 2 for share, own in paced), ZERO) / due
    deviation = (scatter * seen / (seen - 1)).sqrt()
    to_come = max(rest / (due / seen), ONE)
    return _Ahead(pace * rest, deviation * rest * (ONE / seen + ONE / to_come).sqrt(), seen - 1, rest)


def _quantile(freedom: int) -> Decimal:
    """Student's t for the interval."""
    return T_80[freedom - 1] if freedom <= len(T_80) else NORMAL_80


# How likely the plan is met.


def chance(found: Forecast, target: Decimal | None, *, direction: str, operator: str) -> Decimal | None:
    """How likely the plan is met at the end, 0 to 1, by Student's distribution around what is expected.

    With r of the path still to come neither reading is believed for 0,4·r; there the chance is even:
    (1 − 0,4·r)·Student + 0,4·r ÷ 2. What adds up and is met (or broken, for a limit) already is certain. Of an exact
    plan nothing is claimed. No forecast or no target: None.
    """
    if found.expected is None or target is None or direction == Direction.EXACTLY:
        return None
    reduces = target < ZERO
    is_limit = direction == Direction.FEWER and not reduces
    is_met_now = is_met(found.now, target, direction=direction, operator=operator)
    if found.adds_up and is_met_now != is_limit:
        return ZERO if is_limit else ONE
    if found.error == ZERO:
        known = ONE if is_met(found.expected, target, direction=direction, operator=operator) else ZERO
    else:
        upper = Decimal(str(round(_student((found.expected - target) / found.error, found.freedom), 6)))
        known = ONE - upper if is_limit or reduces else upper
    neither = NEITHER * min(found.rest, ONE)
    return (ONE - neither) * known + neither * HALF


def _student(value: Decimal, freedom: int) -> float:
    """The distribution of Student for whole degrees of freedom: the finite sum of Abramowitz & Stegun 26.7.3–4."""
    angle = math.atan(float(value) / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    term = cosine if freedom % 2 else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        total += term
    inner = (angle + sine * total) * 2 / math.pi if freedom % 2 else sine * total
    return 0.5 + inner / 2


# The words.


def verdict(likelihood: Decimal | None, *, direction: str) -> str:
    """What the chance means: "nhiều khả năng đạt", "chưa chắc đạt", "nhiều khả năng không đạt"."""
    if likelihood is None:
        return ""
    if direction == Direction.FEWER:
        words = ("nhiều khả năng giữ được mức cho phép", "chưa chắc giữ được mức", "nhiều khả năng vượt mức cho phép")
    else:
        words = ("nhiều khả năng đạt kế hoạch", "chưa chắc đạt kế hoạch", "nhiều khả năng không đạt kế hoạch")
    return words[0 if likelihood >= LIKELY else 2 if likelihood <= UNLIKELY else 1]


@dataclass(frozen=True)
class Wording:
    """How numbers of an indicator are written in sentences: its unit of measure and its decimals."""

    unit_of_measure: str
    decimals: int

    def amount(self, value: Decimal) -> str:
        """ "168,3 ha"."""
        return f"{self.number(value)} {self.unit_of_measure}".strip()

    def number(self, value: Decimal) -> str:
        """ "168,3"."""
        return format_number(value, self.decimals)


def interval_text(found: Forecast, wording: Wording) -> str:
    """ "150,2–186,4", "" without a forecast."""
    if found.low is None or found.high is None:
        return ""
    return f"{wording.number(found.low)}–{wording.number(found.high)}"


def forecast_sentence(
    found: Forecast, target: Decimal | None, wording: Wording, *, ends_on: date, is_limit: bool = False
) -> str:
    """The forecast with its reasons, without capital and full stop; a limit is not reached but stood at.

    "nếu giữ nhịp của 5 kỳ đã có thì đến 14/12/2024 đạt 168,3 ha (khoảng 150,2–186,4 ha), bằng 91,7 % kế hoạch; theo lộ
    trình, phần còn lại là 35 %"
    """
    if found.expected is None:
        if found.reason == NOT_ENOUGH_DATA:
            return f"{NOT_ENOUGH_DATA} để dự báo: mới có {found.periods} kỳ, cần ít nhất {MINIMUM_PERIODS} kỳ"
        return f"chưa dự báo được: {found.reason}"
    day = format_date(ends_on)
    if found.rest == ZERO:
        return f"lộ trình đến kỳ này đã hết, dự báo đến {day} vẫn là {wording.amount(found.expected)}"
    verb, plan = ("ở mức", "mức cho phép") if is_limit else ("đạt", "kế hoạch")
    sentence = f"nếu giữ nhịp của {found.periods} kỳ đã có thì đến {day} {verb} {wording.amount(found.expected)}"
    if found.error > ZERO:
        sentence += f" (khoảng {interval_text(found, wording)} {wording.unit_of_measure})".replace(" )", ")")
    if target is not None and target != ZERO:
        sentence += f", bằng {format_percent(found.expected / target * HUNDRED, 1)} {plan}"
    sentence += f"; theo lộ trình, phần còn lại là {format_percent(found.rest * HUNDRED, 0)}"
    return f"{sentence}; {PATH_FITS_BADLY}" if found.belief < HALF else sentence
