"""The definitions on the page: the rows of one sheet, and one row as fields to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.models import Campaign
from indicators.tables.definition_columns import (
    CHOICE,
    FLAG,
    INFO,
    REF,
    Key,
    SheetColumn,
    SheetSpec,
    State,
    Values,
    value_text,
)
from indicators.tables.definition_state import References, definition_sheets, read_references, read_state
from vietnamese.text import slug

LONG_TEXT = 400
#: Columns that the list leaves to the row's own page.
_QUIET = {"origin", "source_note", "passage", "quote", "position", "short_name", "short_title", "definition"}


@dataclass(frozen=True)
class ListedRow:
    """One row of a sheet: what it is called, its other cells in words, the key in its address."""

    label: str
    words: str
    key: str


@dataclass(frozen=True)
class SheetLink:
    """A sheet with how many rows it has."""

    name: str
    slug: str
    size: int
    is_current: bool


@dataclass(frozen=True)
class SheetPage:
    """One sheet on the page."""

    name: str
    slug: str
    about: str
    rows: tuple[ListedRow, ...]
    links: tuple[SheetLink, ...]


#: The fields of a long row by what they are about; what stands in none of them comes first. The last of a form that is
#: seldom needed is folded; it opens by itself where something was written in it, or is wrong.
GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "indicators": (
        ("Cách đo", ("kind", "unit_of_measure", "decimals", "time_rule", "unit_rule", "direction", "operator")),
        ("Kỳ phải báo cáo", ("schedule", "listed_months", "due_on")),
        (
            "Hỏi kèm số liệu, ghép với chỉ tiêu khác",
            (
                *("data_source", "asks_source_date", "evidence_required", "is_confidential"),
                *("parent", "parts_are_complete", "previous", "position"),
            ),
        ),
        ("Nguồn trong văn bản", ("origin", "source_note", "passage", "quote")),
    ),
    "areas": (("Tên ngắn, vị trí, nguồn trong văn bản", ("short_title", "passage", "position")),),
    "targets": (
        ("Quyết định giao", ("set_by", "decision_number", "decided_on", "valid_from")),
        ("Giao nhiều lần, nguồn trong văn bản", ("sequence", "reason", "origin", "source_note", "passage", "quote")),
    ),
    "openings": (("Nguồn trong văn bản", ("origin", "source_note", "passage", "quote")),),
    "assignments": (("Người phụ trách, nguồn", ("is_not_applicable", "person", "origin")),),
}
#: Groups that a person seldom needs.
FOLDED = frozenset(
    {
        "Hỏi kèm số liệu, ghép với chỉ tiêu khác", "Nguồn trong văn bản", "Tên ngắn, vị trí, nguồn trong văn bản",
        "Giao nhiều lần, nguồn trong văn bản", "Người phụ trách, nguồn",
    }
)  # fmt: skip

#: What a new row says until a person says otherwise: a target is there to judge by.
BEGUN_WITH: dict[str, Values] = {"targets": {"is_main": True}}


@dataclass(frozen=True)
class RowField:
    """One column as a field."""

    key: str
    title: str
    text: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    is_required: bool
    is_fixed: bool
    is_flag: bool
    is_long: bool
    has_default: bool = False
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldGroup:
    """Some fields of a row under one heading; ``is_folded``: seldom needed and nothing of it written or wrong."""

    title: str
    fields: tuple[RowField, ...]
    is_folded: bool


def grouped(spec: SheetSpec, fields: tuple[RowField, ...]) -> tuple[FieldGroup, ...]:
    """The fields of a row by what they are about."""
    groups = GROUPS.get(spec.key, ())
    taken = {key for _, keys in groups for key in keys}
    first = FieldGroup("", tuple(field for field in fields if field.key not in taken), is_folded=False)
    begun = {column.key: value_text(column, column.default) for column in spec.held}
    rest = []
    for title, keys in groups:
        held = tuple(field for field in fields if field.key in keys)
        # Every row has a place; that alone does not open what is folded.
        is_used = any(
            field.errors or field.text not in ("", begun[field.key]) for field in held if field.key != "position"
        )
        rest.append(FieldGroup(title, held, is_folded=title in FOLDED and not is_used))
    return (first, *(group for group in rest if group.fields))


def sheet_named(campaign: Campaign, name: str) -> SheetSpec | None:
    """The sheet by the word in its address; the path's columns depend on the campaign."""
    return next((spec for spec in definition_sheets(campaign) if slug(spec.name) == name), None)


