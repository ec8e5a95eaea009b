"""The server is killed while clerks save. Here a few times; `make bench ARGS="--only kill"` does it twenty times."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db  # the engine of this session; the server has a database of its own
def test_every_acknowledged_figure_outlives_the_server():
    command = [sys.executable, "manage.py", "bench", "--size=small", "--units=20", "--indicators=6", "--periods=1"]
    command += ["--rounds=1", "--only", "kill", "--engine", connection.vendor]
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": ""}
    answer = subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, timeout=900)

    assert answer.returncode == 0, answer.stderr
    assert "20 người đang lưu, máy chủ bị giết 3 lần: đạt" in answer.stdout
    assert "Số sai hoặc mất sau tất cả: đạt" in answer.stdout
