"""Last year's figures: who enters them, how they are pasted, where they stand beside this year's."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.models import Period
from indicators.models import Indicator, PriorFigure, Total
from indicators.tables.prior import priors_of
from tests.builders import assign, at, fill, make_campaign, make_indicator, make_unit, make_world
from tests.indicators.views.reading import log_in, text_of
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
D = Decimal
SOURCE = {"source": "Báo cáo số 12/BC-UBND ngày 15/7/2023", "origin": "office"}


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def page_of(world, code="che"):
    return reverse("indicators:prior", args=[world.indicators[code].pk])


def cell(world, commune=0, period=1, code="che"):
    figure = world.figure(code, commune, period)
    return f"c-{figure.assignment_id}-{figure.period_id}"


def save(world, person="reviewer", *, measure="amount", **cells):
    return log_in(world, person).post(page_of(world), {"measure": measure, **SOURCE, **cells})


@pytest.mark.parametrize("person", ["reviewer", "coordinator", "coordinator_head"])
def test_lead_department_and_standing_body_enter_last_year_with_its_source(world, person):
    response = save(world, person, **{cell(world): "1.234,5", cell(world, 1): ""})

    assert response.status_code == 302
    row = PriorFigure.objects.get()
    assert (row.amount, row.source, row.origin) == (D("1234.5"), SOURCE["source"], "office")
    assert AuditLine.objects.filter(event="prior.entered", by=world.people[person]).count() == 1


@pytest.mark.parametrize("person", ["clerk0", "head0", "leader", "reader", "administrator"])
def test_nobody_else_has_the_page(world, person):
    assert log_in(world, person).get(page_of(world)).status_code == 404
    assert save(world, person, **{cell(world): "5"}).status_code == 404
    assert PriorFigure.objects.count() == 0


def test_without_a_source_nothing_is_kept(world):
    response = log_in(world, "reviewer").post(
        page_of(world), {"measure": "amount", cell(world): "5", "origin": "office"}
    )

    assert (response.status_code, PriorFigure.objects.count()) == (422, 0)
    assert "Ghi nguồn của số cùng kỳ" in text_of(response)


def test_a_doubtful_number_is_asked_about(world):
    name = cell(world)
    asked = save(world, **{name: "12.5"})
    assert (asked.status_code, PriorFigure.objects.count()) == (422, 0)
    assert "hiểu là 12,5 ha" in text_of(asked)

    save(world, **{name: "12.5", f"sure-{name}": "12.5"})
    assert PriorFigure.objects.get().amount == D("12.5")


def test_an_emptied_cell_is_taken_away_and_an_untouched_one_keeps_its_source(world):
    save(world, **{cell(world): "5", cell(world, 1): "6"})
    log_in(world, "reviewer").post(
        page_of(world),
        {"measure": "amount", cell(world): "", cell(world, 1): "6", "source": "Khác", "origin": "public"},
    )

    assert list(PriorFigure.objects.values_list("amount", "source")) == [(D(6), SOURCE["source"])]


def test_a_row_of_another_indicator_is_refused(world):
    assert save(world, **{cell(world, code="ca-phe"): "5"}).status_code == 403


def test_a_block_fills_the_grid_and_is_kept_only_when_saved(world):
    client = log_in(world, "reviewer")
    block = "Đơn vị\tTháng 7\tT8\nHieu\t12,5\t3\nPo E\tbảy\t\nMăng Cành\t1\t2\nTổng cộng\t20\t5"

    response = client.post(page_of(world), {"measure": "amount", "block": block})

    page = text_of(response)
    assert 'value="12,5"' in page
    assert "“bảy” không phải là số" in page
    assert "Bỏ qua dòng “Măng Cành”" in page
    assert "Tổng cộng" not in page
    assert "Đã điền 3 ô" in page
    assert '<textarea id="f-block" name="block" rows="6" aria-describedby="h-f-block" required></textarea>' in page
    assert PriorFigure.objects.count() == 0


def test_columns_without_heads_must_be_as_many_as_the_periods(world):
    response = log_in(world, "reviewer").post(page_of(world), {"measure": "amount", "block": "Hiếu\t1\t2"})

    assert response.status_code == 422
    assert "Bảng có 2 cột số liệu, biểu có 6 kỳ" in text_of(response)


def test_last_year_stands_beside_the_cell_and_is_compared(world):
    save(world, **{cell(world): "40"})
    save(world, measure="cumulative", **{cell(world): "80"})
    world.enter("che", "45")

    page = text_of(log_in(world, "clerk0").get(reverse("indicators:month", args=[world.submission().pk])))

    assert "cùng kỳ 40,0" in page
    assert "Trong kỳ so cùng kỳ bằng 112,5 % (tăng 12,5 %)" in page
    assert "lũy kế so cùng kỳ bằng 56,3 % (giảm 43,7 %)" in page


def test_the_lead_department_reads_the_comparison_of_what_was_sent(world):
    save(world, **{cell(world): "40"})
    fill(world, che="45")
    world.send()

    address = reverse("indicators:confirm", args=[world.indicators["che"].pk, world.period(1).pk])
    assert "Trong kỳ so cùng kỳ bằng 112,5 %" in text_of(log_in(world, "reviewer").get(address))


def test_a_linked_earlier_campaign_brings_last_year_with_it(world):
    unit = world.communes[0]
    earlier = make_campaign(make_unit("huyen-cu", "UBND huyện cũ", kind="ubnd", level="huyen"), world.standing_body)
    Period.objects.filter(campaign=earlier).delete()
    period = Period.objects.create(
        campaign=earlier,
        kind="month",
        number=1,
        name="Tháng 7/2023",
        month=7,
        starts_on="2023-06-15",
        ends_on="2023-07-14",
    )
    area = world.area
    before = make_indicator(earlier, area, "che", "Trồng chè mới")
    assign(before, unit)
    Total.objects.create(indicator=before, unit=unit, period=period, official_amount=D(30), official_cumulative=D(90))
    Indicator.objects.filter(pk=world.indicators["che"].pk).update(previous=before)
    figure = world.figure("che")
    indicator = Indicator.objects.get(pk=world.indicators["che"].pk)

    (found,) = priors_of({figure.assignment_id: indicator}, world.period(1)).values()

    assert (found.amount, found.cumulative, found.source) == (D(30), D(90), "Số liệu chính thức của phong trào trước")


def test_two_communes_and_five_ask_the_database_the_same():
    counts = []
    with clock.set_to(at("2024-07-15")):
        for communes in (2, 5):
            world = make_world(communes=communes, prefix=f"n{communes}-")
            client = log_in(world, "reviewer")
            client.get(page_of(world))
            with CaptureQueriesContext(connection) as queries:
                client.get(page_of(world))
            counts.append(len(queries))

    assert counts[0] == counts[1]
