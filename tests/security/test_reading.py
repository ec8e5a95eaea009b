"""Every address × every person × every object: who may read is declared, and the answers must agree."""

import pytest
from django.test import Client

from tests.kept import kept_world
from tests.security.addresses import RULES, Address, addresses, named_patterns
from tests.security.searching import closed_to, leaked
from tests.security.town import FOREIGN, MOMENT, ROLES, Town, build

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)

#: Of the other authority one of each kind.
PEOPLE = [f"home-{who}" for who in ROLES if who != "head1"] + ["home-superior", "no-role", "former", "first-account"]
PEOPLE += [
    f"foreign-{who}" for who in ("clerk0", "only_reviewer", "coordinator_head", "leader", "reader", "administrator")
]


def client_of(town: Town, person: str) -> Client:
    client = Client()
    client.force_login(town.people[person].user)
    return client


def test_every_address_stands_in_the_table():
    assert sorted(RULES) == sorted(named_patterns())


def test_every_address_of_the_table_is_tried_with_an_object(world: Town):
    assert {one.name for one in addresses(world)} == set(RULES)


def test_every_role_is_tried_at_home_and_from_elsewhere(world: Town):
    assert set(PEOPLE) <= set(world.people)
    assert {world.people[one].role for one in PEOPLE} == {person.role for person in world.people.values()}


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


@pytest.mark.once
@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_reads_what_the_table_says_and_finds_no_secret_there(world: Town, person: str):
    client, closed, wrong, leaks = client_of(world, person), closed_to(world, person), {}, set()
    for one in addresses(world):
        response = client.get(one.path)
        if response.status_code not in expected(world, person, one):
            place = f"{one.path} ({one.name}, {one.relation(world, person)}, {one.state})"
            wrong[place] = response.status_code
        leaks |= {(one.path, secret) for secret in leaked(response, closed)}

    assert wrong == {}
    assert leaks == set()
