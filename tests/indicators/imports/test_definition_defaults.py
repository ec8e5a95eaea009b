"""What a definitions workbook leaves open, and a head that was changed: taken as it is meant, told in one sentence."""

from __future__ import annotations

import pytest

from indicators.imports.definition_import import import_definitions
from indicators.models import Target
from tests.builders import at
from tests.indicators.imports.test_definitions import HEAD, add, build, content_of, faults, opened
from tests.kept import kept_world

pytestmark = pytest.mark.django_db
world = kept_world(build, at("2024-06-20"))


def test_a_target_that_nobody_marked_is_judged_by_and_shown_so(world):
    book = opened(world)
    rows = book["Chỉ tiêu giao"]
    add(rows, **{"Mã chỉ tiêu": "che", "Mã đơn vị": "huyen", "Số giao": 90})
    add(rows, **{"Mã chỉ tiêu": "ca-phe", "Mã đơn vị": "huyen", "Số giao": 40})
    preview = import_definitions(world.campaign, content_of(book), by=world.people["coordinator"])
    marked = {target.indicator.code for target in Target.objects.filter(unit=world.authority, is_main=True)}

    assert "cộng lại thừa 10 so với số giao chung" in preview.remarks[0].words
    assert {"che", "ca-phe"} <= marked
    assert "dùng để đánh giá" in str(preview.sheets).lower()


def test_a_sheet_whose_head_was_changed_is_the_one_fault(world):
    book = opened(world)
    book["Chỉ tiêu, nhiệm vụ"].cell(HEAD, 1, "Tên gì đó")

    assert faults(world, book) == [
        "Trang “Chỉ tiêu, nhiệm vụ”: không thấy dòng tiêu đề có cột “Mã chỉ tiêu”. "
        "Ghi lại đúng tên cột như ở bảng đã tải về."
    ]
