"""Drafts that have fallen due: there on the morning after the deadline, once, and the office is told."""

from datetime import date

import pytest
from django.core.management import call_command

from campaign.models import DeadlineTier
from followup.models import Notice
from followup.services.obstacles import raise_obstacle
from paper.document import Heading
from reports.choices import Basis
from reports.models import Report
from reports.services.building import draft_of
from reports.services.drafts import open_report
from reports.services.due import draw_up_due, due_drafts
from tests.builders import World, at
from tests.kept import kept_world
from tests.reports.exports.sample import office_world
from units import clock
from units.models import Post

pytestmark = pytest.mark.django_db

world = kept_world(office_world, at("2024-08-16", 18))


def drafted() -> list[tuple[str, int, str]]:
    return list(Report.objects.order_by("pk").values_list("kind", "period__number", "basis"))


def test_the_monthly_draft_is_ready_on_the_morning_after_the_deadline_and_not_before(world: World):
    with clock.set_to(at("2024-08-16", 23)):
        assert [one.period.number for one in draw_up_due()] == [1]
    with clock.set_to(at("2024-08-17", 6)):
        [report] = draw_up_due()

    assert (report.kind, report.period.number, report.issuer) == ("thang", 2, world.standing_body)
    assert report.created_by is None
    assert draft_of(report).document.letter.title.about[-1] == "(tháng 8/2024)"


def test_what_waits_to_be_received_makes_it_preliminary_and_the_office_is_told(world: World):
    with clock.set_to(at("2024-08-17", 6)):
        [report] = draw_up_due()

    assert report.basis == Basis.SENT
    notices = Notice.objects.filter(key__startswith="draft:")
    assert {one.user.username for one in notices} == {"coordinator", "coordinator-head"}
    assert {one.path for one in notices} == {f"/bao-cao/trinh-ky/{report.pk}/"}
    assert all("còn 1 báo cáo chờ tiếp nhận" in one.detail for one in notices)


def test_everything_received_makes_it_official(world: World):
    with clock.set_to(at("2024-08-16", 18)):
        world.receive(1, 2)
    with clock.set_to(at("2024-08-17", 6)):
        [report] = draw_up_due()

    assert report.basis == Basis.OFFICIAL


def test_running_it_again_makes_no_second_draft(world: World):
    with clock.set_to(at("2024-08-17", 6)):
        for _ in range(3):
            call_command("run_due", verbosity=0)

        assert drafted() == [("thang", 2, Basis.SENT)]
        assert Notice.objects.filter(key__startswith="draft:").count() == 2


def test_a_draft_that_a_person_opened_is_left_alone(world: World):
    with clock.set_to(at("2024-08-16", 18)):
        mine = open_report(world.campaign, "thang", world.period(2), by=world.people["coordinator"])
    with clock.set_to(at("2024-08-17", 6)):
        assert draw_up_due() == []

    assert Report.objects.get() == mine


def test_the_standing_bodys_own_later_deadline_does_not_hold_it_up(world: World):
    period = world.period(2)
    own = DeadlineTier.objects.create(campaign=world.campaign, name="Cơ quan thường trực", day_of_month=20)
    period.deadlines.create(tier=own, due_on=date(2024, 8, 20))
    world.campaign.participations.filter(unit=world.standing_body).update(tier=own)

    found = list(due_drafts(world.campaign, date(2024, 8, 17)))

    assert [(kind.key, one.number) for kind, one in found] == [("thang", 2)]


def test_the_sheets_for_evaluation_are_ready_on_the_first_of_december_and_only_then(world: World):
    days = [date(2024, 11, 30), date(2024, 12, 1), date(2024, 12, 14), date(2024, 12, 15)]

    due = [[(kind.key, one.name) for kind, one in due_drafts(world.campaign, day)] for day in days]

    assert [("danh-gia", "Tháng 11/2024") in one for one in due] == [False, True, True, False]


def test_every_unit_and_its_head_has_a_page_with_figures_estimate_obstacles_and_reports(world: World):
    unit = world.communes[0]
    Post.objects.create(user=world.people["head0"], unit=unit, title="Chủ tịch")
    with clock.set_to(at("2024-08-10")):
        raise_obstacle(world.campaign, unit, by=world.people["clerk0"], title="Đường sạt lở", kind="objective")

    report = open_report(world.campaign, "danh-gia", world.period(2), by=world.people["coordinator"])
    [annex] = draft_of(report).document.annexes

    pages = [block for block in annex.blocks if isinstance(block, Heading)]
    assert [one.is_on_new_page for one in pages] == [False, *[True] * (len(pages) - 1)]
    assert {one.text for one in pages} >= {f"Xã {one.name.removeprefix('xã ')}" for one in world.communes}
    mine = {block.key: block for block in annex.blocks if getattr(block, "key", "").startswith(f"sheet:{unit.pk}")}
    assert mine[f"sheet:{unit.pk}:who"].text == f"Người đứng đầu: Chủ tịch, {world.people['head0'].full_name}."
    assert mine[f"sheet:{unit.pk}:sending"].text == "Chế độ báo cáo: phải gửi 02 báo cáo tháng, đều đúng hạn."
    assert mine[f"sheet:{unit.pk}:obstacles"].text == "Khó khăn, vướng mắc đơn vị nêu: Đường sạt lở (khách quan)."
    assert "Ước cả năm" in [column.title for column in mine[f"sheet:{unit.pk}"].columns]
