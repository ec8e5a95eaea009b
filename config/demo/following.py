"""Carrying out the demo's acts about obstacles, explanations, inspections, conclusions, good work and reminders.

Rows that later acts speak of are named in the script (``as``) and found again by what the first act wrote, so that a
replay that goes on tomorrow knows them too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo.cells import DemoError
from config.demo.script import FOLDER, Act, read_json
from config.demo.stage import Stage
from followup.models import ActionItem, Cause, Conclusion, Explanation, Inspection, Obstacle, Reminder
from followup.services import actions, explanations, inspections, obstacles, records, reminders
from followup.services.steps import Particulars
from indicators.models import Indicator
from units.choices import Origin

#: By which act a row was written, and by which word of the act it is found again.
FOUND_BY: dict[str, tuple[Any, str]] = {
    "raise": (Obstacle, "title"),
    "ask": (Explanation, "question"),
    "inspect": (Inspection, "name"),
    "conclude": (Conclusion, "meeting"),
    "give": (ActionItem, "text"),
}
ORIGIN = Origin.ILLUSTRATIVE


def _row(act: Act, stage: Stage) -> Any:
    """The row that the act speaks of (``on``), as the earlier act of that name wrote it."""
    for earlier in read_json("followup.json")["acts"]:
        if earlier.get("as") == act.more["on"]:
            model, word = FOUND_BY[earlier["do"]]
            return model.objects.filter(campaign=stage.campaign, **{word: earlier[word]}).latest("pk")
    raise DemoError(f"Dữ liệu minh họa: không có việc nào tên “{act.more['on']}” ({act}).")


def _indicator(more: Mapping[str, Any], stage: Stage) -> Indicator | None:
    code = more.get("indicator")
    return Indicator.objects.get(campaign=stage.campaign, code=code) if code else None


def _day(more: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(more[name]) if more.get(name) else None


def _cause(more: Mapping[str, Any]) -> Cause | None:
    return Cause.objects.get(key=more["cause"]) if more.get("cause") else None


def _file(more: Mapping[str, Any]) -> SimpleUploadedFile | None:
    name = more.get("file")
    return SimpleUploadedFile(name, (FOLDER / "files" / name).read_bytes()) if name else None


def _particulars(more: Mapping[str, Any], stage: Stage) -> Particulars:
    texts = {name: more.get(name, "") for name in ("text", "proof_note", "cause_kind", "cause_text", "remedy")}
    return Particulars(
        **texts,
        owner_unit=stage.units[more["owner"]] if "owner" in more else None,
        owner=more.get("person", ""),
        due_on=_day(more, "due_on"),
        remedy_due_on=_day(more, "remedy_due_on"),
        cause=_cause(more),
        file=_file(more),
    )


def _raise(act: Act, stage: Stage) -> None:
    more = act.more
    figure = stage.figures(stage.report(act.unit, act.period))[more["indicator"]] if act.period else None
    obstacles.raise_obstacle(
        stage.campaign,
        stage.units[act.unit],
        by=stage.person(act.by),
        title=more["title"],
        text=more.get("text", ""),
        kind=more["kind"],
        cause=_cause(more),
        indicator=_indicator(more, stage),
        figure=figure,
        origin=ORIGIN,
    )


def _obstacle_step(act: Act, stage: Stage) -> None:
    given = _particulars(act.more, stage)
    obstacles.move_obstacle(act.more["step"], _row(act, stage), by=stage.person(act.by), given=given)


def _comment(act: Act, stage: Stage) -> None:
    obstacles.comment_on_obstacle(_row(act, stage), by=stage.person(act.by), text=act.more["text"])


def _ask(act: Act, stage: Stage) -> None:
    explanations.ask_explanation(
        act.more["kind"],
        stage.campaign,
        stage.units[act.unit],
        by=stage.person(act.by),
        question=act.more["question"],
        due_on=_day(act.more, "due_on"),
        indicator=_indicator(act.more, stage),
        period=stage.periods[act.period],
        origin=ORIGIN,
    )


def _explanation_step(act: Act, stage: Stage) -> None:
    given = _particulars(act.more, stage)
    explanations.move_explanation(act.more["step"], _row(act, stage), by=stage.person(act.by), given=given)


def _inspect(act: Act, stage: Stage) -> None:
    more = act.more
    inspections.record_inspection(
        stage.campaign,
        by=stage.person(act.by),
        name=more["name"],
        units=[stage.units[key] for key in more["units"]],
        areas=list(stage.campaign.areas.filter(key__in=more["areas"])),
        led_by=more["led_by"],
        starts_on=date.fromisoformat(more["starts_on"]),
        ends_on=_day(more, "ends_on"),
        origin=ORIGIN,
    )


def _paper(act: Act, stage: Stage) -> None:
    inspections.add_paper(
        _row(act, stage),
        by=stage.person(act.by),
        kind=act.more["kind"],
        number=act.more["number"],
        dated=date.fromisoformat(act.more["dated"]),
        unit=stage.units[act.unit] if act.unit else None,
        file=_file(act.more),
    )


def _findings(act: Act, stage: Stage) -> None:
    found = {name: act.more[name] for name in ("strengths", "shortcomings")}
    inspections.note_findings(_row(act, stage), by=stage.person(act.by), **found)


def _conclude(act: Act, stage: Stage) -> None:
    texts = {name: act.more[name] for name in ("meeting", "chaired_by", "number", "text")}
    dated = date.fromisoformat(act.more["dated"])
    inspections.record_conclusion(stage.campaign, by=stage.person(act.by), dated=dated, **texts, origin=ORIGIN)


def _give(act: Act, stage: Stage) -> None:
    actions.add_action(
        _row(act, stage),
        by=stage.person(act.by),
        text=act.more["text"],
        owner_unit=stage.units[act.more["owner"]],
        indicator=_indicator(act.more, stage),
        due_on=date.fromisoformat(act.more["due_on"]),
        origin=ORIGIN,
    )


def _done(act: Act, stage: Stage) -> None:
    actions.report_done(_row(act, stage), by=stage.person(act.by), result=act.more["result"], file=_file(act.more))


def _good_work(act: Act, stage: Stage) -> None:
    more = act.more
    records.record_good_work(
        stage.campaign,
        by=stage.person(act.by),
        kind=more["kind"],
        area=stage.campaign.areas.get(key=more["area"]),
        unit=stage.units[act.unit],
        title=more["title"],
        happened_on=date.fromisoformat(more["happened_on"]),
        text=more.get("text", ""),
        outlet=more.get("outlet", ""),
        origin=ORIGIN,
    )


def _remind(act: Act, stage: Stage) -> None:
    given = reminders.Particulars(channels=["in_app"], answer_by=_day(act.more, "answer_by"), origin=ORIGIN)
    units = [stage.units[key] for key in act.more["units"]]
    reminders.send_reminders(stage.campaign, stage.periods[act.period], units, by=stage.person(act.by), given=given)


def _reminder(act: Act, stage: Stage) -> Reminder:
    """The last reminder that the unit got."""
    rows = Reminder.objects.filter(campaign=stage.campaign, unit=stage.units[act.unit])
    return rows.latest("sent_at")


def _deliver(act: Act, stage: Stage) -> None:
    sent = {name: act.more.get(name, "") for name in ("channel", "recipient", "document")}
    reminders.log_delivery(_reminder(act, stage), by=stage.person(act.by), **sent)


def _answer(act: Act, stage: Stage) -> None:
    reminders.answer_reminder(_reminder(act, stage), by=stage.person(act.by), answer=act.more["answer"])


#: The words of fixtures/demo/followup.json.
WORDS: dict[str, Callable[[Act, Stage], None]] = {
    "raise": _raise,
    "obstacle_step": _obstacle_step,
    "comment": _comment,
    "ask": _ask,
    "explanation_step": _explanation_step,
    "inspect": _inspect,
    "paper": _paper,
    "findings": _findings,
    "conclude": _conclude,
    "give": _give,
    "done": _done,
    "good_work": _good_work,
    "remind": _remind,
    "deliver": _deliver,
    "answer": _answer,
}
