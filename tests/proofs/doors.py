"""The doors of the program as a person uses them: files chosen on pages, previews looked at, buttons pressed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from campaign.models import Campaign
from tests.builders import PASSWORD
from tests.units.imports.books import book
from units.choices import Role
from units.models import OrgUnit, User
from units.rules.accounts import GROUP_LENGTH, GROUPS, LETTERS

Row = Mapping[str, object]
_HIDDEN = re.compile(r'name="(sealed|mark)" value="([^"]*)"')
#: A password as slips bear it, in groups.
_SLIP = re.compile(rf"[{LETTERS}]{{{GROUP_LENGTH}}}(?:-[{LETTERS}]{{{GROUP_LENGTH}}}){{{GROUPS - 1}}}")


@dataclass(frozen=True)
class Place:
    """An authority with its units and people, its campaign document and what the document leaves to be defined."""

    kinds: Sequence[Sequence[object]]
    levels: Sequence[Sequence[object]]
    units: Sequence[Row]
    people: Sequence[tuple[str, str, tuple[str, ...]]]
    standing_body: str
    document: tuple[str, bytes]
    campaign: Mapping[str, str]
    definitions: Mapping[str, Sequence[Row]] = field(default_factory=dict)


class Person:
    """Someone at a browser."""

    def __init__(self, username: str) -> None:
        self.client = Client()
        self.client.force_login(User.objects.get(username=username))

    def opens(self, name: str, /, *args: object, **query: object) -> str:
        """A page after whatever it leads on to."""
        answer = self.client.get(reverse(name, args=args), query, follow=True)
        assert answer.status_code == 200, (name, answer.status_code)
        return str(answer.text)

    def sends(self, name: str, /, *args: object, expecting: int = 302, **fields: Any) -> str:
        """What a button sends; the text of the answer."""
        answer = self.client.post(reverse(name, args=args), fields)
        assert answer.status_code == expecting, (name, answer.status_code, words_of(answer.text)[:2000])
        return str(answer.text)

    def brings(self, name: str, content: bytes, /, *args: object, file_name: str = "tep.xlsx") -> None:
        """A file: chosen, looked at, written."""
        shown = self.sends(name, *args, expecting=200, file=SimpleUploadedFile(file_name, content))
        hidden = {key: unescape(value) for key, value in _HIDDEN.findall(shown)}
        assert "sealed" in hidden, words_of(shown)
        self.sends(name, *args, **hidden)


def words_of(page: str) -> str:
    """A page without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def set_up(place: Place) -> Campaign:
    """From an empty installation to a launched campaign; every step on its page."""
    register(place)
    campaign = begin(place)
    Person("thuong-truc-truong").sends("indicators:launch", campaign.pk)
    campaign.refresh_from_db()
    return campaign


def register(place: Place) -> None:
    """Units and people by their workbooks."""
    User.objects.create_superuser("quan-tri-goc", PASSWORD, full_name="Quản trị")
    Person("quan-tri-goc").brings("units:import-units", units_file(place))
    Person("quan-tri-goc").brings("units:import-people", people_file(place))
    log_in_by_slip(place.people[0][0])
    # The others do as the first did; here nobody has to type a password.
    User.objects.update(must_change_password=False)


