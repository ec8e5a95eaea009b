"""What a process has in its hands is told by the system and ends with the process, however that ends."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings

from units import hands

HOLDER = """
import sys
from django.conf import settings
settings.configure(DATA_DIR=sys.argv[1])
from units import hands
with hands.taken("part-1") as is_mine, hands.present("worker"):
    print(is_mine, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_what_one_has_another_does_not_get_until_it_is_let_go():
    with hands.taken("part-1") as mine, hands.taken("part-1") as theirs, hands.taken("part-2") as other:
        assert (mine, theirs, other) == (True, False, True)
        assert hands.is_held("part-1")
    assert not hands.is_held("part-1")
    with hands.taken("part-1") as again:
        assert again


def test_several_may_be_present_in_one_role():
    assert not hands.is_held("worker")
    with hands.present("worker"), hands.present("worker"):
        assert hands.is_held("worker")
    assert not hands.is_held("worker")


def test_nothing_stays_behind_when_a_thing_is_let_go(tmp_path):
    with hands.taken("part-1"):
        pass
    assert list((tmp_path / "hands").iterdir()) == []


def test_whoever_only_looks_takes_nothing_away():
    assert not hands.is_held("part-1")
    with hands.taken("part-1") as mine:
        assert mine
        assert hands.is_held("part-1")
        assert hands.is_held("part-1")


def test_a_process_that_is_killed_has_nothing_any_more(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert (hands.is_held("part-1"), hands.is_held("worker")) == (True, True)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert (hands.is_held("part-1"), hands.is_held("worker")) == (False, False)
        with hands.taken("part-1") as mine:
            assert mine
