"""A period of a running campaign through its pages: entered, approved, sent, received, confirmed, reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from campaign.models import Campaign, Period, Submission
from indicators.models import Figure, Indicator
from reports.models import Report
from tests.architecture.test_one_place import found_in
from tests.proofs.doors import Person
from units.models import OrgUnit

Reported = Mapping[str, str]
#: What a walk through a running campaign must have come by, so that finding no word means something.
EVERYTHING = {
    "reports:board", "reports:area", "reports:indicator", "reports:matrix", "reports:heat-map", "reports:briefing",
    "reports:summary-xlsx", "reports:summary-pdf", "reports:summary-docx", "reports:report", "reports:unit-pdf",
    "indicators:month", "indicators:template", "indicators:receive", "indicators:confirm", "indicators:definitions",
    "followup:remind", "followup:obstacles", "campaign:campaign", "units:units", "reports:unit", "reports:guide",
}  # fmt: skip


def report_month(period: Period, unit: str, clerk: str, head: str, reported: Reported) -> Submission:
    """The clerk fills the whole page of the month, the head approves and sends."""
    submission = Submission.objects.get(period=period, participation__unit__name=unit)
    fields = {}
    for figure in Figure.objects.filter(submission=submission).select_related("assignment__indicator"):
        pk, text = figure.pk, reported.get(figure.assignment.indicator.name, "0")
        fields[f"version-{pk}"] = str(figure.version)
        if figure.assignment.indicator.is_numeric:
            fields[f"amount-{pk}"] = text
            for base in figure.assignment.indicator.denominators.filter(is_reported=True):
                fields[f"denominator-{base.pk}-{pk}"] = "100"
        else:
            fields |= {f"task_status-{pk}": "in_progress", f"text-{pk}": "Đã họp dân, vận động 5 hộ."}
    Person(clerk).sends("indicators:month", submission.pk, **fields)
    Person(head).sends("indicators:move", submission.pk, "endorse", then="submit", version=_version(submission))
    return submission


def receive(period: Period, unit: str) -> None:
    """The standing body receives a unit's report."""
    submission = Submission.objects.get(period=period, participation__unit__name=unit)
    Person("thuong-truc").sends("indicators:move", submission.pk, "receive", version=_version(submission))


def _version(submission: Submission) -> int:
    return Submission.objects.get(pk=submission.pk).version


def confirm(period: Period, indicator: str, reviewer: str) -> int:
    """The lead department confirms an indicator over all units that sent it; how many figures."""
    row = Indicator.objects.get(campaign=period.campaign, name=indicator)
    sent = Figure.objects.filter(assignment__indicator=row, period=period, sent_version__isnull=False)
    pks = list(sent.values_list("pk", flat=True))
    Person(reviewer).sends("indicators:confirm-figures", row.pk, period.pk, figures=pks)
    return Figure.objects.filter(pk__in=pks, confirmed_version__isnull=False).count()


def draft_report(period: Period, issuer: str, kind: str = "thang") -> Report:
    """The standing body drafts a report; the page of the draft opens."""
    unit = OrgUnit.objects.get(name=issuer)
    office = Person("thuong-truc")
    fields = {"kind": kind, "period": period.pk, "issuer": unit.pk, "basis": "official"}
    office.sends("reports:open-report", **fields)
    report = Report.objects.filter(campaign=period.campaign).latest("pk")
    office.opens("reports:report", report.pk)
    return report


def words_of_one_place(found: Mapping[str, Iterable[str]], *allowed: str) -> dict[str, set[str]]:
    """Which words of the demo's place stand in what people found; by the name of the address."""
    words = {name: {word for text in texts for word in found_in(text)} - {*allowed} for name, texts in found.items()}
    return {name: some for name, some in words.items() if some}


def page(person: str, name: str, *args: object) -> str:
    """A page as the person reads it."""
    return str(Person(person).client.get(reverse(name, args=args), follow=True).text)


def begun(campaign: Campaign) -> Period:
    """The first period."""
    return campaign.periods.get(number=1)
