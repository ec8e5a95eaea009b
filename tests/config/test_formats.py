"""Vietnamese dates and numbers in forms and pages, where Django's own locale reads them wrongly."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats


@pytest.mark.parametrize("written", ["05/06/2024", "5/6/2024", "05-06-2024", "05.06.2024", "2024-06-05", "05/06/24"])
def test_the_day_is_read_before_the_month(written):
    assert forms.DateField().clean(written) == date(2024, 6, 5)


def test_the_last_day_of_a_month_is_a_day():
    assert forms.DateField().clean("31/01/2024") == date(2024, 1, 31)


def test_the_american_order_is_refused():
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean("01/31/2024")


def test_a_moment_is_read_day_first():
    moment = forms.DateTimeField().clean("05/06/2024 16:42")

    assert moment.replace(tzinfo=None) == datetime(2024, 6, 5, 16, 42)


def test_days_and_numbers_are_written_as_in_vietnam():
    assert formats.date_format(date(2024, 6, 5)) == "05/06/2024"
    assert formats.date_format(date(2024, 6, 5), "SHORT_DATE_FORMAT") == "05/06/2024"
    assert formats.number_format(1234567.5, decimal_pos=1, force_grouping=True) == "1.234.567,5"
