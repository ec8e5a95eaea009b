"""The plain parser of one row: texts in, values or Vietnamese sentences out."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators.choices import FigureState, IndicatorKind, TaskStatus, TimeRule
from indicators.forms import FigureForm
from indicators.models import Assignment, Denominator, Figure, Indicator
from units.forms import DayField


def figure(kind: str = IndicatorKind.QUANTITY, **values) -> Figure:
    """A row that needs no database."""
    defaults = {"name": "Cà phê xứ lạnh", "unit_of_measure": "ha", "decimals": 1, "time_rule": TimeRule.FLOW}
    indicator = Indicator(pk=1, kind=kind, **{**defaults, **values})
    return Figure(pk=7, kind=kind, assignment=Assignment(pk=1, indicator=indicator))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.234,5", "1234.5"), ("35", "35"), ("05", "5"), ("14,2 ha", "14.2"), ("0", "0"), ("-3", "-3"), (" 8,0 ", "8")],
)
def test_a_number_is_read_as_an_office_writes_it(text, amount):
    form = FigureForm(figure(), {"amount": text})

    assert form.is_valid()
    assert (form.values["amount"], form.values["state"]) == (Decimal(amount), FigureState.REPORTED)


@pytest.mark.parametrize("text", ["kps", "KPS", "không phát sinh", "Ko phát sinh", "khong phat sinh"])
def test_nothing_arose_may_be_typed(text):
    form = FigureForm(figure(), {"amount": text})

    assert (form.values["state"], form.values["amount"]) == (FigureState.NOTHING_AROSE, None)


def test_an_empty_text_is_not_a_zero():
    form = FigureForm(figure(), {"amount": ""})

    assert (form.values["state"], form.values["amount"]) == (FigureState.NOT_REPORTED, None)
    assert not form.has_changes()


@pytest.mark.parametrize("text", ["abc", "12 hộ", "=1+2", "-"])
def test_what_is_no_number_of_this_row_gets_a_sentence_and_no_value(text):
    form = FigureForm(figure(), {"amount": text})

    assert form.errors["amount"]
    assert "amount" not in form.values


def test_a_field_that_was_not_sent_is_left_alone():
    assert FigureForm(figure(), {"note": "Chờ nghiệm thu"}).values == {"note": "Chờ nghiệm thu"}


def test_the_names_of_a_row_carry_its_suffix():
    form = FigureForm(figure(), {"amount-7": "5", "amount-8": "6"}, suffix="-7")

    assert form.values["amount"] == Decimal(5)


def test_a_reported_base_is_read_and_named_when_it_is_wrong():
    base = Denominator(pk=3, name="dự toán huyện giao", is_reported=True)
    ratio = figure(IndicatorKind.RATIO, unit_of_measure="triệu đồng", decimals=0)

    assert FigureForm(ratio, {"denominator-3": "4.200"}, [base]).values["denominators"] == {"3": "4200"}
    wrong = FigureForm(ratio, {"denominator-3": "nhiều"}, [base])
    assert wrong.errors["denominator-3"].startswith("dự toán huyện giao: ")


def test_a_task_is_reported_by_its_status_or_its_text():
    task = figure(IndicatorKind.TASK)

    assert FigureForm(task, {"task_status": "done", "text": ""}).values["state"] == FigureState.REPORTED
    assert FigureForm(task, {"task_status": "", "text": "Đã họp."}).values["state"] == FigureState.REPORTED
    assert FigureForm(task, {"task_status": "", "text": ""}).values["state"] == FigureState.NOT_REPORTED


def test_a_status_from_outside_the_list_is_refused():
    assert "task_status" in FigureForm(figure(IndicatorKind.TASK), {"task_status": "xong"}).errors


def test_a_milestone_takes_its_step():
    form = FigureForm(figure(IndicatorKind.MILESTONE), {"task_status": TaskStatus.IN_PROGRESS, "step": "2", "text": ""})

    assert form.values["step"] == 2


@pytest.mark.parametrize(
    ("text", "day"), [("14/08/2024", date(2024, 8, 14)), ("2024-08-14", date(2024, 8, 14)), ("", None)]
)
def test_the_day_of_the_figure_is_read_day_first(text, day):
    assert FigureForm(figure(), {"as_of_on": text}).values["as_of_on"] == day


def test_a_day_that_does_not_exist_gets_a_sentence():
    assert FigureForm(figure(), {"as_of_on": "31/02/2024"}).errors["as_of_on"]


def test_text_is_kept_in_one_normal_form():
    decomposed = "Đã họp thôn"
    form = FigureForm(figure(), {"note": unicodedata.normalize("NFD", decomposed)})
    assert form.values["note"] == decomposed


@pytest.mark.parametrize(
    ("text", "day"),
    [("05/06/2024", date(2024, 6, 5)), ("5-6-2024", date(2024, 6, 5)), ("2024-06-05", date(2024, 6, 5)), ("", None)],
)
def test_a_day_is_read_day_first_wherever_the_browser_comes_from(text, day):
    assert DayField(required=False).clean(text) == day


def test_a_day_that_does_not_exist_is_answered_in_words():
    with pytest.raises(ValidationError, match="31/2/2024"):
        DayField().clean("31/02/2024")
