"""Carrying out one act of the demo: each word of the script stands for one service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.models import Campaign, Submission
from campaign.rules.workflow import MOVES
from campaign.services.periods import extend_deadline
from config.demo import following
from config.demo.around import AROUND
from config.demo.cells import DemoError
from config.demo.script import DEMO_MARK, FOLDER, Act
from config.demo.stage import Stage
from indicators.models import Claim, Contradiction, Figure, Indicator
from indicators.permissions import led_indicator_ids, why_not_confirm, why_not_move
from indicators.services.confirmations import confirm_figures, reconcile_figure
from indicators.services.corrections import Correction
from indicators.services.evidence import attach_evidence
from indicators.services.figures import Entry, OnBehalf, enter_figures
from indicators.services.prior import enter_prior_figures
from indicators.services.responses import record_response
from indicators.services.submissions import make_move
from indicators.services.targets import settle_contradiction
from indicators.tables.prior import reporting_rows
from indicators.tables.standings import OFFICIAL
from reports.choices import Basis
from reports.exports.kind import AUTHORITY
from reports.models import Report
from reports.services.drafts import choose, open_report, write_part
from reports.services.freezing import freeze_report, record_issuance
from reports.services.orders import publish_order
from reports.tables.frame import Frame
from units.choices import Origin
from units.models import User
from units.services import store_file

EVERY_UNIT = "*"
AS_TOLD = "*"
RESPONSE_DAYS = ("plan_on", "launched_on", "pledged_on")


def carry_out(act: Act, stage: Stage) -> None:
    """Do what the act says, as its person; the clock stands at its moment already."""
    if act.do in MOVES:
        _move(act, stage)
    elif act.do in WORDS:
        WORDS[act.do](act, stage)
    else:
        raise DemoError(f"Dữ liệu minh họa: không hiểu việc “{act.do}” ({act}).")


def _move(act: Act, stage: Stage) -> None:
    """A step of the workflow, of one report or of every report that may take it now."""
    by = stage.person(act.by)
    if act.more.get("units") != EVERY_UNIT:
        report = stage.report(act.unit, act.period)
        make_move(act.do, report, by=by, **_particulars(act, stage, report, by))
        return
    for unit, period in stage.report_ids:
        if period == act.period:
            report = stage.report(unit, period)
            if not why_not_move(act.do, report, by):
                make_move(act.do, report, by=by)


def _particulars(act: Act, stage: Stage, report: Submission, by: User) -> dict[str, Any]:
    """What the move brings along, out of the act."""
    more = act.more
    particulars: dict[str, Any] = {"reason": more.get("reason", "")}
    if "marked" in more:
        figures = stage.figures(report)
        particulars["marked"] = {figures[code].pk: why for code, why in more["marked"].items()}
    if "expires_on" in more:
        particulars["expires_on"] = date.fromisoformat(more["expires_on"])
    if "signed_number" in more:
        particulars["signed_number"] = more["signed_number"] + DEMO_MARK
        particulars["signed_on"] = date.fromisoformat(more["signed_on"])
    if more.get("scan"):
        particulars["signed_file"] = store_file(_upload(more["scan"]), by=by, owner=report)
    if "corrections" in more:
        particulars |= _corrections(act, stage, report)
    if more.get("on_behalf"):
        particulars["on_behalf_of"] = stage.units[act.unit]
    return particulars


def _corrections(act: Act, stage: Stage, report: Submission) -> dict[str, Any]:
    """New amounts of single figures, with the letter that they stand on."""
    figures, more = stage.figures(report), act.more
    return {
        "corrections": [
            Correction(figures[code].pk, figures[code].version, {"amount": Decimal(amount)})
            for code, amount in more["corrections"].items()
        ],
        "document": more["document"] + DEMO_MARK,
        "document_on": date.fromisoformat(more["document_on"]),
    }


def _enter(act: Act, stage: Stage) -> None:
    """Enter a month, or some figures of it, in one save for each person in charge."""
    report = stage.report(act.unit, act.period)
    on_behalf = _on_behalf(act, stage)
    named: Mapping[str, Any] | None = act.more.get("figures")
    groups: dict[User, list[Entry]] = defaultdict(list)
    figures = stage.figures(report)
    codes = list(figures)[: act.more.get("rows")] if named is None else list(named)
    for code in codes:
        figure = figures[code]
        if named is None or named[code] == AS_TOLD:
            values = stage.told(figure, act.unit, act.period, act.at)
        else:
            values = _written(named[code])
        if values:
            entry = Entry(figure.pk, figure.version, values, reason=act.more.get("reason", ""))
            groups[_who_enters(act, stage, figure)].append(entry)
    for person, entries in groups.items():
        enter_figures(report, entries, by=person, on_behalf=on_behalf)


def _who_enters(act: Act, stage: Stage, figure: Figure) -> User:
    """The person in charge of the row, where a unit's own month is entered and one is named."""
    person = figure.assignment.person
    if person is not None and act.by == stage.clerks.get(act.unit):
        return stage.person(person.username)
    return stage.person(act.by)


