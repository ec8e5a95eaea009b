"""How a digital signature is seen, and where it stands: Decree 30/2020/NĐ-CP, Appendix I, on electronic documents.

- the signer's: the picture of the handwritten signature in blue, in the middle between post and name;
- the body's: the picture of its seal in red, in its real size, over a third of the signer's from the left;
- on a document that goes with it in another file: no picture, number and symbol and the time of signing in 10 points,
  upright and black, at the top right of the first page.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from paper.pdf import render_pdf

POINTS_A_MM = 72 / 25.4
PERSON, BODY, COPY = "nguoi-ky", "co-quan", "kem-theo"
#: The name of the destination that the letter sets at the signer's name (templates/paper/_signature.html).
ANCHOR = "ky-ten"
#: The signer's column, the room above the name, the signature and the seal, in millimetres.
COLUMN_MM, SIGNATURE_MM = 90.75, (50.0, 24.0)
SEAL_MM = 36.0
COPY_MM = (70.0, 12.0)
#: What shows of a signature without a picture.
WORDS = {PERSON: "Ký số bởi", BODY: "Chữ ký số của cơ quan"}
#: The seal covers so much of the signer's signature.
COVERED = 1 / 3


@dataclass(frozen=True)
class Stamp:
    """Whose signature it is and what shows of it; `picture` is a PNG with a transparent ground.

    `seal_mm` is the diameter of the body's seal. Without a picture a line of text tells who signed and when.
    """

    kind: str
    name: str
    at: datetime
    picture: bytes = b""
    symbol: str = ""
    seal_mm: float = SEAL_MM

    @property
    def reason(self) -> str:
        """What the signature stands for."""
        return {PERSON: "Ký ban hành văn bản", BODY: "Chữ ký số của cơ quan, tổ chức", COPY: "Văn bản kèm theo"}[
            self.kind
        ]

    @property
    def moment(self) -> str:
        """Day, hour and time zone as ISO 8601 writes the zone: "18/11/2024 09:30:00 +07:00"."""
        zone = f"{self.at:%z}"
        return f"{self.at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


@dataclass(frozen=True)
class Place:
    """A rectangle on a page, in points from the lower left."""

    page: int
    box: tuple[int, int, int, int]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        left, bottom, right, top = self.box
        return (right - left) / POINTS_A_MM, (top - bottom) / POINTS_A_MM


class NoPlace(ValueError):
    """The file does not say where its signer's name stands."""


def place_of(content: bytes, stamp: Stamp) -> Place:
    """Where the decree wants this signature in a letter of ours."""
    reader = PdfReader(BytesIO(content))
    if stamp.kind == COPY:
        page = reader.pages[0].mediabox
        right, top = float(page.right) - 15 * POINTS_A_MM, float(page.top) - 6 * POINTS_A_MM
        return _box(0, right - COPY_MM[0] * POINTS_A_MM, top - COPY_MM[1] * POINTS_A_MM, *COPY_MM)
    target = reader.named_destinations.get(ANCHOR)
    if target is None or target.left is None or target.top is None:
        raise NoPlace("Tệp không phải văn bản do hệ thống lập: không có chỗ đánh dấu họ tên người ký.")
    number = reader.get_destination_page_number(target) or 0
    middle = float(target.left) + COLUMN_MM / 2 * POINTS_A_MM
    bottom, (width, height) = float(target.top) + 1.0 * POINTS_A_MM, SIGNATURE_MM
    left = middle - width / 2 * POINTS_A_MM
    if stamp.kind == PERSON:
        return _box(number, left, bottom, width, height)
    if not stamp.picture:  # words over words could not be read: they stand in the lower half, below the signer's
        return _box(number, left, bottom, width, height / 2)
    seal = stamp.seal_mm
    start = left + width * COVERED * POINTS_A_MM - seal * POINTS_A_MM
    return _box(number, start, bottom + (height - seal) / 2 * POINTS_A_MM, seal, seal)


def _box(page: int, left: float, bottom: float, width: float, height: float) -> Place:
    edges = (left, bottom, left + width * POINTS_A_MM, bottom + height * POINTS_A_MM)
    a, b, c, d = (round(edge) for edge in edges)
    return Place(page, (a, b, c, d))


def stamp_pdf(stamp: Stamp, place: Place) -> bytes:
    """What shows, as a page of its own that is put into the place."""
    width, height = place.size_mm
    css = f"@page {{ size: {width:.2f}mm {height:.2f}mm; margin: 0 }}"
    css += " html { font: 10pt/1.2 Tinos } body { margin: 0 }"
    css += " p { margin: 0; text-align: right } .blue { color: #0b3d91; text-align: center }"
    css += f" img {{ display: block; width: {width:.2f}mm; height: {height:.2f}mm; object-fit: contain }}"
    return render_pdf(
        f'<html lang="vi"><head><style>{css}</style></head><body>{_shown(stamp)}</body></html>',
        title=stamp.reason,
        variant=None,
    )


def _shown(stamp: Stamp) -> str:
    from django.utils.html import escape

    if stamp.kind == COPY:
        return f"<p>{escape(stamp.symbol)}</p><p>{stamp.moment}</p>"
    if stamp.picture:
        return f'<img alt="" src="data:image/png;base64,{base64.b64encode(stamp.picture).decode()}">'
    return f'<p class="blue">{WORDS[stamp.kind]}: {escape(stamp.name)}<br>{stamp.moment}</p>'
