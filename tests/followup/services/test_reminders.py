"""Reminders: exactly what is missing, to units that must report, not again too soon, to the leaders after some."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from followup.exports.reminder_text import reminder_text
from followup.models import Notice, Reminder, ReminderDelivery
from followup.services.explanations import ask_explanation
from followup.services.reminders import Particulars, answer_reminder, log_delivery, send_reminders, set_policy
from followup.tables import arrears as table
from followup.tables.arrears import arrears
from indicators.services.confirmations import confirm_figures
from indicators.services.submissions import make_move
from tests.builders import World, at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 25)


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-19")):
        yield make_world()


def remind(world: World, *communes: int, who: str = "coordinator", **values):
    given = Particulars(**{"channels": ["in_app"], "answer_by": DAY, **values})
    units = [world.communes[one] for one in communes]
    return send_reminders(world.campaign, world.period(1), units, by=world.people[who], given=given)


def lines(world: World, commune: int = 0, **values) -> list[str]:
    (row,) = arrears(world.campaign, world.period(1), unit_ids=[world.communes[commune].pk], **values)
    return [line.text for line in row.lines]


def test_an_unsent_report_is_told_with_its_days_and_its_empty_rows(world: World):
    world.enter("che", "12")

    assert lines(world) == [
        "Chưa gửi báo cáo Tháng 7/2024 (15/6–14/7/2024), hạn 16/7/2024, chậm 3 ngày; "
        "còn 2 dòng chưa có số liệu: Trồng cà phê mới, Tuyên truyền vận động"
    ]


def test_a_request_is_told_with_the_marked_figures_and_their_reasons(world: World):
    fill(world)
    world.send()
    marked = {world.figure("che").pk: "thiếu biên bản"}
    make_move("request_changes", world.submission(), by=world.people["coordinator"], reason="Xem lại", marked=marked)

    assert lines(world) == ["Chưa chỉnh sửa, bổ sung báo cáo Tháng 7/2024: Trồng chè mới (thiếu biên bản)"]


@pytest.mark.parametrize(("day", "is_late"), [("2024-07-16", False), ("2024-07-17", True)])
def test_a_request_is_late_only_when_the_reports_own_day_is_over(world: World, day: str, is_late: bool):
    with clock.set_to(at("2024-07-15")):
        fill(world)
        world.send()
        make_move("request_changes", world.submission(), by=world.people["coordinator"], reason="Xem lại")
    with clock.set_to(at(day)):
        [unit] = arrears(world.campaign, world.period(1), unit_ids=[world.communes[0].pk])

    assert (unit.lines[0].kind, unit.is_late) == (table.REQUEST, is_late)


def test_a_lead_department_is_reminded_of_the_figures_that_it_has_not_confirmed_but_is_not_late(world: World):
    with clock.set_to(at("2024-07-15")):
        for commune in (0, 1):
            fill(world, commune)
            world.send(commune)
        confirm_figures([world.figure("che")], by=world.people["reviewer"])
    [lead] = arrears(world.campaign, world.period(1), unit_ids=[world.lead.pk])

    names = "Trồng chè mới (1), Trồng cà phê mới (2), Tuyên truyền vận động (2)"
    text = f"Chưa xác nhận 5 số liệu đã gửi của Tháng 7/2024: {names}"
    assert [(line.kind, line.text, line.is_late) for line in lead.lines] == [(table.CONFIRM, text, False)]


def test_a_report_that_was_taken_back_is_asked_for_again_but_is_not_late(world: World):
    with clock.set_to(at("2024-07-15")):
        fill(world)
        world.send()
        make_move("withdraw", world.submission(), by=world.people["clerk0"])

    (row,) = arrears(world.campaign, world.period(1), unit_ids=[world.communes[0].pk])

    assert [line.text for line in row.lines] == ["Đã thu hồi, chưa gửi lại báo cáo Tháng 7/2024"]
    assert not row.is_late


def test_unanswered_requests_and_overdue_work_are_told_too(world: World):
    fill(world)
    world.send()
    ask_explanation(
        "account", world.campaign, world.communes[0], by=world.people["leader"], question="Vì sao?", due_on=DAY
    )

    assert lines(world) == ["Chưa trả lời giải trình, hạn 25/7/2024"]


def test_a_lagging_indicator_is_told_only_when_asked_for(world: World):
    fill(world, che="0.5")
    world.send()

    assert lines(world) == []
    assert [text.split(":")[0] for text in lines(world, with_lagging=True)] == ["Trồng chè mới"]


@pytest.mark.parametrize("relation", ["asked", "supports", "own_channel"])
def test_a_co_operating_unit_is_neither_late_nor_reminded(world: World, relation: str):
    world.campaign.participations.filter(unit=world.communes[0]).update(relation=relation)

    assert world.communes[0].pk not in {row.unit_id for row in arrears(world.campaign, world.period(1))}
    sent = remind(world, 0)
    assert sent.reminders == []
    assert "không đôn đốc" in sent.left_out[0]


def test_the_unit_hears_and_the_reminder_keeps_what_was_missing(world: World):
    (reminder,) = remind(world, 0).reminders

    assert set(Notice.objects.values_list("user__username", flat=True)) == {"clerk0", "head0"}
    assert [item["text"] for item in reminder.items] == lines(world)
    fill(world)
    world.send()
    reminder.refresh_from_db()
    assert len(reminder.items) == 1


def test_who_owes_nothing_is_left_out(world: World):
    fill(world)
    world.send()

    sent = remind(world, 0, 1)

    assert [one.unit for one in sent.reminders] == [world.communes[1]]
    assert sent.left_out == ["xã Hiếu không còn thiếu gì."]


def test_nobody_is_reminded_twice_within_the_chosen_days(world: World):
    set_policy(world.campaign, by=world.people["coordinator_head"], quiet_days=4, escalate_after=1)
    remind(world, 0)

    with clock.set_to(at("2024-07-22")):
        assert remind(world, 0).left_out == ["xã Hiếu đã được nhắc ngày 19/7/2024; nhắc lại được từ ngày 23/7/2024."]
    with clock.set_to(at("2024-07-23")):
        (second,) = remind(world, 0).reminders

    assert (second.number, second.is_escalated) == (2, True)
    assert Notice.objects.filter(user=world.people["leader"]).count() == 1


@pytest.mark.parametrize("who", ["clerk1", "reviewer", "leader", "reader"])
def test_only_the_standing_body_reminds(world: World, who: str):
    with pytest.raises(PermissionDenied):
        remind(world, 0, who=who)


def test_ways_outside_the_program_and_the_answer_are_logged_once(world: World):
    (reminder,) = remind(world, 0).reminders
    office = world.people["coordinator"]
    log_delivery(reminder, by=office, channel="zalo", recipient="Công chức văn phòng")
    with pytest.raises(ValidationError):
        log_delivery(reminder, by=office, channel="zalo")

    answer_reminder(reminder, by=world.people["clerk0"], answer="Gửi trong ngày mai.")

    assert list(ReminderDelivery.objects.values_list("channel", flat=True)) == ["in_app", "zalo"]
    assert Reminder.objects.get().answer == "Gửi trong ngày mai."
    with pytest.raises(PermissionDenied):
        answer_reminder(reminder, by=world.people["clerk1"], answer="Sai đơn vị")


def test_the_text_for_zalo_holds_the_lines_the_day_and_how_often(world: World):
    remind(world, 0)
    with clock.set_to(at("2024-07-24")):
        (second,) = remind(world, 0, note="Liên hệ Phòng Nội vụ khi cần.").reminders

    text = reminder_text(second)

    assert text.startswith("Phòng Nội vụ đề nghị Ủy ban nhân dân xã Hiếu thực hiện các nội dung còn thiếu sau đây")
    assert "chậm nhất ngày 25/7/2024 (lần 2):" in text
    assert "1. Chưa gửi báo cáo Tháng 7/2024" in text
    assert "Liên hệ Phòng Nội vụ khi cần." in text


@pytest.mark.parametrize("communes", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_units(communes: int, django_assert_num_queries):
    with clock.set_to(at("2024-07-19")):
        world = make_world(communes=communes, prefix=f"{communes}-")
        period = world.period(1)
        with django_assert_num_queries(table.QUERIES):
            arrears(world.campaign, period)
