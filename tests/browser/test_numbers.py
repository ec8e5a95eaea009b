"""The reading of numbers in the browser agrees with the server's, case by case."""

import json
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Browser

import vietnamese.numbers
from tests.architecture.source import ROOT
from vietnamese.numbers import Reading

CASES = json.loads(Path(vietnamese.numbers.__file__).with_name("number_cases.json").read_text(encoding="utf-8"))
READ_ALL = "cases => cases.map((one) => readNumber(one.text, one.decimals, one.unit))"


def as_reading(answer: dict[str, str | None]) -> Reading:
    """What either side says of a text; the number by its value, not by its zeros."""
    value = answer["value"]
    return Reading(None if value is None else Decimal(value), answer.get("echo") or "", answer.get("error") or "")


def test_every_case_is_read_in_the_browser_as_on_the_server(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "static/js/numbers.js")

    answers = page.evaluate(READ_ALL, CASES)
    page.close()

    read = {
        (case["text"], case["decimals"], case["unit"]): as_reading(one)
        for case, one in zip(CASES, answers, strict=True)
    }
    assert read == {(case["text"], case["decimals"], case["unit"]): as_reading(case) for case in CASES}
