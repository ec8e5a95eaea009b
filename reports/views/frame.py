"""What every board reads from its address: the campaign, the period, the basis, and what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict

from campaign.models import Campaign, Period
from campaign.permissions import runs_campaign
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
    campaigns: list[Campaign]

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
        return {
            "opened": self,
            "frame": self.frame,
            "campaign": self.campaign,
            "campaigns": self.campaigns,
            "scope": self.scope,
        }


def open_board(request: HttpRequest, pk: int | None = None, *, is_run: bool = False) -> Opened:
    """The campaign of the address (or the person's present one), its period and basis; 404 or a reason where not.

    ``is_run``: the page is for who runs the campaign, so that of several such a one is opened first.
    """
    user = cast(User, request.user)
    seen = _seen(user)
    if not seen and pk is None:
        raise PermissionDenied("Chưa có phong trào thi đua nào đã phát động mà anh/chị được xem.")
    campaign = _asked(seen, pk) if pk is not None else _present(seen, user, is_run=is_run) or seen[0]
    return _open(request, user, campaign, seen)


def open_home(request: HttpRequest, pk: int | None = None, *, is_run: bool = False) -> Opened | None:
    """The same for a home, which is there without a campaign too: None where the person sees nothing of any."""
    user = cast(User, request.user)
    seen = _seen(user)
    campaign = _asked(seen, pk) if pk is not None else _present(seen, user, is_run=is_run)
    return _open(request, user, campaign, seen) if campaign else None


def _seen(user: User) -> list[Campaign]:
    return list(Campaign.objects.present_for(user, clock.today()).with_offices())


def _asked(seen: list[Campaign], pk: int) -> Campaign:
    campaign = next((one for one in seen if one.pk == pk), None)
    if campaign is None:
        raise Http404
    return campaign


def _present(seen: list[Campaign], user: User, *, is_run: bool) -> Campaign | None:
    """The first that such a page can show to the person."""
    if is_run:
        return next((one for one in seen if runs_campaign(one, user)), None)
    return next((one for one in seen if not scope_of(one, user).is_empty), None)


def _open(request: HttpRequest, user: User, campaign: Campaign, seen: list[Campaign]) -> Opened:
    scope = scope_of(campaign, user)
    refuse(why_not_board(scope, user))
    periods = begun_periods(campaign, clock.today())
    frame = Frame(campaign, _period(request, periods), _basis(request, scope))
    return Opened(user, campaign, scope, frame, periods, request.GET, seen)


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
