"""What must hold between the rows of a definitions workbook: names exist, trees have no ring, targets agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from campaign.choices import Relation
from indicators.choices import AssignmentRole, IndicatorKind, UnitRule
from indicators.imports.definition_checking import NUMERIC, Checking, amount_words
from indicators.imports.definition_namesakes import namesakes
from indicators.rules.trees import cycles
from indicators.tables.definition_columns import REF, SHARE, Key, Values
from vietnamese.numbers import format_trimmed
from vietnamese.text import slug


def check(checking: Checking) -> None:
    """Everything in turn; each adds its own sentences."""
    for one in CHECKS:
        one(checking)


def _references(checking: Checking) -> None:
    """Every code that a cell names exists, in the file or on the program."""
    known: dict[str, Any] = {
        "areas": {key[0] for key in checking.rows("areas")},
        "indicators": {key[0] for key in checking.rows("indicators")},
        "tiers": {key[0] for key in checking.rows("tiers")},
        "clusters": {key[0] for key in checking.rows("clusters")},
        "units": checking.references.units,
        "passages": checking.references.passages,
        "people": checking.references.people,
        "previous": checking.references.previous,
        "bases": set(checking.rows("bases")),
    }
    words = {
        "areas": "mã nội dung",
        "indicators": "mã chỉ tiêu",
        "tiers": "nhóm hạn gửi",
        "clusters": "cụm, khối",
        "units": "đơn vị",
        "passages": "đoạn văn bản",
        "people": "người dùng",
        "previous": "chỉ tiêu của đợt trước",
        "bases": "mẫu số của chỉ tiêu này",
    }
    for spec in checking.specs:
        for column in (one for one in spec.columns if one.kind == REF):
            for key, row in checking.rows(spec.key).items():
                value = str(row.get(column.key) or "")
                sought: Any = (str(row.get("indicator", "")), value) if column.refers == "bases" else value
                if value and sought not in known[column.refers]:
                    checking.fault(spec.key, key, column.key, f"không có {words[column.refers]} “{value}”.")


def _codes(checking: Checking) -> None:
    """A new code is written in small letters without signs, for it becomes part of addresses."""
    for sheet, column in (("areas", "key"), ("indicators", "code"), ("bases", "key")):
        for key, row in checking.rows(sheet).items():
            code = str(row[column])
            if key not in checking.present.get(sheet, {}) and code != slug(code):
                wanted = slug(code)
                checking.fault(
                    sheet, key, column, f"mã “{code}” chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ {wanted}."
                )


def _trees(checking: Checking) -> None:
    """No area and no indicator is a part of itself, directly or around."""
    for sheet, word, column in (("areas", "nội dung", "Thuộc"), ("indicators", "chỉ tiêu", "Trong đó của")):
        parents = {key[0]: str(row.get("parent") or "") for key, row in checking.rows(sheet).items()}
        for ring in cycles(parents):
            way = " → ".join((*ring, ring[0]))
            told = f"{word} xếp vòng tròn: {way}. Sửa cột “{column}” của một dòng."
            checking.fault(sheet, (ring[0],), "parent", told)


def _indicators(checking: Checking) -> None:
    """What each kind of indicator needs."""
    for key, row in checking.rows("indicators").items():
        kind = row["kind"]
        if kind in NUMERIC and not row["unit_of_measure"]:
            checking.fault("indicators", key, "unit_of_measure", "chỉ tiêu có số phải có đơn vị tính.")
        if row["is_confidential"] and kind in NUMERIC:
            checking.fault("indicators", key, "is_confidential", "chỉ báo trạng thái thì không có số: đổi cột “Loại”.")
        if isinstance(row["decimals"], int) and row["decimals"] > 4:
            checking.fault("indicators", key, "decimals", "số chữ số thập phân từ 0 đến 4.")
        if row["schedule"] == "listed" and not row["listed_months"]:
            checking.fault("indicators", key, "listed_months", "nêu các tháng phải báo cáo, ví dụ 9; 12.")
    for key, row in checking.rows("tiers").items():
        day = row["day_of_month"]
        if isinstance(day, int) and not 1 <= day <= 28:
            checking.fault("tiers", key, "day_of_month", "hạn gửi là một ngày trong tháng, từ 1 đến 28.")


def _assignments(checking: Checking) -> None:
    """Units that take part, one lead for a row, "không giao" only for who would report."""
    relations = {key[0]: row["relation"] for key, row in checking.rows("parts").items()}
    leads: dict[str, list[Key]] = defaultdict(list)
    for key, row in checking.rows("assignments").items():
        unit, role = str(row["unit"]), row["role"]
        if unit in checking.references.units and unit not in relations:
            is_kept = key in checking.present.get("assignments", {})  # as named in the document, before it takes part
            tell = checking.remark if is_kept else checking.fault
            tell("assignments", key, "unit", f"“{unit}” chưa tham gia phong trào. Thêm ở trang đơn vị.")
        if role == AssignmentRole.REPORTS and relations.get(unit) == Relation.SUPPORTS:
            checking.fault("assignments", key, "unit", f"“{unit}” chỉ hưởng ứng nên không giao báo cáo được.")
        if row["is_not_applicable"] and role != AssignmentRole.REPORTS:
            checking.fault("assignments", key, "is_not_applicable", "chỉ phần báo cáo mới ghi “không giao” được.")
        if role == AssignmentRole.LEADS:
            leads[str(row["indicator"])].append(key)
    for code, keys in leads.items():
        for key in keys[1:]:
            checking.fault(
                "assignments", key, "role", f"chỉ tiêu “{code}” đã có cơ quan chủ trì là “{keys[0][1]}”; chỉ có một."
            )


def _targets(checking: Checking) -> None:
    """Amounts of rows that carry numbers, a percentage with its base, one target to judge by."""
    main: dict[tuple[str, str], list[tuple[Key, Values]]] = defaultdict(list)
    parts = {key[0] for key in checking.rows("parts")} | {checking.references.authority}
    indicators = checking.rows("indicators")
    for sheet in ("targets", "openings"):
        for key, row in checking.rows(sheet).items():
            code, unit = str(row["indicator"]), str(row["unit"])
            if indicators.get((code,), {}).get("kind") == IndicatorKind.TASK:
                checking.fault(sheet, key, "indicator", f"“{code}” là nhiệm vụ, không có số.")
            if unit in checking.references.units and unit not in parts:
                checking.fault(sheet, key, "unit", f"“{unit}” chưa tham gia phong trào. Thêm ở trang đơn vị.")
    for key, row in checking.rows("targets").items():
        if row["is_percentage"] and not row["base"]:
            checking.fault("targets", key, "base", "số giao là phần trăm thì phải nêu phần trăm của gì (mẫu số).")
        if row["is_main"]:
            main[str(row["indicator"]), str(row["unit"])].append((key, row))
    for (code, unit), held in main.items():
        first, *others = {(row["base"], row["is_percentage"]): (key, row) for key, row in held}.values()
        for key, row in others:
            checking.fault(
                "targets",
                key,
                "amount",
                f"chỉ tiêu “{code}” của “{unit}” có hai số cùng dùng để đánh giá: {amount_words(first[1])} và "
                f"{amount_words(row)}. Bỏ “x” ở cột “Dùng để đánh giá” của một dòng.",
            )


def _openings(checking: Checking) -> None:
    for key, row in checking.rows("openings").items():
        if row["amount"] is None and row["rate"] is None:
            checking.fault("openings", key, "amount", "phải có số lượng hoặc tỷ lệ.")
        if row["rate"] is not None and not row["base"]:
            checking.fault("openings", key, "base", "tỷ lệ phải nêu so với gì (mẫu số).")


def _paths(checking: Checking) -> None:
    for key, row in checking.rows("paths").items():
        before = Decimal(0)
        for name, share in row.items():
            if not name.startswith(SHARE) or not isinstance(share, Decimal):
                continue
            if share < 0:
                checking.fault("paths", key, name, "tỷ lệ phải đạt không được âm.")
            elif share < before:
                checking.remark("paths", key, name, f"{format_trimmed(share)} % thấp hơn kỳ trước. Kiểm tra lại.")
            before = share


def _sums(checking: Checking) -> None:
    """Parts that make up a whole, and units that make up the district: the targets should add up."""
    indicators = checking.rows("indicators")
    amounts: dict[tuple[str, str], dict[str, tuple[Key, Decimal]]] = defaultdict(dict)
    for key, row in checking.rows("targets").items():
        amount = row["amount"]
        if not row["is_percentage"] and row["is_main"] and isinstance(amount, Decimal):
            amounts[str(row["indicator"]), str(row["base"])][str(row["unit"])] = (key, amount)
    _sums_of_parts(checking, indicators, amounts)
    authority = checking.references.authority
    for (code, _), held in amounts.items():
        whole = held.get(authority)
        given = [amount for unit, (_, amount) in held.items() if unit != authority]
        if whole is None or not given or indicators.get((code,), {}).get("unit_rule") != UnitRule.SUM:
            continue
        if sum(given) != whole[1]:
            difference = format_trimmed(abs(sum(given, Decimal(0)) - whole[1]))
            word = "thừa" if sum(given) > whole[1] else "thiếu"
            checking.remark(
                "targets",
                whole[0],
                "amount",
                f"số giao các đơn vị của “{code}” cộng lại {word} {difference} so với số giao chung.",
            )


def _sums_of_parts(
    checking: Checking,
    indicators: Mapping[Key, Values],
    amounts: Mapping[tuple[str, str], Mapping[str, tuple[Key, Decimal]]],
) -> None:
    parts: dict[str, list[str]] = defaultdict(list)
    for key, row in indicators.items():
        if row["parent"]:
            parts[str(row["parent"])].append(key[0])
    for key, row in indicators.items():
        if not row["parts_are_complete"] or not parts[key[0]]:
            continue
        for unit, (place, whole) in amounts.get((key[0], ""), {}).items():
            known = [amounts.get((part, ""), {}).get(unit) for part in parts[key[0]]]
            total = sum((one[1] for one in known if one), Decimal(0))
            if all(known) and total != whole:
                checking.fault(
                    "targets",
                    place,
                    "amount",
                    f"số giao {format_trimmed(whole)} khác tổng các phần {format_trimmed(total)}, mà chỉ tiêu ghi "
                    "các phần cộng đủ toàn bộ.",
                )


def _quotes(checking: Checking) -> None:
    """A new quote stands word for word in the passage that it names."""
    for sheet in ("indicators", "targets", "openings"):
        for key, row in checking.rows(sheet).items():
            quote, passage = str(row["quote"]), str(row["passage"])
            before = checking.present.get(sheet, {}).get(key, {})
            if not quote or (before.get("quote"), before.get("passage")) == (quote, passage):
                continue
            text = checking.references.passages.get(passage, "")
            if " ".join(quote.split()) not in " ".join(text.split()):
                checking.fault(sheet, key, "quote", "câu trích không có trong đoạn văn bản được dẫn.")


CHECKS: tuple[Callable[[Checking], None], ...] = (
    _references, _codes, _trees, _indicators, _assignments, _targets, _openings, namesakes, _paths, _sums, _quotes,
)  # fmt: skip
