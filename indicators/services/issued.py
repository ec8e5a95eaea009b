"""What a signed report said of each figure: kept beside it, so that a later other number is asked for its reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaign.models import Period
from indicators.models import Figure
from indicators.services.past import past_of


@transaction.atomic
def note_issued(period: Period, *, basis: str, as_of: datetime, document: str) -> int:
    """Put the number that a report of the period counted beside each of its figures; returns how many there are.

    The numbers are those known at the report's moment; a later report overwrites what an earlier one said.
    """
    said = {}
    for row in past_of(period.campaign, as_of).figures:
        version = row.reconciled or row.on(basis)
        if row.period_id == period.pk and row.is_numeric and version is not None and version.amount is not None:
            said[row.figure_id] = version.amount
    figures = list(Figure.objects.filter(pk__in=said).only("pk"))
    for figure in figures:
        figure.issued_amount, figure.issued_in = said[figure.pk], document
    Figure.objects.bulk_update(figures, ["issued_amount", "issued_in"], batch_size=500)
    return len(figures)
