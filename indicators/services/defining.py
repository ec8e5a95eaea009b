"""Writing definitions of a campaign in preparation: rows added, changed and removed in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError

from campaign.models import Campaign, Cluster, ContentArea, DeadlineTier, Participation, Passage, Period
from campaign.permissions import why_not_prepare
from campaign.services.calendars import lay_deadlines
from campaign.services.periods import lay_periods
from indicators.models import Assignment, Denominator, Indicator, MilestoneStep, Opening, PathPoint, Target
from indicators.rules.trees import parents_first
from indicators.tables.definition_columns import SHARE, Key, Values
from indicators.tables.definition_state import definition_sheets, stored_rows
from units.errors import refuse
from units.models import OrgUnit, User
from units.services import record_act

NEW, CHANGED, REMOVED = "new", "changed", "removed"
MODELS: dict[str, type[models.Model]] = {
    "tiers": DeadlineTier,
    "clusters": Cluster,
    "parts": Participation,
    "areas": ContentArea,
    "indicators": Indicator,
    "bases": Denominator,
    "steps": MilestoneStep,
    "assignments": Assignment,
    "targets": Target,
    "openings": Opening,
}
#: Rows to which nothing points: they go first, what they point to goes last.
LEAVES = ("steps", "assignments", "targets", "openings")
BUILT_UP = ("tiers", "clusters", "parts", "areas", "indicators", "bases", *LEAVES)


@dataclass(frozen=True)
class RowChange:
    """One row to add, change or remove: its sheet, key, whole values, and the names of those that differ."""

    sheet: str
    key: Key
    action: str
    values: Values
    differing: tuple[str, ...]


@transaction.atomic
def write_definitions(campaign: Campaign, changes: Sequence[RowChange], *, by: User) -> Counter[str]:
    """Write all changes or none; how many rows were added, changed and removed."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    refuse(why_not_prepare(row, by))
    try:
        with transaction.atomic():
            _Writer(row, changes, by).write()
    except ProtectedError as error:
        held = next(iter(error.protected_objects), None)
        raise ValidationError(f"Không bỏ được dòng còn nơi khác dùng: {held}. Gỡ chỗ ấy trước.") from error
    except IntegrityError as error:
        raise ValidationError("Các dòng của tệp không cùng đứng được với nhau nên chưa ghi gì. Nạp lại tệp.") from error
    counts = Counter(change.action for change in changes)
    detail = {"rows": dict(counts), "sheets": dict(Counter(change.sheet for change in changes))}
    record_act("campaign.definitions_written", by=by, subject=row, unit=row.standing_body, detail=detail)
    return counts


