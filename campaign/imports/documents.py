"""A campaign document (.docx, .pdf with text, .txt) as lines; what cannot be read is refused with what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from campaign.rules.drafting.paragraphs import Line, lines_of_text
from vietnamese.text import nfc

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_BYTES = 20 * 1024 * 1024
MAX_PAGES = 200
MAX_UNPACKED = 100 * 1024 * 1024

TOO_LARGE = "Tệp lớn hơn 20 MB. Văn bản phát động chỉ vài trang: kiểm tra lại tệp đã chọn."
EMPTY = "Tệp không có nội dung. Kiểm tra lại tệp đã chọn."
OLD_WORD = "Tệp .doc (Word cũ) chưa đọc được. Mở bằng Word, lưu thành .docx rồi chọn lại."
PASSWORD = "Tệp có mật khẩu nên không đọc được. Bỏ mật khẩu (mở tệp, lưu bản không đặt mật khẩu) rồi chọn lại."
NOT_KNOWN = "Chỉ đọc được tệp .docx, .pdf có lớp chữ và .txt. Tệp này không thuộc loại nào trong đó."
SCANNED = (
    "Tệp PDF là bản quét, không có lớp chữ (trang {pages}). Dùng tệp Word gốc, hoặc bản PDF xuất từ Word, "
    "hoặc nhận dạng chữ rồi chọn lại."
)
PARTLY_SCANNED = (
    "Trang {pages} của tệp PDF là ảnh quét, không có lớp chữ, nên không đọc đủ văn bản. Dùng tệp Word gốc, hoặc bản "
    "PDF xuất từ Word, hoặc nhận dạng chữ rồi chọn lại."
)
DAMAGED = "Tệp hỏng hoặc không đúng loại ghi ở tên tệp. Mở thử bằng chương trình thường dùng rồi lưu lại."
ENCODING = (
    "Tệp chữ không dùng bảng mã Unicode (UTF-8), có thể là TCVN3 hoặc VNI. Mở bằng Word, chuyển mã sang Unicode, "
    "lưu .docx rồi chọn lại."
)
OLD_FONT = (
    "Văn bản gõ bằng phông chữ cũ (TCVN3 hoặc VNI), từ “{near}”. Chuyển mã sang Unicode (bằng Unikey hoặc Vietkey), "
    "lưu lại rồi chọn lại."
)
TOO_LONG = "Văn bản dài hơn 200 trang. Chọn riêng phần phát động hoặc kế hoạch thi đua."

_WORD_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What TCVN3 and VNI texts look like once they are read as Latin letters.
_LEGACY = frozenset("¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾ÆÄÅÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ")


def read_lines(name: str, content: bytes) -> list[Line]:
    """The lines of a document in reading order, in NFC; raises ValidationError with what is wrong and what to do."""
    if not content:
        raise ValidationError(EMPTY)
    if len(content) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    lines = list(_lines(PurePath(name).suffix.lower(), content))
    if not any(line.text.strip() for line in lines):
        raise ValidationError(EMPTY)
    _refuse_old_fonts(lines)
    return lines


def _refuse_old_fonts(lines: list[Line]) -> None:
    """Letters of TCVN3 or VNI in a Word or PDF file are no Vietnamese once their font is gone."""
    legacy = sum(one in _LEGACY for line in lines for one in line.text)
    if legacy > sum(len(line.text) for line in lines) / 40:
        near = next(line.text for line in lines if any(one in _LEGACY for one in line.text))
        raise ValidationError(OLD_FONT.format(near=near.strip()[:40]))


def _lines(suffix: str, content: bytes) -> Iterator[Line]:
    """By what the file is, not by what its name says."""
    if content.startswith(b"%PDF-"):
        yield from _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        from campaign.imports.word import lines_of_word  # only who brings a Word file waits for its library

        _check_package(content)
        yield from lines_of_word(content)
    elif content.startswith(_WORD_OLD):
        # A Word file with a password is wrapped in the old format too.
        raise ValidationError(PASSWORD if suffix == ".docx" else OLD_WORD)
    elif suffix in (".txt", ".text", ""):
        yield from lines_of_text(_text(content))
    else:
        raise ValidationError(DAMAGED if suffix in (".docx", ".pdf") else NOT_KNOWN)


def _check_package(content: bytes) -> None:
    """A Word package of a sane size; anything else that is zipped is refused."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise ValidationError(DAMAGED) from None
    names = {info.filename for info in package.infolist()}
    if "word/document.xml" not in names:
        raise ValidationError(NOT_KNOWN)
    if sum(info.file_size for info in package.infolist()) > MAX_UNPACKED:
        raise ValidationError(TOO_LARGE)


def _pdf(content: bytes) -> Iterator[Line]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValidationError(PASSWORD)
        if len(reader.pages) > MAX_PAGES:
            raise ValidationError(TOO_LONG)
        texts = [page.extract_text(extraction_mode="plain") or "" for page in reader.pages]
        pictures = [number for number, page in enumerate(reader.pages, 1) if _has_picture(page)]
    except (PyPdfError, ValueError, KeyError, AttributeError, RecursionError):
        raise ValidationError(DAMAGED) from None
    silent = [number for number, text in enumerate(texts, 1) if not text.strip()]
    if len(silent) == len(texts):
        raise ValidationError(SCANNED.format(pages=", ".join(str(number) for number in silent[:5])))
    if unseen := [number for number in silent if number in pictures]:
        raise ValidationError(PARTLY_SCANNED.format(pages=", ".join(str(number) for number in unseen[:5])))
    for number, text in enumerate(texts, 1):
        for line in nfc(text).splitlines():
            if not _is_page_number(line, number):
                yield Line(line, number)


def _has_picture(page: PageObject) -> bool:
    """Does a page show a picture? A blank page at the end shows none."""
    resources = page.get("/Resources", {}).get_object()
    shown = resources.get("/XObject", {}).get_object() if resources else {}
    return any(each.get_object().get("/Subtype") == "/Image" for each in shown.values())


def _is_page_number(line: str, page: int) -> bool:
    """The page's own number alone on a line is no part of the text."""
    return line.strip() == str(page)


def _text(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise ValidationError(ENCODING) from None
    if "\x00" in text:
        raise ValidationError(NOT_KNOWN)
    if sum(one in _LEGACY for one in text) > len(text) / 40:
        raise ValidationError(ENCODING)
    return text
