"""The month's grid under a clerk's hands: a block from Excel, its preview, and steps taken back."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import until
from tests.builders import World, at, make_world
from tests.indicators.views.reading import log_in
from units import clock

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """([cell, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def month(page: Page, context: BrowserContext, live_server, world: World) -> Page:
    """The clerk of xã Hiếu before the month of July."""
    session = log_in(world, "clerk0").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(reverse("indicators:month", args=[world.submission().pk]))
    until(page, "Boolean(window.grid.remember && window.checkRow)")
    return page


def cell(month: Page, world: World, code: str) -> Locator:
    return month.locator(f"#a{world.figure(code).pk}")


def paste(month: Page, into: Locator, text: str) -> Locator:
    """What the browser does at Ctrl+V; answers with the preview."""
    into.focus()
    month.evaluate(PASTE, [into.element_handle(), text])
    dialog = month.get_by_role("dialog", name="Dán số liệu từ bảng tính")
    expect(dialog).to_be_visible()
    return dialog


def type_and_leave(month: Page, into: Locator, text: str) -> None:
    into.fill(text)
    into.press("Enter")
    expect(month.locator("tbody.row", has=into).locator(".saved")).to_have_text("đã lưu")


def amounts(world: World) -> list[Decimal | None]:
    return [world.figure(code).amount for code in ("che", "ca-phe")]


def test_a_column_from_excel_is_shown_first_refused_where_wrong_and_saved_at_once(month, world):
    dialog = paste(month, cell(month, world, "che"), "1.234,5\r\n12 m\r\n7\r\n")

    rows = dialog.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Nhận")
    expect(rows.nth(1)).to_contain_text("Chỉ tiêu này tính bằng ha, không phải “m”")
    expect(rows.nth(2)).to_contain_text("Dòng này báo cáo bằng lời")
    assert amounts(world) == [None, None]
    assert Axe().run(month).violations_count == 0

    dialog.get_by_role("button", name="Nhập 1 số").press("Enter")

    expect(dialog).to_be_hidden()
    expect(cell(month, world, "che")).to_have_value("1.234,5")
    expect(cell(month, world, "che")).to_be_focused()
    expect(month.locator("#announce")).to_have_text("Đã nhập và lưu 1 số.")
    assert amounts(world) == [Decimal("1234.5"), None]


def test_what_will_be_odd_about_a_pasted_number_is_said_before_it_is_saved(month, world):
    dialog = paste(month, cell(month, world, "che"), "100\r\n12\r\n")

    rows = dialog.locator("tbody tr")
    said = rows.nth(0).locator(".odd")
    expect(said).to_contain_text("Bằng 200,0\u00a0% kế hoạch (100,0 ha trên 50,0 ha)")
    expect(rows.nth(0)).to_contain_text("Nhận")
    expect(rows.nth(1).locator(".odd")).to_have_count(0)
    before = said.inner_text()

    dialog.get_by_role("button", name="Nhập 2 số").press("Enter")

    expect(dialog).to_be_hidden()
    expect(month.locator(f"#w{world.figure('che').pk}")).to_contain_text(before)


def test_an_ambiguous_number_waits_for_its_tick(month, world):
    dialog = paste(month, cell(month, world, "che"), "2.5\n8\n")
    expect(dialog.get_by_role("button", name="Nhập 1 số")).to_be_enabled()

    dialog.get_by_label("hiểu là 2,5 ha?").check()
    dialog.get_by_role("button", name="Nhập 2 số").click()

    expect(dialog).to_be_hidden()
    assert amounts(world) == [Decimal("2.5"), Decimal("8")]


def test_a_table_that_brings_names_finds_its_rows_whatever_their_order(month, world):
    dialog = paste(month, cell(month, world, "che"), "Trồng cà phê mới\tha\t9\nTrồng chè mới\tha\t4\nKhác\tha\t1\n")

    expect(dialog.locator("tbody tr").nth(2)).to_contain_text("Không có dòng mang tên này.")
    dialog.get_by_role("button", name="Nhập 2 số").click()

    expect(dialog).to_be_hidden()
    assert amounts(world) == [Decimal("4"), Decimal("9")]


def test_a_pasted_block_is_taken_back_and_done_again_as_one_step(month, world):
    type_and_leave(month, cell(month, world, "che"), "20")
    dialog = paste(month, cell(month, world, "che"), "5\n6\n")
    dialog.get_by_role("button", name="Nhập 2 số").click()
    expect(dialog).to_be_hidden()

    month.keyboard.press("Control+z")
    expect(cell(month, world, "ca-phe")).to_have_value("")
    expect(cell(month, world, "che")).to_have_value("20")
    expect(month.locator("#announce")).to_contain_text("Hoàn tác: 2 dòng")
    assert amounts(world) == [Decimal("20"), None]

    month.keyboard.press("Control+y")
    expect(cell(month, world, "ca-phe")).to_have_value("6")
    assert amounts(world) == [Decimal("5"), Decimal("6")]
    assert world.figure("che").version == 4


def test_an_edit_is_taken_back_as_a_new_version(month, world):
    type_and_leave(month, cell(month, world, "che"), "20")
    type_and_leave(month, cell(month, world, "che"), "30")

    month.keyboard.press("Control+z")

    expect(cell(month, world, "che")).to_have_value("20")
    expect(month.locator("#announce")).to_contain_text("Hoàn tác: Trồng chè mới")
    assert (world.figure("che").amount, world.figure("che").version) == (Decimal("20"), 3)


def test_what_somebody_saved_meanwhile_stops_the_block_and_is_named(month, world):
    dialog = paste(month, cell(month, world, "che"), "5\n6\n")
    world.enter("ca-phe", "7")

    dialog.get_by_role("button", name="Nhập 2 số").click()

    expect(dialog.get_by_role("alert")).to_contain_text("“Trồng cà phê mới” vừa được người khác sửa")
    assert amounts(world) == [None, Decimal("7")]
    dialog.get_by_role("button", name="Thôi").press("Enter")
    expect(dialog).to_be_hidden()


def test_what_a_text_will_be_taken_for_is_told_while_it_is_typed(month, world):
    tea = cell(month, world, "che")

    tea.press_sequentially("2.5")
    expect(month.get_by_text("hiểu là 2,5 ha?")).to_be_visible()
    tea.press("Escape")

    expect(month.get_by_text("hiểu là 2,5 ha?")).to_be_hidden()


def test_the_last_fifty_edits_can_be_taken_back_and_done_again(month, world):
    tea = cell(month, world, "che")
    for number in range(1, 53):
        type_and_leave(month, tea, str(number))
        expect(month.locator(f"#s{world.figure('che').pk}")).to_have_attribute("data-amount", str(number))

    for number in range(51, 1, -1):
        month.keyboard.press("Control+z")
        expect(tea).to_have_value(str(number))
    month.keyboard.press("Control+z")
    expect(month.locator("#announce")).to_have_text("Không còn gì để hoàn tác.")
    month.keyboard.press("Control+Shift+z")
    expect(tea).to_have_value("3")

    assert world.figure("che").amount == Decimal("3")


def test_an_answer_never_replaces_the_cell_that_is_typed_into(month, world):
    tea, coffee = cell(month, world, "che"), cell(month, world, "ca-phe")
    tea.fill("12")
    typed_into = coffee.element_handle()
    tea.press("Enter")
    month.keyboard.type("3")
    expect(month.locator("tbody.row", has=tea).locator(".saved")).to_have_text("đã lưu")
    month.keyboard.type("4")

    assert month.evaluate("cell => document.activeElement === cell && cell.value", typed_into) == "34"


@pytest.mark.parametrize("typed", ["mười", "2.29", "100"])
def test_every_state_of_a_cell_can_be_heard(month, world, typed: str):
    tea = cell(month, world, "che")
    tea.fill(typed)
    tea.press("Enter")
    expect(month.locator("tbody.row", has=tea)).not_to_have_class("saving")
    expect(month.locator("#announce")).to_contain_text("Trồng chè mới")

    assert Axe().run(month).violations_count == 0
