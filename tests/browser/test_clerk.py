"""The clerk's month in a real browser: by keyboard alone, with a colleague at the same cell, and without script."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from campaign.choices import SubmissionStatus
from indicators.choices import FigureState
from indicators.services.submissions import make_move
from tests.browser.conftest import focused, log_in, tab_to, until
from tests.builders import PASSWORD, World, fill


def month_of(world: World) -> str:
    return reverse("indicators:month", args=[world.submission().pk])


def until_there(page: Page, *requests: list[Route]) -> None:
    """Wait until the browser has asked for each."""
    for _ in range(100):
        if all(requests):
            return
        page.wait_for_timeout(100)
    raise AssertionError("never asked for")


def send_signed(page: Page) -> None:
    """Number and day of the signed report; the form stands open where nothing else is left to do."""
    if not page.locator("[name=signed_number]").is_visible():
        page.get_by_text("Ghi nhận bản đã ký", exact=True).click()
    page.locator("[name=signed_number]").fill("45/BC-UBND")
    page.locator("[name=signed_on]").fill("15/07/2024")
    page.get_by_role("button", name="Ghi nhận và gửi").click()


def test_the_month_is_entered_and_sent_by_keyboard_alone(world: World, page: Page):
    tea, coffee, task = (world.figure(code) for code in ("che", "ca-phe", "tuyen-truyen"))
    log_in(page, "clerk0")
    expect(page.locator("h1")).to_have_text("Báo cáo tháng")

    tab_to(page, f"a.button[href='{month_of(world)}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{month_of(world)}")

    tab_to(page, f"[name=amount-{tea.pk}]")
    page.keyboard.type("12,5")
    page.keyboard.press("Tab")
    expect(page.locator("#announce")).to_contain_text("đã lưu")
    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    assert focused(page) == f"amount-{coffee.pk}"

    page.keyboard.type("1.234,5")
    page.keyboard.press("Enter")
    expect(page.locator(f"#row-{coffee.pk} .saved")).to_contain_text("đã lưu")

    tab_to(page, f"[name=task_status-{task.pk}]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Đã họp 02 thôn")
    page.keyboard.press("Tab")
    expect(page.locator("#progress")).to_contain_text("3/3")

    tab_to(page, "#gui summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=signed_number]")
    page.keyboard.type("45/BC-UBND")
    tab_to(page, "[name=signed_on]")
    page.keyboard.type("15/07/2024")
    tab_to(page, "[name=then][value=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Báo cáo đã gửi. Muốn sửa thì thu hồi")

    report = world.submission()
    assert (report.status, report.signed_number) == (SubmissionStatus.SENT, "45/BC-UBND")
    assert world.figure("che").amount == Decimal("12.5")
    assert world.figure("ca-phe").amount == Decimal("1234.5")
    assert world.figure("tuyen-truyen").text == "Đã họp 02 thôn"
    assert page.locator("input.cell").count() == 0


def test_wrong_text_stays_in_place_with_a_sentence_and_the_rest_goes_on(world: World, page: Page, enter_as):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    enter_as("clerk0")
    page.goto(month_of(world))

    cell = page.locator(f"[name=amount-{tea.pk}]")
    cell.focus()
    page.keyboard.type("mười hai")
    page.keyboard.press("Tab")

    expect(page.locator(f"#w{tea.pk}")).to_contain_text("“mười hai” không phải là số")
    expect(cell).to_have_value("mười hai")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#announce")).to_contain_text("chưa lưu")
    assert focused(page) == f"amount-{coffee.pk}"
    assert world.figure("che").state == FigureState.NOT_REPORTED

    page.keyboard.press("Shift+Tab")
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    expect(page.locator(f"#w{tea.pk}")).not_to_contain_text("không phải là số")
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    assert world.figure("che").amount == Decimal("12")


def test_back_from_a_number_is_the_number_before_it_not_the_details_that_opened(world: World, page: Page, enter_as):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    enter_as("clerk0")
    page.goto(month_of(world))

    page.locator(f"[name=amount-{tea.pk}]").focus()
    page.keyboard.type("9999")
    page.keyboard.press("Enter")
    expect(page.locator(f"#row-{tea.pk} .extra")).to_have_class(re.compile("open"))
    assert focused(page) == f"amount-{coffee.pk}"

    page.keyboard.press("Shift+Tab")
    assert focused(page) == f"amount-{tea.pk}"
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator(f"#row-{tea.pk} .warnings")).not_to_contain_text("9.999")
    assert world.figure("che").amount == Decimal("12")


def test_an_ambiguous_number_is_asked_back_and_confirmed_by_keyboard(world: World, page: Page, enter_as):
    tea = world.figure("che")
    enter_as("clerk0")
    page.goto(month_of(world))

    page.locator(f"[name=amount-{tea.pk}]").focus()
    page.keyboard.type("2.29")
    page.keyboard.press("Tab")
    expect(page.locator(f"#w{tea.pk}")).to_contain_text("hiểu là")
    assert world.figure("che").state == FigureState.NOT_REPORTED

    page.locator(f"#row-{tea.pk} [name^=sure-]").focus()
    page.keyboard.press("Space")
    expect(page.locator(f"#row-{tea.pk} .saved")).to_contain_text("đã lưu")
    assert world.figure("che").amount is not None


def test_the_keys_of_the_grid_move_as_in_a_sheet(world: World, page: Page, enter_as):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    enter_as("clerk0")
    page.goto(month_of(world))
    page.locator(f"[name=amount-{tea.pk}]").focus()

    page.keyboard.press("ArrowDown")
    assert focused(page) == f"amount-{coffee.pk}"
    page.keyboard.press("ArrowUp")
    assert focused(page) == f"amount-{tea.pk}"
    page.keyboard.press("Enter")
    assert focused(page) == f"amount-{coffee.pk}"
    page.keyboard.press("Shift+Enter")
    assert focused(page) == f"amount-{tea.pk}"
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    expect(page.locator(f"[name=amount-{tea.pk}]")).to_have_value("")
    page.keyboard.press("F2")
    assert focused(page) == f"note-{tea.pk}"


@pytest.mark.parametrize(("choice", "kept"), [("Giữ số của tôi", "8"), ("Lấy số đã lưu", "7.5")])
def test_two_clerks_at_one_cell_see_both_values_and_choose(
    world: World, page: Page, browser: Browser, live_server, enter_as, choice: str, kept: str
):
    tea = world.figure("che")
    colleague_window = browser.new_context(base_url=live_server.url)
    enter_as("clerk0")
    enter_as("head0", colleague_window)
    colleague = colleague_window.new_page()
    page.goto(month_of(world))
    colleague.goto(month_of(world))

    colleague.locator(f"[name=amount-{tea.pk}]").fill("7,5")
    colleague.keyboard.press("Tab")
    expect(colleague.locator(f"#row-{tea.pk} .saved")).to_contain_text("đã lưu")
    page.locator(f"[name=amount-{tea.pk}]").fill("8")
    page.keyboard.press("Tab")
    expect(page.locator(f"#w{tea.pk}")).to_contain_text("Anh/chị nhập “8”; người khác vừa lưu “7,5”")
    expect(page.locator(f"[name=amount-{tea.pk}]")).to_have_value("8")

    page.get_by_text(choice).click()
    expect(page.locator(f"#w{tea.pk}")).not_to_contain_text("người khác vừa lưu")
    expect(page.locator(f"[name=amount-{tea.pk}]")).to_have_value(kept.replace(".", ","))
    assert world.figure("che").amount == Decimal(kept)
    colleague_window.close()


def test_a_figure_typed_while_the_line_is_down_is_not_lost(world: World, context: BrowserContext, enter_as):
    tea, page = world.figure("che"), context.new_page()
    enter_as("clerk0")
    page.goto(month_of(world))
    until(page, "Boolean(window.grid.keepMany)")

    context.set_offline(True)
    page.locator(f"[name=amount-{tea.pk}]").fill("12")
    page.keyboard.press("Tab")
    expect(page.locator("#announce")).to_contain_text("chờ mạng, đã giữ trên máy này")
    expect(page.locator(f"#row-{tea.pk}")).to_have_class("row unsaved")
    context.set_offline(False)

    expect(page.locator(f"#row-{tea.pk} .saved")).to_contain_text("đã lưu")
    assert world.figure("che").amount == Decimal("12")


def test_what_was_asked_back_is_seen_corrected_and_sent_again(world: World, page: Page, enter_as):
    fill(world, che="20", ca_phe="3")
    world.send()
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    make_move(
        "request_changes",
        world.submission(),
        by=world.people["coordinator"],
        reason="Xem lại diện tích",
        marked={tea.pk: "Biên bản nghiệm thu ghi 19 ha"},
    )
    enter_as("clerk0")

    page.goto("/")
    expect(page.locator("main")).to_contain_text("Xem lại diện tích")
    page.get_by_role("link", name="Sửa số liệu").click()
    expect(page.locator(f"#row-{tea.pk}")).to_contain_text("Đề nghị chỉnh sửa: Biên bản nghiệm thu ghi 19 ha")
    expect(page.locator(f"[name=amount-{coffee.pk}]")).to_have_count(0)

    page.wait_for_load_state()
    page.locator(f"[name=amount-{tea.pk}]").fill("19")
    page.keyboard.press("Tab")
    expect(page.locator(f"#row-{tea.pk} .saved")).to_contain_text("đã lưu")
    send_signed(page)
    expect(page.locator("main")).to_contain_text("Báo cáo đã gửi")

    assert world.submission().status == SubmissionStatus.SENT
    assert world.figure("che").sent_version.amount == Decimal("19")


def test_a_report_waits_for_a_figure_that_was_sent_before_all_scripts_had_come(world: World, page: Page, enter_as):
    tea, late, posts = world.figure("che"), [], []
    fill(world, che="20", ca_phe="3")
    enter_as("clerk0")
    page.route("**/js/keep.js*", lambda route: late.append(route))
    page.route(f"**{reverse('indicators:enter-figure', args=[tea.pk])}", lambda route: posts.append(route))
    page.goto(month_of(world))
    page.locator(f"[name=amount-{tea.pk}]").fill("19")
    page.keyboard.press("Tab")
    until_there(page, late, posts)
    send_signed(page)
    page.locator("[name=signed_number]").focus()
    late[0].continue_()
    until(page, "Boolean(window.grid.keepMany)")
    page.wait_for_timeout(300)
    assert world.submission().status == SubmissionStatus.DRAFT
    posts[0].continue_()

    expect(page.locator("main")).to_contain_text("Báo cáo đã gửi")
    assert world.submission().status == SubmissionStatus.SENT
    assert world.figure("che").sent_version.amount == Decimal("19")
    assert len(posts) == 1


def test_a_refused_sending_says_what_is_missing_and_keeps_what_was_typed(world: World, page: Page, enter_as):
    world.enter("che", "20")
    enter_as("clerk0")
    page.goto(month_of(world))

    send_signed(page)

    expect(page.locator("#messages")).to_contain_text("Còn 2 dòng chưa có số liệu")
    expect(page.locator("#messages")).to_be_focused()
    expect(page.locator("[name=signed_number]")).to_have_value("45/BC-UBND")
    assert world.submission().status == SubmissionStatus.DRAFT


def test_without_script_the_month_is_entered_corrected_and_sent(world: World, browser: Browser, live_server):
    tea, coffee, task = (world.figure(code) for code in ("che", "ca-phe", "tuyen-truyen"))
    window = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = window.new_page()
    page.goto("/")
    page.locator("[name=username]").fill("clerk0")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Báo cáo tháng")
    page.goto(month_of(world))

    page.locator(f"[name=amount-{tea.pk}]").fill("12,5")
    page.locator(f"[name=amount-{coffee.pk}]").fill("ba")
    page.locator(f"[name=task_status-{task.pk}]").select_option("done")
    page.get_by_role("button", name="Lưu tất cả các dòng").click()
    expect(page.locator("#messages")).to_contain_text("Đã lưu 2 dòng. Còn 1 dòng chưa lưu được")
    expect(page.locator(f"[name=amount-{coffee.pk}]")).to_have_value("ba")
    expect(page.locator(f"#w{coffee.pk}")).to_contain_text("“ba” không phải là số")

    page.locator(f"[name=amount-{coffee.pk}]").fill("3")
    page.get_by_role("button", name="Lưu tất cả các dòng").click()
    expect(page.locator("#messages")).to_contain_text("Đã lưu 1 dòng")
    send_signed(page)
    expect(page.locator("main")).to_contain_text("Báo cáo đã gửi")

    assert world.submission().status == SubmissionStatus.SENT
    assert (world.figure("che").amount, world.figure("ca-phe").amount) == (Decimal("12.5"), Decimal("3"))
    window.close()
