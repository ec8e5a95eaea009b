"""Which periods stand side by side: the last dozen, what the address names, and the spans before and behind."""

import pytest

from campaign.models import Period
from reports.tables.span import MOST, SHOWN, span_of


def periods(number):
    return [Period(pk=pk, name=f"Tháng {pk}") for pk in range(1, number + 1)]


@pytest.mark.parametrize(
    ("number", "first", "last", "shown", "earlier", "later"),
    [
        (6, "", "", (1, 6), None, None),
        (40, "", "", (29, 40), (17, 28), None),
        (40, "17", "28", (17, 28), (5, 16), (29, 40)),
        (40, "3", "", (3, 14), (1, 2), (15, 26)),
        (40, "", "5", (1, 5), None, (6, 10)),
        (40, "9", "4", (4, 9), (1, 3), (10, 15)),
        (40, "1", "40", (5, 40), (1, 4), None),
        (40, "x", "99", (29, 40), (17, 28), None),
    ],
)
def test_the_span_and_its_neighbours(number, first, last, shown, earlier, later):
    span = span_of(periods(number), first, last)
    assert ((span.first.pk, span.last.pk), span.earlier, span.later) == (shown, earlier, later)
    assert span.is_part is (number > SHOWN)
    assert len(span.periods) <= MOST