def _on_behalf(act: Act, stage: Stage) -> OnBehalf | None:
    more = act.more.get("on_behalf")
    if not more:
        return None
    return OnBehalf(
        stage.units[act.unit],
        more["channel"],
        more["informant"],
        more.get("document", ""),
        date.fromisoformat(more["document_on"]) if "document_on" in more else None,
    )


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values written out in an act."""
    read: dict[str, Any] = {**values, "origin": Origin.ILLUSTRATIVE}
    if "amount" in read:
        read["amount"] = Decimal(read["amount"])
    if "as_of_on" in read:
        read["as_of_on"] = date.fromisoformat(read["as_of_on"])
    return read


def _enter_prior(act: Act, stage: Stage) -> None:
    """Last year's figures of one indicator: by unit and period."""
    by = stage.person(act.by)
    indicator = Indicator.objects.select_related("campaign").get(code=act.more["indicator"])
    rows = {row.unit.key: row.pk for row in reporting_rows(indicator)}
    for measure in ("amount", "cumulative", "rate"):
        amounts = {
            (rows[unit], stage.periods[period].pk): Decimal(amount)
            for unit, by_period in act.more.get(measure, {}).items()
            for period, amount in by_period.items()
        }
        if amounts:
            enter_prior_figures(
                indicator, measure, amounts, by=by, source=act.more["source"], origin=Origin.ILLUSTRATIVE
            )


def _confirm(act: Act, stage: Stage) -> None:
    """Confirm what was sent of the person's indicators and may be confirmed; reconciled figures are already."""
    by = stage.person(act.by)
    led = led_indicator_ids(by)
    rows = Figure.objects.filter(
        period=stage.periods[act.period],
        assignment__indicator__in=led,
        sent_version__isnull=False,
        reconciled_version=None,
    )
    rows = rows.exclude(assignment__unit__key__in=act.more["except"])
    if act.more["only"]:
        rows = rows.filter(assignment__indicator__code__in=act.more["only"])
    rows = rows.select_related("assignment__indicator__campaign", "sent_version", "submission")
    figures = [row for row in rows if not why_not_confirm(row, by, led=led)]
    confirm_figures(figures, by=by)


def _reconcile(act: Act, stage: Stage) -> None:
    figures = stage.figures(stage.report(act.unit, act.period))
    for code, values in act.more["figures"].items():
        reconcile_figure(figures[code], _written(values), by=stage.person(act.by), ground=act.more["ground"])


def _attach(act: Act, stage: Stage) -> None:
    figure = stage.figures(stage.report(act.unit, act.period))[act.more["indicator"]]
    attach_evidence(figure, _upload(act.more["file"]), by=stage.person(act.by), title=act.more["title"])


def _extend_deadline(act: Act, stage: Stage) -> None:
    extend_deadline(
        stage.report(act.unit, act.period),
        new_due_on=date.fromisoformat(act.more["new_due_on"]),
        reason=act.more["reason"],
        by=stage.person(act.by),
    )


