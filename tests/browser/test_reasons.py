"""Odd figures on their way to the office: all reasons on one page, by keyboard alone, nothing typed is lost."""

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from campaign.choices import SubmissionStatus
from tests.browser.conftest import focused, tab_to
from tests.browser.test_every_page import PHONE, width_beyond
from tests.builders import World, fill


def test_the_reasons_are_given_by_keyboard_on_one_page_and_the_report_goes_on(world: World, page: Page, enter_as):
    fill(world, che="100")
    coffee = world.enter("ca-phe", "-5")
    enter_as("head0")
    page.goto(reverse("indicators:month", args=[world.submission().pk]))

    tab_to(page, "#gui button.primary", most=60)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("2 dòng cần ghi lý do trước khi duyệt và gửi")
    first = f"reason-{world.figure('che').pk}"
    assert focused(page) == first
    page.keyboard.type("Nghiệm thu dồn cả quý.")
    page.keyboard.press("Enter")
    expect(page.locator("#ly-do [role=alert]")).to_contain_text("Còn 1 dòng chưa có lý do")
    expect(page.locator(f"[name={first}]")).to_have_value("Nghiệm thu dồn cả quý.")
    expect(page.locator(f"[name=reason-{coffee.pk}]")).to_be_focused()
    assert Axe().run(page).violations_count == 0
    assert width_beyond(page, PHONE) <= 0
    page.keyboard.type("Điều chỉnh giảm số tháng trước.")
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("Đã duyệt và gửi")
    assert world.submission().status == SubmissionStatus.SENT
    assert world.figure("ca-phe").note == "Điều chỉnh giảm số tháng trước."
