"""The pages: raising from a row, steps by their buttons, filters in the address, reminders, letters, notices."""

import io
from datetime import date

import pytest
from django.test import Client
from docx import Document as Book

from followup.models import Mail, Notice, Obstacle, Reminder
from followup.services.reminders import Particulars, send_reminders
from tests.builders import World, at, fill, make_world
from tests.followup.rows import follow_up
from units import clock

pytestmark = pytest.mark.django_db
MOMENT = at("2024-07-19")


@pytest.fixture
def world():
    with clock.set_to(MOMENT):
        yield make_world(communes=3)


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def reminded(world: World) -> Reminder:
    given = Particulars(channels=["in_app"], answer_by=date(2024, 7, 25))
    sent = send_reminders(
        world.campaign, world.period(1), world.communes[:1], by=world.people["coordinator"], given=given
    )
    return sent.reminders[0]


def test_the_month_offers_the_page_on_which_a_row_s_obstacle_is_raised(world: World):
    client, figure = client_of(world, "clerk0"), world.figure("che")
    month = client.get(f"/bao-cao-thang/{figure.submission_id}/")
    address = f"/so-lieu/{figure.pk}/vuong-mac/"
    assert f'href="{address}"' in month.text

    page = client.get(address)
    answer = client.post(address, {"title": "Giống về muộn", "kind": "objective", "text": "Thiếu 3.000 cây"})

    assert "số liệu giữ nguyên" in page.text
    row = Obstacle.objects.get()
    assert (row.figure, row.raised_by, answer.url) == (figure, world.people["clerk0"], f"/vuong-mac/{row.pk}/")


