"""Does an Office file carry macros, or call itself one that may? Asked of every file that is read or kept."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

#: Names that Office gives to files with macros, and to the older binary kind that may hold them unseen.
SUFFIXES = (".xlsm", ".xltm", ".xlam", ".xlsb", ".docm", ".dotm", ".pptm")


def is_named_so(name: str) -> bool:
    """A name for files with macros: whoever opens it next is led to trust what may come into it."""
    return name.lower().endswith(SUFFIXES)


def are_in(package: ZipFile) -> bool:
    """A part with a macro, or a type that allows one."""
    names = package.namelist()
    if any("vbaproject" in name.lower() for name in names):
        return True
    return "[Content_Types].xml" in names and b"macroEnabled" in package.read("[Content_Types].xml")


def are_in_bytes(content: bytes) -> bool:
    """The same of a file of any kind; a package that cannot be opened is another's matter."""
    if not content.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(content)) as package:
            return are_in(package)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError):
        return False
