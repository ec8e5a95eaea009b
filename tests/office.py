"""LibreOffice as a second opinion: it opens our files, calculates every formula anew, and prints them."""

from __future__ import annotations

import subprocess
from pathlib import Path

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def recalculated(content: bytes, folder: Path) -> bytes:
    """The workbook after every formula was calculated anew."""
    return _converted(content, folder, "in.xlsx", "xlsx:Calc MS Excel 2007 XML", "in.xlsx")


def printed(content: bytes, folder: Path, suffix: str) -> bytes:
    """The file as PDF, as LibreOffice lays it out."""
    return _converted(content, folder, f"in.{suffix}", "pdf", "in.pdf")


def _converted(content: bytes, folder: Path, name: str, form: str, result: str) -> bytes:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE)
    (folder / name).write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / name)], check=True, capture_output=True, timeout=180
    )
    return (folder / "out" / result).read_bytes()
