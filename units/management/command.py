"""The command of the house: Vietnamese help from the first line to the last, errors in one line."""

from __future__ import annotations

import argparse
import re
from functools import partial
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter

#: Django's own options that an office uses, in its words; the others work too but are not listed.
DJANGO_OPTIONS = {
    "help": "Hiện phần hướng dẫn này rồi kết thúc.",
    "verbosity": "Mức chi tiết của lời báo: 0 (không báo), 1 (thường), 2, 3.",
    "traceback": "In cả vết lỗi, để gửi cho người phát triển.",
}
#: What argparse says of a wrong line, and how the house says it.
SENTENCES = (
    (r"the following arguments are required: (.*)", r"Thiếu: \1."),
    (r"unrecognized arguments: (.*)", r"Không hiểu phần: \1."),
    (
        r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)",
        r"\1: không có lựa chọn “\2”; chọn: \3.",
    ),
    (r"argument (\S+): invalid \S+ value: '(.*)'", r"\1: “\2” không đúng dạng."),
    (r"argument (\S+): expected .*", r"\1: thiếu giá trị đi kèm."),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 và \2 không dùng cùng nhau."),
    (r"one of the arguments (.*) is required", r"Phải có một trong: \1."),
)


class _HelpFormatter(DjangoHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Command(BaseCommand):
    """A command whose help and complaints, headings included, can be read by an office."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser with Vietnamese words, showing of Django's options only those that an office uses."""
        parser = super().create_parser(prog_name, subcommand, **{"formatter_class": _HelpFormatter, **kwargs})
        parser._positionals.title = "Phải ghi"
        parser._optionals.title = "Có thể thêm"
        own = self._own_options()
        for action in parser._actions:
            if action.dest in DJANGO_OPTIONS:
                action.help = DJANGO_OPTIONS[action.dest]
            elif action.dest not in own:
                action.help = argparse.SUPPRESS
        # Django makes its own kind of parser; only what it does with a wrong line is ours.
        setattr(parser, "error", partial(_refuse, parser))  # noqa: B010
        return parser

    def _own_options(self) -> set[str]:
        """What the command itself asks, without what Django adds to every command."""
        bare = CommandParser()
        self.add_arguments(bare)
        return {action.dest for action in bare._actions}


def in_vietnamese(message: str) -> str:
    """A complaint of argparse in a Vietnamese sentence; one that is not known stays as it is."""
    for pattern, sentence in SENTENCES:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, sentence, message)
    return message


def _refuse(parser: CommandParser, message: str) -> NoReturn:
    """One line and exit status 2; a call from Python gets the error instead."""
    if not parser.called_from_command_line:
        raise CommandError(in_vietnamese(message))
    parser.exit(2, f"{in_vietnamese(message)} Xem: {parser.prog} --help\n")
