"""The boards in the browser's eyes: what each person finds, and what nobody may read off a page."""

import re

import pytest
from django.urls import reverse

from indicators.tables.standings import SENT
from reports.tables.area import area_table
from reports.tables.frame import Frame
from reports.tables.indicator_units import indicator_units
from tests.builders import at, fill, make_person, make_unit, make_world
from units import clock
from units.choices import Role

pytestmark = pytest.mark.django_db

SECRET = "33,3"


@pytest.fixture
def world():
    """Two communes; the second holds a figure that only some may see."""
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-15")):
        fill(world, 0, che="1.5")
        fill(world, 1, che="33.3")
        world.send(0)
        world.send(1)
    with clock.set_to(at("2024-07-20")):
        yield world


def get(client, world, person, url, status=200):
    client.force_login(world.people[person])
    response = client.get(url)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def plain(html):
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def urls(world):
    pk = world.campaign.pk
    return {
        "board": reverse("reports:board", args=[pk]),
        "area": reverse("reports:area", args=[pk, world.area.pk]),
        "indicator": reverse("reports:indicator", args=[pk, world.indicators["che"].pk]),
    }


def test_the_leader_goes_from_the_board_to_the_figure_in_three_clicks(client, world):
    board = get(client, world, "leader", reverse("reports:board"))
    area = urls(world)["area"]
    assert f'href="{area}?ky={world.period(1).pk}&amp;co-so=tam-tinh"' in board
    page = get(client, world, "leader", area)
    indicator = urls(world)["indicator"]
    assert f'href="{indicator}?ky=' in page
    units = get(client, world, "leader", indicator)
    figure = reverse("indicators:figure", args=[world.figure("che", 1).pk])
    assert f'href="{figure}"' in units
    get(client, world, "leader", figure)


def test_a_board_says_of_when_and_of_whom_its_figures_are(client, world):
    page = plain(get(client, world, "leader", urls(world)["indicator"]))
    assert "Số liệu đến hết ngày 14/7/2024 · tạm tính (gồm số liệu các đơn vị đã gửi)" in page
    assert "Tháng 7/2024 (15/6–14/7/2024) · 2/2 xã, đã xác nhận 0/2" in page


def test_leaders_open_on_preliminary_and_the_address_switches_to_official(client, world):
    board = urls(world)["board"]
    assert "34,8" in get(client, world, "leader", urls(world)["indicator"])
    official = plain(get(client, world, "leader", f"{urls(world)['indicator']}?co-so=chinh-thuc"))
    assert "34,8" not in official
    assert "chính thức (chỉ gồm số liệu đã tiếp nhận)" in official
    get(client, world, "leader", f"{board}?ky={world.period(1).pk}&co-so=chinh-thuc")


@pytest.mark.parametrize("query", ["?ky=999999", "?ky=xyz", "?co-so=khac"])
def test_an_address_that_names_nothing_is_not_found(client, world, query):
    get(client, world, "leader", urls(world)["board"] + query, 404)


def test_a_period_of_another_campaign_is_not_found(client, world):
    other = make_world(prefix="b-")
    get(client, world, "leader", f"{urls(world)['board']}?ky={other.period(1).pk}", 404)


def test_a_period_without_any_figure_is_a_designed_page(client, world):
    fresh = make_world(prefix="c-")
    page = plain(get(client, fresh, "leader", reverse("reports:board", args=[fresh.campaign.pk])))
    assert "Kỳ này chưa có số liệu" in page


def test_a_unit_finds_its_own_rows_and_nothing_of_its_neighbour(client, world):
    page = get(client, world, "clerk0", urls(world)["board"])
    assert "3,0 %" in plain(page)  # its own 1.5 of 50 ha
    for leak in (SECRET, "34,8", "xã Pờ Ê", urls(world)["indicator"], urls(world)["area"]):
        assert leak not in page
    for name in ("area", "indicator"):
        get(client, world, "clerk0", urls(world)[name], 403)


def test_a_lead_department_sees_its_indicators_over_all_units_and_no_other(client, world):
    other = make_unit("thanh-tra", "Thanh tra", parent=world.authority, kind="phong", level="huyen")
    world.indicators["ca-phe"].assignments.filter(role="leads").update(unit=other)
    assert SECRET in get(client, world, "reviewer", urls(world)["indicator"])
    for name in ("board", "area"):
        page = get(client, world, "reviewer", urls(world)[name])
        assert "Trồng chè mới" in page
        assert "Trồng cà phê mới" not in page
    coffee = reverse("reports:indicator", args=[world.campaign.pk, world.indicators["ca-phe"].pk])
    get(client, world, "reviewer", coffee, 403)


