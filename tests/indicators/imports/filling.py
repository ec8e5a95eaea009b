"""A person with a workbook: download it, change it with Excel's own means, bring it back, write what it changes."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from indicators.choices import IndicatorKind
from indicators.models import Denominator, MilestoneStep
from tests.builders import World, assign, make_indicator, make_world

HEAD = 5


def make_full_world() -> World:
    """Two communes with every kind of row: quantities, a ratio with a base of its own, a milestone, a task."""
    world = make_world(launched=False)
    rows: dict[str, dict[str, Any]] = {
        "von": {"kind": IndicatorKind.RATIO, "unit_of_measure": "triệu đồng", "decimals": 3},
        "moc": {"kind": IndicatorKind.MILESTONE},
        "muc": {"time_rule": "level", "decimals": 0, "unit_of_measure": "hộ", "asks_source_date": True},
    }
    for code, values in rows.items():
        world.indicators[code] = make_indicator(world.campaign, world.area, code, f"Chỉ tiêu {code}", **values)
        assign(world.indicators[code], world.lead, "leads")
        for unit in world.communes:
            assign(world.indicators[code], unit)
    Denominator.objects.create(
        indicator=world.indicators["von"], key="nguon", name="thực nguồn", is_reported=True, position=1
    )
    for position, name in enumerate(("Lập hồ sơ", "Phê duyệt"), start=1):
        MilestoneStep.objects.create(indicator=world.indicators["moc"], position=position, name=name)
    return world


def month_page(world: World, commune: int = 0, period: int = 1) -> str:
    return reverse("indicators:import-month", args=[world.submission(commune, period).pk])


def indicator_page(world: World, code: str = "che", period: int = 1) -> str:
    return reverse("indicators:import-indicator", args=[world.indicators[code].pk, world.period(period).pk])


def download(client: Client, page: str) -> Workbook:
    """The template of the page that takes it back."""
    response = client.get(page.replace("nap-tep/", "bieu-mau.xlsx"))
    assert response.status_code == 200
    return load_workbook(BytesIO(response.content))


def as_bytes(workbook: Workbook) -> bytes:
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def cell_of(workbook: Workbook, label: str, title: str) -> Cell:
    """The cell of a row by its name and the title of its column."""
    sheet: Worksheet = workbook.worksheets[0]
    row = next(one[0].row for one in sheet.iter_rows(min_col=3, max_col=3) if one[0].value == label)
    place = next(one.column for one in sheet[HEAD] if one.value == title)
    return sheet.cell(row, place)


def bring_back(client: Client, page: str, workbook: Workbook | bytes, name: str = "bieu-mau.xlsx") -> HttpResponse:
    content = workbook if isinstance(workbook, bytes) else as_bytes(workbook)
    return client.post(page, {"file": SimpleUploadedFile(name, content)})


def answer_to(client: Client, page: str, previewed: HttpResponse, **fields: Any) -> HttpResponse:
    """Press a button of the preview."""
    return client.post(page, {"sealed": sealed_in(previewed), **fields})


def sealed_in(previewed: HttpResponse) -> str:
    found = re.search(r'name="sealed" value="([^"]*)"', previewed.content.decode())
    assert found is not None
    return unescape(found[1])


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The package with its parts changed and others added."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return target.getvalue()
