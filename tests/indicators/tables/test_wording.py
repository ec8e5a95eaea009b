"""A target in words."""

from decimal import Decimal

import pytest

from indicators.models import Indicator, Target
from indicators.tables.wording import target_words


@pytest.mark.parametrize(
    ("operator", "amount", "words"),
    [("le", "12", "không quá 12"), ("le", "0", "0"), ("gt", "1200000", "trên 1.200.000"), ("ge", "5", "5")],
)
def test_a_target_is_worded_as_the_document_does_and_of_what_should_be_gone_as_nought(operator, amount, words):
    indicator = Indicator(kind="quantity", operator=operator, decimals=0)

    assert target_words(Target(amount=Decimal(amount)), indicator) == words
