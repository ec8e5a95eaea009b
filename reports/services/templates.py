"""The office's own Word template: put in, taken back; a template that cannot be used is refused with the reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from reports.models import LetterTemplate
from units import clock
from units.choices import STANDING_ROLES
from units.models import OrgUnit, User
from units.services import record_act, store_file

NOT_YOURS = "Chỉ cơ quan thường trực thi đua thay được mẫu Word của mình."


@transaction.atomic
def put_template(unit: OrgUnit, upload: UploadedFile[Any], *, by: User) -> LetterTemplate:
    """Use this template from now on; its fields are checked first."""
    from paper.word_template import TemplateError, check_template  # it brings the library of Word files along

    _check(unit, by)
    content = upload.read()
    upload.seek(0)
    try:
        check_template(content)
    except TemplateError as refusal:
        raise ValidationError(str(refusal)) from None
    LetterTemplate.objects.select_for_update().filter(unit=unit).in_use().update(is_in_use=False)
    stored = store_file(upload, by=by)
    template = LetterTemplate.objects.create(unit=unit, file=stored, added_by=by, added_at=clock.now())
    stored.owner = template
    stored.save(update_fields=["owner_type", "owner_id"])
    record_act("template.put", by=by, subject=template, unit=unit)
    return template


@transaction.atomic
def take_template_back(unit: OrgUnit, *, by: User) -> None:
    """Write reports in the program's own form again."""
    _check(unit, by)
    template = LetterTemplate.objects.select_for_update().filter(unit=unit).in_use().first()
    if template is None:
        raise ValidationError("Cơ quan đang dùng mẫu có sẵn của hệ thống.")
    template.is_in_use = False
    template.save(update_fields=["is_in_use"])
    record_act("template.taken_back", by=by, subject=template, unit=unit)


def template_in_use(unit: OrgUnit) -> LetterTemplate | None:
    """The template of a unit with its file and who put it in."""
    return LetterTemplate.objects.filter(unit=unit).in_use().select_related("file", "added_by").first()


def template_of(unit: OrgUnit) -> bytes:
    """The bytes of the template in use; none where the unit has none."""
    template = template_in_use(unit)
    return bytes(template.file.content.read()) if template is not None else b""


def _check(unit: OrgUnit, by: User) -> None:
    if unit.pk not in by.unit_ids_with(*STANDING_ROLES):
        raise PermissionDenied(NOT_YOURS)
