"""What the stories in the browser share: the day, a small world, and ways to log in and to walk by keyboard."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import BrowserContext, Page

from tests.builders import PASSWORD, World, at, make_world
from units import clock
from units.models import User

DAY = date(2024, 7, 15)


@pytest.fixture
def world(transactional_db: None, settings) -> Iterator[World]:
    """Two communes in July; the server reads the day from the settings, the test from its clock."""
    settings.ASSUMED_DATE = DAY
    with clock.set_to(at(DAY.isoformat())):
        yield make_world()


@pytest.fixture
def enter_as(context: BrowserContext, live_server) -> Callable[[str], None]:
    """Open the house's door for a person without typing: the log-in itself has a story of its own."""

    def enter(username: str, window: BrowserContext = context) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username))
        cookie = client.cookies["sessionid"]
        window.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    return enter


class Line:
    """The wire to the server. Chromium takes "offline" off for a moment while a page is left; a cut wire stays cut."""

    is_cut = False

    def cut(self, context: BrowserContext) -> None:
        """Every connection breaks without an answer, and the browser knows that there is no line."""
        self.is_cut = True
        context.set_offline(True)

    def mend(self, context: BrowserContext) -> None:
        """The line is back."""
        self.is_cut = False
        context.set_offline(False)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """The wire between the browser and the live server, to be cut and mended."""
    wire, parse = Line(), QuietWSGIRequestHandler.parse_request

    def parse_request(handler: QuietWSGIRequestHandler) -> bool:
        if wire.is_cut:
            handler.close_connection = True
        return not wire.is_cut and parse(handler)

    monkeypatch.setattr(QuietWSGIRequestHandler, "parse_request", parse_request)
    return wire


def log_in(page: Page, username: str) -> None:
    """Name, password, Enter: no pointer."""
    page.goto("/")
    tab_to(page, "[name=username]")
    page.keyboard.type(username)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "dang-nhap" not in address)


def tab_to(page: Page, what: str, most: int = 40) -> None:
    """Press Tab until the focus stands on what the selector names."""
    for _ in range(most):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by {most} steps of Tab")


def focused(page: Page) -> str:
    """The name of the field that has the focus."""
    return str(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))


def until(page: Page, holds: str, about: str | None = None) -> None:
    """Wait for what a script of the page brings about; the page's own policy forbids Playwright to wait inside it."""
    for _ in range(300):
        if page.evaluate(holds, about):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {holds}")
