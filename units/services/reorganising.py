"""Reorganising units: what ends, what begins, under which name, and where the people go; one act, one audit line."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from units import clock
from units.choices import Role
from units.errors import refuse
from units.models import OrgUnit, Post, Reorganisation, RoleGrant, Succession, UnitName, User
from units.permissions import why_not_keep_unit, why_not_keep_units
from units.rules.reorganising import MERGE, RENAME, SPLIT, Decision, Successor, why_not_decide
from units.services.audit import record_act
from units.services.register import keep_register
from vietnamese.text import nfc

#: Roles that a person takes along into the successor; who heads and who leads it is decided anew.
CARRIED = (Role.CLERK, Role.REVIEWER, Role.COORDINATOR, Role.READER)
TAKEN_NAME = (
    "Đã có {name} đang hoạt động cùng cấp trên. Ghi tên khác; nhập vào đơn vị ấy thì chọn Hợp nhất, sáp nhập rồi chọn "
    "đơn vị đã có."
)


@transaction.atomic
def reorganise(decision: Decision, *, by: User | None) -> Reorganisation:
    """Record a decision about units; everything holds from its effective day, also where that is still to come.

    ``by`` None is the installation itself (a command).
    """
    if by is not None:
        refuse(why_not_keep_units(by))
    if refusal := why_not_decide(decision):
        raise ValidationError(refusal)
    old = [_old_unit(key, decision, by) for key in decision.old]
    act = Reorganisation.objects.create(
        kind=decision.kind,
        number=nfc(decision.number).strip(),
        decided_on=decision.decided_on,
        effective_on=decision.effective_on,
        note=nfc(decision.note).strip(),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    _check_names(old, decision)
    if decision.kind == RENAME:
        new = [_rename(old[0], decision)]
    else:
        new = [_successor(one, by) for one in decision.successors]
        _pass_on(old, new, decision, act)
        for unit in old:
            if unit.key in decision.ending:
                _end(unit, decision)
    if decision.kind in (MERGE, SPLIT) and decision.moves_people:
        _move_people(old, new, decision)
    act.units.set({*old, *new})
    record_act(
        "unit.reorganised",
        by=by,
        subject=act,
        unit=old[0],
        reason=act.note,
        detail={"kind": act.kind, "old": list(decision.old), "new": [unit.key for unit in new]},
    )
    return act


def _old_unit(key: str, decision: Decision, by: User | None) -> OrgUnit:
    """A unit that the decision is about: there, in force on the day before, the person's to keep."""
    unit = OrgUnit.objects.select_for_update(of=("self",)).select_related("parent").filter(key=key).first()
    if unit is None:
        raise ValidationError(f"Không có đơn vị với khóa “{key}”.")
    if by is not None:
        refuse(why_not_keep_unit([unit], by), about=unit)
    if unit.valid_from and unit.valid_from >= decision.effective_on:
        raise ValidationError(f"{unit} mới có từ {unit.valid_from:%d/%m/%Y} nên không sắp xếp trước ngày đó được.")
    if unit.valid_to and unit.valid_to < decision.last_day:
        raise ValidationError(f"{unit} đã kết thúc từ {unit.valid_to:%d/%m/%Y}. Kiểm tra lại ngày hiệu lực.")
    return unit


def _check_names(old: list[OrgUnit], decision: Decision) -> None:
    """No new name is borne on the day by another unit below the same one; a name that ends with its unit is free."""
    named = [(one.line.name, one.line.parent) for one in decision.successors if one.line is not None]
    if decision.kind == RENAME:
        named = [(decision.name, old[0].parent.key if old[0].parent else "")]
    for name, parent in named:
        beside = OrgUnit.objects.filter(parent__key=parent) if parent else OrgUnit.objects.filter(parent=None)
        beside = beside.in_force(decision.effective_on).exclude(key__in=decision.old)
        if nfc(name).strip().casefold() in {unit.name.casefold() for unit in beside}:
            raise ValidationError(TAKEN_NAME.format(name=nfc(name).strip()))


def _successor(one: Successor, by: User | None) -> OrgUnit:
    """The unit that goes on; a new one is added through the register."""
    if one.line is not None and not OrgUnit.objects.filter(key=one.key).exists():
        return keep_register([one.line], by=by)[0]
    unit = OrgUnit.objects.select_related("parent").filter(key=one.key).first()
    if unit is None:
        raise ValidationError(f"Không có đơn vị kế thừa với khóa “{one.key}”.")
    return unit


