"""The one door of every status: each move of a monthly report passes here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from campaign.choices import SubmissionStatus
from campaign.models import Submission, SubmissionMove
from campaign.permissions import stand_in_of
from campaign.rules.workflow import MOVES, SENDING_MOVES, Move
from indicators.choices import VersionKind
from indicators.models import Figure, FigureVersion
from indicators.models.figure import FigureQuerySet
from indicators.permissions import why_not_move
from indicators.services.corrections import Correction, Ground, write_corrections
from indicators.services.demands import Particulars, check_particulars
from indicators.services.figures import locked_report
from indicators.services.totals import lock_totals, refresh_totals
from units import clock
from units.errors import LostRace, refuse
from units.models import OrgUnit, StoredFile, User
from units.services import record_act
from vietnamese.dates import relative_moment
from vietnamese.text import nfc

#: Moves after which totals are computed anew, and the side that changes: tạm tính (sent) or chính thức (official).
MOVES_OF_TOTALS = {**dict.fromkeys((*SENDING_MOVES, "withdraw"), ("sent",)), "receive": ("official",)}
REPORT_WAS_MOVED = "Báo cáo vừa được người khác xử lý{what}. Tải lại trang để xem trạng thái mới nhất."


@transaction.atomic
def make_move(
    name: str,
    submission: Submission,
    *,
    by: User,
    version: int | None = None,
    reason: str = "",
    marked: Mapping[int, str] | None = None,
    signed_number: str = "",
    signed_on: date | None = None,
    signed_file: StoredFile | None = None,
    expires_on: date | None = None,
    corrections: Sequence[Correction] = (),
    document: str = "",
    document_on: date | None = None,
    on_behalf_of: OrgUnit | None = None,
) -> Submission:
    """Move a report: lock, check, write status, versions, totals and audit in one transaction.

    ``version`` is the report's version that the person saw; ``marked`` maps figure ids to the reason for each;
    ``corrections`` are the new values of a received or closed month, with the document that they stand on.
    Raises PermissionDenied(reason), ValidationError(sentence), LostRace.
    """
    move = MOVES[name]
    report = locked_report(submission)
    if version is not None and version != report.version:
        raise LostRace(REPORT_WAS_MOVED.format(what=_last_step(report)))
    refuse(why_not_move(name, report, by, on_behalf=on_behalf_of is not None))
    particulars = Particulars(
        *(nfc(reason).strip(), dict(marked or {}), nfc(signed_number).strip(), signed_on, signed_file, expires_on),
        corrections=corrections,
        document=nfc(document).strip(),
        document_on=document_on,
        stand_in_id=stand_in_of(report, by, move.who if on_behalf_of is None else move.who_on_behalf),
    )
    check_particulars(move, report, particulars, by)
    if move.name in MOVES_OF_TOTALS:
        lock_totals(report.participation.campaign)
    if move.needs_corrections:
        particulars = _with_corrections(report, particulars, by, on_behalf_of)
    from_status = report.status
    _write_status(report, move, particulars, by)
    is_added = from_status == move.to_state == SubmissionStatus.CHANGES_REQUESTED
    _write_figures(report, move, particulars, is_added=is_added)
    _write_trail(report, move, from_status, particulars, by, on_behalf_of)
    if move.name in MOVES_OF_TOTALS:
        refresh_totals(report, MOVES_OF_TOTALS[move.name])
    return report


def _last_step(report: Submission) -> str:
    """What the faster person did: " (đã tiếp nhận: Nguyễn Văn A, hôm nay, 16:40)"; "" of one never moved."""
    last = report.moves.select_related("by").order_by("sequence").last()
    if last is None:
        return ""
    done = MOVES[last.move].done
    return f" ({done[:1].lower()}{done[1:]}: {last.by}, {relative_moment(last.at, clock.now())})"


def _with_corrections(
    report: Submission, particulars: Particulars, by: User, on_behalf_of: OrgUnit | None
) -> Particulars:
    """Write the corrected values; the changed figures stand marked with the reason until the receipt."""
    given = particulars
    ground = Ground(given.reason, given.document, given.document_on, on_behalf_of, given.stand_in_id)
    return replace(given, marked=write_corrections(report, given.corrections, by=by, ground=ground))


def _write_status(report: Submission, move: Move, particulars: Particulars, by: User) -> None:
    """The only place that assigns a report's status."""
    now = clock.now()
    report.status = SubmissionStatus(move.to_state)
    report.version += 1
    if move.name in SENDING_MOVES:
        report.first_sent_at = report.first_sent_at or now
        report.last_sent_at = now
    elif move.name == "receive":
        report.received_at = now
        report.reopened_until = None
    elif move.name in ("close", "request_changes", "query_figures"):
        report.reopened_until = None  # the office's own request outlasts a reopening
    elif move.name == "reopen":
        report.reopened_until = particulars.expires_on
    elif move.name == "endorse":
        report.endorsed_by = by
    elif move.name == "record_signed":
        report.signed_number, report.signed_on = particulars.signed_number, particulars.signed_on
        report.signed_file = particulars.signed_file or report.signed_file
    elif move.name in ("reconsider", "withdraw"):
        report.endorsed_by = None
    report.save()


