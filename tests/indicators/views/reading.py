"""Logging in as a person of a story, and reading an answer as one line of text."""

from django.http import HttpResponse
from django.test import Client

from tests.builders import World


def log_in(world: World, person: str) -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    client.force_login(world.people[person])
    return client


def text_of(response: HttpResponse) -> str:
    """The answer without its line breaks and indents."""
    return " ".join(response.content.decode().split())
