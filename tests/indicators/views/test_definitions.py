"""Definitions: an indicator in words, its targets and openings, and where the document contradicts itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaign.choices import PassageKind
from campaign.models import Passage
from indicators.choices import ClaimSubject, Direction, Schedule, TimeRule, UnitRule
from indicators.models import Claim, Contradiction, Denominator, Indicator, Opening, Target
from indicators.services.targets import set_target
from indicators.tables.definitions import rules_in_words, schedule_in_words
from tests.builders import World, make_world
from units.choices import Origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(communes=2)


@pytest.fixture
def tea(world: World) -> Contradiction:
    """New tea: 40,8 % on page 1, 0 % in footnote 9."""
    indicator = world.indicators["che"]
    base = Denominator.objects.create(indicator=indicator, key="ke-hoach", name="so với kế hoạch")
    row = Contradiction.objects.create(
        campaign=world.campaign, key="che", indicator=indicator, question="Trồng chè mới đạt 40,8 % hay 0 %?"
    )
    places = [
        ("mo-dau", PassageKind.BODY, "", "mới đạt 40,8%", "40.8"),
        ("ct-9", PassageKind.FOOTNOTE, "9", "đạt 0%", "0"),
    ]
    for position, (key, kind, numbering, quote, value) in enumerate(places, 1):
        passage = Passage.objects.create(
            campaign=world.campaign, key=key, kind=kind, numbering=numbering, text=f"… {quote} …", position=position
        )
        Claim.objects.create(
            contradiction=row,
            subject=ClaimSubject.OPENING_RATE,
            value=Decimal(value),
            unit_of_measure="%",
            base=base,
            passage=passage,
            quote=quote,
            position=position,
            origin=Origin.DOCUMENT,
        )
    return row


def get(client: Client, world: World, person: str, name: str, pk: int) -> Any:
    client.force_login(world.people[person])
    return client.get(reverse(f"indicators:{name}", args=[pk]))


# --- One indicator ---------------------------------------------------------------------------------------------------


def test_rules_are_told_in_words(world: World):
    indicator = world.indicators["che"]
    indicator.time_rule, indicator.unit_rule, indicator.direction = TimeRule.LEVEL, UnitRule.LEAD, Direction.FEWER
    indicator.evidence_required = True

    assert rules_in_words(indicator) == (
        "Nhập số tại thời điểm cuối kỳ; số sau thay số trước, có thể giảm, không cộng dồn.",
        "Số chung là số của cơ quan chủ trì; số các đơn vị để đối chiếu.",
        "Đạt khi lũy kế không vượt kế hoạch.",
        "Phải có minh chứng kèm theo.",
    )


@pytest.mark.parametrize(
    ("schedule", "listed", "words"),
    [
        (Schedule.MONTHLY, [], "Hằng tháng"),
        (Schedule.MONTHLY, ["2024-12-14"], "Hằng tháng; thêm Tháng 12/2024"),
        (Schedule.QUARTERLY, [], "Hằng quý: Tháng 9/2024, Tháng 12/2024"),
        (Schedule.LISTED, [8, 11], "Tháng 8/2024, Tháng 11/2024"),
        (Schedule.ONCE, [], "Một lần, ở kỳ cuối (Tháng 12/2024)"),
        (Schedule.UNTIL_DONE, [], "Hằng tháng cho đến khi hoàn thành"),
    ],
)
def test_the_schedule_is_told_in_words(world: World, schedule: str, listed: list[object], words: str):
    indicator = Indicator(schedule=schedule, listed_months=listed)

    assert schedule_in_words(indicator, list(world.campaign.periods.order_by("number"))) == words


def test_a_revised_target_stands_beside_the_one_before(client: Client, world: World):
    set_target(
        world.indicators["che"],
        world.communes[0],
        amount=Decimal(60),
        by=None,
        valid_from=date(2024, 7, 1),
        reason="Bổ sung kế hoạch.",
    )

    rows = get(client, world, "coordinator", "indicator", world.indicators["che"].pk).context["targets"]

    assert [(row.target.unit.name, row.words, row.is_in_force) for row in rows] == [
        ("xã Hiếu", "50,0", False),
        ("xã Hiếu", "60,0", True),
        ("xã Pờ Ê", "50,0", True),
    ]


def test_a_clerk_sees_the_own_units_target_and_the_authoritys(client: Client, world: World):
    Target.objects.create(
        indicator=world.indicators["che"], unit=world.authority, amount=100, valid_from=date(2024, 1, 1)
    )

    rows = get(client, world, "clerk1", "indicator", world.indicators["che"].pk).context["targets"]

    assert [row.target.unit.name for row in rows] == ["UBND huyện", "xã Pờ Ê"]


def test_an_opening_that_is_a_rate_stays_a_rate(client: Client, world: World):
    base = Denominator.objects.create(indicator=world.indicators["che"], key="kh", name="kế hoạch")
    Opening.objects.create(
        indicator=world.indicators["che"],
        unit=world.authority,
        rate=Decimal("11.1"),
        base=base,
        as_of_on=date(2024, 6, 14),
    )

    [row] = get(client, world, "clerk0", "indicator", world.indicators["che"].pk).context["openings"]

    assert row.words == "11,1 % kế hoạch (đến ngày 14/6/2024)"


def test_an_indicator_shows_the_words_of_the_document(client: Client, world: World):
    passage = Passage.objects.create(
        campaign=world.campaign, key="muc-2-3", numbering="2.3", text="…", page=4, position=1
    )
    Indicator.objects.filter(pk=world.indicators["che"].pk).update(
        passage=passage, quote="trồng mới chè 183,5ha", origin=Origin.DOCUMENT
    )

    text = get(client, world, "clerk0", "indicator", world.indicators["che"].pk).content.decode()

    assert "“trồng mới chè 183,5ha”" in text
    assert "Mục 2.3, trang 4" in text
    assert "theo văn bản" in text


@pytest.mark.parametrize("name", ["indicator", "definitions", "contradictions"])
def test_definitions_of_another_authority_are_not_found(client: Client, world: World, name: str):
    other = make_world(communes=1, prefix="khac-")
    pk = world.indicators["che"].pk if name == "indicator" else world.campaign.pk

    assert get(client, other, "coordinator", name, pk).status_code == 404
    assert get(client, other, "clerk0", name, pk).status_code == 404


def test_the_list_shows_every_indicator_and_marks_disputed_ones(client: Client, world: World, tea: Contradiction):
    [group] = get(client, world, "clerk0", "definitions", world.campaign.pk).context["groups"]

    assert [(row.indicator.code, row.is_disputed) for row in group.rows] == [
        ("che", True),
        ("ca-phe", False),
        ("tuyen-truyen", False),
    ]


def test_the_list_asks_as_many_queries_for_one_indicator_as_for_three(
    client: Client, world: World, django_assert_max_num_queries
):
    few = make_world(communes=1, prefix="it-", launched=False)
    for code in ("ca-phe", "tuyen-truyen"):
        few.indicators[code].assignments.all().delete()
        few.indicators.pop(code).delete()
    counts = []
    for one in (few, world):
        client.force_login(one.people["coordinator"])
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse("indicators:definitions", args=[one.campaign.pk]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# --- Contradictions --------------------------------------------------------------------------------------------------


def test_both_claims_stand_with_place_and_quote(client: Client, world: World, tea: Contradiction):
    [row] = get(client, world, "clerk0", "contradictions", world.campaign.pk).context["rows"]

    assert [(side.words, side.claim.passage.place, side.claim.quote) for side in row.claims] == [
        ("40,8 % so với kế hoạch", "phần mở đầu", "mới đạt 40,8%"),
        ("0 % so với kế hoạch", "chú thích 9", "đạt 0%"),
    ]


def test_the_indicator_says_that_neither_number_is_used(client: Client, world: World, tea: Contradiction):
    text = get(client, world, "clerk0", "indicator", world.indicators["che"].pk).content.decode()

    assert "Chưa số nào được dùng để tính tiến độ." in text


def settle(client: Client, world: World, person: str, tea: Contradiction, **data: Any) -> Any:
    client.force_login(world.people[person])
    return client.post(reverse("indicators:settle", args=[tea.pk]), data)


@pytest.mark.parametrize("person", ["coordinator_head", "leader"])
def test_a_head_or_leader_settles_with_a_ground(client: Client, world: World, tea: Contradiction, person: str):
    zero = tea.claims.get(value=0)

    settle(client, world, person, tea, claim=zero.pk, ground="Đã đối chiếu với Phòng Nông nghiệp.")

    tea.refresh_from_db()
    assert (tea.settled_claim, tea.settled_by) == (zero, world.people[person])
    assert Opening.objects.get(indicator=world.indicators["che"]).amount == 0
    text = get(client, world, "clerk0", "contradictions", world.campaign.pk).content.decode()
    assert "Đã đối chiếu với Phòng Nông nghiệp." in text
    assert "40,8 %" in text


@pytest.mark.parametrize("person", ["coordinator", "clerk0", "head0", "reviewer", "reader"])
def test_nobody_else_settles(client: Client, world: World, tea: Contradiction, person: str):
    response = settle(client, world, person, tea, claim=tea.claims.get(value=0).pk, ground="Theo tôi.")

    tea.refresh_from_db()
    assert response.status_code == 403
    assert tea.settled_claim is None


def test_settling_without_a_ground_is_explained(client: Client, world: World, tea: Contradiction):
    response = settle(client, world, "leader", tea, claim=tea.claims.get(value=0).pk)

    tea.refresh_from_db()
    assert response.status_code == 422
    assert "Ghi căn cứ của việc chọn" in response.content.decode()
    assert tea.settled_claim is None


def test_a_claim_of_another_contradiction_is_refused(client: Client, world: World, tea: Contradiction):
    other = Contradiction.objects.create(campaign=world.campaign, key="khac", question="Số nào?")
    claim = Claim.objects.create(
        contradiction=other, subject=ClaimSubject.OTHER, value=1, unit_of_measure="ha", position=1
    )

    response = settle(client, world, "leader", tea, claim=claim.pk, ground="Đối chiếu.")

    tea.refresh_from_db()
    assert response.status_code == 422
    assert tea.settled_claim is None
