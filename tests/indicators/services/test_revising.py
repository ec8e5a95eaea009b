"""After the launch: targets revised by decision, indicators added and ended; the past stays as it was read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from indicators.models import Figure, Indicator, Target
from indicators.services.past import QUERIES, past_of
from indicators.services.revising import Decision, add_indicator, end_indicator, revise_target
from indicators.services.totals import differences
from indicators.tables.definitions import units_of
from indicators.tables.standings import OFFICIAL, SENT, standings
from indicators.tables.standings_source import read_definitions
from paper.document_json import to_json
from reports.models import FrozenReport, Report
from reports.services.building import draft_of
from reports.services.drafts import open_report
from reports.services.freezing import freeze_report
from tests.builders import World, at, fill, make_world
from tests.kept import kept_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
D = Decimal
BEFORE, AFTER = at("2024-08-20"), at("2024-09-25")
DECISION = Decision("Bổ sung quỹ đất", "845/QĐ-UBND", date(2024, 9, 10))


def build() -> World:
    """July received, August sent; the past is read on 20/8, the revision comes in September."""
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-15")):
        for commune in (0, 1):
            fill(world, commune, che="20")
            world.send(commune)
            world.receive(commune)
    with clock.set_to(at("2024-08-15")):
        for commune in (0, 1):
            fill(world, commune, 2, che="5")
            world.send(commune, 2)
    return world


world = kept_world(build, at("2024-09-20"))


def revise(world: World, amount: str = "60", **values: Any) -> Target:
    given = {"decision": DECISION, "valid_from": date(2024, 8, 1), "by": world.people["coordinator"], **values}
    return revise_target(world.indicators["che"], world.communes[0], amount=D(amount), **given)


def new_indicator(world: World) -> Indicator:
    row = Indicator(
        campaign=world.campaign, area=world.area, code="mac-ca", name="Trồng mắc ca", kind="quantity",
        unit_of_measure="ha", decimals=1,
    )  # fmt: skip
    reporters = [unit.pk for unit in world.communes]
    by = world.people["coordinator"]
    return add_indicator(
        row, first=world.period(3), reporter_ids=reporters, lead_id=world.lead.pk, decision=DECISION, by=by
    )


def end_coffee(world: World, period: int = 3) -> Indicator:
    row = world.indicators["ca-phe"]
    return end_indicator(row, first=world.period(period), decision=DECISION, by=world.people["coordinator"])


def drawn_as_of(report: Report, moment: Any) -> str:
    """The whole document, letter by letter, as it stood at a moment."""
    row = Report.objects.get(pk=report.pk)
    row.as_of = moment
    return to_json(draft_of(row).document)


def told(world: World, at_moment: Any, period: int) -> list[tuple[str, ...]]:
    """Every line of the whole and of the units, as of a moment, in all its texts."""
    past = past_of(world.campaign, at_moment)
    number = world.period(period)
    lines = []
    for basis in (OFFICIAL, SENT):
        known = read_definitions(world.campaign, number.ends_on, past=past)
        for one in standings(world.campaign, number, basis=basis, definitions=known).values():
            lines.append(
                (
                    str(one.indicator), str(one.unit_id), one.target_text, one.given_text, one.cumulative_text,
                    one.rate_text, one.completeness_text, one.task_text, one.band_word,
                )
            )  # fmt: skip
    return lines


def test_both_amounts_are_shown_and_the_new_one_counts(world):
    revise(world)
    period = world.period(2)
    [line] = [
        one
        for one in standings(world.campaign, period, basis=SENT).values()
        if one.indicator.code == "che" and one.unit_id == world.communes[0].pk
    ]

    assert (line.target_text, line.given_text, line.rate_text) == ("60,0", "giao đầu năm 50,0", "41,7 %")


def test_a_period_before_the_new_amount_holds_keeps_the_old_one(world):
    revise(world)
    [line] = [
        one
        for one in standings(world.campaign, world.period(1), basis=SENT).values()
        if one.indicator.code == "che" and one.unit_id == world.communes[0].pk
    ]

    assert (line.target_text, line.given_text) == ("50,0", "")


def test_the_clerk_and_the_indicator_page_show_both(world):
    revise(world)
    clerk = Client()
    clerk.force_login(world.people["clerk0"])
    month = clerk.get(reverse("indicators:month", args=[world.submission(0, 3).pk])).content.decode()
    page = clerk.get(reverse("indicators:indicator", args=[world.indicators["che"].pk])).content.decode()

    assert "giao đầu năm 50,0" in month
    assert "<del>50,0</del>" in page
    assert "845/QĐ-UBND" in page


@pytest.mark.parametrize("change", [revise, new_indicator, end_coffee], ids=["revised", "added", "ended"])
@pytest.mark.parametrize("period", [1, 2, 3])
def test_a_report_as_of_an_earlier_moment_stays_the_same(world, change, period: int):
    before = told(world, BEFORE, period)
    with clock.set_to(AFTER):
        change(world)

    assert before
    assert told(world, BEFORE, period) == before


@pytest.mark.parametrize("change", [revise, new_indicator, end_coffee], ids=["revised", "added", "ended"])
def test_a_report_as_of_then_is_drawn_up_byte_for_byte_and_a_frozen_one_keeps_its_files(world, change):
    by = world.people["coordinator"]
    report = open_report(world.campaign, "thang", world.period(2), by=by)
    frozen = freeze_report(report, by=by)
    drawn = drawn_as_of(report, BEFORE), drawn_as_of(report, at("2024-09-20", 10))
    files = {one.pk: one.file.content.read() for one in frozen.files.select_related("file")}
    with clock.set_to(AFTER):
        change(world)
        assert (drawn_as_of(report, BEFORE), drawn_as_of(report, at("2024-09-20", 10))) == drawn

    kept = FrozenReport.objects.get(pk=frozen.pk)
    assert files
    assert {one.pk: one.file.content.read() for one in kept.files.select_related("file")} == files


@pytest.mark.parametrize("change", [revise, new_indicator, end_coffee], ids=["revised", "added", "ended"])
def test_the_totals_are_right_after_each(world, change):
    change(world)

    assert differences(world.campaign) == []


def test_an_added_indicator_is_owed_from_its_period_on(world):
    row = new_indicator(world)
    numbers = Figure.objects.filter(assignment__indicator=row).values_list("period__number", flat=True)

    assert set(numbers) == {3, 4, 5, 6}
    assert AuditLine.objects.get(event="indicator.added").detail["number"] == "845/QĐ-UBND"
    assert row.pk not in read_definitions(world.campaign, world.period(2).ends_on).indicators


def test_an_ended_indicator_is_no_longer_owed_and_keeps_what_was_reported(world):
    row = end_coffee(world)
    numbers = Figure.objects.filter(assignment__indicator=row).values_list("period__number", flat=True)

    assert set(numbers) == {1, 2}
    assert row.valid_to == date(2024, 8, 14)
    assert units_of(row).reports == ("xã Hiếu", "xã Pờ Ê")
    assert row.pk not in read_definitions(world.campaign, world.period(3).ends_on).indicators
    assert row.pk in read_definitions(world.campaign, world.period(2).ends_on).indicators


def test_a_row_that_has_figures_does_not_end_before_them(world):
    with pytest.raises(ValidationError, match="Đã có số liệu từ kỳ này trở đi"):
        end_coffee(world, 2)


def test_a_row_is_not_added_to_a_report_that_went_out(world):
    row = Indicator(
        campaign=world.campaign, area=world.area, code="moi", name="Mới", kind="quantity", unit_of_measure="ha"
    )
    with pytest.raises(ValidationError, match="đã gửi báo cáo Tháng 8/2024. Chọn kỳ sau"):
        add_indicator(
            row, first=world.period(2), reporter_ids=[world.communes[0].pk], lead_id=None, decision=DECISION,
            by=world.people["coordinator"],
        )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decision": Decision("", "1/QĐ", date(2024, 9, 1))}, "Ghi lý do"),
        ({"decision": Decision("Lý do", " ", date(2024, 9, 1))}, "Ghi số của quyết định"),
        ({"valid_from": date(2023, 1, 1)}, "Ngày áp dụng phải từ 1/1/2024"),
        ({"valid_from": date(2026, 1, 1)}, "Ngày áp dụng phải trong thời gian"),
        ({"amount": "50"}, "không có gì để điều chỉnh"),
    ],
)
def test_a_revision_without_its_ground_is_refused(world, values, sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        revise(world, **values)


def test_only_the_standing_body_records_a_revision(world):
    with pytest.raises(PermissionDenied):
        revise(world, by=world.people["reviewer"])


def test_the_decision_is_kept_with_the_revision_and_read_by_who_sees_the_campaign(world):
    file = SimpleUploadedFile("qd-845.pdf", b"%PDF-1.4\n%%EOF\n")
    target = revise(world, decision=Decision("Bổ sung", "845/QĐ-UBND", date(2024, 9, 10), file))
    clerk = Client()
    clerk.force_login(world.people["clerk1"])

    assert target.decision_file.owner == target
    assert clerk.get(reverse("units:file", args=[target.decision_file_id])).status_code == 200


def test_going_back_asks_the_same_number_of_queries(world, django_assert_num_queries):
    new_indicator(world)
    with django_assert_num_queries(QUERIES):
        past_of(world.campaign, at("2024-09-30"))
