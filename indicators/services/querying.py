"""Asking units again for figures of one indicator, each report by its one door; all of them or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from campaign.models import Submission
from indicators.models import Figure
from indicators.services.submissions import make_move
from units.models import User


@transaction.atomic
def query_figures_of(figures: Sequence[Figure], *, by: User, reason: str) -> int:
    """Ask the units of the figures to look again; returns how many reports were sent back."""
    by_report: dict[Submission, dict[int, str]] = defaultdict(dict)
    for figure in figures:
        by_report[figure.submission][figure.pk] = reason
    for submission, marked in by_report.items():
        make_move("query_figures", submission, by=by, reason=reason, marked=marked)
    return len(by_report)
