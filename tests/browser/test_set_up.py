"""A campaign set up in the browser: what the browser itself refuses is said in the reader's language."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import Page, expect

from campaign.services.preparing import prepare_campaign
from tests.browser.conftest import tab_to, until
from tests.browser.test_every_page import PHONE, width_beyond
from tests.builders import World


def refusal(page: Page, name: str) -> str:
    """What the browser says beside a field."""
    return str(page.evaluate("name => document.querySelector(`[name=${name}]`).validationMessage", name))


def test_an_empty_and_a_too_large_field_are_refused_in_vietnamese_and_then_sent(world: World, page: Page, enter_as):
    enter_as("coordinator")
    page.goto(reverse("indicators:new-campaign"))
    until(page, "[...document.scripts].some((script) => script.src.includes('words'))")
    page.wait_for_load_state("networkidle")
    page.fill("[name=short_name]", "Thi đua 2025")
    page.fill("[name=starts_on]", "15/12/2024")
    page.fill("[name=ends_on]", "14/12/2025")
    page.fill("[name=due_day_of_month]", "40")
    tab_to(page, "main button.primary")
    page.keyboard.press("Enter")

    assert refusal(page, "name") == "Ghi hoặc chọn ở đây trước khi gửi."
    assert refusal(page, "due_day_of_month") == "Ghi số từ 1 đến 28."

    page.fill("[name=name]", "Thi đua năm 2025")
    page.fill("[name=due_day_of_month]", "16")
    tab_to(page, "main button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thiet-lap/")


def test_the_fields_of_a_decision_follow_its_kind_and_keep_what_was_typed(world: World, page: Page, enter_as):
    enter_as("coordinator")
    page.goto(reverse("indicators:reorganise"))
    page.fill("[name=number]", "12/NQ-HĐND")
    page.select_option("[name=kind]", "merge")
    page.check(f"[name=old][value='{world.communes[1].pk}']")
    page.fill("[name=name]", "xã Kon Plông")
    page.select_option("[name=kind]", "rename")

    expect(page.locator("[name=successor]")).to_have_count(0)
    expect(page.locator("[name=old]")).to_have_value(str(world.communes[1].pk))
    expect(page.locator("[name=name]")).to_have_value("xã Kon Plông")
    expect(page.locator("[name=number]")).to_have_value("12/NQ-HĐND")


def test_choices_for_a_whole_kind_fit_a_phone(world: World, page: Page, enter_as):
    campaign = prepare_campaign(
        standing_body=world.standing_body,
        name="Thi đua năm 2025",
        short_name="Thi đua 2025",
        starts_on=date(2024, 12, 15),
        ends_on=date(2025, 12, 14),
        calendar_rule="nd09",
        due_day_of_month=16,
        by=world.people["coordinator"],
    )
    enter_as("coordinator")
    page.goto(reverse("indicators:participants", args=[campaign.pk]))

    expect(page.locator("select[name^=all-relation]").first).to_be_visible()
    assert width_beyond(page, PHONE) <= 0
