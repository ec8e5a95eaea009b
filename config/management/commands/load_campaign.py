"""`manage.py load_campaign [folder]`: units, calendar and campaign out of a folder, up to the launch."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from config.demo.script import ABOUT, read_json
from config.loading.campaign import load_campaign
from config.loading.files import LoadError
from units.management import command as base

CAMPAIGNS = Path(settings.BASE_DIR) / "fixtures" / "campaigns"


class Command(base.Command):
    """Loads a campaign; a second run changes nothing."""

    help = (
        "Nạp đơn vị, lịch nghỉ và phong trào thi đua từ một thư mục tệp JSON, đến trước bước phát động. "
        "Chạy lại nhiều lần không sinh trùng; có lỗi ở bất cứ tệp nào thì không nạp gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            help="Thư mục của phong trào; bỏ trống thì nạp phong trào của bản minh họa.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was done."""
        try:
            loaded = load_campaign(options["folder"] or CAMPAIGNS / read_json(ABOUT)["campaign"])
        except LoadError as fault:
            raise CommandError(str(fault)) from None
        if options["verbosity"] > 1:
            for line in loaded.tally.lines():
                self.stdout.write(f"  {line}")
        state = "đã phát động, giữ nguyên" if loaded.is_launched else "sẵn sàng để phát động"
        done = "không có gì thay đổi" if loaded.tally.is_unchanged else "đã nạp"
        self.stdout.write(f"Phong trào “{loaded.campaign}”: {done}; {state}.")
