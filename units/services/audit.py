"""The audit line of every act."""

from __future__ import annotations

from typing import Any

from django.db import models

from units import clock
from units.models import AuditLine, OrgUnit, User


def record_act(
    event: str,
    *,
    by: User | None,
    subject: models.Model | None = None,
    unit: OrgUnit | None = None,
    on_behalf_of: OrgUnit | None = None,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    stand_in_id: int | None = None,
) -> AuditLine:
    """Write the one audit line of an act, inside the act's own transaction.

    ``stand_in_id``: in whose place the person acted (ủy quyền), where the role was only lent.
    """
    return AuditLine.objects.create(
        at=clock.now(),
        by=by,
        on_behalf_of=on_behalf_of,
        stand_in_id=_only_stand_in(by) if stand_in_id is None else stand_in_id,
        unit=unit,
        event=event,
        subject_type=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject=str(subject)[:255] if subject is not None else "",
        reason=reason,
        detail=detail or {},
    )


def _only_stand_in(by: User | None) -> int | None:
    """Who holds no role of their own acts in another's place, whatever the act."""
    if by is None or any(grant.stand_in_id is None for grant in by.grants):
        return None
    return next((grant.stand_in_id for grant in by.grants), None)