class _Writer:
    """Takes leaves away, builds from the ground up, then takes away what nothing points to any more."""

    def __init__(self, campaign: Campaign, changes: Sequence[RowChange], by: User) -> None:
        self.campaign, self.changes, self.by = campaign, changes, by
        self.units = {one.key: one for one in OrgUnit.objects.filter(key__in=self._named("unit"))}
        self.passages = {one.key: one for one in Passage.objects.filter(campaign=campaign)}
        self.people = {one.username: one for one in User.objects.filter(username__in=self._named("person"))}
        self.previous = {one.code: one for one in Indicator.objects.filter(campaign=campaign.previous_id)}
        specs = {spec.key: spec for spec in definition_sheets(campaign)}
        self.known: dict[str, dict[Key, Any]] = {sheet: stored_rows(campaign, specs[sheet]) for sheet in BUILT_UP}

    def _named(self, name: str) -> set[str]:
        return {str(change.values.get(name) or "") for change in self.changes}

    def write(self) -> None:
        """In the order that leaves no row pointing nowhere."""
        for sheet in LEAVES:
            self._remove(sheet)
        for sheet in BUILT_UP:
            self._keep(sheet)
        self._paths()
        for sheet in reversed(BUILT_UP[: -len(LEAVES)]):
            self._remove(sheet)
        if any(change.sheet == "tiers" for change in self.changes):
            lay_deadlines(self.campaign)

    def _of(self, sheet: str, *actions: str) -> list[RowChange]:
        return [change for change in self.changes if change.sheet == sheet and change.action in actions]

    def _remove(self, sheet: str) -> None:
        rows: Any = MODELS[sheet]._default_manager.filter(
            pk__in=[self.known[sheet][change.key].pk for change in self._of(sheet, REMOVED)]
        )
        if sheet in ("areas", "indicators"):
            rows.update(parent=None)
        rows.delete()

    def _keep(self, sheet: str) -> None:
        """Add and change the rows of a sheet; those that others of the sheet point to come first."""
        changes = self._of(sheet, NEW, CHANGED)
        if sheet in ("areas", "indicators"):
            by_key = {change.key[0]: change for change in changes}
            order = parents_first({name: str(one.values["parent"] or "") for name, one in by_key.items()})
            changes = [by_key[name] for name in order]
        last = self._last_position(sheet)
        added: list[Any] = []
        for change in changes:
            row: Any = self.known[sheet].get(change.key)
            if row is None:
                row = MODELS[sheet](**self._owner(sheet, change))
            for name in change.differing:
                if name != "indicator":
                    setattr(row, name, self._value(sheet, change, name))
            if change.action == NEW and change.values.get("position", 0) is None:
                last += 1
                row.position = last
            self._put(sheet, change, row, added)
        if added:
            MODELS[sheet]._default_manager.bulk_create(added, batch_size=500)

    def _put(self, sheet: str, change: RowChange, row: Any, added: list[Any]) -> None:
        """Rows that nothing points to are added together at the end."""
        if change.action == NEW and sheet in LEAVES:
            added.append(row)
            return
        row.save()
        self.known[sheet][change.key] = row

    def _owner(self, sheet: str, change: RowChange) -> dict[str, Any]:
        if sheet in ("tiers", "clusters", "parts", "areas", "indicators"):
            return {"campaign": self.campaign}
        return {"indicator": self.known["indicators"][(str(change.values["indicator"]),)]}

    def _last_position(self, sheet: str) -> int:
        if sheet in ("parts", "steps", "assignments", "targets", "openings"):
            return 0
        mine = {"indicator__campaign" if sheet == "bases" else "campaign": self.campaign}
        last = MODELS[sheet]._default_manager.filter(**mine).aggregate(last=Max("position"))["last"]
        return int(last or 0)

    def _value(self, sheet: str, change: RowChange, name: str) -> Any:
        """What the row keeps: rows for codes, lists for tuples, positions only where they were given."""
        value: Any = change.values[name]
        if name == "listed_months":
            return list(value)
        found = self._rows_by(sheet, change).get(name)
        if found is not None:
            return found(value) if value else None
        if name == "position" and value is None:
            return 0
        if name in ("short_name", "short_title") and not value:
            return str(change.values.get("name") or change.values.get("title"))[: 160 if name == "short_name" else 80]
        return value

    def _rows_by(self, sheet: str, change: RowChange) -> dict[str, Callable[[str], Any]]:
        known = self.known
        return {
            "unit": lambda key: self.units[key],
            "passage": lambda key: self.passages[key],
            "person": lambda key: self.people[key],
            "previous": lambda key: self.previous[key],
            "tier": lambda key: known["tiers"][(key,)],
            "cluster": lambda key: known["clusters"][(key,)],
            "area": lambda key: known["areas"][(key,)],
            "parent": lambda key: known[sheet][(key,)],
            "base": lambda key: known["bases"][(str(change.values["indicator"]), key)],
        }

    def _paths(self) -> None:
        """A path is written whole, in place of the one before; the periods are laid where a path needs them."""
        changes = self._of("paths", NEW, CHANGED, REMOVED)
        if not changes:
            return
        if not self.campaign.periods.exists():
            lay_periods(self.campaign, by=self.by)
        periods: dict[str, Period] = {one.name: one for one in self.campaign.periods.summed()}
        points: list[PathPoint] = []
        for change in changes:
            code, unit_key = change.key
            indicator = self.known["indicators"][(code,)]
            unit = self.units[unit_key] if unit_key else None
            PathPoint.objects.filter(indicator=indicator, unit=unit).delete()
            if change.action != REMOVED:
                points += [
                    PathPoint(indicator=indicator, unit=unit, period=periods[name.removeprefix(SHARE)], share=share)
                    for name, share in change.values.items()
                    if name.startswith(SHARE) and isinstance(share, Decimal)
                ]
        PathPoint.objects.bulk_create(points, batch_size=500)
