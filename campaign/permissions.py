"""Who may do what with a campaign and its monthly reports: each answer is the Vietnamese reason, or "" for yes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from campaign.choices import CampaignStatus, SubmissionStatus
from campaign.models import Campaign, Participation, Submission
from campaign.rules.workflow import (
    EDITABLE_STATUSES,
    ENDORSED,
    MOVES,
    SENDING_MOVES,
    SENT,
    WITHIN_REOPENING,
    Move,
    is_editable,
)
from units import clock
from units.choices import OWN_ROLES, STANDING_ROLES, WORKING_ROLES, Role
from units.models import OrgUnit, User


def roles_at(submission: Submission, user: User) -> set[str]:
    """The roles that the person holds towards one report: at its unit, the standing body, the authority."""
    campaign = submission.participation.campaign
    unit = submission.participation.unit
    roles: set[str] = {role for role in OWN_ROLES if user.holds_at(unit, role)}
    roles |= {role for role in STANDING_ROLES if campaign.standing_body_id in user.unit_ids_with(role)}
    if campaign.authority_id in user.unit_ids_with(Role.LEADER):
        roles.add(Role.LEADER)
    if user.has_role(Role.REVIEWER):
        roles.add(Role.REVIEWER)
    return roles


def stand_in_of(submission: Submission, user: User, roles: Collection[str]) -> int | None:
    """The stand-in by which alone the person holds one of the roles towards the report; None in own right."""
    campaign = submission.participation.campaign
    path = submission.participation.unit.path
    held = [
        grant
        for grant in user.grants
        if grant.role in roles
        and (
            (grant.role in OWN_ROLES and path.startswith(grant.path))
            or (grant.role in STANDING_ROLES and grant.unit_id == campaign.standing_body_id)
            or (grant.role == Role.LEADER and grant.unit_id == campaign.authority_id)
            or grant.role == Role.REVIEWER
        )
    ]
    if any(grant.stand_in_id is None for grant in held):
        return None
    return next((grant.stand_in_id for grant in held), None)


def is_standing_body(campaign: Campaign, user: User) -> bool:
    """True for the specialists and the head of the campaign's standing body."""
    return campaign.standing_body_id in user.unit_ids_with(*STANDING_ROLES)


def runs_campaign(campaign: Campaign, user: User) -> bool:
    """True for the standing body and for the leaders of the authority itself."""
    return is_standing_body(campaign, user) or campaign.authority_id in user.unit_ids_with(Role.LEADER)


def why_not_follow(campaign: Campaign, user: User) -> str:
    """Why the campaign's page leads the person to no results: they begin with the launch, and readers see none."""
    if campaign.status == CampaignStatus.DRAFT:
        return "Phong trào chưa phát động nên chưa có kết quả."
    if runs_campaign(campaign, user) or user.has_role(*WORKING_ROLES, Role.LEADER):
        return ""
    return "Tài khoản này không xem số liệu đang tổng hợp."


def why_not_prepare_at(unit: OrgUnit, user: User) -> str:
    """Why the person may not begin a campaign with the unit as its standing body; "" for yes."""
    if unit.pk in user.unit_ids_with(*STANDING_ROLES):
        return ""
    return "Chỉ người của cơ quan thường trực thi đua mới lập phong trào của cơ quan mình."


def why_not_prepare(campaign: Campaign, user: User) -> str:
    """Why the person may not change the definitions of a campaign in preparation; "" for yes."""
    if not is_standing_body(campaign, user):
        return "Chỉ cơ quan thường trực thi đua mới chuẩn bị được phong trào này."
    if campaign.status != CampaignStatus.DRAFT:
        return "Phong trào đã phát động nên nội dung, chỉ tiêu không sửa ở đây được nữa."
    return ""


def why_not_revise_bands(campaign: Campaign, user: User) -> str:
    """Why the person may not set other bands from a day on, while the campaign runs; "" for yes."""
    if not is_standing_body(campaign, user):
        return "Chỉ cơ quan thường trực thi đua mới đặt ngưỡng đánh giá."
    if campaign.status != CampaignStatus.LAUNCHED:
        return "Ngưỡng theo ngày chỉ đặt khi phong trào đang chạy."
    return ""


def why_not_launch(campaign: Campaign, user: User) -> str:
    """Why the person may not launch the campaign; "" for yes."""
    if campaign.standing_body_id not in user.unit_ids_with(Role.COORDINATOR_HEAD):
        return "Thủ trưởng cơ quan thường trực thi đua mở phong trào sau khi văn bản phát động đã ban hành."
    return why_not_prepare(campaign, user)


def needs_endorsement(submission: Submission) -> bool:
    """A quick report becomes nobody's official figure, so it goes out without the head's signature."""
    return submission.participation.campaign.requires_endorsement and not submission.period.is_flash


def why_not_open_period(campaign: Campaign, user: User) -> str:
    """Why the person may not open a quick report or a supplementary period; "" for yes."""
    if not is_standing_body(campaign, user):
        return "Chỉ cơ quan thường trực thi đua mới mở báo cáo nhanh và kỳ bổ sung."
    if campaign.status != CampaignStatus.LAUNCHED:
        return "Phong trào chưa phát động hoặc đã kết thúc nên không mở kỳ mới được."
    return ""


