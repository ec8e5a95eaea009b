"""Reading a list of accounts: who, where, with which roles; every doubt and every double names its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from units import clock
from units.choices import Role
from units.imports.preview import Change, Preview
from units.imports.sheets import Came, Fault, Line, Table, Title, read_tables
from units.models import OrgUnit, User
from units.permissions import why_not_grant, why_not_manage
from units.rules.accounts import ACCOUNT_FIELDS, ACCOUNTS, USERNAME, AccountLine, user_name_of
from units.tables.people import Known, known_people
from vietnamese.text import search_key

TABLES = (Table(ACCOUNTS, tuple(Title(one.key, one.title, is_needed=one.is_needed) for one in ACCOUNT_FIELDS)),)
#: How people also call the roles.
ALSO_CALLED = {
    "nguoi nhap": Role.CLERK,
    "nhap so lieu": Role.CLERK,
    "thu truong": Role.HEAD,
    "chuyen vien chu tri": Role.REVIEWER,
    "co quan chu tri": Role.REVIEWER,
    "co quan thuong truc": Role.COORDINATOR,
    "chuyen vien tong hop": Role.COORDINATOR,
    "nguoi doc": Role.READER,
    "quan tri": Role.ADMINISTRATOR,
}


@dataclass
class AccountList:
    """What the file changes, as lines to keep and in words; rows that say what is there already are left alone."""

    lines: list[AccountLine] = field(default_factory=list)
    preview: Preview = field(default_factory=lambda: Preview((), ()))


def read_accounts(content: bytes) -> Came:
    """The cells of the file; raises the sentence that says why it cannot be taken at all."""
    return read_tables(content, TABLES)


def compare_accounts(came: Came, *, user: User) -> AccountList:
    """What the file would change against the accounts that there are."""
    reader = _Reader(came, user)
    rows = [(line, reader.read(line)) for line in came.lines[ACCOUNTS]]
    changed = [(row, change) for line, row in rows if (change := reader.change(line, row))]
    faults = tuple(dict.fromkeys(reader.faults))
    changes = tuple(change for _, change in changed)
    return AccountList([row for row, _ in changed], Preview(changes, faults, len(rows) - len(changes)))


def role_words() -> Mapping[str, str]:
    """Roles by their code, their label, and what people also call them; the words without marks."""
    found = {search_key(str(role.label)): role.value for role in Role}
    return {**{role.value: role.value for role in Role}, **found, **ALSO_CALLED}


class _Reader:
    """Reads one file for one person who keeps accounts."""

    def __init__(self, came: Came, by: User) -> None:
        self.faults: list[Fault] = list(came.faults)
        self.by = by
        self.known: Known = known_people()
        self.roles = role_words()
        self.units = self._units()
        self.seen: dict[str, Line] = {}
        self.mails: dict[str, Line] = {}
        self.persons: dict[tuple[str, str], Line] = {}

    def _units(self) -> dict[str, list[OrgUnit]]:
        """Units in force today by key, name and other spellings, without marks."""
        found: dict[str, list[OrgUnit]] = {}
        rows = OrgUnit.objects.in_force(clock.today()).select_related("parent").prefetch_related("variants")
        for unit in rows:
            names = {unit.key, *(search_key(text) for text in (unit.name, unit.short_name, unit.official_name))}
            for name in names | {one.search_key for one in unit.variants.all()}:
                found.setdefault(name, []).append(unit)
        return found

    def read(self, line: Line) -> AccountLine:
        """One row."""
        name = " ".join(line.text("full_name").split())
        if not name:
            self._wrong(line, "full_name", "Ghi họ và tên.")
        unit = self._unit(line)
        username = self._username(line, name)
        roles = self._roles(line, unit, username)
        self._check_double(line, name, unit, username)
        return AccountLine(
            username=username,
            full_name=name,
            unit=unit.key if unit else "",
            title=line.text("title")[:120],
            roles=roles,
            phone=self._phone(line),
            email=self._email(line, username),
        )

    def _unit(self, line: Line) -> OrgUnit | None:
        text = line.text("unit")
        if not text:
            self._wrong(line, "unit", "Ghi đơn vị: tên hoặc khóa.")
            return None
        found = self.units.get(text) or self.units.get(search_key(text), [])
        if not found:
            self._wrong(line, "unit", f"Không có đơn vị “{text}” đang hoạt động. Ghi tên hoặc khóa ở trang Đơn vị.")
        elif len(found) > 1:
            keys = ", ".join(sorted(unit.key for unit in found)[:4])
            self._wrong(line, "unit", f"Có {len(found)} đơn vị tên “{text}”. Ghi khóa: {keys}.")
        return found[0] if len(found) == 1 else None

    def _roles(self, line: Line, unit: OrgUnit | None, username: str) -> tuple[str, ...]:
        """The roles; only one that the account does not hold yet has to be the person's to give."""
        held = self._held(username, unit.key if unit else "")
        parts = [part.strip() for part in line.text("roles").replace(",", ";").split(";") if part.strip()]
        if not parts:
            self._wrong(line, "roles", "Ghi vai trò, ví dụ: Người nhập số liệu; nhiều vai trò ngăn bằng dấu chấm phẩy.")
        found = []
        for part in parts:
            role = self.roles.get(part) or self.roles.get(search_key(part), "")
            if not role:
                self._wrong(line, "roles", f"Không có vai trò “{part}”. Chọn theo danh sách ở đầu biểu mẫu.")
            elif unit is not None and role not in held and (refusal := why_not_grant(unit, role, self.by)):
                self._wrong(line, "roles", refusal)
            else:
                found.append(str(role))
        return tuple(dict.fromkeys(found))

    def _username(self, line: Line, name: str) -> str:
        text = line.text("username").lower()
        if not text:
            taken = {*self.known.by_username, *self.seen}
            text = user_name_of(name, taken) if name else ""
        elif not USERNAME.fullmatch(text):
            self._wrong(
                line, "username", f"“{text}” không dùng được: 3–60 chữ thường không dấu, số, dấu chấm, gạch nối."
            )
        if text in self.seen:
            self._wrong(line, "username", f"Tên đăng nhập “{text}” đã ghi ở dòng {self.seen[text].number}.")
        self.seen.setdefault(text, line)
        return text

    def _check_double(self, line: Line, name: str, unit: OrgUnit | None, username: str) -> None:
        """The same name to log in for another person, the same person under another name."""
        there = self.known.by_username.get(username)
        if there is not None:
            if search_key(there.full_name) != search_key(name):
                self._wrong(line, "username", f"Tên đăng nhập “{username}” đã là của {there.full_name}. Ghi tên khác.")
            return
        if unit is None or not name:
            return
        person = (search_key(name), unit.key)
        other = self.known.by_person.get(person)
        if other:
            self._wrong(
                line, "full_name", f"{name} ở {unit} đã có tài khoản “{other}”. Ghi tên đăng nhập ấy nếu là một người."
            )
        if person in self.persons and not line.text("username"):
            self._wrong(
                line,
                "full_name",
                f"{name} ở {unit} đã ghi ở dòng {self.persons[person].number}. "
                "Nếu là hai người thì ghi tên đăng nhập khác nhau.",
            )
        self.persons.setdefault(person, line)

    def _phone(self, line: Line) -> str:
        text = line.text("phone")
        digits = [letter for letter in text if letter.isdigit()]
        if text and (not 8 <= len(digits) <= 15 or len(text) > 30):
            self._wrong(line, "phone", f"“{text}” không phải số điện thoại. Ghi đủ số, số 0 ở đầu.")
        return text

    def _email(self, line: Line, username: str) -> str:
        text = line.text("email").lower()
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            self._wrong(line, "email", f"“{text}” không phải địa chỉ thư.")
        owner = self.known.by_email.get(text, username)
        if owner != username:
            self._wrong(line, "email", f"Địa chỉ thư này đã là của tài khoản “{owner}”.")
        elif text in self.mails:
            self._wrong(line, "email", f"Địa chỉ thư này đã ghi ở dòng {self.mails[text].number}.")
        self.mails.setdefault(text, line)
        return text

    def _wrong(self, line: Line, key: str, sentence: str) -> None:
        self.faults.append(line.fault(key, sentence))

    def change(self, line: Line, row: AccountLine) -> Change | None:
        """What a row adds or changes, in words; None where everything is there."""
        there = self.known.by_username.get(row.username)
        roles = ", ".join(str(Role(role).label).lower() for role in row.roles)
        if there is None:
            return Change(line.place(), f"{row.full_name} ({row.username})", True, (f"vai trò: {roles}",))
        held = self._held(row.username, row.unit)
        details = [f"thêm vai trò: {Role(role).label}" for role in row.roles if role not in held]
        if row.title and row.title not in self.known.titles.get((there.pk, row.unit), frozenset()):
            details.append(f"thêm chức vụ: {row.title}")
        for old, new, word in (
            (there.full_name, row.full_name, "họ và tên"),
            (there.work_phone, row.phone, "điện thoại"),
            (there.work_email, row.email, "thư"),
        ):
            if new and old != new:
                details.append(f"{word}: {old or '(trống)'} → {new}")
        if not details:
            return None
        if refusal := why_not_manage(there, self.by):
            self._wrong(line, "username", refusal)
        return Change(line.place(), f"{row.full_name} ({row.username})", False, tuple(details))

    def _held(self, username: str, unit: str) -> frozenset[str]:
        """The roles that an account holds at a unit."""
        there = self.known.by_username.get(username)
        return frozenset() if there is None else frozenset(self.known.roles.get((there.pk, unit), frozenset()))
