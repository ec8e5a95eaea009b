"""The library's workbook with what it does not offer: named cell styles, whole rows, and texts that are never markup.

XlsxWriter knows formats only, so its style sheet is written with our looks as styles of a name: an office changes the
look of a whole workbook in the gallery of styles, instead of cell by cell.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.styles import Styles, XFormatType
from xlsxwriter.workbook import Workbook

from paper.quick_sheet import QuickSheet, text_tag


class StyledWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose formats may belong to a named style, and whose sheets take whole rows."""

    worksheet_class = QuickSheet

    def __init__(self, place: Any, options: dict[str, Any]) -> None:
        super().__init__(place, options)
        self.named: dict[str, Format] = {}

    def add_style(self, name: str, base: Format) -> int:
        """Make a format the base of a named style; the number by which other formats belong to it."""
        base._get_xf_index()  # else a base that stands in no cell would not be written
        self.named[name] = base
        return len(self.named)

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    """Writes our style sheet and our texts instead of the plain ones."""

    def _write_styles_file(self) -> None:
        book = self.workbook
        styles = _NamedStyles(book.named)
        styles._set_style_properties(
            [
                *(book.xf_formats, book.palette, book.font_count, book.num_formats, book.border_count),
                *(book.fill_count, book.custom_colors, book.dxf_formats, book.has_comments),
            ]
        )
        styles._set_xml_writer(self._filename("xl/styles.xml"))
        styles._assemble_xml_file()

    def _write_shared_strings_file(self) -> None:
        texts = _SharedTexts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


class _SharedTexts(SharedStrings):  # type: ignore[misc]
    """The texts of a workbook, each as a person typed it."""

    def _write_si(self, string: str) -> None:
        self.fh.write(f"<si>{text_tag(string)}</si>")


class _NamedStyles(Styles):  # type: ignore[misc]
    """The style sheet with the named styles behind "Normal"."""

    def __init__(self, named: dict[str, Format]) -> None:
        super().__init__()
        self.named = named

    def _write_cell_style_xfs(self) -> None:
        self._xml_start_tag("cellStyleXfs", [("count", 1 + len(self.named))])
        for base in (self.xf_formats[0], *self.named.values()):
            self._write_xf(base, XFormatType.STYLE)
        self._xml_end_tag("cellStyleXfs")

    def _write_cell_styles(self) -> None:
        self._xml_start_tag("cellStyles", [("count", 1 + len(self.named))])
        self._write_cell_style()
        for number, name in enumerate(self.named, start=1):
            self._xml_empty_tag("cellStyle", [("name", name), ("xfId", number)])
        self._xml_end_tag("cellStyles")
