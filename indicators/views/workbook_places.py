"""The places that take a workbook: what each is about, its addresses, and how its rows are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from campaign.models import Period, Submission
from indicators.forms import OnBehalfForm
from indicators.permissions import led_indicator_ids
from indicators.services.figures import Entry, OnBehalf, enter_figures
from indicators.tables.confirm import led_campaigns
from indicators.tables.month_template import month_template
from indicators.tables.office_template import department_template, indicator_template
from indicators.tables.template import Template
from indicators.views.confirm import indicator_and_period
from units.models import User
from vietnamese.text import slug


@dataclass(frozen=True)
class Place:
    """One page that takes a workbook: its template, its addresses, and how its rows are written."""

    template: Template
    page: str
    back: str
    download: str
    file_name: str
    context: dict[str, Any]
    write: Callable[[list[Entry], OnBehalfForm | None], None]


def month_place(request: HttpRequest, pk: int) -> Place:
    """The month of one's own unit, else not found."""
    user = cast(User, request.user)
    submission = get_object_or_404(Submission.objects.of_own_units(user).in_place(), pk=pk)

    def write(entries: list[Entry], told: OnBehalfForm | None) -> None:
        enter_figures(submission, entries, by=user)

    return Place(
        template=month_template(submission, user),
        page=reverse("indicators:import-month", args=[pk]),
        back=reverse("indicators:month", args=[pk]),
        download=reverse("indicators:template", args=[pk]),
        file_name=f"bieu-mau-{slug(submission.period.name)}-{slug(submission.participation.unit_name)}",
        context={"campaign": submission.participation.campaign},
        write=write,
    )


def indicator_place(request: HttpRequest, indicator_pk: int, period_pk: int) -> Place:
    """An indicator that the person's department leads, or that the standing body gathers, else not found."""
    user = cast(User, request.user)
    indicator, period = indicator_and_period(user, indicator_pk, period_pk)
    built = indicator_template(indicator, period, user)
    return Place(
        template=built,
        page=reverse("indicators:import-indicator", args=[indicator_pk, period_pk]),
        back=reverse("indicators:confirm", args=[indicator_pk, period_pk]),
        download=reverse("indicators:indicator-template", args=[indicator_pk, period_pk]),
        file_name=f"bieu-mau-{slug(indicator.short_name)}-{slug(period.name)}",
        context={"campaign": indicator.campaign},
        write=_writing_on_behalf(built, user),
    )


def department_place(request: HttpRequest, period_pk: int) -> Place:
    """The indicators that the person's departments lead in a campaign, else not found."""
    user = cast(User, request.user)
    periods = Period.objects.of_campaigns(led_campaigns(led_indicator_ids(user))).select_related("campaign__authority")
    period = get_object_or_404(periods, pk=period_pk)
    built = department_template(period, user)
    return Place(
        template=built,
        page=reverse("indicators:import-department", args=[period_pk]),
        back=f"{reverse('indicators:confirm-list')}?ky={period_pk}",
        download=reverse("indicators:department-template", args=[period_pk]),
        file_name=f"bieu-mau-chi-tieu-chu-tri-{slug(period.name)}",
        context={"campaign": period.campaign},
        write=_writing_on_behalf(built, user),
    )


def _writing_on_behalf(built: Template, user: User) -> Callable[[list[Entry], OnBehalfForm | None], None]:
    """Rows of many reports, all or none; the reports are locked in one order, whoever writes."""
    figures = {row.figure.pk: row.figure for row in built.rows}

    @transaction.atomic
    def write(entries: list[Entry], told: OnBehalfForm | None) -> None:
        by_report: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_report[figures[entry.figure_id].submission_id].append(entry)
        for pk in sorted(by_report):
            first = figures[by_report[pk][0].figure_id]
            on_behalf = OnBehalf(first.assignment.unit, **(told.cleaned_data if told else {}))
            enter_figures(first.submission, by_report[pk], by=user, on_behalf=on_behalf)

    return write
