"""The month without line: what was typed stays on the device, is sent once, and is shown where it can no longer be."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from campaign.choices import SubmissionStatus
from indicators.choices import FigureState
from indicators.models import Figure, FigureVersion
from indicators.services.launching import launch_campaign
from tests.browser.conftest import DAY, log_in, until
from tests.builders import World, assign, at, fill, make_indicator, make_world
from tests.conftest import CHROMIUM
from units import clock

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


def open_kept(page: Page, path: str) -> None:
    """Open a month and wait until the device has it."""
    page.goto(path)
    until(page, IS_KEPT, path)


WRITES = re.compile(r"/(cho-gui|so-lieu/\d+|dan)/$")


def cut(context: BrowserContext) -> None:
    """No line: a page that opens in this moment must not slip through either."""
    context.set_offline(True)
    context.route(WRITES, lambda route: route.abort())


def mend(context: BrowserContext) -> None:
    """The line is back."""
    context.unroute(WRITES)
    context.set_offline(False)


def type_number(page: Page, figure: Figure, text: str) -> None:
    page.locator(f"[name=amount-{figure.pk}]").fill(text)
    page.keyboard.press("Enter")


def test_the_month_opens_without_line_keeps_what_is_typed_and_sends_it_when_the_line_is_back(
    world: World, page: Page, context: BrowserContext, enter_as
):
    tea, coffee, task = (world.figure(code) for code in ("che", "ca-phe", "tuyen-truyen"))
    enter_as("clerk0")
    open_kept(page, month_of(world))
    cut(context)
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
    mend(context)

    expect(page.locator("#line")).to_contain_text("Đã gửi 3 số liệu")
    expect(page.locator(f"#row-{tea.pk} .saved")).to_have_text("đã lưu")
    assert world.figure("che").amount == Decimal("12")
    assert world.figure("ca-phe").state == FigureState.NOTHING_AROSE
    assert world.figure("tuyen-truyen").task_status == "done"
    assert FigureVersion.objects.count() == 3


# --- Sixty figures, a dead machine, and a period that was closed meanwhile -------------------------------------------

CODES = ["che", "ca-phe", *(f"them-{number}" for number in range(53))]


@pytest.fixture
def large_world(transactional_db: None, settings) -> Iterator[World]:
    """A commune with 55 figures a month, in July and August."""
    settings.ASSUMED_DATE = DAY
    with clock.set_to(at(DAY.isoformat())):
        world = make_world(communes=1, launched=False)
        for code in CODES[2:]:
            world.indicators[code] = make_indicator(world.campaign, world.area, code, f"Việc {code}")
            assign(world.indicators[code], world.communes[0])
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
        yield world


@contextmanager
def machine(browser: Browser, folder: Path, live_server, enter_as: Callable[..., None]) -> Iterator[Page]:
    """A browser with a folder of its own, which remains when the machine dies."""
    window = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        base_url=live_server.url,
    )
    enter_as("clerk0", window)
    yield window.pages[0]
    with suppress(Error):
        window.close()


def type_down(page: Page, numbers: list[int]) -> None:
    """Number after number into the cells, each left by Enter."""
    for place, number in enumerate(numbers):
        page.locator("input.cell").nth(place).focus()
        page.keyboard.type(str(number))
        page.keyboard.press("Enter")


def kill(folder: Path) -> None:
    """The machine goes off: nothing is told to the browser."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = entry.read_bytes().split(b"\0")
            if f"--user-data-dir={folder}".encode() in words and not any(one.startswith(b"--type=") for one in words):
                os.kill(int(entry.parent.name), signal.SIGKILL)


def test_sixty_figures_outlive_the_machine_and_none_is_lost_doubled_or_forced(
    large_world: World, browser: Browser, tmp_path: Path, live_server, enter_as
):
    world, july, august = large_world, month_of(large_world, 1), month_of(large_world, 2)
    with machine(browser, tmp_path, live_server, enter_as) as page:
        open_kept(page, july)
        open_kept(page, august)
        cut(page.context)
        page.goto(july)
        type_down(page, [100 + number for number in range(5)])
        page.goto(august)
        type_down(page, [200 + number for number in range(55)])
        expect(page.locator("#line")).to_contain_text("60 số liệu")
        kill(tmp_path)
    fill(world, che="7")
    world.send()
    assert FigureVersion.objects.filter(figure__period__number=2).count() == 0

    with machine(browser, tmp_path, live_server, enter_as) as page:
        cut(page.context)
        page.goto(august)
        expect(page.locator("#line")).to_contain_text("60 số liệu")
        expect(page.locator("input.cell").nth(54)).to_have_value("254")
        mend(page.context)
        expect(page.locator("#line")).to_contain_text("55 số liệu")
        page.goto(july)
        expect(page.locator("#kept h2")).to_contain_text("5 dòng cần chọn")
        first = page.locator("#kept tbody tr").first
        expect(first).to_contain_text("100")
        expect(first).to_contain_text("7,0")
        expect(first).to_contain_text("Báo cáo đã gửi")
        assert faults(page) == []

    august_rows = Figure.objects.filter(period__number=2).exclude(amount=None).order_by("pk")
    assert sorted(row.amount for row in august_rows) == [Decimal(200 + number) for number in range(55)]
    assert FigureVersion.objects.filter(figure__period__number=2).count() == 55
    assert not Figure.objects.filter(period__number=1, amount__gte=100).exists()
    assert world.submission().status == SubmissionStatus.SENT


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
    world: World, page: Page, context: BrowserContext, enter_as
):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    cut(context)
    type_number(page, tea, "12")
    type_number(page, coffee, "5")
    world.enter("che", "7.5")
    world.enter("ca-phe", "6")
    mend(context)

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
    page.wait_for_timeout(600)
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
    world: World, page: Page, context: BrowserContext, enter_as
):
    tea = world.figure("che")
    enter_as("clerk0")
    open_kept(page, month_of(world))
    cut(context)
    type_number(page, tea, "12")
    context.clear_cookies()
    enter_as("clerk1")
    page.close()
    mend(context)
    page = context.new_page()
    page.goto("/bao-cao-thang/")
    expect(page.locator("h1")).to_have_text("Báo cáo tháng")
    page.wait_for_timeout(300)
    cut(context)

    page.goto(month_of(world))
    expect(page.locator("h1")).to_have_text("Không có mạng")
    expect(page.locator("#months li")).to_have_count(1)
    mend(context)
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


def test_logging_out_with_something_unsent_asks_first(world: World, page: Page, context: BrowserContext, enter_as):
    enter_as("clerk0")
    open_kept(page, month_of(world))
    cut(context)
    type_number(page, world.figure("che"), "12")
    expect(page.locator("#line")).to_contain_text("1 số liệu")

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


def test_what_waits_fits_a_phone(world: World, page: Page, context: BrowserContext, enter_as):
    enter_as("clerk0")
    open_kept(page, month_of(world))
    cut(context)
    type_number(page, world.figure("che"), "12")
    world.enter("che", "7.5")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("#line")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    mend(context)

    expect(page.locator("#kept tbody tr")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults(page) == []