def log_in_by_slip(username: str) -> None:
    """A slip is printed, its password opens once, and leads to a password of one's own."""
    account = User.objects.get(username=username)
    printed = Person("quan-tri-goc").client.post(reverse("units:slips"), {"people": [account.pk]})
    text = PdfReader(BytesIO(printed.content)).pages[0].extract_text()
    slip = _SLIP.findall(text)[0]
    client = Client()
    entered = client.post(reverse("units:log-in"), {"username": username, "password": slip})
    assert entered.url == reverse("units:change-password")
    own = {"old_password": slip, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(entered.url, own).url == reverse("units:home")


def begin(place: Place) -> Campaign:
    """The campaign in preparation: begun, drafted from its document, defined by the workbook."""
    office = Person("thuong-truc")
    standing_body = OrgUnit.objects.get(name=place.standing_body)
    office.sends("indicators:new-campaign", standing_body=standing_body.pk, **place.campaign)
    campaign = Campaign.objects.get(short_name=place.campaign["short_name"])
    name, content = place.document
    office.sends("indicators:draft", campaign.pk, file=SimpleUploadedFile(name, content))
    office.sends("indicators:accept-draft", campaign.pk)
    accept_targets(office, campaign)
    if place.definitions:
        taken = office.client.get(reverse("indicators:definition-workbook", args=[campaign.pk]))
        office.brings("indicators:import-definitions", fill(taken, place.definitions), campaign.pk)
    return campaign


def accept_targets(office: Person, campaign: Campaign) -> None:
    """Every number of the document that was read as a target, as it was read; a percentage is one of the plan."""
    areas = [line.passage.key for line in campaign.draft_lines.filter(kind="area").select_related("passage")]
    for line in campaign.draft_lines.filter(kind="target", state="proposed"):
        values = {key: line.values.get(key) or "" for key in ("name", "unit_of_measure", "base", "area")}
        values["amount"] = str(line.values["amount"]).replace(".", ",")
        values["base"] = values["base"] or "kế hoạch"
        values["unit_of_measure"] = values["unit_of_measure"] or "%"
        values["area"] = values["area"] or next(iter(areas), "")
        office.sends("indicators:decide-draft", line.pk, "nhan", **values)


def people_file(place: Place) -> bytes:
    """The list of accounts as an office fills it in: who, where, with which roles."""
    rows = [
        (f"Người dùng {username}", username, unit, "; ".join(Role(role).label for role in roles))
        for username, unit, roles in place.people
    ]
    return book({"Tài khoản": [("Họ và tên", "Tên đăng nhập", "Đơn vị", "Vai trò"), *rows]})


def units_file(place: Place) -> bytes:
    """The register as an office fills it in."""
    titles = list(dict.fromkeys(title for unit in place.units for title in unit))
    rows = [[unit.get(title, "") for title in titles] for unit in place.units]
    return book(
        {
            "Đơn vị": [titles, *rows],
            "Loại đơn vị": [
                ("Mã loại", "Tên loại", "Cách gọi chung", "Thứ tự", "Là đơn vị hành chính lãnh thổ"),
                *place.kinds,
            ],
            "Cấp": [("Mã cấp", "Tên cấp", "Thứ bậc"), *place.levels],
        }
    )


def fill(answer: Any, definitions: Mapping[str, Iterable[Row]]) -> bytes:
    """The definitions workbook as it was taken down, with rows added below what is there.

    A row of an indicator that is there changes it. "=Tên" stands for the code of the row of that name on the sheet of
    areas or of indicators.
    """
    book = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    for name, rows in definitions.items():
        sheet = book[name]
        head = next(cells[0].row for cells in sheet.iter_rows(max_row=12) if _is_head(cells))
        columns = {str(cell.value or "").rstrip(" *"): cell.column for cell in sheet[head]}
        line = next(number for number in range(head + 1, 5000) if not sheet.cell(number, 1).value)
        for row in rows:
            coded = {title: _code(book, value) for title, value in row.items()}
            known = name == "Chỉ tiêu, nhiệm vụ" and _line_of(sheet, coded["Mã chỉ tiêu"])
            for title, value in coded.items():
                sheet.cell(known or line, columns[title], value)
            line += 0 if known else 1
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _line_of(sheet: Any, code: object) -> int:
    """The line of an indicator that the document already gave; 0 for a new one."""
    return next((cells[0].row for cells in sheet.iter_rows(min_row=5, max_col=1) if cells[0].value == code), 0)


def _is_head(cells: Sequence[Any]) -> bool:
    return sum(cell.value is not None for cell in cells) > 1


def _code(book: Any, value: object) -> object:
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    for sheet in ("Chỉ tiêu, nhiệm vụ", "Nội dung"):
        for cells in book[sheet].iter_rows(min_row=5, values_only=True):
            if value[1:] in cells:
                return cells[0]
    raise AssertionError(f"Không có dòng “{value[1:]}” trong bảng định nghĩa.")
