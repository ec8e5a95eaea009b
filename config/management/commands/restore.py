"""`manage.py restore FILE`: put an archive of `backup` back, on either engine."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from config.archive.parts import ArchiveError
from config.archive.restoring import restore_archive
from units.management import command as base


class Command(base.Command):
    """Checks the archive whole before it changes anything."""

    help = "Khôi phục từ tệp sao lưu: kiểm tra toàn bộ trước, rồi thay dữ liệu trong một lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="Tệp do lệnh backup ghi ra.")
        parser.add_argument("--yes", action="store_true", help="Thay cả khi cơ sở dữ liệu đang có dữ liệu.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore it, and say what came back."""
        call_command("migrate", verbosity=0, interactive=False)
        try:
            contents = restore_archive(options["file"], over_existing=options["yes"])
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã khôi phục {contents.rows} dòng và {contents.files} tệp. Mọi người đăng nhập lại.")
