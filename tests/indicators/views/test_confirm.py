"""The lead department's pages: one indicator over all units, to confirm, ask again, reconcile, enter for a unit."""

import pytest
from django.test import Client
from django.urls import reverse

from campaign.choices import SubmissionStatus
from indicators.choices import AssignmentRole
from indicators.models import Assignment
from indicators.services.confirmations import confirm_figures
from indicators.services.submissions import make_move
from tests.builders import World, assign, at, fill, make_person, make_unit, make_world
from tests.indicators.views.confirming import get, is_confirmed, post, rows_of, seen, sent_world, url
from units import clock
from units.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return sent_world()


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_of_each_led_indicator(client: Client, world: World):
    confirm_figures([world.figure("ca-phe")], by=world.people["reviewer"])

    rows = get(client, world, "reviewer", reverse("indicators:confirm-list")).context["rows"]

    assert [(row.indicator.code, row.sent, row.owed, row.unconfirmed) for row in rows] == [
        ("che", 2, 3, 2),
        ("ca-phe", 2, 3, 1),
        ("tuyen-truyen", 2, 3, 2),
    ]


def test_indicators_with_nothing_to_do_stand_last(client: Client, world: World):
    confirm_figures([world.figure("che", 0), world.figure("che", 1)], by=world.people["reviewer"])

    rows = get(client, world, "reviewer", reverse("indicators:confirm-list")).context["rows"]

    assert [row.indicator.code for row in rows] == ["ca-phe", "tuyen-truyen", "che"]


def test_another_department_does_not_see_these_indicators(client: Client, world: World):
    other = make_unit("van-hoa", "Phòng Văn hóa", parent=world.authority, kind="phong", level="huyen")
    world.people["other"] = make_person("van-hoa", other, Role.REVIEWER)

    assert get(client, world, "other", reverse("indicators:confirm-list")).status_code == 403
    assert get(client, world, "other", url(world)).status_code == 404


@pytest.mark.parametrize("person", ["clerk0", "head0", "leader", "reader", "administrator"])
def test_who_leads_nothing_has_no_such_pages(client: Client, world: World, person: str):
    assert get(client, world, person, reverse("indicators:confirm-list")).status_code == 403
    assert get(client, world, person, url(world)).status_code == 404


# --- One indicator ---------------------------------------------------------------------------------------------------


def test_all_units_stand_beside_each_other_with_their_state(client: Client, world: World):
    table = get(client, world, "reviewer", url(world)).context["table"]

    assert [(row.unit_name, row.row.target, row.row.entered) for row in table.rows] == [
        ("xã Hiếu", "50,0", "5,0"),
        ("xã Măng Cành", "50,0", "chưa gửi"),
        ("xã Pờ Ê", "50,0", "0,0"),
    ]
    assert (table.completeness, table.total_amount) == ("2/3", "5,0")


def test_a_draft_is_not_shown_to_the_lead_department(client: Client, world: World):
    assert "777" not in get(client, world, "reviewer", url(world)).content.decode()


def test_a_unit_without_the_indicator_stands_outside(client: Client, world: World):
    outside = make_unit("xa-x", "xã Đăk Ring", parent=world.authority)
    assign(world.indicators["che"], outside, AssignmentRole.REPORTS, is_not_applicable=True)

    table = get(client, world, "reviewer", url(world)).context["table"]

    assert table.not_assigned == ("xã Đăk Ring",)
    assert table.completeness == "2/3"


def test_nothing_arose_is_said_and_is_not_a_zero_that_was_typed(client: Client, world: World):
    with clock.set_to(at("2024-07-17")):
        fill(world, 2)
        world.enter("che", None, commune=2, state="nothing_arose")
        world.send(2)

    rows = rows_of(client, world)

    assert {name: row.row.entered for name, row in rows.items()} == {
        "xã Hiếu": "5,0",
        "xã Pờ Ê": "0,0",
        "xã Măng Cành": "không phát sinh",
    }


