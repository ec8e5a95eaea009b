"""Where the document contradicts itself: both sides with their place and quote, and which was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.models import Campaign
from indicators.models import Claim, Contradiction, Indicator
from indicators.permissions import why_not_settle
from units.models import User
from vietnamese.numbers import format_trimmed


@dataclass(frozen=True)
class ClaimRow:
    """One side of a contradiction."""

    claim: Claim
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class ContradictionRow:
    """One place where the document contradicts itself, with both sides."""

    contradiction: Contradiction
    claims: tuple[ClaimRow, ...]
    why_not_settle: str


def contradiction_rows(campaign: Campaign, user: User, *, indicator: Indicator | None = None) -> list[ContradictionRow]:
    """Both claims of every contradiction with where they stand; the open ones first. Two queries."""
    rows = campaign.contradictions.select_related("indicator", "settled_by", "campaign").order_by("position")
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    ordered = sorted(
        rows.prefetch_related("claims__passage", "claims__base"), key=lambda one: one.settled_claim_id is not None
    )
    return [
        ContradictionRow(
            one,
            tuple(ClaimRow(claim, _claim_words(claim), claim.pk == one.settled_claim_id) for claim in one.claims.all()),
            why_not_settle(one, user),
        )
        for one in ordered
    ]


def _claim_words(claim: Claim) -> str:
    """What one side says, with its base."""
    base = f" {claim.base.name}" if claim.base else ""
    return f"{format_trimmed(claim.value)} {claim.unit_of_measure}{base}"
