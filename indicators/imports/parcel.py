"""What was read from a workbook, sealed for the way from the preview to the saving; the server keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError

from indicators.imports.reading import FileRow

SALT = "indicators.parcel"
MAX_LENGTH = 2 * 1024 * 1024
KEPT_SECONDS = 24 * 60 * 60
TOO_LONG = "Tệp có quá nhiều chữ nên không giữ lại để xem trước được. Rút gọn nội dung rồi nạp lại."
SPOILT = "Bản xem trước đã quá hạn hoặc không còn nguyên vẹn. Nạp lại tệp."


class Parcel(NamedTuple):
    """The changed rows of one file, and the key by which a second sending is known."""

    key: str
    rows: list[FileRow]


def seal(rows: Sequence[FileRow], *, subject: str, user_id: int) -> str:
    """One signed, compressed text, good for this person, this page and one day."""
    data = {
        "key": uuid4().hex,
        "rows": [
            [
                row.figure_id,
                row.version,
                row.cells_mark,
                row.texts,
                {key: str(number) for key, number in row.exact.items()},
                row.faults,
            ]
            for row in rows
        ],
    }
    text = signing.dumps(data, salt=_salt(subject, user_id), compress=True)
    if len(text) > MAX_LENGTH:
        raise ValidationError(TOO_LONG)
    return text


def unseal(text: str, *, subject: str, user_id: int) -> Parcel:
    """What was sealed; another person's, another page's or yesterday's is refused."""
    try:
        data: dict[str, Any] = signing.loads(text, salt=_salt(subject, user_id), max_age=KEPT_SECONDS)
    except signing.BadSignature as error:
        raise ValidationError(SPOILT) from error
    rows = [
        FileRow(pk, version, mark, texts, {key: Decimal(number) for key, number in exact.items()}, faults)
        for pk, version, mark, texts, exact, faults in data["rows"]
    ]
    return Parcel(data["key"], rows)


def _salt(subject: str, user_id: int) -> str:
    return f"{SALT}:{subject}:{user_id}"