def test_the_standing_body_reads_but_does_not_confirm(client: Client, world: World):
    response = get(client, world, "coordinator", url(world))
    refused = post(client, world, "coordinator", url(world, "confirm-figures"), {"figures": [world.figure("che").pk]})

    assert "Trang này để xem." in response.content.decode()
    assert refused.status_code == 403
    assert not is_confirmed(world.figure("che"))


def test_together_only_what_shows_nothing_odd_is_confirmed(client: Client, world: World):
    with clock.set_to(at("2024-07-15", 16)):
        fill(world, 2, che="777")
        world.send(2)  # 777 of 50 ha: fifteen times the plan
    page = get(client, world, "reviewer", url(world)).content.decode()
    post(client, world, "reviewer", url(world, "confirm-figures"), {"all": "1", **seen(world, 0, 1, 2)})

    # Pờ Ê's zero is only noted, yet somebody looks at it on purpose.
    assert "Xác nhận 1 số không có cảnh báo" in page
    assert [is_confirmed(world.figure("che", commune)) for commune in range(3)] == [True, False, False]
    assert get(client, world, "reviewer", url(world)).context["table"].confirmed == "1/3"


def test_what_is_confirmed_is_folded(client: Client, world: World):
    post(client, world, "reviewer", url(world, "confirm-figures"), {"figures": [world.figure("che", 1).pk]})
    table = get(client, world, "reviewer", url(world)).context["table"]

    assert [row.unit_name for row in table.folded_rows] == ["xã Pờ Ê"]
    assert {row.unit_name for row in table.open_rows} == {"xã Hiếu", "xã Măng Cành"}


def test_a_number_sent_anew_after_the_page_was_opened_is_not_confirmed_unseen(client: Client, world: World):
    figure = world.figure("che")
    seen = {"figures": [figure.pk], f"seen-{figure.pk}": figure.sent_version_id}
    with clock.set_to(at("2024-07-15", 17)):
        make_move("withdraw", world.submission(0), by=world.people["clerk0"])
        world.enter("che", "6")
        world.send(0)
    response = post(client, world, "reviewer", url(world, "confirm-figures"), seen)

    assert response.status_code == 409
    assert "xã Hiếu vừa gửi lại số khác" in response.content.decode()
    assert not is_confirmed(figure)


def test_the_second_of_two_people_is_told_that_the_first_has_confirmed(client: Client, world: World):
    figure = world.figure("che")
    seen = {"figures": [figure.pk], f"seen-{figure.pk}": figure.sent_version_id}
    post(client, world, "reviewer", url(world, "confirm-figures"), seen)
    response = post(client, world, "reviewer", url(world, "confirm-figures"), seen)

    assert response.status_code == 409
    assert "vừa được người khác xác nhận" in response.content.decode()


def test_together_nothing_is_confirmed_that_came_after_the_page_was_opened(client: Client, world: World):
    shown = seen(world, 0, 1)
    with clock.set_to(at("2024-07-15", 16)):
        fill(world, 2, che="5.5")
        world.send(2)
    post(client, world, "reviewer", url(world, "confirm-figures"), {"all": "1", **shown})

    assert [is_confirmed(world.figure("che", commune)) for commune in range(3)] == [True, False, False]


def test_who_confirms_what_a_colleague_asks_again_meanwhile_is_told(client: Client, world: World):
    figure = world.figure("che")
    shown = {"figures": [figure.pk], **seen(world, 0)}
    post(
        client, world, "reviewer", url(world, "query-figures"), {"figures": [figure.pk], "reason": "Xem lại diện tích."}
    )
    told = post(client, world, "reviewer", url(world, "confirm-figures"), shown)
    confirmed_unseen = is_confirmed(figure)
    page = get(client, world, "reviewer", url(world)).content.decode()
    meant = {"figures": [figure.pk], f"seen-{figure.pk}": f"{figure.sent_version_id}:hoi"}
    post(client, world, "reviewer", url(world, "confirm-figures"), meant)

    assert told.status_code == 409
    assert "Số của xã Hiếu vừa được đề nghị kiểm tra lại" in told.content.decode()
    assert not confirmed_unseen
    assert '<span class="chip asked">đã đề nghị kiểm tra lại</span>' in page
    assert f'name="seen-{figure.pk}" value="{figure.sent_version_id}:hoi"' in page
    assert is_confirmed(figure)  # who has read the reason may still settle it


