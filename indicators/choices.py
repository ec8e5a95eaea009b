"""Words of the indicators app with their Vietnamese labels."""

from django.db.models import TextChoices


class IndicatorKind(TextChoices):
    """What is reported."""

    QUANTITY = "quantity", "Số lượng"
    RATIO = "ratio", "Tỷ lệ (tử số, mẫu số)"
    TASK = "task", "Nhiệm vụ"
    MILESTONE = "milestone", "Mốc công việc"


class TimeRule(TextChoices):
    """How figures add up over time."""

    FLOW = "flow", "Số trong kỳ"
    RUNNING = "running", "Số lũy kế"
    LEVEL = "level", "Số thời điểm"


class UnitRule(TextChoices):
    """How figures add up over units; never a mean of percentages."""

    SUM = "sum", "Cộng các đơn vị"
    RATIO_OF_SUMS = "ratio_of_sums", "Tỷ lệ của tổng"
    LEAD = "lead", "Số của cơ quan chủ trì"
    LATEST = "latest", "Số mới nhất"
    NONE = "none", "Không cộng"


class Direction(TextChoices):
    """Which way is good."""

    MORE = "more", "Càng nhiều càng tốt"
    FEWER = "fewer", "Càng ít càng tốt"
    EXACTLY = "exactly", "Đạt đúng"


class Operator(TextChoices):
    """The operator of a target as the document words it."""

    AT_LEAST = "ge", "ít nhất"
    MORE_THAN = "gt", "trên"
    EQUAL = "eq", "bằng"
    AT_MOST = "le", "không quá"
    ABOUT = "approx", "khoảng"


class Schedule(TextChoices):
    """Kỳ phải báo cáo: in which periods a row is asked for."""

    MONTHLY = "monthly", "Hằng tháng"
    QUARTERLY = "quarterly", "Hằng quý"
    LISTED = "listed", "Các tháng đã nêu"
    ONCE = "once", "Một lần, kỳ cuối"
    UNTIL_DONE = "until_done", "Hằng tháng đến khi xong"


class AssignmentRole(TextChoices):
    """Who owes which row, who vouches for it."""

    REPORTS = "reports", "Báo cáo"
    LEADS = "leads", "Chủ trì"
    CO_OPERATES = "co_operates", "Phối hợp"


class FigureState(TextChoices):
    """Nothing reported is never zero; "không giao" stands on the assignment."""

    NOT_REPORTED = "not_reported", "Chưa báo cáo"
    REPORTED = "reported", "Đã có số liệu"
    NOTHING_AROSE = "nothing_arose", "Không phát sinh"


class TaskStatus(TextChoices):
    """How a task or a milestone stands."""

    NOT_STARTED = "not_started", "Chưa triển khai"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    DONE = "done", "Hoàn thành"
    BLOCKED = "blocked", "Gặp vướng mắc"


class VersionKind(TextChoices):
    """How a version of a figure came about."""

    ENTERED = "entered", "Đơn vị nhập"
    ON_BEHALF = "on_behalf", "Nhập thay"
    RECONCILED = "reconciled", "Số liệu sau đối chiếu"
    CORRECTION = "correction", "Điều chỉnh số liệu"


class Channel(TextChoices):
    """By what way a unit sent what another entered for it."""

    PHONE = "phone", "Điện thoại"
    ZALO = "zalo", "Zalo"
    PAPER = "paper", "Văn bản giấy"
    EMAIL = "email", "Thư điện tử"
    LETTER = "letter", "Văn bản điện tử"


class Band(TextChoices):
    """Bands of progress; a bar is clamped, never a number."""

    EXCEEDED = "exceeded", "Vượt kế hoạch"
    MET = "met", "Hoàn thành"
    AHEAD = "ahead", "Vượt tiến độ"
    ON_TRACK = "on_track", "Đúng tiến độ"
    BEHIND = "behind", "Chậm"
    AT_RISK = "at_risk", "Có khả năng không đạt"
    NO_DATA = "no_data", "Chưa có số liệu"


class ClaimSubject(TextChoices):
    """Of what a contradictory claim speaks."""

    OPENING_AMOUNT = "opening_amount", "Thực hiện đầu kỳ"
    OPENING_RATE = "opening_rate", "Tỷ lệ thực hiện đầu kỳ"
    TARGET = "target", "Chỉ tiêu giao"
    OTHER = "other", "Số liệu khác"


class DraftKind(TextChoices):
    """What a line of a draft would become."""

    AREA = "area", "Nội dung thi đua"
    PERIOD = "period", "Thời gian"
    BASIS = "basis", "Căn cứ"
    RECIPIENT = "recipient", "Nơi nhận"
    DUTY = "duty", "Trách nhiệm tổ chức thực hiện"
    TARGET = "target", "Chỉ tiêu giao"
    OPENING = "opening", "Thực hiện đầu kỳ"
    UNCLEAR = "unclear", "Số chưa rõ là gì"
    TASK = "task", "Nhiệm vụ"
    CONTRADICTION = "contradiction", "Chỗ mâu thuẫn"
    UNREAD = "unread", "Chưa đọc được"


class DraftState(TextChoices):
    """What a person made of a line."""

    PROPOSED = "proposed", "Chờ quyết định"
    ACCEPTED = "accepted", "Đã nhận"
    DROPPED = "dropped", "Đã bỏ"
