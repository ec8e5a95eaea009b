"""A unit's own report and its monthly figures know of one signature: it is entered once, its file is kept once."""

from __future__ import annotations

from campaign.models import Submission
from indicators.models import Figure
from indicators.permissions import why_not_move
from indicators.services.submissions import make_move
from paper.document_json import from_json
from reports.exports.differences import differences
from reports.models import Issuance, Report
from reports.services.building import draft_now
from units.models import User

#: The move by which a signed report stands for the head's approval.
RECORD = "record_signed"
INCOMPLETE = "Báo cáo tháng còn dòng chưa có số liệu nên chưa ghi nhận bản đã ký."
FIGURES_CHANGED = (
    "Số liệu đã sửa sau khi chốt bản trình ký nên bản đã ký không thay cho duyệt số liệu. "
    "Xem “Khác so với bản trình ký”, lập lại báo cáo rồi trình ký lại."
)


def why_not_tell(report: Report, month: Submission, user: User) -> str:
    """Why the signature of the unit's report does not stand for the approval of its month's figures."""
    if reason := why_not_move(RECORD, month, user):
        return reason
    if Figure.objects.filter(submission=month).missing().exists():
        return INCOMPLETE
    changed = differences(from_json(report.frozen.document), draft_now(report).document)
    return FIGURES_CHANGED if changed else ""


def tell_month(report: Report, month: Submission, issuance: Issuance, *, by: User) -> None:
    """Record number, day and file with the month's figures as well, where they may stand for the approval."""
    file = issuance.file.file if issuance.file else None
    is_told = (month.signed_number, month.signed_on, month.signed_file) == (issuance.number, issuance.signed_on, file)
    if is_told or why_not_tell(report, month, by):
        return
    make_move(RECORD, month, by=by, signed_number=issuance.number, signed_on=issuance.signed_on, signed_file=file)
