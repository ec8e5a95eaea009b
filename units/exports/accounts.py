"""Accounts on paper: the workbook to fill in, and the slips to cut out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.template.loader import render_to_string

from paper.columns import Column
from paper.workbook import Head, Sheet, workbook_bytes
from units.choices import Role
from units.rules.accounts import ACCOUNT_FIELDS, ACCOUNTS

GUIDE = (
    "Mỗi dòng một người ở một đơn vị. Bỏ trống tên đăng nhập ở người mới thì hệ thống đặt giúp. Người không có trong "
    "tệp được giữ nguyên.",
    f"Vai trò, ngăn nhau bằng dấu chấm phẩy: {'; '.join(str(role.label) for role in Role)}.",
)


@dataclass(frozen=True)
class PrintedSlip:
    """What stands on one slip."""

    name: str
    unit: str
    title: str
    username: str
    password: str
    expires_on: str
    address: str


def accounts_workbook(rows: Sequence[Mapping[str, str]], *, made_at: datetime) -> bytes:
    """The list filled in with the accounts that there are."""
    columns: list[Column[Any]] = [Column(one.title, partial(_text, one.key), width=one.width) for one in ACCOUNT_FIELDS]
    sheet: Sheet[Any] = Sheet(ACCOUNTS, Head("Danh sách tài khoản", labels=GUIDE), columns, rows, fit_rows=True)
    return workbook_bytes([sheet], title="Danh sách tài khoản", created=made_at.replace(tzinfo=None))


def _text(key: str, row: Mapping[str, str]) -> str | None:
    return row[key] or None


def slips_pdf(slips: Sequence[PrintedSlip], *, made_at: datetime) -> bytes:
    """Slips of A4, eight on a page, with lines to cut along."""
    from paper.pdf import render_pdf  # WeasyPrint is heavy; only a process that prints needs it

    pages = [slips[start : start + 8] for start in range(0, len(slips), 8)]
    html = render_to_string("units/slips_print.html", {"pages": pages})
    return render_pdf(html, title="Phiếu đăng nhập", created=made_at)
