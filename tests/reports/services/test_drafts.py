"""Drafting: who may, what is taken over, parts in place of suggestions, and nothing overwritten by two people."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.models import Campaign
from reports.choices import Basis, Signer
from reports.models import PartText, Report
from reports.services.building import draft_now, draft_of
from reports.services.draft_rows import part_row, section_rows
from reports.services.drafts import choose, open_report, take_suggestion, write_part
from tests.builders import at
from tests.kept import kept_world
from tests.reports.drafting import EVENING, drafted_world, the_report
from tests.reports.exports.sample import send_the_last
from units import clock
from units.errors import LostRace
from units.models import AuditLine

pytestmark = pytest.mark.django_db


world = kept_world(drafted_world, EVENING)


@pytest.fixture
def report(world):
    return the_report()


@pytest.fixture(autouse=True)
def evening():
    with clock.set_to(EVENING):
        yield


@pytest.mark.parametrize("role", ["leader", "reader", "clerk0", "reviewer", "administrator"])
def test_only_the_standing_body_opens_and_writes_reports_of_the_office(role, world, report):
    person = world.people[role]

    with pytest.raises(PermissionDenied):
        open_report(world.campaign, "thang", world.period(2), by=person)
    with pytest.raises(PermissionDenied):
        write_part(report, "closing", "Hết./.", by=person, read_sequence=0)
    with pytest.raises(PermissionDenied):
        choose(report, {"kept": "VT"}, by=person, read_version=0)
    assert PartText.objects.count() == 0


def test_a_written_part_is_printed_and_the_suggestion_stays_beside(world, report):
    by = world.people["coordinator"]
    before = part_row(draft_of(report), "strengths")

    write_part(report, "strengths", " Các đơn vị đã cố gắng. \n\n Tiếp tục phát huy. ", by=by, read_sequence=0)

    row = part_row(draft_of(report), "strengths")
    assert row.lines == ("Các đơn vị đã cố gắng.", "Tiếp tục phát huy.")
    assert row.suggestion == before.lines
    assert (row.is_written, row.sequence, row.written_by) == (True, 1, str(by))
    printed = [paragraph.text for paragraph in draft_of(report).document.paragraphs]
    assert "Tiếp tục phát huy." in printed
    assert before.lines[0] not in printed


def test_a_part_that_says_what_is_suggested_counts_as_the_suggestion(world, report):
    text = part_row(draft_of(report), "strengths").text

    write_part(report, "strengths", text, by=world.people["coordinator"], read_sequence=0)

    assert not part_row(draft_of(report), "strengths").is_written


def test_a_part_goes_back_to_the_suggestion_and_what_was_written_is_kept(world, report):
    by = world.people["coordinator"]
    write_part(report, "strengths", "Lời riêng.", by=by, read_sequence=0)

    take_suggestion(report, "strengths", by=by, read_sequence=1)

    assert not part_row(draft_of(report), "strengths").is_written
    assert [row.text for row in PartText.objects.order_by("sequence")] == ["Lời riêng.", ""]


def test_two_people_on_one_part_meet_and_the_second_overwrites_nothing(world, report):
    write_part(report, "strengths", "Của người thứ nhất.", by=world.people["coordinator"], read_sequence=0)

    with pytest.raises(LostRace):
        write_part(report, "strengths", "Của người thứ hai.", by=world.people["coordinator_head"], read_sequence=0)

    assert part_row(draft_of(report), "strengths").lines == ("Của người thứ nhất.",)


def test_two_people_on_the_choices_meet_too(world, report):
    choose(report, {"kept": "VT, TH"}, by=world.people["coordinator"], read_version=0)

    with pytest.raises(LostRace):
        choose(report, {"kept": "VT"}, by=world.people["coordinator_head"], read_version=0)


def test_numbers_that_the_report_knows_stay_bound_in_written_text_and_others_are_named(world, report):
    rate = next(span for span in draft_of(report).document.bound if span.key == "che:rate")

    write_part(
        report,
        "strengths",
        f"Chè đạt {rate.text}, phấn đấu 99,5 % trong tháng 9.",
        by=world.people["coordinator"],
        read_sequence=0,
    )

    draft = draft_of(report)
    [paragraph] = [one for one in draft.document.paragraphs if one.key == "strengths:1"]
    assert [span.key for span in paragraph.spans if span.is_bound] == ["che:rate"]
    assert part_row(draft, "strengths").unbound == ("99,5 %", "9")


def test_a_written_part_says_when_the_figures_behind_it_have_changed(world, report):
    write_part(report, "area:2.3", "Nông nghiệp giữ nhịp độ.", by=world.people["coordinator"], read_sequence=0)
    assert not part_row(draft_of(report), "area:2.3").is_suggestion_new

    world.indicators["che"].targets.update(amount=5000)

    assert part_row(draft_of(report), "area:2.3").is_suggestion_new


def test_sections_and_annexes_are_left_out_and_the_rest_is_numbered_anew(world, report):

    choose(report, {"left_out": ["running", "summary", "charts"]}, by=world.people["coordinator"], read_version=0)

    whole = draft_of(Report.objects.with_letter().get()).document
    heads = [block.text for block in whole.body if type(block).__name__ == "Heading" and block.level == 1]
    assert heads[0] == "I. KẾT QUẢ THỰC HIỆN THEO TỪNG NỘI DUNG"
    assert whole.annexes == ()
    rows = section_rows(draft_of(Report.objects.with_letter().get()))
    assert [row.key for row in rows if row.is_left_out] == ["running"]


def test_the_committee_issues_in_its_own_name_and_a_deputy_signs_for_its_chairman(world, report):
    authority = Campaign.objects.select_related("authority__kind").get().authority
    report = open_report(
        world.campaign, "thang", world.period(2), by=world.people["coordinator"], issuer=authority, basis=Basis.SENT
    )
    choose(report, {"signer": Signer.DEPUTY}, by=world.people["coordinator"], read_version=0)

    letter = draft_of(Report.objects.with_letter().get(pk=report.pk)).document.letter

    assert letter.letterhead.issuer == ("ỦY BAN NHÂN DÂN", "HUYỆN THỬ")
    assert letter.letterhead.superior == ()
    assert letter.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert letter.recipients.lines[-1] == "- Lưu: VT, PNV."


def test_recipients_and_signer_are_taken_over_from_the_last_report_of_the_kind(world, report):
    by = world.people["coordinator"]
    chosen = {"recipients": "Như trên\nThường trực Huyện ủy", "addressees": "Hội đồng tỉnh", "about": "Riêng kỳ này"}
    choose(report, chosen, by=by, read_version=0)

    again = open_report(world.campaign, "thang", world.period(2), by=by)

    assert again.recipients == "Như trên\nThường trực Huyện ủy"
    assert again.addressees == "Hội đồng tỉnh"
    assert again.about == ""


def test_an_unknown_kind_and_a_period_of_another_campaign_are_refused(world, report):
    with pytest.raises(ValidationError):
        open_report(world.campaign, "khong-co", world.period(2), by=world.people["coordinator"])


def test_every_act_leaves_a_line(world, report):
    by = world.people["coordinator"]
    write_part(report, "closing", "Trên đây là báo cáo./.", by=by, read_sequence=0)
    choose(report, {"kept": "VT"}, by=by, read_version=0)

    events = AuditLine.objects.filter(event__startswith="report.").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["report.opened", "report.written", "report.chosen"]


def test_a_past_moment_gives_what_was_known_then_and_stays_so(world, report):
    by = world.people["coordinator"]
    moment = at("2024-08-15", 12)
    choose(report, {"as_of": moment, "basis": Basis.SENT}, by=by, read_version=0)
    then = draft_of(the_report())

    send_the_last(world)

    again = draft_of(the_report())
    assert then.document.made_at == moment
    assert again.document == then.document
    assert draft_now(the_report()).document.body != again.document.body


def test_a_moment_to_come_is_refused(world, report):
    with pytest.raises(ValidationError):
        choose(report, {"as_of": at("2024-12-01")}, by=world.people["coordinator"], read_version=0)


def test_two_numbers_with_a_stroke_stay_bound_in_a_written_part(world, report):
    running = draft_of(report).suggestion("running").text
    assert "Có 2/3 đơn vị" in running

    write_part(report, "running", f"{running}\nCòn 1/3 đơn vị.", by=world.people["coordinator"], read_sequence=0)

    assert part_row(draft_of(report), "running").unbound == ("1/3",)


def test_what_will_be_drawn_stands_as_a_table_where_the_text_leads_up_to_it(world):
    report = open_report(world.campaign, "so-ket", world.period(2), by=world.people["coordinator"])

    row = part_row(draft_of(report), "results:bands")

    assert row.lines[-1].endswith("như sau:")
    assert [table.caption for table in row.tables] == ["Trong tệp PDF, bảng này được vẽ thành biểu đồ."]
    assert row.tables[0].rows