def test_who_confirms_together_what_another_has_just_confirmed_is_told(client: Client, world: World):
    shown = {"all": "1", **seen(world, 0, 1)}
    post(client, world, "reviewer", url(world, "confirm-figures"), shown)
    post(client, world, "reviewer", url(world, "confirm-figures"), {"figures": [world.figure("che", 1).pk]})
    response = post(client, world, "reviewer", url(world, "confirm-figures"), shown)

    assert response.status_code == 409
    assert "Các số trên trang vừa được người khác xác nhận" in response.content.decode()


def test_only_chosen_figures_are_confirmed(client: Client, world: World):
    post(client, world, "reviewer", url(world, "confirm-figures"), {"figures": [world.figure("che", 1).pk]})

    assert [is_confirmed(world.figure("che", commune)) for commune in range(2)] == [False, True]


def test_a_figure_of_another_indicator_cannot_be_slipped_in(client: Client, world: World):
    response = post(client, world, "reviewer", url(world, "confirm-figures"), {"figures": [world.figure("ca-phe").pk]})

    assert response.status_code == 422
    assert not is_confirmed(world.figure("ca-phe"))


def test_confirming_nothing_is_explained(client: Client, world: World):
    response = post(client, world, "reviewer", url(world, "confirm-figures"))

    assert response.status_code == 422
    assert "Chưa chọn số liệu nào." in response.content.decode()


def test_a_refusal_leaves_the_page_as_it_was(client: Client, world: World):
    page = get(client, world, "reviewer", url(world)).text

    assert f'hx-post="{url(world, "confirm-figures")}" hx-swap="none"' in page


def test_a_new_value_of_the_unit_must_be_confirmed_anew(client: Client, world: World):
    confirm_figures([world.figure("che")], by=world.people["reviewer"])
    make_again(client, world)

    row = get(client, world, "reviewer", url(world)).context["table"].rows[0]

    assert (row.row.entered, row.row.confirmation, row.may_confirm) == ("6,5", "outdated", True)


def make_again(client: Client, world: World) -> None:
    """The lead department asks Hiếu again; its clerk sends 6,5 ha."""
    data = {"figures": [world.figure("che").pk], "reason": "Đối chiếu lại diện tích."}
    post(client, world, "reviewer", url(world, "query-figures"), data)
    with clock.set_to(at("2024-07-17")):
        world.enter("che", "6.5")
        world.send(0)


def test_asking_again_opens_that_figure_with_its_reason(client: Client, world: World):
    data = {"figures": [world.figure("che", 0).pk, world.figure("che", 1).pk], "reason": "Đối chiếu lại diện tích."}

    post(client, world, "reviewer", url(world, "query-figures"), data)

    for commune in (0, 1):
        figure = world.figure("che", commune)
        assert (figure.is_marked, figure.request_reason) == (True, "Đối chiếu lại diện tích.")
        assert world.submission(commune).status == SubmissionStatus.CHANGES_REQUESTED
    assert not world.figure("ca-phe").is_marked


def test_asking_again_for_one_unit_that_cannot_be_asked_asks_none(client: Client, world: World):
    post(
        client,
        world,
        "coordinator",
        reverse("indicators:move", args=[world.submission(1).pk, "request_changes"]),
        {"reason": "?"},
    )
    make_move("endorse", world.submission(1), by=world.people["head1"])
    data = {"figures": [world.figure("che", 0).pk, world.figure("che", 1).pk], "reason": "Đối chiếu lại."}

    response = post(client, world, "reviewer", url(world, "query-figures"), data)

    assert response.status_code == 403
    assert world.submission(0).status == SubmissionStatus.SENT


def test_asking_again_needs_a_reason(client: Client, world: World):
    response = post(client, world, "reviewer", url(world, "query-figures"), {"figures": [world.figure("che").pk]})

    assert response.status_code == 422
    assert world.submission(0).status == SubmissionStatus.SENT