def sheet_page(campaign: Campaign, spec: SheetSpec) -> SheetPage:
    """All rows of a sheet, and the way to the other sheets."""
    specs, references = definition_sheets(campaign), read_references(campaign)
    state = read_state(campaign, specs)
    names = _names(state, references)
    rows = tuple(_listed(spec, key, values, names) for key, values in state[spec.key].items())
    links = tuple(SheetLink(one.name, slug(one.name), len(state[one.key]), one.key == spec.key) for one in specs)
    return SheetPage(spec.name, slug(spec.name), spec.about, rows, links)


def row_fields(
    campaign: Campaign,
    spec: SheetSpec,
    key: Key | None,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, list[str]] | None = None,
) -> tuple[RowField, ...] | None:
    """One row as fields: what stands, or what was typed and what is wrong with it; None where there is no such row."""
    specs, references = definition_sheets(campaign), read_references(campaign)
    state = read_state(campaign, specs)
    begun = {column.key: column.default for column in spec.held} | BEGUN_WITH.get(spec.key, {})
    values = state[spec.key].get(key) if key is not None else begun
    if values is None:
        return None
    names = _names(state, references)
    return tuple(
        RowField(
            key=column.key,
            title=_title(column),
            text=value_text(column, values.get(column.key)) if typed is None else typed.get(column.key, ""),
            hint=_hint(column, key),
            choices=_choices(column, names),
            is_required=column.is_required and not _is_made(column, spec, key),
            has_default=column.kind == CHOICE and bool(column.default),
            is_fixed=key is not None and column.is_key,
            is_flag=column.kind == FLAG,
            is_long=column.limit > LONG_TEXT,
            errors=tuple((errors or {}).get(column.key, ())),
        )
        for column in spec.held
    )


def _title(column: SheetColumn) -> str:
    """The head of the workbook without the code that it asks for: on the page one chooses by name."""
    return column.title.partition(" (mã")[0] if column.kind == REF else column.title


def _is_made(column: SheetColumn, spec: SheetSpec, key: Key | None) -> bool:
    """A code that the program makes out of the name."""
    return key is None and column == spec.keys[-1] and spec.key in ("areas", "indicators", "bases")


def _hint(column: SheetColumn, key: Key | None) -> str:
    if key is None and column.key in ("code", "key"):
        return "Để trống thì chương trình đặt theo tên."
    return column.hint


def _names(state: State, references: References) -> dict[str, dict[str, str]]:
    """What the codes of each kind stand for."""
    return {
        "areas": {key[0]: f"{row['numbering']} {row['title']}".lstrip(" -") for key, row in state["areas"].items()},
        "indicators": {key[0]: str(row["short_name"] or row["name"]) for key, row in state["indicators"].items()},
        "tiers": {key[0]: f"{key[0]} (ngày {row['day_of_month']})" for key, row in state["tiers"].items()},
        "clusters": {key[0]: key[0] for key in state["clusters"]},
        "bases": {key[1]: str(row["name"]) for key, row in state["bases"].items()},
        "units": references.units,
        "passages": references.places,
        "previous": references.previous,
    }


def _choices(column: SheetColumn, names: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """What may be chosen: the program's words, or what the codes stand for."""
    if column.kind == CHOICE:
        return tuple((label, label) for _, label in column.choices)
    if column.kind == REF and column.refers in names:
        return tuple((key, f"{name} · {key}" if name != key else key) for key, name in names[column.refers].items())
    return ()


def _listed(spec: SheetSpec, key: Key, values: Values, names: Mapping[str, Mapping[str, str]]) -> ListedRow:
    """Names in place of codes; of the other cells those that say something."""

    def shown(column: SheetColumn) -> str:
        text = value_text(column, values.get(column.key))
        return names.get(column.refers, {}).get(text, text) if column.kind == REF else text

    called = str(values.get("name") or values.get("title") or "")
    label = called if spec.key in ("areas", "indicators") else " · ".join(filter(None, map(shown, spec.keys)))
    words = [
        column.title if column.kind == FLAG else f"{_title(column).lower()}: {shown(column)}"
        for column in spec.columns
        if column.kind != INFO
        and not (column.is_key and column.kind != FLAG)
        and column.key not in _QUIET
        and shown(column)
        and shown(column) != label
        and values.get(column.key) != column.default
    ]
    return ListedRow(label, "; ".join(words), "|".join(key))
