"""The menu: sections and their pages as data. An app adds a page by one line here; nothing else knows the order.

The first line shows the sections that the person's roles open, the second the pages of the section one stands in.
A page whose address is not installed is left out, a section without pages too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import template

from units.choices import ABOVE_ROLES, OWN_ROLES, STANDING_ROLES, Role
from units.templatetags.addresses import address_of

register = template.Library()

KEEPING = (*STANDING_ROLES, Role.ADMINISTRATOR)
OFFICE = (*STANDING_ROLES, Role.REVIEWER, Role.LEADER)
#: Whose campaigns a page of one campaign can show: those that the person sees, or only those that the own office runs.
SEEN, RUN = "seen", "run"
_FIRST_NUMBER = re.compile(r"/(\d+)/")


@dataclass(frozen=True)
class Page:
    """One page of the menu: its words, its URL name, the roles that see it.

    ``below``: beginnings of other addresses that belong to it, where its own is not their beginning. ``is_own``: of
    leaders only those whose own authority runs a campaign; who leads a body above it reads totals elsewhere.
    ``of_campaign``: the page shows one campaign (``SEEN`` or ``RUN``), which its address may name.
    """

    label: str
    name: str
    roles: tuple[Role, ...]
    below: tuple[str, ...] = ()
    is_own: bool = False
    of_campaign: str = ""


@dataclass(frozen=True)
class Section:
    """One word of the first line with the pages behind it; the first page that a person may open is its address."""

    label: str
    pages: tuple[Page, ...]


#: Order is the order on the page. At most seven sections for any one person, or the first line is no longer calm.
MENU: tuple[Section, ...] = (
    Section(
        "Tổng quan",
        (
            Page("Hôm nay", "reports:office-home", STANDING_ROLES, of_campaign=RUN),
            Page("Chỉ tiêu chủ trì", "reports:lead-home", (Role.REVIEWER,), of_campaign=SEEN),
            Page("Đơn vị", "reports:unit-home", (Role.HEAD,), of_campaign=SEEN),
            Page("Kết quả chung", "reports:board", OFFICE, of_campaign=SEEN),
            Page("Trang giao ban", "reports:briefing", (*STANDING_ROLES, Role.LEADER), is_own=True, of_campaign=RUN),
        ),
    ),
    Section("Báo cáo tháng", (Page("Báo cáo tháng", "indicators:owed", OWN_ROLES),)),
    Section(
        "Xác nhận số liệu",
        (Page("Xác nhận số liệu", "indicators:confirm-list", (Role.REVIEWER,), of_campaign=SEEN),),
    ),
    Section("Tiếp nhận", (Page("Tiếp nhận báo cáo", "indicators:receive-list", STANDING_ROLES, of_campaign=RUN),)),
    Section(
        "Theo dõi",
        (
            Page("Tình hình gửi", "reports:matrix", (*STANDING_ROLES, Role.LEADER), is_own=True, of_campaign=RUN),
            Page("Mức đạt theo đơn vị", "reports:heat-map", OFFICE, of_campaign=SEEN),
            Page(
                "Hưởng ứng phát động",
                "reports:responses",
                (*STANDING_ROLES, Role.LEADER),
                is_own=True,
                of_campaign=RUN,
            ),
            Page(
                "Thứ tự trong cụm",
                "reports:order",
                (*STANDING_ROLES, Role.LEADER),
                ("/thu-tu/",),
                is_own=True,
                of_campaign=RUN,
            ),
        ),
    ),
    Section(
        "Đôn đốc, vướng mắc",
        (
            Page("Đôn đốc", "followup:remind", STANDING_ROLES, of_campaign=RUN),
            Page("Các lần đôn đốc", "followup:reminders", (*OWN_ROLES, *STANDING_ROLES, Role.LEADER)),
            Page("Khó khăn, vướng mắc", "followup:obstacles", (*OWN_ROLES, *OFFICE)),
            Page("Nguyên nhân, giải trình", "followup:explanations", (*OWN_ROLES, *OFFICE)),
            Page("Việc được giao", "followup:actions", (*OWN_ROLES, *OFFICE)),
            Page("Kiểm tra", "followup:inspections", (*OWN_ROLES, *STANDING_ROLES, Role.LEADER)),
            Page("Kết luận", "followup:conclusions", (*OWN_ROLES, *STANDING_ROLES, Role.LEADER)),
            Page("Điển hình, tin bài", "followup:records", (*OWN_ROLES, *OFFICE)),
        ),
    ),
    Section(
        "Báo cáo",
        (
            Page("Báo cáo trình ký, đã ký", "reports:reports", (*OWN_ROLES, *STANDING_ROLES, *ABOVE_ROLES)),
            Page("Biểu, báo cáo tổng hợp", "reports:downloads", (*STANDING_ROLES, Role.LEADER)),
            Page("Lập hàng loạt", "reports:batches", STANDING_ROLES),
            Page("Mẫu Word", "reports:word-template", STANDING_ROLES),
        ),
    ),
    Section(
        "Phong trào",
        (
            Page(
                "Phong trào thi đua",
                "campaign:campaigns",
                (*OWN_ROLES, *OFFICE, Role.READER),
                ("/chi-tieu/", "/mau-thuan/", "/huong-ung/"),
            ),
            Page("Số liệu các phong trào", "reports:lower", (Role.LEADER,)),
        ),
    ),
    Section(
        "Đơn vị, người dùng",
        (
            Page("Người dùng", "units:people", (Role.HEAD, *KEEPING)),
            Page("Đơn vị", "units:units", KEEPING),
            Page("Sắp xếp đơn vị", "indicators:reorganisations", KEEPING),
        ),
    ),
    Section("Quản trị", (Page("Quản trị", "admin:index", (Role.ADMINISTRATOR,)),)),
)


@dataclass(frozen=True)
class Entry:
    """One link as this person sees it on this page."""

    label: str
    url: str
    is_current: bool
    name: str = ""
    of_campaign: str = ""


@dataclass(frozen=True)
class Menu:
    """Both lines; the second is empty where the section has one page only. ``here``: the page one stands in."""

    sections: tuple[Entry, ...]
    pages: tuple[Entry, ...]
    here: Page | None = None

    @property
    def is_of_campaigns(self) -> bool:
        """Does any of its links lead to a page of one campaign?"""
        return any(one.of_campaign for one in (*self.sections, *self.pages))


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> Menu:
    """The sections that the person's roles open, and the pages of the present one."""
    request = context["request"]
    opened = [(section, _opened(section, request.user)) for section in MENU]
    opened = [(section, pages) for section, pages in opened if pages]
    here = _here([pair for _, pages in opened for pair in pages], request.path)
    sections: list[Entry] = []
    second: tuple[Entry, ...] = ()
    for section, pages in opened:
        inside = here is not None and any(page is here for page, _ in pages)
        first, address = pages[0]
        sections.append(Entry(section.label, address, inside, first.name, first.of_campaign))
        if inside and len(pages) > 1:
            second = tuple(Entry(page.label, url, page is here, page.name, page.of_campaign) for page, url in pages)
    return Menu(tuple(sections), second, here)


