"""What must not be found in an answer, whatever the answer is written in."""

import io
import zipfile
from collections.abc import Sequence
from functools import cache

import pypdf

from tests.security.town import Secret, Town


def text_of(response) -> str:
    """Everything that an answer says, whatever it is written in."""
    kind = response.headers.get("Content-Type", "")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(book.read(part).decode(errors="replace") for part in book.namelist())
    if kind == "application/pdf":
        return _text_on_paper(body)
    return " ".join([body.decode(errors="replace"), *map(str, response.headers.values())])


@cache
def _text_on_paper(content: bytes) -> str:
    """The words of a PDF, read once however many people receive the very same file."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def closed_to(town: Town, person: str) -> list[Secret]:
    """What the person must find nowhere."""
    return [
        secret
        for secret in town.secrets
        if town.relation(person, authority=secret.authority, unit=secret.unit, indicator=secret.indicator)
        not in secret.open_to
    ]


def leaked(response, closed: Sequence[Secret]) -> set[str]:
    """The secrets that an answer tells."""
    text = text_of(response)
    return {secret.text for secret in closed if secret.is_told(text)}
