"""Text that was written in one encoding and read in another: found by its traces, said in a sentence."""

from __future__ import annotations

import re

#: UTF-8 read as Windows-1252: each Vietnamese letter becomes two or three signs that no Vietnamese word has.
_TWICE = re.compile("[ÃÂÄÆ][\u00a0-\u00bf\u0080-\u009f‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|á[º»]|Ä[‘ƒ]")
#: TCVN3 (.VnTime): signs that stand inside words in place of letters.
_OLD_FONT = re.compile(r"(?:[A-Za-z][¸µ¶·¹¨¾»¼½Æ©®¬­¦§«ª]|[¸µ¶·¹¾»¼½®¬§][A-Za-z])")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

NOT_UTF8 = (
    "Tệp CSV không ở bảng mã UTF-8: dòng {line} có byte lạ. Trong Excel chọn Lưu dạng “CSV UTF-8”, "
    "hoặc lưu dạng .xlsx, rồi nạp lại."
)
READ_TWICE = "Chữ “{text}” bị sai bảng mã. Mở tệp gốc, lưu dạng “CSV UTF-8” hoặc .xlsx rồi nạp lại."
OLD_FONT = "Chữ “{text}” gõ bằng phông chữ cũ (TCVN3). Chuyển sang Unicode rồi nạp lại."


class WrongEncoding(ValueError):
    """The bytes are no text that can be read; the message is the sentence to show."""


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, or UTF-16 with its mark; else where it goes wrong."""
    if content.startswith(UTF16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise WrongEncoding(NOT_UTF8.format(line=1)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise WrongEncoding(NOT_UTF8.format(line=line)) from None


def why_not_text(text: str) -> str:
    """The sentence where a text bears the traces of a wrong encoding; "" where it reads well."""
    if _TWICE.search(text):
        return READ_TWICE.format(text=text[:40])
    if _OLD_FONT.search(text):
        return OLD_FONT.format(text=text[:40])
    return ""
