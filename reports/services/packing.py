"""The one file of a batch: a ZIP of its parts with a list of contents and their hashes, or the workbook itself."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from indicators.tables.standings import SENT
from reports.choices import BatchKind
from reports.exports.figures_xlsx import write_figures
from reports.models import Batch
from reports.tables.all_figures import all_figures
from reports.tables.batches import unsent_names
from reports.tables.frame import SLUGS
from units import clock
from vietnamese.dates import format_moment
from vietnamese.text import slug

MANIFEST, SUMS = "DANH-MUC.csv", "SHA256SUMS"
HEADS = ("TT", "Đơn vị", "Tệp", "Dung lượng (byte)", "SHA-256")


def figures_file(batch: Batch, target: Path) -> tuple[str, Path]:
    """Every figure of the campaign up to the period, row by row: memory does not grow with them."""
    table = all_figures(batch.campaign, batch.period, SENT)
    write_figures(target, table)
    return f"toan-bo-so-lieu-den-{slug(batch.period.name)}-{SLUGS[SENT]}.xlsx", target


def pack(batch: Batch, target: Path) -> tuple[str, Path]:
    """The ZIP with its manifest; a single part is handed out as it is."""
    parts = list(batch.parts.select_related("file").order_by("position"))
    if batch.kind == BatchKind.FIGURES:
        [only] = parts
        assert only.file is not None
        target.write_bytes(only.file.content.read())
        return only.file_name, target
    listed: list[tuple[str, str, int, str]] = []
    with ZipFile(target, "w", ZIP_STORED) as archive:  # PDF and Word are packed already
        for part in parts:
            assert part.file is not None
            name = f"{part.position:03d}-{part.file_name}"
            archive.write(part.file.content.path, name)
            listed.append((part.name, name, part.file.size, part.sha256))
        archive.writestr(MANIFEST, _manifest(batch, listed), ZIP_DEFLATED)
        archive.writestr(SUMS, "".join(f"{sha256}  {name}\n" for _, name, _, sha256 in listed), ZIP_DEFLATED)
    return f"bao-cao-cac-don-vi-{slug(batch.period.name)}.zip", target


def _manifest(batch: Batch, listed: list[tuple[str, str, int, str]]) -> bytes:
    """What is in it and what is not, for Excel in Vietnam: semicolons, and a mark that the letters are UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"{batch.get_kind_display()}, {batch.period}, lập lúc {format_moment(clock.now())}"])
    writer.writerow(HEADS)
    for number, (unit, name, size, sha256) in enumerate(listed, start=1):
        writer.writerow([number, unit, name, size, sha256])
    for unit in unsent_names(batch.period, besides=[part for part, *_ in listed]):
        writer.writerow(["", unit, "chưa gửi báo cáo lúc lập", "", ""])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
