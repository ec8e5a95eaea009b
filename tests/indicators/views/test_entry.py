"""Saving figures: one cell, the whole form without script, and evidence."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.choices import FigureState, IndicatorKind
from indicators.models import Denominator, Evidence, FigureVersion
from indicators.services.launching import launch_campaign
from tests.builders import assign, at, fill, make_indicator, make_world
from tests.indicators.views.reading import log_in, text_of
from units import clock

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


@pytest.fixture
def clerk(world) -> Client:
    return log_in(world, "clerk0")


def save(client: Client, figure, *, version: int | None = None, **fields: str):
    """What the browser posts when a cell of the row is left."""
    data = {f"{name.replace('__', '-')}-{figure.pk}": value for name, value in fields.items()}
    data[f"version-{figure.pk}"] = str(figure.version if version is None else version)
    return client.post(reverse("indicators:enter-figure", args=[figure.pk]), data, headers=HTMX)


# --- One cell ---------------------------------------------------------------------------------------------------------


def test_leaving_a_cell_saves_it_and_answers_without_the_input(world, clerk):
    figure = world.figure("che")

    response = save(clerk, figure, amount="1.234,5")

    assert response.status_code == 200
    assert world.figure("che").amount == Decimal("1234.5")
    answer = text_of(response)
    assert f'name="version-{figure.pk}" form="month" value="1"' in answer
    assert "đã lưu" in answer
    assert ">1.234,5</a>" in answer
    assert f'name="amount-{figure.pk}"' not in answer
    assert "<strong>1/3</strong> dòng đã nhập" in answer


def test_wrong_text_is_not_saved_and_a_sentence_stands_beside_it(world, clerk):
    world.enter("che", "20")

    response = save(clerk, world.figure("che"), amount="hai mươi")

    assert response.status_code == 422
    assert world.figure("che").amount == Decimal("20")
    assert "“hai mươi” không phải là số" in text_of(response)
    assert 'data-error="amount"' in text_of(response)


def test_an_ambiguous_number_is_asked_back_and_saved_once_confirmed(world, clerk):
    figure = world.figure("che")

    asked = save(clerk, figure, amount="2.29")
    assert asked.status_code == 422
    assert "hiểu là" in text_of(asked)
    assert world.figure("che").state == FigureState.NOT_REPORTED

    confirmed = save(clerk, figure, amount="2.29", sure__amount="2.29")
    assert confirmed.status_code == 200
    assert world.figure("che").amount is not None


def test_confirming_one_text_does_not_confirm_another(world, clerk):
    assert save(clerk, world.figure("che"), amount="2.31", sure__amount="2.29").status_code == 422


@pytest.mark.parametrize("how", [{"amount": "kps"}, {"amount": "", "nothing_arose": "on"}])
def test_nothing_arose_is_neither_zero_nor_missing(world, clerk, how):
    save(clerk, world.figure("che"), **how)

    figure = world.figure("che")
    assert (figure.state, figure.amount) == (FigureState.NOTHING_AROSE, None)


def test_a_number_beside_nothing_arose_is_refused(world, clerk):
    response = save(clerk, world.figure("che"), amount="5", nothing_arose="on")

    assert response.status_code == 422
    assert "Bỏ một trong hai" in text_of(response)


def test_an_emptied_cell_is_missing_again(world, clerk):
    world.enter("che", "20")

    save(clerk, world.figure("che"), amount="")

    assert world.figure("che").state == FigureState.NOT_REPORTED


def test_a_real_zero_is_a_figure(world, clerk):
    save(clerk, world.figure("che"), amount="0")

    assert (world.figure("che").state, world.figure("che").amount) == (FigureState.REPORTED, Decimal(0))


def test_a_row_posted_unchanged_makes_no_version(world, clerk):
    world.enter("che", "20")

    save(clerk, world.figure("che"), amount="20", note="", year_estimate="")

    assert FigureVersion.objects.filter(figure=world.figure("che")).count() == 1


def test_a_lost_race_shows_both_values_and_keeps_the_one_that_was_saved(world, clerk):
    world.enter("che", "7.5")

    response = save(clerk, world.figure("che"), version=0, amount="8")

    assert response.status_code == 409
    assert "Anh/chị nhập “8”; người khác vừa lưu “7,5”" in text_of(response)
    assert world.figure("che").amount == Decimal("7.5")


def test_after_a_lost_race_the_own_value_can_be_kept(world, clerk):
    world.enter("che", "7.5")
    lost = text_of(save(clerk, world.figure("che"), version=0, amount="8"))
    assert 'value="1"' in lost[lost.index('name="version-') :][:60]

    assert save(clerk, world.figure("che"), version=1, amount="8").status_code == 200
    assert world.figure("che").amount == Decimal("8")


def test_something_odd_is_told_at_once_and_asks_a_reason(world, clerk):
    response = save(clerk, world.figure("che"), amount="100")

    assert "Bằng 200,0% kế hoạch" in text_of(response).replace("200,0 %", "200,0%")
    assert "data-asks" in text_of(response)

    response = save(clerk, world.figure("che"), amount="100", note="Trồng thêm diện tích của năm trước.")
    assert "data-asks" not in text_of(response)


def test_a_closed_month_takes_no_figure(world, clerk):
    fill(world, che="20")
    world.send()

    response = save(clerk, world.figure("che"), amount="21")

    assert response.status_code == 403
    assert "Báo cáo đã gửi" in text_of(response)
    assert response.headers["HX-Retarget"] == "#messages"


def test_another_units_cell_is_not_there(world, clerk):
    response = save(clerk, world.figure("che", commune=1), amount="21")

    assert response.status_code == 404
    assert world.figure("che", commune=1).amount is None


def test_a_task_takes_status_and_text_and_repeats_the_last_period_in_one_click(world, clerk):
    save(clerk, world.figure("tuyen-truyen"), task_status="in_progress", text="Đã họp 02 thôn.")
    figure = world.figure("tuyen-truyen", period=2)

    response = save(clerk, figure, same="1")

    figure.refresh_from_db()
    assert (figure.state, figure.task_status, figure.text) == ("reported", "in_progress", "Đã họp 02 thôn.")
    assert ">Đã họp 02 thôn.</textarea>" in text_of(response)


def test_without_an_earlier_report_there_is_nothing_to_repeat(world, clerk):
    response = save(clerk, world.figure("tuyen-truyen"), same="1")

    assert response.status_code == 422
    assert world.figure("tuyen-truyen").version == 0


def test_a_ratio_takes_its_numerator_and_its_reported_bases():
    with clock.set_to(at("2024-07-15")):
        world = make_world(communes=1, launched=False)
        indicator = make_indicator(
            world.campaign,
            world.area,
            "giai-ngan",
            "Giải ngân",
            kind=IndicatorKind.RATIO,
            unit_of_measure="triệu đồng",
            time_rule="running",
        )
        world.indicators["giai-ngan"] = indicator
        base = Denominator.objects.create(indicator=indicator, key="du-toan", name="dự toán giao", is_reported=True)
        assign(indicator, world.communes[0])
        launch_campaign(world.campaign, by=world.people["coordinator_head"])
        client = log_in(world, "clerk0")

        response = save(client, world.figure("giai-ngan"), amount="150", **{f"denominator__{base.pk}": "600"})

    figure = world.figure("giai-ngan")
    assert figure.amount == Decimal("150")
    assert Decimal(figure.denominators[str(base.pk)]) == Decimal("600")
    assert "25,0 %" in text_of(response)


def test_saving_one_cell_asks_the_database_a_fixed_number_of_times(world, clerk):
    with CaptureQueriesContext(connection) as caught:
        save(clerk, world.figure("che"), amount="20")

    assert len(caught) <= 30


# --- The whole form, without script -----------------------------------------------------------------------------------


def test_the_whole_form_saves_what_can_be_read_and_gives_the_rest_back(world, clerk):
    tea, coffee = world.figure("che"), world.figure("ca-phe")
    data = {
        f"version-{tea.pk}": "0",
        f"amount-{tea.pk}": "20,5",
        f"version-{coffee.pk}": "0",
        f"amount-{coffee.pk}": "nhiều",
    }

    response = clerk.post(reverse("indicators:month", args=[world.submission().pk]), data)

    assert response.status_code == 422
    assert world.figure("che").amount == Decimal("20.5")
    assert world.figure("ca-phe").version == 0
    page = text_of(response)
    assert 'value="nhiều"' in page
    assert "“nhiều” không phải là số" in page


def test_the_whole_form_cannot_write_into_another_report(world, clerk):
    other = world.figure("che", commune=1)
    data = {f"version-{other.pk}": "0", f"amount-{other.pk}": "5"}

    clerk.post(reverse("indicators:month", args=[world.submission().pk]), data)

    assert world.figure("che", commune=1).version == 0


# --- Evidence ---------------------------------------------------------------------------------------------------------


def test_evidence_is_attached_listed_and_taken_off(world, clerk):
    figure = world.figure("che")
    address = reverse("indicators:attach-evidence", args=[figure.pk])

    answer = clerk.post(address, {"file": SimpleUploadedFile("bien-ban.pdf", PDF)}, headers=HTMX)
    evidence = Evidence.objects.get()
    assert "bien-ban.pdf" in text_of(answer)

    clerk.post(reverse("indicators:remove-evidence", args=[evidence.pk]), headers=HTMX)
    evidence.refresh_from_db()
    assert evidence.removed_at is not None


def test_another_units_evidence_cannot_be_taken_off(world, clerk):
    figure = world.figure("che")
    clerk.post(
        reverse("indicators:attach-evidence", args=[figure.pk]), {"file": SimpleUploadedFile("bien-ban.pdf", PDF)}
    )
    evidence = Evidence.objects.get()

    response = log_in(world, "clerk1").post(reverse("indicators:remove-evidence", args=[evidence.pk]))

    assert response.status_code == 404
    evidence.refresh_from_db()
    assert evidence.removed_at is None
