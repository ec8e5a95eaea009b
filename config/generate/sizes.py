"""How large a generated campaign is."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Size:
    """Reporting units × indicators × monthly periods; of a nation so many campaigns."""

    name: str
    units: int
    indicators: int
    periods: int
    campaigns: int = 1

    @property
    def figures(self) -> int:
        """How many figures are owed: every row is asked for every month."""
        return self.campaigns * self.units * self.indicators * self.periods

    def with_changes(
        self, *, units: int | None, indicators: int | None, periods: int | None, campaigns: int | None = None
    ) -> Size:
        """The same size with some of its numbers given by hand."""
        return replace(
            self,
            units=units or self.units,
            indicators=indicators or self.indicators,
            periods=periods or self.periods,
            campaigns=campaigns or self.campaigns,
        )


SIZES = {
    "small": Size("small", units=4, indicators=10, periods=3),
    "district": Size("district", units=40, indicators=80, periods=12),
    "province": Size("province", units=160, indicators=150, periods=36),
    "nation": Size("nation", units=126, indicators=60, periods=36, campaigns=34),
}
