"""The response to the launch: by the unit or on its behalf, once at a time, levels only of what is given to it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.choices import Relation
from campaign.models import LaunchResponse
from indicators.models import Pledge
from indicators.services.responses import record_response
from indicators.tables import responses as tables
from tests.builders import at, make_world
from units import clock
from units.errors import LostRace
from units.models import AuditLine

pytestmark = pytest.mark.django_db
PLAN = {"plan_number": "12/KH-UBND", "plan_on": at("2024-07-05").date()}


@pytest.fixture
def world():
    """Two communes on 20/7."""
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-20")):
        yield world


def part(world, commune=0):
    return world.campaign.participations.select_related("unit", "campaign").get(unit=world.communes[commune])


def record(world, by="clerk0", version=0, **values):
    return record_response(part(world), by=world.people[by], read_version=version, **values)


def test_the_unit_records_plan_day_and_pledges_which_may_exceed_the_plan(world):
    record(world, **PLAN, launched_on=at("2024-07-06").date(), pledges={world.indicators["che"].pk: Decimal("60")})

    [row] = tables.pledge_rows(part(world))[:1]
    assert (row.plan, row.pledge) == ("50,0", "60,0")
    assert AuditLine.objects.get(event="response.recorded").on_behalf_of is None


def test_the_standing_body_records_on_behalf_of_the_unit_and_nobody_else_does(world):
    record(world, by="coordinator", **PLAN)

    assert AuditLine.objects.get(event="response.recorded").on_behalf_of == world.communes[0]
    for stranger in ("clerk1", "leader", "reviewer"):
        with pytest.raises(PermissionDenied):
            record(world, by=stranger, version=1, **PLAN)


def test_the_second_of_two_people_is_told(world):
    record(world, **PLAN)
    with pytest.raises(LostRace):
        record(world, by="head0", version=0, note="khác")


def test_a_plan_has_number_and_day_and_no_day_lies_ahead(world):
    with pytest.raises(ValidationError, match="đủ cả số và ngày"):
        record(world, plan_number="12/KH-UBND")
    with pytest.raises(ValidationError, match="tương lai"):
        record(world, launched_on=at("2024-07-21").date())


def test_a_level_is_pledged_only_of_what_is_given_to_the_unit_and_can_be_taken_back(world):
    tea = world.indicators["che"].pk
    record(world, pledges={tea: Decimal("60")})
    record(world, version=1, pledges={tea: None})
    assert not Pledge.objects.exists()
    world.indicators["che"].assignments.filter(unit=world.communes[0], role="reports").update(is_not_applicable=True)
    with pytest.raises(ValidationError, match="giao cho đơn vị"):
        record(world, version=2, pledges={tea: Decimal("60")})


@pytest.mark.parametrize("communes", [1, 3])
def test_the_list_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    world = make_world(communes=communes)
    with django_assert_num_queries(tables.QUERIES):
        assert len(tables.responses(world.campaign).rows) == communes + 2


def test_the_list_counts_only_units_that_must_report(world):
    record(world, **PLAN)
    world.campaign.participations.exclude(unit=world.communes[0]).update(relation=Relation.SUPPORTS)
    found = tables.responses(world.campaign)

    assert (found.owing, found.planned, found.launched, found.pledged) == (1, 1, 0, 0)


def test_the_form_reads_numbers_as_offices_write_them_and_keeps_the_file(client, world):
    client.force_login(world.people["clerk0"])
    page = reverse("indicators:respond", args=[part(world).pk])
    typed = {"version": "0", "plan_number": "12/KH-UBND", "plan_on": "05/07/2024"}
    typed |= {f"pledge-{world.indicators['che'].pk}": "60,5"}
    wrong = client.post(page, {**typed, f"pledge-{world.indicators['ca-phe'].pk}": "mười"})
    assert wrong.status_code == 422
    assert "mười" in wrong.content.decode()
    file = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    assert client.post(page, {**typed, "plan_file": file}).status_code == 302

    response = LaunchResponse.objects.get()
    assert (response.plan_file.name, Pledge.objects.get().amount) == ("ke-hoach.pdf", Decimal("60.5"))
    client.force_login(world.people["clerk1"])
    assert client.get(reverse("units:file", args=[response.plan_file_id])).status_code == 404
    client.force_login(world.people["leader"])
    assert client.get(reverse("units:file", args=[response.plan_file_id])).status_code == 200
