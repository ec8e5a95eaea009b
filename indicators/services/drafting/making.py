"""What each kind of draft line becomes: a content area, a legal basis, an indicator with target or opening, a task …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from campaign.models import Campaign, ContentArea, Duty, LegalBasis, Passage, Recipient
from indicators.choices import (
    AssignmentRole,
    ClaimSubject,
    Direction,
    DraftKind,
    IndicatorKind,
    Operator,
    UnitRule,
)
from indicators.models import Assignment, Claim, Contradiction, Denominator, DraftLine, Indicator, Opening
from indicators.rules.drafting.wording import DECIMALS
from indicators.services.targets import set_target
from units.choices import Origin
from units.models import OrgUnit, User
from vietnamese.text import nfc, search_key, slug

SHORT, LONG, CODE = 80, 160, 70
#: The one content area of a plain list.
LIST_KEY, LIST_TITLE = "danh-sach", "Các chỉ tiêu, nhiệm vụ thi đua"
NO_AREA = "“{name}” chưa thuộc nội dung thi đua nào. Chọn nội dung rồi nhận."
NO_MEASURE = "Ghi đơn vị tính của “{name}”."
NO_BASE = "“{name}” là phần trăm: ghi phần trăm của gì, ví dụ “kế hoạch”, “dự toán giao”."
NOT_A_NUMBER = "Số của “{name}” chưa đọc được: “{text}”. Ghi lại bằng chữ số."


def make_area(line: DraftLine, by: User) -> None:
    """A content area below the areas above it, which are made with it."""
    area_at(line.campaign, line.passage.key)


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
        short_title=_shortened(title, SHORT),
        text=line.passage.text,
        passage=line.passage,
        position=line.position,
    )
    area.full_clean()
    area.save()
    return area


def _only_area(campaign: Campaign) -> ContentArea | None:
    """The one content area of a document that names none (a plain list of targets); None where it names some."""
    if campaign.draft_lines.of_areas().exists():
        return None
    made = campaign.areas.first()
    if made is None:
        made = ContentArea(campaign=campaign, key=LIST_KEY, title=LIST_TITLE, short_title=LIST_TITLE, position=1)
        made.full_clean()
        made.save()
    return made


def make_basis(line: DraftLine, by: User) -> None:
    """A legal basis; the same number twice is one."""
    dated = str(line.values.get("dated", ""))
    row = LegalBasis(
        campaign=line.campaign,
        number=f"{line.values['name']}"[:SHORT],
        dated=date.fromisoformat(dated) if dated else None,
        issuer=str(line.values.get("issuer", "")),
        about=str(line.values.get("about", "")),
        passage=line.passage,
        position=line.position,
    )
    row.full_clean()
    row.save()


def make_recipient(line: DraftLine, by: User) -> None:
    """A line of Nơi nhận with what it is for in brackets: (b/c), (đ/b)."""
    text = str(line.values["name"])
    name, bracket, note = text.rpartition(" (")
    is_note = bool(bracket) and note.endswith(")") and len(note) <= 8
    words = {"text": name, "note": note.rstrip(")")} if is_note else {"text": text}
    Recipient.objects.create(campaign=line.campaign, position=line.position, **words)


def make_duty(line: DraftLine, by: User) -> None:
    """A duty of the part on organisation; its bearers are set on the campaign's page."""
    bearer = str(line.values["name"])[:300]
    Duty.objects.create(
        campaign=line.campaign, passage=line.passage, text=line.passage.text, bearer=bearer, position=line.position
    )


def make_target(line: DraftLine, by: User) -> Indicator:
    """An indicator, where none of this name is there, with its target at the authority."""
    indicator = _indicator_of(line)
    is_rate = bool(line.values.get("is_rate"))
    set_target(
        indicator,
        line.campaign.authority,
        amount=_amount(line),
        by=by,
        valid_from=line.campaign.year_starts_on,
        base=_base(indicator, line) if is_rate else None,
        is_percentage=is_rate,
        **_cited(line),
    )
    return indicator


def make_opening(line: DraftLine, by: User) -> Indicator:
    """What was done before the campaign: an amount, or a rate that stays a rate of its base."""
    indicator = _indicator_of(line)
    is_rate = bool(line.values.get("is_rate"))
    opening = Opening(
        indicator=indicator,
        unit=line.campaign.authority,
        amount=None if is_rate else _amount(line),
        rate=_amount(line) if is_rate else None,
        base=_base(indicator, line) if is_rate else None,
        operator=line.values.get("operator") or Operator.EQUAL,
        **_cited(line),
    )
    opening.full_clean()
    opening.save()
    return indicator


def make_task(line: DraftLine, by: User) -> Indicator:
    """A task; the units that its sentence names report on it."""
    task = _new_indicator(line, kind=IndicatorKind.TASK, unit_rule=UnitRule.NONE)
    named = OrgUnit.objects.filter(key__in=line.values.get("units", []))
    Assignment.objects.bulk_create(
        Assignment(indicator=task, unit=unit, role=AssignmentRole.REPORTS, origin=Origin.DOCUMENT) for unit in named
    )
    return task


