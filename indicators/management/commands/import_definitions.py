"""`manage.py import_definitions KEY file.xlsx`: the definitions of a campaign in preparation out of a workbook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError

from campaign.models import Campaign
from indicators.imports.definition_import import (
    export_definitions,
    import_definitions,
    preview_definitions,
)
from indicators.imports.definition_marking import marked_workbook
from units.management import command as base
from units.models import User


class Command(base.Command):
    """Takes a workbook of definitions in, or gives it out; the same door as the page."""

    help = (
        "Nạp bảng định nghĩa (nội dung, chỉ tiêu, đơn vị, phân giao, số giao, lộ trình, số đầu kỳ) từ tệp Excel vào "
        "phong trào đang chuẩn bị. Có một ô sai thì không ghi gì. Với --take-down: ghi bảng hiện có ra tệp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("campaign", help="Khóa của phong trào.")
        parser.add_argument("file", type=Path, help="Tệp Excel (.xlsx).")
        parser.add_argument("--as", dest="username", default="", help="Tên đăng nhập của người ghi.")
        parser.add_argument("--check", action="store_true", help="Chỉ xem thay đổi, không ghi.")
        parser.add_argument("--take-down", action="store_true", help="Ghi bảng định nghĩa hiện có ra tệp.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, then write or say where the faults are."""
        campaign = Campaign.objects.filter(key=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có phong trào “{options['campaign']}”.")
        file: Path = options["file"]
        if options["take_down"]:
            file.write_bytes(export_definitions(campaign))
            self.stdout.write(f"Đã ghi bảng định nghĩa của “{campaign}” ra {file}.")
            return
        try:
            content = file.read_bytes()
            preview = preview_definitions(campaign, content)
        except OSError as error:
            raise CommandError(f"Không mở được tệp {file}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for remark in preview.remarks:
            self.stdout.write(f"Nên xem lại. {remark.words}")
        if preview.faults:
            marked = file.with_name(f"{file.stem}-danh-dau-loi.xlsx")
            marked.write_bytes(marked_workbook(content, preview.faults, preview.remarks))
            lines = "\n".join(fault.words for fault in preview.faults)
            raise CommandError(f"{lines}\nChưa ghi gì; tệp có tô đỏ các ô ấy: {marked}.")
        for sheet in preview.sheets:
            self.stdout.write(f"  {sheet.name}: {sheet.words}")
        if not options["check"]:
            self._write(campaign, content, options["username"])
        done = "Chưa ghi gì (--check)." if options["check"] else f"Đã ghi {len(preview.changes)} dòng."
        self.stdout.write(done if preview.changes else "Tệp không khác gì định nghĩa trên chương trình.")

    def _write(self, campaign: Campaign, content: bytes, username: str) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError("Nêu người ghi bằng --as và tên đăng nhập.")
        try:
            import_definitions(campaign, content, by=user)
        except (ValidationError, PermissionDenied) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
