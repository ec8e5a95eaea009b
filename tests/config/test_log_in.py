"""Coming in and staying in: the lock-out after wrong passwords and the end of an idle session."""

import time

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client, override_settings
from django_session_timeout.middleware import SESSION_TIMEOUT_KEY

from config.lockout import LOCKED_OUT, client_address
from units.models import User

pytestmark = pytest.mark.django_db
LOG_IN = "/dang-nhap/"
PASSWORD = "mat-khau-de-thu"


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("hieu", PASSWORD, full_name="Người nhập của xã Hiếu")


def log_in(client: Client, password: str, username: str = "hieu", address: str = "10.0.0.1") -> int:
    return client.post(LOG_IN, {"username": username, "password": password}, REMOTE_ADDR=address).status_code


def try_in_vain(client: Client, address: str = "10.0.0.1") -> list[int]:
    return [log_in(client, "sai", address=address) for _ in range(settings.AXES_FAILURE_LIMIT)]


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client: Client, clerk: User):
    try_in_vain(client)

    response = client.post(LOG_IN, {"username": "hieu", "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")

    assert response.status_code == 429
    assert LOCKED_OUT in response.text
    assert "_auth_user_id" not in client.session


def test_the_lock_holds_for_that_name_from_that_address_only(client: Client, clerk: User):
    User.objects.create_user("poe", PASSWORD, full_name="Người nhập của xã Pờ Ê")
    try_in_vain(client)

    assert log_in(Client(), PASSWORD, address="10.0.0.2") == 302
    assert log_in(Client(), PASSWORD, username="poe") == 302


def test_a_right_password_forgets_the_wrong_ones(clerk: User):
    for client in (Client(), Client()):
        assert [log_in(client, "sai") for _ in range(settings.AXES_FAILURE_LIMIT - 1)] == [200] * 4
        assert log_in(client, PASSWORD) == 302


def test_a_made_up_forwarding_header_does_not_open_the_lock(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9"}, REMOTE_ADDR="127.0.0.1")

    settings.PROXY_COUNT = 0
    assert client_address(request) == "127.0.0.1"
    settings.PROXY_COUNT = 1
    assert client_address(request) == "203.0.113.9"


def test_passwords_are_kept_with_argon2():
    from config.settings import PASSWORD_HASHERS

    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"


@pytest.fixture
def logged_in(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    client.get("/doi-mat-khau/")
    return client


def seen(client: Client, seconds_ago: float) -> float:
    session = client.session
    session[SESSION_TIMEOUT_KEY] = time.time() - seconds_ago
    session.save()
    return session[SESSION_TIMEOUT_KEY]


def test_an_idle_session_ends_and_the_person_comes_back_to_the_page(logged_in: Client):
    seen(logged_in, settings.SESSION_EXPIRE_SECONDS + 1)

    response = logged_in.get("/doi-mat-khau/")

    assert response.headers["Location"] == "/dang-nhap/?next=/doi-mat-khau/"
    assert "_auth_user_id" not in logged_in.session


def test_the_idle_stamp_is_written_at_most_every_five_minutes(logged_in: Client):
    stamp = seen(logged_in, 4 * 60)
    logged_in.get("/doi-mat-khau/")
    assert logged_in.session[SESSION_TIMEOUT_KEY] == stamp

    stamp = seen(logged_in, 6 * 60)
    logged_in.get("/doi-mat-khau/")
    assert logged_in.session[SESSION_TIMEOUT_KEY] > stamp
