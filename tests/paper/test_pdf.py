"""The PDF: tagged, one typeface, reproducible, and nothing fetched but our own files."""

import http.server
import logging
import os
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from paper.pdf import STATIC_ROOT, RefusedAddress, in_one_typeface, render_pdf
from tests.paper.sample import CREATED, committee_letter, department_letter, report_html, report_pdf

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def report() -> PdfReader:
    return PdfReader(BytesIO(report_pdf(department_letter())))


def embedded_families(content: bytes) -> set[str]:
    """The families of all fonts in the file; each must be embedded."""
    families = set()
    for item in _all_objects(content):
        if item.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in item or "/FontFile3" in item
            families.add(re.sub(r"^/[A-Z]{6}\+", "", item["/FontName"]).split("-")[0])
    return families


def _all_objects(content: bytes) -> list[Any]:
    reader = PdfReader(BytesIO(content))
    objects = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    return [item for item in objects if isinstance(item, dict)]


def elements(reader: PdfReader) -> list[Any]:
    """Every structure element of the tag tree, in reading order."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop(0).get_object()
        if not isinstance(node, dict):
            continue
        if node.get("/Type") == "/StructElem":
            found.append(node)
        kids = node.get("/K", [])
        waiting = [*(kids if isinstance(kids, list) else [kids]), *waiting]
        waiting = [kid for kid in waiting if not isinstance(kid, int)]
    return found


def test_exactly_one_family_is_embedded() -> None:
    assert embedded_families(report_pdf(department_letter())) == {"Tinos"}
    assert embedded_families(report_pdf(committee_letter(draft=True, illustrative=True, compact=True))) == {"Tinos"}


def test_letters_that_the_typeface_lacks_become_a_box_and_bring_in_no_second_font() -> None:
    html = "<html lang=vi><style>html { font-family: Tinos }</style><p>Chè △ 85,5 ha 🍵 \u4e2d \ufe0f</p></html>"
    content = render_pdf(html, title="Chè")
    assert embedded_families(content) == {"Tinos"}
    assert PdfReader(BytesIO(content)).pages[0].extract_text().split() == ["Chè", "□", "85,5", "ha", "□", "□"]


def test_without_the_typeface_no_document_is_made_and_the_error_names_the_package(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    script = "from paper.pdf import render_pdf; render_pdf('<p>x</p>', title='x')"
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        cwd=STATIC_ROOT.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "MissingFont: Thiếu phông chữ Tinos" in run.stderr
    assert "fonts-croscore" in run.stderr


def test_decomposed_text_is_composed_and_ordinary_text_left_alone() -> None:
    assert (
        in_one_typeface("Plo\u0302ng, ho\u0323\u0302p\n\tbảng\u00a0\u2007\u200b")
        == "Plông, hộp\n\tbảng\u00a0\u2007\u200b"
    )
    assert in_one_typeface("a\u0007b\ufe0fc") == "abc"


def test_file_says_title_author_language_and_moment(report: PdfReader) -> None:
    content = render_pdf("<p>Chè</p>", title="Báo cáo tháng 11", author="Phòng Nội vụ", created=CREATED)
    reader = PdfReader(BytesIO(content))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Báo cáo tháng 11", "Phòng Nội vụ")
    assert reader.metadata.creation_date == datetime(2024, 11, 15, 8, 0, tzinfo=UTC)
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert report.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_file_is_tagged_as_accessible(report: PdfReader) -> None:
    root = report.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data() or b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    roles = [element["/S"] for element in elements(report)]
    assert roles.count("/H1") == 3
    assert "/H2" in roles
    assert roles.count("/Table") >= 3


def test_pictures_have_their_words_and_table_cells_their_heads(report: PdfReader) -> None:
    tree = elements(report)
    assert [element["/Alt"] for element in tree if element["/S"] == "/Figure"] == [
        "đạt 46,6 %, cần 74 %",
        "có khả năng không đạt",
    ]
    cells = [element for element in tree if element["/S"] == "/TD"]
    assert len(cells) > 100
    assert all(len(cell["/A"]["/Headers"]) >= 1 for cell in cells)


def test_bookmarks_lead_to_title_parts_and_annexes(report: PdfReader) -> None:
    top = [entry for entry in report.outline if not isinstance(entry, list)]
    assert [entry.title for entry in top] == [
        "BÁO CÁO Kết quả thực hiện phong trào thi đua 6 tháng cuối năm 2024 (tháng 11)",
        "Phụ lục I. Biểu tổng hợp các chỉ tiêu thi đua",
        "Phụ lục II. Danh sách đơn vị chậm gửi báo cáo",
    ]


def test_same_html_and_moment_give_the_same_bytes() -> None:
    assert report_pdf(department_letter(), rows=3) == report_pdf(department_letter(), rows=3)


def test_rendering_raises_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        weasyprint = logging.getLogger("weasyprint")
        weasyprint.addHandler(caplog.handler)
        report_pdf(committee_letter(draft=True), rows=3)
        weasyprint.removeHandler(caplog.handler)
    assert [record.message for record in caplog.records] == []


def test_threads_render_side_by_side() -> None:
    html = report_html(department_letter(), paragraphs=1, rows=5)
    alone, together = render_pdf(html, title="x", created=CREATED), []
    threads = [
        threading.Thread(target=lambda: together.append(render_pdf(html, title="x", created=CREATED))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 3


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}">',
        '<link rel="stylesheet" href="{url}">',
        '<style>@import url("{url}");</style>',
        '<style>p {{ background: url("{url}") }}</style><p>x</p>',
        '<style>@font-face {{ font-family: A; src: url("{url}") }} p {{ font-family: A }}</style><p>x</p>',
        '<link rel="attachment" href="{url}">',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
        '<base href="{url}"><img src="x.png">',
    ],
)
def test_no_markup_reaches_the_network_and_the_rendering_ends(markup: str) -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/secret"
        with pytest.raises(RefusedAddress):
            render_pdf(f"<html lang=vi><body>{markup.format(url=url)}</body></html>", title="x")
        server.shutdown()
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "../config/settings.py",
        "../static/../manage.py",
        "file:///etc/passwd",
        "%2e%2e/manage.py",
        "//host/share",
        "none.css",
    ],
)
def test_files_outside_the_static_folder_are_refused(address: str) -> None:
    with pytest.raises(RefusedAddress):
        render_pdf(f'<html lang=vi><link rel="stylesheet" href="{address}"></html>', title="x")


def test_a_link_inside_the_folder_that_points_out_of_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "secret.css").write_text("p { color: red }")
    (tmp_path / "static" / "own.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(RefusedAddress):
        render_pdf('<html lang=vi><link rel="stylesheet" href="own.css"></html>', base=tmp_path / "static", title="x")


def test_our_own_files_and_inline_pictures_are_served(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("@page { size: 50mm 70mm }")
    html = f'<html lang=vi><link rel="stylesheet" href="own.css"><img alt="" src="{PIXEL}"></html>'
    page = PdfReader(BytesIO(render_pdf(html, base=tmp_path, title="x"))).pages[0]
    assert float(page.mediabox.width) == pytest.approx(50 * 72 / 25.4, abs=0.1)
    assert len(page.images) == 1


def test_an_ordinary_link_in_the_text_is_no_fetch() -> None:
    assert render_pdf('<html lang=vi><p><a href="https://example.org">x</a></p></html>', title="x").startswith(
        b"%PDF-1.7"
    )


def test_for_the_archive_the_file_is_a_tagged_pdf_a_3_with_its_colours_defined() -> None:
    html = report_html(department_letter(), paragraphs=1, rows=2)
    content = render_pdf(html, title="Báo cáo", created=CREATED, variant="pdf/a-3a")
    root = PdfReader(BytesIO(content)).trailer["/Root"]
    metadata = root["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in metadata or b"<pdfaid:part>3" in metadata
    assert b'pdfaid:conformance="A"' in metadata or b"<pdfaid:conformance>A" in metadata
    assert root["/MarkInfo"]["/Marked"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert embedded_families(content) == {"Tinos"}


def test_the_structure_tree_is_whole_every_piece_of_text_belongs_to_it(report: PdfReader) -> None:
    tree = elements(report)
    roles = {element["/S"] for element in tree}
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= roles
    for page in report.pages:
        content = page.get_contents().get_data()
        # Between marked stretches nothing is drawn that a reader would hear: text stands inside BDC … EMC.
        outside = re.sub(rb"/[A-Za-z0-9]+\s*(?:<<.*?>>|/\w+)?\s*(?:BDC|BMC).*?EMC", b"", content, flags=re.DOTALL)
        assert b" Tj" not in outside
        assert b" TJ" not in outside
        assert page["/Tabs"] == "/S" or "/Annots" not in page
