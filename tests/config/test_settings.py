"""The settings of an installation: every variable is in .env.example, and production stands without a warning."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "khong-dung-cho-may-that-chi-de-kiem-tra-cau-hinh-0123456789",
    "DEBUG": "0",
    "DEMO": "0",
    "HTTPS": "",
    "DATABASE_URL": "",
}


def manage(*arguments: str, tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as an office's machine would, with nothing of ours in the environment."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= PRODUCTION | {"DATA_DIR": str(tmp_path)} | changes
    environment = {
        name: value for name, value in environment.items() if value or name in ("DATABASE_URL", "SECRET_KEY")
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_the_example_names_every_variable_that_is_read_and_no_other():
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "config" / "settings.py").read_text()))
    named = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(named) == sorted(read)


def test_production_has_nothing_to_be_warned_of(tmp_path):
    answer = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)

    assert answer.returncode == 0, answer.stderr


def test_production_does_not_start_without_a_secret_key(tmp_path):
    answer = manage("check", tmp_path=tmp_path, SECRET_KEY="")

    assert answer.returncode == 1
    assert answer.stderr.strip().splitlines() == [
        "Thiếu SECRET_KEY. Đặt biến môi trường SECRET_KEY (xem .env.example) rồi chạy lại."
    ]


def test_a_demo_makes_a_key_of_its_own_and_keeps_it_to_itself(tmp_path):
    for _ in range(2):
        assert manage("check", tmp_path=tmp_path, SECRET_KEY="", DEMO="1").returncode == 0

    kept = tmp_path / "secret-key"
    assert len(kept.read_text()) == 50
    assert kept.stat().st_mode & 0o777 == 0o600


def test_an_assumed_date_that_cannot_be_read_is_told_in_one_line(tmp_path):
    answer = manage("check", tmp_path=tmp_path, DEMO="1", ASSUMED_DATE="19/11/2024")

    assert answer.returncode == 1
    assert answer.stderr.strip().splitlines() == ["Ngày giả định “19/11/2024” không đọc được. Viết như 2024-11-15."]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("settings.DATABASES['default']['ENGINE']", "config.sqlite"),
        ("settings.DATABASES['default']['OPTIONS']['transaction_mode']", "IMMEDIATE"),
        ("'synchronous=FULL' in settings.DATABASES['default']['OPTIONS']['init_command']", "True"),
        ("settings.DATABASES['default'].get('ATOMIC_REQUESTS', False)", "False"),
        ("settings.ASSUMED_DATE", "None"),
        ("settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT", "True"),
        ("settings.AUTH_USER_MODEL, settings.LANGUAGE_CODE, settings.USE_TZ", "units.User vi True"),
    ],
)
def test_an_office_without_a_database_server_stands_on_a_careful_sqlite(tmp_path, expression, expected):
    program = f"from django.conf import settings; print({expression})"

    assert manage("shell", "--no-imports", "-c", program, tmp_path=tmp_path).stdout.strip() == expected


def test_postgresql_is_used_where_it_is_named(tmp_path):
    program = "from django.conf import settings; d = settings.DATABASES['default']; print(d['ENGINE'], d['NAME'])"

    answer = manage(
        *("shell", "--no-imports", "-c", program),
        tmp_path=tmp_path,
        DATABASE_URL="postgres://thidua:mat-khau@127.0.0.1:5432/thidua",
    )

    assert answer.stdout.strip() == "django.db.backends.postgresql thidua"


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_lock_files_hold_hashes_and_no_address(lock):
    text = (ROOT / "config" / "requirements" / f"{lock}.txt").read_text()

    assert not re.search(r"://|--(index-url|extra-index-url|find-links|trusted-host)|^#", text, re.MULTILINE)
    packages = re.findall(r"^[a-z0-9][\w.-]*==.*$", text, re.MULTILINE)
    assert packages
    assert all(package.endswith("\\") for package in packages)


def test_everything_that_runs_is_tested_in_the_same_version():
    def versions(lock: str) -> set[str]:
        text = (ROOT / "config" / "requirements" / f"{lock}.txt").read_text()
        return set(re.findall(r"^[a-z0-9][\w.-]*==[^ ]+", text, re.MULTILINE))

    assert versions("run") <= versions("dev")