def test_what_is_wrong_is_told_beside_what_was_typed(world: World):
    answer = client_of(world, "clerk0").post(
        f"/so-lieu/{world.figure('che').pk}/vuong-mac/", {"kind": "objective"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert "Ghi vướng mắc trong một câu." in answer.text


def test_the_office_finds_it_beside_the_sent_figure(world: World):
    fill(world)
    world.send()
    figure = world.figure("che")
    client_of(world, "clerk0").post(f"/so-lieu/{figure.pk}/vuong-mac/", {"title": "Mưa lũ", "kind": "objective"})
    office = client_of(world, "coordinator")

    page = office.get(f"/tiep-nhan/{figure.submission_id}/")
    fragment = office.get(f"/bao-cao-thang/{figure.submission_id}/vuong-mac/")

    assert f'hx-get="/bao-cao-thang/{figure.submission_id}/vuong-mac/"' in page.text
    assert f'id="so-{figure.pk}"' in page.text
    assert f'hx-swap-oob="beforeend:#so-{figure.pk} .remarks"' in fragment.text
    assert "Nguyên nhân khách quan: <a" in fragment.text
    over_all = f"/xac-nhan/{world.indicators['che'].pk}/{figure.period_id}/vuong-mac/"
    assert "Nguyên nhân khách quan: <a" in client_of(world, "reviewer").get(over_all).text


def test_an_obstacle_goes_its_way_by_buttons(world: World):
    kept = follow_up_in_july(world)
    address = f"/vuong-mac/{kept.pk}/"
    office, owner = client_of(world, "coordinator"), client_of(world, "reviewer")
    assert "Giao xử lý" in office.get(address).text
    given = {"version": 0, "owner_unit": world.lead.pk, "due_on": "30/7/2024"}
    office.post(f"{address}buoc/take_up/", given)

    assert "Ghi nhận đã giải quyết" in owner.get(address).text
    told = owner.post(f"{address}buoc/resolve/", {"version": 0, "text": "Xong", "proof_note": "BB 12"})
    assert told.status_code == 409
    owner.post(f"{address}buoc/resolve/", {"version": 1, "text": "Đã cấp giống", "proof_note": "Biên bản 12"})

    page = client_of(world, "clerk0").get(address)
    assert "Đã cấp giống" in page.text
    assert "Căn cứ: Biên bản 12" in page.text
    assert owner.post(f"{address}buoc/khong-co/", {"version": 2}).status_code == 404


def follow_up_in_july(world: World) -> Obstacle:
    return follow_up(world)["obstacle"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("?loai=objective", 1),
        ("?loai=subjective", 0),
        ("?trang-thai=resolved", 0),
        ("?trang-thai=tat-ca", 1),
        ("?qua-han=1", 0),
        ("?don-vi=0", 0),
        ("?noi-dung=khong-co", 0),
    ],
)
def test_filters_stand_in_the_address(world: World, query: str, number: int):
    follow_up(world)

    page = client_of(world, "coordinator").get(f"/vuong-mac/{query}")

    assert page.text.count("Giống về muộn") == number


def test_the_matrix_may_tick_units_beforehand(world: World):
    unit = world.communes[1]

    page = client_of(world, "coordinator").get(f"/don-doc/?ky={world.period(1).pk}&don-vi={unit.pk}")

    assert f'name="units" value="{unit.pk}" checked' in page.text
    assert page.text.count(" checked>") == 2  # the unit, and the notice in the program


def test_only_the_chosen_units_stand_on_the_page_and_all_others_are_a_link_away(world: World):
    chosen, other = world.communes[1], world.communes[0]

    page = client_of(world, "coordinator").get(f"/don-doc/?don-vi={chosen.pk}")

    assert f'value="{chosen.pk}"' in page.text
    assert f'name="units" value="{other.pk}"' not in page.text
    assert "xem mọi đơn vị" in page.text


def test_the_heat_map_ticks_the_units_that_lag_on_the_chosen_indicators(world: World):
    fill(world, che="1")
    world.send()
    tea = world.indicators["che"]

    with clock.set_to(at("2024-08-20")):
        page = client_of(world, "coordinator").get(f"/don-doc/?ky={world.period(1).pk}&chi-tieu={tea.pk}")

    assert f'name="units" value="{world.communes[0].pk}" checked' in page.text
    assert f'name="indicators" value="{tea.pk}"' in page.text
    assert f"{tea.short_name}: đạt" in page.text


def test_nothing_is_asked_for_a_day_off(world: World):
    with clock.set_to(at("2024-08-22")):  # two days on it is Saturday
        page = client_of(world, "coordinator").get("/don-doc/")

    assert 'name="answer_by" value="26/8/2024"' in page.text


def test_sending_tells_who_was_reminded_and_who_was_left_out(world: World):
    fill(world)
    world.send()
    units = [unit.pk for unit in world.communes]
    sent = {"period": world.period(1).pk, "units": units, "channels": "in_app", "answer_by": "25/7/2024"}

    page = client_of(world, "coordinator").post(f"/don-doc/phong-trao/{world.campaign.pk}/gui/", sent, follow=True)

    assert "Đã đôn đốc 2 đơn vị." in page.text
    assert "xã Hiếu không còn thiếu gì." in page.text
    assert Reminder.objects.count() == 2


def test_the_reminder_gives_text_letter_and_word(world: World):
    row, office = reminded(world), client_of(world, "coordinator")

    page = office.get(f"/don-doc/{row.pk}/")
    pdf = office.get(f"/don-doc/{row.pk}/cong-van.pdf")
    word = office.get(f"/don-doc/{row.pk}/cong-van.docx")

    assert 'data-copy="zalo"' in page.text
    assert pdf.content.startswith(b"%PDF")
    text = "\n".join(paragraph.text for paragraph in Book(io.BytesIO(word.content)).paragraphs)
    assert "1. Chưa gửi báo cáo Tháng 7/2024 (15/6–14/7/2024), hạn 16/7/2024, chậm 3 ngày" in text
    assert text.rstrip().count("./.") == 1


def test_the_unit_reads_and_answers_its_reminder_but_gets_no_letter(world: World):
    row, clerk = reminded(world), client_of(world, "clerk0")

    assert "Chưa gửi báo cáo Tháng 7/2024" in clerk.get(f"/don-doc/{row.pk}/").text
    assert clerk.get(f"/don-doc/{row.pk}/cong-van.pdf").status_code == 403
    clerk.post(f"/don-doc/{row.pk}/tra-loi/", {"answer": "Gửi chiều nay"})

    assert "Gửi chiều nay" in client_of(world, "coordinator").get("/don-doc/nhat-ky/?tra-loi=da").text


def test_the_head_counts_unread_notices_and_opening_one_is_an_act(world: World):
    reminded(world)
    clerk = client_of(world, "clerk0")
    notice = Notice.objects.get(user=world.people["clerk0"])
    assert "<strong>(1)</strong>" in clerk.get("/thong-bao/").text

    answer = clerk.post(f"/thong-bao/{notice.pk}/mo/")

    assert answer.url == notice.path
    assert "<strong>(1)</strong>" not in clerk.get("/thong-bao/").text
    assert client_of(world, "clerk1").post(f"/thong-bao/{notice.pk}/mo/").status_code == 404


def test_reminders_by_mail_wait_in_the_outbox(world: World, settings):
    settings.EMAIL_HOST, settings.SITE_URL = "127.0.0.1", "https://thidua.example.vn"
    clerk = world.people["clerk0"]
    clerk.work_email = "hieu@konplong.example"
    clerk.save()
    sent = {"period": world.period(1).pk, "units": world.communes[0].pk, "channels": "email", "answer_by": "25/7/2024"}

    client_of(world, "coordinator").post(f"/don-doc/phong-trao/{world.campaign.pk}/gui/", sent)

    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("hieu@konplong.example", "Đôn đốc báo cáo thi đua tháng 7/2024")
    assert f"https://thidua.example.vn/don-doc/{Reminder.objects.get().pk}/" in mail.body


PAGES = ["/vuong-mac/", "/giai-trinh/", "/kiem-tra/", "/ket-luan/", "/viec-duoc-giao/", "/dien-hinh/", "/don-doc/"]


@pytest.mark.parametrize("address", [*PAGES, "/don-doc/nhat-ky/", "/thong-bao/"])
def test_a_page_asks_as_many_queries_for_one_unit_as_for_three(address: str, django_assert_max_num_queries):
    counts = []
    with clock.set_to(MOMENT):
        for communes in (1, 3):
            world = make_world(communes=communes, prefix=f"{communes}-")
            for unit in range(communes):
                follow_up(world, unit)
            client = client_of(world, "coordinator")
            client.get("/thong-bao/")
            with django_assert_max_num_queries(40) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_answer_that_is_returned_opens_with_all_that_was_answered_and_the_days_left(world: World):
    row = follow_up(world)["explanation"]
    answer = {"cause_kind": "objective", "cause_text": "Mưa", "remedy": "Trồng bù", "remedy_due_on": "5/12/2024"}
    where = f"/giai-trinh/{row.pk}/"
    client_of(world, "clerk0").post(f"{where}buoc/answer/", {"version": 0, **answer})
    more = {"version": 1, "text": "Nêu từng thôn", "due_on": "24/7/2024"}
    client_of(world, "coordinator").post(f"{where}buoc/return/", more)

    page = client_of(world, "clerk0").get(where).content.decode()

    assert 'name="remedy_due_on" value="5/12/2024"' in page
    assert "hạn trả lời hết ngày 24/7/2024 · còn 5 ngày" in page
    assert "Hạn 24/7/2024<br>Nêu từng thôn" in page
