"""E-mail against a real mail server: sent once, kept while the server is away, tried again, never lost or doubled."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from followup.models import Mail
from followup.services.mail import MOST_ATTEMPTS, queue_mail, send_again, send_due_mail
from tests.builders import World, at, make_world
from units import clock

MOMENT = at("2024-07-19")


class Postbox:
    """Takes what it is sent; refuses whom it was told to refuse."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.refuses = ""

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if address == self.refuses:
            return "450 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    server = Controller(box, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def world(db):
    with clock.set_to(MOMENT):
        world = make_world()
        for name in ("clerk0", "head0"):
            world.people[name].work_email = f"{name}@konplong.example"
            world.people[name].save()
        yield world


def write(world: World, *names: str, key: str = "a") -> list[str]:
    people = [world.people[name] for name in names]
    return queue_mail(people, "Đôn đốc báo cáo thi đua", "1. Chưa gửi báo cáo.", key=key)


def test_a_letter_arrives_in_vietnamese_with_a_steady_id(world: World, postbox: Postbox):
    write(world, "clerk0")

    assert send_due_mail() == (1, 0)

    (letter,) = postbox.letters
    assert (letter["Subject"], letter["To"]) == ("Đôn đốc báo cáo thi đua", "clerk0@konplong.example")
    assert letter.get_content().strip() == "1. Chưa gửi báo cáo."
    assert letter["Message-ID"].endswith("@thi-dua>")
    assert Mail.objects.get().state == "sent"


def test_who_has_no_address_gets_none_and_a_key_writes_once(world: World, postbox: Postbox):
    assert write(world, "clerk0", "clerk1") == ["clerk0@konplong.example"]
    write(world, "clerk0")

    assert Mail.objects.count() == 1


def test_without_a_mail_server_nothing_is_written(world: World, settings):
    settings.EMAIL_HOST = ""

    assert write(world, "clerk0") == []
    assert send_due_mail() == (0, 0)
    assert not Mail.objects.exists()


def test_while_the_server_is_away_the_letter_waits_and_goes_later(world: World, postbox: Postbox, settings, caplog):
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    write(world, "clerk0")

    assert send_due_mail() == (0, 1)
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.next_try_at) == ("waiting", 1, MOMENT + timedelta(minutes=1))
    assert mail.last_fault
    assert "clerk0@konplong.example" in caplog.text

    settings.EMAIL_PORT = right
    assert send_due_mail() == (0, 0)
    with clock.set_to(MOMENT + timedelta(minutes=1)):
        assert send_due_mail() == (1, 0)
    assert len(postbox.letters) == 1


def test_one_refused_address_holds_up_no_other(world: World, postbox: Postbox):
    postbox.refuses = "clerk0@konplong.example"
    write(world, "clerk0", "head0")

    assert send_due_mail() == (1, 1)
    assert [letter["To"] for letter in postbox.letters] == ["head0@konplong.example"]


def test_a_letter_that_a_process_took_and_left_is_sent_by_the_next(world: World, postbox: Postbox):
    write(world, "clerk0")
    Mail.objects.update(state="claimed", claimed_until=MOMENT + timedelta(minutes=10))

    assert send_due_mail() == (0, 0)
    with clock.set_to(MOMENT + timedelta(minutes=10)):
        assert send_due_mail() == (1, 0)


def test_after_many_tries_a_person_looks_at_it_and_sends_it_again(world: World, postbox: Postbox, settings):
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    write(world, "clerk0")
    Mail.objects.update(attempts=MOST_ATTEMPTS - 1)
    send_due_mail()
    assert Mail.objects.get().state == "given_up"

    settings.EMAIL_PORT = right
    assert send_again(Mail.objects.all(), campaign=world.campaign, by=world.people["coordinator"]) == 1
    assert send_due_mail() == (1, 0)
