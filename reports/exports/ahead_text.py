"""Parts IV and V of a report: what the figures and conclusions ask for, what is proposed to the superior."""

from __future__ import annotations

from followup.choices import ObstacleState
from followup.tables.reporting import ActionLine
from indicators.choices import Band
from indicators.tables.standings import Standing
from indicators.tables.standings_source import NOBODY
from paper.document import Paragraph
from reports.exports.parts import Part
from reports.exports.running_text import who_has_not_sent
from reports.exports.wording import lower_first
from reports.narrative import standings as told
from reports.narrative.words import Words, count, joined, name, paragraph, say, upper_first
from reports.tables.material import Material

#: So many open tasks of conclusions and so many obstacles are named.
NAMED = 4


def ahead(material: Material, issuer: str, *, named: int = NAMED) -> tuple[Paragraph, ...]:
    """What is to be done next; the authority asks nothing of itself."""
    standings = [row.standing for row in material.summary.rows]
    asked = [
        _to_the_leads(material, standings),
        who_has_not_sent(material.submissions),
        _to_confirm(standings),
        _to_finish(material, named),
        _to_settle(material, standings, issuer),
    ]
    found = [words for words in asked if words]
    if not found:
        return (paragraph("ahead:none", "Các đơn vị tiếp tục thực hiện các chỉ tiêu, nhiệm vụ theo kế hoạch."),)
    if len(found) == 1:
        return (paragraph("ahead:1", found[0]),)
    return tuple(paragraph(f"ahead:{place}", f"{place}. ", words) for place, words in enumerate(found, start=1))


def _to_the_leads(material: Material, standings: list[Standing]) -> Words:
    """Each lead department with what it may lose; then what is only slow."""
    leads, by_owner = material.summary.definitions.leads, dict[str, list[Standing]]()
    over = {one.indicator.pk for one in told.over(standings)}
    still = [one for one in standings if one.indicator.pk not in over]
    for one in told.judged(still, (Band.AT_RISK,)):
        lead = leads.get(one.indicator.pk, NOBODY)
        by_owner.setdefault(material.names.get(lead.unit_id, lead.name) or "các đơn vị", []).append(one)
    slow = say("rà soát, đẩy nhanh các chỉ tiêu chậm tiến độ") if told.judged(still, (Band.BEHIND,)) else ()
    late = say("tiếp tục thực hiện các chỉ tiêu đã hết thời hạn mà chưa đạt kế hoạch") if over else ()
    rest = joined([one for one in (slow, late) if one], "; ")
    if not by_owner:
        return say("Các cơ quan chủ trì ", rest, ".") if rest else ()
    rows = (say(name("lead", owner), " (", told.short_names(rows), ")") for owner, rows in by_owner.items())
    head = "Các cơ quan chủ trì tập trung chỉ đạo, tháo gỡ khó khăn đối với chỉ tiêu có khả năng không đạt: "
    return say(head, joined([joined(rows, "; "), rest], "; "), ".")


def _to_confirm(standings: list[Standing]) -> Words:
    if not (waiting := told.unconfirmed(standings)):
        return ()
    rows = count("unconfirmed", waiting)
    return say("Cơ quan chủ trì chỉ tiêu khẩn trương xác nhận ", rows, " số liệu các đơn vị đã gửi.")


def _to_finish(material: Material, named: int) -> Words:
    """Open tasks of conclusions and inspections, the nearest due first."""
    rows = [row for row in (material.around.actions if material.around else ()) if not row.is_done]
    if not rows:
        return ()
    more = say(" và ", count("actions:rest", len(rows) - named), " việc khác") if len(rows) > named else ()
    return say("Thực hiện xong các việc được giao: ", joined((_action(row) for row in rows[:named]), "; "), more, ".")


def _action(row: ActionLine) -> Words:
    """What is to be done, by whom, by when: "rà soát hồ sơ (xã A, hạn 15/10/2024, đã quá hạn)"."""
    text = row.text.rstrip(". ")
    begun = text if text[1:2].isupper() else lower_first(text)  # an abbreviation keeps its capitals
    late = ", đã quá hạn" if row.is_overdue else ""
    due = say(", hạn ", name(f"action:{row.pk}:due", row.due), late)
    return say(name(f"action:{row.pk}:text", begun), " (", name(f"action:{row.pk}:owner", row.owner), due, ")")


def _to_settle(material: Material, standings: list[Standing], issuer: str) -> Words:
    if not told.disputed(standings):
        return ()
    if issuer == material.frame.campaign.authority.official_name:
        return say("Thống nhất số liệu áp dụng ở các chỗ văn bản phát động nêu khác nhau.")
    authority = name("authority:name", material.frame.campaign.authority.official_name)
    return say("Đề nghị ", authority, " cho ý kiến về số liệu áp dụng ở các chỗ văn bản phát động nêu khác nhau.")


# --- V ---------------------------------------------------------------------------------------------------------------


def proposals(material: Material) -> tuple[Part, ...]:
    """What waits for a word of the superior, and whom to praise; no part where there is nothing."""
    around = material.around
    escalated = [row for row in (around.obstacles if around else ()) if row.state == ObstacleState.ESCALATED]
    asked = tuple(
        paragraph(
            f"proposals:obstacle:{row.pk}",
            say("- ", name(f"obstacle:{row.pk}:unit", upper_first(row.unit)), ": "),
            say(name(f"obstacle:{row.pk}:title", row.title.rstrip(". "))),
            say(". ", name(f"obstacle:{row.pk}:text", row.text.rstrip(". "))) if row.text else (),
            ".",
        )
        for row in escalated
    )
    praised = tuple(
        paragraph(
            f"proposals:praise:{row.pk}",
            say("- ", name(f"praise:{row.pk}:title", row.title)),
            say(" (", name(f"praise:{row.pk}:unit", row.unit), ")") if row.unit else (),
            say(": ", name(f"praise:{row.pk}:text", row.text.rstrip(". "))) if row.text else (),
            ".",
        )
        for row in (around.praise if around else ())
    )
    parts = []
    if asked:
        parts.append(Part("proposals:obstacles", asked, "Đề nghị xem xét, giải quyết vướng mắc"))
    if praised:
        parts.append(Part("proposals:praise", praised, "Đề nghị biểu dương, khen thưởng"))
    return tuple(parts)
