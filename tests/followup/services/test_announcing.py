"""Units hear of a launch and of what was revised for them, once each, and nobody else does."""

from datetime import date
from decimal import Decimal

import pytest

from followup.models import Notice
from followup.services.announcing import announce
from indicators.services.revising import Decision, end_indicator, revise_target
from indicators.services.submissions import make_move
from tests.builders import at, fill, make_world
from units import clock

pytestmark = pytest.mark.django_db
DECISION = Decision("Bổ sung", "845/QĐ-UBND", date(2024, 9, 10))


def heard(person) -> list[str]:
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("text", flat=True))


def test_a_launch_is_told_once_to_everybody_of_the_units():
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-01", 10)):
        assert announce() > 0
        assert announce() == 0

    assert heard(world.people["clerk0"]) == ["Đã phát động “Thi đua 6 tháng cuối năm 2024” (1/7/2024–31/12/2024)"]
    assert len(heard(world.people["head1"])) == 1


def test_a_revision_is_told_to_the_unit_and_the_lead_alone():
    world = make_world(communes=2)
    by = world.people["coordinator"]
    with clock.set_to(at("2024-09-10")):
        revise_target(
            world.indicators["che"], world.communes[0], amount=Decimal(60), decision=DECISION,
            valid_from=date(2024, 9, 1), by=by,
        )  # fmt: skip
        announce()

    assert heard(world.people["clerk0"]) == [
        "Điều chỉnh chỉ tiêu “Trồng chè mới” giao cho xã Hiếu, áp dụng từ 1/9/2024"
    ]
    assert heard(world.people["clerk1"]) == []
    assert len(heard(world.people["reviewer"])) == 1


def test_an_ended_indicator_is_told_to_all_who_reported_it():
    world = make_world(communes=2)
    with clock.set_to(at("2024-09-10")):
        row = world.indicators["ca-phe"]
        end_indicator(row, first=world.period(4), decision=DECISION, by=world.people["coordinator"])
        announce()

    assert heard(world.people["clerk1"]) == ["Thôi theo dõi chỉ tiêu: Trồng cà phê mới"]


def test_a_report_asked_back_is_told_to_its_unit_with_the_reason():
    world = make_world(communes=2)
    with clock.set_to(at("2024-07-15", 9)):
        fill(world)
        world.send()
    with clock.set_to(at("2024-07-16", 9)):
        make_move(
            "request_changes", world.submission(), by=world.people["coordinator"],
            reason="Bổ sung biên bản", marked={world.figure("che").pk: ""},
        )  # fmt: skip
        announce()
        announce()

    told = Notice.objects.get(user=world.people["clerk0"], key__startswith="asked:")
    assert told.text == f"Đề nghị chỉnh sửa, bổ sung báo cáo: {world.submission()}"
    assert told.detail == "Bổ sung biên bản"
    assert told.path.endswith(f"/{world.submission().pk}/")
    assert Notice.objects.filter(key__startswith="asked:").count() == 2  # its clerk and its head
