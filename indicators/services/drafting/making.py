"""What each kind of draft line becomes: a content area, a legal basis, an indicator with target or opening, a task …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from campaign.models import Duty, LegalBasis, Passage, Recipient
from campaign.rules.calendar import month_of, year_window
from indicators.choices import (
    AssignmentRole,
    ClaimSubject,
    DraftKind,
    IndicatorKind,
    Operator,
    UnitRule,
)
from indicators.models import Assignment, Claim, Contradiction, DraftLine, Indicator, Opening
from indicators.services.calendars import change_calendar
from indicators.services.drafting.rows import (
    SHORT,
    amount_of,
    area_at,
    base_of,
    cited,
    day_of_text,
    indicator_of,
    new_indicator,
)
from indicators.services.targets import set_target
from units.choices import Origin
from units.models import OrgUnit, User
from vietnamese.numbers import format_trimmed
from vietnamese.text import search_key

GIVEN_ALREADY = (
    "“{name}” đã có số giao {amount}, lấy từ một dòng khác. Nếu là chỉ tiêu khác thì sửa tên; nếu văn bản nêu hai số "
    "thì bỏ dòng này và quyết định ở chỗ mâu thuẫn."
)
OPENED_ALREADY = (
    "“{name}” đã có số thực hiện đầu kỳ, lấy từ một dòng khác. Nếu là chỉ tiêu khác thì sửa tên; nếu văn bản nêu hai "
    "số thì bỏ dòng này và quyết định ở chỗ mâu thuẫn."
)
LAST_BEFORE_FIRST = "Ngày kết thúc phải sau ngày bắt đầu."


def make_area(line: DraftLine, by: User) -> None:
    """A content area below the areas above it, which are made with it."""
    area_at(line.campaign, line.passage.key)


def make_basis(line: DraftLine, by: User) -> None:
    """A legal basis; the same number twice is one."""
    row = LegalBasis(
        campaign=line.campaign,
        number=f"{line.values['name']}"[:SHORT],
        dated=day_of_text(line, "dated"),
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


def make_period(line: DraftLine, by: User) -> None:
    """The days of the campaign as the document or the person says; the calendar is cut anew where they differ."""
    campaign = line.campaign
    first, last = (day_of_text(line, name) for name in ("starts_on", "ends_on"))
    if first is None or last is None or (first, last) == (campaign.starts_on, campaign.ends_on):
        return
    if first > last:
        raise ValidationError({"ends_on": LAST_BEFORE_FIRST})
    change_calendar(
        campaign,
        starts_on=first,
        ends_on=last,
        year_starts_on=min(first, year_window(month_of(first, campaign.calendar_rule)[0], campaign.calendar_rule)[0]),
        calendar_rule=campaign.calendar_rule,
        by=by,
    )


def make_target(line: DraftLine, by: User) -> Indicator:
    """An indicator, where none of this name is there, with its target at the authority."""
    indicator = indicator_of(line)
    authority, is_rate = line.campaign.authority, bool(line.values.get("is_rate"))
    base = base_of(indicator, line)
    given = indicator.targets.filter(unit=authority)
    same = given.filter(base=base, is_percentage=is_rate).first()
    if same is not None:
        amount = f"{format_trimmed(same.amount)}{' %' if is_rate else ''}"
        raise ValidationError({"name": GIVEN_ALREADY.format(name=indicator.name, amount=amount)})
    set_target(
        indicator,
        authority,
        amount=amount_of(line),
        by=by,
        valid_from=line.campaign.year_starts_on,
        base=base,
        is_percentage=is_rate,
        is_main=not given.filter(is_main=True).exists(),
        **cited(line),
    )
    return indicator


def make_opening(line: DraftLine, by: User) -> Indicator:
    """What was done before the campaign: an amount, or a rate that stays a rate of its base."""
    indicator = indicator_of(line)
    is_rate = bool(line.values.get("is_rate"))
    base = base_of(indicator, line) if is_rate else None
    if indicator.openings.filter(unit=line.campaign.authority, base=base).exists():
        raise ValidationError({"name": OPENED_ALREADY.format(name=indicator.name)})
    opening = Opening(
        indicator=indicator,
        unit=line.campaign.authority,
        amount=None if is_rate else amount_of(line),
        rate=amount_of(line) if is_rate else None,
        base=base,
        operator=line.values.get("operator") or Operator.EQUAL,
        **cited(line),
    )
    opening.full_clean()
    opening.save()
    return indicator


def make_task(line: DraftLine, by: User) -> Indicator:
    """A task; the units that its sentence names report on it."""
    task = new_indicator(line, kind=IndicatorKind.TASK, unit_rule=UnitRule.NONE)
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
    DraftKind.PERIOD: make_period,
    DraftKind.BASIS: make_basis,
    DraftKind.RECIPIENT: make_recipient,
    DraftKind.DUTY: make_duty,
    DraftKind.TARGET: make_target,
    DraftKind.OPENING: make_opening,
    DraftKind.TASK: make_task,
    DraftKind.CONTRADICTION: make_contradiction,
}
