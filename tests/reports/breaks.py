"""What breaks each constraint of the reports app; ``tests/architecture/test_constraints.py`` tries them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from reports.models import FrozenFile, FrozenReport, Issuance, PartText, Report
from tests.builders import World
from units.models import StoredFile


def report(w: World, **values: Any) -> Report:
    about = {"campaign": w.campaign, "period": w.period(1), "issuer": w.standing_body, "kind": "thang"}
    by = {"created_by": w.people["coordinator"], "created_at": timezone.now()}
    return Report.objects.create(**{**about, **by, **values})


def part(w: World, **values: Any) -> PartText:
    of = values.pop("report", None) or report(w)
    told = {"report": of, "part": "closing", "sequence": 1, "by": w.people["coordinator"], "at": timezone.now()}
    return PartText.objects.create(**{**told, **values})


def frozen(w: World, **values: Any) -> FrozenReport:
    now, by = timezone.now(), w.people["coordinator"]
    kept = {"report": report(w), "code": "A2", "title": "Báo cáo", "issuer_name": "Phòng", "document": "{}"}
    when = {"as_of": now, "frozen_at": now, "frozen_by": by, "calculation": "1"}
    return FrozenReport.objects.create(**{**kept, **when, **values})


def file(w: World, of: FrozenReport, **values: Any) -> FrozenFile:
    columns = {"name": "a.pdf", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64, "content": "x"}
    stored = StoredFile.objects.create(uploaded_at=timezone.now(), **columns)
    kept = {"frozen": of, "kind": "signed", "file": stored, "sha256": "0" * 64}
    return FrozenFile.objects.create(
        **{**kept, "added_by": w.people["coordinator"], "added_at": timezone.now(), **values}
    )


def issuance(w: World, of: FrozenReport, **values: Any) -> Issuance:
    told = {"frozen": of, "sequence": 1, "number": "1/BC", "signed_on": date(2024, 8, 1), "signer": "A"}
    return Issuance.objects.create(**{**told, "by": w.people["coordinator"], "at": timezone.now(), **values})


BREAKS: dict[str, Callable[[World], object]] = {
    "report_has_kind": lambda w: report(w, kind=""),
    "report_known_basis": lambda w: report(w, basis="guess"),
    "report_known_signer": lambda w: report(w, signer="nobody"),
    "report_not_its_own_previous": lambda w: Report.objects.filter(pk=report(w).pk).update(previous=F("pk")),
    "part_text_sequence_once": lambda w: (one := report(w), part(w, report=one), part(w, report=one)),
    "part_text_counts_from_one": lambda w: part(w, sequence=0),
    "part_text_suggestion_is_empty": lambda w: part(w, is_suggestion=True, text="Lời"),
    "frozen_report_has_content": lambda w: frozen(w, document=""),
    "frozen_file_once": lambda w: (one := frozen(w), file(w, one), file(w, one)),
    "frozen_file_one_of_a_kind": lambda w: (
        one := frozen(w),
        file(w, one, kind="frozen-pdf"),
        file(w, one, kind="frozen-pdf", sha256="1" * 64),
    ),
    "frozen_file_known_kind": lambda w: file(w, frozen(w), kind="secret"),
    "issuance_sequence_once": lambda w: (one := frozen(w), issuance(w, one), issuance(w, one)),
    "issuance_has_number_and_signer": lambda w: issuance(w, frozen(w), number=""),
}
