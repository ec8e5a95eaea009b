"""A nation: one generated campaign with all its rows, copied inside the database for each further authority.

Acted out, nine million figures would take hours. The copies are made by statements over sets, with keys moved by a
whole block: raw SQL, on PostgreSQL only, and only here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from campaign import models as when
from config.generate.bulk import Tell, quiet, unchecked
from indicators import models as what
from units.choices import Role
from units.models import DEFINITIONS, Level, OrgUnit, RoleGrant, UnitKind, User, renew_stamp

ONLY_POSTGRESQL = "Cỡ cả nước chỉ phát sinh được trên PostgreSQL (đặt DATABASE_URL)."

#: Every table that a campaign fills, parents first. People stay those of the first campaign.
TABLES: tuple[type[models.Model], ...] = (
    OrgUnit,
    when.Campaign,
    when.DeadlineTier,
    when.Cluster,
    when.BandThreshold,
    when.Participation,
    when.ContentArea,
    when.Period,
    when.Deadline,
    what.Indicator,
    what.Denominator,
    what.Assignment,
    what.Target,
    what.Opening,
    what.PathPoint,
    when.Submission,
    what.Figure,
    what.FigureVersion,
    what.Total,
)
#: Columns that must differ from copy to copy.
NAMED = {(OrgUnit, "key"), (when.Campaign, "key")}


def check_engine() -> None:
    """Say at once that the engine is the wrong one."""
    if connection.vendor != "postgresql":
        raise ValidationError(ONLY_POSTGRESQL)


def newest_keys() -> dict[type[models.Model], int]:
    """The highest key of every table, before the first campaign is made."""
    return {model: model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0 for model in TABLES}


def copy_campaign(before: dict[type[models.Model], int], copies: int, tell: Tell = quiet) -> None:
    """As many campaigns more, each with units, history and totals of its own."""
    after = newest_keys()
    block = {model: after[model] - before[model] for model in TABLES}
    connection.check_constraints()  # of what is copied; a copy refers within itself as the first one does
    with connection.cursor() as cursor, unchecked(cursor):
        for number in range(1, copies + 1):
            for model in TABLES:
                if block[model]:
                    cursor.execute(_statement(model, before, after, block, number))
            tell(f"phong trào {number + 1}/{copies + 1}")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(TABLES)):
            cursor.execute(statement)
    renew_stamp(DEFINITIONS)


def crown(authorities: Iterable[OrgUnit], key: str, password: str | None) -> User:
    """An authority above all, with a leader who sees what was received below."""
    level = Level.objects.get_or_create(code="trung-uong", defaults={"name": "Cấp trung ương", "rank": 0})[0]
    kind = UnitKind.objects.get(code="uy-ban")
    name = "Cơ quan trung ương (dữ liệu phát sinh)"
    top = OrgUnit.objects.create(
        key=f"{key}-trung-uong", kind=kind, level=level, name=name, short_name=name, official_name=name
    )
    for authority in authorities:
        authority.parent = top
        authority.save()
    leader = User(username=f"{key}.trunguong", full_name="(Lãnh đạo cấp trên)", is_demo=True)
    leader.set_password(password)
    leader.save()
    RoleGrant.objects.create(user=leader, unit=top, role=Role.LEADER)
    return leader


def _statement(
    model: type[models.Model],
    before: dict[type[models.Model], int],
    after: dict[type[models.Model], int],
    block: dict[type[models.Model], int],
    number: int,
) -> str:
    """One table's rows once more, with keys moved by whole blocks."""
    pairs = list(_columns(model, block, number))
    names = ", ".join(f'"{name}"' for name, _ in pairs)
    values = ", ".join(value for _, value in pairs)
    table = model._meta.db_table
    return (
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" '
        f"WHERE id > {before[model]} AND id <= {after[model]}"
    )


def _columns(model: type[models.Model], block: dict[type[models.Model], int], number: int) -> Iterator[tuple[str, str]]:
    """Each column with the expression that fills it."""
    for field in model._meta.concrete_fields:
        column = str(field.column)
        own = f'"{column}"'
        if field.primary_key:
            yield column, f"{own} + {block[model] * number}"
        elif isinstance(field, models.ForeignKey) and field.related_model in block:
            yield column, f"{own} + {block[field.related_model] * number}"
        elif (model, field.name) in NAMED:
            yield column, f"{own} || '-{number}'"
        elif isinstance(field, models.JSONField) and field.name.endswith("denominators"):
            step = block[what.Denominator] * number
            yield column, _moved_bases(own, step)
        elif model is OrgUnit and column == "path":
            yield column, _moved_path(own, block[OrgUnit] * number)
        else:
            yield column, own


def _moved_bases(column: str, step: int) -> str:
    """The keys inside a JSON of denominators."""
    moved = f"(SELECT jsonb_object_agg((base.key::bigint + {step})::text, base.value) FROM jsonb_each({column}) base)"
    return f"CASE WHEN {column} = '{{}}'::jsonb THEN {column} ELSE {moved} END"


def _moved_path(column: str, step: int) -> str:
    """Every number of a path in the tree."""
    return (
        f"(SELECT '/' || string_agg((step.part::bigint + {step})::text, '/' ORDER BY step.place) || '/' "
        f"FROM unnest(string_to_array(trim(both '/' from {column}), '/')) WITH ORDINALITY AS step(part, place))"
    )
