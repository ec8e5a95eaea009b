"""Administration of accounts, posts, roles and units; and the one base class of every administration page."""

from units.admin.accounts import PostAdmin, RoleGrantAdmin, UserAdmin
from units.admin.base import HouseAdmin, HouseInline, ReadOnlyAdmin, number_shown
from units.admin.register import LevelAdmin, OrgUnitAdmin, UnitKindAdmin
from units.admin.trail import AuditLineAdmin

__all__ = [
    "AuditLineAdmin",
    "HouseAdmin",
    "HouseInline",
    "LevelAdmin",
    "OrgUnitAdmin",
    "PostAdmin",
    "ReadOnlyAdmin",
    "RoleGrantAdmin",
    "UnitKindAdmin",
    "UserAdmin",
    "number_shown",
]
