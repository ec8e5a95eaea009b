"""A reminder as plain text, to paste into Zalo and to send by e-mail: the same words on every way."""

from __future__ import annotations

from followup.models import Reminder
from vietnamese.dates import format_date


def request_sentence(reminder: Reminder) -> str:
    """What is asked of the unit until when; from the second time on it says so."""
    again = f" (lần {reminder.number})" if reminder.number > 1 else ""
    return (
        f"{reminder.campaign.standing_body.name} đề nghị {reminder.unit.official_name} thực hiện các nội dung "
        f"còn thiếu sau đây chậm nhất ngày {format_date(reminder.answer_by)}{again}:"
    )


def numbered_lines(reminder: Reminder) -> list[str]:
    """Exactly what is missing, as it stood when the reminder was sent."""
    return [f"{place}. {item['text']}." for place, item in enumerate(reminder.items, start=1)]


def subject(reminder: Reminder) -> str:
    """What it is about, in one line."""
    return f"Đôn đốc báo cáo thi đua {reminder.period.name.lower()}"


def reminder_text(reminder: Reminder, address: str = "") -> str:
    """The whole text; ``address`` is the page where the unit answers."""
    parts = [request_sentence(reminder), "\n".join(numbered_lines(reminder))]
    if reminder.note:
        parts.append(reminder.note)
    if reminder.is_escalated:
        parts.append("Nội dung này đồng thời báo cáo lãnh đạo cơ quan phát động.")
    parts.append(f"Trả lời tại: {address}" if address else "Trân trọng.")
    return "\n\n".join(parts)
