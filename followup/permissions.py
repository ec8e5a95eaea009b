"""Who may do what about obstacles, explanations and the rest: each answer is the Vietnamese reason, or "" for yes."""

from __future__ import annotations

from campaign.choices import Relation
from campaign.models import Campaign, Participation
from campaign.permissions import is_standing_body
from followup.choices import ExplanationKind, Side
from followup.models import ActionItem, Explanation, Obstacle, Record, Reminder
from followup.rules import explanations, obstacles
from followup.rules.moves import Step
from indicators.models import Indicator
from indicators.permissions import led_indicator_ids
from units.choices import OWN_ROLES, WORKING_ROLES, Role
from units.models import OrgUnit, User

ONLY_STANDING_BODY = "Việc này do cơ quan thường trực thi đua thực hiện."


def is_leader(campaign: Campaign, user: User) -> bool:
    """True for the leaders of the very authority of the campaign."""
    return campaign.authority_id in user.unit_ids_with(Role.LEADER)


def leads(indicator: Indicator | None, user: User) -> bool:
    """Does a department of the person lead the indicator? One query."""
    return indicator is not None and indicator.pk in led_indicator_ids(user)


def sides_of_obstacle(row: Obstacle, user: User) -> frozenset[str]:
    """All that the person is towards the obstacle."""
    held = {
        Side.UNIT: user.holds_at(row.unit, *OWN_ROLES),
        Side.OWNER: row.owner_unit_id in user.unit_ids_with(*WORKING_ROLES),
        Side.LEAD: leads(row.indicator, user),
        Side.STANDING_BODY: is_standing_body(row.campaign, user),
        Side.LEADER: is_leader(row.campaign, user),
    }
    return frozenset(side for side, is_held in held.items() if is_held)


def sides_of_explanation(row: Explanation, user: User) -> frozenset[str]:
    """All that the person is towards the request."""
    held = {
        Side.UNIT: user.holds_at(row.unit, *OWN_ROLES),
        Side.LEAD: leads(row.indicator, user),
        Side.STANDING_BODY: is_standing_body(row.campaign, user),
        Side.LEADER: is_leader(row.campaign, user),
    }
    return frozenset(side for side, is_held in held.items() if is_held)


def why_not_move_obstacle(name: str, row: Obstacle, user: User, sides: frozenset[str] | None = None) -> str:
    """Why the person may not take the step now."""
    step = obstacles.STEPS[name]
    held = sides_of_obstacle(row, user) if sides is None else sides
    return _why_not_step(step, step.who, row.state, row.get_state_display(), held)


def why_not_move_explanation(name: str, row: Explanation, user: User, sides: frozenset[str] | None = None) -> str:
    """Why the person may not take the step now; who asked decides who returns and closes."""
    step = explanations.STEPS[name]
    held = sides_of_explanation(row, user) if sides is None else sides
    return _why_not_step(step, explanations.sides_of(step, row.kind), row.state, row.get_state_display(), held)


def _why_not_step(step: Step, who: tuple[str, ...], state: str, state_word: str, held: frozenset[str]) -> str:
    if not held & set(who):
        return f"Bước “{step.label}” do {', '.join(str(Side(side).label).lower() for side in who)} thực hiện."
    if state not in step.from_states:
        return f"Đang ở trạng thái “{state_word.lower()}” nên không thực hiện được bước “{step.label}”."
    return ""


def why_not_raise(campaign: Campaign, unit: OrgUnit, indicator: Indicator | None, user: User) -> str:
    """Why the person may not raise an obstacle of the unit: its own people, the standing body, a lead department."""
    if user.holds_at(unit, *OWN_ROLES) or is_standing_body(campaign, user) or leads(indicator, user):
        return ""
    return "Vướng mắc do người của đơn vị, cơ quan chủ trì chỉ tiêu hoặc cơ quan thường trực nêu."


def why_not_comment(sides: frozenset[str]) -> str:
    """Why the person may not take part in the discussion."""
    return "" if sides else "Chỉ các bên liên quan mới trao đổi ở đây."


