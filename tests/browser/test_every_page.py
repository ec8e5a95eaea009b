"""Every page of every person on the real campaign: nothing lost to ear or keyboard, nothing wider than a phone."""

import fcntl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page, expect

PEOPLE = ["hieu", "hieu.ct", "nongnghiep", "taichinh.tp", "noivu.tp", "lanhdao", "huyenuy", "quantri"]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 768}
#: The same page about another object is looked at twice: a state may differ.
TWICE = 2
RULES = {
    "preload": False,  # else axe writes a style sheet of its own into the page, which our policy refuses
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: A link inside a drawing has no path of its own.
LINKS = """() => [...document.querySelectorAll('a[href]')]
    .map(a => new URL(a.getAttribute('href'), location)).map(url => url.pathname + url.search)"""
#: What a page is made of: each kind of element with its class, attributes and place, empty or not.
PARTS = """() => [...new Set([...document.querySelectorAll('body, body *')].map(one => [
    one.parentElement.localName, one.parentElement.className.baseVal ?? one.parentElement.className,
    one.localName, one.className.baseVal ?? one.className, one.getAttribute('role'), one.getAttribute('type'),
    one.getAttributeNames(), one.tabIndex, Boolean(one.textContent.trim())].join(' ')))]"""
FILES = (".pdf", ".xlsx", ".docx")


def name_of(path: str) -> str:
    """The page that an address opens."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def walk(page: Page, start: str, most: int = 60) -> Iterator[str]:
    """Go from page to page by the links that the person sees, each kind of page at most twice."""
    waiting, seen, often = [start], set(), {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        name = name_of(path)
        often_enough = often.get(name, 0) >= (1 if name.startswith("admin:") else TWICE)
        if path in seen or not name or often_enough or urlsplit(path).path.endswith(FILES):
            continue
        if name in {"units:file", "admin:jsi18n", "units:log-out"}:
            continue
        seen.add(path)
        often[name] = often.get(name, 0) + 1
        page.goto(path)
        yield path
        links = page.evaluate(LINKS)
        waiting += [link for link in links if link not in seen]


def faults_for_the_ear(page: Page) -> list[str]:
    """What axe finds, each with its place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})" for one in found]


def is_new(parts: set[str], name: str, folder: Path) -> bool:
    """Was any of the parts not yet heard on this page, by this or another process? From now on they are."""
    with (folder / f"heard-{name}").open("a+") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        kept.seek(0)
        new = parts - set(kept.read().split("\n"))
        kept.write("".join(f"{part}\n" for part in new))
    return bool(new)


def new_faults_for_the_ear(page: Page, path: str, folder: Path) -> list[str]:
    """What axe finds, unless the page is made of nothing but what was heard already, for this or another person."""
    parts = {" ".join(part.split()) for part in page.evaluate(PARTS)}
    return faults_for_the_ear(page) if is_new(parts, name_of(path), folder) else []


def width_beyond(page: Page, size: dict[str, int]) -> int:
    """By how many pixels the page is wider than the window."""
    page.set_viewport_size(size)
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_can_be_heard_and_fits_desk_and_phone(demo, page: Page, enter_as, person: str, shared_folder: Path):
    enter_as(person)
    faults = {}
    for path in walk(page, "/"):
        found = new_faults_for_the_ear(page, path, shared_folder)
        if not path.startswith("/quan-tri/"):
            found += [f"{beyond} px too wide at 360" for beyond in [width_beyond(page, PHONE)] if beyond > 0]
            found += [f"{beyond} px too wide at 1366" for beyond in [width_beyond(page, DESK)] if beyond > 0]
        if found:
            faults[path] = found

    assert faults == {}


def test_log_in_errors_and_lost_pages_can_be_heard_too(demo, context: BrowserContext, enter_as):
    page = context.new_page()
    faults = {}
    page.goto("/dang-nhap/")
    faults["log-in"] = faults_for_the_ear(page)
    page.locator("[name=username]").fill("hieu")
    page.locator("[name=password]").fill("sai")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("chưa đúng")
    faults["wrong password"] = faults_for_the_ear(page)
    enter_as("hieu")
    for path in ("/khong-co/", "/tiep-nhan/", "/doi-mat-khau/"):
        page.goto(path)
        faults[path] = faults_for_the_ear(page)

    assert {path: found for path, found in faults.items() if found} == {}


def test_the_chairman_reads_cards_on_a_phone(demo, page: Page, enter_as):
    enter_as("lanhdao")
    page.set_viewport_size(PHONE)
    for path in walk(page, "/", most=12):
        for table in page.locator("table.cards").all():
            assert table.locator("thead").evaluate("head => head.getBoundingClientRect().height") <= 1, path
            shown = table.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display")
            assert shown != "table-row", path
