"""Loads indicators and tasks with bases, steps, targets, openings, paths and assignments."""

from __future__ import annotations

from typing import Any

from campaign.choices import PeriodKind
from campaign.models import Passage
from config.loading.files import Node, choice
from config.loading.rows import Tally, keep
from config.loading.world import World, units_named
from indicators.choices import (
    AssignmentRole,
    Direction,
    IndicatorKind,
    Operator,
    Schedule,
    TimeRule,
    UnitRule,
)
from indicators.models import Assignment, Denominator, Indicator, MilestoneStep, Opening, PathPoint, Target
from units.choices import Origin

KEYS = (
    "code", "area", "name", "short_name", "kind", "unit_of_measure", "decimals", "time_rule", "unit_rule", "direction",
    "operator", "schedule", "listed_months", "parent", "parts_are_complete", "data_source", "asks_source_date",
    "evidence_required", "is_confidential", "due_on", "definition", "origin", "source_note", "passage", "quote",
    "denominators", "steps", "targets", "openings", "path", "assignments", "position",
)  # fmt: skip
ASSIGNMENT_KEYS = ("reports", "leads", "co_operates", "not_applicable", "named_by_document", "origin")
CITED_KEYS = ("origin", "source_note", "passage", "quote", "also")


def load_indicators(files: list[Node], world: World, tally: Tally) -> dict[str, Indicator]:
    """Keep every indicator and task of the files; give them back by code."""
    nodes = [
        node.allow(*KEYS) for file in files for node in file.allow("groups", "indicators").nodes("indicators", "code")
    ]
    rows = [(node, _indicator(node, world)) for node in nodes]
    kept = keep(world.campaign.indicators.all(), rows, lambda row: row.code, tally, leave=("parent",))
    indicators = {row.code: row for row in kept.values()}
    _parents(nodes, indicators)
    bases = _denominators(nodes, indicators, world, tally)
    _steps(nodes, indicators, world, tally)
    _targets(nodes, indicators, bases, world, tally)
    _openings(nodes, indicators, bases, world, tally)
    _paths(nodes, indicators, world, tally)
    _assignments(nodes, indicators, world, tally)
    return indicators


def cited(node: Node, passages: dict[str, Passage]) -> dict[str, Any]:
    """Origin, note and citation; a quote that does not stand in its passage is refused."""
    passage = node.optional("passage", passages, "đoạn văn bản")
    quote = node.text("quote", "")
    if quote and (passage is None or " ".join(quote.split()) not in " ".join(passage.text.split())):
        raise node.wrong(f"câu trích “{quote[:60]}” không có trong đoạn văn bản được dẫn.")
    return {
        "origin": choice(node, "origin", Origin, Origin.DOCUMENT),
        "source_note": node.text("source_note", ""),
        "passage": passage,
        "quote": quote,
    }


def _indicator(node: Node, world: World) -> Indicator:
    return Indicator(
        campaign=world.campaign,
        area=node.one_of("area", world.areas, "nội dung thi đua"),
        code=node.text("code"),
        name=node.text("name"),
        short_name=node.text("short_name"),
        definition=node.text("definition", ""),
        kind=choice(node, "kind", IndicatorKind),
        unit_of_measure=node.text("unit_of_measure", ""),
        decimals=node.number("decimals", 0),
        time_rule=choice(node, "time_rule", TimeRule, TimeRule.FLOW),
        unit_rule=choice(node, "unit_rule", UnitRule, UnitRule.SUM),
        direction=choice(node, "direction", Direction, Direction.MORE),
        operator=choice(node, "operator", Operator, Operator.AT_LEAST),
        schedule=choice(node, "schedule", Schedule, Schedule.MONTHLY),
        listed_months=node.data.get("listed_months") or [],
        parts_are_complete=node.flag("parts_are_complete"),
        data_source=node.text("data_source", ""),
        asks_source_date=node.flag("asks_source_date"),
        evidence_required=node.flag("evidence_required"),
        is_confidential=node.flag("is_confidential"),
        due_on=node.day("due_on"),
        position=node.number("position"),
        **cited(node, world.passages),
    )


def _parents(nodes: list[Node], indicators: dict[str, Indicator]) -> None:
    """Parts point to their whole, once all rows have ids."""
    changed = []
    for node in nodes:
        row, parent = indicators[node.text("code")], node.optional("parent", indicators, "chỉ tiêu")
        if row.parent_id != (parent.pk if parent else None):
            row.parent = parent
            changed.append(row)
    Indicator.objects.bulk_update(changed, ["parent"])


def _denominators(
    nodes: list[Node], indicators: dict[str, Indicator], world: World, tally: Tally
) -> dict[str, dict[str, Denominator]]:
    """The named bases; given back by indicator code and key."""
    rows = [
        (
            each.allow("key", "name", "is_reported"),
            Denominator(
                indicator=indicators[node.text("code")],
                key=each.text("key"),
                name=each.text("name"),
                is_reported=each.flag("is_reported"),
                position=position,
            ),
        )
        for node in nodes
        for position, each in enumerate(node.nodes("denominators", "key"), 1)
    ]
    existing = Denominator.objects.filter(indicator__campaign=world.campaign)
    kept = keep(existing, rows, lambda row: (row.indicator_id, row.key), tally)
    codes = {row.pk: code for code, row in indicators.items()}
    bases: dict[str, dict[str, Denominator]] = {code: {} for code in indicators}
    for row in kept.values():
        bases[codes[row.indicator_id]][row.key] = row
    return bases


