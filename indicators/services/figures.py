"""Entering figures: the service behind the cell, the grid, the workbook, the command and the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from campaign.choices import SubmissionStatus
from campaign.models import Submission
from indicators.choices import FigureState, TimeRule, VersionKind
from indicators.models import VALUE_FIELDS, Assignment, Figure, FigureVersion
from indicators.permissions import stand_in_for_entry, why_not_enter
from units import clock
from units.errors import LostRace, refuse
from units.models import OrgUnit, User
from units.models.prepared import prepared
from units.models.writing import VersionedRows, insert_rows
from units.services import record_act
from vietnamese.text import nfc

MAX_AMOUNT = Decimal("99999999999.9999")
PLACES = Decimal("0.0001")
#: A figure holds the values of its last version.
VERSIONED = VersionedRows(Figure, FigureVersion, "figure", "sequence", "version", VALUE_FIELDS)
#: What is taken over from the period before.
COPIED = ("state", "amount", "task_status", "step", "text")
NOT_OF_THIS_REPORT = "Có số liệu không thuộc báo cáo này. Tải lại trang rồi nhập lại."
CELL_WAS_CHANGED = "Số liệu “{name}” vừa được người khác sửa. Xem cả hai số rồi chọn số đúng."


@dataclass(frozen=True)
class OnBehalf:
    """For which unit something is entered (nhập thay), and how its word came."""

    unit: OrgUnit
    channel: str
    informant: str
    document: str = ""
    document_on: date | None = None


@dataclass(frozen=True)
class Entry:
    """One changed row: the figure, the version that it was read with, the changed values, the browser's key.

    ``assignment``: what the figure is a row of, where the caller has it at hand with its indicator.
    ``earlier_keys``: the same browser's sends of this row that were never answered. Where one of them made the present
    version, the person has seen it: it was typed here.
    """

    figure_id: int
    read_version: int
    values: Mapping[str, Any]
    client_key: str = ""
    reason: str = ""
    earlier_keys: tuple[str, ...] = ()
    assignment: Assignment | None = None


@dataclass
class _Batch:
    """What one save writes."""

    figures: list[Figure] = field(default_factory=list)
    versions: list[FigureVersion] = field(default_factory=list)


def enter_figure(
    figure: Figure,
    values: Mapping[str, Any],
    *,
    by: User,
    read_version: int,
    client_key: str = "",
    earlier_keys: tuple[str, ...] = (),
    on_behalf: OnBehalf | None = None,
    reason: str = "",
) -> Figure:
    """Save one cell. Raises ValidationError, PermissionDenied, or LostRace when another version came first."""
    entry = Entry(figure.pk, read_version, values, client_key, reason, earlier_keys, figure.assignment)
    return enter_figures(figure.submission, [entry], by=by, on_behalf=on_behalf)[0]


@transaction.atomic
def enter_figures(
    submission: Submission, entries: Sequence[Entry], *, by: User, on_behalf: OnBehalf | None = None
) -> list[Figure]:
    """Save changed rows of one report, all or none; a row sent twice with one client key is saved once.

    Rows are locked in the order of their keys. Returns the figures in the order of ``entries``.
    """
    report = locked_report(submission)
    figures = _locked_figures(report, entries)
    batch = _Batch()
    already = _already_saved(entries)
    for entry in entries:
        figure = figures[entry.figure_id]
        if entry.client_key and (figure.pk, entry.client_key) in already:
            continue
        check_may_enter(report, figure, by, on_behalf)
        _change(figure, entry, by=by, on_behalf=on_behalf, batch=batch, is_reopened=report.status == REOPENED)
    if batch.figures:
        stand_in_id = stand_in_for_entry(report, by, batch.figures, on_behalf=on_behalf is not None)
        for version in batch.versions:
            version.stand_in_id = stand_in_id
        insert_rows(batch.versions)
        VERSIONED.take_next([figure.pk for figure in batch.figures])
        record_act(
            "figures.entered_on_behalf" if on_behalf else "figures.entered",
            by=by,
            subject=report,
            unit=report.participation.unit,
            on_behalf_of=on_behalf.unit if on_behalf else None,
            stand_in_id=stand_in_id,
            detail={"figures": [figure.pk for figure in batch.figures]},
        )
    return [figures[entry.figure_id] for entry in entries]


REOPENED = SubmissionStatus.REOPENED


def locked_report(submission: Submission) -> Submission:
    """The report as it stands, locked until the end of the transaction."""
    found: list[Submission] = _report_to_lock.objects(submission.pk)
    return found[0]


@prepared
def _report_to_lock(pk: int) -> models.QuerySet[Submission]:
    return Submission.objects.in_place().select_for_update(of=("self",)).filter(pk=pk).order_by()


def _locked_figures(report: Submission, entries: Sequence[Entry]) -> dict[int, Figure]:
    """The rows to be written, locked in one order; a row of another report is refused."""
    ids = [entry.figure_id for entry in entries]
    figures: dict[int, Figure] = {figure.pk: figure for figure in _figures_to_lock.objects(report.pk, *ids)}
    if set(ids) - set(figures):
        raise PermissionDenied(NOT_OF_THIS_REPORT)
    known = {entry.assignment.pk: entry.assignment for entry in entries if entry.assignment}
    if unknown := {figure.assignment_id for figure in figures.values()} - set(known):
        known |= Assignment.objects.order_by().select_related("indicator").in_bulk(unknown)
    for figure in figures.values():
        figure.submission = report
        figure.assignment = known[figure.assignment_id]
    return figures


@prepared
def _figures_to_lock(report: int, *ids: int) -> models.QuerySet[Figure]:
    return Figure.objects.select_for_update().filter(submission=report, pk__in=ids).order_by("pk")


def _already_saved(entries: Sequence[Entry]) -> set[tuple[int, str]]:
    """Client keys that came before: the line dropped after the save and the browser sent again."""
    keys = {entry.client_key for entry in entries if entry.client_key}
    if not keys:
        return set()
    return set(_saved_before.rows(*[entry.figure_id for entry in entries], *sorted(keys)))


@prepared
def _saved_before(*figures_and_keys: int | str) -> models.QuerySet[FigureVersion, Any]:
    figures = [one for one in figures_and_keys if isinstance(one, int)]
    keys = [one for one in figures_and_keys if isinstance(one, str)]
    rows = FigureVersion.objects.filter(figure__in=figures, client_key__in=keys)
    return rows.order_by().values_list("figure_id", "client_key")


def check_may_enter(report: Submission, figure: Figure, by: User, on_behalf: OnBehalf | None) -> None:
    """Raise the reason why this person may not write this row now."""
    refuse(why_not_enter(report, by, figure=figure, on_behalf=on_behalf is not None))


def _change(
    figure: Figure, entry: Entry, *, by: User, on_behalf: OnBehalf | None, batch: _Batch, is_reopened: bool
) -> None:
    """Put the values on the row and make its version; nothing when nothing changed."""
    if figure.version != entry.read_version and not _is_own_unanswered(figure, entry, by):
        raise LostRace(CELL_WAS_CHANGED.format(name=figure.assignment.indicator.short_name))
    before = {name: getattr(figure, name) for name in VALUE_FIELDS}
    for name, value in {**clean_values(figure, entry.values), **as_running_total(figure)}.items():
        setattr(figure, name, value)
    if all(getattr(figure, name) == before[name] for name in VALUE_FIELDS) and figure.version:
        return
    figure.version += 1
    kind = VersionKind.ON_BEHALF if on_behalf else VersionKind.CORRECTION if is_reopened else VersionKind.ENTERED
    version = version_of(figure, kind=kind, by=by, reason=entry.reason, client_key=entry.client_key)
    if on_behalf:
        version.on_behalf_of, version.channel = on_behalf.unit, on_behalf.channel
        version.informant, version.document = on_behalf.informant, on_behalf.document
        version.document_on = on_behalf.document_on
    batch.figures.append(figure)
    batch.versions.append(version)


def _is_own_unanswered(figure: Figure, entry: Entry, by: User) -> bool:
    """Whether the present version came from the same browser, which never heard that it was saved."""
    if not entry.earlier_keys:
        return False
    present = FigureVersion.objects.filter(figure=figure, sequence=figure.version, by=by)
    return present.filter(client_key__in=[key for key in entry.earlier_keys if key]).exists()


def as_running_total(figure: Figure) -> dict[str, bool]:
    """A quick report takes lũy kế only: what would flow in a month is a running total there."""
    is_flow = figure.assignment.indicator.time_rule == TimeRule.FLOW
    return {"is_cumulative": True} if is_flow and figure.submission.period.is_flash else {}


def version_of(figure: Figure, *, kind: str, by: User, reason: str = "", client_key: str = "") -> FigureVersion:
    """An unsaved version that holds the row's present values under the row's present number."""
    values = {name: getattr(figure, name) for name in VALUE_FIELDS}
    return FigureVersion(
        figure=figure,
        sequence=figure.version,
        kind=kind,
        by=by,
        at=clock.now(),
        reason=nfc(reason),
        client_key=client_key,
        **values,
    )


def clean_values(figure: Figure, values: Mapping[str, Any]) -> dict[str, Any]:
    """The changed columns, consistent with one another: a number means reported, an empty state has no number."""
    unknown = set(values) - set(VALUE_FIELDS)
    if unknown:
        raise ValueError(f"not columns of a figure: {sorted(unknown)}")
    clean = {name: nfc(value) if isinstance(value, str) else value for name, value in values.items()}
    indicator = figure.assignment.indicator
    if figure.is_copied and "is_copied" not in clean:
        # Whatever a person writes over a copied row is that person's own; a note alone is not.
        clean["is_copied"] = all(getattr(figure, name) == clean.get(name, getattr(figure, name)) for name in COPIED)
    if indicator.is_numeric:
        return _clean_number(figure, clean)
    for name in ("amount", "year_estimate"):
        if clean.get(name) is not None:
            raise ValidationError(f"“{indicator.short_name}” chỉ báo tình hình thực hiện, không nhập số.")
    if "state" not in clean and (clean.get("task_status") or clean.get("step") is not None or clean.get("text")):
        clean["state"] = FigureState.REPORTED
    return clean


def _clean_number(figure: Figure, clean: dict[str, Any]) -> dict[str, Any]:
    """Amounts within their column, in the indicator's decimals; the state follows the amount."""
    indicator = figure.assignment.indicator
    for name in ("amount", "year_estimate"):
        value = clean.get(name)
        if value is None:
            continue
        if abs(value) > MAX_AMOUNT:
            raise ValidationError(f"Số {value} của “{indicator.short_name}” quá lớn. Kiểm tra lại đơn vị tính.")
        if value != round(value, indicator.decimals):
            raise ValidationError(
                f"“{indicator.short_name}” chỉ nhận {indicator.decimals} chữ số thập phân. Làm tròn rồi nhập lại."
            )
        clean[name] = value.quantize(PLACES)
    if clean.get("amount") is not None:
        clean["state"] = FigureState.REPORTED
    elif "amount" in clean and "state" not in clean:
        clean["state"] = FigureState.NOT_REPORTED
    if clean.get("state") in (FigureState.NOT_REPORTED, FigureState.NOTHING_AROSE):
        clean["amount"] = None
    if "denominators" in clean:
        if any(value is not None and Decimal(value) < 0 for value in clean["denominators"].values()):
            raise ValidationError(f"Mẫu số của “{indicator.short_name}” không được âm. Kiểm tra lại dấu.")
        merged = {**figure.denominators, **{str(key): value for key, value in clean["denominators"].items()}}
        clean["denominators"] = {key: str(value) for key, value in merged.items() if value is not None}
    return clean
