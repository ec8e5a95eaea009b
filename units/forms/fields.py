"""How a day is read, and what is wrong with a form is said, everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from units import clock
from units.models import OrgUnit
from vietnamese.dates import format_date, read_date


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


def unit_in_time(unit: OrgUnit) -> str:
    """A unit to choose; one that is still to come says from when: an old unit may bear the same name."""
    is_to_come = unit.valid_from is not None and unit.valid_from > clock.today()
    return f"{unit.name} (từ {format_date(unit.valid_from)})" if is_to_come and unit.valid_from else unit.name


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One unit of several that may bear the same name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and days."""
        return unit_in_time(obj)


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several units to tick."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and days."""
        return unit_in_time(obj)


def sentences_of(form: forms.Form) -> list[str]:
    """Everything that is wrong with a form, as sentences."""
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]
