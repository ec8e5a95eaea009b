"""Services of the units app; what every app calls is named here."""

from units.services.audit import record_act
from units.services.files import ALLOWED_TYPES, MAX_UPLOAD_BYTES, held_file, keep_file, sniff, store_file
from units.services.stand_ins import lend_role, take_back_role

__all__ = [
    "ALLOWED_TYPES",
    "MAX_UPLOAD_BYTES",
    "held_file",
    "keep_file",
    "lend_role",
    "record_act",
    "sniff",
    "store_file",
    "take_back_role",
]
