"""Builds a campaign of a given size: ground, people, plan, history, totals."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from campaign.models import Campaign
from config.generate.bulk import Rows
from config.generate.ground import Ground, make_ground, make_people
from config.generate.history import History
from config.generate.nation import check_engine, copy_campaign, crown, newest_keys
from config.generate.plan import make_plan
from config.generate.sizes import Size
from indicators.models import Total
from indicators.services.totals import COLUMNS, fresh_totals, lock_totals
from units.models import OrgUnit, User


@dataclass
class Generated:
    """A campaign that was made up, with its people."""

    campaign: Campaign
    ground: Ground
    superior: User | None = None


def key_of(size: Size, seed: int) -> str:
    """The key of the campaign, and the beginning of its units' keys and its people's log-ins."""
    return f"ps-{size.units}x{size.indicators}x{size.periods}-{seed}"


@transaction.atomic
def generate(size: Size, *, seed: int, password: str | None = None) -> Generated:
    """Make the campaign; the same size and seed give the same rows. Without a password nobody can log in."""
    key = key_of(size, seed)
    if Campaign.objects.filter(key=key).exists():
        raise ValidationError(f"Phong trào phát sinh “{key}” đã có. Chọn --seed khác.")
    if size.campaigns > 1:
        check_engine()
    before = newest_keys() if size.campaigns > 1 else {}
    random = Random(f"{key}")
    ground = make_ground(size, key)
    make_people(ground, key, password)
    plan = make_plan(size, ground, key, random)
    History(plan, ground, random).write()
    connection.check_constraints()
    _store_totals(plan.campaign)
    if size.campaigns == 1:
        return Generated(plan.campaign, ground)
    copy_campaign(before, size.campaigns - 1)
    authorities = OrgUnit.objects.filter(key__startswith=f"{key}-co-quan")
    return Generated(plan.campaign, ground, crown(authorities, key, password))


def _store_totals(campaign: Campaign) -> None:
    """The totals that the service reckons, written as the figures were."""
    lock_totals(campaign)
    rows = Rows(Total, COLUMNS)
    for totals in fresh_totals(campaign):
        rows.write({name: getattr(total, name) for name in COLUMNS} for total in totals)
