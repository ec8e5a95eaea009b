"""What a generated campaign is measured by: targets, what was done before the launch, phased paths."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from campaign.models import Campaign, Period
from config.generate.ground import Ground
from indicators.choices import IndicatorKind, TimeRule
from indicators.models import Denominator, Indicator, Opening, PathPoint, Target
from units.choices import Origin


def set_targets(
    campaign: Campaign,
    ground: Ground,
    indicators: list[Indicator],
    denominators: dict[int, Denominator],
    random: Random,
) -> dict[tuple[int, int], Decimal]:
    """A target for each unit and one for the authority; of a ratio in percent. Returns those of quantities."""
    amounts: dict[tuple[int, int], Decimal] = {}
    rows = []
    for indicator in indicators:
        if not indicator.is_numeric:
            continue
        base = denominators.get(indicator.pk)
        share = Decimal(random.randint(60, 95))
        whole = Decimal(0)
        for unit in [*ground.units, ground.authority]:
            if base:
                amount = share
            elif unit is ground.authority:
                amount = whole
            else:
                amount = amounts[indicator.pk, unit.pk] = Decimal(random.randint(200, 4000)) / 10
                whole += amount
            rows.append(
                Target(
                    indicator=indicator,
                    unit=unit,
                    base=base,
                    is_percentage=base is not None,
                    amount=amount,
                    valid_from=campaign.starts_on,
                    origin=Origin.ILLUSTRATIVE,
                )
            )
    Target.objects.bulk_create(rows, batch_size=1000)
    return amounts


def set_openings(ground: Ground, indicators: list[Indicator], targets: dict[tuple[int, int], Decimal]) -> None:
    """Two flows of three begin with what was done in the half year before: a fifth of the target."""
    flows = [one for one in indicators if one.kind == IndicatorKind.QUANTITY and one.time_rule == TimeRule.FLOW]
    chosen = [one.pk for n, one in enumerate(flows) if n % 3]
    Opening.objects.bulk_create(
        [
            Opening(
                indicator_id=pk,
                unit=unit,
                amount=(targets[pk, unit.pk] / 5).quantize(Decimal("0.1")),
                origin=Origin.ILLUSTRATIVE,
            )
            for pk in chosen
            for unit in ground.units
        ],
        batch_size=1000,
    )


def lay_paths(indicators: list[Indicator], periods: list[Period]) -> None:
    """Every fourth quantity has a phased path: slow at first, faster later."""
    chosen = [one for n, one in enumerate(indicators) if one.kind == IndicatorKind.QUANTITY and n % 4 == 0]
    last = len(periods)
    PathPoint.objects.bulk_create(
        [
            PathPoint(indicator=one, period=period, share=Decimal(100 * n * n) / (last * last))
            for one in chosen
            for n, period in enumerate(periods, 1)
        ],
        batch_size=1000,
    )
