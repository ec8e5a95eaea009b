"""HTML to PDF: tagged, in one typeface, fetching nothing but our own static files."""

import mimetypes
import subprocess
import threading
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from paper.measure import FONT_FAMILY

STATIC_ROOT = Path(__file__).resolve().parent.parent / "static"
# Stands in a document for a letter that the typeface does not have (an emoji in somebody's note).
MISSING_LETTER = "□"

_fonts = threading.local()


class RefusedAddress(ValueError):
    """The document asked for something that is not one of our static files."""


class MissingFont(RuntimeError):
    """The typeface of official documents is not installed: a fallback would silently mix two."""


class _Refusal(FatalURLFetchingError):  # type: ignore[misc]
    """Ends the rendering: WeasyPrint swallows every other error of a fetcher and prints without the file."""


def render_pdf(
    html: str,
    *,
    base: Path | None = None,
    title: str,
    author: str = "",
    language: str = "vi",
    created: datetime | None = None,
    variant: str | None = "pdf/ua-1",
) -> bytes:
    """The document as PDF; relative addresses in it are read below `base` (our static files), all others refused.

    The same HTML and `created` give the same bytes. `variant=None` leaves out the tags, a fifth faster.
    """
    root = base or STATIC_ROOT
    files = OwnFiles(root)
    try:
        document = HTML(string=in_one_typeface(html), base_url=f"{root}/", url_fetcher=files).render(
            font_config=_font_configuration(), pdf_variant=variant
        )
        document.metadata.title = title
        document.metadata.authors = [author] if author else []
        document.metadata.lang = language
        document.metadata.created = created.isoformat(timespec="seconds") if created else None
        content: bytes = document.write_pdf(pdf_variant=variant)
    except _Refusal as refusal:
        raise RefusedAddress(str(refusal)) from None
    if files.refusals:  # the drawing of an SVG swallows even these
        raise RefusedAddress(str(files.refusals[0]))
    return content


def in_one_typeface(text: str) -> str:
    """The text in composed letters, those foreign to the typeface replaced, so that no second one is drawn in."""
    composed = unicodedata.normalize("NFC", text)
    foreign = {letter for letter in set(composed) - _letters() if not letter.isspace()}
    # Invisible signs and stray accents vanish; anything that would show leaves a box.
    invisible = {letter for letter in foreign if unicodedata.category(letter) in {"Cf", "Mn", "Cc"}}
    return composed.translate(
        {ord(letter): "" if letter in invisible else MISSING_LETTER for letter in foreign} if foreign else {}
    )


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Serves files below one folder and pictures inside the document itself; refuses every other address."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.root = root.resolve()
        self.refusals: list[_Refusal] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file or inline picture of this address, or the end of the rendering."""
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc:
            raise self._refuse(f"Tài liệu chỉ được dùng tệp của hệ thống, không phải {url[:200]}")
        path = Path(unquote(parts.path)).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            raise self._refuse(f"Không có tệp {url[:200]} trong thư mục tĩnh của hệ thống")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _refuse(self, why: str) -> _Refusal:
        self.refusals.append(_Refusal(why))
        return self.refusals[-1]


def _font_configuration() -> Any:
    """One per thread and kept: it costs 15 ms, and Pango's font maps must not be shared between threads."""
    if not hasattr(_fonts, "configuration"):
        _fonts.configuration = FontConfiguration()
    return _fonts.configuration


@cache
def _letters() -> frozenset[str]:
    """Every letter that the installed typeface can draw."""
    found = subprocess.run(
        ["fc-match", "--format", "%{family[0]}\n%{file}", FONT_FAMILY], check=False, capture_output=True, text=True
    )
    family, _, path = found.stdout.partition("\n")
    if family != FONT_FAMILY:
        raise MissingFont(f"Thiếu phông chữ {FONT_FAMILY} cho văn bản hành chính. Cài gói fonts-croscore rồi chạy lại.")
    return frozenset(map(chr, TTFont(path, lazy=True).getBestCmap()))
