"""The generator: as many rows as it says, in every state, with totals that a fresh computation finds right."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model
from django.test import override_settings

from campaign.choices import SubmissionStatus
from campaign.models import Submission, SubmissionMove
from config.generate import build
from config.generate.build import generate
from config.generate.bulk import Rows
from config.generate.nation import TABLES
from config.generate.sizes import SIZES, Size
from indicators.choices import FigureState
from indicators.models import Figure, FigureVersion, Total
from indicators.permissions import why_not_confirm, why_not_enter, why_not_move
from indicators.services.figures import enter_figure
from indicators.services.totals import differences
from reports.tables.lower import campaigns_below
from tests.builders import at
from units.choices import Role
from units.models import OrgUnit, User

SMALL = SIZES["small"]
WIDE = Size("wide", units=21, indicators=10, periods=2)

pytestmark = pytest.mark.django_db


NATION = Size("nation", units=3, indicators=10, periods=2, campaigns=3)


def test_a_nation_is_the_same_campaign_for_each_authority_with_a_superior_above():
    if connection.vendor != "postgresql":
        with pytest.raises(ValidationError, match="chỉ phát sinh được trên PostgreSQL"):
            generate(NATION, seed=1)
        return
    made = generate(NATION, seed=1)
    connection.check_constraints()

    seen = list(campaigns_below(made.superior))
    assert Figure.objects.count() == NATION.figures == 180
    assert [differences(campaign) for campaign in seen] == [[], [], []]
    assert len({campaign.authority.path for campaign in seen}) == 3
    assert [(model, field) for model in TABLES for field in model._meta.fields if dangling(model, field)] == []
    last = Figure.objects.filter(kind="ratio", sent_version__isnull=False).order_by("pk").last()
    assert last.sent_version.figure_id == last.pk
    assert set(last.denominators) == {str(base.pk) for base in last.assignment.indicator.denominators.all()}


def test_a_large_one_is_written_without_asking_and_refers_to_nothing_that_is_not_there(monkeypatch):
    monkeypatch.setattr(build, "MANY", 1)
    lines: list[str] = []
    campaign = generate(WIDE, seed=1, tell=lines.append).campaign

    connection.check_constraints()
    assert [(model, field) for model in TABLES for field in model._meta.fields if dangling(model, field)] == []
    assert differences(campaign) == []
    assert lines[0] == "đã có đơn vị, chỉ tiêu, phân giao"
    assert lines[2].endswith(", kỳ 2/2")
    assert lines[-1] == "tổng hợp 10/10 chỉ tiêu"


def dangling(model: type[Model], field: Field) -> bool:
    """Does any row refer to one that is not there? Copies are written without the engine asking."""
    if not isinstance(field, ForeignKey):
        return False
    there = field.related_model._base_manager.values("pk")
    rows = model._base_manager.filter(**{f"{field.attname}__isnull": False})
    return rows.exclude(**{f"{field.attname}__in": there}).exists()


def values_of_all() -> list[tuple]:
    rows = Figure.objects.order_by("assignment__indicator__code", "assignment__unit__name", "period__number")
    return list(rows.values_list("state", "amount", "text", "version", "is_marked", "submission__status"))


def test_it_makes_as_many_rows_as_it_says():
    made = generate(SMALL, seed=1)

    assert Figure.objects.filter(submission__period__campaign=made.campaign).count() == SMALL.figures == 120
    assert Submission.objects.count() == SMALL.units * SMALL.periods
    assert Total.objects.filter(is_node=False).count() == SMALL.figures
    assert Total.objects.filter(is_node=True).count() == SMALL.indicators * SMALL.periods


def test_its_totals_are_what_a_fresh_computation_gives():
    made = generate(WIDE, seed=3)

    assert differences(made.campaign) == []
    node = Total.objects.get(is_node=True, period__number=1, indicator__position=2)
    assert (node.owed, node.sent, node.received) == (21, 19, 13)
    assert node.sent_amount > node.official_amount > 0


def test_reports_stand_in_every_state_that_the_month_before_last_knows():
    generate(WIDE, seed=1)

    states = Counter(Submission.objects.filter(period__number=1).values_list("status", flat=True))
    assert states == {
        SubmissionStatus.RECEIVED: 13,
        SubmissionStatus.SENT: 5,
        SubmissionStatus.CHANGES_REQUESTED: 1,
        SubmissionStatus.DRAFT: 2,
    }
    assert set(Submission.objects.filter(period__number=2).values_list("status", flat=True)) == {SubmissionStatus.DRAFT}


def test_every_figure_has_all_its_versions_and_the_last_holds_its_values():
    generate(WIDE, seed=1)

    for figure in Figure.objects.prefetch_related("versions"):
        versions = sorted(figure.versions.all(), key=lambda one: one.sequence)
        assert [one.sequence for one in versions] == list(range(1, figure.version + 1))
        if versions:
            assert (versions[-1].state, versions[-1].amount) == (figure.state, figure.amount)
        else:
            assert figure.state == FigureState.NOT_REPORTED


def test_what_was_received_is_what_was_sent_and_moves_tell_how_it_came():
    generate(WIDE, seed=1)

    received = Figure.objects.filter(submission__status=SubmissionStatus.RECEIVED)
    assert received.exists()
    assert all(one.received_version_id == one.sent_version_id is not None for one in received)
    assert Figure.objects.filter(submission__status=SubmissionStatus.SENT, received_version=None).count() == 5 * 10
    for report in Submission.objects.prefetch_related("moves"):
        assert report.moves.count() == report.version
        last = SubmissionMove.objects.filter(submission=report).order_by("-sequence").first()
        assert (last.to_status if last else SubmissionStatus.DRAFT) == report.status


def test_its_people_may_do_what_their_roles_allow():
    made = generate(WIDE, seed=1, password="mat-khau-de-do-toc-do")
    clerk = User.objects.get(pk=made.ground.clerks[0].pk)
    coordinator = User.objects.get(pk=made.ground.office[Role.COORDINATOR].pk)
    reviewer = User.objects.get(pk=made.ground.reviewers[0].pk)
    draft = Submission.objects.get(participation__unit=made.ground.units[0], period__number=2)
    sent = Submission.objects.filter(status=SubmissionStatus.SENT).first()
    figure = sent.figures.filter(assignment__indicator__position=1).get()

    assert clerk.check_password("mat-khau-de-do-toc-do")
    assert why_not_enter(draft, clerk) == ""
    assert why_not_enter(draft, coordinator) != ""
    assert why_not_move("receive", sent, coordinator) == ""
    assert why_not_confirm(figure, reviewer) == ""


def test_a_figure_entered_afterwards_gets_a_version_of_its_own():
    made = generate(SMALL, seed=1)
    clerk = User.objects.get(pk=made.ground.clerks[0].pk)
    figure = Figure.objects.filter(submission__period__number=3, assignment__unit=made.ground.units[0]).first()
    before = FigureVersion.objects.count()

    enter_figure(figure, {"note": "Ghi thêm."}, by=clerk, read_version=figure.version)

    assert FigureVersion.objects.count() == before + 1


def test_the_same_seed_gives_the_same_figures_and_another_gives_others():
    first = _rolled_back(seed=1)

    assert _rolled_back(seed=1) == first
    assert _rolled_back(seed=2) != first


def _rolled_back(*, seed: int) -> list[tuple]:
    """The figures of a campaign that is then taken away again."""
    with transaction.atomic():
        generate(SMALL, seed=seed)
        values = values_of_all()
        transaction.set_rollback(True)
    return values


def test_a_second_campaign_stands_beside_the_first_and_the_same_one_is_refused():
    generate(SMALL, seed=1)
    generate(SMALL, seed=2)

    with pytest.raises(ValidationError, match="đã có"):
        generate(SMALL, seed=1)
    assert OrgUnit.objects.filter(name="Đơn vị 004").count() == 2


@override_settings(DEBUG=False, DEMO=False)
def test_an_office_in_use_is_left_alone_unless_told_twice(capsys):
    with pytest.raises(CommandError, match="máy dùng thật"):
        call_command("generate", "--size", "small")
    assert Figure.objects.count() == 0

    call_command("generate", "--size", "small", "--units", "2", "--yes")
    assert "2 đơn vị × 10 chỉ tiêu × 3 kỳ = 60 số liệu" in capsys.readouterr().out


def test_a_size_without_units_is_refused():
    with pytest.raises(CommandError, match="từ 1 trở lên"):
        call_command("generate", "--units", "0", "--yes")


def test_words_with_marks_of_the_copy_format_arrive_as_they_were():
    made = generate(SMALL, seed=1)
    figure = Figure.objects.order_by("pk").last()
    words = "Tháng 8:\tđã trồng\nC:\\thư mục\\N \\. “xong”"

    Rows(
        FigureVersion, ("figure_id", "sequence", "by_id", "at", "text", "amount", "denominators", "is_estimate")
    ).write(
        [
            {
                "figure_id": figure.pk,
                "sequence": 90,
                "by_id": made.ground.clerks[0].pk,
                "at": at("2024-08-15"),
                "text": words,
            },
            {"figure_id": figure.pk, "sequence": 91, "by_id": made.ground.clerks[0].pk, "at": at("2024-08-15")}
            | {"amount": Decimal("1234.5"), "denominators": {"7": "12"}, "is_estimate": True},
        ]
    )

    written = FigureVersion.objects.filter(sequence__gte=90).order_by("sequence")
    assert [one.text for one in written] == [words, ""]
    assert [one.amount for one in written] == [None, Decimal("1234.5")]
    assert [(one.denominators, one.is_estimate) for one in written] == [({}, False), ({"7": "12"}, True)]
    assert written[0].at == at("2024-08-15")


def test_the_last_month_of_three_years_is_over():
    made = generate(Size("long", units=1, indicators=10, periods=36), seed=1)

    last = made.campaign.periods.get(number=36)
    assert last.ends_on == date(2025, 6, 14)
    assert Submission.objects.filter(period=last).count() == 1
