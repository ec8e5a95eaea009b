"""Builds a campaign of a given size: ground, people, plan, history, totals."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from campaign.models import Campaign
from config.generate.bulk import Rows, Tell, quiet, unchecked
from config.generate.ground import Ground, make_ground, make_people
from config.generate.history import History
from config.generate.nation import check_engine, copy_campaign, crown, newest_keys
from config.generate.plan import make_plan
from config.generate.sizes import Size
from indicators.models import Total
from indicators.services.totals import COLUMNS, fresh_totals, lock_totals
from units.models import OrgUnit, User

#: From so many figures on the engine is not asked about every reference.
MANY = 500_000


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
def generate(size: Size, *, seed: int, password: str | None = None, tell: Tell = quiet) -> Generated:
    """Make the campaign; the same size and seed give the same rows. Without a password nobody can log in.

    ``tell`` hears how far it is: a province takes minutes.
    """
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
    tell("đã có đơn vị, chỉ tiêu, phân giao")
    history = History(plan, ground, random, tell)
    if size.figures < MANY:
        history.write()
        connection.check_constraints()
        _store_totals(plan.campaign, tell)
    else:
        # The same code at a size below this one is asked; here it would be ten million questions at the end.
        with connection.cursor() as cursor, unchecked(cursor):
            history.write()
            _store_totals(plan.campaign, tell)
    if size.campaigns == 1:
        return Generated(plan.campaign, ground)
    copy_campaign(before, size.campaigns - 1, tell)
    authorities = OrgUnit.objects.filter(key__startswith=f"{key}-co-quan")
    return Generated(plan.campaign, ground, crown(authorities, key, password))


def _store_totals(campaign: Campaign, tell: Tell) -> None:
    """The totals that the service reckons, written as the figures were."""
    lock_totals(campaign)
    rows = Rows(Total, COLUMNS)
    number = campaign.indicators.count()
    for done, totals in enumerate(fresh_totals(campaign), 1):
        rows.write({name: getattr(total, name) for name in COLUMNS} for total in totals)
        if done % 10 == 0 or done == number:
            tell(f"tổng hợp {done}/{number} chỉ tiêu")
