"""Tables of the units app: who."""

from units.models.audit import AuditLine
from units.models.definition import (
    DEFINITIONS,
    Definition,
    DefinitionQuerySet,
    Stamp,
    read_stamps,
    renew_stamp,
)
from units.models.file import StoredFile
from units.models.grants import Grant
from units.models.org_unit import Level, OrgUnit, UnitKind
from units.models.people import Post, RoleGrant, User, below_any, is_in_force
from units.models.reorganisation import Reorganisation
from units.models.slip import Slip
from units.models.stand_in import StandIn
from units.models.unit_history import SpellingVariant, Succession, UnitCode, UnitName

__all__ = [
    "DEFINITIONS",
    "AuditLine",
    "Definition",
    "DefinitionQuerySet",
    "Grant",
    "Level",
    "OrgUnit",
    "Post",
    "Reorganisation",
    "RoleGrant",
    "Slip",
    "SpellingVariant",
    "Stamp",
    "StandIn",
    "StoredFile",
    "Succession",
    "UnitCode",
    "UnitKind",
    "UnitName",
    "User",
    "below_any",
    "is_in_force",
    "read_stamps",
    "renew_stamp",
]
