"""The administration pages under the strict Content-Security-Policy: nothing that the browser refuses."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page, expect

from tests.builders import PASSWORD, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def pages() -> list[str]:
    """The list and the empty form of every model in the administration."""
    found = []
    for model in admin.site._registry:
        for page in ("changelist", "add"):
            try:
                found.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"))
            except NoReverseMatch:
                continue
    return found


def test_every_page_of_the_administration_runs_under_the_policy(page: Page):
    make_world()
    page.goto("/dang-nhap/?next=/quan-tri/")
    page.fill("input[name=username]", "administrator")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/quan-tri/")

    for address in pages():
        page.goto(address)

    assert len(pages()) > 10
