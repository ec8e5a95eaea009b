"""Words of the followup app with their Vietnamese labels."""

from django.db.models import TextChoices


class CauseKind(TextChoices):
    """Whether the unit could have helped it; either way the figure stays as it is."""

    OBJECTIVE = "objective", "Khách quan"
    SUBJECTIVE = "subjective", "Chủ quan"


class Side(TextChoices):
    """What a person is towards an obstacle or an explanation; the tables of moves speak of sides, not of roles."""

    UNIT = "unit", "Đơn vị"
    OWNER = "owner", "Đơn vị được giao xử lý"
    LEAD = "lead", "Cơ quan chủ trì chỉ tiêu"
    STANDING_BODY = "standing_body", "Cơ quan thường trực thi đua"
    LEADER = "leader", "Lãnh đạo"


class ObstacleState(TextChoices):
    """How far an obstacle (khó khăn, vướng mắc) has come."""

    RAISED = "raised", "Mới nêu"
    IN_HAND = "in_hand", "Đang xử lý"
    ESCALATED = "escalated", "Đã báo cáo Ủy ban"
    RESOLVED = "resolved", "Đã giải quyết"
    WITHDRAWN = "withdrawn", "Đã rút"


class ExplanationKind(TextChoices):
    """Who asks decides the word: only a leader demands an account."""

    CAUSE = "cause", "Đề nghị báo cáo nguyên nhân"
    ACCOUNT = "account", "Yêu cầu giải trình"


class ExplanationState(TextChoices):
    """How far a request for causes or an account has come."""

    ASKED = "asked", "Chờ trả lời"
    RETURNED = "returned", "Đề nghị trả lời bổ sung"
    ANSWERED = "answered", "Đã trả lời, đang theo dõi"
    CLOSED = "closed", "Đã kết thúc theo dõi"
    WITHDRAWN = "withdrawn", "Đã rút"


class PaperKind(TextChoices):
    """The papers of an inspection in the order in which they are made."""

    PLAN = "plan", "Kế hoạch kiểm tra"
    DECISION = "decision", "Quyết định thành lập đoàn"
    MINUTES = "minutes", "Biên bản kiểm tra"
    RESULT = "result", "Thông báo kết quả"


class RecordKind(TextChoices):
    """What is recorded of good work; a proposal of praise carries no points."""

    COLLECTIVE = "collective", "Điển hình tập thể"
    PERSON = "person", "Điển hình cá nhân"
    MODEL = "model", "Mô hình"
    NEWS = "news", "Tin"
    ARTICLE = "article", "Bài"
    PRAISE = "praise", "Đề xuất biểu dương"


class ReminderChannel(TextChoices):
    """By which ways a reminder (đôn đốc) goes."""

    IN_APP = "in_app", "Thông báo trong chương trình"
    EMAIL = "email", "Thư điện tử"
    ZALO = "zalo", "Tin nhắn Zalo"
    LETTER = "letter", "Công văn đôn đốc"
    PHONE = "phone", "Điện thoại"


class MailState(TextChoices):
    """Where a letter of the outbox stands; none is ever dropped."""

    WAITING = "waiting", "Chờ gửi"
    CLAIMED = "claimed", "Đang gửi"
    SENT = "sent", "Đã gửi"
    GIVEN_UP = "given_up", "Gửi không được"


EXAMPLE_KINDS = (RecordKind.COLLECTIVE, RecordKind.PERSON, RecordKind.MODEL)
PUBLICATION_KINDS = (RecordKind.NEWS, RecordKind.ARTICLE)
