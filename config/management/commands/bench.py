"""`manage.py bench`: how fast the program is beside the least that this machine could do."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from config.bench.names import NAMES, chosen
from config.bench.printing import remarks, table
from config.bench.result import LEAST_ROUNDS, Result
from config.generate.sizes import SIZES, Size
from units.management import command as base


class Command(base.Command):
    """Measures on scratch databases of its own; the office's data are never touched."""

    help = (
        "Đo tốc độ: mỗi việc chạy xen kẽ với “nền” (ít nhất máy này phải làm cho cùng số dòng), trên cơ sở dữ liệu "
        "tạm của riêng lệnh này, SQLite và PostgreSQL. Chỉ tỷ số trong cùng một lần đo mới có ý nghĩa."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--size", choices=SIZES, default="district", help="Cỡ của phong trào được đo.")
        parser.add_argument("--units", type=int, help="Số đơn vị, thay cho số của cỡ.")
        parser.add_argument("--indicators", type=int, help="Số chỉ tiêu, thay cho số của cỡ.")
        parser.add_argument("--periods", type=int, help="Số kỳ, thay cho số của cỡ.")
        parser.add_argument("--campaigns", type=int, help="Số phong trào (cỡ cả nước), thay cho số của cỡ.")
        parser.add_argument("--requests", type=int, default=600, help="Số yêu cầu của phép đo bộ nhớ (mixed).")
        parser.add_argument("--seed", type=int, default=1, help="Số gieo của dữ liệu phát sinh.")
        parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS, help="Số lượt đo sau hai lượt khởi động.")
        parser.add_argument(
            "--engine",
            nargs="+",
            choices=["sqlite", "postgresql"],
            default=["sqlite", "postgresql"],
            help="Đo trên đâu.",
        )
        parser.add_argument(
            "--only",
            nargs="+",
            default=[],
            help="Chỉ đo các việc này, cách nhau bằng dấu cách hoặc dấu phẩy, ví dụ: --size province "
            f"--only board,matrix,indicator,queue. Các việc: {', '.join(NAMES)}.",
        )
        parser.add_argument("--json", type=Path, help="Ghi thêm kết quả ra tệp JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure on each engine, then print one table."""
        options["only"], unknown = chosen(options["only"])
        if unknown:
            raise CommandError(f"Không có việc “{', '.join(unknown)}”. Các việc: {', '.join(NAMES)}.")
        numbers = {name: options[name] for name in ("units", "indicators", "periods", "campaigns")}
        size = SIZES[options["size"]].with_changes(**numbers)
        if size.campaigns > 1 and "sqlite" in options["engine"]:
            self.stdout.write("Cỡ cả nước chỉ đo trên PostgreSQL; phát sinh dữ liệu mất khoảng 15 đến 30 phút.")
            options["engine"] = ["postgresql"]
        self.stdout.write(f"Đo với {size.units} đơn vị × {size.indicators} chỉ tiêu × {size.periods} kỳ.")
        if options["rounds"] < LEAST_ROUNDS:
            self.stdout.write(f"Ít hơn {LEAST_ROUNDS} lượt: chỉ để thử lệnh, số đo không có giá trị.")
        begun = time.perf_counter()
        results = [result for engine in options["engine"] for result in self._run(engine, size, options)]
        self.stdout.write("\n" + table(results) + "\n")
        for line in remarks(results):
            self.stdout.write(line)
        self.stdout.write(f"Đo xong sau {time.perf_counter() - begun:.0f} giây.")
        if options["json"]:
            options["json"].write_text(json.dumps([result.as_json() for result in results], ensure_ascii=False))

    def _run(self, engine: str, size: Size, options: dict[str, Any]) -> list[Result]:
        """One engine in a process and a folder of its own."""
        self.stdout.write(f"{engine}:")
        self.stdout.flush()
        scratch = Path(tempfile.mkdtemp(prefix="thi-dua-bench-"))
        out = scratch / "results.json"
        command = [sys.executable, "-m", "config.bench", "--scratch", str(scratch), "--out", str(out)]
        for name in ("units", "indicators", "periods", "campaigns"):
            command += [f"--{name}", str(getattr(size, name))]
        command += ["--rounds", str(options["rounds"]), "--seed", str(options["seed"])]
        command += ["--requests", str(options["requests"]), "--only", *options["only"]]
        if engine == "postgresql":
            command = [sys.executable, str(settings.BASE_DIR / ".ci" / "with-postgres"), *command]
        try:
            ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment(scratch), stdout=self._output())
            if ended.returncode:
                raise CommandError(f"Lần đo trên {engine} dừng giữa chừng; xem thông báo ở trên.")
            return [Result.from_json(values) for values in json.loads(out.read_text())]
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _output(self) -> Any:
        """Where the measuring process may write; a captured output has no file underneath."""
        try:
            return self.stdout.fileno()
        except (AttributeError, OSError):
            return subprocess.DEVNULL


def environment(scratch: Path) -> dict[str, str]:
    """What the measuring process may know: never the office's database or folder.

    Compiled modules are kept, as in an office: else every start, ours and the floor's, would compile the whole program.
    """
    own = {"DATABASE_URL": "", "DATA_DIR": str(scratch), "DJANGO_SETTINGS_MODULE": "config.bench.settings"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
