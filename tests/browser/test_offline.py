"""The month without line: what was typed stays on the device, is sent once, and is shown where it can no longer be."""

import re
from decimal import Decimal

from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Route, expect

from indicators.choices import FigureState
from indicators.models import Figure, FigureVersion
from tests.browser.conftest import Line, log_in, until
from tests.builders import World

RULES = {"preload": False, "resultTypes": ["violations"]}


def month_of(world: World, period: int = 1) -> str:
    return reverse("indicators:month", args=[world.submission(period=period).pk])


def faults(page: Page) -> list[str]:
    """What axe finds."""
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page, options=RULES).response["violations"]
    ]


HOW_MANY_ROWS = """() => new Promise((done) => {
  indexedDB.open("thi-dua").onsuccess = (event) => {
    const rows = event.target.result.transaction("rows").objectStore("rows");
    rows.count().onsuccess = (found) => done(found.target.result);
  };
})"""
IS_KEPT = """async path => Boolean(navigator.serviceWorker.controller && window.grid.keepMany
  && await caches.match(path, { ignoreVary: true }))"""


IS_REMEMBERED = """async () => await (await caches.match("/", { cacheName: "person" })).text()
  === document.body.dataset.person"""


def open_kept(page: Page, path: str) -> None:
    """Open a month and wait until the device has it."""
    page.goto(path)
    until(page, IS_KEPT, path)


def type_number(page: Page, figure: Figure, text: str) -> None:
    page.locator(f"[name=amount-{figure.pk}]").fill(text)
    page.keyboard.press("Enter")


def test_the_month_opens_without_line_keeps_what_is_typed_and_sends_it_when_the_line_is_back(
    world: World, page: Page, context: BrowserContext, enter_as, line: Line
):
    tea, coffee, task = (world.figure(code) for code in ("che", "ca-phe", "tuyen-truyen"))
    enter_as("clerk0")
    open_kept(page, month_of(world))
    line.cut(context)
    page.goto(month_of(world))
    expect(page.locator("#line")).to_contain_text("Mất mạng. Vẫn nhập được")

    type_number(page, tea, "12")
    expect(page.locator("#announce")).to_contain_text("Trồng chè mới (ha): chờ mạng, đã giữ trên máy này")
    type_number(page, coffee, "kps")
    page.locator(f"[name=task_status-{task.pk}]").select_option("done")
    expect(page.locator("#line")).to_contain_text("3 số liệu giữ trên máy này và tự gửi khi có mạng")
    assert faults(page) == []
    page.goto("/tien-do/")
    expect(page.locator("h1")).to_have_text("Không có mạng")
    assert faults(page) == []
    page.get_by_role("link", name="Tháng 7/2024 · xã Hiếu").click()
    expect(page.locator(f"[name=amount-{tea.pk}]")).to_have_value("12")
    assert not FigureVersion.objects.exists()
    line.mend(context)

    expect(page.locator("#line")).to_contain_text("Đã gửi 3 số liệu")
    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    assert world.figure("che").amount == Decimal("12")
    assert world.figure("ca-phe").state == FigureState.NOTHING_AROSE
    assert world.figure("tuyen-truyen").task_status == "done"
    assert FigureVersion.objects.count() == 3


def test_what_was_typed_before_the_scripts_came_outlives_the_page(world: World, context: BrowserContext, enter_as):
    tea, coffee, task = (world.figure(code) for code in ("che", "ca-phe", "tuyen-truyen"))
    page = context.new_page()  # htmx tells of each broken request on the console
    enter_as("clerk0")
    scripts = re.compile(r"/js/(outbox|keep)\.")
    page.route(scripts, lambda route: route.abort())
    page.route(re.compile(r"/so-lieu/\d+/$"), lambda route: route.abort())
    page.goto(month_of(world))
    type_number(page, tea, "11")
    type_number(page, tea, "12")
    type_number(page, coffee, "kps")
    page.locator(f"[name=task_status-{task.pk}]").select_option("done")
    until(page, "document.querySelectorAll('.row.unsaved').length === 3")
    assert not FigureVersion.objects.exists()

    page.unroute_all()
    page.goto("/bao-cao-thang/")

    expect(page.locator("#line")).to_contain_text("Đã gửi 3 số liệu")
    assert world.figure("che").amount == Decimal("12")
    assert world.figure("ca-phe").state == FigureState.NOTHING_AROSE
    assert world.figure("tuyen-truyen").task_status == "done"
    assert FigureVersion.objects.count() == 3
    until(page, "Object.keys(localStorage).every(name => !name.startsWith('early-'))")


