"""`manage.py check_totals`: are the stored totals those that a fresh computation gives?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from campaign.models import Campaign
from indicators.services.totals import differences
from units.management import command as base


class Command(base.Command):
    """Reads only; an exit status other than zero says that something differs."""

    help = "Tính lại mọi số tổng hợp và so với số đang lưu; in các chỗ sai khác. Không ghi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--campaign", metavar="KHÓA", help="Khóa của một phong trào; mặc định là tất cả.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, campaign by campaign."""
        campaigns = Campaign.objects.launched().order_by("key")
        if options["campaign"]:
            campaigns = campaigns.filter(key=options["campaign"])
            if not campaigns.exists():
                raise CommandError(f"Không có phong trào đã phát động mang khóa “{options['campaign']}”.")
        found = 0
        for campaign in campaigns:
            lines = differences(campaign)
            found += len(lines)
            self.stdout.write(f"{campaign.key}: {len(lines)} sai khác")
            for line in lines:
                self.stdout.write(f"  {line}")
        if found:
            raise CommandError(f"Có {found} số tổng hợp sai khác; hãy báo người phụ trách chương trình.")
