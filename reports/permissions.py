"""Who may see which rows of a campaign's boards and files: a scope, and reasons in Vietnamese ("" means yes)."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import SENT_STATUSES, Campaign, Submission
from campaign.permissions import is_standing_body, runs_campaign
from indicators.models import Assignment, Indicator
from indicators.permissions import led_indicator_ids
from indicators.tables.standings import OFFICIAL, SENT
from reports.choices import OWN
from reports.models import Report
from units.choices import LEADING_ROLES, OWN_ROLES, STANDING_ROLES, Role
from units.models import OrgUnit, User

NOT_YOURS = "Trang này dành cho lãnh đạo, cơ quan thường trực, cơ quan chủ trì chỉ tiêu và đơn vị có báo cáo."
DRAFTED_BY_STANDING_BODY = "Báo cáo do cơ quan thường trực thi đua lập; ở đây chỉ xem."
SIGNED_ELSEWHERE = "Chứng thư số ở đây là của cơ quan thường trực: đơn vị ký nơi khác rồi đính kèm bản đã ký."
READER_ONLY = "Tài khoản này chỉ đọc báo cáo đã ký; số liệu đang tổng hợp không mở ở đây."
NO_PRELIMINARY = "Số liệu tạm tính chỉ dành cho cơ quan phát động; ở đây xem được số liệu chính thức."


@dataclass(frozen=True)
class Scope:
    """What one person sees of a campaign's figures.

    ``sees_all``: every indicator over every unit. Otherwise the indicators that the person's departments lead
    (``led``), over every unit; and of the person's own units (``unit_ids``) only their own rows.
    """

    bases: tuple[str, ...] = ()
    sees_all: bool = False
    led: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Is there nothing for this person?"""
        return not self.bases

    @property
    def sees_whole(self) -> bool:
        """Does the person see sums over units: of all indicators, or of those that the department leads?"""
        return self.sees_all or bool(self.led)

    @property
    def indicator_ids(self) -> frozenset[int] | None:
        """The indicators whose whole the person sees; None means all."""
        return None if self.sees_all else self.led


def scope_of(campaign: Campaign, user: User) -> Scope:
    """What the person sees of the campaign's figures; at most two queries."""
    if runs_campaign(campaign, user):
        return Scope((SENT, OFFICIAL), sees_all=True)
    if user.holds_at(campaign.authority, Role.LEADER):
        return Scope((OFFICIAL,), sees_all=True)
    led = _led(campaign, user)
    own = _own_units(campaign, user)
    return Scope((SENT, OFFICIAL), led=led, unit_ids=own) if led or own else Scope()


def _led(campaign: Campaign, user: User) -> frozenset[int]:
    """The campaign's indicators that the person's departments lead."""
    if not user.has_role(*LEADING_ROLES):
        return frozenset()
    ids = led_indicator_ids(user)
    return frozenset(Indicator.objects.filter(campaign=campaign, pk__in=ids).values_list("pk", flat=True))


def _own_units(campaign: Campaign, user: User) -> frozenset[int]:
    """The units for which the person enters or endorses: at the very unit, not at those beside or below it."""
    ids = user.unit_ids_with(*OWN_ROLES)
    if not ids:
        return frozenset()
    rows = Assignment.objects.filter(indicator__campaign=campaign, unit__in=ids)
    return frozenset(rows.values_list("unit_id", flat=True))


def overseen(campaign: Campaign, user: User) -> frozenset[int]:
    """The content areas of the first order that a leader looks after (lĩnh vực phụ trách): one query."""
    if not user.has_role(Role.LEADER):
        return frozenset()
    rows = user.overseen_areas.filter(area__campaign=campaign)
    return frozenset(parent or area for area, parent in rows.order_by().values_list("area_id", "area__parent_id"))


def why_not_board(scope: Scope, user: User) -> str:
    """Why the person may not open the board of a campaign that they see."""
    if not scope.is_empty:
        return ""
    return READER_ONLY if user.has_role(Role.READER) else NOT_YOURS


def why_not_basis(scope: Scope, basis: str) -> str:
    """Why the person may not see figures on this basis: a superior sees what was received, not what was sent."""
    return "" if basis in scope.bases else NO_PRELIMINARY