def why_not_move(name: str, submission: Submission, user: User, *, on_behalf: bool = False) -> str:
    """Why the person may not make the move now, by status and role; "" when nothing stands against it.

    What a report holds (who entered its figures, whose indicators they are) is asked in ``indicators.permissions``.
    """
    move = MOVES[name]
    campaign = submission.participation.campaign
    if campaign.status != CampaignStatus.LAUNCHED:
        return "Phong trào chưa phát động hoặc đã kết thúc nên không xử lý báo cáo được nữa."
    allowed = move.who_on_behalf if on_behalf else move.who
    if not roles_at(submission, user) & set(allowed):
        return _wrong_person(move)
    if not move.is_open_from(submission.status, requires_endorsement=needs_endorsement(submission)):
        return _wrong_status(move, submission)
    if name in WITHIN_REOPENING and submission.is_reopening_over(clock.today()):
        return reopening_is_over(submission)
    if ENDORSED in move.not_by and submission.endorsed_by_id == user.pk:
        return f"Anh/chị đã duyệt báo cáo này nên không thể tự thực hiện bước “{move.label}”."
    if SENT in move.not_by and sent_by(submission) == user.pk:
        return f"Anh/chị đã gửi báo cáo này nên không thể tự thực hiện bước “{move.label}”."
    return ""


def reopening_is_over(submission: Submission) -> str:
    """What became of a report whose reopening has expired, and whom to ask."""
    return (
        f"Báo cáo được mở lại đến hết ngày {submission.reopened_until:%d/%m/%Y}, nay đã hết hạn nên đóng lại như "
        "trước; số đã tiếp nhận giữ nguyên. Cần sửa tiếp thì đề nghị cơ quan thường trực mở lại."
    )


def _wrong_person(move: Move) -> str:
    """Who makes the move instead."""
    labels = ", ".join(str(Role(role).label).lower() for role in move.who)
    return f"Bước “{move.label}” do {labels} thực hiện."


def _wrong_status(move: Move, submission: Submission) -> str:
    """Why the move cannot start from the present status, and what comes first."""
    status = SubmissionStatus(submission.status).label.lower()
    if move.name == "submit" and submission.status in EDITABLE_STATUSES:
        return "Báo cáo chưa được thủ trưởng duyệt. Thủ trưởng duyệt tại đây, hoặc ghi nhận bản đã ký trên giấy."
    return f"Báo cáo đang ở trạng thái “{status}” nên không thực hiện được bước “{move.label}”."


def sent_by(submission: Submission) -> int | None:
    """Who made the last send, or nobody."""
    move = submission.moves.filter(move__in=SENDING_MOVES).order_by("-sequence").first()
    return move.by_id if move else None


#: What an office is told instead of what only the unit itself could do.
WHY_NOT_ON_BEHALF = {
    SubmissionStatus.ENDORSED: "Đơn vị đã duyệt báo cáo nên không nhập thay nữa. Muốn nhập thì đơn vị bỏ duyệt trước.",
    SubmissionStatus.SENT: ("Báo cáo đã gửi nên không nhập thay nữa. Muốn sửa thì đề nghị đơn vị chỉnh sửa, bổ sung."),
}


def why_not_edit(submission: Submission, *, today: date, on_behalf: bool = False) -> str:
    """Why the figures of a report cannot be changed now by its own unit, or ``on_behalf`` by an office; "" for yes.

    A single figure of a received or closed month is corrected by an act of its own (điều chỉnh số liệu).
    """
    campaign = submission.participation.campaign
    if campaign.status != CampaignStatus.LAUNCHED:
        return "Phong trào chưa phát động hoặc đã kết thúc nên không nhập được số liệu."
    if is_editable(submission.status, today=today, reopened_until=submission.reopened_until):
        return ""
    if submission.status in EDITABLE_STATUSES and submission.reopened_until:
        return reopening_is_over(submission)
    reasons = {
        SubmissionStatus.ENDORSED: "Báo cáo đã được duyệt. Muốn sửa thì bỏ duyệt trước.",
        SubmissionStatus.SENT: "Báo cáo đã gửi. Muốn sửa thì thu hồi, hoặc chờ đề nghị chỉnh sửa, bổ sung.",
        SubmissionStatus.RECEIVED: "Báo cáo đã được tiếp nhận. Muốn sửa thì điều chỉnh số liệu hoặc đề nghị mở lại.",
        SubmissionStatus.CLOSED: "Số liệu kỳ này đã chốt. Muốn sửa thì điều chỉnh số liệu hoặc đề nghị mở lại.",
    }
    if on_behalf:
        reasons |= WHY_NOT_ON_BEHALF
    return reasons.get(SubmissionStatus(submission.status), "Báo cáo không ở trạng thái nhập được.")


def why_not_respond(part: Participation, user: User) -> str:
    """Why the person may not record a unit's response to the launch: its own people and the standing body may."""
    if part.campaign.status != CampaignStatus.LAUNCHED:
        return "Phong trào chưa phát động hoặc đã kết thúc nên không ghi hưởng ứng được nữa."
    if user.holds_at(part.unit, *OWN_ROLES) or is_standing_body(part.campaign, user):
        return ""
    return "Chỉ đơn vị hoặc cơ quan thường trực thi đua mới ghi được phần hưởng ứng của đơn vị."
