"""What every request passes: a read cannot write, an error becomes a sentence, a private page is not kept."""

import pytest
from django.test import Client

from config.middleware import LOST_RACE, WriteDuringRead
from config.views import BAD_REQUEST
from units.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.pages")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("hieu", "mat-khau-de-thu", full_name="Người nhập của xã Hiếu")


def test_a_post_may_write(client: Client, clerk: User):
    assert client.post("/thu/ghi/").status_code == 200
    clerk.refresh_from_db()
    assert clerk.full_name == "Đã đổi"


def test_a_refused_form_leads_back_to_its_page_and_nowhere_else(client: Client):
    page = "http://testserver/xac-nhan/1/1/"

    assert f'href="{page}"' in client.post("/thu/tu-choi/sai/", headers={"Referer": page}).text
    assert "la.example" not in client.post("/thu/tu-choi/sai/", headers={"Referer": "http://la.example/"}).text


@pytest.mark.urls("config.urls")
def test_a_form_sent_to_a_strange_name_is_refused_and_no_fault_of_the_program(client: Client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = client.post("/dang-nhap/", headers={"Host": "la.example", "Referer": "http://la.example/"})

    assert answer.status_code == 400
    assert BAD_REQUEST in answer.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/thu/ghi/", "/thu/ghi-tay/", "/thu/ghi-khi-ve/"])
def test_a_get_that_writes_fails_loudly_and_changes_nothing(client: Client, clerk: User, address: str):
    with pytest.raises(WriteDuringRead):
        client.get(address)

    clerk.refresh_from_db()
    assert clerk.full_name == "Người nhập của xã Hiếu"


def test_a_streamed_body_may_read_but_not_write(client: Client, clerk: User):
    body = iter(client.get("/thu/ghi-khi-truyen/").streaming_content)  # type: ignore[attr-defined]

    assert next(body) == b"1 "
    with pytest.raises(WriteDuringRead):
        next(body)


def test_between_two_streamed_pieces_the_connection_may_write_again(client: Client, clerk: User):
    body = iter(client.get("/thu/ghi-khi-truyen/").streaming_content)  # type: ignore[attr-defined]
    next(body)

    User.objects.update(full_name="Ghi giữa chừng")

    clerk.refresh_from_db()
    assert clerk.full_name == "Ghi giữa chừng"


def test_a_get_may_read_in_a_transaction_and_a_savepoint(client: Client, clerk: User):
    assert client.get("/thu/doc/").content == b"1"


@pytest.mark.parametrize(
    ("how", "status", "sentences"),
    [
        ("sai", 422, ["Thiếu lý do.", "Số phải từ 0 trở lên."]),
        ("cam", 403, ["Bạn đã nhập số này nên không tự xác nhận được."]),
        ("cham", 409, ["Chị Hoa vừa sửa số này lúc 16:42."]),
        ("rang-buoc", 409, [LOST_RACE]),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_what_a_service_raises_is_answered_in_its_words(client: Client, how, status, sentences, headers):
    response = client.post(f"/thu/tu-choi/{how}/", headers=headers)

    assert response.status_code == status
    assert response.context["sentences"] == sentences
    assert all(sentence in response.text for sentence in sentences)
    assert ("<html" in response.text) is not bool(headers)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_has_just_written_is_a_lost_race(client: Client, clerk: User):
    assert client.post("/thu/tu-choi/trung/", headers=HTMX).status_code == 409


def test_a_bug_falls_loudly(client: Client):
    with pytest.raises(ZeroDivisionError):
        client.post("/thu/tu-choi/loi/")


def test_a_part_of_a_page_is_never_taken_for_the_page_nor_kept(client: Client, clerk: User):
    client.force_login(clerk)
    response = client.get("/thu/rieng/")

    assert response.content == "riêng".encode()
    assert {"HX-Request", "HX-Target", "Cookie"} <= {name.strip() for name in response.headers["Vary"].split(",")}
    assert "no-store" in response.headers["Cache-Control"]


def test_a_stranger_is_sent_to_log_in_and_comes_back(client: Client):
    response = client.get("/thu/rieng/")

    assert response.headers["Location"] == "/dang-nhap/?next=/thu/rieng/"


def test_when_the_session_has_ended_htmx_moves_the_window_not_a_part(client: Client):
    current = {**HTMX, "HX-Current-URL": "http://testserver/thu/rieng/"}
    response = client.get("/thu/rieng/", headers=current)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/dang-nhap/?next=/thu/rieng/"


def test_a_page_that_is_not_there_says_so_in_a_sentence(client: Client):
    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert "Không có trang này" in response.text


def test_the_browser_is_told_to_run_nothing_but_ours(client: Client):
    headers = client.get("/khong-co/").headers

    policy = {part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split(";")}
    assert policy == {
        "default-src": ["'none'"],
        **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "img", "connect", "font", "manifest", "worker")},
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
