"""What a move demands beside the right person: reason, expiry, a signed report, every row, marked figures."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaign.choices import SubmissionStatus as Status
from campaign.rules.workflow import MOVES
from indicators.choices import AssignmentRole
from indicators.models import Figure, FigureVersion
from indicators.permissions import why_not_enter
from indicators.services.figures import enter_figure
from indicators.services.submissions import make_move
from indicators.tables.receive import held_since
from tests.builders import assign, at, make_indicator
from tests.indicators.moves.town import MOMENT, Town, able_person, bring_to, build, particulars, state_of
from tests.kept import kept_world
from units import clock

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)

DEMANDS = [
    (name, missing)
    for name, move in MOVES.items()
    for missing, is_needed in [
        ("reason", move.needs_reason),
        ("expires_on", move.needs_expiry),
        ("signed_number", move.needs_signed_report),
        ("signed_on", move.needs_signed_report),
        ("marked", move.needs_marked_figures),
        ("corrections", move.needs_corrections),
    ]
    if is_needed
]


@pytest.mark.parametrize(("name", "missing"), DEMANDS)
def test_what_a_move_demands_is_asked_for_in_words_and_nothing_changes(world: Town, name: str, missing: str) -> None:
    move = MOVES[name]
    report = bring_to(world, move.from_states[0])
    before = state_of(world)
    given = {key: value for key, value in particulars(world, move).items() if key != missing}

    with pytest.raises(ValidationError) as caught:
        make_move(name, report, by=able_person(world, move), **given)

    assert len(caught.value.messages) == 1
    assert caught.value.messages[0].split()[0] in {"Ghi", "Chọn", "Nhập"}
    assert state_of(world) == before


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.needs_complete_figures])
def test_a_report_with_an_empty_row_is_neither_endorsed_nor_sent(world: Town, name: str) -> None:
    report, move = bring_to(world, Status.DRAFT), MOVES[name]
    world.home.enter("ca-phe", None, state="not_reported")
    before = state_of(world)

    with pytest.raises(ValidationError, match="Còn 1 dòng chưa có số liệu: Trồng cà phê mới"):
        make_move(name, report, by=able_person(world, move), **particulars(world, move))

    assert state_of(world) == before


def test_a_reopening_that_ends_before_today_is_refused(world: Town) -> None:
    report = bring_to(world, Status.RECEIVED)

    with pytest.raises(ValidationError, match="từ hôm nay trở đi"):
        make_move("reopen", report, by=world.people["leader"], reason="Sai", expires_on=date(2024, 7, 14))


def test_a_report_signed_tomorrow_is_refused(world: Town) -> None:
    with pytest.raises(ValidationError, match="ở tương lai"):
        make_move(
            "record_signed",
            bring_to(world, Status.DRAFT),
            by=world.people["clerk0"],
            signed_number="45/BC-UBND",
            signed_on=date(2024, 7, 16),
        )


# --- Marked figures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if not move.allows_marked_figures])
def test_a_move_of_the_whole_report_marks_no_figure(world: Town, name: str) -> None:
    move = MOVES[name]
    report = bring_to(world, move.from_states[0])
    before = state_of(world)

    with pytest.raises(ValidationError, match="áp dụng cho cả báo cáo"):
        make_move(
            name,
            report,
            by=able_person(world, move),
            **{**particulars(world, move), "marked": {world.home.figure("che").pk: "Sai"}},
        )

    assert state_of(world) == before


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.allows_marked_figures])
def test_a_figure_of_another_report_cannot_be_marked(world: Town, name: str) -> None:
    move = MOVES[name]
    report = bring_to(world, move.from_states[0])
    before = state_of(world)

    with pytest.raises(ValidationError, match="không thuộc báo cáo này"):
        make_move(
            name,
            report,
            by=able_person(world, move),
            **{**particulars(world, move), "marked": {world.home.figure("che", commune=1).pk: "Sai"}},
        )

    assert state_of(world) == before


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.allows_marked_figures])
def test_marks_open_only_their_figures_and_hold_until_the_receipt(world: Town, name: str) -> None:
    move = MOVES[name]
    report = bring_to(world, move.from_states[0])
    marked = world.home.figure("che")
    make_move(
        name,
        report,
        by=able_person(world, move),
        **{**particulars(world, move), "reason": "Xem lại", "marked": {marked.pk: "Biên bản ghi 2 ha"}},
    )

    for _ in ("asked", "taken back after sending"):
        with pytest.raises(PermissionDenied, match="Chỉ những số liệu được đề nghị chỉnh sửa"):
            world.home.enter("ca-phe", "3")
        world.home.enter("che", str(2 + world.home.submission().version))
        make_move("submit", world.home.submission(), by=world.people["clerk0"])
        make_move("withdraw", world.home.submission(), by=world.people["clerk0"])

    assert list(Figure.objects.filter(is_marked=True).values_list("pk", "request_reason")) == [
        (marked.pk, "Biên bản ghi 2 ha")
    ]
    make_move("submit", world.home.submission(), by=world.people["clerk0"])
    make_move("receive", world.home.submission(), by=world.people["walker"])
    assert not Figure.objects.filter(is_marked=True).exists()


def test_a_request_without_marks_opens_every_figure(world: Town) -> None:
    bring_to(world, Status.CHANGES_REQUESTED)

    world.home.enter("che", "2")
    world.home.enter("ca-phe", "3")

    assert FigureVersion.objects.filter(figure=world.home.figure("ca-phe")).count() == 2


def test_a_mark_without_a_reason_of_its_own_bears_that_of_the_request(world: Town) -> None:
    report = bring_to(world, Status.SENT)
    marked = world.home.figure("che")

    make_move(
        "request_changes", report, by=world.people["coordinator"], reason="Gấp 10 lần kế hoạch", marked={marked.pk: " "}
    )

    assert world.home.figure("che").request_reason == "Gấp 10 lần kế hoạch"


def test_a_lead_department_asks_again_only_for_its_own_indicators(world: Town) -> None:
    home = world.home
    own = make_indicator(home.campaign, home.area, "thu", "Thu ngân sách")
    finance = world.people["other_reviewer"].role_grants.get().unit
    assign(own, finance, AssignmentRole.LEADS)
    report = home.submission()
    row = assign(own, home.communes[0])
    figure = Figure.objects.create(assignment=row, period=report.period, submission=report, kind=own.kind)
    enter_figure(figure, {"state": "nothing_arose"}, by=home.people["clerk0"], read_version=0)
    report = bring_to(world, Status.SENT)
    before = state_of(world)

    with pytest.raises(PermissionDenied, match="do đơn vị mình chủ trì"):
        make_move(
            "query_figures",
            report,
            by=world.people["other_reviewer"],
            reason="Xem lại",
            marked={home.figure("che").pk: ""},
        )
    assert state_of(world) == before

    make_move("query_figures", report, by=world.people["other_reviewer"], reason="Xem lại", marked={figure.pk: ""})
    assert Figure.objects.get(is_marked=True) == figure


def test_a_second_question_is_added_to_the_first_and_starts_no_clock_anew(world: Town) -> None:
    home, asked = world.home, world.people["reviewer"]
    che, coffee = home.figure("che"), home.figure("ca-phe")
    report = bring_to(world, Status.SENT)
    with clock.set_to(at("2024-10-16", 9)):
        make_move("query_figures", report, by=asked, reason="Xem chè.", marked={che.pk: ""})
    with clock.set_to(at("2024-10-16", 15)):
        make_move(
            "query_figures", home.submission(), by=asked, reason="Xem cà phê.", marked={coffee.pk: "", che.pk: ""}
        )

    reasons = dict(Figure.objects.filter(is_marked=True).values_list("pk", "request_reason"))
    assert reasons == {che.pk: "Xem chè.; Xem cà phê.", coffee.pk: "Xem cà phê."}
    assert held_since(home.submission()) == at("2024-10-16", 9)


def test_a_question_about_one_figure_closes_nothing_of_a_report_that_is_open_as_a_whole(world: Town) -> None:
    home = world.home
    report, che = bring_to(world, Status.CHANGES_REQUESTED), home.figure("che")
    make_move("query_figures", report, by=world.people["reviewer"], reason="Xem chè.", marked={che.pk: ""})
    che.refresh_from_db()

    assert (che.is_marked, che.is_asked, che.request_reason) == (False, True, "Xem chè.")
    assert not why_not_enter(home.submission(), home.people["clerk0"], figure=home.figure("ca-phe"))
    make_move("submit", home.submission(), by=home.people["clerk0"])
    make_move("receive", home.submission(), by=world.people["walker"])
    assert not Figure.objects.asked().exists()
