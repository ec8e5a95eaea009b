"""A walk through everything that a person may open: pages by their links, and the files behind them, as text."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pypdf
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from openpyxl import load_workbook

from tests.proofs.doors import Person

_LINK = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
_LEAVES = ("/static/", "/dang-xuat/", "/sw.js", "/quan-tri/jsi18n/", "/quan-tri/logout/")
#: Of a file and of the administration one of an address is opened.
ONCE = 1
FILE_ENDINGS = (".pdf", ".docx", ".xlsx", ".zip")


def walk_together(people: Iterable[str], *, without: Iterable[str] = (), pages: int = 1) -> dict[str, list[str]]:
    """What several people find, one after the other; a file that one of them has read is not made again."""
    found: dict[str, list[str]] = {}
    files: Counter[str] = Counter()
    for username in people:
        for name, texts in walk(Person(username), without=without, files=files, pages=pages).items():
            found.setdefault(name, []).extend(texts)
    return found


def walk(
    person: Person, *, without: Iterable[str] = (), files: Counter[str] | None = None, pages: int = 1
) -> dict[str, list[str]]:
    """The texts of what the person finds from the first page on, by the name of the address."""
    found: dict[str, list[str]] = {}
    shown: Counter[str] = Counter()
    files = Counter() if files is None else files
    waiting, seen = deque(["/"]), {"/"}
    while waiting:
        url = waiting.popleft()
        name = _name(url)
        is_file = urlsplit(url).path.endswith(FILE_ENDINGS)
        opened = files if is_file else shown
        if not name or name in without or opened[name] >= (ONCE if is_file or name.startswith("admin:") else pages):
            continue
        answer = person.client.get(url)
        if answer.status_code in (301, 302):
            links = [answer["Location"]]
        elif answer.status_code == 200:
            opened[name] += 1
            text = text_of(answer)
            found.setdefault(name, []).append(text)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            links = [unescape(link) for link in _LINK.findall(text)] if is_page else []
        else:
            assert answer.status_code in (403, 404), (url, answer.status_code)
            found.setdefault(name, []).append(text_of(answer))
            links = []
        fresh = [link for link in links if link not in seen and not link.startswith(_LEAVES)]
        waiting.extend(fresh)
        seen.update(fresh)
    return found


def _name(url: str) -> str:
    try:
        return str(resolve(urlsplit(url).path).view_name)
    except Resolver404:
        return ""


def text_of(answer: HttpResponse) -> str:
    """What stands in a page, a PDF, a Word file, a workbook."""
    media = answer.get("Content-Type", "").split(";")[0]
    content = answer.getvalue() if answer.streaming else answer.content
    if media == "application/pdf":
        reader = pypdf.PdfReader(BytesIO(content))
        return "\n".join([*(page.extract_text() for page in reader.pages), *map(str, (reader.metadata or {}).values())])
    if media.endswith("wordprocessingml.document"):
        with ZipFile(BytesIO(content)) as package:
            parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
        return "\n".join(unescape(re.sub(r"<[^>]+>", "", part.replace("</w:p>", "\n"))) for part in parts)
    if media.endswith("spreadsheetml.sheet"):
        return _workbook_text(content)
    return content.decode() if media.startswith(("text/", "application/json")) else ""


def _workbook_text(content: bytes) -> str:
    """Cells, remarks, heads, feet and names of the sheets."""
    book = load_workbook(BytesIO(content))
    texts = [str(book.properties.title), str(book.properties.creator)]
    for sheet in book:
        texts += [sheet.title, str(sheet.oddHeader.center.text), str(sheet.oddFooter.center.text)]
        for cells in sheet.iter_rows():
            texts += [str(cell.value) for cell in cells if cell.value is not None]
            texts += [cell.comment.text for cell in cells if getattr(cell, "comment", None)]
    return "\n".join(texts)
