"""Accounts as plain lines of a list; names to log in by, and passwords that can be read off a paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from vietnamese.text import slug

#: Without what is taken for one another on paper: 0 o, 1 l i, 5 s, 2 z, v u.
LETTERS = "abcdefghjkmnpqrtwxy346789"
GROUPS, GROUP_LENGTH = 3, 4
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")


@dataclass(frozen=True)
class AccountLine:
    """One person as the list of accounts has it: unit by its key, roles by their words."""

    username: str
    full_name: str
    unit: str
    title: str = ""
    roles: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class AccountField:
    """One column of the list: its key, its title, how wide it stands."""

    key: str
    title: str
    width: float = 16
    is_needed: bool = False


ACCOUNTS = "Tài khoản"
ACCOUNT_FIELDS = (
    AccountField("full_name", "Họ và tên", 28, is_needed=True),
    AccountField("username", "Tên đăng nhập", 20),
    AccountField("unit", "Đơn vị", 30, is_needed=True),
    AccountField("title", "Chức vụ", 26),
    AccountField("roles", "Vai trò", 34, is_needed=True),
    AccountField("phone", "Điện thoại công vụ", 18),
    AccountField("email", "Thư công vụ", 28),
)


def user_name_of(full_name: str, taken: Container[str]) -> str:
    """A name to log in by, as offices make them: given name, then initials ("Nguyễn Văn An" → "annv")."""
    words = slug(full_name).split("-")
    wanted = (words[-1] + "".join(word[0] for word in words[:-1] if word))[:40] or "nguoi-dung"
    wanted = wanted if len(wanted) > 2 else f"{wanted}-nd"
    choices = [wanted, *(f"{wanted}{number}" for number in range(2, 1000))]
    return next(name for name in choices if name not in taken)


def readable_password(choose: Callable[[str], str]) -> str:
    """Three groups of four letters: 55 bits, read and typed without doubt. ``choose`` draws one letter."""
    return "-".join("".join(choose(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
