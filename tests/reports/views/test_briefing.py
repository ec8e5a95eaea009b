"""The sheet for the weekly meeting: one side of A4, in one typeface, for the office and its leaders."""

import io
from datetime import date
from decimal import Decimal

import pdfplumber
import pytest
from django.urls import reverse

from indicators.models import Target
from indicators.services.launching import launch_campaign
from indicators.tables.standings import SENT
from reports.tables import briefing as briefings
from reports.tables.briefing import briefing
from reports.tables.frame import Frame
from tests.builders import assign, at, fill, make_indicator, make_world
from units import clock

pytestmark = pytest.mark.django_db


def full_world():
    """Five communes, twelve lagging indicators with long names, every second report overdue."""
    world = make_world(communes=5, launched=False)
    for place, unit in enumerate(world.communes):
        unit.kind.is_territorial = True
        unit.kind.save()
        unit.grid_column, unit.grid_row = place % 3 + 1, place // 3 + 1
        unit.save()
    for number in range(10):
        name = f"Diện tích cây lâu năm trồng mới theo kế hoạch được giao đợt {number}"
        row = make_indicator(world.campaign, world.area, f"cay-{number}", name)
        world.indicators[f"cay-{number}"] = row
        for unit in world.communes:
            assign(row, unit)
            Target.objects.create(indicator=row, unit=unit, amount=Decimal(900), valid_from=date(2024, 1, 1))
    with clock.set_to(at("2024-07-01")):
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
    with clock.set_to(at("2024-07-15")):
        for commune in (0, 2, 4):
            fill(world, commune, che="1", **{f"cay_{number}": "1" for number in range(10)})
            world.send(commune)
    return world


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-25")):
        yield full_world()


def test_the_pdf_is_one_side_of_a4_in_one_typeface_even_when_everything_lags(client, world):
    client.force_login(world.people["leader"])
    response = client.get(reverse("reports:briefing-pdf", args=[world.campaign.pk]))
    with pdfplumber.open(io.BytesIO(response.content)) as paper:
        [page] = paper.pages
        words, fonts = " ".join(page.extract_text().split()), {char["fontname"].split("+")[-1] for char in page.chars}

    assert response["Content-Disposition"] == 'attachment; filename="giao-ban-thang-7-2024-tam-tinh.pdf"'
    assert (round(page.width), round(page.height)) == (595, 842)
    assert {font.split("-")[0] for font in fonts} == {"Tinos"}
    assert "(và 3 chỉ tiêu khác)" in words
    assert "xã Pờ Ê (Tháng 7/2024, 9 ngày)" in words, words[-900:]


def test_page_and_paper_show_the_same_map_from_the_places_of_the_units(client, world):
    frame = Frame(world.campaign, world.period(1), SENT)
    sheet = briefing(frame, world.people["leader"])
    client.force_login(world.people["coordinator"])
    page = client.get(reverse("reports:briefing")).content.decode()

    placed = {tile.name: (tile.column, tile.row) for tile in sheet.tiles.tiles}
    assert (len(placed), placed["xã Hiếu"], placed["xã Đăk Tăng"]) == (5, (1, 1), (1, 2))
    assert sheet.mapped.short_name in page
    assert "Tải PDF (một trang A4)" in page


@pytest.mark.parametrize("person", ["clerk0", "head0", "reviewer", "reader"])
def test_it_is_for_the_office_and_its_leaders(client, world, person):
    client.force_login(world.people[person])

    assert client.get(reverse("reports:briefing", args=[world.campaign.pk])).status_code == 403


@pytest.mark.parametrize("communes", [1, 3])
def test_it_takes_no_more_queries_for_three_units_than_for_one(communes, django_assert_max_num_queries):
    world = make_world(communes=communes)
    for commune in range(communes):
        fill(world, commune, che="1")
        world.send(commune)
    frame, leader = Frame(world.campaign, world.period(1), SENT), world.people["leader"]
    assert leader.grants
    with django_assert_max_num_queries(briefings.QUERIES):
        assert briefing(frame, leader).lines
