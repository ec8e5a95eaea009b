"""Giving targets on one page: proposals that add up, a check by the server, a difference that is explained."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import AllocationNote, Denominator, Indicator, Target, Total
from indicators.tables.allocation import LIST_QUERIES, PAGE_QUERIES, allocation_list, allocation_page
from tests.builders import World, at, make_indicator, make_world
from tests.kept import kept_world

pytestmark = pytest.mark.django_db
D = Decimal


def build() -> World:
    world = make_world(communes=3, launched=False)
    Target.objects.all().delete()
    earlier = make_indicator(world.campaign, world.area, "nam-truoc", "Chè năm trước")
    world.indicators["che"].previous = earlier
    world.indicators["che"].save()
    for unit, reached in zip(world.communes, ("10", "20", "30"), strict=True):
        Total.objects.create(
            indicator=earlier, unit=unit, period=world.period(6), official_cumulative=D(reached), owed=1
        )
    world.communes[0].population = 1000
    world.communes[0].save()
    return world


world = kept_world(build, at("2024-06-20"))


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.people["coordinator"])
    return client


def page_of(world: World) -> str:
    return reverse("indicators:allocate", args=[world.indicators["che"].pk])


def typed(world: World, whole: str, *amounts: str, **more: str) -> dict[str, str]:
    cells = {f"amount-{unit.pk}": amount for unit, amount in zip(world.communes, amounts, strict=False)}
    return {"whole": whole, **cells, **more}


def given(world: World) -> list[Decimal]:
    rows = Target.objects.filter(indicator=world.indicators["che"], unit__in=world.communes)
    return [row.amount for row in rows.order_by("unit_id")]


@pytest.mark.parametrize(
    ("way", "cells", "amounts"),
    [
        ("equal", {}, ("33,4", "33,3", "33,3")),
        ("last", {0: "last-{}:10", 1: "last-{}:20", 2: "last-{}:30"}, ("16,7", "50", "33,3")),
        ("population", {0: "people-{}:1.000", 1: "people-{}:3.000"}, ("25", "0", "75")),
    ],
)
def test_a_proposal_adds_up_and_writes_nothing(world, office, way, cells, amounts):
    data = typed(world, "100", propose=way)
    for place, cell in cells.items():
        name, _, text = cell.format(world.communes[place].pk).partition(":")
        data[name] = text
    answer = office.post(page_of(world), data)

    assert [row["amount"] for row in answer.context["rows"]] == list(amounts)
    assert answer.context["check"].is_equal
    assert given(world) == []


def test_what_was_reached_last_year_and_the_population_stand_beside(world, office):
    rows = office.get(page_of(world)).context["rows"]

    assert [row["last"] for row in rows] == ["10", "30", "20"]
    assert rows[0]["people"] == "1.000"


def test_the_sum_is_checked_by_the_server_while_typing(world, office):
    answer = office.post(page_of(world), typed(world, "100", "40", "30", "20", check="1"))

    assert "Tổng giao các đơn vị 90,0 ha, thiếu 10,0 so với số giao chung 100,0." in answer.content.decode()
    assert given(world) == []


def test_an_equal_sum_is_written_with_who_set_it(world, office):
    data = typed(world, "100", "40", "30", "30", set_by="UBND huyện", number="12/QĐ-UBND", decided_on="05/01/2024")
    assert office.post(page_of(world), data).status_code == 302
    whole = Target.objects.get(indicator=world.indicators["che"], unit=world.authority)

    assert given(world) == [40, 30, 30]
    assert (whole.amount, whole.set_by, whole.decision_number) == (100, "UBND huyện", "12/QĐ-UBND")


def test_a_difference_is_refused_until_it_is_explained(world, office):
    data = typed(world, "100", "40", "30", "20")
    refused = office.post(page_of(world), data)
    assert refused.status_code == 422
    assert "hoặc ghi lý do chênh lệch" in refused.content.decode()
    assert refused.context["check"].total == 90
    assert given(world) == []

    assert office.post(page_of(world), {**data, "explanation": "Dự phòng 10 ha"}).status_code == 302
    assert given(world) == [40, 30, 20]
    assert AllocationNote.objects.get().explanation == "Dự phòng 10 ha"
    listed = office.get(reverse("indicators:allocations", args=[world.campaign.pk])).content.decode()
    assert "lệch, đã ghi lý do" in listed


def test_what_cannot_be_read_is_told_with_the_unit(world, office):
    answer = office.post(page_of(world), typed(world, "100", "bốn mươi"))

    assert answer.status_code == 422
    assert "xã Hiếu: “bốn mươi” không phải là số" in answer.content.decode()


def test_a_proposal_without_weights_says_what_is_missing(world, office):
    answer = office.post(page_of(world), typed(world, "100", propose="population"))

    assert "Chưa có số để chia theo cách này" in answer.content.decode()


@pytest.mark.parametrize("communes", [1, 3])
def test_the_tables_ask_the_same_for_one_unit_and_for_three(communes):
    world = make_world(communes=communes, prefix="k-")
    with CaptureQueriesContext(connection) as asked:
        allocation_list(world.campaign)
    assert len(asked) == LIST_QUERIES
    with CaptureQueriesContext(connection) as asked:
        allocation_page(world.indicators["che"], None)
    assert len(asked) == PAGE_QUERIES - 1


def test_the_page_opens_on_the_base_by_which_the_indicator_is_judged(world, office):
    base = Denominator.objects.create(indicator=world.indicators["che"], key="ke-hoach", name="kế hoạch")
    Target.objects.create(
        indicator=world.indicators["che"], unit=world.authority, base=base, amount=D("100"), valid_from="2024-01-01"
    )

    assert office.get(page_of(world)).context["page"].base == base
    assert office.get(f"{page_of(world)}?mau-so=").context["page"].base is None
    [line] = [one for one in allocation_list(world.campaign) if one.indicator.code == "che"]
    assert line.whole == "100,0"


def test_a_proposal_asks_for_no_decision_first(world: World, office: Client):
    page = office.get(page_of(world)).content.decode()
    assert page.count('name="propose"') == page.count("formnovalidate") == 3


def test_a_proposal_names_whom_it_gives_nothing_for_want_of_a_weight(world: World, office: Client):
    cells = {f"people-{world.communes[0].pk}": "1.000"}
    page = office.post(page_of(world), {**typed(world, "50"), **cells, "propose": "population"}).content.decode()

    assert "Chưa có dân số nên được chia 0: xã Măng Cành, xã Pờ Ê." in page


def test_units_that_were_given_nothing_yet_are_no_difference(world: World, office: Client):
    Target.objects.create(
        indicator=world.indicators["che"], unit=world.authority, amount=D(50), valid_from=world.campaign.starts_on
    )
    listed = office.get(reverse("indicators:allocations", args=[world.campaign.pk]))

    assert "chưa giao các đơn vị" in listed.content.decode()
    assert listed.context["differing"] == 0


def test_a_task_has_no_number_to_give(world: World, office: Client):
    task = world.indicators["che"]
    task.kind, task.unit_of_measure = "task", ""
    task.save()
    page = office.get(reverse("indicators:revise", args=[task.pk]))
    assert page_of(world) not in page.content.decode()
    assert office.get(page_of(world)).status_code == 404


def test_a_percentage_is_no_missing_whole(world: World, office: Client):
    base = Denominator.objects.create(indicator=world.indicators["che"], key="dien", name="diện tích đủ điều kiện")
    Target.objects.create(
        indicator=world.indicators["che"],
        unit=world.authority,
        base=base,
        is_percentage=True,
        amount=D(95),
        valid_from=world.campaign.starts_on,
    )
    listed = office.get(reverse("indicators:allocations", args=[world.campaign.pk])).content.decode()

    [line] = [one for one in allocation_list(world.campaign) if one.indicator.code == "che"]
    assert (line.whole, line.given, line.is_percentage) == ("95 % diện tích đủ điều kiện", "0/3 đơn vị", True)
    assert "tính theo phần trăm, không chia" in listed


def percentage_of(world: World, **columns: object) -> Denominator:
    """The tea as a percentage of a base of its own."""
    base = Denominator.objects.create(indicator=world.indicators["che"], key="dien", name="diện tích", **columns)
    values = {"unit": world.authority, "base": base, "is_percentage": True, "amount": D(95)}
    Target.objects.create(indicator=world.indicators["che"], valid_from=world.campaign.starts_on, **values)
    return base


def test_a_percentage_is_not_divided_and_the_page_says_why(world: World, office: Client):
    percentage_of(world)
    page = office.get(page_of(world))
    refused = office.post(page_of(world), typed(world, "95", "30", "30", "35"))

    assert "Mức chung là 95 % diện tích. Phần trăm không chia giữa các đơn vị" in page.text
    assert "Chia đều" not in page.text
    assert 'href="?mau-so=dien"' in page.text
    assert (refused.status_code, given(world)) == (422, [])


def test_the_amount_of_a_base_that_is_given_may_be_divided(world: World, office: Client):
    percentage_of(world)
    address = f"{page_of(world)}?mau-so=dien"
    assert "Mức chung: 95 % diện tích." in office.get(address).text
    assert office.post(address, typed(world, "90", "30", "30", "30")).status_code == 302

    assert given(world) == [D(30)] * 3


def test_a_base_that_the_units_report_is_given_to_nobody(world: World, office: Client):
    percentage_of(world, is_reported=True)
    page = office.get(f"{page_of(world)}?mau-so=dien")

    assert "“diện tích” do đơn vị báo cáo hằng kỳ cùng số liệu nên không giao" in page.text
    assert "?mau-so=" not in page.text


def test_an_indicator_counted_in_percent_is_not_divided(world: World, office: Client):
    Indicator.objects.filter(code="che").update(unit_of_measure="%")

    assert "Chỉ tiêu tính bằng phần trăm nên không chia giữa các đơn vị" in office.get(page_of(world)).text
    assert office.post(page_of(world), typed(world, "90", "30", "30", "30")).status_code == 422
