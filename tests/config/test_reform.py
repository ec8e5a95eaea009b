"""The reform of 01/7/2025 as data: nine units become three communes; what was stays, people come in for the new."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from campaign.models import Campaign, Submission
from indicators.models import FigureVersion, Total
from indicators.services.past import past_of
from indicators.services.totals import differences
from reports.models import FrozenFile
from reports.services.building import draft_of
from reports.services.drafts import open_report
from tests.builders import at
from units import clock
from units.choices import Role
from units.models import OrgUnit, Reorganisation, UnitCode, User
from units.templatetags.face import unit_names

REFORM = Path(settings.BASE_DIR) / "fixtures" / "reorganisations" / "2025-07-01.json"
BEFORE, AFTER = at("2024-11-15", 17), at("2025-07-01")


@pytest.fixture
def campaign(demo) -> Campaign:
    return Campaign.objects.get(key="kon-plong-2024")


def reform() -> None:
    with clock.set_to(AFTER):
        call_command("reorganise", str(REFORM), verbosity=0)


def rows(model) -> list[dict]:
    return list(model.objects.order_by("pk").values())


def digests() -> dict[int, str]:
    found = {}
    for kept in FrozenFile.objects.select_related("file"):
        with kept.file.content.open("rb") as file:
            found[kept.pk] = hashlib.sha256(file.read()).hexdigest()
    return found


def test_totals_before_and_after_agree_and_old_reports_are_unchanged(campaign):
    period = campaign.periods.summed().order_by("number")[3]
    person = User.objects.get(username="noivu.tp")
    report = open_report(campaign, "thang", period, by=person)
    document = draft_of(report).document
    before = (rows(Total), rows(FigureVersion), digests(), past_of(campaign, BEFORE).sums)

    reform()

    with clock.set_to(BEFORE):
        again = draft_of(report).document
    assert (rows(Total), rows(FigureVersion), digests(), past_of(campaign, BEFORE).sums) == before
    assert again == document
    assert differences(campaign) == []


def test_the_series_of_a_campaign_that_is_over_are_read_by_todays_boundaries(campaign):
    client = Client()
    person = User.objects.get(username="noivu.tp")
    client.force_login(person)
    address = reverse("reports:indicator", args=[campaign.pk, campaign.indicators.get(code="che").pk])

    def series(way: str):
        with override_settings(ASSUMED_DATE=AFTER.date()), clock.set_to(AFTER):
            return client.get(address, {"dia-gioi": way}).context["series"]

    assert series("cu") is None
    reform()
    campaign.refresh_from_db()

    old, new = series("cu"), series("moi")
    assert len(old.rows) > len(new.rows)
    assert [row.name for row in new.rows] == ["xã Măng Đen", "xã Măng Bút", "xã Kon Plông"]
    assert old.whole == new.whole


def test_codes_and_names_are_given_on(campaign):
    reform()

    def holder(code: str, on: date) -> str:
        return UnitCode.objects.filter(code=code).in_force(on).get().unit.name

    last, first = date(2025, 6, 30), date(2025, 7, 1)
    assert [holder(code, last) for code in ("23473", "23455", "23476")] == [
        "thị trấn Măng Đen", "xã Đăk Ring", "xã Hiếu",
    ]  # fmt: skip
    assert [holder(code, first) for code in ("23473", "23455", "23476")] == [
        "xã Măng Đen", "xã Măng Bút", "xã Kon Plông",
    ]  # fmt: skip
    assert not OrgUnit.objects.filter(path__startswith=OrgUnit.objects.get(key="kon-plong").path).in_force(first)
    assert Reorganisation.objects.count() == 4


def test_users_of_the_old_come_in_for_the_new_and_read_the_old(campaign):
    reform()
    with override_settings(ASSUMED_DATE=AFTER.date()), clock.set_to(AFTER):
        user = User.objects.get(username="hieu")
        client = Client()
        client.force_login(user)

        assert unit_names(user) == "Kon Plông"
        assert user.holds_at(OrgUnit.objects.get(key="quang-ngai-kon-plong"), Role.CLERK)
        assert client.get(reverse("units:home")).url == reverse("indicators:owed")
        seen = Submission.objects.visible_to(user).values_list("participation__unit__key", flat=True)
        assert set(seen) == {"kon-plong-ngok-tem", "kon-plong-hieu", "kon-plong-po-e"}
        assert client.get(reverse("indicators:owed")).status_code == 200


def test_a_second_run_changes_nothing(campaign):
    reform()
    acts = Reorganisation.objects.count()
    reform()
    assert Reorganisation.objects.count() == acts
