"""“Lấy số kỳ trước”: what is taken, the mark that stays until somebody has looked, and what the receiver reads."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.models import FigureVersion
from tests.builders import World, at, fill, make_world
from tests.indicators.views.reading import log_in, text_of
from units import clock
from units.models import AuditLine

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def world():
    """July was reported; August is empty."""
    with clock.set_to(at("2024-08-15")):
        world = make_world()
        world.enter("che", "20")
        world.enter("ca-phe", None, state="nothing_arose")
        world.enter("tuyen-truyen", None, task_status="in_progress", text="Đã họp thôn.")
        yield world


def month_of(world: World, name: str = "month") -> str:
    return reverse(f"indicators:{name}", args=[world.submission(0, 2).pk])


def take(world: World, person: str = "clerk0", **more):
    return log_in(world, person).post(month_of(world, "take-previous"), more)


def type_amount(world: World, text: str, **more):
    figure = world.figure("che", 0, 2)
    sent = {f"version-{figure.pk}": figure.version, f"amount-{figure.pk}": text}
    sent |= {f"{name}-{figure.pk}": value for name, value in more.items()}
    return log_in(world, "clerk0").post(
        reverse("indicators:enter-figure", args=[figure.pk]), sent, headers={"HX-Request": "true"}
    )


def test_every_empty_row_takes_what_the_period_before_reported_in_one_save(world):
    world.enter("che", "7", period=2)
    lines = AuditLine.objects.count()

    response = take(world)

    assert response.headers["Location"] == month_of(world)
    tea, coffee, task = (world.figure(code, 0, 2) for code in ("che", "ca-phe", "tuyen-truyen"))
    assert (tea.amount, tea.is_copied) == (D(7), False)
    assert (coffee.state, coffee.is_copied) == ("nothing_arose", True)
    assert (task.task_status, task.text, task.is_copied) == ("in_progress", "Đã họp thôn.", True)
    assert AuditLine.objects.count() == lines + 1


def test_one_row_is_taken_where_it_was_asked_for(world):
    take(world, take=world.figure("che", 0, 2).pk)

    assert (world.figure("che", 0, 2).amount, world.figure("ca-phe", 0, 2).state) == (D(20), "not_reported")


def test_a_year_to_date_entered_as_a_flow_is_not_taken_for_a_single_period(world):
    world.enter("che", "60", is_cumulative=True)

    take(world)

    assert world.figure("che", 0, 2).state == "not_reported"


def test_where_nothing_can_be_taken_a_sentence_says_so(world):
    take(world)

    again = log_in(world, "clerk0").post(month_of(world, "take-previous"), headers={"HX-Request": "true"})

    assert again.status_code == 422
    assert "Không có dòng nào lấy được số kỳ trước" in text_of(again)


def test_the_mark_survives_a_reload_and_goes_when_somebody_has_looked(world):
    take(world)
    client = log_in(world, "clerk0")
    assert "lấy từ kỳ trước: đã xem, giữ số này" in text_of(client.get(month_of(world)))

    type_amount(world, "20", kept="on")

    assert (world.figure("che", 0, 2).amount, world.figure("che", 0, 2).is_copied) == (D(20), False)


def test_a_note_alone_leaves_the_mark_and_another_number_takes_it_off(world):
    take(world)
    type_amount(world, "20", note="Chờ biên bản")
    assert (world.figure("che", 0, 2).note, world.figure("che", 0, 2).is_copied) == ("Chờ biên bản", True)

    type_amount(world, "21")
    assert world.figure("che", 0, 2).is_copied is False


def test_a_step_back_empties_the_row_and_its_mark(world):
    take(world)

    type_amount(world, "")

    figure = world.figure("che", 0, 2)
    assert (figure.amount, figure.state, figure.is_copied) == (None, "not_reported", False)


def test_sending_names_what_nobody_looked_at_and_the_receiver_reads_it(world):
    fill(world, che="20")
    world.send()
    take(world)
    type_amount(world, "20", kept="on")
    submission = world.submission(0, 2)
    log_in(world, "head0").post(reverse("indicators:move", args=[submission.pk, "endorse"]), {})

    sent = log_in(world, "clerk0").post(reverse("indicators:move", args=[submission.pk, "submit"]), {}, follow=True)

    assert "2 dòng lấy từ kỳ trước chưa ai xem lại: Trồng cà phê mới, Tuyên truyền vận động" in text_of(sent)
    received = text_of(log_in(world, "coordinator").get(reverse("indicators:receive", args=[submission.pk])))
    assert received.count("Lấy từ kỳ trước, đơn vị chưa xem lại") == 2
    assert set(
        FigureVersion.objects.filter(is_copied=True).values_list("figure__assignment__indicator__code", flat=True)
    ) == {
        "che",
        "ca-phe",
        "tuyen-truyen",
    }


def test_the_script_gets_the_values_and_every_part_of_the_rows(world):
    response = log_in(world, "clerk0").post(month_of(world, "take-previous"), headers={"HX-Request": "true"})

    tea = world.figure("che", 0, 2)
    page = text_of(response)
    assert f'<data data-name="amount-{tea.pk}" value="20">' in page
    assert f'id="s{tea.pk}"' in page
    assert '<p class="success">Đã lấy số kỳ trước vào 3 dòng' in response.content.decode()


def test_another_unit_takes_nothing(world):
    assert take(world, "clerk1").status_code == 404
    assert take(world, "coordinator").status_code == 404
