"""The unit's own report: its letterhead, its figures, a draft until it is sent, and then what was sent."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from campaign.models import Submission
from followup.services.obstacles import raise_obstacle
from indicators.services.submissions import make_move
from reports.exports.pdf import unit_pdf
from reports.tables import unit_report as unit_reports
from reports.tables.unit_report import unit_report
from tests.builders import at
from tests.paper.test_pdf import embedded_families
from tests.reports.exports.sample import NOTE, UNSENT, office_world, send_the_last
from units import clock
from units.models import OrgUnit

pytestmark = pytest.mark.django_db


def submission(world, commune=0, period=2):
    rows = Submission.objects.select_related(
        "period",
        "participation__unit__kind",
        "participation__unit__parent",
        "participation__campaign__authority",
        "participation__campaign__standing_body",
    )
    return rows.get(participation__unit=world.communes[commune], period__number=period)


def report(world, commune=0, period=2):
    with clock.set_to(at("2024-08-15", 18)):
        return unit_report(submission(world, commune, period), world.people[f"clerk{commune}"])


def text_of(world, commune=0, period=2):
    pages = PdfReader(BytesIO(unit_pdf(report(world, commune, period)))).pages
    return " ".join(" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pages)


def test_a_committee_writes_in_its_own_name_to_the_authority_and_its_standing_body():
    text = text_of(office_world())
    assert "ỦY BAN NHÂN DÂN" in text
    assert "XÃ HIẾU" in text
    assert "Số: /BC-UBND" in text
    assert "xã Hiếu, ngày tháng năm 2024" in text
    assert "Kính gửi: - Ủy ban nhân dân huyện Thử; - Phòng Nội vụ." in text
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text
    assert "(Họ và tên)" in text
    assert "HUYỆN THỬ" not in text


def test_a_quick_report_names_itself_and_tells_a_running_total():
    world = office_world()
    row = submission(world)
    row.period.kind, row.period.number = "flash", 1001
    row.period.name = "Báo cáo nhanh giải ngân đến 14/8/2024"
    row.period.save()
    text = text_of(world, period=1001)
    assert "báo cáo nhanh giải ngân đến 14/8/2024 (số liệu lũy kế đến hết ngày 14/8/2024;" in text
    assert "Trên đây là báo cáo nhanh giải ngân đến 14/8/2024 của" in text
    assert "00 nhiệm vụ" not in text
    assert " 0 nhiệm vụ" not in text


def test_a_department_writes_below_its_superior_and_its_head_signs():
    world = office_world()
    OrgUnit.objects.filter(pk=world.communes[0].pk).update(
        kind=world.standing_body.kind, official_name="Phòng Thử nghiệm", document_code="PTN", head_title="Trưởng phòng"
    )
    text = text_of(world)
    assert text.index("HUYỆN THỬ") < text.index("PHÒNG THỬ NGHIỆM")
    assert "/BC-PTN" in text
    assert "TM." not in text
    assert "TRƯỞNG PHÒNG (Họ và tên)" in text


def test_its_rows_are_those_of_the_builder():
    world = office_world()
    lines = [line for line in report(world).figures if not line.is_area]
    assert [(line.name, line.target, line.entered, line.cumulative, line.rate) for line in lines] == [
        ("Trồng chè mới", "50,0", "12,5", "30,0", "60,0"),
        ("Trồng cà phê mới", "–", "3,0", "6,0", "–"),
        ("Chè Shan", "–", "2,0", "4,0", "–"),
        ("Giải ngân", "–", "400", "800", "–"),
        ("Đơn tồn đọng", "–", "1", "2", "–"),
    ]
    text = text_of(world)
    for line in lines:
        numbers = [line.target, line.entered, line.cumulative, line.rate]
        assert f"{line.name} {line.unit_of_measure} {' '.join(numbers)}" in text
    assert "Tuyên truyền vận động Đang thực hiện Đã họp 1 thôn." in text


@pytest.mark.parametrize("commune", [0, 2])
def test_the_working_copy_and_what_was_sent_give_the_same_rows(commune):
    world = office_world()
    if commune == 2:
        send_the_last(world)
    sent = report(world, commune)
    with clock.set_to(at("2024-08-17")):
        if commune == 2:
            make_move("request_changes", world.submission(2, 2), by=world.people["coordinator"], reason="Xem lại.")
        else:
            until = at("2024-08-30").date()
            head = world.people["coordinator_head"]
            make_move("reopen", world.submission(0, 2), by=head, reason="Xem lại.", expires_on=until)
    working = report(world, commune)
    assert (sent.is_draft, working.is_draft) == (False, True)
    assert working.figures == sent.figures
    assert working.tasks == sent.tasks
    assert working.obstacles == sent.obstacles


def test_until_it_is_sent_it_is_a_draft_with_the_working_figures():
    world = office_world()
    before = text_of(world, 2)
    send_the_last(world)
    after = text_of(world, 2)
    assert [f"{UNSENT},0" in before, "DỰ THẢO" in before, "còn 05 dòng chưa có số liệu" in before] == [True] * 3
    assert [f"{UNSENT},0" in after, "DỰ THẢO" in after, "chưa có số liệu" in after] == [True, False, False]


def test_reasons_and_blocked_tasks_are_its_obstacles():
    world = office_world()
    assert "Đơn vị không nêu khó khăn, vướng mắc." in text_of(world)
    world.enter("tuyen-truyen", None, 2, 2, task_status="blocked", text="Chưa có kinh phí.")
    text = text_of(world, 2)
    assert f"3. Khó khăn, vướng mắc - Trồng chè mới: {NOTE}." in text
    assert "- Tuyên truyền vận động: Chưa có kinh phí." in text


def test_what_the_unit_raised_by_itself_stands_among_its_obstacles_until_it_was_sent():
    world = office_world()
    with clock.set_to(at("2024-08-15", 15)):
        raised = {"by": world.people["clerk2"], "kind": "objective", "period": world.period(2)}
        raise_obstacle(
            world.campaign,
            world.communes[2],
            title="Giống chè về muộn",
            text="Nhà cung cấp lùi hẹn.",
            indicator=world.indicators["che"],
            **raised,
        )
        raise_obstacle(world.campaign, world.communes[2], title="Thiếu cán bộ", **raised)
    assert report(world, 2).obstacles[1:] == (
        "Trồng chè mới: Giống chè về muộn. Nhà cung cấp lùi hẹn",
        "Thiếu cán bộ",
    )
    assert report(world, 0).obstacles == ()
    send_the_last(world)
    with clock.set_to(at("2024-08-16", 20)):
        raise_obstacle(world.campaign, world.communes[2], title="Nêu sau khi gửi", **raised)
    assert "Nêu sau khi gửi" not in report(world, 2).obstacles


def test_of_a_confidential_task_the_status_alone_is_told():
    world = office_world()
    indicator = world.indicators["tuyen-truyen"]
    indicator.is_confidential = True
    indicator.save()
    text = text_of(world)
    assert "Tuyên truyền vận động Đang thực hiện" in text
    assert "Đã họp" not in text


def test_one_family_of_type_is_embedded():
    world = office_world()
    assert embedded_families(unit_pdf(report(world))) == {"Tinos"}


@pytest.mark.parametrize("communes", [1, 3])
@pytest.mark.parametrize("last", [False, True])
def test_it_takes_the_same_queries_for_one_unit_and_for_three(communes, last, django_assert_max_num_queries):
    world = office_world(communes)
    one = submission(world, communes - 1, 2 if last else 1)
    user = world.people[f"clerk{communes - 1}"]
    with django_assert_max_num_queries(unit_reports.QUERIES) as counted:
        found = unit_report(one, user)
        unit_pdf(found)
    assert len(counted) == (16 if last else 15)
