"""`manage.py generate`: a made-up campaign of any size, for measuring and for trying out."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from config.generate.build import Generated, generate
from config.generate.bulk import Tell
from config.generate.sizes import SIZES
from units.management import command as base
from vietnamese.numbers import format_number

QUIET_SECONDS = 5
REAL_OFFICE = (
    "Đây là cấu hình của máy dùng thật (DEBUG=0, DEMO=0). Dữ liệu phát sinh không xóa lại được từng phần. "
    "Nếu đúng là máy để đo thử thì thêm --yes."
)


class Command(base.Command):
    """Generates a campaign of the real one's shape."""

    help = (
        "Phát sinh một phong trào giả có cùng hình dạng với phong trào thật (đơn vị, chỉ tiêu, kỳ, số liệu, tổng hợp, "
        "tài khoản) để đo tốc độ và để thử. Cùng --size và --seed thì cho cùng dữ liệu."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        sizes = ", ".join(f"{one.name} ({one.units} × {one.indicators} × {one.periods})" for one in SIZES.values())
        parser.add_argument("--size", choices=SIZES, default="small", help=f"Cỡ: {sizes}.")
        parser.add_argument("--units", type=int, help="Số đơn vị báo cáo, thay cho số của cỡ.")
        parser.add_argument("--indicators", type=int, help="Số chỉ tiêu, thay cho số của cỡ.")
        parser.add_argument("--periods", type=int, help="Số kỳ báo cáo, thay cho số của cỡ.")
        parser.add_argument("--campaigns", type=int, help="Số phong trào (chỉ PostgreSQL), thay cho số của cỡ.")
        parser.add_argument("--seed", type=int, default=1, help="Số gieo: số khác cho dữ liệu khác.")
        parser.add_argument(
            "--password", help="Mật khẩu chung của các tài khoản; bỏ trống thì không ai đăng nhập được."
        )
        parser.add_argument("--yes", action="store_true", help="Vẫn làm trên cấu hình của máy dùng thật.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Generate, and say what there is now."""
        if not (settings.DEBUG or settings.DEMO or options["yes"]):
            raise CommandError(REAL_OFFICE)
        numbers = {name: options[name] for name in ("units", "indicators", "periods", "campaigns")}
        if any(number is not None and number < 1 for number in numbers.values()):
            raise CommandError("Số đơn vị, chỉ tiêu, kỳ và phong trào phải từ 1 trở lên.")
        size = SIZES[options["size"]].with_changes(**numbers)
        begun = time.perf_counter()
        try:
            made = generate(size, seed=options["seed"], password=options["password"], tell=self._tell(begun))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(
            f"Đã phát sinh “{made.campaign}”: {size.units} đơn vị × {size.indicators} chỉ tiêu × {size.periods} kỳ"
            + (f" × {size.campaigns} phong trào" if size.campaigns > 1 else "")
            + f" = {format_number(size.figures)} số liệu, trong {time.perf_counter() - begun:.1f} giây."
        )
        self._tell_accounts(made, has_password=bool(options["password"]))

    def _tell(self, begun: float) -> Tell:
        """Says how far it is, at most every five seconds; a small campaign is there before the first line."""
        last = [begun]

        def tell(line: str) -> None:
            now = time.perf_counter()
            if now - last[0] >= QUIET_SECONDS:
                last[0] = now
                self.stdout.write(f"  {now - begun:6.1f} s  {line}")
                self.stdout.flush()

        return tell

    def _tell_accounts(self, made: Generated, *, has_password: bool) -> None:
        """One log-in of each kind."""
        ground = made.ground
        above = [made.superior] if made.superior else []
        for user in [ground.clerks[0], ground.heads[0], ground.reviewers[0], *ground.office.values(), *above]:
            self.stdout.write(f"  {user.username}  {user.full_name}")
        if not has_password:
            self.stdout.write("  Các tài khoản này chưa có mật khẩu nên chưa đăng nhập được (--password để đặt).")
