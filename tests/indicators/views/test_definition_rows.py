"""The definitions on the page: row by row until the launch, by the rules of the workbook; the calendar beside them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from campaign.models import Deadline
from indicators.models import Indicator, PathPoint, Target
from tests.builders import World, at, make_world
from tests.kept import kept_world

pytestmark = pytest.mark.django_db
world = kept_world(lambda: make_world(communes=2, launched=False), at("2024-06-20"))

ROW = {
    "code": "", "area": "2-3", "name": "Trồng mắc ca", "kind": "Số lượng", "unit_of_measure": "ha", "decimals": "1",
    "time_rule": "Số trong kỳ", "unit_rule": "Cộng các đơn vị", "direction": "Càng nhiều càng tốt",
    "operator": "ít nhất", "schedule": "Hằng tháng", "origin": "",
}  # fmt: skip


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.people["coordinator"])
    return client


def address(world: World, sheet: str, key: str = "") -> str:
    page = reverse("indicators:definition-row", args=[world.campaign.pk, sheet])
    return f"{page}?khoa={key}" if key else page


def test_a_row_is_added_with_a_code_out_of_its_name(world, office):
    assert office.post(address(world, "chi-tieu-nhiem-vu"), ROW).status_code == 302
    row = Indicator.objects.get(code="trong-mac-ca")

    assert (row.name, row.short_name, row.decimals) == ("Trồng mắc ca", "Trồng mắc ca", 1)


def test_a_row_is_changed_and_what_is_wrong_stands_beside_its_field(world, office):
    page = address(world, "chi-tieu-giao", "che|xa-0|||1")
    wrong = office.post(page, {"amount": "nhiều", "is_main": "x"})
    assert wrong.status_code == 422
    assert "“nhiều” không phải là số" in wrong.content.decode()

    assert office.post(page, {"amount": "61,5", "is_main": "x"}).status_code == 302
    assert str(Target.objects.get(indicator__code="che", unit=world.communes[0]).amount) == "61.5000"


def test_a_row_that_others_use_is_not_removed(world, office):
    answer = office.post(address(world, "chi-tieu-nhiem-vu", "che"), {"remove": "1"})

    assert answer.status_code == 422
    assert "dùng dòng này" in answer.content.decode()


def test_a_path_is_given_period_by_period(world, office):
    data = {"indicator": "che", "share:Tháng 8/2024": "20", "share:Tháng 9/2024": "45,5"}
    assert office.post(address(world, "lo-trinh"), data).status_code == 302
    shares = PathPoint.objects.order_by("period__number").values_list("period__name", "share")

    assert [(name, str(share)) for name, share in shares] == [("Tháng 8/2024", "20.000"), ("Tháng 9/2024", "45.500")]


@pytest.mark.parametrize("sheet", ["noi-dung", "chi-tieu-nhiem-vu", "phan-giao", "chi-tieu-giao", "lo-trinh"])
def test_every_sheet_has_its_page(world, office, sheet: str):
    assert office.get(reverse("indicators:definition-rows", args=[world.campaign.pk, sheet])).status_code == 200
    assert office.get(address(world, sheet)).status_code == 200


def test_an_unknown_sheet_or_row_is_not_found(world, office):
    assert office.get(address(world, "khong-co")).status_code == 404
    assert office.get(address(world, "noi-dung", "khong-co")).status_code == 404


CALENDAR = {
    "part": "periods", "starts_on": "01/07/2024", "ends_on": "31/12/2024", "year_starts_on": "15/12/2023",
    "calendar_rule": "calendar_month", "length": "1", "windows": "",
}  # fmt: skip


def calendar(world: World) -> str:
    return reverse("indicators:calendar", args=[world.campaign.pk])


def test_periods_are_cut_anew_and_paths_go_to_the_period_of_the_same_name(world, office):
    PathPoint.objects.create(indicator=world.indicators["che"], period=world.period(2), share=30)
    assert office.post(calendar(world), CALENDAR).status_code == 302
    point = PathPoint.objects.get()

    assert (point.period.name, point.period.starts_on) == ("Tháng 8/2024", date(2024, 8, 1))


def test_quarters_are_periods_too(world, office):
    office.post(calendar(world), {**CALENDAR, "length": "3"})

    assert list(world.campaign.periods.filter(kind="month").values_list("name", flat=True)) == [
        "Quý III/2024",
        "Quý IV/2024",
    ]


def test_a_given_list_follows_day_on_day(world, office):
    lines = "Đợt 1; 01/07/2024; 31/08/2024\nĐợt 2; 02/09/2024; 31/12/2024"
    refused = office.post(calendar(world), {**CALENDAR, "calendar_rule": "given", "windows": lines})
    assert "không hở, không chồng" in refused.content.decode()

    lines = lines.replace("02/09", "01/09")
    assert office.post(calendar(world), {**CALENDAR, "calendar_rule": "given", "windows": lines}).status_code == 302
    assert [one.name for one in world.campaign.periods.all()] == ["Đợt 1", "Đợt 2"]


def test_each_level_has_its_own_deadline(world, office):
    tier = world.campaign.tiers.get()
    data = {
        "part": "tiers", "tier": [str(tier.pk), "moi0"], f"name-{tier.pk}": "Xã", f"day-{tier.pk}": "17",
        "name-moi0": "Phòng", "day-moi0": "19",
    }  # fmt: skip
    assert office.post(calendar(world), data).status_code == 302
    due = Deadline.objects.filter(period=world.period(2)).order_by("due_on").values_list("tier__name", "due_on")

    assert list(due) == [("Xã", date(2024, 8, 19)), ("Phòng", date(2024, 8, 19))]


def test_bands_fall_from_ahead_to_behind(world, office):
    data = {"part": "bands", "ahead_from": "90", "on_track_from": "95", "behind_from": "70"}
    assert "phải giảm dần" in office.post(calendar(world), data).content.decode()

    assert office.post(calendar(world), {**data, "ahead_from": "105"}).status_code == 302
    assert world.campaign.bands.get().ahead_from == 105


def test_after_the_launch_the_pages_are_only_read(world, office):
    launched = make_world(communes=1, prefix="k-")
    office.force_login(launched.people["coordinator"])
    page = office.get(calendar(launched))

    assert "Phong trào đã phát động" in page.content.decode()
    assert office.post(calendar(launched), CALENDAR).status_code == 403
    assert office.post(address(launched, "noi-dung"), {"title": "Mới"}).status_code == 403


def test_what_is_seldom_needed_is_folded_until_something_of_it_is_written_or_wrong(world, office):
    def folded(response) -> dict[str, bool]:
        return {group.title: group.is_folded for group in response.context["groups"]}

    page = address(world, "chi-tieu-nhiem-vu")
    new = office.get(page)
    wrong = office.post(page, ROW | {"parent": "khong-co"})

    assert folded(new) == {
        "": False,
        "Cách đo": False,
        "Kỳ phải báo cáo": False,
        "Hỏi kèm số liệu, ghép với chỉ tiêu khác": True,
        "Nguồn trong văn bản": True,
    }
    assert not folded(wrong)["Hỏi kèm số liệu, ghép với chỉ tiêu khác"]
    assert {field.key for group in new.context["groups"] for field in group.fields} >= {"code", "quote", "position"}