def why_not_indicator(scope: Scope, indicator: Indicator) -> str:
    """Why the person may not see one indicator over all units."""
    if scope.sees_all or indicator.pk in scope.led:
        return ""
    return "Chỉ tiêu này do cơ quan khác chủ trì; đơn vị chỉ xem được số liệu của mình."


def why_not_publish(campaign: Campaign, user: User) -> str:
    """Why the person may not publish the order among units: a leader of the authority decides that."""
    if campaign.authority_id in user.unit_ids_with(Role.LEADER):
        return ""
    return "Chỉ lãnh đạo cơ quan phát động mới công bố, thu hồi thứ tự của các đơn vị."


def why_not_unit(scope: Scope, unit: OrgUnit) -> str:
    """Why the person may not see one unit's page: its own people do, and who sees units beside each other."""
    if scope.sees_whole or unit.pk in scope.unit_ids:
        return ""
    return "Đơn vị chỉ xem được trang của mình."


def why_not_summary(scope: Scope) -> str:
    """Why the person may not download the summary over all units."""
    if scope.sees_all:
        return ""
    return "Biểu tổng hợp toàn bộ dành cho lãnh đạo và cơ quan thường trực thi đua."


def why_not_submissions(campaign: Campaign, user: User) -> str:
    """Why the person may not see who has sent and who is late: siblings and a superior do not."""
    if runs_campaign(campaign, user):
        return ""
    return "Tình hình gửi báo cáo của các đơn vị dành cho lãnh đạo và cơ quan thường trực thi đua."


def why_not_draft(report: Report, user: User) -> str:
    """Why the person may not write on a report: the standing body writes the office's, a unit its own."""
    if report.frozen_or_none is not None:
        return "Báo cáo đã chốt bản trình ký nên không sửa được nữa. Cần sửa thì lập lại từ bản này."
    return why_not_write(report, user)


def why_not_write(report: Report, user: User) -> str:
    """Why the person may not write reports of this kind in the name of this issuer."""
    if report.kind == OWN:
        return why_not_own(report.issuer_id, user)
    return "" if is_standing_body(report.campaign, user) else DRAFTED_BY_STANDING_BODY


def why_not_own(unit_id: int, user: User) -> str:
    """Why the person may not draft the own report of a unit: its clerks and its head do."""
    return "" if unit_id in user.unit_ids_with(*OWN_ROLES) else "Báo cáo này do đơn vị khác lập."


def why_not_issue(report: Report, user: User) -> str:
    """Why the person may not record number, day and signer."""
    if report.frozen_or_none is None:
        return "Chốt bản trình ký trước, rồi ghi số, ngày và người ký."
    return why_not_write(report, user)


def why_not_sign(report: Report, user: User) -> str:
    """Why the person may not sign digitally here: who drafts it does, and for the Committee its leaders."""
    if report.frozen_or_none is None:
        return "Chốt bản trình ký trước, rồi mới ký số."
    if report.kind == OWN:
        return SIGNED_ELSEWHERE
    campaign = report.campaign
    if report.issuer_id == campaign.authority_id and campaign.authority_id in user.unit_ids_with(Role.LEADER):
        return ""
    return why_not_write(report, user)


def why_not_unit_report(submission: Submission, user: User) -> str:
    """Why the person may not print a unit's own report: it shows the unit's working figures."""
    if user.holds_at(submission.participation.unit, *OWN_ROLES):
        return ""
    campaign = submission.participation.campaign
    if is_standing_body(campaign, user):
        return "" if submission.status in SENT_STATUSES else "Báo cáo này đang ở đơn vị, chưa gửi hoặc đang sửa."
    return "Chỉ đơn vị lập báo cáo và cơ quan thường trực mới in được báo cáo của đơn vị."


def why_not_batch(campaign: Campaign, user: User) -> str:
    """Why the person may not order files of every unit at once."""
    if is_standing_body(campaign, user):
        return ""
    return "Chỉ cơ quan thường trực thi đua lập được báo cáo hàng loạt."


def template_unit(user: User) -> OrgUnit | None:
    """The standing body whose Word template the person may put in; None for others."""
    units = OrgUnit.objects.filter(pk__in=user.unit_ids_with(*STANDING_ROLES))
    return units.filter(standing_campaigns__isnull=False).order_by("pk").first()
