"""A dead machine, and a period that was closed meanwhile: sixty figures typed without line, none lost or doubled."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from campaign.choices import SubmissionStatus
from indicators.models import Figure, FigureVersion
from indicators.services.launching import launch_campaign
from tests.browser.conftest import DAY, Line
from tests.browser.test_offline import faults, month_of, open_kept
from tests.builders import World, assign, at, fill, make_indicator, make_world
from tests.conftest import CHROMIUM
from units import clock

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
    large_world: World, browser: Browser, tmp_path: Path, live_server, enter_as, line: Line
):
    world, july, august = large_world, month_of(large_world, 1), month_of(large_world, 2)
    with machine(browser, tmp_path, live_server, enter_as) as page:
        open_kept(page, july)
        open_kept(page, august)
        line.cut(page.context)
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
        line.cut(page.context)
        page.goto(august)
        expect(page.locator("#line")).to_contain_text("60 số liệu")
        expect(page.locator("input.cell").nth(54)).to_have_value("254")
        line.mend(page.context)
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