def make_contradiction(line: DraftLine, by: User) -> Indicator | None:
    """A place where the document contradicts itself, every side with its place and quote."""
    passages = {row.key: row for row in Passage.objects.filter(campaign=line.campaign)}
    sides: list[Mapping[str, Any]] = line.values.get("sides", [])
    names = {search_key(str(side["name"])) for side in sides}
    indicator = Indicator.objects.filter(campaign=line.campaign, search_key__in=names).first()
    row = Contradiction.objects.create(
        campaign=line.campaign,
        key=f"dong-{line.position}",
        indicator=indicator if len(names) == 1 else None,
        question=str(line.values["name"]),
        position=line.position,
    )
    Claim.objects.bulk_create(
        Claim(
            contradiction=row,
            subject=side["subject"] if side["subject"] in ClaimSubject.values else ClaimSubject.OTHER,
            value=Decimal(str(side["value"])),
            unit_of_measure=str(side["unit_of_measure"])[:40],
            position=position,
            origin=Origin.DOCUMENT,
            passage=passages.get(str(side["passage"])),
            quote=str(side["quote"]),
        )
        for position, side in enumerate(sides, 1)
    )
    return indicator


MAKERS: dict[str, Callable[[DraftLine, User], Indicator | None]] = {
    DraftKind.AREA: make_area,
    DraftKind.BASIS: make_basis,
    DraftKind.RECIPIENT: make_recipient,
    DraftKind.DUTY: make_duty,
    DraftKind.TARGET: make_target,
    DraftKind.OPENING: make_opening,
    DraftKind.TASK: make_task,
    DraftKind.CONTRADICTION: make_contradiction,
}


def _indicator_of(line: DraftLine) -> Indicator:
    """The numeric indicator of the line's name, found or made."""
    wanted = search_key(str(line.values["name"]))[:500]
    for row in Indicator.objects.filter(campaign=line.campaign, search_key=wanted).with_figures():
        return row
    measure = nfc(str(line.values.get("unit_of_measure", ""))).strip()
    if not measure:
        raise ValidationError(NO_MEASURE.format(name=line.values["name"]))
    written = 0 if line.values.get("is_rate") else -int(_amount(line).normalize().as_tuple().exponent)
    is_fewer = line.values.get("operator") == Operator.AT_MOST
    whole = search_key(str(line.values.get("part_of", "")))
    return _new_indicator(
        line,
        kind=IndicatorKind.QUANTITY,
        unit_of_measure=measure[:40],
        decimals=min(4, max(written, DECIMALS.get(measure, 0))),
        direction=Direction.FEWER if is_fewer else Direction.MORE,
        operator=line.values.get("operator") or Operator.AT_LEAST,
        parent=Indicator.objects.filter(campaign=line.campaign, search_key=whole).first() if whole else None,
    )


def _new_indicator(line: DraftLine, **columns: Any) -> Indicator:
    """A row with its citation, in the content area that its sentence stands in or that the person chose."""
    name = nfc(str(line.values["name"])).strip()
    area = area_at(line.campaign, str(line.values.get("area", ""))) or _only_area(line.campaign)
    if area is None:
        raise ValidationError(NO_AREA.format(name=name))
    due_on = str(line.values.get("due_on", ""))
    due = date.fromisoformat(due_on) if due_on else None
    last = line.campaign.indicators.aggregate(last=Max("position"))["last"] or 0
    row = Indicator(
        campaign=line.campaign,
        area=area,
        code=_free_code(line.campaign, name),
        name=name[:500],
        short_name=_shortened(name, LONG),
        due_on=due if due and due > line.campaign.ends_on else None,
        position=last + 1,
        **columns,
        **_cited(line),
    )
    row.full_clean()
    row.save()
    return row


def _base(indicator: Indicator, line: DraftLine) -> Denominator:
    """The named base of a percentage: never a percentage of nothing."""
    name = nfc(str(line.values.get("base", ""))).strip()
    if not name:
        raise ValidationError(NO_BASE.format(name=line.values["name"]))
    key = slug(name)[:40]
    return Denominator.objects.get_or_create(indicator=indicator, key=key, defaults={"name": name[:LONG]})[0]


def _amount(line: DraftLine) -> Decimal:
    text = str(line.values.get("amount", ""))
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValidationError(NOT_A_NUMBER.format(name=line.values["name"], text=text)) from None


def _cited(line: DraftLine) -> dict[str, Any]:
    return {"origin": Origin.DOCUMENT, "passage": line.passage, "quote": line.quote}


def _shortened(text: str, length: int) -> str:
    """Up to a whole word, with an ellipsis where something is left out."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rsplit(' ', 1)[0]}…"


def _free_code(campaign: Campaign, name: str) -> str:
    wanted = slug(name)[:CODE].strip("-") or "chi-tieu"
    taken = set(campaign.indicators.filter(code__startswith=wanted).values_list("code", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(code for code in numbers if code not in taken)