def campaign_address(name: str, pk: int) -> str:
    """The page of one campaign: by its number within the address, where the page has such a one, else ``?pt=``."""
    return address_of(name, (pk,)) or f"{_address(name)}?pt={pk}"


def _opened(section: Section, user: Any) -> list[tuple[Page, str]]:
    """The pages that the roles open, each with its address."""
    found = [(page, _address(page.name)) for page in section.pages if _may_open(page, user)]
    return [(page, url) for page, url in found if url]


def _may_open(page: Page, user: Any) -> bool:
    """By the roles alone, but for leaders of a body above; the first account administers everything."""
    if user.is_superuser and Role.ADMINISTRATOR in page.roles:
        return True
    if not page.is_own or not user.has_role(Role.LEADER):
        return bool(user.has_role(*page.roles))
    others = [role for role in page.roles if role != Role.LEADER]
    return bool(user.has_role(*others) or user.leads_an_authority)


def _here(pages: list[tuple[Page, str]], path: str) -> Page | None:
    """The page with the longest beginning of the present address."""
    number_in = _FIRST_NUMBER.search(path)
    fits = [
        (len(start), place, page)
        for place, (page, url) in enumerate(pages)
        for start in (url, *page.below, *_numbered(page, number_in))
        if path.startswith(start)
    ]
    return max(fits, key=lambda fit: (fit[0], -fit[1]))[2] if fits else None


def _numbered(page: Page, number_in: re.Match[str] | None) -> tuple[str, ...]:
    """The page's address with the campaign that the present one names: "/theo-doi/7/don-vi/"."""
    if not page.of_campaign or number_in is None:
        return ()
    address = address_of(page.name, (number_in.group(1),))
    return (address,) if address else ()


def _address(name: str) -> str:
    return address_of(name, ()) or ""
