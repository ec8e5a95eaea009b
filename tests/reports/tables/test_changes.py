"""What changed since yesterday is read from the acts, of this campaign alone."""

from decimal import Decimal

import pytest

from indicators.services.confirmations import confirm_figures, reconcile_figure
from reports.tables import changes
from reports.tables.changes import changes_since
from tests.builders import at, fill, make_world
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("communes", [1, 3])
def test_confirmed_and_reconciled_figures_are_told_in_as_many_queries_for_one_unit_as_for_three(
    communes, django_assert_max_num_queries
):
    world = make_world(communes=communes)
    reviewer = world.people["reviewer"]
    with clock.set_to(at("2024-07-15")):
        for commune in range(communes):
            fill(world, commune, che="1")
            world.send(commune)
            confirm_figures([world.figure("che", commune)], by=reviewer)
        reconcile_figure(
            world.figure("che"), {"state": "reported", "amount": Decimal(2)}, by=reviewer, ground="Đối chiếu"
        )
    with clock.set_to(at("2024-07-16")):
        with django_assert_max_num_queries(changes.QUERIES):
            found = {one.words: (one.number, one.names) for one in changes_since(world.campaign, changes.yesterday())}

        assert found["Đã xác nhận số liệu"] == (communes, str(reviewer))
        assert found["Có số liệu sau đối chiếu"] == (1, "Trồng chè mới")
        assert AuditLine.objects.filter(event=changes.RECONCILED).count() == 1
    with clock.set_to(at("2024-07-18")):
        assert changes_since(world.campaign, changes.yesterday()) == ()
