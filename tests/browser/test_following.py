"""What is done about it, in a real browser: every page heard and fitting, an obstacle beside its figure, a reminder."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from followup.models import ActionItem, Conclusion, Explanation, Inspection, Obstacle, Reminder
from tests.browser.test_every_page import DESK, PHONE, faults_for_the_ear, width_beyond
from tests.builders import World, fill

LISTS = [
    "/vuong-mac/",
    "/giai-trinh/",
    "/kiem-tra/",
    "/ket-luan/",
    "/viec-duoc-giao/",
    "/dien-hinh/",
    "/don-doc/nhat-ky/",
    "/thong-bao/",
]
OFFICE = ["/don-doc/", "/vuong-mac/moi/", "/giai-trinh/moi/", "/kiem-tra/moi/", "/ket-luan/moi/", "/dien-hinh/moi/"]


def single_pages() -> list[str]:
    """One page of each kind of row."""
    kinds = [
        (Obstacle, "vuong-mac"),
        (Explanation, "giai-trinh"),
        (Inspection, "kiem-tra"),
        (Conclusion, "ket-luan"),
        (ActionItem, "viec-duoc-giao"),
        (Reminder, "don-doc"),
    ]
    return [f"/{name}/{model.objects.earliest('pk').pk}/" for model, name in kinds]


@pytest.mark.parametrize(("person", "more"), [("noivu", True), ("hieu", False)])
def test_every_page_can_be_heard_and_fits_desk_and_phone(demo, page: Page, enter_as, person: str, more: bool):
    enter_as(person)
    faults = {}
    for path in [*LISTS, *(OFFICE + single_pages() if more else [])]:
        page.goto(path)
        found = faults_for_the_ear(page)
        found += [f"{size}: too wide" for size in (PHONE, DESK) if width_beyond(page, size) > 0]
        if found:
            faults[path] = found

    assert faults == {}


def test_an_obstacle_raised_from_a_row_stands_beside_the_figure_at_the_office(
    world: World, page: Page, context: BrowserContext, enter_as
):
    fill(world)
    figure = world.figure("che")
    enter_as("clerk0")
    page.goto(f"/so-lieu/{figure.pk}/vuong-mac/")
    page.get_by_label("Vướng mắc", exact=True).fill("Cây giống về muộn")
    page.get_by_role("button", name="Ghi vướng mắc").click()
    expect(page.locator("h1")).to_have_text("Cây giống về muộn")
    world.send()

    context.clear_cookies()
    enter_as("coordinator")
    page.goto(f"/tiep-nhan/{figure.submission_id}/")

    row = page.locator(f"#so-{figure.pk}")
    expect(row.locator(".remarks")).to_contain_text("Nguyên nhân khách quan: Cây giống về muộn")
    expect(page.locator("#beside")).to_contain_text("số liệu giữ nguyên")


def test_the_office_reminds_copies_the_text_and_the_unit_is_told(
    world: World, page: Page, context: BrowserContext, enter_as
):
    enter_as("coordinator")
    page.goto("/don-doc/")
    page.get_by_label("xã Hiếu").check()
    page.get_by_role("button", name="Đôn đốc các đơn vị đã chọn").click()
    expect(page.locator("#messages")).to_contain_text("Đã đôn đốc")
    page.get_by_role("link", name="xã Hiếu").click()
    page.get_by_role("button", name="Chép tin nhắn").click()
    expect(page.locator("[data-copied=zalo]")).not_to_be_empty()

    context.clear_cookies()
    enter_as("clerk0")
    page.goto("/thong-bao/")
    expect(page.locator(".site-person")).to_contain_text("Thông báo (1)")
    page.get_by_role("button", name="Đôn đốc báo cáo thi đua").click()
    expect(page.locator("h1")).to_contain_text("Đôn đốc lần 1")
