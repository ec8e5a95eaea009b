"""A browser without a screen: a logged-in person who asks over HTTP and looks at the clock."""

from __future__ import annotations

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from config.bench.counting import ALL, ASKED, OWN
from units.models import User

CSRF = "b" * 32
PATIENCE = 120.0


class BadAnswer(RuntimeError):
    """The program did not answer as it should."""


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took from connecting to the last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def queries(self) -> tuple[int, int]:
        """All queries and those after the log-in."""
        return int(self.headers[ALL.lower()]), int(self.headers[OWN.lower()])


@dataclass
class Person:
    """Somebody who has logged in: a session and a CSRF token, as a browser would hold them."""

    address: tuple[str, int]
    session: str
    extra: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, data: Mapping[str, object], **headers: str) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(data).encode(), headers | kind)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """One request on a connection of its own."""
        sent = {
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Accept-Encoding": "gzip, br",
            **self.extra,
            **headers,
        }
        begun = time.perf_counter()
        connection = HTTPConnection(*self.address, timeout=PATIENCE)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - begun
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, content, seconds)

    def counting(self) -> Person:
        """The same person, whose requests also tell their queries."""
        return Person(self.address, self.session, {**self.extra, ASKED: "1"})


def log_in(user: User, address: tuple[str, int]) -> Person:
    """A session as the log-in page makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return Person(address, str(store.session_key))


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer, if it has one of the statuses."""
    if answer.status not in statuses:
        packed = answer.headers.get("content-encoding") == "gzip"
        body = gzip.decompress(answer.body) if packed else answer.body
        shown = body[:2000].decode(errors="replace")
        raise BadAnswer(f"{answer.status} instead of {statuses}: {shown}")
    return answer
