"""Is a file that came back a plain, harmless workbook? The very check of every workbook of the house."""

from units.imports.package import BROKEN, EMPTY, MAX_BYTES, TOO_LARGE, check_package

__all__ = ["BROKEN", "EMPTY", "MAX_BYTES", "TOO_LARGE", "check_package"]
