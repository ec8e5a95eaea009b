"""What a reorganisation says, as plain values, and what can be told to be wrong without looking anything up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from units.rules.register import UnitLine

RENAME, MERGE, SPLIT, CLOSE = "rename", "merge", "split", "close"


@dataclass(frozen=True)
class Successor:
    """One unit that goes on: there already (by its key), or new with its line of the register."""

    key: str
    line: UnitLine | None = None
    takes_over: bool = True


@dataclass(frozen=True)
class Decision:
    """One decision about units.

    ``old``: keys of the units that it is about. ``successors``: those that go on; an old unit that is among them goes
    on too. ``name`` (with short and official name): the new name of the one unit that is renamed. ``head``: user name
    of who heads the successor; without it nobody takes the post of head along.
    """

    kind: str
    number: str
    effective_on: date
    old: tuple[str, ...]
    decided_on: date | None = None
    note: str = ""
    successors: tuple[Successor, ...] = ()
    name: str = ""
    short_name: str = ""
    official_name: str = ""
    head: str = ""
    moves_people: bool = True

    @property
    def last_day(self) -> date:
        """The last day on which things are as before."""
        return self.effective_on - timedelta(days=1)

    @property
    def ending(self) -> tuple[str, ...]:
        """Old units that do not go on."""
        if self.kind == RENAME:
            return ()
        going_on = {one.key for one in self.successors}
        return tuple(key for key in self.old if key not in going_on)


def why_not_decide(decision: Decision) -> str:
    """What is missing or does not fit in a decision; "" when it can be recorded."""
    if not decision.number.strip():
        return "Ghi số, ký hiệu văn bản quyết định việc sắp xếp."
    if not decision.old:
        return "Chọn đơn vị được sắp xếp."
    if len(set(decision.old)) < len(decision.old):
        return "Một đơn vị được chọn hai lần."
    number = len(decision.successors)
    match decision.kind:
        case "rename":
            if len(decision.old) != 1 or not decision.name.strip():
                return "Đổi tên cần đúng một đơn vị và tên mới của đơn vị ấy."
        case "merge":
            if number != 1:
                return "Hợp nhất, sáp nhập cần đúng một đơn vị kế thừa: ghi tên đơn vị mới, hoặc chọn đơn vị đã có."
            if not decision.ending:
                return "Chọn đơn vị nhập vào: đơn vị kế thừa không tự nhập vào chính nó."
        case "split":
            if len(decision.old) != 1 or number < 2:
                return "Chia, tách cần đúng một đơn vị cũ và ít nhất hai đơn vị sau khi chia, tách."
            if sum(one.takes_over for one in decision.successors) > 1:
                return "Chỉ một đơn vị tiếp nhận việc còn dở của đơn vị bị chia, tách."
        case "close":
            if number:
                return "Kết thúc hoạt động thì không có đơn vị kế thừa; có đơn vị nhận việc thì chọn sáp nhập."
        case _:
            return "Chọn hình thức sắp xếp."
    return ""
