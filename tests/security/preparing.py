"""The pages on which a campaign is set up and its targets are given, in the table of addresses: the office's."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.models import Indicator
from tests.security.town import OFFICE, Town

#: Who reads, who acts.
RULES: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "indicators:new-campaign": (OFFICE, None),
    "indicators:set-up": (OFFICE, None),
    "indicators:discard": (None, OFFICE),
    "indicators:draft": (OFFICE, OFFICE),
    "indicators:accept-draft": (None, OFFICE),
    "indicators:decide-draft": (None, OFFICE),
    "indicators:participants": (OFFICE, OFFICE),
    "indicators:definition-rows": (OFFICE, None),
    "indicators:allocations": (OFFICE, None),
    "indicators:definition-workbook": (OFFICE, None),
}
#: Acted on by the office as well, which is told what it forgot.
ACTED_ON = (
    "indicators:owners",
    "indicators:definition-row",
    "indicators:calendar",
    "indicators:allocate",
    "indicators:add-indicator",
    "indicators:revise",
    "indicators:import-definitions",
)
OF_A_CAMPAIGN = (
    "set-up", "launch", "discard", "draft", "accept-draft", "participants", "owners", "calendar", "allocations",
    "add-indicator", "definition-workbook", "import-definitions",
)  # fmt: skip


def addresses_of(town: Town, authority: str) -> Iterator[tuple[str, tuple[int | str, ...], Indicator | None]]:
    """Every address of the campaign in preparation, and those of the launched one's indicators."""
    prepared = town.prepared[authority].pk
    for name in OF_A_CAMPAIGN:
        yield f"indicators:{name}", (prepared,), None
    for name in ("definition-rows", "definition-row"):
        yield f"indicators:{name}", (prepared, "noi-dung"), None
    for row in town.worlds[authority].indicators.values():
        # A task has no number to give: its page of giving is nobody's, as test_reading tells.
        for name in ("revise", "end-indicator", *(["allocate"] if row.is_numeric else [])):
            yield f"indicators:{name}", (row.pk,), row
