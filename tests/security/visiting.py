"""One person's way through the house: an address is asked once, and its answer serves every question put to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.test import Client, override_settings

from tests.security.headers import faults_of
from tests.security.searching import closed_to, leaked
from tests.security.town import ROLES, Town

#: Of the other authority one of each kind. Those who walk by the links come first, so that their tests stand together.
PEOPLE = [f"home-{who}" for who in ROLES if who not in ("head1", "administrator")]
PEOPLE += ["home-superior", "home-administrator", "no-role", "former", "first-account"]
PEOPLE += [
    f"foreign-{who}" for who in ("clerk0", "only_reviewer", "coordinator_head", "leader", "reader", "administrator")
]
#: Whose every answer is looked at for its headers and its inside, once of each kind of page.
LOOKED_AT = ["home-clerk0", "home-only_reviewer", "home-coordinator_head", "home-leader"]
LINK = re.compile(r"(?:href|hx-get|action)=\"(/[^\"#]*)")
#: Who may what is asked here, not how a session is kept: no row of it is read and written around every answer.
IN_MEMORY = "django.contrib.sessions.backends.cache"
NOTHING: Mapping[str, str] = MappingProxyType({})


def client_of(town: Town, person: str) -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    client.force_login(town.people[person].user)
    return client


def walker_of(town: Town, person: str) -> Client:
    """The same for a long walk: the session is kept in memory."""
    with override_settings(SESSION_ENGINE=IN_MEMORY):
        client = client_of(town, person)
        client.handler.load_middleware()
    return client


@dataclass(frozen=True)
class Answer:
    """What is asked of an answer: status, where it leads, which closed secrets it tells, what it offers and lacks."""

    status: int
    leads_to: str
    leaks: frozenset[str]
    links: frozenset[str]
    faults: tuple[str, ...]


class Visitor:
    """A person who only reads: nothing changes between two askings, so the first answer stands for both."""

    def __init__(self, town: Town, person: str) -> None:
        self.town, self.person = town, person
        self._client, self._closed = walker_of(town, person), closed_to(town, person)
        self._answers: dict[tuple[str, frozenset[tuple[str, str]]], Answer] = {}

    def get(self, path: str, headers: Mapping[str, str] = NOTHING) -> Answer:
        """The answer to an address, with the headers of a browser that asks for a part of a page."""
        key = (path, frozenset(headers.items()))
        if key not in self._answers:
            response = self._client.get(path, headers=headers)
            links = LINK.findall(response.text) if response.headers["Content-Type"].startswith("text/html") else []
            self._answers[key] = Answer(
                response.status_code,
                response.headers.get("Location", ""),
                frozenset(leaked(response, self._closed)),
                frozenset(link.replace("&amp;", "&") for link in links),
                tuple(faults_of(response)) if self.person in LOOKED_AT else (),
            )
        return self._answers[key]

    def follow(self, path: str) -> Answer:
        """The answer at the end of the way, wherever the address leads on to."""
        answer = self.get(path)
        for _ in range(5):
            if not answer.leads_to:
                return answer
            answer = self.get(answer.leads_to)
        raise AssertionError(f"{path} leads on and on")
