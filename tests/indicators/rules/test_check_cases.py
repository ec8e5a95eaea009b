"""The cases that drive the checks on one row here and in the browser (tests/browser/test_checks.py)."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import indicators.rules.checks
from indicators.rules.checks import CHECKS, QUIETER, check_figure
from indicators.rules.oddities import FigureContext

CASES = json.loads(Path(indicators.rules.checks.__file__).with_name("check_cases.json").read_text(encoding="utf-8"))
NUMBERS = ("amount", "cumulative", "target", "opening")
#: What one row of the page cannot know: its parts, its units, other units, what was issued, the path of its plan.
NOT_OF_ONE_ROW = {"parts_exceed_whole", "differs_from_units", "differs_from_issued", "unlike_the_others"}
NOT_OF_ONE_ROW |= {"off_the_path", "parts_miss_whole", "unfit_for_whole", "digits_unlike_sisters", "out_of_line"}


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def context_of(row: dict[str, Any]) -> FigureContext:
    """A row of the file as the checks want it."""
    values = {"amount": None, **row, **{name: number(row[name]) for name in NUMBERS if name in row}}
    values["previous"] = tuple(number(one) for one in row.get("previous", ()))
    values["denominators"] = tuple((name, number(one)) for name, one in row.get("denominators", ()))
    return FigureContext(**values)


def said_of(row: dict[str, Any]) -> list[list[str]]:
    return [[one.code, one.severity.value, one.sentence] for one in check_figure(context_of(row))]


def test_a_row_is_as_odd_as_its_case_says():
    assert [(case, said) for case in CASES if (said := said_of(case["row"])) != case["odd"]] == []


def test_every_check_that_one_row_can_answer_has_a_case():
    checks = {check.__name__ for check in (*CHECKS, *QUIETER)} - NOT_OF_ONE_ROW
    codes = {code for case in CASES for code, _, _ in case["odd"]}

    # A check that is not listed here wants its twin in static/js/checks.js and its cases in check_cases.json.
    assert checks == {
        "numerator_over_denominator",
        "slip_of_scale",
        "running_total_falls",
        "negative_amount",
        "lost_minus",
        "far_over_plan",
        "zero_for_blank",
        "same_value_again",
        "unusual_step",
        "slip_of_digits",
        "slip_of_round_number",
        "leaps_over_the_plan",
    }
    assert codes == {
        *("numerator", "denominator", "scale", "running_falls", "negative", "minus", "over_plan", "zero"),
        *("same_again", "unusual", "digits", "round", "leap", "evidence"),
    }
