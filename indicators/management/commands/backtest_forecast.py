"""`manage.py backtest_forecast`: how good the forecast is, tried on made-up years against simpler ways."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from indicators.rules.backtest import backtest
from indicators.tables.forecast_record import RecordTexts, keep_record, kept_record, record_texts
from units.management import command as base

FEWEST, MOST = 50, 20_000


class Command(base.Command):
    """Pure arithmetic: no database is read."""

    help = (
        "Thử cách dự báo trên các năm giả định mà nó không biết trước (một phần ba có lộ trình sai), so với đường "
        "thẳng, màu cố định 70/90 % và đoán theo tỷ lệ chung. In tỷ lệ đoán đúng, điểm Brier (càng nhỏ càng tốt) và "
        "tỷ lệ khoảng dự báo 80 % chứa kết quả. Không đọc, không ghi cơ sở dữ liệu."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; numbers are read below, so that a wrong one is told in one line."""
        parser.add_argument("--years", default="600", metavar="SỐ", help="Số năm giả định; mặc định 600.")
        parser.add_argument("--seed", default="1", metavar="SỐ", help="Số gieo: số khác cho các năm khác; mặc định 1.")
        parser.add_argument("--kept", action="store_true", help="Chỉ in kết quả đã lưu kèm chương trình.")
        parser.add_argument(
            "--record", action="store_true", help="Lưu kết quả kèm chương trình để trang dự báo hiện ra."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Try, print, and keep where asked to."""
        if options["kept"]:
            self._print(record_texts(kept_record()))
            return
        years = _number(options["years"], "--years", FEWEST, MOST)
        record = backtest(years, _number(options["seed"], "--seed", 0, 10**9))
        self._print(record_texts(record))
        if options["record"]:
            keep_record(record)
            self.stdout.write("Đã lưu kết quả kèm chương trình.")

    def _print(self, texts: RecordTexts) -> None:
        self.stdout.write(texts.head)
        for group in texts.groups:
            self.stdout.write(f"\n{group.name} ({group.cases} lần dự báo)")
            self.stdout.write(f"  {'Cách':<24}{'đoán đúng':>10}{'Brier':>9}{'khoảng chứa':>14}")
            for row in group.rows:
                best = "  ← tốt nhất" if row.is_best else ""
                self.stdout.write(f"  {row.method:<24}{row.hits:>10}{row.brier:>9}{row.coverage:>14}{best}")
        self.stdout.write("")
        for finding in texts.findings:
            self.stdout.write(f"- {finding}")


def _number(text: str, option: str, least: int, most: int) -> int:
    """A whole number within bounds, or one line saying what is wrong."""
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise CommandError(f"{option} phải là số nguyên từ {least} đến {most}, không phải “{text}”.")
    return int(text)
