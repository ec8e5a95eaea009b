"""Forms of the units app; and how a day is read, and what is wrong is said, everywhere."""

from units.forms.account import CloseForm, HandOverForm, LendForm, LogInForm, NewPasswordForm, TakeOverForm
from units.forms.fields import DayField, sentences_of
from units.forms.reorganising import ReorganiseForm
from units.forms.units import DayChoiceForm, UnitForm

__all__ = [
    "CloseForm",
    "DayChoiceForm",
    "DayField",
    "HandOverForm",
    "LendForm",
    "LogInForm",
    "NewPasswordForm",
    "ReorganiseForm",
    "TakeOverForm",
    "UnitForm",
    "sentences_of",
]
