"""Who may download what, and how a file comes."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from reports.tables.downloads import download_table
from tests.builders import at, make_person, make_unit, make_world
from tests.reports.exports.sample import UNSENT, office_world, send_the_last
from units import clock
from units.choices import Role
from units.models import User

pytestmark = pytest.mark.django_db

EVENING = at("2024-08-15", 18)
PEOPLE = ["clerk0", "head0", "reviewer", "coordinator", "coordinator_head", "leader", "reader", "administrator"]


def summary(world, form="xlsx", period=2):
    return reverse(f"reports:summary-{form}", args=[world.campaign.pk, world.period(period).pk])


def get(client, world, person, address, **query):
    client.force_login(world.people[person])
    with clock.set_to(EVENING):
        return client.get(address, query)


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
@pytest.mark.parametrize(
    ("person", "status"),
    list(zip(PEOPLE, [403, 403, 403, 200, 200, 200, 403, 404], strict=True)),
)
def test_the_summary_is_for_leaders_and_the_standing_body(client, form, person, status):
    world = office_world(2)
    assert get(client, world, person, summary(world, form)).status_code == status


def test_a_file_comes_as_a_download_with_a_name_that_says_period_and_basis(client):
    world = office_world(2)
    excel = get(client, world, "leader", summary(world), **{"co-so": "chinh-thuc"})
    letter = get(client, world, "leader", summary(world, "pdf"))
    assert excel.headers["Content-Disposition"] == 'attachment; filename="tong-hop-thang-8-2024-chinh-thuc.xlsx"'
    assert letter.headers["Content-Disposition"] == 'attachment; filename="tong-hop-thang-8-2024-tam-tinh.pdf"'
    assert excel.headers["X-Content-Type-Options"] == "nosniff"
    assert "Tổng hợp" in openpyxl.load_workbook(BytesIO(excel.content)).sheetnames
    assert letter.headers["Content-Type"] == "application/pdf"
    assert PdfReader(BytesIO(letter.content)).metadata.author == "Phòng Nội vụ"


def test_an_unknown_basis_period_or_campaign_is_not_there(client):
    world = office_world(2)
    other = make_world(communes=1, prefix="khac-")
    assert get(client, world, "leader", summary(world), **{"co-so": "la"}).status_code == 404
    strange = reverse("reports:summary-xlsx", args=[world.campaign.pk, other.period(1).pk])
    assert get(client, world, "leader", strange).status_code == 404
    assert get(client, world, "leader", summary(other)).status_code == 404


def test_a_superior_gets_official_figures_only_and_no_list_of_late_units(client):
    world = office_world(2)
    province = make_unit("tinh", "UBND tỉnh", kind="ubnd", level="huyen")
    world.authority.parent = province
    world.authority.save()
    world.people["superior"] = make_person("lanh-dao-tinh", province, Role.LEADER)
    refused = get(client, world, "superior", summary(world), **{"co-so": "tam-tinh"})
    given = get(client, world, "superior", summary(world))
    assert refused.status_code == 403
    assert 'filename="tong-hop-thang-8-2024-chinh-thuc.xlsx"' in given.headers["Content-Disposition"]
    assert "Tình hình gửi báo cáo" not in openpyxl.load_workbook(BytesIO(given.content)).sheetnames
    letter = get(client, world, "superior", summary(world, "pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages)
    assert "Chưa gửi" not in text


def unit_address(world, commune=0):
    return reverse("reports:unit-pdf", args=[world.submission(commune, 2).pk])


@pytest.mark.parametrize(
    ("person", "status"),
    list(zip(PEOPLE, [404, 404, 404, 403, 403, 404, 404, 404], strict=True)),
)
def test_an_unsent_report_is_printed_by_its_own_people_alone(client, person, status):
    world = office_world(2)
    assert get(client, world, person, unit_address(world, 1)).status_code == status
    own = get(client, world, "clerk1", unit_address(world, 1))
    assert own.status_code == 200
    assert f"{UNSENT},0" in PdfReader(BytesIO(own.content)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("person", "status"),
    list(zip(PEOPLE, [404, 404, 404, 200, 200, 404, 404, 404], strict=True)),
)
def test_a_sent_report_is_printed_by_the_standing_body_too(client, person, status):
    world = office_world(2)
    send_the_last(world)
    assert get(client, world, person, unit_address(world, 1)).status_code == status


def test_the_list_names_the_files_of_every_period_that_has_begun(client):
    world = office_world(2)
    page = get(client, world, "coordinator", reverse("reports:downloads")).content.decode()
    found = [number for number in range(1, 7) if summary(world, "xlsx", number) in page]
    assert found == [1, 2, 3]
    assert f"{summary(world, 'pdf')}?co-so=chinh-thuc" in page


def test_the_list_of_a_clerk_has_the_own_reports_and_no_summary(client):
    world = office_world(2)
    page = get(client, world, "clerk0", reverse("reports:downloads")).content.decode()
    assert unit_address(world, 0) in page
    assert unit_address(world, 1) not in page
    assert summary(world) not in page


def test_who_reads_signed_reports_only_is_told_that_there_are_none_yet(client):
    world = office_world(2)
    page = get(client, world, "reader", reverse("reports:downloads")).content.decode()
    assert "chỉ đọc báo cáo đã ký" in page
    assert "tong-hop" not in page


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_may_open_the_list(client, person):
    world = office_world(1)
    assert get(client, world, person, reverse("reports:downloads")).status_code == 200


@pytest.mark.parametrize(("person", "queries"), [("coordinator", 3), ("clerk0", 5)])
@pytest.mark.parametrize("communes", [1, 3])
def test_the_list_takes_the_same_queries_for_one_unit_and_for_three(
    communes, person, queries, django_assert_num_queries
):
    world = office_world(communes)
    user = User.objects.get(pk=world.people[person].pk)
    with clock.set_to(EVENING), django_assert_num_queries(queries):
        assert [len(one.own) for one in download_table(user)] == [3 if person == "clerk0" else 0]
