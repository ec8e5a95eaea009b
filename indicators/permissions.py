"""Who may enter, confirm and move what: each answer is the Vietnamese reason, or "" for yes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from campaign import permissions as campaign_permissions
from campaign.choices import CampaignStatus
from campaign.models import Campaign, Submission
from campaign.models.submission import SubmissionQuerySet
from campaign.rules.workflow import ENTERED, MOVES
from indicators.choices import AssignmentRole
from indicators.models import Assignment, Contradiction, Figure, FigureVersion, Indicator
from indicators.models.indicator import IndicatorQuerySet
from units import clock
from units.choices import LEADING_ROLES, OWN_ROLES, STANDING_ROLES, Role
from units.models import OrgUnit, User


def lead_unit(indicator: Indicator) -> OrgUnit | None:
    """The lead department of an indicator (cơ quan chủ trì), or none."""
    row = Assignment.objects.leading_now().filter(indicator=indicator).select_related("unit").first()
    return row.unit if row else None


def led_indicator_ids(user: User) -> set[int]:
    """The indicators that the person's departments lead: one query."""
    return set(Assignment.objects.led_by(user).order_by().values_list("indicator_id", flat=True))


def why_not_enter(
    submission: Submission,
    user: User,
    *,
    figure: Figure | None = None,
    on_behalf: bool = False,
    led: set[int] | None = None,
) -> str:
    """Why the person may not write a figure of the report; without a figure, any of them.

    ``led``: the indicators that the person's departments lead, where many rows are asked about at once.
    """
    if on_behalf:
        if not _may_enter_on_behalf(submission, user, figure, led):
            return "Chỉ cơ quan thường trực hoặc cơ quan chủ trì chỉ tiêu mới được nhập thay đơn vị."
    elif not user.holds_at(submission.participation.unit, *OWN_ROLES):
        return "Chỉ người của đơn vị mới nhập được số liệu của đơn vị."
    reason = campaign_permissions.why_not_edit(submission, today=clock.today(), on_behalf=on_behalf)
    if reason:
        return reason
    if figure is not None and not figure.is_marked and has_marks(submission):
        return "Chỉ những số liệu được đề nghị chỉnh sửa mới mở để nhập; số liệu này không thuộc số đó."
    return ""


def stand_in_for_entry(submission: Submission, user: User, figures: Sequence[Figure], *, on_behalf: bool) -> int | None:
    """The stand-in by which the person enters the figures; None in own right."""
    if not user.lent_grants:
        return None
    if not on_behalf:
        return campaign_permissions.stand_in_of(submission, user, OWN_ROLES)
    if campaign_permissions.is_standing_body(submission.participation.campaign, user):
        return campaign_permissions.stand_in_of(submission, user, STANDING_ROLES)
    return stand_in_of_lead(figures[0].assignment.indicator, user) if figures else None


def stand_in_of_lead(indicator: Indicator, user: User) -> int | None:
    """The stand-in by which the person acts for the lead department of an indicator; None in own right."""
    unit = lead_unit(indicator) if user.lent_grants else None
    return user.stand_in_at(unit, *LEADING_ROLES) if unit else None


def has_marks(submission: Submission) -> bool:
    """True when a request opens only the marked figures; asked once for each report that was read."""
    if submission.first_sent_at is None:
        return False  # nobody can have asked about what was never sent
    if not hasattr(submission, "_has_marks"):
        submission._has_marks = submission.figures.filter(is_marked=True).exists()  # type: ignore[attr-defined]
    return bool(submission._has_marks)  # type: ignore[attr-defined]


def _may_enter_on_behalf(submission: Submission, user: User, figure: Figure | None, led: set[int] | None) -> bool:
    """The standing body for any row, a lead department for the rows of its indicators."""
    if campaign_permissions.is_standing_body(submission.participation.campaign, user):
        return True
    if figure is None:
        return False
    return figure.assignment.indicator_id in (led_indicator_ids(user) if led is None else led)


def seen_by_offices(user: User, led: set[int] | None = None) -> IndicatorQuerySet:
    """Launched indicators that the person's departments lead, or that the standing body gathers."""
    led = led_indicator_ids(user) if led is None else led
    seen = Q(pk__in=led) | Q(campaign__standing_body__in=user.unit_ids_with(*STANDING_ROLES))
    return Indicator.objects.filter(seen, campaign__in=Campaign.objects.launched())


