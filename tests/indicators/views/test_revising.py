"""Revising on the page: the decision is demanded, both amounts stay on show, a sum that no longer fits is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from campaign.models import Submission
from indicators.models import Indicator, Target
from tests.builders import World, at, make_world
from tests.kept import kept_world
from units import clock

pytestmark = pytest.mark.django_db


def build() -> World:
    world = make_world(communes=2)
    Target.objects.create(
        indicator=world.indicators["che"], unit=world.authority, amount=Decimal(100), valid_from="2024-01-01"
    )
    return world


world = kept_world(build, at("2024-07-20"))
DECISION = {"reason": "Bổ sung quỹ đất", "number": "845/QĐ-UBND", "decided_on": "10/09/2024"}


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.people["coordinator"])
    return client


def page_of(world: World, name: str = "revise") -> str:
    return reverse(f"indicators:{name}", args=[world.indicators["che"].pk])


def test_a_revision_is_recorded_and_the_difference_to_the_whole_is_told(world, office):
    data = {"row": f"{world.communes[0].pk}:0:0", "amount": "60,5", "valid_from": "01/09/2024", **DECISION}
    page = office.post(page_of(world), data, follow=True).content.decode()

    assert "Đã ghi điều chỉnh" in page
    assert "thừa 10,5 so với số giao chung 100,0" in page
    assert "845/QĐ-UBND" in page


def test_a_revision_without_its_decision_comes_back_with_its_sentences(world, office):
    data = {"row": f"{world.communes[0].pk}:0:0", "amount": "sáu mươi", "valid_from": "01/09/2024"}
    answer = office.post(page_of(world), data)

    assert answer.status_code == 422
    for sentence in ("Ghi lý do điều chỉnh.", "Ghi số của quyết định điều chỉnh.", "không phải là số"):
        assert sentence in answer.content.decode()
    assert Target.objects.filter(sequence=2).count() == 0


def test_a_row_ends_from_a_period_on(world, office):
    answer = office.post(page_of(world, "end-indicator"), {"first": world.period(4).pk, **DECISION})

    assert answer.status_code == 302
    assert str(Indicator.objects.get(code="che").valid_to) == "2024-09-14"
    assert "thôi theo dõi sau ngày 14/9/2024" in office.get(page_of(world, "indicator")).content.decode()


def test_a_row_is_added_from_a_period_on(world, office):
    data = {
        "name": "Trồng mắc ca", "area": "2-3", "kind": "Số lượng", "unit_of_measure": "ha", "decimals": "1",
        "first": world.period(3).pk, "reporters": [unit.pk for unit in world.communes], "lead": world.lead.pk,
        **DECISION,
    }  # fmt: skip
    page = reverse("indicators:add-indicator", args=[world.campaign.pk])
    missing = office.post(page, {**data, "reporters": []})
    assert "Chọn đơn vị báo cáo" in missing.content.decode()

    assert office.post(page, data).status_code == 302
    row = Indicator.objects.get(code="trong-mac-ca")
    assert row.assignments.filter(role="reports").count() == 2
    clerk = Client()
    clerk.force_login(world.people["clerk0"])
    month = clerk.get(reverse("indicators:month", args=[world.submission(0, 3).pk])).content.decode()
    assert "Trồng mắc ca" in month


def test_the_period_that_runs_is_chosen_beforehand_unless_somebody_has_sent_it(client, world):
    client.force_login(world.people["coordinator"])
    page = reverse("indicators:add-indicator", args=[world.campaign.pk])
    with clock.set_to(at("2024-09-01")):
        assert client.get(page).context["form"]["first"].value() == str(world.period(3).pk)
        Submission.objects.filter(period=world.period(3)).update(first_sent_at=at("2024-09-01"))
        form = client.get(page).context["form"]

    assert form["first"].value() == str(world.period(4).pk)
    words = dict(form.fields["first"].choices)
    assert words[str(world.period(3).pk)] == "Tháng 9/2024 (15/8–14/9/2024): đã có đơn vị gửi"
    assert words[str(world.period(4).pk)] == "Tháng 10/2024 (15/9–14/10/2024)"


def test_a_refused_addition_keeps_who_was_chosen_and_a_whole_kind_may_be_ticked(world, office):
    kind = world.communes[0].kind_id
    data = {
        "name": "Trồng mắc ca", "area": "2-3", "kind": "Số lượng", "unit_of_measure": "ha", "decimals": "1",
        "first": world.period(3).pk, "reporters": [world.communes[1].pk], "kinds": [kind], "lead": world.lead.pk,
    }  # fmt: skip
    page = reverse("indicators:add-indicator", args=[world.campaign.pk])
    refused = office.post(page, data).content.decode()

    assert f'value="{world.lead.pk}" selected' in refused
    assert f'name="reporters" value="{world.communes[1].pk}" checked' in refused
    assert f'name="kinds" value="{kind}" checked' in refused
    assert "Trồng mắc ca" in refused
    assert office.post(page, {**data, **DECISION}).status_code == 302
    row = Indicator.objects.get(code="trong-mac-ca")
    assert set(row.assignments.filter(role="reports").values_list("unit", flat=True)) == {
        unit.pk for unit in world.communes
    }
