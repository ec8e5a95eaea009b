"""Reading the register of units: cells become lines, names become keys, and every doubt names its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from units.imports.preview import Change, Preview
from units.imports.register_cells import TITLES, Cells
from units.imports.sheets import Came, Fault, Line, Table, Title, read_tables
from units.models import User
from units.permissions import kept_paths
from units.rules.register import CodeSpan, KindLine, LevelLine, UnitLine, clashing_codes
from units.rules.register_fields import KIND_FIELDS, KINDS, LEVEL_FIELDS, LEVELS, UNIT_FIELDS, UNITS, Field, shown
from units.rules.tree import circles
from units.tables.register import kind_lines, level_lines, unit_lines
from vietnamese.text import search_key, slug

_NUMBERS = ("position", "grid_column", "grid_row", "population")
_DAYS = ("valid_from", "valid_to")
NO_UNIT = "Không có đơn vị “{text}”. Ghi khóa hoặc tên đơn vị đã có, hay có trong tệp."
_YES, _NO = {"co", "x", "1", "yes", "true", "dung"}, {"", "khong", "0", "no", "false"}

T = TypeVar("T", KindLine, LevelLine, UnitLine)


def _titles(fields: Sequence[Field]) -> tuple[Title, ...]:
    return tuple(Title(one.key, one.title, is_needed=one.is_needed) for one in fields)


TABLES = (
    Table(UNITS, _titles(UNIT_FIELDS)),
    Table(KINDS, _titles(KIND_FIELDS), is_needed=False),
    Table(LEVELS, _titles(LEVEL_FIELDS), is_needed=False),
)


@dataclass
class Register:
    """What the file says, as lines to keep, and what it would change."""

    units: list[UnitLine] = field(default_factory=list)
    kinds: list[KindLine] = field(default_factory=list)
    levels: list[LevelLine] = field(default_factory=list)
    preview: Preview = field(default_factory=lambda: Preview((), ()))


def read_register(content: bytes) -> Came:
    """The cells of a register's file; raises the sentence that says why it cannot be taken at all."""
    return read_tables(content, TABLES)


def compare_register(came: Came, *, user: User | None) -> Register:
    """What the file would change against what is kept now; ``user`` None is the installation itself."""
    reader = _Reader(came, user)
    reader.read()
    found = reader.register
    found.preview = Preview(tuple(reader.changes), tuple(dict.fromkeys(reader.faults)), reader.same)
    return found


