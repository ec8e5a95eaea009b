"""`manage.py import_units FILE`: units with kinds, levels, codes and spellings out of the register's workbook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from units.imports.register import compare_register, read_register
from units.management import command as base
from units.services.register import keep_register


class Command(base.Command):
    """The same door as the page; a second run changes nothing."""

    help = (
        "Nạp đơn vị từ tệp Excel (.xlsx) hoặc CSV theo biểu mẫu ở trang Đơn vị. Có lỗi ở bất cứ ô nào thì không nạp gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="Tệp Excel hoặc CSV.")
        parser.add_argument("--dry-run", action="store_true", help="Chỉ xem thay đổi, không ghi.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        """Read, say what is wrong or what changes, keep."""
        try:
            register = compare_register(read_register(file.read_bytes()), user=None)
        except FileNotFoundError:
            raise CommandError(f"Không tìm thấy tệp {file}.") from None
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from None
        preview = register.preview
        if preview.faults:
            raise CommandError("\n".join(f"{fault.place}: {fault.sentence}" for fault in preview.faults))
        if options["verbosity"] > 1 or dry_run:
            for change in preview.changes:
                told = f" ({'; '.join(change.details)})" if change.details else ""
                self.stdout.write(f"  {'thêm' if change.is_new else 'sửa'} {change.subject}{told}")
        if preview.changes and not dry_run:
            keep_register(register.units, kinds=register.kinds, levels=register.levels, by=None)
        done = "sẽ thêm" if dry_run else "đã thêm"
        self.stdout.write(f"Đơn vị: {done} {preview.new}, sửa {preview.changed}, giữ nguyên {preview.same} dòng.")