def _steps(nodes: list[Node], indicators: dict[str, Indicator], world: World, tally: Tally) -> None:
    rows = [
        (
            each.allow("name", "due_on"),
            MilestoneStep(
                indicator=indicators[node.text("code")],
                position=position,
                name=each.text("name"),
                due_on=each.day("due_on"),
            ),
        )
        for node in nodes
        for position, each in enumerate(node.nodes("steps"), 1)
    ]
    existing = MilestoneStep.objects.filter(indicator__campaign=world.campaign)
    keep(existing, rows, lambda row: (row.indicator_id, row.position), tally)


def _targets(
    nodes: list[Node],
    indicators: dict[str, Indicator],
    bases: dict[str, dict[str, Denominator]],
    world: World,
    tally: Tally,
) -> None:
    """The first target of each unit; revisions are acts of people and never come from a file."""
    rows = []
    for node in nodes:
        code = node.text("code")
        for each in node.nodes("targets"):
            each.allow("base", "amounts", "is_percentage", "is_main", "set_by", *CITED_KEYS)
            common = {
                "indicator": indicators[code],
                "base": each.optional("base", bases[code], "mẫu số"),
                "is_percentage": each.flag("is_percentage"),
                "is_main": each.flag("is_main", True),
                "set_by": each.text("set_by", ""),
                "valid_from": world.campaign.year_starts_on,
                **cited(each, world.passages),
            }
            for name, amount in Node(each.value("amounts"), each.place).data.items():
                unit = each.known(name, world.units, "đơn vị")
                rows.append((each, Target(unit=unit, amount=each.as_amount(amount, name), **common)))
    existing = Target.objects.filter(indicator__campaign=world.campaign, sequence=1)
    keep(existing, rows, lambda row: (row.indicator_id, row.unit_id, row.base_id, row.is_percentage), tally)


def _openings(
    nodes: list[Node],
    indicators: dict[str, Indicator],
    bases: dict[str, dict[str, Denominator]],
    world: World,
    tally: Tally,
) -> None:
    rows = []
    for node in nodes:
        code = node.text("code")
        for each in node.nodes("openings"):
            each.allow("unit", "amount", "rate", "base", "operator", "as_of_on", *CITED_KEYS)
            row = Opening(
                indicator=indicators[code],
                unit=each.one_of("unit", world.units, "đơn vị"),
                amount=each.amount("amount"),
                rate=each.amount("rate"),
                base=each.optional("base", bases[code], "mẫu số"),
                operator=choice(each, "operator", Operator, Operator.EQUAL),
                as_of_on=each.day("as_of_on"),
                **cited(each, world.passages),
            )
            rows.append((each, row))
    existing = Opening.objects.filter(indicator__campaign=world.campaign)
    keep(existing, rows, lambda row: (row.indicator_id, row.unit_id, row.base_id), tally)


def _paths(nodes: list[Node], indicators: dict[str, Indicator], world: World, tally: Tally) -> None:
    """The phased path by month: which percentage of the plan is due by the end of the month's period."""
    periods = {str(row.month): row for row in world.campaign.periods.filter(kind=PeriodKind.MONTH)}
    rows = []
    for node in nodes:
        if "path" not in node:
            continue
        path = Node(node.value("path"), f"{node.place}, path")
        for month, share in path.data.items():
            period = path.known(month, periods, "kỳ của tháng")
            point = PathPoint(
                indicator=indicators[node.text("code")], period=period, share=path.as_amount(share, month)
            )
            rows.append((path, point))
    existing = PathPoint.objects.filter(indicator__campaign=world.campaign, unit=None)
    keep(existing, rows, lambda row: (row.indicator_id, row.period_id), tally)


def _assignments(nodes: list[Node], indicators: dict[str, Indicator], world: World, tally: Tally) -> None:
    """Who reports, leads and co-operates; units that the document itself names carry the document as origin."""
    rows = []
    for node in nodes:
        each = Node(node.value("assignments"), f"{node.place}, assignments").allow(*ASSIGNMENT_KEYS)
        named = {unit.pk for unit in units_named(each, "named_by_document", world)}
        origin = choice(each, "origin", Origin)
        parts = [
            ("reports", AssignmentRole.REPORTS, False),
            ("not_applicable", AssignmentRole.REPORTS, True),
            ("leads", AssignmentRole.LEADS, False),
            ("co_operates", AssignmentRole.CO_OPERATES, False),
        ]
        for key, role, aside in parts:
            for unit in units_named(each, key, world):
                row = Assignment(
                    indicator=indicators[node.text("code")],
                    unit=unit,
                    role=role,
                    is_not_applicable=aside,
                    origin=Origin.DOCUMENT if unit.pk in named else origin,
                )
                rows.append((each, row))
    existing = Assignment.objects.filter(indicator__campaign=world.campaign, valid_to=None)
    keep(existing, rows, lambda row: (row.indicator_id, row.unit_id, row.role), tally)