class _Reader(Cells):
    """Reads one file against the units of the installation."""

    def __init__(self, came: Came, user: User | None) -> None:
        self.came, self.user = came, user
        self.faults: list[Fault] = list(came.faults)
        self.changes: list[Change] = []
        self.same = 0
        self.register = Register()
        self.kept = {line.key: line for line in unit_lines()}
        mine = self.kept if user is None else {line.key: line for line in unit_lines(kept_paths(user))}
        self.mine = set(mine)

    def read(self) -> None:
        """Kinds and levels first: units speak of them."""
        self.register.levels = self._small(LEVELS, {one.code: one for one in level_lines()}, self._level)
        self.register.kinds = self._small(KINDS, {one.code: one for one in kind_lines()}, self._kind)
        self.kinds = _by_name([*kind_lines(), *self.register.kinds])
        self.levels = _by_name([*level_lines(), *self.register.levels])
        rows = self._keyed()
        self.bearers = _bearers([*self.kept.values(), *(UnitLine(key, line.text("name")) for key, line in rows)])
        self.known = {*self.kept, *(key for key, _ in rows)}
        lines = {key: (line, self._unit(key, line)) for key, line in rows}
        self._check_circles(lines)
        self._check_codes(lines)
        for line, unit in lines.values():
            self._note(line, unit, self.kept.get(unit.key), unit.name)
        changed = [unit for _, unit in lines.values() if unit != self.kept.get(unit.key)]
        self.register.units = changed

    # --- Kinds and levels ---

    def _small(self, sheet: str, kept: Mapping[str, T], read: Callable[[Line], T]) -> list[T]:
        """The rows of a short list that are new or differ."""
        found: dict[str, T] = {}
        for line in self.came.lines.get(sheet, []):
            row = read(line)
            if row.code in found:
                self.wrong(line, "code", f"Mã “{line.text('code')}” đã ghi ở dòng trên. Mỗi mã chỉ một dòng.")
            found[row.code] = row
            self._note(line, row, kept.get(row.code), f"{sheet.lower()} “{row.name}”")
        return [row for key, row in found.items() if row != kept.get(key)]

    def _kind(self, line: Line) -> KindLine:
        name = self.needed(line, "name", 120)
        territorial = search_key(line.text("is_territorial"))
        if territorial not in _YES | _NO:
            self.wrong(line, "is_territorial", f"“{line.text('is_territorial')}” không rõ. Ghi “có” hoặc để trống.")
        plural = line.text("plural") or f"các {name[:1].lower()}{name[1:]}"
        return KindLine(
            self.code(line, "code"), name, plural[:120], self.number(line, "position") or 0, territorial in _YES
        )

    def _level(self, line: Line) -> LevelLine:
        return LevelLine(self.code(line, "code"), self.needed(line, "name", 80), self.number(line, "rank") or 0)

    # --- Units ---

    def _keyed(self) -> list[tuple[str, Line]]:
        """The rows with their keys; a new unit without one gets it from its name and the unit above."""
        found: dict[str, Line] = {}
        for line in self.came.lines[UNITS]:
            key = self.code(line, "key") if line.text("key") else self._new_key(line, found)
            if key in found:
                self.wrong(line, "key", f"Khóa “{key}” đã ghi ở dòng {found[key].number}. Mỗi đơn vị chỉ một dòng.")
                continue
            found[key] = line
        return list(found.items())

    def _new_key(self, line: Line, taken: Mapping[str, Line]) -> str:
        """A key out of the name; the name of a unit that is there under the same parent is a doubt, not a new unit."""
        name = search_key(line.text("name"))
        above = search_key(line.text("parent"))
        for unit in self.kept.values():
            parent = self.kept.get(unit.parent)
            same_place = above in ({unit.parent, search_key(parent.name)} if parent else {""})
            if name and search_key(unit.name) == name and same_place and unit.valid_to is None:
                self.wrong(line, "key", f"Đơn vị “{unit.name}” đã có với khóa “{unit.key}”. Ghi khóa ấy để sửa.")
        for other in taken.values():
            if name and (name, above) == (search_key(other.text("name")), search_key(other.text("parent"))):
                self.wrong(line, "name", f"Đơn vị “{line.text('name')}” đã ghi ở dòng {other.number}.")
        wanted = slug(line.text("name"))[:70] or "don-vi"
        above_key = slug(line.text("parent"))[:30]
        choices = [wanted, f"{above_key}-{wanted}"[:78]] + [f"{wanted}-{number}" for number in range(2, 500)]
        return next(key for key in choices if key and key not in self.kept and key not in taken)

    def _unit(self, key: str, line: Line) -> UnitLine:
        """One row as a unit; a column that the file does not have keeps what is there."""
        old = self.kept.get(key)
        values: dict[str, Any] = {"key": key, "name": self.needed(line, "name", 200)}
        for name in ("short_name", "official_name", "place_name", "document_code", "head_title", "code"):
            values[name] = self.kept_text(line, name, old)
        values["short_name"] = values["short_name"] or values["name"][:80]
        values["official_name"] = values["official_name"] or values["name"]
        values["head_title"] = values["head_title"] or "Thủ trưởng"
        values["kind"] = self.one_of(line, "kind", self.kinds, f"Thêm loại ở trang “{KINDS}” hoặc sửa lại.")
        values["level"] = self.one_of(line, "level", self.levels, f"Thêm cấp ở trang “{LEVELS}” hoặc sửa lại.")
        values["parent"] = self._parent(key, line, old)
        for name in _NUMBERS:
            values[name] = self.number(line, name) if name in line.texts else getattr(old, name, None)
        values["position"] = values["position"] or 0
        for name in _DAYS:
            values[name] = self.day(line, name) if name in line.texts else getattr(old, name, None)
        values["variants"] = self._variants(line, old)
        unit = UnitLine(**values)
        self._check_unit(line, unit)
        return unit

    def _check_unit(self, line: Line, unit: UnitLine) -> None:
        """What the cells of one row say against each other, and whether the person may."""
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            self.wrong(line, "valid_to", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        if (unit.grid_column is None) != (unit.grid_row is None):
            self.wrong(line, "grid_row", "Vị trí trên bản đồ ô phải có đủ cột và hàng, hoặc bỏ trống cả hai.")
        new = self.known - self.kept.keys()
        is_inside = unit.key in self.mine if unit.key in self.kept else unit.parent in self.mine | new
        if self.user is not None and not self.user.is_superuser and not is_inside:
            self.wrong(line, "key", f"“{unit.name}” ngoài phạm vi quản lý của anh/chị.")

    def _parent(self, key: str, line: Line, old: UnitLine | None) -> str:
        """The key of the unit above: by its key, else by a name that only one unit bears."""
        if "parent" not in line.texts:
            return old.parent if old else ""
        text = line.text("parent")
        if not text:
            return ""
        keys = [text] if text in self.known else self._bearing(text)
        if not keys:
            self.wrong(line, "parent", NO_UNIT.format(text=text))
        elif len(keys) > 1:
            self.wrong(line, "parent", f"Có {len(keys)} đơn vị tên “{text}”. Ghi khóa: {', '.join(sorted(keys)[:4])}.")
        elif keys[0] == key:
            self.wrong(line, "parent", f"“{line.text('name')}” không thể là cấp trên của chính nó.")
        return keys[0] if len(keys) == 1 else ""

    def _bearing(self, text: str) -> list[str]:
        """Keys of the units that bear a name; those that still exist come before those that ended."""
        keys = self.bearers.get(search_key(text), [])
        lasting = [key for key in keys if key not in self.kept or self.kept[key].valid_to is None]
        return lasting or keys

    def _variants(self, line: Line, old: UnitLine | None) -> tuple[str, ...]:
        if "variants" not in line.texts:
            return old.variants if old else ()
        return tuple(dict.fromkeys(part.strip() for part in line.text("variants").split(";") if part.strip()))

    # --- The whole file ---

    def _check_circles(self, lines: Mapping[str, tuple[Line, UnitLine]]) -> None:
        """Units that stand above one another."""
        parents = {key: line.parent for key, line in self.kept.items()}
        parents |= {key: unit.parent for key, (_, unit) in lines.items()}
        names = {key: line.name for key, line in self.kept.items()} | {k: unit.name for k, (_, unit) in lines.items()}
        for ring in circles(parents):
            told = next((key for key in ring if key in lines), "")
            if told:
                way = " → ".join(names[key] for key in [*ring, ring[0]])
                self.wrong(lines[told][0], "parent", f"Các đơn vị là cấp trên của nhau thành vòng: {way}.")

    def _check_codes(self, lines: Mapping[str, tuple[Line, UnitLine]]) -> None:
        """The same code held by two units on the same day."""
        units = {**self.kept, **{key: unit for key, (_, unit) in lines.items()}}
        spans = [CodeSpan(one.key, one.code, one.valid_from, one.valid_to) for one in units.values() if one.code]
        for pair in clashing_codes(spans):
            told = [span for span in pair if span.unit in lines]
            if told:
                other = pair[0] if told[-1] is pair[1] else pair[1]
                where = f" (dòng {lines[other.unit][0].number})" if other.unit in lines else ""
                self.wrong(
                    lines[told[-1].unit][0],
                    "code",
                    f"Mã {told[-1].code} cùng lúc đang của “{units[other.unit].name}”{where}. "
                    "Sửa mã, hoặc ghi ngày kết thúc của đơn vị kia.",
                )

    def _note(self, line: Line, row: Any, old: Any, subject: str) -> None:
        """What a row changes, in words."""
        if row == old:
            self.same += 1
            return
        details: tuple[str, ...] = ()
        if old is not None:
            titles = TITLES if isinstance(row, UnitLine) else {}
            details = tuple(
                f"{titles.get(name, name).lower()}: {_word(getattr(old, name))} → {_word(getattr(row, name))}"
                for name in (row.differing(old) if isinstance(row, UnitLine) else ())
            )
        self.changes.append(Change(line.place(), subject, old is None, details))


def _word(value: Any) -> str:
    text = shown(value)
    return "(trống)" if text is None else f"“{text}”"


def _by_name(rows: Sequence[KindLine | LevelLine]) -> dict[str, str]:
    """Codes by code and by name without marks."""
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(search_key(row.name), row.code)
    return found | {row.code: row.code for row in rows}


def _bearers(rows: Iterable[UnitLine]) -> dict[str, list[str]]:
    """The keys of the units that bear a name, the name without marks."""
    found: dict[str, list[str]] = {}
    for row in rows:
        keys = found.setdefault(search_key(row.name), [])
        if row.key not in keys:
            keys.append(row.key)
    return found
