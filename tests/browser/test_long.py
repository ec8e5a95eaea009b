"""Long lists in a real browser: a row is found by its words, a phone shows their beginning until all is asked for."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.builders import World, make_person, make_unit
from units.choices import Role

NUMBER = 40


def test_a_long_list_is_searched_and_a_phone_shows_its_beginning(world: World, page: Page, enter_as):
    for number in range(NUMBER):
        make_unit(f"xa-them-{number}", f"xã Đông {number:02}", parent=world.authority)
    enter_as("coordinator")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(reverse("units:units"))
    rows = page.locator("table[data-long] tbody tr:visible")

    expect(rows).to_have_count(15)
    page.get_by_role("button", name="Hiện cả").click()
    assert rows.count() > NUMBER
    expect(page.get_by_role("button", name="Hiện cả")).to_be_hidden()


def test_a_row_is_found_without_its_marks_and_all_come_back(world: World, page: Page, enter_as):
    indicator = world.indicators["che"]
    for number in range(NUMBER):
        unit = make_unit(f"xa-them-{number}", f"xã Đông {number:02}", parent=world.authority)
        indicator.targets.create(unit=unit, amount=5, valid_from=world.campaign.year_starts_on)
    enter_as("coordinator")
    page.goto(reverse("indicators:indicator", args=[indicator.pk]))
    rows = page.locator("table[data-long] tbody tr:visible")
    whole = rows.count()
    field = page.get_by_label("Tìm dòng")

    assert whole > NUMBER
    field.fill("dong 07")
    expect(rows).to_have_count(1)
    expect(page.locator("output")).to_have_text(f"1/{whole} dòng")
    field.press("Enter")
    expect(field).to_have_value("dong 07")
    field.fill("")
    expect(rows).to_have_count(whole)


def test_a_short_list_is_left_as_it_is(world: World, page: Page, enter_as):
    make_person("moi", world.communes[0], Role.CLERK)
    enter_as("coordinator")
    page.goto(reverse("units:people"))

    expect(page.locator("table[data-long] tbody tr").first).to_be_visible()
    assert page.locator("input[type=search]").count() == 0
    assert page.locator("button:has-text('Hiện cả')").count() == 0
