"""How good the forecast is: tried on made-up years against the straight line, fixed colours and a plain guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Direction, Operator, TimeRule
from indicators.rules.forecast import LIKELY, MINIMUM_PERIODS, UNLIKELY, Forecast, Observation, chance, forecast
from indicators.rules.made_years import TARGET, MadeYear, made_years

#: The methods with their Vietnamese names; the last two have no interval.
PATH, LINE, COLOURS, GUESS = "path", "line", "colours", "guess"
METHODS = {
    PATH: "Dự báo theo lộ trình",
    LINE: "Đường thẳng",
    COLOURS: "Màu cố định 70/90 %",
    GUESS: "Đoán theo tỷ lệ chung",
}
#: The groups of cases.
ALL, RIGHT, WRONG, EARLY, LATE = "all", "right", "wrong", "early", "late"
GROUPS = {
    ALL: "Tất cả",
    RIGHT: "Lộ trình đúng",
    WRONG: "Lộ trình sai",
    EARLY: "Nửa đầu thời gian",
    LATE: "Nửa sau thời gian",
}


@dataclass(frozen=True)
class Case:
    """One forecast that could be tested: what a method said in a period, and what came."""

    groups: tuple[str, ...]
    chances: dict[str, float]
    covers: dict[str, bool]
    is_met: bool


@dataclass(frozen=True)
class Score:
    """How a method did in a group: parts of right answers and of intervals that held the end; a mean Brier score.

    Brier: the mean square between the chance given and what came, 0 the best; who always says 50 % has 0.25.
    """

    cases: int
    hits: float
    brier: float
    coverage: float | None


@dataclass(frozen=True)
class Record:
    """The whole trial: scores by group and method, and how often likely and unlikely ends came true."""

    years: int
    seed: int
    scores: dict[str, dict[str, Score]]
    likely_kept: float
    unlikely_kept: float
    unanswered: int


def backtest(years: int, seed: int) -> Record:
    """Try all methods on the same years; colours and guess are told the frequencies of as many other years."""
    taught = _colour_chances(made_years(years, seed + 1))
    cases, unanswered = [], 0
    for year in made_years(years, seed):
        for case in _cases(year, taught):
            if case is None:
                unanswered += 1
            else:
                cases.append(case)
    said = [(case.chances[PATH], case.is_met) for case in cases]
    return Record(
        years=years,
        seed=seed,
        scores={group: {one: _score(cases, group, one) for one in METHODS} for group in GROUPS},
        likely_kept=_mean([float(is_met) for likely, is_met in said if likely >= LIKELY]),
        unlikely_kept=_mean([float(not is_met) for likely, is_met in said if likely <= UNLIKELY]),
        unanswered=unanswered,
    )


def losses(record: Record) -> list[tuple[str, str]]:
    """Where the forecast is not the best: (group, method that has the lower Brier score)."""
    found = []
    for group, scores in record.scores.items():
        best = min(scores, key=lambda one: scores[one].brier)
        if best != PATH:
            found.append((group, best))
    return found


def _cases(year: MadeYear, taught: dict[str, float]) -> Iterator[Case | None]:
    """The periods from the third to the last but one, as long as the plan is not met; None where no path has begun."""
    periods, end = len(year.path), year.cumulatives[-1]
    is_met = end >= TARGET
    shares = [_decimal(share) for share in year.path]
    amounts = [_decimal(amount) for amount in year.cumulatives]
    gone = [Decimal(number) / periods for number in range(1, periods + 1)]
    start = Observation(Decimal(0), Decimal(0), Decimal(0))
    for seen in range(MINIMUM_PERIODS, periods):
        if amounts[seen - 1] >= TARGET:
            return
        ours = _forecast(start, zip(shares[:seen], amounts[:seen], gone[:seen], strict=True))
        line = _forecast(start, zip(gone[:seen], amounts[:seen], gone[:seen], strict=True))
        if ours.expected is None:
            yield None
            continue
        groups = (ALL, WRONG if year.is_path_wrong else RIGHT, EARLY if seen * 2 <= periods else LATE)
        chances = {PATH: _chance(ours), LINE: _chance(line)}
        chances |= {COLOURS: taught[_colour(year.cumulatives[seen - 1])], GUESS: taught[GUESS]}
        yield Case(groups, chances, {PATH: _holds(ours, end), LINE: _holds(line, end)}, is_met)


def _forecast(start: Observation, rows: Iterable[tuple[Decimal, Decimal, Decimal]]) -> Forecast:
    return forecast(start, [Observation(*row) for row in rows], time_rule=TimeRule.FLOW)


def _chance(found: Forecast) -> float:
    return float(chance(found, _decimal(TARGET), direction=Direction.MORE, operator=Operator.AT_LEAST) or 0)


def _holds(found: Forecast, end: float) -> bool:
    """Did the end lie within the interval?"""
    return found.low is not None and found.high is not None and found.low <= _decimal(end) <= found.high


def _colour(amount: float) -> str:
    """The traffic light that ignores the month: red below 70 % of the plan, yellow below 90 %."""
    return "red" if amount < 0.7 * TARGET else "yellow" if amount < 0.9 * TARGET else "green"


def _colour_chances(years: Iterator[MadeYear]) -> dict[str, float]:
    """How often the plan was met after each colour, and at all: the best that the colours can say."""
    seen: dict[str, list[float]] = defaultdict(list)
    for year in years:
        is_met = float(year.cumulatives[-1] >= TARGET)
        for amount in year.cumulatives[MINIMUM_PERIODS - 1 : -1]:
            if amount < TARGET:
                seen[_colour(amount)].append(is_met)
                seen[GUESS].append(is_met)
    return {colour: _mean(seen[colour]) for colour in ("red", "yellow", "green", GUESS)}


def _score(cases: Sequence[Case], group: str, method: str) -> Score:
    mine = [case for case in cases if group in case.groups]
    said = [(case.chances[method], case.is_met) for case in mine]
    covered = [float(case.covers[method]) for case in mine if method in case.covers]
    return Score(
        cases=len(mine),
        hits=_mean([float((chance >= 0.5) == is_met) for chance, is_met in said]),
        brier=_mean([(chance - is_met) ** 2 for chance, is_met in said]),
        coverage=_mean(covered) if covered else None,
    )


def _mean(values: Sequence[float]) -> float:
    """The mean, rounded so that a record is the same everywhere."""
    return round(sum(values) / len(values), 4) if values else 0.0


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
