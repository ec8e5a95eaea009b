"""Is a file that came back a plain, harmless workbook? Asked before anything in it is parsed."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError

from units.rules import macros

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 25 * 1024 * 1024
MAX_PARTS = 200
#: Spreadsheets pack ten to thirty times; far beyond that a file is made to fill the memory.
MAX_RATIO, SMALL = 150, 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

TOO_LARGE = f"Tệp lớn hơn {MAX_BYTES // (1024 * 1024)} MB nên không phải biểu mẫu đã tải. Chọn lại tệp."
EMPTY = "Tệp rỗng. Chọn lại tệp Excel đã nhập."
PROTECTED = "Tệp đặt mật khẩu mở nên không đọc được. Bỏ mật khẩu, lưu lại rồi nạp."
OLD = "Tệp là Excel đời cũ (.xls). Mở tệp, lưu dạng .xlsx rồi nạp lại."
NOT_EXCEL = "Tệp không phải Excel (.xlsx). Chọn đúng tệp biểu mẫu đã tải về và đã nhập."
BROKEN = "Tệp hỏng, không mở được. Mở lại bằng Excel, lưu dạng .xlsx rồi nạp lại."
BOMB = "Tệp nén bất thường: giải nén ra quá lớn nên không mở. Tải lại biểu mẫu rồi nhập vào tệp mới."
MACROS = "Tệp có macro (.xlsm). Lưu dạng .xlsx không macro rồi nạp lại."
NAMED_FOR_MACROS = "Tệp “{name}” mang tên của loại tệp có macro. Mở tệp, lưu dạng .xlsx không macro rồi nạp lại."
STRANGE = "Tệp có nội dung lạ mà Excel không tạo ra nên không mở. Tải lại biểu mẫu rồi nhập vào tệp mới."


def check_name(name: str) -> None:
    """Raise where a file calls itself one with macros, whatever is in it."""
    if macros.is_named_so(name):
        raise ValidationError(NAMED_FOR_MACROS.format(name=name))


def check_package(content: bytes) -> None:
    """Raise the sentence that says what is wrong with the file itself."""
    if not content:
        raise ValidationError(EMPTY)
    if len(content) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    if content.startswith(_OLD_OFFICE):
        raise ValidationError(PROTECTED if _ENCRYPTED in content else OLD)
    if not content.startswith(b"PK"):
        raise ValidationError(NOT_EXCEL)
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_parts(package)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ValidationError(BROKEN) from error


def _check_parts(package: ZipFile) -> None:
    """Sizes first, then names, then the text of each part."""
    parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ValidationError(BOMB)
    if any(part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts):
        raise ValidationError(BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationError(PROTECTED)
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise ValidationError(NOT_EXCEL)
    if macros.are_in(package):
        raise ValidationError(MACROS)
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            text = package.read(part)
            # Spreadsheets write UTF-8 without a document type; entities are how a small text grows without end.
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in text:
                raise ValidationError(STRANGE)
