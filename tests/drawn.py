"""A PDF is drawn once for each HTML in a process: the same HTML gives the same bytes, as tests/paper proves."""

import sys
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any


def draw_once() -> None:
    """Keep what WeasyPrint has drawn, from the moment on at which it is loaded: only who prints pays for that."""
    printing = sys.modules.get("paper.pdf")
    if printing is not None and not hasattr(printing.render_pdf, "__wrapped__"):
        printing.render_pdf = _kept(printing.render_pdf)


def _kept(draw: Callable[..., bytes]) -> Callable[..., bytes]:
    drawn: dict[bytes, bytes] = {}

    @wraps(draw)
    def render_pdf(html: str, **choices: Any) -> bytes:
        key = sha256(repr((html, sorted(choices.items()))).encode()).digest()
        if key not in drawn:
            drawn[key] = draw(html, **choices)
        return drawn[key]

    return render_pdf
