"""The checks on one row in the browser agree with the server's, case by case, and speak while a number is typed."""

import json
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

import indicators.rules.checks
from tests.architecture.source import ROOT
from tests.builders import World

CASES = json.loads(Path(indicators.rules.checks.__file__).with_name("check_cases.json").read_text(encoding="utf-8"))
CHECK_ALL = "rows => rows.map((row) => checkRow(row).map((one) => [one.code, one.severity, one.sentence]))"


def test_every_case_is_as_odd_in_the_browser_as_on_the_server(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "static/js/checks.js")

    answers = page.evaluate(CHECK_ALL, [case["row"] for case in CASES])
    page.close()

    wrong = {
        json.dumps(case["row"], ensure_ascii=False): answer
        for case, answer in zip(CASES, answers, strict=True)
        if answer != case["odd"]
    }
    assert wrong == {}


def test_what_is_odd_is_said_while_the_number_is_typed_and_stays_said_by_the_server(
    world: World, page: Page, context: BrowserContext, enter_as
):
    tea = world.figure("che")
    enter_as("clerk0")
    page.goto(reverse("indicators:month", args=[world.submission().pk]))
    cell, beneath = page.locator(f"[name=amount-{tea.pk}]"), page.locator(f"#w{tea.pk}")

    cell.press_sequentially("100")
    expect(beneath).to_contain_text("Bằng 200,0 % kế hoạch (100,0 ha trên 50,0 ha)".replace(" %", "\u00a0%"))
    said = beneath.inner_text()
    cell.press("Escape")
    expect(beneath).not_to_contain_text("kế hoạch")
    cell.press_sequentially("100")
    cell.press("Enter")

    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    assert beneath.inner_text() == said
    expect(page.locator(f"[name=note-{tea.pk}]")).to_be_visible()
