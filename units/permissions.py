"""Who may administer: accounts, units and definitions, at the units where the role was granted and below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from units import clock
from units.choices import STANDING_ROLES, WORKING_ROLES, Role
from units.models import Grant, OrgUnit, RoleGrant, StandIn, StoredFile, User
from units.rules.tree import path_above

#: Roles in which one acts for a unit or an authority; accounts and reading rights are not lent.
LENDABLE = (*WORKING_ROLES, *STANDING_ROLES, Role.LEADER)
#: Who records the standing in for a person of the unit who is away: the head for the unit's own roles.
LENT_BY_HEAD: dict[str, tuple[str, ...]] = {
    Role.CLERK: (Role.HEAD,),
    Role.REVIEWER: (Role.HEAD,),
    Role.COORDINATOR: (Role.COORDINATOR_HEAD,),
}


def may_administer(user: Any) -> bool:
    """True for administrators and for the first account of the installation."""
    return isinstance(user, User) and user.is_active and (user.is_superuser or user.has_role(Role.ADMINISTRATOR))


def administered_paths(user: User) -> tuple[str, ...]:
    """The parts of the tree that the person administers; the first account has all of it."""
    return ("/",) if user.is_superuser else user.paths_with(Role.ADMINISTRATOR)


def kept_paths(user: User) -> tuple[str, ...]:
    """The parts of the tree whose units the person keeps: an administrator's, and a standing body's whole authority."""
    if user.is_superuser:
        return ("/",)
    offices = {path_above(path) for path in user.paths_with(*STANDING_ROLES)}
    return tuple(sorted({*user.paths_with(Role.ADMINISTRATOR), *offices}))


def why_not_keep_units(user: User) -> str:
    """Why the person keeps no unit at all; "" for yes."""
    return "" if kept_paths(user) else "Chỉ quản trị hệ thống và cơ quan thường trực thi đua mới sửa được đơn vị."


def why_not_keep_unit(units: Iterable[OrgUnit | None], user: User) -> str:
    """Why the person may not change one of the units, or put something at it; "" for yes.

    A unit without one above it belongs to no office: only who administers everything adds it.
    """
    there = [unit for unit in units if unit is not None]
    paths = kept_paths(user)
    if not there and paths != ("/",):
        return "đơn vị không có cấp trên chỉ do quản trị gốc thêm được."
    if any(not unit.path.startswith(paths or ("-",)) for unit in there):
        return "đơn vị ngoài phạm vi quản lý của anh/chị."
    return ""


def why_not_change_account(account: User, user: User) -> str:
    """Why the person may not change an account or its password; "" for yes."""
    if user.is_superuser:
        return ""
    if account.is_superuser:
        return "Chỉ tài khoản quản trị gốc mới sửa được tài khoản quản trị gốc."
    paths = administered_paths(user)
    if any(not grant.unit.path.startswith(paths) for grant in account.role_grants.select_related("unit")):
        return "Tài khoản này còn giữ vai trò ở đơn vị ngoài phạm vi quản trị của anh/chị."
    return ""


#: Roles that a standing body gives below its authority, and a head at the own unit; the others the administrator gives.
GIVEN_BY_OFFICE = (*WORKING_ROLES, Role.READER)
GIVEN_BY_HEAD = (Role.CLERK, Role.REVIEWER)


def people_paths(user: User) -> tuple[str, ...]:
    """Where the person keeps accounts: the units that they keep, and as its head the own unit."""
    if user.is_superuser:
        return ("/",)
    heads = {grant.path for grant in _own(user, Role.HEAD)}
    return tuple(sorted({*kept_paths(user), *heads}))


def why_not_keep_people(user: User) -> str:
    """Why the person keeps no account at all; "" for yes."""
    return "" if people_paths(user) else "Chỉ quản trị, cơ quan thường trực và thủ trưởng đơn vị mới quản lý tài khoản."


def why_not_grant(unit: OrgUnit, role: str, user: User) -> str:
    """Why the person may not give a role at a unit; "" for yes."""
    if user.is_superuser or user.holds_at(unit, Role.ADMINISTRATOR):
        return ""
    if role in GIVEN_BY_OFFICE and unit.path.startswith(kept_paths(user) or ("-",)):
        return ""
    if role in GIVEN_BY_HEAD and any(grant.unit_id == unit.pk for grant in _own(user, Role.HEAD)):
        return ""
    if unit.path.startswith(people_paths(user) or ("-",)):
        return f"Vai trò “{Role(role).label}” do quản trị hệ thống giao."
    return f"{unit} ngoài phạm vi quản lý của anh/chị."


def why_not_manage(account: User, user: User) -> str:
    """Why the person may not change an account, hand out its slip or close it; "" for yes.

    Who could give every role that the account holds may manage it; nobody manages the own account.
    """
    if account.pk == user.pk:
        return "Tài khoản của chính mình: đổi mật khẩu ở trang Đổi mật khẩu."
    if account.is_superuser and not user.is_superuser:
        return "Tài khoản quản trị gốc do quản trị gốc quản lý."
    today = clock.today()
    held = [grant for grant in account.role_grants.all() if grant.valid_to is None or grant.valid_to >= today]
    for grant in held:
        if refusal := why_not_grant(grant.unit, grant.role, user):
            return refusal
    return "" if held else _why_not_manage_idle(account, user)


def _why_not_manage_idle(account: User, user: User) -> str:
    """Of an account without a role: who keeps a unit of its posts may, and who could have given its last roles."""
    paths = people_paths(user) or ("-",)
    if paths == ("/",) or any(post.unit.path.startswith(paths) for post in account.posts.all()):
        return ""
    past = list(account.role_grants.all())
    last = max((grant.valid_to for grant in past if grant.valid_to), default=None)
    reasons = [why_not_grant(grant.unit, grant.role, user) for grant in past if grant.valid_to == last]
    if reasons and not any(reasons):
        return ""
    return "Tài khoản không giữ vai trò nào ở đơn vị anh/chị quản lý."


def may_lend(grant: RoleGrant, user: User) -> bool:
    """True for the one whose role it is, and for the head of the unit; both in their own right."""
    if grant.user_id == user.pk:
        return True
    return any(own.unit_id == grant.unit_id for own in _own(user, *LENT_BY_HEAD.get(grant.role, ())))


def lends_anything(user: User) -> bool:
    """True when the person holds a role, in their own right, that can be lent."""
    return bool(_own(user, *LENDABLE))


def why_not_lend(grant: RoleGrant, user: User, *, today: date) -> str:
    """Why the person may not lend a role (ủy quyền) to another; "" for yes."""
    if not may_lend(grant, user):
        return "Chỉ người giữ vai trò, hoặc thủ trưởng của đơn vị, mới ủy quyền được vai trò này."
    if grant.role not in LENDABLE:
        return f"Vai trò “{grant.get_role_display()}” không ủy quyền được; quản trị hệ thống giao vai trò khi cần."
    if grant.valid_to is not None and grant.valid_to < today:
        return "Vai trò này đã hết hạn nên không ủy quyền được."
    return ""


def why_not_take_back(stand_in: StandIn, user: User, *, today: date) -> str:
    """Why the person may not end a stand-in before its last day; "" for yes."""
    if stand_in.withdrawn_at is not None:
        return "Ủy quyền này đã được cho thôi."
    if stand_in.valid_to < today:
        return "Ủy quyền này đã hết ngày, không cần cho thôi."
    if may_lend(stand_in.grant, user):
        return ""
    return "Chỉ người đã ủy quyền, hoặc thủ trưởng của đơn vị, mới cho thôi được."


def _own(user: User, *roles: str) -> list[Grant]:
    """The person's own grants of some roles; a role held in another's place, or inherited, is not lent on."""
    return [
        grant for grant in user.grants if grant.role in roles and grant.stand_in_id is None and not grant.is_inherited
    ]


def may_read(stored: StoredFile, user: User) -> bool:
    """The owner's ``visible_to`` answers; a file without an owner is its uploader's alone."""
    if stored.owner_type is None or stored.owner_id is None:
        return stored.uploaded_by_id == user.pk
    model = stored.owner_type.model_class()
    rows = model._default_manager.all() if model is not None else None
    if rows is None or not hasattr(rows, "visible_to"):
        return False
    return bool(rows.visible_to(user).filter(pk=stored.owner_id).exists())
