"""Telling the units what is new for them: a launch, revised targets and indicators, a report asked back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from campaign.choices import Relation
from campaign.models import Campaign, SubmissionMove
from followup.models import Notice
from followup.services.notices import lead_people, notify, unit_people
from indicators.models import Indicator, Target
from units import clock
from units.models import AuditLine, User
from vietnamese.dates import format_date

#: What is older than this was told already, or concerns nobody any more.
REACH = timedelta(days=2)
EVENTS = ("target.revised", "indicator.added", "indicator.ended")
#: What the offices' moves of a report ask of its unit.
ASKED = {
    "request_changes": "Đề nghị chỉnh sửa, bổ sung báo cáo",
    "query_figures": "Đề nghị kiểm tra lại số liệu",
    "reopen": "Mở lại báo cáo",
}


@transaction.atomic
def announce() -> int:
    """Tell what is new, each person once; returns how many notices were left. Nothing is written where nothing is."""
    since = clock.now() - REACH
    told = sum(_launch(one) for one in Campaign.objects.launched().filter(launched_at__gte=since))
    lines = AuditLine.objects.filter(event__in=EVENTS, at__gte=since).order_by("pk")
    moves = SubmissionMove.objects.filter(move__in=ASKED, at__gte=since).select_related(
        "submission__period", "submission__participation__unit"
    )
    return told + sum(_change(line) for line in lines) + sum(_asked(move) for move in moves.order_by("pk"))


def _launch(campaign: Campaign) -> int:
    """Everybody of a unit that takes part: what was launched and when the first report is due."""
    key = f"launch:{campaign.pk}"
    if Notice.objects.filter(key=key).exists():
        return 0
    parts = campaign.participations.exclude(relation=Relation.SUPPORTS).select_related("unit")
    people = [one for part in parts for one in unit_people(part.unit)]
    text = f"Đã phát động “{campaign}” ({format_date(campaign.starts_on)}–{format_date(campaign.ends_on)})"
    return len(notify(people, text, reverse("campaign:campaign", args=[campaign.pk]), by=None, key=key))


def _change(line: AuditLine) -> int:
    """Who reports the row and who leads it."""
    key = f"revision:{line.pk}"
    if Notice.objects.filter(key=key).exists():
        return 0
    if line.event == "target.revised":
        target = Target.objects.filter(pk=line.subject_id or 0).select_related("indicator__campaign", "unit").first()
        if target is None or target.indicator.campaign.launched_at is None:
            return 0
        people = [*unit_people(target.unit), *lead_people(target.indicator)]
        text = f"Điều chỉnh chỉ tiêu “{target.indicator}” giao cho {target.unit.name}, áp dụng từ "
        return _tell(people, text + format_date(target.valid_from), target.indicator_id, key)
    indicator = Indicator.objects.filter(pk=line.subject_id or 0).first()
    if indicator is None:
        return 0
    rows = indicator.assignments.filter(role="reports").select_related("unit")
    people = [*(one for row in rows for one in unit_people(row.unit)), *lead_people(indicator)]
    words = "Bổ sung chỉ tiêu phải báo cáo" if line.event == "indicator.added" else "Thôi theo dõi chỉ tiêu"
    return _tell(people, f"{words}: {indicator}", indicator.pk, key)


def _asked(move: SubmissionMove) -> int:
    """Who enters and who approves the report that was asked back."""
    key, report = f"asked:{move.pk}", move.submission
    if Notice.objects.filter(key=key).exists():
        return 0
    until = f", đến hết ngày {format_date(move.expires_on)}" if move.expires_on else ""
    path = reverse("indicators:month", args=[report.pk])
    people = unit_people(report.participation.unit)
    return len(notify(people, f"{ASKED[move.move]}: {report}{until}", path, by=None, detail=move.reason, key=key))


def _tell(people: list[User], text: str, indicator_id: int, key: str) -> int:
    return len(notify(people, text, reverse("indicators:indicator", args=[indicator_id]), by=None, key=key))