# --- Beside the unit's figure ----------------------------------------------------------------------------------------


def test_a_reconciled_value_stands_beside_the_figure_with_its_ground(client: Client, world: World):
    figure = world.figure("che")
    data = {"amount": "4,5", "ground": "Biên bản nghiệm thu ngày 15/7."}

    response = post(client, world, "reviewer", reverse("indicators:reconcile", args=[figure.pk]), data)

    row = get(client, world, "reviewer", url(world)).context["table"].rows[0].row
    assert response.headers["Location"] == f"{url(world)}#so-{figure.pk}"
    assert (row.entered, row.reconciled.text, row.reconciled.ground) == ("5,0", "4,5", "Biên bản nghiệm thu ngày 15/7.")
    assert (row.cumulative, row.is_confirmed) == ("4,5", True)


def test_a_reconciled_value_without_ground_is_not_taken_and_stays_typed(client: Client, world: World):
    response = post(
        client, world, "reviewer", reverse("indicators:reconcile", args=[world.figure("che").pk]), {"amount": "4,5"}
    )

    assert response.status_code == 422
    assert 'value="4,5"' in response.content.decode()
    assert world.figure("che").reconciled_version is None


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(client: Client, world: World):
    address = reverse("indicators:reconcile", args=[world.figure("che").pk])
    data = {"amount": "4,500", "ground": "Biên bản."}

    asked = post(client, world, "reviewer", address, data)
    post(client, world, "reviewer", address, {**data, "sure-amount": "4,500"})

    assert asked.status_code == 422
    assert "Đúng như vậy" in asked.content.decode()
    assert world.figure("che").reconciled_version is not None


def test_the_standing_body_does_not_reconcile(client: Client, world: World):
    data = {"amount": "4,5", "ground": "Biên bản."}

    response = post(client, world, "coordinator", reverse("indicators:reconcile", args=[world.figure("che").pk]), data)

    assert response.status_code == 403
    assert world.figure("che").reconciled_version is None


def test_a_confirmation_is_withdrawn_with_its_reason(client: Client, world: World):
    confirm_figures([world.figure("che")], by=world.people["reviewer"])
    address = reverse("indicators:withdraw-confirmation", args=[world.figure("che").pk])

    refused = post(client, world, "reviewer", address)
    still = is_confirmed(world.figure("che"))
    post(client, world, "reviewer", address, {"reason": "Nhầm xã."})

    assert (refused.status_code, still, is_confirmed(world.figure("che"))) == (422, True, False)


# --- Counted queries -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["che", "tuyen-truyen"])
def test_the_page_asks_as_many_queries_for_one_unit_as_for_three(
    client: Client, world: World, django_assert_max_num_queries, code: str
):
    few = make_world(communes=1, prefix="it-")
    with clock.set_to(at("2024-07-15")):
        fill(few, 0, che="5")
        few.send(0)
    counts = []
    for one in (few, world):
        client.force_login(one.people["reviewer"])
        with clock.set_to(at("2024-07-16")), django_assert_max_num_queries(40) as asked:
            client.get(url(one, code=code))
        counts.append(len(asked))

    # The world with three communes has one whose figure is not sent: what an office entered for it is asked once.
    assert counts[1] - counts[0] <= 1


def test_the_list_asks_as_many_queries_for_one_indicator_as_for_three(
    client: Client, world: World, django_assert_max_num_queries
):
    get(client, world, "reviewer", reverse("indicators:confirm-list"))
    counts = []
    for led in (("che",), ("che", "ca-phe", "tuyen-truyen")):
        Assignment.objects.leading().exclude(indicator__code__in=led).update(valid_to=at("2024-07-01").date())
        Assignment.objects.leading().filter(indicator__code__in=led).update(valid_to=None)
        with clock.set_to(at("2024-07-16")), django_assert_max_num_queries(20) as asked:
            client.get(reverse("indicators:confirm-list"))
        counts.append(len(asked))

    assert counts[0] == counts[1]
