"""Phòng Nội vụ's pages: the period at a glance, the queue, one report to receive or to ask about."""

import pytest
from django.test import Client
from django.urls import reverse

from campaign.choices import Relation, SubmissionStatus
from campaign.models import Participation
from indicators.services.submissions import make_move
from tests.builders import World, at, fill, make_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Three communes; Hiếu and Pờ Ê have sent July, Măng Cành is drafting 777 ha."""
    world = make_world(communes=3)
    with clock.set_to(at("2024-07-15", 9)):
        fill(world, 1, che="80", ca_phe="2")
        world.send(1)
    with clock.set_to(at("2024-07-15", 15)):
        fill(world, 0, che="5", ca_phe="2")
        world.send(0)
        world.enter("che", "777", commune=2)
    return world


def page(client: Client, world: World, person: str, url: str, day: str = "2024-07-16") -> str:
    client.force_login(world.people[person])
    with clock.set_to(at(day)):
        response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, world: World, person: str, url: str, data: dict[str, object] | None = None, **headers: str):
    client.force_login(world.people[person])
    with clock.set_to(at("2024-07-16")):
        return client.post(url, data or {}, headers=headers)


def receive_url(world: World, commune: int = 0, period: int = 1) -> str:
    return reverse("indicators:receive", args=[world.submission(commune, period).pk])


def move_url(world: World, name: str, commune: int = 0) -> str:
    return reverse("indicators:move", args=[world.submission(commune).pk, name])


# --- Several at once -------------------------------------------------------------------------------------------------


def together(client: Client, world: World, person: str, *reports: object):
    shown = [f"{report.pk}:{report.version}" for report in reports]
    return post(
        client, world, person, reverse("indicators:receive-together", args=[world.period(1).pk]), {"reports": shown}
    )


def test_only_reports_that_show_nothing_odd_are_received_together_and_the_act_is_logged(client: Client, world: World):
    listed = page(client, world, "coordinator", reverse("indicators:receive-list"))
    response = together(client, world, "coordinator", world.submission(0))

    assert "Tiếp nhận 1 báo cáo không có cảnh báo" in listed  # Pờ Ê's 80 of 50 ha asks for a look
    assert response.status_code == 302
    assert [world.submission(commune).status for commune in (0, 1)] == ["received", "sent"]
    line = AuditLine.objects.get(event="submissions.received_together")
    assert line.detail == {"submissions": [world.submission(0).pk]}


def test_a_report_with_warnings_cannot_be_slipped_in(client: Client, world: World):
    response = together(client, world, "coordinator", world.submission(0), world.submission(1))

    assert response.status_code == 409
    assert [world.submission(commune).status for commune in (0, 1)] == ["sent", "sent"]


def test_a_report_that_another_moved_meanwhile_stops_the_act_and_the_person_is_told(client: Client, world: World):
    shown = world.submission(0)
    with clock.set_to(at("2024-07-15", 18)):
        make_move("withdraw", world.submission(0), by=world.people["clerk0"])
        world.send(0)
    response = together(client, world, "coordinator", shown)

    assert response.status_code == 409
    assert "vừa được người khác xử lý" in response.content.decode()
    assert world.submission(0).status == "sent"


def test_the_list_says_on_whose_desk_a_report_lies_and_since_when(client: Client, world: World):
    with clock.set_to(at("2024-07-15", 16)):
        make_move("request_changes", world.submission(1), by=world.people["coordinator"], reason="Thiếu nguồn.")
    page(client, world, "coordinator", reverse("indicators:receive-list"), day="2024-07-20")
    with clock.set_to(at("2024-07-16", 15)):
        rows = client.get(reverse("indicators:receive-list")).context["table"].rows

    assert {row.unit_name: row.held for row in rows if row.unit_name.startswith("xã")} == {
        "xã Hiếu": "cơ quan thường trực, 24 giờ",
        "xã Pờ Ê": "đơn vị, 23 giờ",
        "xã Măng Cành": "đơn vị",
    }


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_period_at_a_glance_counts_units_that_must_report(client: Client, world: World):
    page(client, world, "coordinator", reverse("indicators:receive-list"), day="2024-07-20")
    with clock.set_to(at("2024-07-20")):
        table = client.get(reverse("indicators:receive-list")).context["table"]

    assert {count.label: count.number for count in table.counts} == {
        "phải gửi": 3,
        "đã gửi": 2,
        "chờ tiếp nhận": 2,
        "đã tiếp nhận": 0,
        "chờ chỉnh sửa": 0,
        "nháp": 0,
        "chậm": 1,
    }


def test_the_queue_begins_with_the_report_that_waits_longest(client: Client, world: World):
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-07-16")):
        queue = client.get(reverse("indicators:receive-list")).context["table"].queue

    # 80 ha of 50 ha planned is over one and a half times the plan.
    assert [(row.unit_name, row.warnings > 0) for row in queue] == [("xã Pờ Ê", True), ("xã Hiếu", False)]


def test_the_queue_is_told_to_be_empty(client: Client):
    world = make_world(communes=1)

    text = page(client, world, "coordinator", reverse("indicators:receive-list"))

    assert "Không còn báo cáo nào chờ tiếp nhận" in text


def test_the_last_closed_period_is_shown_unless_another_is_asked_for(client: Client, world: World):
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-08-20")):
        shown = client.get(reverse("indicators:receive-list")).context["period"]
        asked = client.get(reverse("indicators:receive-list"), {"ky": world.period(1).pk}).context["period"]

    assert (shown.name, asked.name) == ("Tháng 8/2024", "Tháng 7/2024")


def test_a_unit_that_was_only_asked_is_never_late(client: Client, world: World):
    Participation.objects.filter(unit=world.communes[2]).update(relation=Relation.ASKED)
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-09-01")):
        table = client.get(reverse("indicators:receive-list"), {"ky": world.period(1).pk}).context["table"]

    row = next(row for row in table.rows if row.unit_name == "xã Măng Cành")
    assert (row.state, row.is_late, row.lateness, row.relation) == ("phoi-hop", False, "", "Đề nghị phối hợp")
    assert table.counts[0].number == 2


def test_a_unit_with_its_own_channel_counts_as_done(client: Client, world: World):
    Participation.objects.filter(unit=world.communes[2]).update(relation=Relation.OWN_CHANNEL)
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-09-01")):
        table = client.get(reverse("indicators:receive-list"), {"ky": world.period(1).pk}).context["table"]

    row = next(row for row in table.rows if row.unit_name == "xã Măng Cành")
    assert (row.state_label, row.is_late) == ("Báo cáo theo kênh riêng", False)


def test_filters_of_the_address_choose_rows(client: Client, world: World):
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-07-20")):
        late = client.get(reverse("indicators:receive-list"), {"trang-thai": "cham"}).context["rows"]
        other_kind = client.get(reverse("indicators:receive-list"), {"loai": "999"}).context["rows"]

    assert [row.unit_name for row in late] == ["xã Măng Cành"]
    assert other_kind == []


def test_days_late_stay_with_a_report_that_came_late(client: Client, world: World):
    with clock.set_to(at("2024-07-18")):
        fill(world, 2, che="1")
        world.send(2)
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-07-30")):
        table = client.get(reverse("indicators:receive-list"), {"ky": world.period(1).pk}).context["table"]

    assert {row.unit_name: row.lateness for row in table.rows} == {
        "xã Hiếu": "",
        "xã Pờ Ê": "",
        "xã Măng Cành": "gửi chậm 2 ngày",
    }


def test_figures_not_yet_confirmed_are_counted_by_lead_department(client: Client, world: World):
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-07-16")):
        [lead] = client.get(reverse("indicators:receive-list")).context["table"].unconfirmed

    assert (lead.unit_name, lead.sent, lead.unconfirmed) == ("Phòng Nông nghiệp", 6, 6)


@pytest.mark.parametrize("person", ["clerk0", "head0", "reviewer", "leader", "reader", "administrator"])
def test_only_the_standing_body_sees_the_list(client: Client, world: World, person: str):
    client.force_login(world.people[person])

    response = client.get(reverse("indicators:receive-list"))

    assert response.status_code == 403
    assert "Chỉ cơ quan thường trực thi đua" in response.content.decode()


def test_the_standing_body_of_another_authority_sees_nothing_of_this_one(client: Client, world: World):
    other = make_world(communes=1, prefix="khac-")
    client.force_login(other.people["coordinator"])

    assert client.get(reverse("indicators:receive-list"), {"ky": world.period(1).pk}).status_code == 404
    assert client.get(receive_url(world)).status_code == 404


def test_the_list_asks_as_many_queries_for_one_unit_as_for_three(
    client: Client, world: World, django_assert_max_num_queries
):
    few = make_world(communes=1, prefix="it-")
    with clock.set_to(at("2024-07-15")):
        fill(few, 0, che="5")
        few.send(0)
    counts = []
    for one in (few, world):
        client.force_login(one.people["coordinator"])
        with clock.set_to(at("2024-07-16")), django_assert_max_num_queries(40) as asked:
            client.get(reverse("indicators:receive-list"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# --- One report ------------------------------------------------------------------------------------------------------


def test_a_draft_stays_with_its_unit(client: Client, world: World):
    text = page(client, world, "coordinator", receive_url(world, 2))

    assert "Đơn vị chưa gửi báo cáo kỳ này" in text
    assert "777" not in text


def test_the_report_shows_figures_beside_plan_and_what_is_odd(client: Client, world: World):
    text = page(client, world, "coordinator", receive_url(world, 1))

    assert "80,0" in text
    assert "kế hoạch (80,0 ha trên 50,0 ha)" in text


def test_the_office_sees_the_sent_value_and_not_what_the_clerk_is_changing(client: Client, world: World):
    post(client, world, "coordinator", move_url(world, "request_changes"), {"reason": "Kiểm tra lại."})
    world.enter("che", "6.5")

    text = page(client, world, "coordinator", receive_url(world))

    assert "5,0" in text
    assert "6,5" not in text


def test_only_what_changed_since_the_last_sending_is_open(client: Client, world: World):
    post(client, world, "coordinator", move_url(world, "request_changes"), {"reason": "Kiểm tra lại chè."})
    with clock.set_to(at("2024-07-17")):
        world.enter("che", "7.5")
        world.send(0)
    client.force_login(world.people["coordinator"])
    with clock.set_to(at("2024-07-18")):
        table = client.get(receive_url(world)).context["table"]

    code = dict(world.campaign.indicators.values_list("pk", "code"))
    assert [(code[row.indicator_id], row.entered, row.was_before) for group in table.open for row in group.rows] == [
        ("che", "7,5", "5,0")
    ]
    assert [code[row.indicator_id] for group in table.folded for row in group.rows] == ["ca-phe", "tuyen-truyen"]


def test_the_report_is_received_and_the_page_says_by_whom(client: Client, world: World):
    version = world.submission().version

    response = post(
        client, world, "coordinator", move_url(world, "receive"), {"version": version, "next": receive_url(world)}
    )

    assert response.headers["Location"] == receive_url(world)
    assert world.submission().status == SubmissionStatus.RECEIVED
    text = page(client, world, "coordinator", receive_url(world))
    assert "Báo cáo đang ở trạng thái “đã tiếp nhận” nên không thực hiện được bước “Tiếp nhận”." in text


def test_marked_figures_are_asked_for_each_with_its_reason(client: Client, world: World):
    che, coffee = world.figure("che"), world.figure("ca-phe")
    data = {
        "version": world.submission().version,
        "reason": "Đề nghị kiểm tra.",
        "marked": [che.pk],
        f"reason-{che.pk}": "Thiếu minh chứng.",
    }

    post(client, world, "coordinator", move_url(world, "request_changes"), data)

    che.refresh_from_db()
    coffee.refresh_from_db()
    assert (che.is_marked, che.request_reason) == (True, "Thiếu minh chứng.")
    assert (coffee.is_marked, world.submission().status) == (False, SubmissionStatus.CHANGES_REQUESTED)


def test_of_two_people_at_once_the_second_is_told(client: Client, world: World):
    seen = world.submission().version
    make_move("receive", world.submission(), by=world.people["coordinator_head"])

    response = post(client, world, "coordinator", move_url(world, "request_changes"), {"version": seen, "reason": "?"})

    assert response.status_code == 409
    who = world.people["coordinator_head"]
    assert f"Báo cáo vừa được người khác xử lý (đã tiếp nhận: {who}, " in response.content.decode()
    assert world.submission().status == SubmissionStatus.RECEIVED


def test_asking_without_a_reason_is_explained(client: Client, world: World):
    response = post(client, world, "coordinator", move_url(world, "request_changes"), {}, **{"HX-Request": "true"})

    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == "#messages"
    assert world.submission().status == SubmissionStatus.SENT


def test_a_received_report_is_reopened_with_reason_and_expiry(client: Client, world: World):
    world.receive()

    post(
        client,
        world,
        "coordinator",
        move_url(world, "reopen"),
        {"reason": "Sửa diện tích.", "expires_on": "2024-07-20"},
    )

    submission = world.submission()
    assert submission.status == SubmissionStatus.REOPENED
    assert f"{submission.reopened_until:%d/%m/%Y}" == "20/07/2024"


def test_a_deadline_is_extended_with_its_reason(client: Client, world: World):
    url = reverse("indicators:extend-deadline", args=[world.submission(2).pk])

    post(client, world, "coordinator", url, {"new_due_on": "2024-07-19", "reason": "Mất điện hai ngày."})

    assert f"{world.submission(2).due_on:%d/%m/%Y}" == "19/07/2024"
    assert "Mất điện hai ngày." in page(client, world, "coordinator", receive_url(world, 2))


def test_an_extension_without_a_day_is_explained(client: Client, world: World):
    url = reverse("indicators:extend-deadline", args=[world.submission(2).pk])

    response = post(client, world, "coordinator", url, {"reason": "Mất điện."})

    assert response.status_code == 422
    assert "Chọn hạn mới." in response.content.decode()


def test_a_clerk_cannot_open_the_office_page_of_the_own_report(client: Client, world: World):
    client.force_login(world.people["clerk0"])

    response = client.get(receive_url(world))

    assert response.status_code == 403
    assert "Chỉ cơ quan thường trực thi đua" in response.content.decode()


def test_the_report_page_asks_as_many_queries_for_three_rows_as_for_one(
    client: Client, world: World, django_assert_max_num_queries
):
    few = make_world(communes=1, prefix="it-", launched=False)
    for code in ("ca-phe", "tuyen-truyen"):
        few.indicators[code].assignments.all().delete()
        few.indicators.pop(code).delete()
    from indicators.services.launching import launch_campaign

    with clock.set_to(at("2024-07-01")):
        launch_campaign(few.campaign, by=few.people["coordinator_head"])
    with clock.set_to(at("2024-07-15")):
        fill(few, 0, che="5")
        few.send(0)
    counts = []
    for one in (few, world):
        client.force_login(one.people["coordinator"])
        with clock.set_to(at("2024-07-16")), django_assert_max_num_queries(45) as asked:
            client.get(receive_url(one))
        counts.append(len(asked))

    assert counts[0] == counts[1]
