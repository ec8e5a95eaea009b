"""Words of the campaign app with their Vietnamese labels."""

from django.db.models import TextChoices


class CampaignStatus(TextChoices):
    """Where a campaign stands."""

    DRAFT = "draft", "Đang chuẩn bị"
    LAUNCHED = "launched", "Đã phát động"
    CLOSED = "closed", "Đã kết thúc"


class CalendarRule(TextChoices):
    """How a month's data are cut."""

    ND09 = "nd09", "Ngày 15 tháng trước đến ngày 14 (Nghị định số 09/2019/NĐ-CP)"
    CALENDAR_MONTH = "calendar_month", "Theo tháng dương lịch"
    GIVEN = "given", "Theo danh sách kỳ tự đặt"


class PeriodKind(TextChoices):
    """What a period is for."""

    MONTH = "month", "Tháng"
    SUPPLEMENTARY = "supplementary", "Kỳ bổ sung"
    FLASH = "flash", "Báo cáo nhanh"


class Relation(TextChoices):
    """How a unit takes part; it decides whether late is late."""

    ASSIGNED = "assigned", "Giao"
    ASKED = "asked", "Đề nghị phối hợp"
    SUPPORTS = "supports", "Hưởng ứng"
    OWN_CHANNEL = "own_channel", "Báo cáo theo kênh riêng"


class SubmissionStatus(TextChoices):
    """States of a monthly report (báo cáo tháng)."""

    DRAFT = "draft", "Nháp"
    ENDORSED = "endorsed", "Đã duyệt"
    SENT = "sent", "Đã gửi"
    CHANGES_REQUESTED = "changes_requested", "Đề nghị chỉnh sửa, bổ sung"
    RECEIVED = "received", "Đã tiếp nhận"
    REOPENED = "reopened", "Đã mở lại"
    CLOSED = "closed", "Đã chốt số liệu"


class DayOffKind(TextChoices):
    """A day that differs from the usual working week."""

    HOLIDAY = "holiday", "Ngày nghỉ"
    WORKDAY = "workday", "Ngày làm việc bù"


class PassageKind(TextChoices):
    """A piece of the campaign document."""

    BODY = "body", "Phần chính"
    FOOTNOTE = "footnote", "Chú thích"
    RECIPIENTS = "recipients", "Nơi nhận"
