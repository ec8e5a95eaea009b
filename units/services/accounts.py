"""Accounts: kept from a list, opened by slips for one use, handed over, and closed; each act with its line."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from units import clock
from units.errors import refuse
from units.models import OrgUnit, Post, RoleGrant, Slip, User
from units.permissions import why_not_grant, why_not_manage
from units.rules.accounts import AccountLine, readable_password
from units.services.audit import record_act
from vietnamese.dates import format_date
from vietnamese.text import nfc

SLIP_DAYS = 14
MOST_SLIPS = 120
TOO_EARLY = (
    "{person} mới giữ chức vụ, vai trò này từ {begun} nên bàn giao được từ ngày sau đó. "
    "Lập nhầm người thì ngừng tài khoản này."
)


@dataclass(frozen=True)
class HandedSlip:
    """A slip as it is printed, once: the password is known here and nowhere else."""

    user: User
    password: str
    expires_on: date


@transaction.atomic
def keep_accounts(lines: Sequence[AccountLine], *, by: User) -> list[User]:
    """Add the accounts that are new; give those that are there what they lack. Nobody logs in before a slip."""
    units = {unit.key: unit for unit in OrgUnit.objects.filter(key__in={line.unit for line in lines})}
    kept = []
    for line in lines:
        unit = units[line.unit]
        for role in line.roles:
            refuse(why_not_grant(unit, role, by), about=line.full_name)
        kept.append(_keep_account(line, unit, by))
    return kept


def _keep_account(line: AccountLine, unit: OrgUnit, by: User) -> User:
    """One account with its post and roles at the unit."""
    user = User.objects.filter(username=line.username).first()
    is_new = user is None
    if user is None:
        user = User(username=line.username, must_change_password=True)
        user.set_unusable_password()
    else:
        refuse(why_not_manage(user, by), about=line.full_name)
    user.full_name = line.full_name
    user.work_phone, user.work_email = line.phone or user.work_phone, line.email or user.work_email
    user.full_clean(exclude=["password"])
    user.save()
    today = clock.today()
    if line.title and not user.posts.in_force(today).filter(unit=unit, title=line.title).exists():
        Post.objects.create(user=user, unit=unit, title=line.title, valid_from=today)
    held = set(user.role_grants.in_force(today).filter(unit=unit).values_list("role", flat=True))
    for role in line.roles:
        if role not in held:
            RoleGrant.objects.create(user=user, unit=unit, role=role, valid_from=today)
    detail = {"username": line.username, "title": line.title, "roles": list(line.roles)}
    record_act("account.added" if is_new else "account.changed", by=by, subject=user, unit=unit, detail=detail)
    return user


@transaction.atomic
def hand_out_slips(users: Sequence[User], *, by: User) -> list[HandedSlip]:
    """A new password for one use for each account, to be printed; the slip before it no longer opens."""
    if not users:
        raise ValidationError("Đánh dấu ít nhất một người để in phiếu đăng nhập.")
    if len(users) > MOST_SLIPS:
        raise ValidationError(f"Mỗi lần in tối đa {MOST_SLIPS} phiếu. Chọn ít người hơn.")
    today = clock.today()
    expires_on = today + timedelta(days=SLIP_DAYS)
    slips = []
    for user in users:
        refuse(why_not_manage(user, by), about=user)
        password = readable_password(secrets.choice)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        Slip.objects.unused().filter(user=user).update(is_void=True)
        Slip.objects.create(user=user, made_by=by, made_at=clock.now(), made_on=today, expires_on=expires_on)
        record_act("account.slip_handed_out", by=by, subject=user, detail={"expires_on": expires_on.isoformat()})
        slips.append(HandedSlip(user, password, expires_on))
    return slips


def use_slip(user: User) -> None:
    """The password of the slip was changed for the person's own."""
    Slip.objects.unused().filter(user=user).update(used_at=clock.now())


@transaction.atomic
def hand_over(giver: User, receiver: User, unit: OrgUnit, *, on: date, note: str, by: User) -> int:
    """Bàn giao: from the day the receiver holds the giver's posts and roles at the unit; how many roles went over."""
    for person in (giver, receiver):
        refuse(why_not_manage(person, by), about=person)
    if giver.pk == receiver.pk:
        raise ValidationError("Chọn người nhận khác người giao.")
    if not receiver.is_active:
        raise ValidationError(f"Tài khoản của {receiver} đã ngừng. Chọn người khác.")
    last = on - timedelta(days=1)
    lasting = Q(valid_to=None) | Q(valid_to__gt=last)
    grants = list(giver.role_grants.filter(lasting, unit=unit))
    posts = list(giver.posts.filter(lasting, unit=unit))
    if not grants and not posts:
        raise ValidationError(f"{giver} không còn giữ chức vụ hay vai trò nào ở {unit} từ ngày đó.")
    begun = max((row.valid_from for row in [*grants, *posts] if row.valid_from), default=None)
    if begun is not None and begun > last:
        raise ValidationError(TOO_EARLY.format(person=giver, begun=format_date(begun)))
    for grant in grants:
        refuse(why_not_grant(unit, grant.role, by))
        _end(grant, last)
        if not receiver.role_grants.filter(unit=unit, role=grant.role, valid_to=None).exists():
            RoleGrant.objects.create(user=receiver, unit=unit, role=grant.role, valid_from=on)
    for post in posts:
        _end(post, last)
        if not receiver.posts.filter(unit=unit, title=post.title, valid_to=None).exists():
            Post.objects.create(user=receiver, unit=unit, title=post.title, valid_from=on)
    detail = {"to": receiver.pk, "on": on.isoformat(), "roles": [grant.role for grant in grants]}
    record_act("account.handed_over", by=by, subject=giver, unit=unit, reason=nfc(note).strip(), detail=detail)
    return len(grants)


@transaction.atomic
def close_account(user: User, *, reason: str, by: User) -> User:
    """Ngừng tài khoản: it opens no more, its posts and roles end today; what it did stays under its name."""
    refuse(why_not_manage(user, by))
    if not user.is_active:
        raise ValidationError(f"Tài khoản của {user} đã ngừng rồi.")
    if not reason.strip():
        raise ValidationError("Ghi lý do ngừng tài khoản.")
    today = clock.today()
    user.is_active = False
    user.save(update_fields=["is_active"])
    lasting = Q(valid_to=None) | Q(valid_to__gt=today)
    for row in [*user.role_grants.filter(lasting), *user.posts.filter(lasting)]:
        _end(row, today)
    Slip.objects.unused().filter(user=user).update(is_void=True)
    record_act("account.closed", by=by, subject=user, reason=nfc(reason).strip())
    return user


def _end(row: RoleGrant | Post, last: date) -> None:
    """The row's last day; what would only have begun later never begins."""
    if row.valid_from and row.valid_from > last:
        row.valid_from = last
    row.valid_to = last
    row.save(update_fields=["valid_from", "valid_to"])