def _rename(unit: OrgUnit, decision: Decision) -> OrgUnit:
    """The unit goes on under another name; the one borne before keeps its days, for papers of its time.

    A name that is still to come is laid down and taken up on its day (``take_up_names``).
    """
    before = unit.names.in_order().last()
    if before is None:
        before = UnitName(unit=unit, name=unit.name, valid_from=unit.valid_from)
    before.valid_to = decision.last_day
    before.save()
    UnitName.objects.create(
        unit=unit,
        name=nfc(decision.name).strip(),
        valid_from=decision.effective_on,
        valid_to=unit.valid_to,
        decision=decision.number,
    )
    if decision.effective_on <= clock.today():
        _bear(unit, decision.name, short_name=decision.short_name, official_name=decision.official_name)
    return unit


def take_up_names() -> int:
    """The names that begin to hold today, of decisions that were recorded ahead; how many units."""
    held = UnitName.objects.in_force(clock.today()).exclude(decision="").exclude(name=F("unit__name"))
    if not held.exists():
        return 0
    with transaction.atomic():
        rows = list(held.select_for_update(of=("self",)).select_related("unit__parent").order_by("pk"))
        for row in rows:
            _bear(row.unit, row.name)
            record_act("unit.renamed", by=None, subject=row.unit, unit=row.unit, reason=row.decision)
    return len(rows)


def _bear(unit: OrgUnit, name: str, *, short_name: str = "", official_name: str = "") -> None:
    """From now on the unit is called so, on every page and at the head of its papers."""
    name, body = nfc(name).strip(), unit.official_name.removesuffix(unit.name)
    unit.official_name = official_name or f"{body}{name}"[:255]
    unit.name, unit.short_name = name, short_name or name[:80]
    unit.full_clean()
    unit.save()


def _pass_on(old: list[OrgUnit], new: list[OrgUnit], decision: Decision, act: Reorganisation) -> None:
    """Who passes into whom; who goes on is nobody's successor."""
    takes_over = {one.key: one.takes_over for one in decision.successors}
    for predecessor in old:
        for successor in new:
            if predecessor.pk != successor.pk:
                Succession.objects.update_or_create(
                    predecessor=predecessor,
                    successor=successor,
                    defaults={
                        "kind": decision.kind,
                        "effective_on": decision.effective_on,
                        "decision": act.number,
                        "act": act,
                        "takes_over": takes_over[successor.key],
                    },
                )


def _end(unit: OrgUnit, decision: Decision) -> None:
    """The unit's last day, with its names and codes; nothing may be left below it."""
    below = OrgUnit.objects.filter(parent=unit).in_force(decision.effective_on)
    left = ", ".join(one.name for one in below[:6])
    if left:
        raise ValidationError(f"Dưới {unit} còn {left}. Sắp xếp các đơn vị ấy trước.")
    unit.valid_to = decision.last_day
    unit.save()
    lasting = Q(valid_to=None) | Q(valid_to__gt=decision.last_day)
    unit.names.filter(lasting).update(valid_to=decision.last_day)
    unit.codes.filter(lasting).update(valid_to=decision.last_day)


def _move_people(old: list[OrgUnit], new: list[OrgUnit], decision: Decision) -> None:
    """Posts and roles at units that end are over with them; who carries on does so at the unit that takes over."""
    ending = [unit for unit in old if unit.key in decision.ending]
    takes_over = {one.key for one in decision.successors if one.takes_over}
    successor = next((unit for unit in new if unit.key in takes_over), None)
    if successor is None or not ending:
        return
    day, last = decision.effective_on, decision.last_day
    lasting = Q(valid_to=None) | Q(valid_to__gt=last)
    for grant in RoleGrant.objects.filter(lasting, unit__in=ending).select_related("user"):
        stays = grant.role in CARRIED or grant.user.username == decision.head
        if stays and grant.user.is_active:
            same = {"user": grant.user, "unit": successor, "role": grant.role}
            if not RoleGrant.objects.filter(**same, valid_to=None).exists():
                RoleGrant.objects.create(**same, valid_from=day)
        _end_row(grant, decision)
    for post in Post.objects.filter(lasting, unit__in=ending).select_related("user"):
        if post.user.is_active and (post.title != post.unit.head_title or post.user.username == decision.head):
            same = {"user": post.user, "unit": successor, "title": post.title}
            if not Post.objects.filter(**same, valid_to=None).exists():
                Post.objects.create(**same, valid_from=day)
        _end_row(post, decision)


def _end_row(row: RoleGrant | Post, decision: Decision) -> None:
    """The last day before the decision holds; what would only have begun later never begins."""
    if row.valid_from and row.valid_from > decision.last_day:
        row.valid_from = decision.last_day
    row.valid_to = decision.last_day
    row.save(update_fields=["valid_from", "valid_to"])
