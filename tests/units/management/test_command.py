"""Every command of the program explains itself and complains in Vietnamese."""

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from units.management.command import in_vietnamese

OURS = ("config", "units", "campaign", "indicators", "followup", "reports")
COMMANDS = sorted(name for name, app in get_commands().items() if app in OURS)
FOREIGN = ("usage:", "options:", "positional arguments", "show this help", "required:")


def test_commands_are_found():
    assert {"backup", "restore", "export_report", "check_totals"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_vietnamese_throughout(name):
    command = load_command_class(get_commands()[name], name)
    text = command.create_parser("manage.py", name).format_help()

    assert "Cách dùng:" in text
    assert [word for word in FOREIGN if word in text] == []
    unexplained = [action.dest for action in command.create_parser("manage.py", name)._actions if not action.help]
    assert unexplained == []


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("the following arguments are required: --out", "Thiếu: --out."),
        ("unrecognized arguments: --sai", "Không hiểu phần: --sai."),
        (
            "argument --format: invalid choice: 'doc' (choose from 'xlsx', 'pdf')",
            "--format: không có lựa chọn “doc”; chọn: 'xlsx', 'pdf'.",
        ),
        ("argument --rounds: invalid int value: 'ba'", "--rounds: “ba” không đúng dạng."),
        ("argument --out: expected one argument", "--out: thiếu giá trị đi kèm."),
    ],
)
def test_complaints_are_vietnamese(message, sentence):
    assert in_vietnamese(message) == sentence


def test_a_wrong_line_is_one_sentence():
    with pytest.raises(CommandError, match="Thiếu: campaign, period, --out"):
        call_command("export_report")
