"""The replay: every act up to a moment, once; the audit trail remembers how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from campaign.choices import CampaignStatus
from campaign.models import Campaign
from config.demo.acting import carry_out
from config.demo.cells import DemoError
from config.demo.people import load_people
from config.demo.script import ABOUT, Act, all_acts, moment, read_json
from config.demo.stage import Stage
from indicators.services.launching import launch_campaign
from units import clock
from units.errors import LostRace
from units.models import AuditLine, User
from units.services import record_act

REPLAYED = "demo.replayed"


@dataclass
class Replayed:
    """What a replay did: up to when, how many acts, and which no longer fitted what people had done meanwhile."""

    until: datetime
    acts: int = 0
    skipped: list[str] = field(default_factory=list)


def replay(day: date) -> Replayed:
    """Replay what has not been replayed, up to the end of the day, or to the present moment when it is today.

    All or nothing. Raises DemoError outside a demo, without the campaign, and for a day before the last replay.
    """
    if not settings.DEMO:
        raise DemoError("Dữ liệu minh họa chỉ nạp được khi DEMO=1; máy chạy thật không nạp.")
    until = _moment(day)
    before = replayed_until()
    if before is not None and day < clock.local_date(before):
        raise DemoError(
            f"Dữ liệu minh họa đã chạy đến ngày {before:%d/%m/%Y}, không lùi về {day:%d/%m/%Y} được. "
            "Chạy `make reset` rồi chạy lại."
        )
    with transaction.atomic():
        return _replay(until, before)


def replayed_until() -> datetime | None:
    """How far the demo has come, or None before the first replay."""
    line = AuditLine.objects.filter(event=REPLAYED).order_by("-pk").first()
    return None if line is None else datetime.fromisoformat(line.detail["until"]).astimezone(clock.ZONE)


def _moment(day: date) -> datetime:
    """The end of the day; today only what has happened by now."""
    end = datetime.combine(day, time(23, 59), clock.ZONE)
    return min(end, clock.now()) if day == clock.today() else end


def _replay(until: datetime, before: datetime | None) -> Replayed:
    about = read_json(ABOUT)
    campaign = Campaign.objects.filter(key=about["campaign"]).first()
    if campaign is None:
        raise DemoError("Chưa có phong trào để minh họa. Chạy `manage.py load_campaign` trước.")
    done = Replayed(until)
    with clock.set_to(moment(about["launched_at"])):
        load_people(campaign)
        if campaign.status == CampaignStatus.DRAFT:
            launch_campaign(campaign, by=User.objects.get(username=about["launched_by"]))
            _count_rows()
    acts = [act for act in all_acts() if act.at <= until and (before is None or act.at > before)]
    if acts:
        stage = Stage(campaign)
        for act in acts:
            _perform(act, stage, done, is_first=before is None)
    if acts or before is None or clock.local_date(before) < clock.local_date(until):
        with clock.set_to(until):
            detail = {"until": until.isoformat(), "acts": done.acts, "skipped": done.skipped}
            record_act(REPLAYED, by=None, subject=campaign, detail=detail)
    return done


def _count_rows() -> None:
    """PostgreSQL plans by counts that it takes in quiet minutes; nobody waits for one inside this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _perform(act: Act, stage: Stage, done: Replayed, *, is_first: bool) -> None:
    """One act at its moment. Later replays pass over what somebody trying the demo has already done otherwise."""
    try:
        with clock.set_to(act.at), transaction.atomic():
            carry_out(act, stage)
    except (ValidationError, PermissionDenied, LostRace) as fault:
        if is_first:
            sentence = " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
            raise DemoError(f"Dữ liệu minh họa, việc “{act}”: {sentence}") from fault
        done.skipped.append(str(act))
    else:
        done.acts += 1
