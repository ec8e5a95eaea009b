"""`manage.py sign_report`: sign a frozen report on the machine that holds the key or the token."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError

from reports.choices import SignedAs
from reports.models import Report
from reports.services.signing import sign_report
from units.management import command as base
from units.models import User


class Command(base.Command):
    """Signs in the name of an account that may; the password or PIN is asked for and kept nowhere."""

    help = "Ký số bản trình ký của một báo cáo bằng chứng thư trên máy này (tệp .p12 hoặc thiết bị PKCS#11)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("report", type=int, help="Số của báo cáo, ở cuối địa chỉ trang báo cáo.")
        parser.add_argument("--by", required=True, help="Tên đăng nhập của người ký.")
        parser.add_argument(
            "--as", dest="signed_as", choices=SignedAs.values, default=SignedAs.PERSON.value, help="Chữ ký của ai."
        )
        parser.add_argument("--key", default="", help="Tệp .p12 khác tệp đã khai ở SIGN_KEY_FILE.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, sign, say where the file is."""
        report = Report.objects.frozen().filter(pk=options["report"]).first()
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if report is None or by is None:
            what = "báo cáo đã chốt bản trình ký" if report is None else "tài khoản đang dùng"
            raise CommandError(f"Không có {what} như đã ghi.")
        secret = getpass.getpass("Mật khẩu chứng thư hoặc mã PIN: ")
        try:
            kept = sign_report(report, options["signed_as"], secret, by=by, key_file=options["key"])
        except (PermissionDenied, ValidationError) as refusal:
            raise CommandError("; ".join(getattr(refusal, "messages", [str(refusal)]))) from refusal
        self.stdout.write(f"Đã ký số: {kept.file.name}, SHA-256 {kept.sha256}.")
