"""Every act × every person × every object: something happens exactly where the table says, and nothing elsewhere."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from campaign.models import DeadlineExtension, Period, Submission, SubmissionMove
from indicators.imports.parcel import seal
from indicators.imports.reading import FileRow
from indicators.models import Contradiction, Evidence, Figure, FigureVersion, PriorFigure, Total
from indicators.permissions import led_indicator_ids
from indicators.tables.month_template import month_subject
from indicators.tables.office_template import department_template, indicator_subject
from paper.trial_key import PASSWORD, make_trial_key
from reports.models import Report
from tests.kept import kept_world
from tests.security import followup, keeping
from tests.security.addresses import RULES, Address, addresses
from tests.security.town import MOMENT, PDF, Person, Town, build
from tests.security.visiting import PEOPLE, walker_of
from tests.writes import writes_noted
from units.models import AuditLine, StandIn, StoredFile

_KEY, _ = make_trial_key()
pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)


@pytest.fixture(autouse=True)
def signing_key(settings, tmp_path):
    """The office has a key: nothing but permission stands against a signature."""
    settings.SIGN_KEY_FILE = str(tmp_path / "khoa.p12")
    (tmp_path / "khoa.p12").write_bytes(_KEY)


def state() -> dict[str, Any]:
    """All that an act could change."""
    kept = {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Figure, Submission, Contradiction, StandIn)
    }
    kept |= {model.__name__: list(model.objects.order_by("pk").values()) for model in followup.MODELS}
    counted = (FigureVersion, SubmissionMove, Evidence, PriorFigure, StoredFile, Total, DeadlineExtension, Report)
    counted += (AuditLine,)
    return kept | {model.__name__: model.objects.count() for model in counted}


def of_move(town: Town, one: Address, person: Person) -> dict[str, Any]:
    """All that a move may demand; only a lead department marks, and only its own rows."""
    sent: dict[str, Any] = {"reason": "Xem lại", "expires_on": "2024-12-31"}
    sent |= {"signed_number": "46/BC-UBND", "signed_on": "2024-10-15"}
    if one.move == "query_figures":
        rows = one.subject.figures.select_related("assignment__indicator")
        sent["marked"] = [
            row.pk
            for row in rows
            if person.authority == one.authority and town.leads(person, row.assignment.indicator.code)
        ]
    return sent


def of_cell(one: Address, *, suffix: bool) -> dict[str, Any]:
    """What is typed into one row."""
    figure = one.subject
    name = "amount" if figure.assignment.indicator.is_numeric else "task_status"
    value = "9" if name == "amount" else "done"
    tail = f"-{figure.pk}" if suffix else ""
    return {f"version{tail}": figure.version, f"{name}{tail}": value}


def of_month(one: Address) -> dict[str, Any]:
    """The form of the month, with one row."""
    figure = one.subject.figures.get(assignment__indicator__code="che")
    return {f"version-{figure.pk}": figure.version, f"amount-{figure.pk}": "9"}


def of_workbook(one: Address, person: Person) -> dict[str, Any]:
    """What the preview of a workbook sends on: one changed cell in every row that is meant."""
    if one.name == "indicators:import-month":
        subject, rows = month_subject(one.subject), one.subject.figures.filter(assignment__indicator__code="che")
    elif one.name == "indicators:import-department":
        subject = department_template(one.subject, person.user).subject
        rows = Figure.objects.filter(assignment__indicator__in=led_indicator_ids(person.user), period=one.subject)
        rows = rows.filter(assignment__indicator__kind="quantity", assignment__role="reports")
    else:
        period = Period.objects.get(pk=one.path.split("/")[3])
        subject = indicator_subject(one.subject, period)
        rows = Figure.objects.filter(assignment__indicator=one.subject, period=period)
    if not rows:
        return {"sealed": "", "all": "1"}
    name, value = ("amount", "9") if rows[0].assignment.indicator.is_numeric else ("state", "Hoàn thành")
    came = [FileRow(row.pk, row.version, 0, {name: value}) for row in rows]
    sealed = seal(came, subject=subject, user_id=person.user.pk)
    return {"sealed": sealed, "all": "1", "channel": "letter", "informant": "Công chức văn phòng"}


def sent_with(town: Town, one: Address, person: Person) -> dict[str, Any]:
    """What a browser would send so that nothing but permission stands against the act."""
    match one.name:
        case "indicators:move":
            return of_move(town, one, person)
        case "indicators:extra-periods":
            days = {"ends_on": "14/10/2024", "due_on": "18/10/2024"}
            return {**days, "kind": "flash", "indicators": [town.worlds[one.authority].indicators["che"].pk]}
        case "indicators:month-on-behalf":
            return {**of_month(one), "channel": "phone", "informant": "Công chức văn phòng"}
        case "indicators:correct":
            signed = {"document": "46/UBND-VP", "document_on": "15/10/2024"}
            return {**of_month(one), "reason": "Đếm lại", **signed}
        case "indicators:month" | "indicators:paste" | "indicators:send-waiting":
            return of_month(one)
        case "indicators:import-month" | "indicators:import-indicator" | "indicators:import-department":
            return of_workbook(one, person)
        case "indicators:take-previous":
            return {"take": one.subject.figures.get(assignment__indicator__code="che").pk}
        case "indicators:prior":
            row, period = one.subject.assignments.filter(role="reports").first(), one.subject.campaign.periods.first()
            return {
                "measure": "amount",
                f"c-{row.pk}-{period.pk}": "9",
                "source": "Báo cáo năm trước",
                "origin": "office",
            }
        case "indicators:reasons":
            return {f"reason-{pk}": "Đã đối chiếu" for pk in one.subject.figures.values_list("pk", flat=True)}
        case "indicators:enter-figure":
            return of_cell(one, suffix=True)
        case "indicators:attach-evidence":
            return {"file": SimpleUploadedFile("anh.pdf", PDF + b"moi")}
        case "indicators:extend-deadline":
            return {"new_due_on": "2024-12-31", "reason": "Mưa lũ"}
        case "indicators:confirm-figures" | "indicators:query-figures":
            number = one.path.split("/")[3]
            rows = Figure.objects.filter(assignment__indicator=one.subject, period=number, sent_version__isnull=False)
            return {"figures": list(rows.values_list("pk", flat=True)), "reason": "Xem lại"}
        case "indicators:reconcile":
            return {**of_cell(one, suffix=False), "ground": "Biên bản đối chiếu ngày 10/10/2024"}
        case "indicators:enter-on-behalf":
            return {**of_cell(one, suffix=False), "channel": "phone", "informant": "Công chức văn phòng"}
        case "indicators:withdraw-confirmation":
            return {"reason": "Nhầm đơn vị"}
        case "reports:write-part":
            return {"sequence": "0", "text": "Trên đây là báo cáo./."}
        case "reports:choose":
            return {"version": "0", "basis": "official", "signer": "head", "printed": ["results"]}
        case "reports:sign":
            return {"signed_as": "nguoi-ky", "secret": PASSWORD}
        case "reports:issue":
            return {"number": "16/BC-PNV", "signed_on": "30/08/2024", "signer": "Trưởng phòng"}
        case "indicators:draft":
            return {"file": SimpleUploadedFile("ke-hoach.txt", "KẾ HOẠCH\n\n1. Trồng 7 ha chè.".encode())}
        case "indicators:respond":
            return {"version": "0", "plan_number": "12/KH-UBND", "plan_on": "05/07/2024"}
        case "reports:withdraw-order":
            return {"reason": "Số liệu tháng 7 điều chỉnh"}
        case "indicators:settle":
            return {"claim": one.subject.claims.first().pk, "ground": "Biên bản ngày 10/10/2024"}
    return keeping.sent_with(one.name, one.subject) or followup.sent_with(one.name, one.subject)


def outcome(client: Client, town: Town, one: Address, person: Person, before: dict[str, Any]) -> str:
    """What came of it; whatever happened is taken back. Where nothing was written, nothing has to be counted."""
    lines = before[AuditLine.__name__]
    with transaction.atomic():
        if one.name == "indicators:reasons":  # asked only where something is odd
            tea = one.subject.figures.filter(assignment__indicator__code="che")
            tea.update(amount=-5, state="reported", note="")
            before = state()
        with writes_noted() as written:
            response = client.post(one.path, sent_with(town, one, person))
        acts = AuditLine.objects.count() - lines if written else 0
        happened = f"{acts} act" if acts or (written and state() != before) else "nothing"
        transaction.set_rollback(True)
    return f"{happened}, {response.status_code}"


REFUSED = {f"nothing, {status}" for status in (403, 404, 405)}
#: Where the office stands before the clerk's page it is led to its own, also by a POST.
LED_ON = {"nothing, 302"}


def expected(one: Address, relation: str) -> set[str]:
    """What the table allows; who may act but comes too early or too late is told so in a sentence."""
    if relation in RULES[one.name].moves_on:
        return LED_ON
    if relation in one.who_acts():
        # Asking several units again is one act for each report.
        return {f"{acts} act, {status}" for acts in (1, 2) for status in (200, 302)}
    at_another_time = frozenset().union(*(RULES[one.name].acts or {}).values())
    hears = relation in at_another_time | RULES[one.name].hears
    return REFUSED | {"nothing, 422"} if hears else REFUSED


@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_acts_where_the_table_says_and_nowhere_else(world: Town, person: str):
    client, wrong, only_read = walker_of(world, person), {}, set()
    before = state()
    for one in addresses(world):
        if not one.authority or one.name in only_read:
            continue
        found, relation = outcome(client, world, one, world.people[person], before), one.relation(world, person)
        if found not in expected(one, relation):
            wrong[f"{one.path} ({one.name}, {relation}, {one.state})"] = found
        if found == "nothing, 405":
            only_read.add(one.name)  # said before the view sees the object: tests/architecture/test_views.py

    assert wrong == {}
