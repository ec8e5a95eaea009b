"""What travels over a weak line: the compressed bytes of a first and of a later visit, as the house sends them.

The first look is the page with the files that it names: then it can be read and typed into. Behind it, when the browser
has nothing else to do or with the first cell, come the scripts for reading numbers, steps back and the time without
line, the worker, its own page and once more the page of the month, which the worker keeps.
"""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Browser

from campaign.models import Submission
from units.models import User

FIRST_KB, LATER_KB = 33, 12
BEHIND_KB = 34
LATE = re.compile(r"data-[a-z]+=\"/static/([^\"]+\.js)\"")
STATIC = re.compile(r"(?:src|href)=\"/static/([^\"]+)\"")
BROWSER = {"Accept-Encoding": "gzip, br"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The static files named by their content and compressed, as an office serves them."""
    root = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static.OfficeStorage"}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield root


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def page_of(username: str, address: str) -> tuple[int, set[str]]:
    """The compressed bytes of a page, and the files that it names."""
    client = client_of(username)
    packed = client.get(address, headers=BROWSER)
    assert packed.headers["Content-Encoding"] == "gzip"
    return len(packed.content), set(STATIC.findall(client.get(address).text))


def weight_of(root: Path, name: str) -> int:
    """The smallest form of a file that the server has for a browser."""
    forms = [root / f"{name}{ending}" for ending in ("", ".gz", ".br")]
    return min(form.stat().st_size for form in forms if form.exists())


def month_of(username: str) -> str:
    unit = User.objects.get(username=username).role_grants.get().unit
    report = Submission.objects.get(participation__unit=unit, period__month=11, period__kind="month")
    return reverse("indicators:month", args=[report.pk])


def test_what_is_served_is_shorter_than_what_is_written_and_still_a_script(collected: Path, browser: Browser):
    scripts = [file for file in (collected / "js").glob("*.js") if not re.search(r"\.[0-9a-f]{12}\.", file.name)]
    page = browser.new_page()

    assert len(scripts) == len(list(settings.BASE_DIR.glob("static/js/*.js")))
    for script in scripts:
        served = script.read_text()
        assert len(served) < len((settings.BASE_DIR / "static/js" / script.name).read_text())
        page.evaluate("text => void new Function(text)", served)
    page.close()


@pytest.mark.parametrize("username", ["hieu", "poe"])
def test_the_clerks_month_is_light_on_the_first_visit_and_lighter_later(demo, collected: Path, username: str):
    page, files = page_of(username, month_of(username))
    first = page + sum(weight_of(collected, name) for name in files)

    assert len(files) >= 4
    assert first <= FIRST_KB * 1000
    assert page <= LATER_KB * 1000


def test_what_comes_behind_the_first_look_is_counted_too(demo, collected: Path, capsys):
    page, files = page_of("hieu", month_of("hieu"))
    first = page + sum(weight_of(collected, name) for name in files)
    late = set(LATE.findall(client_of("hieu").get(month_of("hieu")).text))
    worker = Client().get("/sw.js", headers=BROWSER)
    without_line = Client().get("/khong-co-mang/", headers=BROWSER)

    scripts = sum(weight_of(collected, name) for name in {*late, "js/offline.js"})
    behind = scripts + len(worker.content) + len(without_line.content) + page
    again = Client().get("/sw.js", headers={"If-None-Match": worker.headers["ETag"]})
    told = {"dùng được": first, "tải sau": behind, "trong đó script": scripts, "trình giữ trang": len(worker.content)}
    told |= {"trang không mạng": len(without_line.content), "bản giữ của trang": page, "lần sau": page}
    with capsys.disabled():
        sys.stdout.write("\nBiểu tháng: " + "; ".join(f"{name} {size / 1000:.1f} kB" for name, size in told.items()))

    assert len(late) == 10
    assert behind <= BEHIND_KB * 1000
    assert again.content == b""


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("hieu", "/bao-cao-thang/"),
        ("noivu", "/tiep-nhan/"),
        ("nongnghiep", "/xac-nhan/"),
        ("lanhdao", "/tong-quan/"),
        ("huyenuy", "/bao-cao/"),
    ],
)
def test_every_landing_is_as_light(demo, collected: Path, username: str, address: str):
    page, files = page_of(username, address)

    assert page + sum(weight_of(collected, name) for name in files) <= FIRST_KB * 1000
    assert page <= LATER_KB * 1000


def test_files_of_a_later_visit_are_not_asked_for_again(demo, collected: Path):
    _, files = page_of("hieu", "/bao-cao-thang/")

    assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in files)
