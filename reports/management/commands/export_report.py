"""`manage.py export_report CAMPAIGN PERIOD --format xlsx|pdf --basis … --out FILE`: a period's summary, for cron."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from campaign.models import Campaign, Period
from reports.services import files as services
from reports.tables.frame import BASES, SLUGS, current_period
from units import clock
from units.management import command as base

NEWEST = "moi-nhat"


class Command(base.Command):
    """Writes the file in one piece; an older one stays as it is until the new one is ready."""

    help = (
        "Lập biểu tổng hợp (Excel) hoặc báo cáo (PDF) của một kỳ và ghi ra tệp. "
        f"Ví dụ: manage.py export_report thi-dua-2026 5 --format pdf --basis {SLUGS['official']} --out bao-cao.pdf"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("campaign", help="Khóa của phong trào, ví dụ thi-dua-2026.")
        parser.add_argument(
            "period", help=f"Thứ tự của kỳ (1, 2 …), tên của kỳ (Tháng 8/2024), hoặc {NEWEST}: kỳ gần nhất đã khép."
        )
        parser.add_argument(
            "--format", choices=services.FORMS, default=services.XLSX, help="Loại tệp: xlsx, pdf hoặc docx."
        )
        parser.add_argument(
            "--basis",
            choices=sorted(BASES),
            default=SLUGS["sent"],
            help="Số liệu tạm tính (đã gửi) hoặc chính thức (đã tiếp nhận).",
        )
        parser.add_argument("--out", type=Path, required=True, help="Tệp ghi ra.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the file and say where it is."""
        campaign = self._campaign(options["campaign"])
        period = self._period(campaign, options["period"])
        target: Path = options["out"]
        if not target.parent.is_dir():
            raise CommandError(f"Không có thư mục “{target.parent}”. Tạo thư mục rồi chạy lại.")
        basis, form = BASES[options["basis"]], options["format"]
        file = services.summary_file(campaign, period, basis=basis, form=form, by=None)
        half = target.with_name(f".{target.name}.tam")
        try:
            half.write_bytes(file.content)
            half.replace(target)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise CommandError(f"Không ghi được tệp “{target}”: {error.strerror}.") from None
        self.stdout.write(f"Đã ghi {target} ({period.name}, {options['basis']}, {len(file.content) // 1024 + 1} kB).")

    def _campaign(self, key: str) -> Campaign:
        """The launched campaign of this key."""
        rows = Campaign.objects.launched().select_related("authority__kind", "standing_body__kind")
        campaign = rows.filter(key=key).first()
        if campaign is None:
            known = ", ".join(rows.order_by("key").values_list("key", flat=True)) or "chưa có"
            raise CommandError(f"Không có phong trào đã phát động nào có khóa “{key}”. Các khóa: {known}.")
        return campaign

    def _period(self, campaign: Campaign, wanted: str) -> Period:
        """The period by number, by name, or the newest that is closed."""
        periods = list(campaign.periods.summed().order_by("number"))
        found = (
            current_period(periods, clock.today())
            if wanted == NEWEST
            else next((one for one in periods if wanted in (str(one.number), one.name)), None)
        )
        if found is None:
            known = ", ".join(f"{one.number} ({one.name})" for one in periods)
            raise CommandError(f"Không có kỳ “{wanted}”. Các kỳ: {known}.")
        return found