# --- The log-in ends, the answer is lost, another person comes --------------------------------------------------------


def test_an_ended_log_in_leaves_the_page_and_sends_after_the_next_one(world: World, page: Page, enter_as):
    tea = world.figure("che")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    Session.objects.all().delete()

    type_number(page, tea, "12")
    expect(page.locator("#line")).to_contain_text("Phiên đăng nhập đã hết. 1 số liệu giữ trên máy này")
    expect(page.locator(f"[name=amount-{tea.pk}]")).to_have_value("12")
    assert faults(page) == []
    page.get_by_role("link", name="Đăng nhập lại").click()
    expect(page.locator("main")).to_contain_text("Máy này đang giữ 1 số liệu chưa gửi")
    log_in(page, "clerk0")

    expect(page.locator("#line")).to_contain_text("Đã gửi 1 số liệu")
    assert FigureVersion.objects.get().figure == tea
    assert world.figure("che").amount == Decimal("12")


def test_a_save_whose_answer_was_lost_is_no_rival_of_the_next_one(world: World, context: BrowserContext, enter_as):
    tea, page = world.figure("che"), context.new_page()
    enter_as("clerk0")
    open_kept(page, month_of(world))

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(f"**{reverse('indicators:enter-figure', args=[tea.pk])}", lose, times=1)
    type_number(page, tea, "12")
    expect(page.locator("#line")).to_contain_text("1 số liệu")
    assert world.figure("che").amount == Decimal("12")
    type_number(page, tea, "13")
    page.evaluate("outbox.flush()")

    expect(page.locator("#line")).to_contain_text("Đã gửi 1 số liệu")
    assert page.locator("#kept").count() == 0
    assert (world.figure("che").amount, world.figure("che").version) == (Decimal("13"), 2)


def test_what_a_colleague_saved_meanwhile_is_laid_beside_and_the_person_chooses(
    world: World, page: Page, context: BrowserContext, enter_as, line: Line
):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    line.cut(context)
    type_number(page, tea, "12")
    type_number(page, coffee, "5")
    world.enter("che", "7.5")
    world.enter("ca-phe", "6")
    line.mend(context)

    rows = page.locator("#kept tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("12")
    expect(rows.nth(0)).to_contain_text("7,5")
    rows.nth(0).get_by_role("button", name="Giữ số của tôi").click()
    expect(rows).to_have_count(1)
    rows.nth(0).get_by_role("button", name="Bỏ số của tôi").click()

    expect(page.locator("#kept")).to_have_count(0)
    expect(page.locator(f"[name=amount-{coffee.pk}]")).to_have_value("6")
    assert (world.figure("che").amount, world.figure("ca-phe").amount) == (Decimal("12"), Decimal("6"))


def test_what_was_being_typed_is_there_again_and_saved_when_it_is_left(world: World, page: Page, enter_as):
    tea = world.figure("che")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    page.locator(f"[name=amount-{tea.pk}]").press_sequentially("12")
    until(page, f"({HOW_MANY_ROWS})().then(count => count === 1)")
    page.goto(month_of(world))

    cell = page.locator(f"[name=amount-{tea.pk}]")
    expect(cell).to_have_value("12")
    assert world.figure("che").state == FigureState.NOT_REPORTED
    cell.press("End")
    cell.press_sequentially("3")
    cell.press("Enter")

    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    assert world.figure("che").amount == Decimal("123")


def test_another_person_at_the_device_finds_nothing_and_sends_nothing(
    world: World, page: Page, context: BrowserContext, enter_as, line: Line
):
    tea = world.figure("che")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    line.cut(context)
    type_number(page, tea, "12")
    context.clear_cookies()
    enter_as("clerk1")
    page.close()
    line.mend(context)
    page = context.new_page()
    page.goto("/bao-cao-thang/")
    expect(page.locator("h1")).to_have_text("Báo cáo tháng")
    until(page, IS_REMEMBERED)
    line.cut(context)

    page.goto(month_of(world))
    expect(page.locator("h1")).to_have_text("Không có mạng")
    expect(page.locator("#months li")).to_have_count(1)
    line.mend(context)
    assert not FigureVersion.objects.exists()
    page.close()  # with the line back it would load itself anew
    context.clear_cookies()
    enter_as("clerk0")
    page = context.new_page()
    page.goto("/bao-cao-thang/")

    expect(page.locator("#line")).to_contain_text("Đã gửi 1 số liệu")
    assert world.figure("che").amount == Decimal("12")


def test_logging_out_sends_first_and_leaves_nothing_on_the_device(world: World, page: Page, context, enter_as):
    enter_as("clerk0")
    open_kept(page, month_of(world))
    type_number(page, world.figure("che"), "12")
    expect(page.locator(f"#row-{world.figure('che').pk} .saved")).to_have_text("đã lưu")

    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("h1")).to_have_text("Đăng nhập")

    assert page.evaluate("caches.keys().then(names => names.filter(name => name.startsWith('pages')))") == []
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.evaluate(HOW_MANY_ROWS) == 0


