"""One indicator at one unit or at the whole: what is judged, what is disputed, how many queries it takes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.choices import Band, ClaimSubject, IndicatorKind, TimeRule, UnitRule
from indicators.models import Claim, Contradiction, Denominator, Opening, PathPoint, Target
from indicators.services.figures import enter_figure
from indicators.services.targets import settle_contradiction
from indicators.tables.standings import OFFICIAL, QUERIES, SENT, standings
from tests.builders import assign, at, fill, make_indicator, make_world
from units import clock

pytestmark = pytest.mark.django_db


def launched(world):
    from indicators.services.launching import launch_campaign

    with clock.set_to(at("2024-07-01")):
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
    return world


def node(world, code="che", period=1, basis=SENT):
    rows = standings(world.campaign, world.period(period), basis=basis)
    return rows[world.indicators[code].pk, world.authority.pk]


def at_unit(world, commune=0, code="che", period=1, basis=SENT):
    rows = standings(world.campaign, world.period(period), basis=basis)
    return rows[world.indicators[code].pk, world.communes[commune].pk]


def months(world, *amounts, commune=0):
    for period, amount in enumerate(amounts, start=1):
        fill(world, commune, period, che=amount)
        world.send(commune, period)


@pytest.mark.parametrize("communes", [1, 3])
def test_every_indicator_of_every_unit_takes_the_same_nine_queries(communes, django_assert_num_queries):
    world = make_world(communes=communes)
    for commune in range(communes):
        fill(world, commune, che="20")
        world.send(commune)
    period = world.period(1)
    with django_assert_num_queries(QUERIES):
        rows = standings(world.campaign, period, basis=SENT)
        texts = [(row.target_text, row.rate_text, row.completeness_text, row.task_text) for row in rows.values()]
    assert len(texts) == 3 * (communes + 1)


def test_the_whole_has_the_sum_of_the_units_targets_when_nobody_set_its_own():
    world = make_world(communes=2)
    assert node(world).target == Decimal("100")
    assert node(world).target_text == "100,0"


def test_of_several_bases_each_is_summed_where_every_unit_has_it_and_the_rate_stands_on_each():
    world = make_world(communes=2)
    che = world.indicators["che"]
    Target.objects.filter(indicator=che).delete()
    names = {"huyen": "huyện giao", "tinh": "tỉnh giao", "von": "phấn đấu"}
    bases = [
        Denominator.objects.create(indicator=che, key=key, name=name, position=place)
        for place, (key, name) in enumerate(names.items())
    ]
    for unit in world.communes:
        for base, amount in zip(bases, (60, 50, 70), strict=True):
            if base.name != "phấn đấu" or unit == world.communes[0]:
                valid = {"valid_from": date(2024, 1, 1), "is_main": base == bases[0]}
                Target.objects.create(indicator=che, unit=unit, base=base, amount=amount, **valid)
        fill(world, world.communes.index(unit), che="30")
        world.send(world.communes.index(unit))
    whole = node(world)

    assert (whole.target, whole.base_name, whole.rate) == (Decimal(120), "huyện giao", Decimal(50))
    assert [(one.base_name, one.denominator, one.rate) for one in whole.rates] == [
        ("huyện giao", Decimal(120), Decimal(50)),
        ("tỉnh giao", Decimal(100), Decimal(60)),
    ]


def test_a_target_of_the_whole_comes_before_the_sum_of_its_units():
    world = make_world(communes=2, launched=False)
    Target.objects.create(
        indicator=world.indicators["che"], unit=world.authority, amount=Decimal("183.5"), valid_from=date(2024, 1, 1)
    )
    launched(world)
    assert node(world).target_text == "183,5"


def test_a_unit_to_which_the_row_is_not_given_is_out_of_target_and_completeness():
    world = make_world(communes=3, launched=False)
    world.indicators["che"].assignments.filter(unit=world.communes[2]).update(is_not_applicable=True)
    launched(world)
    whole = node(world)
    assert (whole.target_text, whole.owed) == ("100,0", 2)
    rows = standings(world.campaign, world.period(1), basis=SENT)
    assert (world.indicators["che"].pk, world.communes[2].pk) not in rows


def test_a_revised_target_holds_from_its_day_on():
    world = make_world(communes=1)
    Target.objects.create(
        indicator=world.indicators["che"],
        unit=world.communes[0],
        amount=Decimal("40"),
        sequence=2,
        valid_from=date(2024, 8, 1),
    )
    assert at_unit(world, period=1).target_text == "50,0"
    assert at_unit(world, period=2).target_text == "40,0"


def test_nothing_sent_is_no_data_and_no_zero():
    world = make_world(communes=2)
    whole = node(world)
    assert whole.band == Band.NO_DATA
    assert (whole.cumulative_text, whole.since_launch_text, whole.rate_text) == ("–", "–", "–")
    assert whole.completeness_text == "0/2 xã, đã xác nhận 0/2"


def test_preliminary_counts_what_was_sent_and_official_what_was_received():
    world = make_world(communes=2)
    for commune in (0, 1):
        fill(world, commune, che="20")
        world.send(commune)
    world.receive(0)
    assert node(world, basis=SENT).since_launch_text == "40,0"
    assert node(world, basis=OFFICIAL).since_launch_text == "20,0"
    assert node(world, basis=SENT).completeness_text == "2/2 xã, đã xác nhận 0/2"
    assert node(world, basis=OFFICIAL).completeness_text == "1/2 xã, đã xác nhận 0/2"


def test_a_unit_whose_time_before_the_launch_is_unknown_is_judged_by_what_came_since():
    world = make_world(communes=1)
    months(world, "10", "15")
    row = at_unit(world, period=2)
    assert (row.cumulative, row.since_launch_text, row.is_year) == (None, "25,0", False)
    assert row.rate_text == "50,0 %"


def test_the_years_cumulative_stands_beside_what_came_since_the_launch():
    world = make_world(communes=1, launched=False)
    Opening.objects.create(indicator=world.indicators["che"], unit=world.communes[0], amount=Decimal("5"))
    launched(world)
    months(world, "10", "15")
    row = at_unit(world, period=2)
    assert (row.cumulative_text, row.since_launch_text, row.rate_text) == ("30,0", "25,0", "60,0 %")


def tea(world, *, rates=("40.8", "0")):
    """183.5 ha for the whole, of which the document says two things about the first half of the year."""
    che = world.indicators["che"]
    base = Denominator.objects.create(indicator=che, key="ke-hoach", name="kế hoạch")
    Target.objects.filter(indicator=che).update(base=base)
    Target.objects.create(
        indicator=che, unit=world.authority, base=base, amount=Decimal("183.5"), valid_from=date(2024, 1, 1)
    )
    contradiction = Contradiction.objects.create(
        campaign=world.campaign, key="che", indicator=che, question="40,8 % hay 0 %?"
    )
    for position, rate in enumerate(rates):
        Claim.objects.create(
            contradiction=contradiction,
            subject=ClaimSubject.OPENING_RATE,
            value=Decimal(rate),
            unit_of_measure="%",
            base=base,
            position=position,
        )
    return contradiction


def test_a_first_figure_told_as_running_total_cannot_be_split_at_the_launch_and_says_so():
    world = make_world(communes=1)
    fill(world, 0)
    world.enter("che", "60", is_cumulative=True)
    world.send(0)
    whole = node(world)

    assert (whole.cumulative, whole.since_launch, whole.is_launch_unknown) == (Decimal("60"), None, True)
    assert not node(world, "ca-phe").is_launch_unknown


def test_no_progress_of_the_whole_uses_a_disputed_opening_and_both_sides_are_shown():
    world = make_world(communes=1, launched=False)
    tea(world)
    launched(world)
    months(world, "20", "35.5", "30")
    whole = node(world, period=3)
    assert (whole.since_launch_text, whole.cumulative, whole.rate, whole.band) == ("85,5", None, None, Band.NO_DATA)
    assert whole.opening_text == "40,8 % hoặc 0 %"
    assert whole.dispute_text == (
        "Văn bản nêu 40,8 % hoặc 0 %, chưa ai quyết định nên chưa dùng số nào; "
        "cả năm đứng ở 87,4 % hoặc 46,6 % kế hoạch"
    )


@pytest.mark.parametrize(("chosen", "rate"), [(0, "87,4 %"), (1, "46,6 %")])
def test_a_settled_contradiction_decides_where_the_year_stands(chosen, rate):
    world = make_world(communes=1, launched=False)
    contradiction = tea(world)
    launched(world)
    months(world, "20", "35.5", "30")
    settle_contradiction(
        contradiction,
        contradiction.claims.all()[chosen],
        by=world.people["coordinator_head"],
        ground="Đối chiếu với Phòng Nông nghiệp",
    )
    whole = node(world, period=3)
    assert (whole.rate_text, whole.dispute_text) == (rate, "")


def test_an_opening_on_another_base_than_the_target_gives_no_rate():
    world = make_world(communes=1, launched=False)
    tea(world, rates=())
    Contradiction.objects.all().delete()
    che = world.indicators["che"]
    other = Denominator.objects.create(indicator=che, key="dat", name="diện tích đất")
    Opening.objects.create(indicator=che, unit=world.authority, rate=Decimal("40.8"), base=other)
    launched(world)
    months(world, "20")
    whole = node(world)
    assert (whole.opening_text, whole.rate, whole.since_launch_text) == ("40,8 %", None, "20,0")


def test_a_ratio_is_a_ratio_of_sums_shown_on_every_base_and_judged_on_the_main_one():
    world = make_world(communes=2, launched=False)
    paid = make_indicator(
        world.campaign,
        world.area,
        "giai-ngan",
        "Giải ngân",
        kind=IndicatorKind.RATIO,
        unit_of_measure="triệu đồng",
        decimals=0,
        time_rule=TimeRule.RUNNING,
        unit_rule=UnitRule.RATIO_OF_SUMS,
    )
    world.indicators["giai-ngan"] = paid
    at_hand = Denominator.objects.create(indicator=paid, key="thuc-nguon", name="thực nguồn", is_reported=True)
    plan = Denominator.objects.create(indicator=paid, key="ke-hoach", name="kế hoạch vốn", position=1)
    year = date(2024, 1, 1)
    Target.objects.create(
        indicator=paid,
        unit=world.authority,
        base=at_hand,
        amount=Decimal("100"),
        is_percentage=True,
        valid_from=year,
    )
    Target.objects.create(
        indicator=paid, unit=world.authority, base=plan, amount=Decimal("2000"), valid_from=year, is_main=False
    )
    for unit in world.communes:
        assign(paid, unit)
    launched(world)
    for commune, (done, money) in enumerate([("190.836", "684"), ("5.056", "316")]):
        fill(world, commune, giai_ngan=str(round(Decimal(done))))
        figure = world.figure("giai-ngan", commune)
        enter_figure(
            figure,
            {"denominators": {at_hand.pk: Decimal(money)}},
            by=world.people[f"clerk{commune}"],
            read_version=figure.version,
        )
        world.send(commune)
    whole = node(world, "giai-ngan")
    assert whole.value_text == "19,6 %"
    assert [(one.base_name, one.denominator, f"{one.rate:.1f}", one.is_main) for one in whole.rates] == [
        ("thực nguồn", Decimal(1000), "19.6", True),
        ("kế hoạch vốn", Decimal(2000), "9.8", False),
    ]
    assert whole.gap.missing is not None
    assert whole.in_percent


def test_a_phased_path_says_what_should_be_reached_and_the_units_own_path_comes_first():
    world = make_world(communes=2, launched=False)
    che = world.indicators["che"]
    PathPoint.objects.create(indicator=che, period=world.period(1), share=Decimal("20"))
    PathPoint.objects.create(indicator=che, unit=world.communes[1], period=world.period(1), share=Decimal("60"))
    launched(world)
    for commune in (0, 1):
        fill(world, commune, che="10")
        world.send(commune)
    assert (at_unit(world, 0).expected_text, at_unit(world, 0).band) == ("10,0", Band.ON_TRACK)
    assert (at_unit(world, 1).expected_text, at_unit(world, 1).band) == ("30,0", Band.AT_RISK)


def test_the_gap_is_told_with_the_pace_of_the_last_four_weeks():
    world = make_world(communes=1)
    months(world, "10", "15.5")
    row = at_unit(world, period=2)
    assert row.gap.missing == Decimal("24.5")
    # 14/8 to 31/12 are 139 days; 28 of the 31 days to 14/8 brought 14 ha.
    assert round(row.gap.per_week, 4) == Decimal("1.2338")
    assert row.gap.recent_per_week == Decimal("3.5")


def test_a_task_counts_its_statuses_and_has_no_number():
    world = make_world(communes=3)
    for commune in (0, 1):
        fill(world, commune)
        world.send(commune)
    whole = node(world, "tuyen-truyen")
    assert whole.task_text == "2 đang thực hiện, 1 chưa báo cáo"
    assert at_unit(world, 0, "tuyen-truyen").task_text == "Đang thực hiện"
    assert whole.rate is None


def test_a_monthly_row_reads_three_periods_however_long_the_history(django_assert_num_queries):
    world = make_world(communes=1)
    months(world, "1", "2", "3", "4", "5")
    row = at_unit(world, period=5)
    assert [one.number for one in row.sums] == [3, 4, 5]
    assert row.since_launch_text == "15,0"


def test_figures_of_tasks_are_read_of_the_period_alone_and_not_at_all_where_no_task_is_asked_for():
    world = make_world(communes=2)
    ids = {code: row.pk for code, row in world.indicators.items()}
    with CaptureQueriesContext(connection) as seen:
        standings(world.campaign, world.period(3), basis=SENT)
    reading = [one["sql"] for one in seen.captured_queries if "indicators_figure" in one["sql"]]
    assert len(reading) == 1
    assert "campaign_period" not in reading[0].partition("WHERE")[2].partition("GROUP BY")[0]

    with CaptureQueriesContext(connection) as seen:
        standings(world.campaign, world.period(3), basis=SENT, indicator_ids={ids["che"]})
    assert [one["sql"] for one in seen.captured_queries if "indicators_figure" in one["sql"]] == []


def test_an_illustrative_target_makes_the_whole_illustrative():
    world = make_world(communes=1)
    months(world, "1")
    assert not node(world).is_illustrative
    Target.objects.update(origin="illustrative")
    assert node(world).is_illustrative
