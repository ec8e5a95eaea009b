"""What every test may use: the engine chosen by DATABASE_URL, and one real browser."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.template import Context, Template
from django.test.signals import template_rendered
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.demo import Snapshot, copy_in, in_demo, shared_snapshot
from tests.drawn import draw_once
from tests.migrated import drop_database, make_database

settings.register_profile(
    "house", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: How long a busy machine may take for one step; a story that goes well waits for nothing.
PATIENCE_MS = 30_000
#: So many new objects before the collector looks, not 700.
SELDOM = (20_000, 10, 10)
COMMITTING = frozenset({"transactional_db", "live_server"})
NEEDS_DATABASE = COMMITTING | {"db"}


def pytest_configure(config: pytest.Config) -> None:
    # Playwright's loop runs in this thread; a browser test asks the ORM between its steps, not inside them.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the browser is a story in the browser; what needs no database is the same on every engine."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)  # asked for while running, too late for the database to be made
        if not item.get_closest_marker("django_db") and NEEDS_DATABASE.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.once)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded now lives as long as the process: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def pytest_runtest_setup() -> None:
    draw_once()


@pytest.fixture(scope="session", autouse=True)
def outer_templates_told(django_test_environment: None) -> None:
    """``response.context`` is that of the page; Django would copy it for each of its hundred parts as well."""
    Template._render = _render


def _render(template: Template, context: Context) -> str:
    if context.template is template:
        template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id) -> Path:
    """What one process of this session makes for all."""
    folder = tmp_path_factory.getbasetemp()
    return folder if worker_id == "master" else folder.parent


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, shared_folder
) -> Iterator[None]:
    """In place of pytest-django's: each process has a database of its own, and one of them migrates."""
    with django_db_blocker.unblock():
        made = make_database(shared_folder)
    yield
    with django_db_blocker.unblock():
        drop_database(made, shared_folder)


@pytest.fixture(scope="session")
def demo_snapshot(django_db_setup, django_db_blocker, shared_folder) -> Snapshot:
    """The demo on 15/11/2024, replayed once for all processes of this session."""
    with django_db_blocker.unblock():
        return shared_snapshot(shared_folder / "demo.pickle")


@pytest.fixture(scope="module")
def demo_rows(request: pytest.FixtureRequest, demo_snapshot: Snapshot, django_db_blocker) -> Iterator[bool]:
    """The demo's rows for all tests of a module, each of which takes back what it wrote; not where they commit."""
    ours = [item for item in request.session.items if item.getparent(pytest.Module) is request.node]
    if any(_commits(item) for item in ours):
        yield False
        return
    with django_db_blocker.unblock(), transaction.atomic():
        copy_in(demo_snapshot)
        yield True
        transaction.set_rollback(True)


def _commits(item: pytest.Item) -> bool:
    """Does the test, or the server beside it, see only what stands in the database for good?"""
    names, mark = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
    return not COMMITTING.isdisjoint(names) or (mark is not None and mark.kwargs.get("transaction", False))


@pytest.fixture
def demo(request: pytest.FixtureRequest, demo_rows: bool, demo_snapshot: Snapshot) -> Iterator[None]:
    """The real campaign as it stands in the afternoon of 15/11/2024, with the accounts of fixtures/demo/people.json."""
    request.getfixturevalue("transactional_db" if "live_server" in request.fixturenames else "db")
    if not demo_rows:
        copy_in(demo_snapshot)
    with in_demo():
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of this process."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A window without cookies, as an office's screen shows it."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1366, "height": 768},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose test fails when a script fails or the browser refuses something."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    yield page
    assert faults == []


def _is_fault(message: ConsoleMessage) -> bool:
    """An error of ours; the browser's own line about a refused request is what the page then tells in words."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")
