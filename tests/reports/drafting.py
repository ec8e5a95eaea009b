"""A report being drafted in the world of the sample: the standing body's monthly report of August."""

from __future__ import annotations

from reports.models import Report
from reports.services.drafts import open_report
from tests.builders import World, at
from tests.reports.exports.sample import office_world
from tests.stored import stored
from units import clock

EVENING = at("2024-08-15", 18)


def drafted_world() -> World:
    """The sample's world with its monthly report, opened in the evening of 15 August."""
    return stored("drafted", _build_drafted)


def _build_drafted() -> World:
    world = office_world()
    with clock.set_to(EVENING):
        open_report(world.campaign, "thang", world.period(2), by=world.people["coordinator"])
    return world


def the_report() -> Report:
    """The report as the database holds it, with nothing remembered."""
    return Report.objects.with_letter().order_by("pk")[0]
