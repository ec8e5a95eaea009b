"""`manage.py reorganise FILE`: decisions about units, carried out with all that follows from them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.loading.files import LoadError
from config.loading.reorganisations import load_reorganisations
from units.management import command as base


class Command(base.Command):
    """A second run changes nothing."""

    help = (
        "Thực hiện việc sắp xếp đơn vị theo tệp JSON (đổi tên, sáp nhập, chia tách, kết thúc): đơn vị, người dùng, "
        "báo cáo còn phải gửi. Có lỗi ở bất cứ chỗ nào thì không ghi gì; chạy lại không sinh trùng."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="Ví dụ fixtures/reorganisations/2025-07-01.json.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Carry out, and say what was done."""
        try:
            done = load_reorganisations(file)
        except LoadError as fault:
            raise CommandError(str(fault)) from None
        if not options["verbosity"]:
            return
        for act, handed in done:
            self.stdout.write(f"{act}: từ {act.effective_on:%d/%m/%Y}.")
            for one in handed:
                start = f"từ {one.first}" if one.first else "không còn kỳ nào phải chuyển"
                self.stdout.write(f"  {one.campaign}: {start}; {one.rows} dòng phân giao, {one.reports} báo cáo.")
        self.stdout.write(f"Đã thực hiện {len(done)} lần sắp xếp.")
