"""Words of the units app with their Vietnamese labels."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person may do at a unit and below it."""

    CLERK = "clerk", "Người nhập số liệu"
    HEAD = "head", "Thủ trưởng đơn vị"
    REVIEWER = "reviewer", "Chuyên viên cơ quan chủ trì chỉ tiêu"
    COORDINATOR = "coordinator", "Chuyên viên cơ quan thường trực thi đua"
    COORDINATOR_HEAD = "coordinator_head", "Thủ trưởng cơ quan thường trực thi đua"
    LEADER = "leader", "Lãnh đạo"
    READER = "reader", "Người đọc báo cáo đã ký"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


#: Who enter and endorse the reports of their own unit.
OWN_ROLES = (Role.CLERK, Role.HEAD)
#: Who work for a unit, whatever is asked of it: its own reports, the indicators it leads, what it is given to do.
WORKING_ROLES = (*OWN_ROLES, Role.REVIEWER)
#: Who speak for the unit that leads an indicator.
LEADING_ROLES = (Role.REVIEWER, Role.HEAD)
#: Who do the work of the standing body.
STANDING_ROLES = (Role.COORDINATOR, Role.COORDINATOR_HEAD)
#: Who look at what lies below their unit.
ABOVE_ROLES = (Role.LEADER, Role.READER)


class SuccessionKind(TextChoices):
    """How a unit passed into another."""

    MERGE = "merge", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia, tách"
    RENAME = "rename", "Đổi tên"


class ReorganisationKind(TextChoices):
    """What a decision does to units."""

    RENAME = "rename", "Đổi tên"
    MERGE = "merge", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia, tách"
    CLOSE = "close", "Kết thúc hoạt động"


class Origin(TextChoices):
    """Where a stored number or text comes from; whatever is computed from an illustrative one is illustrative."""

    DOCUMENT = "document", "Theo văn bản"
    PUBLIC = "public", "Theo nguồn công khai"
    OFFICE = "office", "Do đơn vị báo cáo"
    ILLUSTRATIVE = "illustrative", "Số liệu minh họa"
