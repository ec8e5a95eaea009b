"""What the steps of obstacles and explanations share: what is brought along, what is demanded, the line of history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from followup.models import Cause, Explanation, Obstacle
from followup.rules.moves import Step
from units import clock
from units.errors import LostRace
from units.models import OrgUnit, User
from units.services import store_file
from vietnamese.dates import format_date
from vietnamese.text import nfc

JUST_MOVED = "Nội dung này vừa được người khác xử lý. Tải lại trang để xem trạng thái mới nhất."


@dataclass(frozen=True)
class Particulars:
    """What a step brings along; the table of moves says which step demands what."""

    text: str = ""
    owner_unit: OrgUnit | None = None
    owner: str = ""
    due_on: date | None = None
    proof_note: str = ""
    file: UploadedFile[Any] | None = None
    cause_kind: str = ""
    cause: Cause | None = None
    cause_text: str = ""
    remedy: str = ""
    remedy_due_on: date | None = None

    def tidy(self, name: str) -> str:
        """A text in composed letters without spaces around it."""
        return nfc(str(getattr(self, name))).strip()


def check_version(row: Obstacle | Explanation, version: int | None) -> None:
    """Raise LostRace when the row is no longer as the person saw it."""
    if version is not None and version != row.version:
        raise LostRace(JUST_MOVED)


def check_demands(step: Step, given: Particulars) -> None:
    """Raise the sentence of what the step demands and was not brought along."""
    if step.needs_text and not given.tidy("text"):
        raise ValidationError(f"Ghi {step.needs_text.lower()} khi thực hiện bước “{step.label}”.")
    if step.needs_owner and given.owner_unit is None:
        raise ValidationError("Chọn đơn vị xử lý.")
    if step.needs_day:
        check_day(given.due_on, "hạn")
    if step.needs_proof and not given.tidy("proof_note") and given.file is None:
        raise ValidationError("Ghi căn cứ (văn bản số, ngày; biên bản) hoặc đính kèm tệp chứng minh đã giải quyết.")
    if step.needs_answer:
        _check_answer(given)


def _check_answer(given: Particulars) -> None:
    """Cause, remedy and the day: an answer without one of them cannot be followed."""
    if not given.cause_kind:
        raise ValidationError("Chọn nguyên nhân khách quan hay chủ quan.")
    if not given.tidy("cause_text"):
        raise ValidationError("Ghi nguyên nhân.")
    if not given.tidy("remedy"):
        raise ValidationError("Ghi biện pháp khắc phục.")
    check_day(given.remedy_due_on, "ngày khắc phục xong")


def check_day(day: date | None, what: str) -> date:
    """The due day, which is given and has not passed."""
    if day is None:
        raise ValidationError(f"Chọn {what}.")
    if day < clock.today():
        raise ValidationError(f"{what.capitalize()} {format_date(day)} đã qua. Chọn từ hôm nay trở đi.")
    return day


def check_past(day: date, what: str) -> None:
    """The day of something that has happened or been issued does not lie ahead."""
    if day > clock.today():
        raise ValidationError(f"{what.capitalize()} {format_date(day)} ở tương lai. Kiểm tra lại.")


def said(step: Step, given: Particulars) -> str:
    """What the history keeps of a step: to whom it was given and until when, or the answer, and the words."""
    if step.needs_answer:
        day = format_date(given.remedy_due_on) if given.remedy_due_on else ""
        return f"Nguyên nhân: {given.tidy('cause_text')}\nBiện pháp: {given.tidy('remedy')}\nKhắc phục xong trước {day}"
    unit = given.owner_unit.name if step.needs_owner and given.owner_unit else ""
    owner = given.tidy("owner") if step.needs_owner else ""
    day = f"hạn {format_date(given.due_on)}" if step.needs_day and given.due_on else ""
    terms = ", ".join(word for word in (unit, owner, day) if word)
    return "\n".join(line for line in (terms[:1].upper() + terms[1:], given.tidy("text"), _proof(step, given)) if line)


def _proof(step: Step, given: Particulars) -> str:
    note = given.tidy("proof_note") if step.needs_proof else ""
    return f"Căn cứ: {note}" if note else ""


def write_line(
    row: Obstacle | Explanation,
    *,
    by: User,
    text: str,
    step: Step | None = None,
    from_state: str = "",
    upload: UploadedFile[Any] | None = None,
) -> None:
    """One line of the history; its number is the row's new version, so that of two at once one is refused."""
    stored = store_file(upload, by=by, owner=row) if upload is not None else None
    row.steps.create(
        sequence=row.version,
        move=step.name if step else "",
        from_state=from_state,
        to_state=row.state,
        text=nfc(text).strip(),
        by=by,
        at=clock.now(),
        file=stored,
    )