def test_a_superior_sees_official_figures_only(client, world):
    province = make_unit("tinh", "UBND tỉnh", kind="ubnd", level="huyen")
    world.authority.parent = province
    world.authority.save()
    world.people["superior"] = make_person("lanh-dao-tinh", province, Role.LEADER)
    for url in urls(world).values():
        page = get(client, world, "superior", url)
        assert SECRET not in page
        assert "34,8" not in page
        assert "đơn vị đã gửi báo cáo" not in page
        get(client, world, "superior", f"{url}?co-so=tam-tinh", 403)
    world.receive(1)
    page = get(client, world, "superior", urls(world)["indicator"])
    assert SECRET in page
    assert reverse("indicators:figure", args=[world.figure("che", 1).pk]) not in page


@pytest.mark.parametrize(("person", "status"), [("reader", 403), ("administrator", 404)])
@pytest.mark.parametrize("name", ["board", "area", "indicator"])
def test_readers_and_administrators_are_refused(client, world, person, status, name):
    assert SECRET not in get(client, world, person, urls(world)[name], status)


def test_a_person_of_another_authority_finds_nothing(client, world):
    other = make_world(prefix="b-")
    for url in urls(world).values():
        for person in ("leader", "coordinator", "clerk0"):
            get(client, other, person, url, 404)


@pytest.mark.parametrize("name", ["board", "area", "indicator"])
def test_what_a_clerk_has_not_sent_is_on_no_board(client, world, name):
    figure = world.figure("che", 0, 2)
    with clock.set_to(at("2024-08-14")):
        world.enter("che", "77.7", 0, 2)
    with clock.set_to(at("2024-08-20")):
        assert figure.version == 0
        url = f"{urls(world)[name]}?ky={world.period(2).pk}"
        for person in ("leader", "coordinator", "reviewer"):
            assert "77,7" not in get(client, world, person, url)


def test_reading_a_board_needs_no_post(client, world):
    client.force_login(world.people["leader"])
    assert client.post(urls(world)["board"]).status_code == 405


def cells(html):
    """Every labelled cell of a page's tables, row by row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r'data-label="([^"]+)">(.*?)</td>', row, re.DOTALL) for row in rows]
    return [{label: plain(text) for label, text in row} for row in found if row]


def test_every_figure_of_a_content_area_is_the_builders(client, world):
    page = get(client, world, "leader", urls(world)["area"])
    table = area_table(Frame(world.campaign, world.period(1), SENT), world.area)
    assert [row for row in cells(page) if "Kế hoạch" in row] == [
        {
            "Kế hoạch": row.standing.target_text,
            "6 tháng đầu năm": row.standing.opening_text,
            "Trong kỳ": row.standing.in_period_text,
            "Lũy kế năm": row.standing.cumulative_text,
            "Từ khi phát động": row.standing.since_launch_text,
            "Đạt": row.standing.rate_text,
        }
        for row in table.area.rows
    ]


def test_every_figure_of_an_indicators_units_is_the_builders(client, world):
    page = get(client, world, "leader", urls(world)["indicator"])
    table = indicator_units(
        Frame(world.campaign, world.period(1), SENT), world.indicators["che"], world.people["leader"]
    )
    *units, whole = [row for row in cells(page) if "Kế hoạch" in row]
    assert [(row["Kế hoạch"], row["Từ khi phát động"], row["Đạt"], row["Phần trong tổng"]) for row in units] == [
        (unit.standing.target_text, unit.standing.since_launch_text, unit.standing.rate_text, unit.share_text)
        for unit in table.units
    ]
    assert (whole["Từ khi phát động"], whole["Đạt"]) == ("34,8", "34,8 %")


@pytest.mark.parametrize(
    ("person", "acts"),
    [
        ("leader", {"Yêu cầu giải trình"}),
        ("coordinator", {"Đề nghị báo cáo nguyên nhân", "Đôn đốc các đơn vị chậm", "Nêu vướng mắc"}),
        ("reviewer", set()),
    ],
)
def test_the_page_of_an_indicator_offers_what_the_person_may_do(client, world, person, acts):
    tea = world.indicators["che"]
    client.force_login(world.people[person])
    page = client.get(reverse("reports:indicator", args=[world.campaign.pk, tea.pk])).text

    every = {"Yêu cầu giải trình", "Đề nghị báo cáo nguyên nhân", "Đôn đốc các đơn vị chậm", "Nêu vướng mắc"}
    assert {act for act in every if f">{act}</a>" in page} == acts
