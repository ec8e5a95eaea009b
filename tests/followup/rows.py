"""One row of each kind of the followup app in a small world, written by its services."""

from __future__ import annotations

from datetime import date
from typing import Any

from followup.services.actions import add_action
from followup.services.explanations import ask_explanation
from followup.services.inspections import record_conclusion, record_inspection
from followup.services.notices import notify
from followup.services.obstacles import raise_obstacle
from followup.services.records import record_good_work
from followup.services.reminders import Particulars, send_reminders
from tests.builders import World
from units import clock

DAY = date(2024, 10, 20)


def follow_up(world: World, commune: int = 0) -> dict[str, Any]:
    """One row of each kind, all about tea at one commune."""
    office, unit, tea = world.people["coordinator"], world.communes[commune], world.indicators["che"]
    common = {"by": office}
    obstacle = raise_obstacle(
        world.campaign, unit, by=world.people[f"clerk{commune}"], title="Giống về muộn", kind="objective", indicator=tea
    )
    explanation = ask_explanation(
        "cause", world.campaign, unit, by=office, question="Vì sao chậm?", due_on=DAY, indicator=tea
    )
    inspection = record_inspection(world.campaign, name="Kiểm tra trồng chè", units=[unit], starts_on=DAY, **common)
    conclusion = record_conclusion(world.campaign, meeting="Giao ban tháng 9", dated=clock.today(), **common)
    item = add_action(conclusion, text="Trồng dặm", owner_unit=unit, due_on=DAY, indicator=tea, **common)
    record = record_good_work(
        world.campaign, kind="praise", area=world.area, title="Hộ A", happened_on=clock.today(), unit=unit, **common
    )
    given = Particulars(channels=["in_app"], answer_by=DAY)
    (notice,) = notify([world.people.get("head1", office)], "Việc mới", by=None)
    # Of the first period nothing is missing any more; the request above is.
    period = world.period(1)
    (reminder,) = send_reminders(world.campaign, period, [unit], by=office, given=given).reminders
    return {
        "campaign": world.campaign,
        "reminder": reminder,
        "notice": notice,
        "obstacle": obstacle,
        "explanation": explanation,
        "inspection": inspection,
        "conclusion": conclusion,
        "item": item,
        "record": record,
    }