def why_not_ask(kind: str, campaign: Campaign, unit: OrgUnit, user: User) -> str:
    """Why the person may not ask the unit for causes or an account."""
    if kind == ExplanationKind.ACCOUNT and not is_leader(campaign, user):
        return "Chỉ lãnh đạo cơ quan phát động mới yêu cầu giải trình; cơ quan thường trực đề nghị báo cáo nguyên nhân."
    if kind == ExplanationKind.CAUSE and not is_standing_body(campaign, user):
        return "Đề nghị báo cáo nguyên nhân do cơ quan thường trực thi đua thực hiện."
    return why_not_press(campaign, unit)


def kinds_to_ask(campaign: Campaign, user: User) -> tuple[str, ...]:
    """What the person may ask for: causes, an account, or nothing."""
    asked = {
        ExplanationKind.CAUSE: is_standing_body(campaign, user),
        ExplanationKind.ACCOUNT: is_leader(campaign, user),
    }
    return tuple(kind for kind, may in asked.items() if may)


def ask_word(campaign: Campaign, user: User) -> str:
    """By which words the person may ask a unit why it lags: a leader demands an account, the office asks for causes."""
    kinds = kinds_to_ask(campaign, user)
    if ExplanationKind.ACCOUNT in kinds:
        return str(ExplanationKind.ACCOUNT.label)
    return str(ExplanationKind.CAUSE.label) if kinds else ""


def why_not_press(campaign: Campaign, unit: OrgUnit) -> str:
    """Why a unit may be neither pressed nor asked to account: only one that must report (giao) ever is."""
    part = Participation.objects.filter(campaign=campaign, unit=unit).first()
    if part is None:
        return f"{unit.name} không tham gia phong trào này."
    if part.relation != Relation.ASSIGNED:
        word = str(Relation(part.relation).label).lower()
        return f"{part.unit_name} tham gia theo quan hệ “{word}” nên không đôn đốc, không yêu cầu giải trình."
    return ""


def why_not_keep(campaign: Campaign, user: User) -> str:
    """Why the person may not record inspections, conclusions, what they ask for, and send reminders."""
    return "" if is_standing_body(campaign, user) else ONLY_STANDING_BODY


def why_not_report_done(item: ActionItem, user: User) -> str:
    """Why the person may not report an action item as done."""
    if item.done_at is not None:
        return "Việc này đã ghi kết quả."
    own = item.owner_unit_id in user.unit_ids_with(*WORKING_ROLES) or user.holds_at(item.owner_unit, *OWN_ROLES)
    if own or is_standing_body(item.campaign, user):
        return ""
    return "Kết quả do đơn vị thực hiện hoặc cơ quan thường trực ghi."


def why_not_reopen_item(item: ActionItem, user: User) -> str:
    """Why the person may not send an action item back."""
    if item.done_at is None:
        return "Việc này chưa xong nên không cần mở lại."
    if is_standing_body(item.campaign, user) or is_leader(item.campaign, user):
        return ""
    return "Việc đã xong do cơ quan thường trực hoặc lãnh đạo mở lại."


def why_not_record(campaign: Campaign, unit: OrgUnit | None, user: User) -> str:
    """Why the person may not record good work: the standing body everyone's, a unit its own."""
    if is_standing_body(campaign, user) or (unit is not None and user.holds_at(unit, *OWN_ROLES)):
        return ""
    return "Đơn vị ghi điển hình, tin bài, đề xuất của mình; cơ quan thường trực ghi cho mọi đơn vị."


def why_not_withdraw_record(row: Record, user: User) -> str:
    """Why the person may not take a record off the list."""
    if row.withdrawn_at is not None:
        return "Mục này đã gỡ."
    return why_not_record(row.campaign, row.unit, user)


def why_not_answer_reminder(row: Reminder, user: User) -> str:
    """Why the person may not answer a reminder."""
    if row.answer:
        return "Lần nhắc này đã có trả lời."
    if user.holds_at(row.unit, *OWN_ROLES) or is_standing_body(row.campaign, user):
        return ""
    return "Trả lời do đơn vị được nhắc hoặc cơ quan thường trực ghi."