def reports_to_move(user: User) -> SubmissionQuerySet:
    """Reports that the person may open, and those of which the person sees a figure."""
    seen = Submission.objects.visible_to(user).values("pk")
    held = Figure.objects.visible_to(user).values("submission")
    return Submission.objects.filter(Q(pk__in=seen) | Q(pk__in=held))


def why_not_enter_prior(indicator: Indicator, user: User) -> str:
    """Why the person may not enter last year's figures: who vouches for the indicator does, or who gathers all."""
    if indicator.pk in led_indicator_ids(user) or campaign_permissions.is_standing_body(indicator.campaign, user):
        return ""
    return "Chỉ cơ quan chủ trì chỉ tiêu hoặc cơ quan thường trực mới nhập số cùng kỳ."


def why_not_confirm(figure: Figure, user: User, *, led: set[int] | None = None) -> str:
    """Why the person may not confirm (xác nhận) the figure that was sent."""
    led = led_indicator_ids(user) if led is None else led
    if figure.assignment.indicator_id not in led:
        return "Chỉ cơ quan chủ trì chỉ tiêu mới xác nhận được số liệu này."
    if figure.sent_version is None:
        return "Đơn vị chưa gửi số liệu này nên chưa có gì để xác nhận."
    if figure.sent_version.by_id == user.pk:
        return "Anh/chị đã nhập số liệu này nên người khác phải xác nhận."
    if figure.submission.endorsed_by_id == user.pk:
        return "Anh/chị đã duyệt báo cáo chứa số liệu này nên người khác phải xác nhận."
    return ""


def why_not_move(name: str, submission: Submission, user: User, *, on_behalf: bool = False) -> str:
    """Why the person may not make the move now, by status, role and what the report holds."""
    reason = campaign_permissions.why_not_move(name, submission, user, on_behalf=on_behalf)
    if reason:
        return reason
    move = MOVES[name]
    if Role.REVIEWER in move.who and not _leads_any(submission, user):
        return "Báo cáo này không có chỉ tiêu do đơn vị của anh/chị chủ trì."
    if ENTERED in move.not_by and entered_by(submission, user):
        return f"Anh/chị đã nhập số liệu trong báo cáo này nên không thể tự thực hiện bước “{move.label}”."
    return ""


def entered_by(submission: Submission, user: User) -> bool:
    """True when a figure of the report now stands as the person entered it."""
    return FigureVersion.objects.filter(
        figure__submission=submission, by=user, kind__in=["entered", "on_behalf", "correction"]
    ).exists()


def _leads_any(submission: Submission, user: User) -> bool:
    """True when the report holds a figure of an indicator that the person's department leads."""
    rows = Assignment.objects.filter(role=AssignmentRole.REPORTS, unit=submission.participation.unit)
    return rows.filter(indicator__in=led_indicator_ids(user)).exists()


def why_not_revise(campaign: Campaign, user: User) -> str:
    """Why the person may not record a revision of targets or indicators of a launched campaign; "" for yes."""
    if not campaign_permissions.is_standing_body(campaign, user):
        return "Chỉ cơ quan thường trực thi đua mới ghi điều chỉnh chỉ tiêu theo quyết định."
    if campaign.status == CampaignStatus.DRAFT:
        return "Phong trào chưa phát động: sửa thẳng số giao và chỉ tiêu ở trang thiết lập."
    if campaign.status == CampaignStatus.CLOSED:
        return "Phong trào đã kết thúc nên không điều chỉnh được nữa."
    return ""


def why_not_allocate(campaign: Campaign, user: User) -> str:
    """Why the person may not divide a target among the units: set up before the launch, revised after it."""
    if campaign.status == CampaignStatus.DRAFT:
        return campaign_permissions.why_not_prepare(campaign, user)
    return why_not_revise(campaign, user)


def why_not_settle(contradiction: Contradiction, user: User) -> str:
    """Why the person may not choose between contradictory claims of the document."""
    campaign = contradiction.campaign
    if campaign.standing_body_id in user.unit_ids_with(Role.COORDINATOR_HEAD):
        return ""
    if campaign.authority_id in user.unit_ids_with(Role.LEADER):
        return ""
    return "Chỉ lãnh đạo cơ quan phát động hoặc thủ trưởng cơ quan thường trực mới chọn số liệu có giá trị."
