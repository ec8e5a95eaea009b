"""What a month costs: keys and page loads for a clerk's 18 rows; weight and answer of a department's 300."""

import gzip
import sys
from collections.abc import Iterator
from statistics import median

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from campaign.choices import SubmissionStatus
from indicators.models import Figure
from indicators.services.launching import launch_campaign
from tests.browser.conftest import DAY, focused, until
from tests.builders import World, assign, at, make_indicator, make_world
from units import clock

PAGE_OF_300_KB = 35
SLOWEST_KEYS = """() => new Promise((done) => {
  const seen = [];
  const isKey = (one) => one.name === "keydown";
  const look = (list) => seen.push(...list.getEntries().filter(isKey).map((one) => one.duration));
  new PerformanceObserver(look).observe({ type: "event", durationThreshold: 16, buffered: true });
  setTimeout(() => done(seen), 300);
})"""


def month_with(rows: int) -> World:
    """A commune that owes so many numbers and no task; what its clerk sends needs no approval here."""
    world = make_world(communes=1, launched=False)
    world.indicators.pop("tuyen-truyen").assignments.all().delete()
    for number in range(rows - 2):
        row = make_indicator(world.campaign, world.area, f"them-{number}", f"Chỉ tiêu thứ {number + 3} của đơn vị")
        world.indicators[f"them-{number}"] = row
        assign(row, world.communes[0])
    world.campaign.requires_endorsement = False
    world.campaign.save()
    launch_campaign(world.campaign, by=world.people["coordinator_head"])
    return world


@pytest.fixture
def day(transactional_db: None, settings) -> Iterator[None]:
    settings.ASSUMED_DATE = DAY
    with clock.set_to(at(DAY.isoformat())):
        yield


def month_of(world: World) -> str:
    return reverse("indicators:month", args=[world.submission().pk])


def tell(capsys: pytest.CaptureFixture[str], sentence: str) -> None:
    """Print although the test passes."""
    with capsys.disabled():
        sys.stdout.write(f"\n{sentence}\n")


def test_a_month_of_18_rows_takes_its_digits_a_key_for_each_row_and_one_send(
    day: None, page: Page, enter_as, capsys: pytest.CaptureFixture[str]
):
    world, loads = month_with(18), []
    numbers = [
        "12,5",
        "8",
        "1.234,5",
        "0",
        "35",
        "2.293",
        "7",
        "49,9",
        "120",
        "3",
        "15",
        "6,5",
        "80",
        "4",
        "21",
        "9",
        "1",
        "640",
    ]
    enter_as("clerk0")
    page.on("load", lambda _: loads.append(page.url))
    page.goto(month_of(world))
    keys = 0
    for number in numbers:
        for key in number:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        keys += len(number) + 1
    assert focused(page) == "Gửi báo cáo"
    page.keyboard.press("Enter")
    keys += 1
    expect(page.locator("main")).to_contain_text("Báo cáo đã gửi")

    assert world.submission().status == SubmissionStatus.SENT
    assert Figure.objects.filter(amount=None).exclude(period__number__gt=1).count() == 0
    digits = sum(map(len, numbers))
    parts = f"{digits} chữ số và dấu, 18 lần sang dòng, 1 lần gửi"
    tell(capsys, f"18 dòng: {keys} lần gõ ({parts}); tải trang {len(loads)} lần (mở biểu).")
    assert keys == digits + 18 + 1
    assert len(loads) == 1
    assert page.title().startswith("Tháng 7/2024")
    assert focused(page).startswith("Đã gửi")


def test_a_report_is_not_sent_over_a_figure_that_is_still_on_its_way(
    day: None, page: Page, context: BrowserContext, enter_as
):
    world = month_with(2)
    enter_as("clerk0")
    page.goto(month_of(world))
    until(page, "Boolean(window.grid.keepMany)")
    context.set_offline(True)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.keyboard.type("3")
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Gửi báo cáo").press("Enter")

    expect(page.locator("#line")).to_contain_text("Chưa gửi báo cáo: còn 2 số liệu chờ lưu")
    assert world.submission().status == SubmissionStatus.DRAFT


def test_300_rows_are_light_scroll_under_their_heads_and_save_every_key(
    day: None, page: Page, enter_as, capsys: pytest.CaptureFixture[str]
):
    world = month_with(300)
    client = Client()
    client.force_login(world.people["clerk0"])
    weight = len(gzip.compress(client.get(month_of(world)).content, 6)) / 1000
    enter_as("clerk0")
    page.goto(month_of(world))
    until(page, "Boolean(window.grid.keepMany && window.checkRow)")

    page.locator("input.cell").nth(200).focus()
    for number in range(12):
        page.keyboard.type(str(10 + number))
        page.keyboard.press("Enter")
    slow = page.evaluate(SLOWEST_KEYS)
    page.locator("tbody.row").nth(250).locator(".more").click()
    expect(page.locator("tbody.row").nth(250).locator("[name^=note-]")).to_be_visible()
    expect(page.locator("tbody.row").nth(250).locator(".evidence")).to_contain_text("Chọn tệp Chưa chọn tệp")
    page.locator("tbody.row").nth(250).locator("[name^=note-]").fill("Có biên bản")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.row").nth(250).locator(".saved")).to_have_text("đã lưu")
    assert world.figure("them-248").note == "Có biên bản"
    head = page.locator(".month thead th").nth(4).bounding_box()
    expect(page.locator("tbody.row").nth(211).locator(".saved")).to_have_text("đã lưu")

    usual = median([*slow, *[0] * (36 - len(slow))])
    tell(
        capsys,
        f"300 dòng: trang {weight:.1f} kB; phím chậm nhất {max(slow, default=16):.0f} ms, thường {usual:.0f} ms.",
    )
    assert weight <= PAGE_OF_300_KB
    assert head is not None
    assert head["y"] == 0
