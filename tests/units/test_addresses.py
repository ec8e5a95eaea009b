"""The `url` tag of the house gives the addresses of Django's own."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse


def written(text, **values):
    return Template(text).render(Context(values))


@pytest.mark.parametrize("pk", [5, "5"])
def test_a_number_or_its_digits_stand_in_the_address(pk):
    assert written("{% url 'indicators:month' pk %}", pk=pk) == reverse("indicators:month", args=[5])


def test_several_numbers_stand_in_their_order():
    asked = written("{% url 'reports:indicator' campaign indicator %}", campaign=12, indicator=7)
    assert asked == reverse("reports:indicator", args=[12, 7])


def test_what_is_no_number_is_left_to_django():
    assert written("{% url 'indicators:move' 5 'submit' %}") == reverse("indicators:move", args=[5, "submit"])
    assert written("{% url name pk=3 %}", name="indicators:month") == reverse("indicators:month", args=[3])


def test_an_address_may_be_kept_in_a_variable_and_is_empty_where_there_is_none():
    assert (
        written("{% url 'indicators:month' 5 as there %}[{{ there }}]") == f"[{reverse('indicators:month', args=[5])}]"
    )
    assert written("{% url 'indicators:nowhere' 5 as there %}[{{ there }}]") == "[]"


def test_a_name_that_nobody_has_falls_loudly():
    with pytest.raises(NoReverseMatch):
        written("{% url 'indicators:nowhere' 5 %}")
    with pytest.raises(NoReverseMatch):
        written("{% url 'indicators:month' 'abc' %}")
