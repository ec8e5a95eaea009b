"""`manage.py replay_demo`: demo accounts, launch and dated acts, up to the assumed day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from config.demo.cells import DemoError
from config.demo.people import demo_password, shown_log_ins
from config.demo.replay import replay
from units.management import command as base


class Command(base.Command):
    """Replays what has not been replayed yet; a second run changes nothing."""

    help = (
        "Nạp dữ liệu minh họa: tài khoản dùng thử, phát động phong trào và các việc có ngày tháng đến ngày giả định. "
        "Chạy lại thì làm tiếp; muốn lùi ngày thì `make reset` trước. Chỉ chạy khi DEMO=1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="Đến hết ngày nào; mặc định là ASSUMED_DATE.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, and print the accounts."""
        try:
            done = replay(_day(options["until"]))
        except DemoError as fault:
            raise CommandError(str(fault)) from None
        if not options["verbosity"]:
            return
        self.stdout.write(f"Dữ liệu minh họa đến {done.until:%H:%M ngày %d/%m/%Y}: thêm {done.acts} việc.")
        if done.skipped:
            self.stdout.write(f"Bỏ qua {len(done.skipped)} việc không còn khớp với những gì đã thao tác trên bản này.")
        self.stdout.write(f"Tài khoản dùng thử (mật khẩu chung: {demo_password()}):")
        for username, name in shown_log_ins():
            self.stdout.write(f"  {username:<14}{name}")


def _day(written: str | None) -> date:
    """The day asked for, else the assumed one."""
    if written is None:
        if settings.ASSUMED_DATE is None:
            raise CommandError("Dữ liệu minh họa chỉ nạp được khi DEMO=1; máy chạy thật không nạp.")
        return settings.ASSUMED_DATE
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CommandError(f"Ngày “{written}” không đọc được. Viết như 2024-11-15.") from None
