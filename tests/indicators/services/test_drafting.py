"""From the real document to definitions: lines, what accepting makes of them, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.choices import PassageKind
from campaign.models import Campaign
from campaign.services.preparing import prepare_campaign
from indicators.choices import DraftKind, DraftState, IndicatorKind
from indicators.models import Assignment, Contradiction, DraftLine, Indicator, Opening, PathPoint, Target
from indicators.services.drafting.deciding import IN_ONE_GO, accept_all, accept_line, drop_line, restore_line
from indicators.services.drafting.lines import draft_from_document
from indicators.services.launching import launch_campaign
from indicators.services.setting_up import copy_definitions, discard_campaign
from indicators.tables.set_up import checklist, missing_words
from tests.builders import World, make_world
from tests.fixtures.reading import source
from tests.indicators.rules.drafting.papers import TARGETS, pdf_call, plain_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(communes=2)


def begun(world: World, **values: object) -> Campaign:
    columns = {
        "standing_body": world.standing_body,
        "name": "Thi đua thực hiện nhiệm vụ năm 2025",
        "short_name": "Thi đua 2025",
        "starts_on": date(2024, 12, 15),
        "ends_on": date(2025, 12, 14),
        "calendar_rule": "nd09",
        "due_day_of_month": 16,
        "by": world.people["coordinator"],
    }
    return prepare_campaign(**{**columns, **values})  # type: ignore[arg-type]


def read_real(world: World, campaign: Campaign) -> list[DraftLine]:
    by = world.people["coordinator"]
    return draft_from_document(campaign, name="phat-dong.txt", content=source().encode(), by=by)


def line_named(campaign: Campaign, kind: str, name: str) -> DraftLine:
    return next(line for line in campaign.draft_lines.filter(kind=kind) if line.values["name"] == name)


def test_a_campaign_begins_with_its_year_bands_and_one_deadline(world):
    campaign = begun(world)

    assert (campaign.authority, campaign.key, campaign.status) == (world.authority, "thi-dua-2025", "draft")
    assert campaign.year_starts_on == date(2024, 12, 15)
    assert (campaign.bands.count(), campaign.tiers.get().day_of_month) == (1, 16)


def test_only_the_standing_body_sees_a_campaign_in_preparation(world):
    campaign = begun(world)
    seers = {
        name for name, person in world.people.items() if Campaign.objects.visible_to(person).filter(pk=campaign.pk)
    }

    assert seers == {"coordinator", "coordinator_head"}


@pytest.mark.parametrize("person", ["clerk0", "leader", "administrator"])
def test_another_person_begins_no_campaign(world, person):
    with pytest.raises(PermissionDenied):
        begun(world, by=world.people[person])


def test_the_document_becomes_lines_in_the_order_of_the_set_up(world):
    campaign = begun(world)
    lines = read_real(world, campaign)
    counts = {kind: sum(line.kind == kind for line in lines) for kind in DraftKind}

    assert counts[DraftKind.AREA] == 24
    assert counts[DraftKind.BASIS] == 12
    assert counts[DraftKind.RECIPIENT] == 12
    assert counts[DraftKind.DUTY] == 4
    assert counts[DraftKind.CONTRADICTION] == 4
    assert counts[DraftKind.TARGET] == 9
    assert counts[DraftKind.PERIOD] == 1
    assert [line.passage.key for line in lines if line.kind == DraftKind.UNREAD] == [
        "chu-thich-1",
        "chu-thich-2",
        "chu-thich-11",
    ]
    assert campaign.passages.count() == 63
    assert not Indicator.objects.filter(campaign=campaign).exists()


def test_a_paper_that_only_a_footnote_cites_stands_with_the_footnote(world):
    campaign = begun(world)
    read_real(world, campaign)
    line = line_named(campaign, DraftKind.BASIS, "08/CT-TTg")

    assert "08/CT-TTg" in line.passage.text
    assert line.passage.kind == PassageKind.FOOTNOTE


def test_an_accepted_target_makes_an_indicator_with_its_citation_and_the_areas_above(world):
    campaign = begun(world)
    read_real(world, campaign)
    chain = accept_line(
        line_named(campaign, DraftKind.TARGET, "Chuỗi liên kết sản xuất"), {}, by=world.people["coordinator"]
    )
    target = Target.objects.get(indicator=chain.indicator)

    assert (target.amount, target.unit, target.origin) == (Decimal(5), world.authority, "document")
    assert "ít nhất 05 chuỗi liên kết" in target.quote
    assert (target.indicator.unit_of_measure, target.indicator.operator) == ("chuỗi", "ge")
    assert [area.numbering for area in campaign.areas.order_by("position")] == ["2", "2.3", "-"]


@pytest.mark.parametrize(
    ("name", "unit", "decimals"),
    [("Diện tích trồng rừng tập trung", "ha", 1), ("Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", 1)]
    + [("Gia đình văn hóa", "hộ", 0), ("Lao động được đào tạo nghề", "lao động", 0)],
)
def test_what_is_measured_may_be_reported_in_parts_of_a_whole(world, name, unit, decimals):
    campaign, by = begun(world), world.people["coordinator"]
    draft_from_document(campaign, name="chi-tieu.txt", content=plain_list(), by=by)

    row = accept_line(line_named(campaign, DraftKind.TARGET, name), {}, by=by).indicator

    assert (row.unit_of_measure, row.decimals) == (unit, decimals)


def test_a_rate_becomes_a_ratio_with_its_base_reported(world):
    campaign = begun(world)
    read_real(world, campaign)
    line = line_named(campaign, DraftKind.OPENING, "Giải ngân kế hoạch vốn đầu tư công")
    accept_line(line, {}, by=world.people["coordinator"])
    opening = Opening.objects.get(indicator__campaign=campaign)
    made = opening.indicator

    assert line.values["also"] == ["chú thích 5"]
    assert (made.kind, made.unit_of_measure, made.unit_rule) == ("ratio", "triệu đồng", "ratio_of_sums")
    assert (made.time_rule, made.direction, made.operator) == ("running", "more", "ge")
    assert made.area.title.startswith("Khẩn trương phân bổ")
    assert (opening.rate, opening.amount) == (Decimal("49.9"), None)
    assert (opening.base.name, opening.base.is_reported) == ("thực nguồn kế hoạch vốn đầu tư công", True)


def test_a_share_of_the_plan_is_an_amount_with_the_plan_as_its_base(world):
    campaign, by = begun(world), world.people["coordinator"]
    read_real(world, campaign)
    for kind in (DraftKind.TARGET, DraftKind.OPENING):
        tea = [row for row in campaign.draft_lines.filter(kind=kind) if row.values["name"].endswith("cây chè")][-1]
        accept_line(tea, {"base": "kế hoạch"}, by=by)
    target, opening = Target.objects.get(indicator__campaign=campaign), Opening.objects.get()

    assert (target.indicator.kind, target.indicator.unit_of_measure, target.amount) == (
        "quantity",
        "ha",
        Decimal("183.5"),
    )
    assert (target.base, target.base.is_reported) == (opening.base, False)
    assert (opening.rate, opening.indicator) == (Decimal(0), target.indicator)


def test_what_a_person_says_of_an_indicator_stands_over_what_was_proposed(world):
    campaign, by = begun(world), world.people["coordinator"]
    draft_from_document(campaign, name="chi-tieu.txt", content=plain_list(), by=by)
    said = {
        "kind": "quantity",
        "unit_of_measure": "%",
        "unit_rule": "lead",
        "time_rule": "level",
        "direction": "exactly",
    }
    row = accept_line(line_named(campaign, DraftKind.TARGET, "Tỷ lệ che phủ rừng"), said, by=by).indicator

    assert {name: getattr(row, name) for name in said} == said
    assert (row.operator, row.decimals) == ("eq", 1)


def test_a_rate_without_a_word_for_its_base_or_measure_waits_for_it(world):
    campaign, by = begun(world), world.people["coordinator"]
    text = "KẾ HOẠCH\nI. CHỈ TIÊU THI ĐUA\n1. Mức độ hài lòng: 95 %;\n"
    draft_from_document(campaign, name="a.txt", content=text.encode(), by=by)
    line = line_named(campaign, DraftKind.TARGET, "Mức độ hài lòng")
    with pytest.raises(ValidationError) as measure:
        accept_line(line, {}, by=by)
    with pytest.raises(ValidationError) as base:
        accept_line(line, {"unit_of_measure": "người"}, by=by)

    assert (list(measure.value.message_dict), list(base.value.message_dict)) == (["unit_of_measure"], ["base"])
    assert not Indicator.objects.filter(campaign=campaign).exists()


def test_a_second_target_of_one_name_is_not_taken_for_a_revision(world):
    campaign, by = begun(world), world.people["coordinator"]
    text = "KẾ HOẠCH\nI. CHỈ TIÊU THI ĐUA\n1. Trồng rừng: 120 ha;\n2. Trồng rừng: 150 ha;\n"
    draft_from_document(campaign, name="a.txt", content=text.encode(), by=by)
    first, second = campaign.draft_lines.filter(kind=DraftKind.TARGET)
    accept_line(first, {}, by=by)
    with pytest.raises(ValidationError, match="đã có số giao 120, lấy từ một dòng khác"):
        accept_line(second, {}, by=by)

    assert accept_line(second, {"name": "Trồng rừng sản xuất"}, by=by).indicator.targets.get().is_main


def test_the_time_of_the_document_sets_the_days_of_the_campaign(world):
    campaign, by = begun(world, calendar_rule="calendar_month"), world.people["coordinator"]
    draft_from_document(campaign, name="phat-dong.pdf", content=pdf_call(), by=by)
    accept_line(campaign.draft_lines.get(kind=DraftKind.PERIOD), {}, by=by)
    campaign.refresh_from_db()

    assert (campaign.starts_on, campaign.ends_on) == (date(2026, 7, 1), date(2026, 9, 30))
    assert campaign.periods.count() == 3


def test_a_text_that_was_read_as_nothing_is_used_as_the_person_says(world):
    campaign, by = begun(world), world.people["coordinator"]
    text = "KẾ HOẠCH\nI. NỘI DUNG THI ĐUA\n1. Trồng 20 ha rừng.\nII. KHEN THƯỞNG\nTặng giấy khen cho 5 tập thể.\n"
    draft_from_document(campaign, name="a.txt", content=text.encode(), by=by)
    line = campaign.draft_lines.get(kind=DraftKind.UNREAD)
    with pytest.raises(ValidationError, match="Chọn đoạn này là nhiệm vụ"):
        accept_line(line, {}, by=by)
    accept_line(line, {"subject": "duty", "name": "Phòng Nội vụ"}, by=by)

    assert [(duty.bearer, duty.text) for duty in campaign.duties.all()] == [
        ("Phòng Nội vụ", "Tặng giấy khen cho 5 tập thể.")
    ]


def test_lines_without_numbers_are_accepted_in_one_go_and_tasks_go_to_the_units_they_name(world):
    campaign = begun(world)
    read_real(world, campaign)
    count = accept_all(campaign, IN_ONE_GO, by=world.people["coordinator"])
    tasks = Indicator.objects.filter(campaign=campaign, kind=IndicatorKind.TASK)
    named = Assignment.objects.filter(indicator__campaign=campaign).values_list("unit__name", flat=True)

    assert count == DraftLine.objects.filter(campaign=campaign, state=DraftState.ACCEPTED).count()
    assert tasks.count() > 40
    assert set(named) == {"xã Hiếu", "xã Pờ Ê"}
    assert (campaign.legal_bases.count(), campaign.recipients.count(), campaign.duties.count()) == (12, 12, 4)


def test_a_contradiction_keeps_every_side_with_its_place(world):
    campaign = begun(world)
    read_real(world, campaign)
    line = campaign.draft_lines.filter(kind=DraftKind.CONTRADICTION).order_by("position").first()
    accept_line(line, {}, by=world.people["coordinator"])
    row = Contradiction.objects.get(campaign=campaign)

    assert [(claim.value, claim.passage.place) for claim in row.claims.all()] == [
        (Decimal("40.8"), row.claims.first().passage.place),
        (Decimal(0), "chú thích 9"),
    ]
    assert row.settled_claim is None


def test_two_people_decide_on_one_line_and_the_second_is_told(world):
    campaign = begun(world)
    read_real(world, campaign)
    line = line_named(campaign, DraftKind.TARGET, "Khách du lịch")
    dropped = drop_line(line, by=world.people["coordinator"])
    with pytest.raises(ValidationError, match="đã được .* quyết định"):
        accept_line(line, {}, by=world.people["coordinator_head"])

    assert restore_line(dropped, by=world.people["coordinator"]).state == DraftState.PROPOSED


def test_a_second_document_replaces_a_draft_of_which_nothing_was_accepted(world):
    campaign = begun(world)
    read_real(world, campaign)
    lines = draft_from_document(campaign, name="a.txt", content=plain_list(), by=world.people["coordinator"])

    assert [line.values["name"] for line in lines if line.kind == DraftKind.TARGET] == [name for name, _, _ in TARGETS]
    assert [line.values["name"] for line in lines if line.kind != DraftKind.TARGET] == ["năm 2026"]


def test_a_launched_campaign_is_neither_drafted_nor_discarded(world):
    by = world.people["coordinator"]
    with pytest.raises(PermissionDenied):
        draft_from_document(world.campaign, name="a.txt", content=plain_list(), by=by)
    with pytest.raises(ValidationError, match="chỉ kết thúc được"):
        discard_campaign(world.campaign, by=by)


def test_a_discarded_campaign_leaves_nothing_behind(world):
    campaign = begun(world)
    read_real(world, campaign)
    accept_all(campaign, IN_ONE_GO, by=world.people["coordinator"])
    accept_line(line_named(campaign, DraftKind.TARGET, "Chuỗi liên kết sản xuất"), {}, by=world.people["coordinator"])
    discard_campaign(campaign, by=world.people["coordinator"])

    assert not Campaign.objects.filter(key="thi-dua-2025").exists()
    assert not Indicator.objects.exclude(campaign=world.campaign).exists()


def test_a_copy_takes_units_owners_and_paths_and_names_what_it_continues(world):
    tea = world.indicators["che"]
    PathPoint.objects.create(indicator=tea, period=world.period(2), share=Decimal(30))
    campaign = begun(world, previous=world.campaign)
    count = copy_definitions(campaign, by=world.people["coordinator"])
    copied = Indicator.objects.get(campaign=campaign, code="che")

    assert count == 3
    assert (copied.previous, copied.area.numbering, copied.targets.count()) == (tea, "2.3", 0)
    assert campaign.participations.count() == world.campaign.participations.count()
    assert copied.assignments.count() == tea.assignments.count()
    assert [point.period.name for point in copied.path_points.all()] == ["Tháng 8/2025"]


def test_a_copy_moves_later_closings_and_quotes_no_document_of_another_year(world):
    tea = world.indicators["che"]
    tea.listed_months, tea.origin, tea.quote = [9, "2024-12-31", "2025-01-31"], "document", "ít nhất 50 ha chè"
    tea.save()
    Indicator.objects.filter(code="ca-phe").update(origin="illustrative")
    campaign = begun(world, previous=world.campaign)
    copy_definitions(campaign, by=world.people["coordinator"])
    tea, coffee = (Indicator.objects.get(campaign=campaign, code=code) for code in ("che", "ca-phe"))

    assert tea.listed_months == [9, "2025-12-31", "2026-01-31"]
    assert (tea.origin, tea.quote) == ("office", "")
    assert tea.citation == "Lấy lại từ “Thi đua 6 tháng cuối năm 2024”."
    assert coffee.origin == "illustrative"


def test_a_copied_campaign_is_launched_and_owes_its_reports(world):
    campaign = begun(world, previous=world.campaign)
    copy_definitions(campaign, by=world.people["coordinator"])

    assert missing_words(checklist(campaign)) == ""
    launch_campaign(campaign, by=world.people["coordinator_head"])
    assert campaign.periods.filter(kind="month").count() == 12


def test_a_draft_is_done_only_after_a_document_was_read(world):
    campaign, by = begun(world), world.people["coordinator"]

    def state() -> tuple[str, bool]:
        return next((row.words, row.is_done) for row in checklist(campaign) if row.label == "Bản nháp đọc từ văn bản")

    assert state() == ("chưa có", False)
    draft_from_document(campaign, name="chi-tieu.txt", content=plain_list(), by=by)
    assert state() == (f"{campaign.draft_lines.count()} dòng chờ quyết định", False)


def test_the_checklist_says_what_the_launch_waits_for(world):
    assert missing_words(checklist(begun(world))) == (
        "Còn thiếu trước khi phát động: nội dung thi đua; đơn vị tham gia; chỉ tiêu, nhiệm vụ; có đơn vị báo cáo."
    )


def test_a_unit_that_only_the_document_names_reports_nothing_until_it_takes_part(world):
    campaign, by = begun(world), world.people["coordinator"]
    read_real(world, campaign)
    named = next(line for line in campaign.draft_lines.filter(kind=DraftKind.TASK) if line.values["units"])
    accept_line(named, {}, by=by)
    told = {row.label: row.words for row in checklist(campaign)}

    assert Assignment.objects.filter(indicator__campaign=campaign).count() == len(named.values["units"]) > 0
    assert told["Có đơn vị báo cáo"] == "0/1 dòng"


def test_a_percentage_of_what_nobody_reports_or_gives_is_told(world):
    campaign, by = begun(world), world.people["coordinator"]
    read_real(world, campaign)
    line = line_named(campaign, DraftKind.TARGET, "Giải ngân kế hoạch vốn được giao")
    indicator = accept_line(line, {"kind": "quantity"}, by=by).indicator

    def state() -> tuple[str, bool]:
        return next((row.words, row.is_done) for row in checklist(campaign) if row.label.startswith("Phần trăm có"))

    assert state() == ("1 chỉ tiêu chưa có số giao của mẫu số", False)
    indicator.denominators.update(is_reported=True)
    assert state() == ("đủ", True)
