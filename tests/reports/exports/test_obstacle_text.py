"""Báo cáo vướng mắc: what obstacles are due to, in the words of zero, one, several of a kind and of both kinds."""

import pytest

from followup.services.obstacles import raise_obstacle
from reports.exports.documents import document
from reports.exports.kinds import OBSTACLES
from reports.tables.frame import Frame
from reports.tables.material import report_material
from tests.builders import at
from tests.kept import kept_world
from tests.reports.drafting import EVENING
from tests.reports.exports.sample import office_world
from units import clock

pytestmark = pytest.mark.django_db
world = kept_world(office_world, EVENING)


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], "Trong kỳ các đơn vị không nêu khó khăn, vướng mắc."),
        (["objective"], "Có 01 vướng mắc của 01 đơn vị, do nguyên nhân khách quan."),
        (["objective", "objective"], "Có 02 vướng mắc của 02 đơn vị, đều do nguyên nhân khách quan."),
        (
            ["objective", "objective", "subjective"],
            "Có 03 vướng mắc của 03 đơn vị, trong đó 02 do nguyên nhân khách quan, 01 do nguyên nhân chủ quan.",
        ),
    ],
    ids=["none", "one", "all-alike", "both"],
)
def test_the_situation_says_what_obstacles_are_due_to(world, kinds, sentence):
    with clock.set_to(at("2024-08-14", 9)):
        for place, kind in enumerate(kinds):
            by = world.people[f"clerk{place}"]
            raise_obstacle(world.campaign, world.communes[place], by=by, title=f"Việc {place}", kind=kind)

    with clock.set_to(EVENING):
        whole = document(OBSTACLES, report_material(Frame(world.campaign, world.period(2), "sent")))

    assert sentence in [block.text for block in whole.paragraphs]
