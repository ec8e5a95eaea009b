"""How soon a clerk can type over a weak line: the month's page in a real browser at 400 kbit/s and 400 ms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median

from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from config.bench.client import Person
from config.bench.result import Goal, Result
from config.bench.stage import Stage

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
FIRST, LATER = 3.0, 1.5
#: When the scripts that the page names have run and a cell takes what is typed.
USABLE = """() => {
  const { domContentLoadedEventEnd, transferSize } = performance.getEntriesByType("navigation")[0];
  if (!document.documentElement.classList.contains("script")) throw new Error("the page has no script");
  document.querySelector("input.cell").focus();
  const files = performance.getEntriesByType("resource").filter((one) => one.startTime < domContentLoadedEventEnd);
  const bytes = files.reduce((sum, one) => sum + one.transferSize, transferSize);
  return [domContentLoadedEventEnd / 1000, bytes / 1000];
}"""


def open_slowly(stage: Stage) -> Iterator[Result]:
    """A first visit with nothing kept and a later one; each as often as the rounds say, the middle counts."""
    person, report = stage.clerk(0), stage.opened(0)
    path, rows = reverse("indicators:month", args=[report.pk]), report.figures.count()
    person.get(path)  # the first answer after the start is measured elsewhere
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [_visit(browser, person, path) for _ in range(stage.rounds)]
        browser.close()
    for name, seconds, goal in (("lần đầu", 0, FIRST), ("lần sau", 1, LATER)):
        result = Result(f"Biểu {rows} dòng ở 400 kbit/s, {name}", stage.engine, goal=Goal(goal, "giây"))
        result.value = median(visit[seconds][0] for visit in visits)
        result.note = (
            f"đến khi gõ được; {median(visit[seconds][1] for visit in visits):.1f} kB qua mạng, kể cả đầu thư."
        )
        yield result


def _visit(browser: Browser, person: Person, path: str) -> tuple[list[float], list[float]]:
    """Both visits of one person. The worker stands aside: it would fetch the page over a line that nobody slows."""
    host, port = person.address
    window = browser.new_context(base_url=f"http://{host}:{port}", service_workers="block", locale="vi-VN")
    window.add_cookies([{"name": "sessionid", "value": person.session, "url": f"http://{host}:{port}"}])
    page = window.new_page()
    window.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
    first, later = _open(page, path), _open(page, path)
    window.close()
    return first, later


def _open(page: Page, path: str) -> list[float]:
    """Seconds until a cell can be typed into, and kilobytes until then."""
    page.goto("about:blank")
    page.goto(path, wait_until="load")
    page.wait_for_timeout(1500)  # what comes behind must not be in the way of the next visit
    measured: list[float] = page.evaluate(USABLE)
    return measured