def _settle(act: Act, stage: Stage) -> None:
    contradiction = Contradiction.objects.get(campaign=stage.campaign, key=act.more["contradiction"])
    claim = Claim.objects.filter(contradiction=contradiction).order_by("position")[act.more["claim"] - 1]
    settle_contradiction(contradiction, claim, by=stage.person(act.by), ground=act.more["ground"])


def _open_report(act: Act, stage: Stage) -> None:
    """A draft of the standing body, in its own name or the authority's."""
    campaign = Campaign.objects.select_related("authority__kind", "standing_body__kind").get(pk=stage.campaign.pk)
    issuer = campaign.authority if act.more.get("issuer") == AUTHORITY else campaign.standing_body
    basis = act.more.get("basis", Basis.OFFICIAL)
    open_report(
        campaign, act.more["kind"], stage.periods[act.period], by=stage.person(act.by), issuer=issuer, basis=basis
    )


def _report(act: Act, stage: Stage) -> Report:
    """The last report of the act's kind and period."""
    rows = Report.objects.with_letter().filter(campaign=stage.campaign, period=stage.periods[act.period])
    found = rows.filter(kind=act.more["kind"]).order_by("-pk").first()
    if found is None:
        raise DemoError(f"Dữ liệu minh họa: chưa lập báo cáo cho việc “{act}”.")
    return found


def _choose(act: Act, stage: Stage) -> None:
    report = _report(act, stage)
    choose(report, act.more["choices"], by=stage.person(act.by), read_version=report.version)


def _write_part(act: Act, stage: Stage) -> None:
    report = _report(act, stage)
    write_part(report, act.more["part"], act.more["text"], by=stage.person(act.by), read_sequence=0)


def _freeze(act: Act, stage: Stage) -> None:
    freeze_report(_report(act, stage), by=stage.person(act.by))


def _issue(act: Act, stage: Stage) -> None:
    """As the registry would: no real number, no real signer."""
    record_issuance(
        _report(act, stage),
        by=stage.person(act.by),
        number=act.more["number"] + DEMO_MARK,
        signed_on=date.fromisoformat(act.more["signed_on"]),
        signer=act.more["signer"],
        signed_file=_upload(act.more["file"]),
    )


def _upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (FOLDER / "files" / name).read_bytes())


def _respond(act: Act, stage: Stage) -> None:
    """A unit's response to the launch, by itself or by the standing body on its behalf."""
    part = stage.campaign.participations.select_related("unit", "campaign").get(unit__key=act.unit)
    by_code = dict(Indicator.objects.filter(campaign=stage.campaign).values_list("code", "pk"))
    days = {name: date.fromisoformat(act.more[name]) if name in act.more else None for name in RESPONSE_DAYS}
    record_response(
        part,
        by=stage.person(act.by),
        read_version=act.more.get("version", 0),
        plan_number=act.more.get("plan_number", ""),
        plan_on=days["plan_on"],
        launched_on=days["launched_on"],
        pledged_on=days["pledged_on"],
        note=act.more.get("note", ""),
        pledges={by_code[code]: Decimal(amount) for code, amount in act.more.get("pledges", {}).items()},
        origin=Origin.ILLUSTRATIVE,
    )


def _publish_order(act: Act, stage: Stage) -> None:
    """A leader lets the units of a cluster see their order."""
    cluster = stage.campaign.clusters.get(name=act.more["cluster"])
    publish_order(Frame(stage.campaign, stage.periods[act.period], OFFICIAL), cluster, by=stage.person(act.by))


#: The words of the script that are not moves of the workflow.
WORDS: dict[str, Callable[[Act, Stage], None]] = {
    "enter": _enter,
    "confirm": _confirm,
    "reconcile": _reconcile,
    "attach": _attach,
    "extend_deadline": _extend_deadline,
    "settle": _settle,
    "respond": _respond,
    "publish_order": _publish_order,
    "open_report": _open_report,
    "choose": _choose,
    "write_part": _write_part,
    "freeze": _freeze,
    "issue": _issue,
    **following.WORDS,
    **AROUND,
    "enter_prior": _enter_prior,
}
