"""A block from a workbook without line: shown, kept as a whole on the device, sent once, gone at log-out."""

from decimal import Decimal

from playwright.sync_api import BrowserContext, Page, expect

from indicators.models import FigureVersion
from tests.browser.conftest import Line, until
from tests.browser.test_grid import paste
from tests.browser.test_offline import HOW_MANY_ROWS, month_of, open_kept
from tests.builders import World


def test_a_block_pasted_without_line_is_kept_as_a_whole_and_sent_once(
    world: World, page: Page, context: BrowserContext, enter_as, line: Line
):
    enter_as("clerk0")
    open_kept(page, month_of(world))
    line.cut(context)
    page.goto(month_of(world))
    tea = page.locator(f"#a{world.figure('che').pk}")
    until(page, "Boolean(window.grid.keepMany && window.grid.remember && window.readNumber)")

    dialog = paste(page, tea, "1.234,5\r\n12 ha\r\n")
    dialog.get_by_role("button", name="Nhập 2 số").press("Enter")

    expect(dialog).to_be_hidden()
    expect(page.locator("#announce")).to_have_text("Đã giữ 2 số trên máy này, chờ mạng.")
    page.reload()
    expect(tea).to_have_value("1.234,5")
    assert not FigureVersion.objects.exists()
    line.mend(context)

    expect(page.locator("#line")).to_contain_text("Đã gửi 2 số liệu")
    page.reload()
    expect(tea).to_have_value("1.234,5")
    assert [world.figure(code).amount for code in ("che", "ca-phe")] == [Decimal("1234.5"), Decimal(12)]
    assert FigureVersion.objects.count() == 2
    until(page, "Boolean(window.grid.keepMany)")
    page.get_by_role("button", name="Đăng xuất").press("Enter")
    page.wait_for_url("**/dang-nhap/**")
    assert page.evaluate(HOW_MANY_ROWS) == 0
