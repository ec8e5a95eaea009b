"""The audit trail in words: every event that the program writes has its Vietnamese name."""

import ast
from pathlib import Path

import pytest

from campaign.rules.workflow import MOVES
from followup.rules import explanations, obstacles
from units.rules.acts import ACTS, act_words

ROOT = Path(__file__).resolve().parents[2]
APPS = ("units", "campaign", "indicators", "followup", "reports", "config")


def written_events() -> set[str]:
    """The literal first argument of every ``record_act``."""
    found: set[str] = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record_act" and call.args:
                    found |= {
                        node.value
                        for node in ast.walk(call.args[0])
                        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value[-1:].isalpha()
                    }
    return found


def test_every_event_that_is_written_has_words():
    moves = [MOVES, obstacles.STEPS, explanations.STEPS]
    tables = {move.audit_event for table in moves for move in table.values()}

    assert len(written_events()) > 60
    assert {one for one in written_events() | tables if "." in one} - ACTS.keys() - {"_asked"} == set()


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("submission.received", "Tiếp nhận báo cáo tháng"),
        ("admin.user.changed", "Sửa: tài khoản"),
        ("admin.khac.deleted", "Xóa: khac"),
        ("something.new", "something.new"),
    ],
)
def test_an_event_is_read_in_words(event: str, words: str):
    assert act_words(event, {"user": "tài khoản"}) == words
