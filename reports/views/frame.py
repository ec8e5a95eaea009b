"""What every board reads from its address: the campaign, the period, the basis, and what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from campaign.models import Campaign, Period
from reports.permissions import Scope, scope_of, why_not_basis, why_not_board
from reports.tables.frame import BASES, SLUGS, WORDS, Frame, begun_periods, current_period, gathering_period
from units import clock
from units.errors import refuse
from units.models import User


@dataclass(frozen=True)
class BasisChoice:
    """One of tạm tính, chính thức as a link."""

    label: str
    slug: str
    is_current: bool
    address: str


@dataclass(frozen=True)
class Opened:
    """A board's address, understood and allowed."""

    user: User
    campaign: Campaign
    scope: Scope
    frame: Frame
    periods: list[Period]
    asked: QueryDict

    @property
    def bases(self) -> list[BasisChoice]:
        """The switch between the bases that the person may see."""
        return [
            BasisChoice(WORDS[one], SLUGS[one], one == self.frame.basis, self._with_basis(SLUGS[one]))
            for one in self.scope.bases
        ]

    def _with_basis(self, slug: str) -> str:
        """The present address with another basis; its filters stay."""
        asked = self.asked.copy()
        asked["co-so"] = slug
        return f"?{asked.urlencode()}"

    @property
    def gathering(self) -> Period | None:
        """A later period whose reports are still coming in, to be looked at on purpose."""
        found = gathering_period(self.periods, clock.today())
        return found if found and found.number > self.frame.period.number else None

    @property
    def unit_id(self) -> int | None:
        """The own unit, where the person sees no sums over units."""
        return None if self.scope.sees_whole else min(self.scope.unit_ids, default=None)

    @property
    def context(self) -> dict[str, object]:
        """What every board's template reads."""
        return {"opened": self, "frame": self.frame, "campaign": self.campaign, "scope": self.scope}


def open_board(request: HttpRequest, pk: int | None = None) -> Opened:
    """The campaign (or the person's newest), period and basis of the address; 404 or a reason where not."""
    user = cast(User, request.user)
    visible = Campaign.objects.visible_to(user).launched().select_related("authority", "standing_body")
    if pk is not None:
        campaign = get_object_or_404(visible, pk=pk)
    else:
        newest = visible.order_by("-starts_on", "-pk").first()
        if newest is None:
            raise PermissionDenied("Chưa có phong trào thi đua nào đã phát động mà anh/chị được xem.")
        campaign = newest
    scope = scope_of(campaign, user)
    refuse(why_not_board(scope, user))
    periods = begun_periods(campaign, clock.today())
    frame = Frame(campaign, _period(request, periods), _basis(request, scope))
    return Opened(user, campaign, scope, frame, periods, request.GET)


def _period(request: HttpRequest, periods: list[Period]) -> Period:
    """The period of the address, or the last that every unit should have reported."""
    wanted = request.GET.get("ky", "")
    chosen = next((one for one in periods if str(one.pk) == wanted), None) if wanted else None
    period = chosen or (None if wanted else current_period(periods, clock.today()))
    if period is None:
        raise Http404
    return period


def _basis(request: HttpRequest, scope: Scope) -> str:
    """The basis of the address, or the first that the person may see (leaders open on tạm tính)."""
    wanted = request.GET.get("co-so", "")
    if not wanted:
        return scope.bases[0]
    basis = BASES.get(wanted)
    if basis is None:
        raise Http404
    refuse(why_not_basis(scope, basis))
    return basis