def _write_figures(report: Submission, move: Move, particulars: Particulars, *, is_added: bool) -> None:
    """Sent and received versions and marks of the report's figures; ``is_added``: beside what is asked already."""
    figures = Figure.objects.filter(submission=report)
    if move.name in SENDING_MOVES:
        last = FigureVersion.objects.filter(figure=OuterRef("pk")).exclude(kind=VersionKind.RECONCILED)
        newest = Subquery(last.order_by("-sequence").values("pk")[:1])
        figures.filter(version__gt=0).update(sent_version=newest)
        if move.needs_corrections:  # taken back before the receipt, it opens no other row
            figures.filter(pk__in=particulars.marked).update(is_marked=True, request_reason=particulars.reason)
    elif move.name == "receive":
        # Marks hold until the receipt, so that sending and taking back opens nothing that was not asked for.
        figures.update(received_version=F("sent_version"), is_marked=False, request_reason="")
    elif move.name == "withdraw":
        figures.update(sent_version=F("received_version"))
    elif move.allows_marked_figures:
        _write_questions(figures, particulars, is_added=is_added)


def _write_questions(figures: FigureQuerySet, particulars: Particulars, *, is_added: bool) -> None:
    """Mark what is asked for. A second question is added; where the whole report is open it closes nothing."""
    before = {row.pk: row for row in figures.asked()} if is_added else {}
    is_whole = is_added and not any(row.is_marked for row in before.values())
    if not is_added:
        figures.asked().update(is_marked=False, request_reason="")
    for pk, why in particulars.marked.items():
        reasons = [before[pk].request_reason] if pk in before else []
        told = dict.fromkeys([*reasons, nfc(why).strip() or particulars.reason])
        figures.filter(pk=pk).update(is_marked=not is_whole, request_reason="; ".join(told))


def _write_trail(
    report: Submission,
    move: Move,
    from_status: str,
    particulars: Particulars,
    by: User,
    on_behalf_of: OrgUnit | None,
) -> None:
    """The row of the table of moves and the audit line."""
    SubmissionMove.objects.create(
        submission=report,
        sequence=report.version,
        move=move.name,
        from_status=from_status,
        to_status=report.status,
        by=by,
        on_behalf_of=on_behalf_of,
        stand_in_id=particulars.stand_in_id,
        at=clock.now(),
        reason=_reason_and_document(particulars),
        expires_on=particulars.expires_on,
    )
    record_act(
        move.audit_event,
        by=by,
        subject=report,
        unit=report.participation.unit,
        on_behalf_of=on_behalf_of,
        stand_in_id=particulars.stand_in_id,
        reason=particulars.reason,
        detail={"from": from_status, "to": report.status, "marked": sorted(particulars.marked)},
    )


def _reason_and_document(particulars: Particulars) -> str:
    """The reason as the trail keeps it, with the document that a correction stands on."""
    if not particulars.document:
        return particulars.reason
    day = f" ngày {particulars.document_on:%d/%m/%Y}" if particulars.document_on else ""
    return f"{particulars.reason} (văn bản {particulars.document}{day})"
