"""Words of the reports app with their Vietnamese labels."""

from django.db.models import TextChoices

#: The kind of a unit's own report (báo cáo của đơn vị): the unit alone drafts it, of its own figures.
OWN = "don-vi"


class Basis(TextChoices):
    """Which figures a report counts."""

    OFFICIAL = "official", "Chính thức (đã tiếp nhận)"
    SENT = "sent", "Tạm tính (đã gửi)"


class Signer(TextChoices):
    """Who signs for the issuer."""

    HEAD = "head", "Thủ trưởng ký"
    DEPUTY = "deputy", "Cấp phó ký thay (KT.)"
    ACTING = "acting", "Người quyền thủ trưởng ký (Q.)"


class FileKind(TextChoices):
    """What a kept file of a report is."""

    FROZEN_PDF = "frozen-pdf", "Bản trình ký (PDF)"
    FROZEN_WORD = "frozen-word", "Bản trình ký (Word)"
    FROZEN_EXCEL = "frozen-excel", "Biểu số liệu kèm bản trình ký (Excel)"
    DIGITAL = "digital", "Bản ký số"
    SIGNED = "signed", "Bản đã ký, ban hành"


class SignedAs(TextChoices):
    """Whose digital signature it is; the values are those of ``paper.stamp``."""

    PERSON = "nguoi-ky", "Người có thẩm quyền ký"
    BODY = "co-quan", "Cơ quan, tổ chức (con dấu)"


class BatchKind(TextChoices):
    """What a batch makes: one file for each unit, or one file of every figure."""

    UNITS_PDF = "units-pdf", "Báo cáo của các đơn vị (PDF)"
    UNITS_WORD = "units-docx", "Báo cáo của các đơn vị (Word)"
    FIGURES = "figures", "Toàn bộ số liệu của phong trào (Excel)"
