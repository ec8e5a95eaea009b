"""The campaign's page: the document word for word, areas, duties, who takes part, periods with their deadlines."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaign.choices import PassageKind, Relation
from campaign.models import Campaign, ContentArea, Duty, LegalBasis, Participation, Passage, Recipient
from tests.builders import World, at, make_person, make_world
from units import clock
from units.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """A campaign with two pages of document, a footnote on the first, and a part of its area."""
    world = make_world(communes=2)
    rows = [
        ("muc-2-3", PassageKind.BODY, "2.3", "2.3. Thi đua trong lĩnh vực kinh tế", 4),
        ("chu-thich-9", PassageKind.FOOTNOTE, "9", "diện tích trồng mới cây chè đạt 0%", 4),
        ("muc-3", PassageKind.BODY, "3", "3. Tổ chức thực hiện", 7),
    ]
    for position, (key, kind, numbering, text, page) in enumerate(rows, 1):
        Passage.objects.create(
            campaign=world.campaign, key=key, kind=kind, numbering=numbering, text=text, page=page, position=position
        )
    ContentArea.objects.create(
        campaign=world.campaign,
        parent=world.area,
        key="2-3-1",
        numbering="-",
        title="Về Nông nghiệp",
        short_title="Nông nghiệp",
        position=2,
        passage=Passage.objects.get(key="muc-2-3"),
    )
    return world


def open_page(client: Client, world: World, person: str = "clerk0", day: str = "2024-08-01") -> Any:
    client.force_login(world.people[person])
    with clock.set_to(at(day)):
        return client.get(reverse("campaign:campaign", args=[world.campaign.pk]))


def test_footnotes_stand_at_the_foot_of_their_page(client: Client, world: World):
    pages = open_page(client, world).context["pages"]

    assert [(page.number, [p.key for p in page.passages], [n.key for n in page.footnotes]) for page in pages] == [
        (4, ["muc-2-3"], ["chu-thich-9"]),
        (7, ["muc-3"], []),
    ]


def test_areas_form_a_tree(client: Client, world: World):
    [line] = open_page(client, world).context["areas"]

    assert (line.area.title, [part.area.title for part in line.parts]) == ("Kinh tế", ["Về Nông nghiệp"])


def test_duties_legal_bases_and_recipients_are_shown(client: Client, world: World):
    duty = Duty.objects.create(
        campaign=world.campaign,
        passage=Passage.objects.get(key="muc-3"),
        text="Giao Phòng Nội vụ chủ trì tham mưu.",
        bearer="Phòng Nội vụ",
        position=1,
    )
    duty.units.add(world.standing_body)
    LegalBasis.objects.create(campaign=world.campaign, number="11-NQ/HU", dated=date(2023, 12, 14), position=1)
    Recipient.objects.create(campaign=world.campaign, text="Thường trực Huyện ủy", note="b/c", position=1)

    text = open_page(client, world).content.decode()

    assert "Giao Phòng Nội vụ chủ trì tham mưu." in text
    assert "11-NQ/HU ngày 14/12/2023" in text
    assert "Thường trực Huyện ủy (b/c)" in text


def test_units_stand_by_the_way_in_which_they_take_part(client: Client, world: World):
    Participation.objects.filter(unit=world.communes[1]).update(relation=Relation.ASKED)

    groups = open_page(client, world).context["relations"]

    assert [(group.label, group.size) for group in groups] == [("Giao", 3), ("Đề nghị phối hợp", 1)]


def test_periods_show_window_and_deadline_and_which_one_runs(client: Client, world: World):
    lines = open_page(client, world, day="2024-08-01").context["periods"]

    assert (lines[1].period.name, lines[1].window, lines[1].due) == (
        "Tháng 8/2024",
        "15/7–14/8/2024",
        (("Xã, thị trấn", "16/8/2024"),),
    )
    assert [line.is_current for line in lines] == [False, True, False, False, False, False]


def test_a_document_without_number_says_so(client: Client, world: World):
    assert "Văn bản công bố không ghi số, ngày" in open_page(client, world).content.decode()


def test_the_list_shows_only_campaigns_of_the_own_authority(client: Client, world: World):
    other = make_world(communes=1, prefix="khac-")
    client.force_login(world.people["clerk0"])

    rows = client.get(reverse("campaign:campaigns")).context["campaigns"]

    assert list(rows) == [world.campaign]
    assert open_page(client, other, "clerk0").status_code == 200
    client.force_login(other.people["clerk0"])
    assert client.get(reverse("campaign:campaign", args=[world.campaign.pk])).status_code == 404


def test_the_administrator_has_no_campaign_page(client: Client, world: World):
    assert open_page(client, world, "administrator").status_code == 404


def test_a_person_without_a_campaign_is_told_so(client: Client, world: World):
    Campaign.objects.update(standing_body=world.lead)
    lonely = make_person("le-loi", world.standing_body, Role.COORDINATOR)
    client.force_login(lonely)

    assert "Chưa có phong trào nào" in client.get(reverse("campaign:campaigns")).content.decode()


def test_the_page_asks_as_many_queries_for_one_unit_as_for_three(client: Client, django_assert_max_num_queries):
    counts = []
    for communes, prefix in ((1, "it-"), (3, "nhieu-")):
        world = make_world(communes=communes, prefix=prefix)
        client.force_login(world.people["coordinator"])
        with django_assert_max_num_queries(25) as asked:
            client.get(reverse("campaign:campaign", args=[world.campaign.pk]))
        counts.append(len(asked))

    assert counts[0] == counts[1]
