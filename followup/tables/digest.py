"""What a day's digest tells each person: only what is late, waits for them, or falls due within two days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from campaign.choices import SubmissionStatus
from campaign.models import Campaign, Period, Submission
from followup.choices import ExplanationState
from followup.models import ActionItem, Explanation, Obstacle, Reminder
from followup.tables.arrears import CONFIRM, arrears
from indicators.tables import unconfirmed
from units import clock
from units.choices import LEADING_ROLES, OWN_ROLES, STANDING_ROLES, WORKING_ROLES, Role
from units.models import RoleGrant, StandIn, User
from vietnamese.dates import format_date

#: However many units and people there are.
QUERIES = 24 + unconfirmed.QUERIES
AHEAD = timedelta(days=2)


def digest_lines(campaign: Campaign) -> dict[User, list[str]]:
    """The lines of each person who has any."""
    by_place: dict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
    period = _gathering(campaign)
    if period is not None:
        _units(by_place, campaign, period)
        _office(by_place, campaign, period)
    _owners(by_place, campaign)
    _leaders(by_place, campaign)
    people = _people({unit_id for unit_id, _ in by_place})
    found: dict[User, list[str]] = defaultdict(list)
    for (unit_id, roles), lines in by_place.items():
        for user in dict.fromkeys(user for role, user in people.get(unit_id, ()) if role in roles):
            found[user] += lines
    return dict(found)


def _gathering(campaign: Campaign) -> Period | None:
    """The last period whose window has closed."""
    return campaign.periods.summed().ended_by(clock.today()).order_by("number").last()


def _units(found: dict[tuple[int, tuple[str, ...]], list[str]], campaign: Campaign, period: Period) -> None:
    soon = clock.today() + AHEAD
    rows = Submission.objects.filter(period=period, due_on__lte=soon).values_list("participation__unit", flat=True)
    near = set(rows)
    for row in arrears(campaign, period):
        for line in row.lines:
            # A department confirms what comes from the units: when their day is near, its figures are there.
            if line.kind == CONFIRM and near:
                found[row.unit_id, LEADING_ROLES].append(line.text)
            elif line.is_late or row.unit_id in near:
                found[row.unit_id, OWN_ROLES].append(line.text)


def _office(found: dict[tuple[int, tuple[str, ...]], list[str]], campaign: Campaign, period: Period) -> None:
    today = clock.today()
    reports = Submission.objects.filter(period=period)
    counted = {
        f"đơn vị chậm gửi báo cáo {period.name}": reports.overdue(today).count(),
        f"báo cáo {period.name} chờ tiếp nhận": reports.filter(status=SubmissionStatus.SENT).count(),
        "yêu cầu quá hạn trả lời": Explanation.objects.overdue(today).filter(campaign=campaign).count(),
        "vướng mắc quá hạn xử lý": Obstacle.objects.overdue(today).filter(campaign=campaign).count(),
        "việc được giao quá hạn": ActionItem.objects.overdue(today).filter(campaign=campaign).count(),
    }
    lines = [f"{number} {what}" for what, number in counted.items() if number]
    if lines:
        found[campaign.standing_body_id, STANDING_ROLES] += lines


def _owners(found: dict[tuple[int, tuple[str, ...]], list[str]], campaign: Campaign) -> None:
    """What was given to a unit and is overdue or falls due soon."""
    soon = clock.today() + AHEAD
    obstacles = Obstacle.objects.open().filter(campaign=campaign, due_on__lte=soon, owner_unit__isnull=False)
    for row in obstacles.select_related("unit").order_by("due_on"):
        line = f"Vướng mắc cần xử lý: {row.title} ({row.unit.name}), hạn {_day(row.due_on)}"
        found[row.owner_unit_id or 0, WORKING_ROLES].append(line)
    for item in ActionItem.objects.open().filter(campaign=campaign, due_on__range=(clock.today(), soon)):
        found[item.owner_unit_id, OWN_ROLES].append(f"Việc được giao: {item.text}, hạn {_day(item.due_on)}")


def _leaders(found: dict[tuple[int, tuple[str, ...]], list[str]], campaign: Campaign) -> None:
    place = (campaign.authority_id, (str(Role.LEADER),))
    waiting = Obstacle.objects.escalated().filter(campaign=campaign).count()
    demanded = Explanation.objects.demanded().filter(campaign=campaign)
    accounts = demanded.overdue(clock.today()).count()
    answered = demanded.filter(state=ExplanationState.ANSWERED).count()
    concluded = ActionItem.objects.overdue(clock.today()).of_conclusions().filter(campaign=campaign).count()
    since = clock.now() - timedelta(days=1)
    pressed = Reminder.objects.escalated().filter(campaign=campaign, sent_at__gte=since).count()
    for number, words in (
        (waiting, "vướng mắc chờ ý kiến chỉ đạo"),
        (accounts, "yêu cầu giải trình quá hạn trả lời"),
        (answered, "giải trình đã trả lời, chờ xem"),
        (concluded, "việc theo kết luận cuộc họp quá hạn"),
        (pressed, "đơn vị đã được đôn đốc nhiều lần"),
    ):
        if number:
            found[place].append(f"{number} {words}")


def _people(unit_ids: set[int]) -> dict[int, list[tuple[str, User]]]:
    """Who holds which role at the units, own or in another's place: two queries."""
    found: dict[int, list[tuple[str, User]]] = defaultdict(list)
    own = RoleGrant.objects.in_force(clock.today()).filter(unit__in=unit_ids, user__is_active=True)
    for grant in own.select_related("user").order_by("user"):
        found[grant.unit_id].append((grant.role, grant.user))
    lent = StandIn.objects.in_force(clock.today()).filter(grant__unit__in=unit_ids, holder__is_active=True)
    for one in lent.select_related("grant", "holder").order_by("holder"):
        found[one.grant.unit_id].append((one.grant.role, one.holder))
    return found


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
