"""The rows that accepted draft lines lead to: content areas, and indicators with their bases and citations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from campaign.models import Campaign, ContentArea
from indicators.choices import Direction, IndicatorKind, TimeRule, UnitRule
from indicators.models import Denominator, DraftLine, Indicator
from indicators.rules.drafting.proposals import operator_by
from indicators.rules.drafting.wording import DECIMALS, PERCENT
from units.choices import Origin
from vietnamese.text import nfc, search_key, shortened, slug

SHORT, LONG, CODE = 80, 160, 70
#: The one content area of a plain list.
LIST_KEY, LIST_TITLE = "danh-sach", "Các chỉ tiêu, nhiệm vụ thi đua"
NO_AREA = "“{name}” chưa thuộc nội dung thi đua nào. Chọn nội dung rồi nhận."
NO_MEASURE = "Ghi đơn vị tính của “{name}”."
NO_BASE = "“{name}” là phần trăm: ghi phần trăm của gì, ví dụ “kế hoạch”, “dự toán giao”."
NOT_A_NUMBER = "Số của “{name}” chưa đọc được: “{text}”. Ghi lại bằng chữ số."


def area_at(campaign: Campaign, key: str) -> ContentArea | None:
    """The content area of a passage, made from its line where it is not there yet; None where no line speaks of it."""
    made = campaign.areas.filter(key=key).first()
    line = campaign.draft_lines.of_areas().filter(passage__key=key).select_related("passage").first()
    if made is not None or line is None:
        return made
    title = str(line.values["name"])
    area = ContentArea(
        campaign=campaign,
        parent=area_at(campaign, str(line.values.get("parent", ""))),
        key=key,
        numbering=str(line.values.get("numbering", ""))[:20],
        title=title[:300],
        short_title=shortened(title, SHORT),
        text=line.passage.text,
        passage=line.passage,
        position=line.position,
    )
    area.full_clean()
    area.save()
    return area


def only_area(campaign: Campaign) -> ContentArea | None:
    """The one content area of a document that names none (a plain list of targets); None where it names some."""
    if campaign.draft_lines.of_areas().exists():
        return None
    made = campaign.areas.first()
    if made is None:
        made = ContentArea(campaign=campaign, key=LIST_KEY, title=LIST_TITLE, short_title=LIST_TITLE, position=1)
        made.full_clean()
        made.save()
    return made


def indicator_named(campaign: Campaign, name: str) -> Indicator | None:
    """The numeric indicator of a name, where it is there already: a further line adds to it."""
    return Indicator.objects.filter(campaign=campaign, search_key=search_key(name)[:500]).with_figures().first()


def indicator_of(line: DraftLine) -> Indicator:
    """The numeric indicator of the line's name, found or made as the line says."""
    values = line.values
    found = indicator_named(line.campaign, str(values["name"]))
    if found is not None:
        return found
    measure = nfc(str(values.get("unit_of_measure", ""))).strip()
    if not measure:
        raise ValidationError({"unit_of_measure": NO_MEASURE.format(name=values["name"])})
    is_amount = measure == PERCENT or not values.get("is_rate")
    written = -int(amount_of(line).normalize().as_tuple().exponent) if is_amount else 0
    direction = str(values.get("direction") or Direction.MORE)
    whole = search_key(str(values.get("part_of", "")))
    return new_indicator(
        line,
        kind=values.get("kind") or IndicatorKind.QUANTITY,
        unit_of_measure=measure[:40],
        decimals=min(4, max(written, DECIMALS.get(measure, 0))),
        time_rule=values.get("time_rule") or TimeRule.FLOW,
        unit_rule=values.get("unit_rule") or UnitRule.SUM,
        direction=direction,
        operator=values.get("operator") or operator_by(direction),
        parent=Indicator.objects.filter(campaign=line.campaign, search_key=whole).first() if whole else None,
    )


def new_indicator(line: DraftLine, **columns: Any) -> Indicator:
    """A row with its citation, in the content area that its sentence stands in or that the person chose."""
    name = nfc(str(line.values["name"])).strip()
    area = area_at(line.campaign, str(line.values.get("area", ""))) or only_area(line.campaign)
    if area is None:
        raise ValidationError({"area": NO_AREA.format(name=name)})
    due = day_of_text(line, "due_on")
    last = line.campaign.indicators.aggregate(last=Max("position"))["last"] or 0
    row = Indicator(
        campaign=line.campaign,
        area=area,
        code=_free_code(line.campaign, name),
        name=name[:500],
        short_name=shortened(name, LONG),
        due_on=due if due and due > line.campaign.ends_on else None,
        position=last + 1,
        **columns,
        **cited(line),
    )
    row.full_clean()
    row.save()
    return row


def base_of(indicator: Indicator, line: DraftLine) -> Denominator | None:
    """The named base: a percentage has one, an amount only where the document calls it the plan of a percentage.

    Of a ratio the units report it with their figures, unless it is a number that an amount on it gives.
    """
    name = nfc(str(line.values.get("base", ""))).strip()
    is_rate = bool(line.values.get("is_rate"))
    if not name and is_rate:
        raise ValidationError({"base": NO_BASE.format(name=line.values["name"])})
    if not name:
        return None
    is_reported = is_rate and indicator.kind == IndicatorKind.RATIO
    defaults = {"name": name[:LONG], "is_reported": is_reported, "position": indicator.denominators.count() + 1}
    key = slug(name)[:40].strip("-")
    return Denominator.objects.get_or_create(indicator=indicator, key=key, defaults=defaults)[0]


def amount_of(line: DraftLine) -> Decimal:
    """The number of a line; refused where it is none."""
    text = str(line.values.get("amount", ""))
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValidationError({"amount": NOT_A_NUMBER.format(name=line.values["name"], text=text)}) from None


def cited(line: DraftLine) -> dict[str, Any]:
    """Where a row comes from: the passage, word for word."""
    return {"origin": Origin.DOCUMENT, "passage": line.passage, "quote": line.quote}


def _free_code(campaign: Campaign, name: str) -> str:
    wanted = slug(name)[:CODE].strip("-") or "chi-tieu"
    taken = set(campaign.indicators.filter(code__startswith=wanted).values_list("code", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(code for code in numbers if code not in taken)


def day_of_text(line: DraftLine, name: str) -> date | None:
    """A day among the values of a line; None where neither document nor person says it."""
    text = str(line.values.get(name) or "")
    return date.fromisoformat(text) if text else None
