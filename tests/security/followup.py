"""The followup app in the table of addresses: about one row of each kind, who reads it and who acts on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from followup.choices import Side
from followup.models import (
    ActionItem,
    Conclusion,
    Explanation,
    Inspection,
    InspectionPaper,
    Mail,
    Notice,
    Obstacle,
    Record,
    Reminder,
    ReminderDelivery,
)
from followup.rules import explanations, obstacles
from tests.security.town import LEADER, LEADS, OFFICE, OWN

MODELS = (
    ActionItem,
    Conclusion,
    Explanation,
    Inspection,
    InspectionPaper,
    Mail,
    Notice,
    Obstacle,
    Record,
    Reminder,
    ReminderDelivery,
)
#: By which relation of the security tables a side is held; nothing was given to an owner yet.
SIDES: dict[str, frozenset[str]] = {
    Side.UNIT: OWN,
    Side.OWNER: frozenset(),
    Side.LEAD: LEADS,
    Side.STANDING_BODY: OFFICE,
    Side.LEADER: frozenset({LEADER}),
}
CONCERNED = OWN | OFFICE | LEADS | {LEADER}
#: name → (who reads, who acts); None: the address takes acts only, or is only read.
RULES: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "followup:obstacle": (CONCERNED, None),
    "followup:move-obstacle": (None, frozenset()),  # by the table of moves
    "followup:comment": (None, CONCERNED),
    "followup:explanation": (CONCERNED, None),
    "followup:move-explanation": (None, frozenset()),  # by the table of moves
    "followup:inspection": (OWN | OFFICE | {LEADER}, None),
    "followup:add-paper": (None, OFFICE),
    "followup:note-findings": (None, OFFICE),
    "followup:recommend": (None, OFFICE),
    "followup:conclusion": (OWN | OFFICE | {LEADER}, None),
    "followup:give": (None, OFFICE),
    "followup:action": (CONCERNED, None),
    "followup:report-done": (None, OWN | OFFICE),
    "followup:reopen-item": (None, frozenset()),
    "followup:withdraw-record": (None, OWN | OFFICE),
    "followup:send-reminders": (None, OFFICE),
    "followup:set-policy": (None, OFFICE),
    "followup:reminder": (OWN | OFFICE | {LEADER}, None),
    "followup:reminder-pdf": (OFFICE, None),
    "followup:reminder-word": (OFFICE, None),
    "followup:log-delivery": (None, OFFICE),
    "followup:answer-reminder": (None, OWN | OFFICE),
    "followup:mail-again": (None, OFFICE),
    "followup:open-notice": (None, frozenset()),
}


ABOUT = {
    "obstacle": ("followup:obstacle", "followup:comment"),
    "explanation": ("followup:explanation",),
    "inspection": ("followup:inspection", "followup:add-paper", "followup:note-findings", "followup:recommend"),
    "conclusion": ("followup:conclusion", "followup:give"),
    "item": ("followup:action", "followup:report-done", "followup:reopen-item"),
    "record": ("followup:withdraw-record",),
    "campaign": ("followup:send-reminders", "followup:set-policy"),
    "reminder": (
        "followup:reminder",
        "followup:reminder-pdf",
        "followup:reminder-word",
        "followup:log-delivery",
        "followup:answer-reminder",
        "followup:mail-again",
    ),
    # Of somebody else: a notice is opened by its own person alone, and that is no act of the trail.
    "notice": ("followup:open-notice",),
}
#: Rows that nobody reads through an indicator.
WITHOUT_INDICATOR = ("inspection", "conclusion", "record", "campaign", "reminder", "notice")


def addresses_of(kept: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """Name, arguments and what it is about, of every address about the rows."""
    for what, names in ABOUT.items():
        indicator = None if what in WITHOUT_INDICATOR else "che"
        for name in names:
            yield name, (kept[what].pk,), {"subject": kept[what], "indicator": indicator}
    for step in obstacles.STEPS.values():
        who = _who(step.who) if kept["obstacle"].state in step.from_states else frozenset()
        about = {"subject": kept["obstacle"], "indicator": "che", "acting": who}
        yield "followup:move-obstacle", (kept["obstacle"].pk, step.name), about
    for step in explanations.STEPS.values():
        row = kept["explanation"]
        who = _who(explanations.sides_of(step, row.kind)) if row.state in step.from_states else frozenset()
        yield "followup:move-explanation", (row.pk, step.name), {"subject": row, "indicator": "che", "acting": who}


def _who(sides: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(SIDES[side] for side in sides))


def sent_with(name: str, subject: Any) -> dict[str, Any]:
    """What a browser would send so that nothing but permission stands against the act."""
    step = {"version": getattr(subject, "version", 0), "text": "Nội dung", "due_on": "31/12/2024"}
    match name:
        case "followup:move-obstacle" | "followup:move-explanation":
            answer = {
                "cause_kind": "objective",
                "cause_text": "Mưa",
                "remedy": "Trồng bù",
                "remedy_due_on": "31/12/2024",
            }
            return {**step, **answer, "owner_unit": subject.unit_id, "proof_note": "Biên bản ngày 14/10/2024"}
        case "followup:raise-obstacle":
            return {"title": "Giống về muộn", "kind": "objective"}
        case "followup:comment":
            return {"text": "Đề nghị nêu rõ"}
        case "followup:add-paper":
            return {"kind": "plan", "number": "12/KH-UBND", "dated": "1/10/2024"}
        case "followup:note-findings":
            return {"strengths": "Trồng đúng kỹ thuật"}
        case "followup:recommend" | "followup:give":
            unit = subject.campaign.participations.first().unit_id
            return {"text": "Trồng dặm", "owner_unit": unit, "due_on": "31/12/2024"}
        case "followup:report-done":
            return {"result": "Đã trồng dặm"}
        case "followup:send-reminders":
            # The last commune: the first was reminded just now and is left in peace for some days.
            communes = subject.participations.filter(unit__key__contains="xa-").order_by("unit__key")
            unit = communes.last().unit_id
            period = subject.periods.get(number=3).pk
            return {"units": [unit], "period": period, "channels": ["in_app"], "answer_by": "31/12/2024"}
        case "followup:set-policy":
            return {"quiet_days": 1, "escalate_after": 3}
        case "followup:log-delivery":
            return {"channel": "zalo"}
        case "followup:answer-reminder":
            return {"answer": "Gửi trong ngày"}
        case "followup:reopen-item":
            return {"reason": "Chưa đủ"}
    return {}
