"""The board: what lags comes first with its gap in words; everything else is counted in its content area."""

from datetime import date
from decimal import Decimal

import pytest

from followup.services.explanations import ask_explanation, move_explanation
from followup.services.steps import Particulars
from indicators.choices import AssignmentRole, ClaimSubject, Direction, Operator, TimeRule
from indicators.models import Claim, Contradiction, Target
from indicators.services.launching import launch_campaign
from indicators.tables.standings import OFFICIAL, SENT
from reports.tables import board as boards
from reports.tables.board import LINES, board
from reports.tables.frame import Frame
from tests.builders import assign, at, fill, make_indicator, make_world
from units import clock

pytestmark = pytest.mark.django_db


def frame(world, period=1, basis=SENT):
    return Frame(world.campaign, world.period(period), basis)


def launch(world):
    with clock.set_to(at("2024-07-01")):
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
    return world


def plan(world, code, amount, commune=0):
    Target.objects.create(
        indicator=world.indicators[code],
        unit=world.communes[commune],
        amount=Decimal(amount),
        valid_from=date(2024, 1, 1),
    )


@pytest.mark.parametrize("communes", [1, 3])
def test_the_board_takes_the_same_queries_for_one_unit_and_for_three(communes, django_assert_max_num_queries):
    world = make_world(communes=communes)
    for commune in range(communes):
        fill(world, commune, che="1")
        world.send(commune)
    head, leader = frame(world), world.people["leader"]
    assert leader.grants
    with django_assert_max_num_queries(boards.QUERIES):
        table = board(head, user=leader)
        assert [line.gap_text for line in table.lines]
        assert [one.bands for one in table.areas]


def test_the_worst_comes_first_and_what_is_on_track_is_no_line():
    world = make_world(communes=1, launched=False)
    plan(world, "ca-phe", "100")
    rice = make_indicator(world.campaign, world.area, "lua", "Trồng lúa")
    world.indicators["lua"] = rice
    assign(rice, world.communes[0])
    plan(world, "lua", "10")
    launch(world)
    # A seventh of the time has passed on 14/8.
    for period in (1, 2):
        fill(world, 0, period, che="5", ca_phe="0.5", lua="4")
        world.send(0, period)
    lines = board(frame(world, 2)).lines
    assert [line.row.name for line in lines] == ["Trồng cà phê mới", "Trồng chè mới"]


def test_a_line_says_the_gap_per_week_against_the_last_four_weeks_and_by_whom():
    world = make_world(communes=3)
    for period in (1, 2, 3, 4):
        for commune, amount in enumerate(["1", "5", "12.5"]):
            fill(world, commune, period, che=amount)
            world.send(commune, period)
    [line] = [one for one in board(frame(world, 4)).lines if one.row.name == "Trồng chè mới"]
    # 74 of 150 ha by 14/10: 76 ha in 78 days; 18.5 ha came in the 30 days before.
    assert line.gap_text == (
        "còn thiếu 76,0 ha; phải đạt 6,8 ha/tuần, gấp 1,6 lần 4 tuần qua; 2 đơn vị chiếm 100\u00a0% phần thiếu"
    )
    assert line.units_text == "Chủ yếu: xã Hiếu, xã Pờ Ê"
    assert line.row.owner == "Phòng Nông nghiệp"
    assert line.due_text == "31/12/2024"


def test_ten_lines_at_most_and_the_rest_is_counted():
    world = make_world(communes=1, launched=False)
    for number in range(12):
        row = make_indicator(world.campaign, world.area, f"cay-{number}", f"Cây {number}")
        world.indicators[f"cay-{number}"] = row
        assign(row, world.communes[0])
        plan(world, f"cay-{number}", "100")
    launch(world)
    fill(world)
    world.send()
    table = board(frame(world))
    assert len(table.lines) == LINES
    assert table.more == 3


def test_a_contradiction_waits_in_its_own_list_and_is_no_line():
    world = make_world(communes=1, launched=False)
    contradiction = Contradiction.objects.create(
        campaign=world.campaign, key="che", indicator=world.indicators["che"], question="40,8 % hay 0 %?"
    )
    for position, rate in enumerate(["40.8", "0"]):
        Claim.objects.create(
            contradiction=contradiction,
            subject=ClaimSubject.OPENING_RATE,
            value=Decimal(rate),
            unit_of_measure="%",
            position=position,
        )
    launch(world)
    fill(world, che="1")
    world.send()
    table = board(frame(world))
    assert [row.name for row in table.disputed] == ["Trồng chè mới"]
    assert [line.row.name for line in table.lines] == []
    assert table.areas[0].bands == [("no_data", "chưa giao kế hoạch", 1), ("no_data", "văn bản mâu thuẫn", 1)]


