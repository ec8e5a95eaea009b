"""What was read from a file, sealed for the way from the preview to the saving; the server keeps nothing."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError

from units.imports.sheets import Came, Line

SALT = "units.sealed"
MAX_LENGTH = 2 * 1024 * 1024
KEPT_SECONDS = 24 * 60 * 60
TOO_LONG = "Tệp có quá nhiều chữ nên không giữ lại để xem trước được. Chia thành nhiều tệp rồi nạp lần lượt."
SPOILT = "Bản xem trước đã quá hạn hoặc không còn nguyên vẹn. Nạp lại tệp."


def seal(came: Came, *, subject: str, user_id: int, shown: str) -> str:
    """One signed, compressed text, good for this person, this page and one day; ``shown`` marks what was previewed."""
    lines = {
        sheet: [[line.sheet, line.number, line.texts, line.letters] for line in rows]
        for sheet, rows in came.lines.items()
    }
    text = signing.dumps({"lines": lines, "shown": shown}, salt=f"{SALT}:{subject}:{user_id}", compress=True)
    if len(text) > MAX_LENGTH:
        raise ValidationError(TOO_LONG)
    return text


def unseal(text: str, *, subject: str, user_id: int) -> tuple[Came, str]:
    """What was sealed, and what was shown of it; another person's, another page's or yesterday's is refused."""
    try:
        data: dict[str, Any] = signing.loads(text, salt=f"{SALT}:{subject}:{user_id}", max_age=KEPT_SECONDS)
    except signing.BadSignature as error:
        raise ValidationError(SPOILT) from error
    lines = {sheet: [Line(*row) for row in rows] for sheet, rows in data["lines"].items()}
    return Came(lines), str(data["shown"])
