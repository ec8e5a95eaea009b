"""Private by default: every address, generated from the resolver, refuses a person who has not logged in."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db

# What a stranger may see: the way in, what a browser keeps for the time without line (it tells of nobody), and whether
# a copy of a report is what its code says.
OPEN = {"dang-nhap/", "quan-tri/login/", "sw.js", "khong-co-mang/", "tra-cuu/", "tra-cuu/a/"}
EXAMPLES = {"int": "1", "str": "a", "slug": "a", "uuid": "00000000-0000-0000-0000-000000000000", "path": "a/b"}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address with an example in place of each parameter."""
    for pattern in resolver.url_patterns:
        here = before + example_of(pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        elif isinstance(pattern, URLPattern):
            yield here


def example_of(pattern: URLPattern | URLResolver) -> str:
    """One address that the pattern matches."""
    route = str(pattern.pattern)
    if route.startswith("^"):
        route = route.removeprefix("^").removesuffix("$").removesuffix("\\Z")
        return re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1", route).replace("\\", "")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found[1] or "str", "a"), route)


ALL = sorted(set(addresses(get_resolver())))


def is_way_in(location: str) -> bool:
    return location.split("?")[0] in {"/dang-nhap/", "/quan-tri/login/"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_log_in(client: Client, method: str):
    answers = {address: getattr(client, method)(f"/{address}") for address in ALL if address not in OPEN}

    assert {address: one.status_code for address, one in answers.items()} == dict.fromkeys(answers, 302)
    assert [address for address, one in answers.items() if not is_way_in(one.headers["Location"])] == []


@pytest.mark.parametrize("address", sorted(OPEN))
def test_the_way_in_is_open(client: Client, address: str):
    assert client.get(f"/{address}").status_code in {200, 302}


def test_the_walk_has_found_the_pages():
    assert len(ALL) > 30
    assert set(ALL) >= OPEN
