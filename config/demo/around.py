"""Acts of the demo around the months: a quick report is opened, a role is lent for some days, a target is revised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from campaign.choices import PeriodKind
from config.demo.script import Act
from config.demo.stage import Stage
from indicators.models import Indicator, Target
from indicators.services.extra_periods import Asked, open_period
from indicators.services.revising import Decision, revise_target
from units.choices import Origin
from units.models import RoleGrant
from units.services import lend_role


def _open_period(act: Act, stage: Stage) -> None:
    """A quick report or a supplementary period; from now on the acts may speak of it."""
    more = act.more
    asked = Asked(
        ends_on=date.fromisoformat(more["ends_on"]),
        due_on=date.fromisoformat(more["due_on"]),
        indicators=list(Indicator.objects.filter(campaign=stage.campaign, code__in=more["indicators"])),
        name=more.get("name", ""),
    )
    open_period(PeriodKind(more["kind"]), stage.campaign, asked, by=stage.person(act.by))
    stage.read_periods()


def _lend(act: Act, stage: Stage) -> None:
    """One role of the act's person, lent to another of the unit."""
    more, holder = act.more, stage.person(act.more["to"])
    grant = RoleGrant.objects.get(user=stage.person(act.by), role=more["role"], valid_to=None)
    days = {"valid_from": date.fromisoformat(more["from"]), "valid_to": date.fromisoformat(more["until"])}
    lend_role(grant, holder=holder, ground=more["ground"], by=stage.person(act.by), **days)
    vars(holder).pop("grants", None)  # roles are read once a request; the replay is one long one


def _revise(act: Act, stage: Stage) -> None:
    """Units are given other amounts of one indicator; each further row is as illustrative as the one before it."""
    more, by = act.more, stage.person(act.by)
    decision = Decision(more["reason"], more["number"], date.fromisoformat(more["decided_on"]))
    for key, amount in more["amounts"].items():
        before = Target.objects.filter(indicator__campaign=stage.campaign, indicator__code=more["indicator"])
        row = before.select_related("indicator__campaign", "unit", "base").filter(unit__key=key).latest("sequence")
        revise_target(
            row.indicator,
            row.unit,
            amount=Decimal(amount),
            decision=decision,
            valid_from=date.fromisoformat(more["valid_from"]),
            base=row.base,
            by=by,
            origin=Origin.ILLUSTRATIVE,
        )


AROUND: dict[str, Callable[[Act, Stage], None]] = {"open_period": _open_period, "lend": _lend, "revise": _revise}
