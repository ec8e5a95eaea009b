"""How a day is read, and what is wrong with a form is said, everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vietnamese.dates import read_date


class DayField(forms.CharField):
    """A day as people write it; never the browser's own field, which shows the month first in many browsers."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "class": "day", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> date | None:
        """The day, or None where nothing was written and nothing was demanded."""
        reading = read_date(str(super().clean(value) or ""))
        if reading.error:
            raise ValidationError(reading.error)
        return reading.value


def sentences_of(form: forms.Form) -> list[str]:
    """Everything that is wrong with a form, as sentences."""
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]
