"""`manage.py backup FILE`: database and uploaded files in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.archive.parts import ArchiveError
from config.archive.writing import write_archive
from units.management import command as base


class Command(base.Command):
    """Writes the archive; people may go on working meanwhile."""

    help = "Sao lưu cơ sở dữ liệu và tệp đã tải lên vào một tệp; không cần dừng chương trình."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="Tệp sẽ ghi, ví dụ sao-luu-2024-11-15.zip.")
        parser.add_argument("--yes", action="store_true", help="Ghi đè nếu tệp đã có.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say what is in it."""
        path: Path = options["file"]
        if path.exists() and not options["yes"]:
            raise CommandError(f"“{path}” đã có. Chọn tên khác, hoặc thêm --yes để ghi đè.")
        try:
            contents = write_archive(path)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã sao lưu {contents.rows} dòng và {contents.files} tệp vào “{path}”.")
