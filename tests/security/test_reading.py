"""Every address × every person × every object: who may read is declared, and the answers must agree.

No number and no text reaches who may not read it: every page, part, sheet and PDF of every person is searched.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.kept import kept_world
from tests.security.addresses import RULES, Address, addresses, named_patterns
from tests.security.town import FOREIGN, MOMENT, Town, build
from tests.security.visiting import LOOKED_AT, PEOPLE, Visitor

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)

#: Searched once for each person that may have them: drawing a PDF takes its time.
HEAVY = (".pdf",)


@pytest.fixture(scope="module")
def visitor(world: Town, request: pytest.FixtureRequest) -> Visitor:
    """One person; of each person all tests follow one another and share what was answered."""
    return Visitor(world, request.param)


def test_every_address_stands_in_the_table():
    assert sorted(RULES) == sorted(named_patterns())


def test_every_address_of_the_table_is_tried_with_an_object(world: Town):
    assert {one.name for one in addresses(world)} == set(RULES)


def test_every_role_is_tried_at_home_and_from_elsewhere(world: Town):
    assert set(PEOPLE) <= set(world.people)
    assert {world.people[one].role for one in PEOPLE} == {person.role for person in world.people.values()}


@pytest.mark.parametrize("visitor", PEOPLE, indirect=True)
def test_nobody_gives_a_number_to_a_task(world: Town, visitor: Visitor):
    task = world.worlds["home"].indicators["tuyen-truyen"]

    assert visitor.get(reverse("indicators:allocate", args=[task.pk])).status in {403, 404}


def expected(town: Town, person: str, one: Address) -> set[int]:
    """The answers that the table allows."""
    rule, relation = RULES[one.name], one.relation(town, person)
    if rule.reads is None:
        return {405}
    if relation in rule.moves_on:
        return {302}
    if relation in one.who_reads():
        return {200}
    return {404} if relation == FOREIGN else {403, 404}


@pytest.mark.parametrize("visitor", PEOPLE, indirect=True)
def test_a_person_reads_what_the_table_says_and_finds_no_secret_there(world: Town, visitor: Visitor):
    wrong, leaks, only_acts = {}, set(), set()
    for one in addresses(world):
        if one.name in only_acts:
            continue
        answer = visitor.get(one.path)
        if answer.status not in expected(world, visitor.person, one):
            place = f"{one.path} ({one.name}, {one.relation(world, visitor.person)}, {one.state})"
            wrong[place] = answer.status
        leaks |= {(one.path, secret) for secret in answer.leaks}
        if answer.status == 405:
            only_acts.add(one.name)  # said before the view sees the object: tests/architecture/test_views.py

    assert wrong == {}
    assert leaks == set()


@pytest.mark.parametrize("visitor", LOOKED_AT, indirect=True)
def test_every_page_and_file_has_its_headers_and_nothing_inline(world: Town, visitor: Visitor):
    assert {one.path: found for one in addresses(world) if (found := visitor.get(one.path).faults)} == {}


def questions(town: Town) -> Iterator[tuple[str, dict[str, str]]]:
    """Beside every address: parts that htmx asks for, every period and every basis."""
    for authority, world in town.worlds.items():
        periods = [world.period(number).pk for number in (1, 2, 3)]
        for one in addresses(town, authority):
            if one.name == "indicators:month":
                for figure in one.subject.figures.all():
                    yield one.path, {"HX-Request": "true", "HX-Target": f"row-{figure.pk}"}
        for page in ("indicators:receive-list", "indicators:confirm-list", "reports:board", "reports:downloads"):
            yield from ((f"{reverse(page)}?ky={period}", {}) for period in periods)
        boards = [reverse("reports:area", args=[world.campaign.pk, world.area.pk])]
        boards += [reverse("reports:indicator", args=[world.campaign.pk, row.pk]) for row in world.indicators.values()]
        boards += [reverse("reports:board", args=[world.campaign.pk])]
        files = [reverse("reports:summary-xlsx", args=[world.campaign.pk, period]) for period in periods]
        for basis in ("tam-tinh", "chinh-thuc"):
            yield from ((f"{board}?ky={period}&co-so={basis}", {}) for board in boards for period in periods)
            yield from ((f"{file}?co-so={basis}", {}) for file in files)


@pytest.mark.parametrize("visitor", PEOPLE, indirect=True)
def test_a_person_finds_no_secret_anywhere(world: Town, visitor: Visitor):
    leaks = {(path, secret) for path, headers in questions(world) for secret in visitor.get(path, headers).leaks}

    assert leaks == set()


# --- No page offers what is closed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("visitor", [one for one in PEOPLE if one[:5] == "home-" and "admin" not in one], indirect=True)
def test_every_link_on_every_page_opens_for_the_person_who_sees_it(world: Town, visitor: Visitor):
    acts = {one.path for one in addresses(world) if RULES[one.name].reads is None}
    seen, waiting, broken, leaks = set(), ["/"], {}, set()
    while waiting and len(seen) < 120:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/quan-tri/", "/static/")) or path.endswith(HEAVY):
            continue
        seen.add(path)
        answer = visitor.follow(path)
        if answer.status != 200 and not (path in acts or answer.status == 405):
            broken[path] = answer.status
        leaks |= {(path, secret) for secret in answer.leaks}
        waiting += sorted(answer.links - seen)

    assert broken == {}
    assert leaks == set()
    assert len(seen) > 4