def test_logging_out_with_something_unsent_asks_first(
    world: World, page: Page, context: BrowserContext, enter_as, line: Line
):
    enter_as("clerk0")
    open_kept(page, month_of(world))
    line.cut(context)
    type_number(page, world.figure("che"), "12")
    expect(page.locator("#line")).to_contain_text("1 số liệu")
    page.wait_for_timeout(400)  # what is in the middle of being typed is kept after 300 ms; this was left before

    page.get_by_role("button", name="Đăng xuất").click()

    expect(page.locator("#line")).to_contain_text("1 số liệu chưa gửi được. Nếu đăng xuất, chúng được giữ trên máy này")
    expect(page.get_by_role("button", name="Vẫn đăng xuất")).to_be_focused()
    assert faults(page) == []


def test_what_was_chosen_at_the_cell_does_not_come_back(world: World, page: Page, enter_as):
    tea = world.figure("che")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    world.enter("che", "7.5")
    type_number(page, tea, "8")
    expect(page.locator(f"#w{tea.pk}")).to_contain_text("Anh/chị nhập “8”; người khác vừa lưu “7,5”")
    assert faults(page) == []
    page.goto(month_of(world))
    expect(page.locator("#kept tbody tr")).to_contain_text("Người khác đã lưu số khác.")

    page.locator(f"[name=amount-{tea.pk}]").fill("9")
    page.keyboard.press("Enter")
    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    page.goto(month_of(world))

    until(page, "Boolean(window.grid.keepMany)")
    expect(page.locator("#kept")).to_have_count(0)
    assert (world.figure("che").amount, world.figure("che").version) == (Decimal("9"), 2)


def test_the_token_is_read_again_after_a_new_log_in_elsewhere(
    world: World, page: Page, context: BrowserContext, enter_as
):
    tea = world.figure("che")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    context.clear_cookies()
    elsewhere = context.new_page()
    log_in(elsewhere, "clerk0")
    elsewhere.close()

    type_number(page, tea, "12")

    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    assert world.figure("che").amount == Decimal("12")


def test_what_waits_fits_a_phone(world: World, page: Page, context: BrowserContext, enter_as, line: Line):
    enter_as("clerk0")
    open_kept(page, month_of(world))
    line.cut(context)
    type_number(page, world.figure("che"), "12")
    world.enter("che", "7.5")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("#line")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    line.mend(context)

    expect(page.locator("#kept tbody tr")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults(page) == []
