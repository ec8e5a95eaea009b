"""Pages of drafted reports: what the office edits, what two people see, what readers find, how many queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import PartText, Report
from reports.services.drafts import open_report
from reports.services.freezing import freeze_report, record_issuance
from tests.kept import kept_world
from tests.reports.drafting import EVENING, drafted_world, the_report
from units import clock

pytestmark = pytest.mark.django_db
world = kept_world(drafted_world, EVENING)


@pytest.fixture(autouse=True)
def evening():
    with clock.set_to(EVENING):
        yield


@pytest.fixture
def office(client, world):
    client.force_login(world.people["coordinator"])
    return client


def page_of(report):
    return f"/bao-cao/trinh-ky/{report.pk}/"


def test_the_page_shows_the_letter_its_parts_and_the_usual_choices_as_placeholders(office, world):
    content = office.get(page_of(the_report())).content.decode()

    for words in (
        "PHÒNG NỘI VỤ",
        "Kính gửi: Ủy ban nhân dân huyện Thử",
        "Ưu điểm, điển hình",
        'placeholder="Như trên"',
    ):
        assert words in content


@pytest.mark.parametrize(("kind", "is_told"), [("tong-ket", True), ("so-ket", False)])
def test_who_sums_up_before_the_end_is_told_so(office, world, kind, is_told):
    report = open_report(world.campaign, kind, world.period(2), by=world.people["coordinator"])

    content = office.get(page_of(report)).content.decode()

    assert ("mới kết thúc; dự thảo này chỉ có số liệu đến hết ngày" in content) is is_told


def test_a_part_is_edited_in_its_place_with_the_suggestion_beside(office, world):
    address = f"{page_of(the_report())}phan/strengths/?sua=1"

    whole, partial = office.get(address), office.get(address, headers={"HX-Request": "true"})

    assert "Gợi ý từ số liệu" in whole.content.decode()
    assert partial.content.decode().lstrip().startswith('<div class="part')
    assert 'name="text" rows="10" autofocus' in partial.content.decode()


def test_the_keyboard_stays_at_the_part_that_was_written(office, world):
    report = the_report()

    answer = office.post(
        f"{page_of(report)}phan/strengths/ghi/", {"sequence": "0", "text": "Lời riêng."}, headers={"HX-Request": "true"}
    )

    assert " autofocus>Sửa" in answer.content.decode()
    assert "autofocus" not in office.get(page_of(report)).content.decode()


def test_what_was_written_is_shown_as_different_from_the_suggestion(office, world):
    report = the_report()
    answer = office.post(
        f"{page_of(report)}phan/strengths/ghi/",
        {"sequence": "0", "text": "Đạt 77,7 % kế hoạch riêng."},
        headers={"HX-Request": "true"},
    )

    content = answer.content.decode()
    assert "khác gợi ý" in content
    assert "do người sửa ghi: 77,7 %" in content


def test_a_lost_race_answers_409_with_both_texts(office, world, client):
    report = the_report()
    office.post(f"{page_of(report)}phan/strengths/ghi/", {"sequence": "0", "text": "Của người thứ nhất."})

    answer = office.post(f"{page_of(report)}phan/strengths/ghi/", {"sequence": "0", "text": "Của người thứ hai."})

    content = answer.content.decode()
    assert answer.status_code == 409
    assert "Của người thứ nhất." in content
    assert ">Của người thứ hai.</textarea>" in content
    assert PartText.objects.count() == 1


def test_choices_that_cannot_be_read_are_told_beside_their_field(office, world):
    answer = office.post(
        f"{page_of(the_report())}thiet-lap/", {"version": "0", "basis": "sent", "signer": "head", "as_of": "hôm nọ"}
    )

    assert answer.status_code == 422
    assert "không phải là ngày" in answer.content.decode()
    assert 'placeholder="Như trên"' in answer.content.decode()


def test_choices_that_are_refused_leave_what_was_typed_on_the_page(office, world):
    typed = {"version": "0", "basis": "sent", "signer": "head", "as_of": "31/12/2030 10:00", "recipients": "Như trên"}

    answer = office.post(f"{page_of(the_report())}thiet-lap/", typed)

    content = answer.content.decode()
    assert answer.status_code == 422
    assert "Thời điểm tính số liệu không được ở tương lai." in content
    assert ">\nNhư trên</textarea>" in content


def test_a_number_that_is_refused_leaves_what_was_typed_on_the_page(office, world):
    report = the_report()
    freeze_report(report, by=world.people["coordinator"])
    typed = {"number": "15/BC-PNV", "signed_on": "31/12/2030", "signer": "Trưởng phòng"}

    answer = office.post(f"{page_of(report)}ban-hanh/", typed)
    unread = office.post(f"{page_of(report)}ban-hanh/", {**typed, "signed_on": "hôm nọ"})

    content = answer.content.decode()
    assert (answer.status_code, unread.status_code) == (422, 422)
    assert "Ngày ký 31/12/2030 ở tương lai." in content
    assert 'value="15/BC-PNV"' in content
    assert not report.issuance


def test_the_period_that_is_over_is_offered_first(office, world):
    form = office.get("/bao-cao/trinh-ky/").context["form"]

    assert form["period"].value() == world.period(2).pk


def test_a_report_is_begun_from_the_list(office, world):
    values = {"kind": "so-ket", "period": world.period(2).pk, "issuer": world.standing_body.pk, "basis": "sent"}

    answer = office.post("/bao-cao/trinh-ky/lap/", values)

    assert answer.status_code == 302
    assert Report.objects.filter(kind="so-ket", period=world.period(2)).exists()


def test_readers_find_the_signed_report_and_no_draft(client, world):
    by = world.people["coordinator"]
    report = the_report()
    open_report(world.campaign, "thang", world.period(1), by=by)
    freeze_report(report, by=by)
    signed = SimpleUploadedFile("ban-ky.pdf", b"%PDF-1.7\n%%EOF\n")
    record_issuance(
        report, by=by, number="15/BC-PNV", signed_on=EVENING.date(), signer="Trưởng phòng", signed_file=signed
    )
    client.force_login(world.people["reader"])

    content = client.get("/bao-cao/trinh-ky/").content.decode()

    assert "15/BC-PNV" in content
    assert content.count("/bao-cao/trinh-ky/1") + content.count(f"/bao-cao/trinh-ky/{report.pk}/") >= 1
    assert "Dự thảo" not in content
    assert "Lập báo cáo" not in content


def test_a_stranger_checks_a_copy_and_hears_no_more_than_he_must(client, world):
    report = the_report()
    frozen = freeze_report(report, by=world.people["coordinator"])
    kept = frozen.files.get(kind="frozen-pdf").file.content.open("rb").read()

    told = client.get(f"/tra-cuu/{frozen.code}/").content.decode()
    same = client.post("/tra-cuu/", {"code": frozen.code, "copy": SimpleUploadedFile("a.pdf", kept)}).content.decode()
    other = client.post("/tra-cuu/", {"code": frozen.code, "copy": SimpleUploadedFile("a.pdf", kept + b" ")})

    assert frozen.title in told
    assert "Tháng 8" not in told
    assert "đúng từng byte" in same
    assert "Không phải tệp đã lưu" in other.content.decode()
    assert "Không có báo cáo nào" in client.get("/tra-cuu/ZZZZZZZZ/").content.decode()


def test_the_list_takes_the_same_queries_for_one_report_and_for_three(office, world, django_assert_num_queries):
    office.get("/bao-cao/trinh-ky/")
    with django_assert_num_queries(13):
        office.get("/bao-cao/trinh-ky/")
    for _ in range(2):
        open_report(world.campaign, "thang", world.period(1), by=world.people["coordinator"])
    with django_assert_num_queries(13):
        office.get("/bao-cao/trinh-ky/")