def test_a_plan_of_zero_is_told_as_an_amount_not_as_a_percentage():
    world = make_world(communes=1, launched=False)
    letters = make_indicator(
        world.campaign,
        world.area,
        "don-thu",
        "Đơn thư tồn đọng",
        unit_of_measure="đơn",
        decimals=0,
        time_rule=TimeRule.LEVEL,
        direction=Direction.FEWER,
        operator=Operator.AT_MOST,
    )
    world.indicators["don-thu"] = letters
    assign(letters, world.communes[0])
    plan(world, "don-thu", "0")
    launch(world)
    fill(world, che="50", don_thu="2")
    world.send()
    [line] = board(frame(world)).lines
    assert (line.row.name, line.reached_text, line.gap_text) == (
        "Đơn thư tồn đọng",
        "2 đơn",
        "vượt mức cho phép 2 đơn",
    )


def test_the_official_board_counts_only_what_was_received():
    world = make_world(communes=2)
    for commune in (0, 1):
        fill(world, commune, che="50")
        world.send(commune)
    world.receive(0)
    sent = board(frame(world)).summary.rows[0].standing
    official = board(frame(world, basis=OFFICIAL)).summary.rows[0].standing
    assert (sent.since_launch_text, official.since_launch_text) == ("100,0", "50,0")


def test_before_anybody_has_sent_there_is_no_figure_and_no_invented_zero():
    world = make_world(communes=2)
    fill(world, che="7.7")
    table = board(frame(world))
    assert not table.has_figures
    assert {row.standing.rate_text for row in table.summary.rows} == {"–"}


def test_a_unit_sees_its_own_rows_and_no_number_of_another():
    world = make_world(communes=2)
    for commune, amount in enumerate(["1", "33.3"]):
        fill(world, commune, che=amount)
        world.send(commune)
    table = board(frame(world), unit_id=world.communes[0].pk, with_reports=False)
    assert [row.standing.unit_id for row in table.summary.rows] == [world.communes[0].pk] * 2
    assert table.summary.rows[0].standing.since_launch_text == "1,0"
    assert [line.units_text for line in table.lines] == [""]
    assert table.tally is None


def test_parts_stand_below_their_whole():
    world = make_world(communes=1, launched=False)
    trees = make_indicator(world.campaign, world.area, "cay-lau-nam", "Cây lâu năm")
    assign(trees, world.lead, AssignmentRole.REPORTS)
    for code in ("che", "ca-phe"):
        world.indicators[code].parent = trees
        world.indicators[code].save()
    launch(world)
    rows = board(frame(world)).summary.rows
    assert [(row.number, row.level, row.name) for row in rows] == [
        ("1", 0, "Cây lâu năm"),
        ("-", 1, "Trồng chè mới"),
        ("-", 1, "Trồng cà phê mới"),
    ]


def test_a_line_names_who_is_in_charge_and_what_is_known_of_the_cause():
    world = make_world(communes=1)
    tea, unit, leader = world.indicators["che"], world.communes[0], world.people["leader"]
    tea.assignments.leading().update(person=world.people["reviewer"])
    with clock.set_to(at("2024-07-15")):
        fill(world, 0, che="1")
        world.send(0)

    def tea_line():
        found = board(frame(world), user=leader)
        [line] = [one for one in found.lines if one.row.indicator == tea]
        return line, found.ask_word

    line, ask_word = tea_line()
    assert (line.person, line.cause_text, ask_word) == (str(world.people["reviewer"]), "", "Yêu cầu giải trình")

    with clock.set_to(at("2024-07-16")):
        row = ask_explanation(
            "account", world.campaign, unit, by=leader, question="Vì sao?", due_on=date(2024, 7, 20), indicator=tea
        )
    with clock.set_to(at("2024-07-22")):
        assert tea_line()[0].told == ("", "chờ xã Hiếu giải trình, hạn 20/7/2024, quá hạn")
        given = Particulars(
            cause_kind="objective", cause_text="Mưa kéo dài.", remedy="Trồng bù", remedy_due_on=date(2024, 9, 10)
        )
        move_explanation("answer", row, by=world.people["head0"], version=0, given=given)
        assert tea_line()[0].told == ("Mưa kéo dài (xã Hiếu, khắc phục trước 10/9/2024)", "")


def test_the_words_to_ask_by_follow_the_role():
    world = make_world(communes=1)
    words = {who: board(frame(world), user=world.people[who]).ask_word for who in ("leader", "coordinator", "reviewer")}
    assert words == {"leader": "Yêu cầu giải trình", "coordinator": "Đề nghị báo cáo nguyên nhân", "reviewer": ""}
