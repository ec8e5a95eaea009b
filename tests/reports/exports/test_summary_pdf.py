"""The summary as an official letter: who writes, what it says from the figures, its form, and its annex."""

import re
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from django.core.management import call_command
from pypdf import PdfReader

from campaign.models import Campaign
from indicators.services.launching import launch_campaign
from indicators.tables.standings import OFFICIAL, SENT
from reports.exports.pdf import summary_pdf
from reports.tables.frame import Frame
from reports.tables.period_report import period_report
from tests.builders import at, make_person
from tests.paper.test_pdf import embedded_families
from tests.reports.exports.sample import NOTE, UNSENT, office_world, report_of, send_the_last
from units import clock
from units.choices import Origin, Role

pytestmark = pytest.mark.django_db


def plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


def letter_of(content):
    """The text of the pages before the annex, in one line."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    first_annex = next(
        number for number, text in enumerate(pages) if text.lstrip("0123456789 \n").startswith("Phụ lục")
    )
    return plain(" ".join(pages[:first_annex]))


def test_one_family_of_type_is_embedded():
    assert embedded_families(summary_pdf(report_of(office_world()))) == {"Tinos"}


def test_it_is_written_by_the_standing_body_below_its_authority_and_signed_by_its_head():
    text = letter_of(summary_pdf(report_of(office_world())))
    head = "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM HUYỆN THỬ Độc lập - Tự do - Hạnh phúc PHÒNG NỘI VỤ"
    assert sorted(text[: len(head)].split()) == sorted(head.split())
    assert "/BC-PNV" in text
    assert "Thử, ngày tháng năm 2024" in text
    assert "BÁO CÁO Kết quả thực hiện phong trào thi đua 6 tháng cuối năm 2024 (tháng 8/2024)" in text
    assert "Kính gửi: Ủy ban nhân dân huyện Thử" in text
    assert re.search(r"Nơi nhận: .*TRƯỞNG PHÒNG.*\(Họ và tên\)", text)


def test_it_opens_with_the_launch_and_ends_with_the_sign_of_the_end():
    text = letter_of(summary_pdf(report_of(office_world())))
    launch = "Thực hiện Phát động phong trào thi đua 6 tháng cuối năm 2024 của Ủy ban nhân dân huyện Thử"
    assert f"{launch}, Phòng Nội vụ báo cáo" in text
    assert "kính báo cáo Ủy ban nhân dân huyện Thử xem xét, chỉ đạo./." in text


def test_number_and_date_of_the_launch_are_told_where_they_are_known():
    world = office_world()
    world.campaign.document_number, world.campaign.document_date = "12/PĐ-UBND", date(2024, 7, 1)
    text = letter_of(summary_pdf(report_of(world)))
    assert "Thực hiện Phát động thi đua số 12/PĐ-UBND ngày 01/7/2024 của Ủy ban nhân dân huyện Thử" in text


@pytest.mark.parametrize(("basis", "marked"), [(SENT, True), (OFFICIAL, False)])
def test_preliminary_figures_make_a_draft_on_every_page_and_official_ones_do_not(basis, marked):
    pages = PdfReader(BytesIO(summary_pdf(report_of(office_world(), basis=basis)))).pages
    assert {"DỰ THẢO" in page.extract_text() for page in pages} == {marked}


def test_illustrative_figures_are_called_so_on_every_page_and_others_are_not():
    world = office_world()
    pages = PdfReader(BytesIO(summary_pdf(report_of(world)))).pages
    assert {"Số liệu minh họa" in page.extract_text() for page in pages} == {True}
    world.indicators["ca-phe"].targets.update(origin=Origin.OFFICE)
    pages = PdfReader(BytesIO(summary_pdf(report_of(world)))).pages
    assert {"minh họa" in page.extract_text() for page in pages} == {False}


def test_the_text_tells_results_gaps_bands_and_who_has_not_sent():
    text = letter_of(summary_pdf(report_of(office_world())))
    assert "01 nội dung với 05 chỉ tiêu có số liệu và 01 nhiệm vụ" in text
    assert (
        "Có 2/3 đơn vị được giao đã gửi báo cáo của kỳ, đều đúng hạn; đã tiếp nhận 01 báo cáo. Chưa gửi: xã Măng Cành."
        in text
    )
    assert "Trồng chè mới lũy kế 81,5 ha, đạt 54,3 % kế hoạch (150,0 ha), vượt tiến độ" in text
    assert "Đơn tồn đọng từ khi phát động 5 đơn, yêu cầu không quá 20 đơn" in text
    assert "Có 02/03 chỉ tiêu đủ căn cứ đánh giá đạt tiến độ trở lên: " in text
    assert "Các đơn vị chưa gửi báo cáo của kỳ (01 đơn vị) khẩn trương hoàn thành, gửi báo cáo." in text


def test_a_contradiction_is_shown_with_both_sides_and_not_used():
    text = letter_of(summary_pdf(report_of(office_world())))
    assert "văn bản phát động nêu số liệu chưa thống nhất: Trồng cà phê mới (40,8 % hoặc 0 %)" in text
    assert "báo cáo nêu đủ các số, chưa dùng để đánh giá" in text
    assert "Trồng cà phê mới từ khi phát động" not in text


def test_late_units_are_named_with_their_days():
    world = office_world()
    with clock.set_to(at("2024-08-19")):
        text = letter_of(summary_pdf(period_report(Frame(world.campaign, world.period(2), SENT))))
    assert "Chưa gửi: xã Măng Cành (quá hạn 3 ngày)." in text


def test_nobody_is_named_late_to_whom_the_list_of_reports_is_not_shown():
    text = letter_of(summary_pdf(report_of(office_world(), with_submissions=False)))
    assert "Măng Cành" not in text
    assert "đã gửi báo cáo" not in text


def test_what_is_typed_and_not_sent_is_told_nowhere():
    world = office_world()
    before = all_text(world)
    send_the_last(world)
    with_them = "803,0"
    assert [UNSENT in before, NOTE in before, with_them in before, with_them in all_text(world)] == [False] * 3 + [True]


def all_text(world):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(summary_pdf(report_of(world)))).pages)


def test_a_reason_beside_a_figure_that_lags_is_quoted_with_its_unit():
    world = office_world()
    figure = world.figure("che", 0, 1)
    type(figure.sent_version).objects.filter(pk=figure.sent_version_id).update(note="Thiếu giống.")
    world.indicators["che"].targets.update(amount=5000)
    text = letter_of(summary_pdf(report_of(world, period=1)))
    assert "- Trồng chè mới: Thiếu giống (xã Hiếu)." in text


def test_the_annex_lies_across_repeats_its_head_and_counts_its_own_pages():
    world = office_world()
    for number in range(30):
        world.indicators["don"].pk = None
        world.indicators["don"].code = f"don-{number}"
        world.indicators["don"].save()
    with pdfplumber.open(BytesIO(summary_pdf(report_of(world)))) as document:
        wide = [page for page in document.pages if page.width > page.height]
        assert len(wide) > 1
        heads = {tuple(page.extract_table()[0]) for page in wide}
        numbers = [page.crop((0, 0, page.width, 55)).extract_text() for page in wide]
        reference = plain(wide[0].extract_text())
    assert len(heads) == 1
    assert numbers[:2] == ["", "2"]
    assert "(Kèm theo Báo cáo số /BC-PNV ngày tháng năm 2024 của Phòng Nội vụ)" in reference


@pytest.fixture(scope="module")
def real_pages(django_db_setup, django_db_blocker):
    """How many upright pages the letter of the real campaign has in its first period, and its text."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_campaign", verbosity=0)
        campaign = Campaign.objects.select_related("authority__kind", "standing_body__kind").get()
        with clock.set_to(at("2024-06-15")):
            launch_campaign(campaign, by=make_person("thuong-truc", campaign.standing_body, Role.COORDINATOR_HEAD))
        with clock.set_to(at("2024-08-19")):
            content = summary_pdf(period_report(Frame(campaign, campaign.periods.get(number=2), SENT)))
        transaction.set_rollback(True)
    return content


def test_the_letter_of_the_real_campaign_has_three_pages_at_most(real_pages):
    with pdfplumber.open(BytesIO(real_pages)) as document:
        assert 1 < len([page for page in document.pages if page.width < page.height]) <= 3


def test_the_letter_of_the_real_campaign_invents_no_number_and_no_name(real_pages):
    text = letter_of(real_pages)
    assert "Thực hiện Phát động phong trào thi đua triển khai thực hiện nhiệm vụ" in text
    assert "Chè trồng mới (40,8 % hoặc 0 %)" in text
    assert "(Họ và tên)" in text
    assert embedded_families(real_pages) == {"Tinos"}
