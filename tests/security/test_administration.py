"""The administration: only for administrators, each in the own part of the tree, and without a single figure."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from campaign.models import Submission, SubmissionMove
from indicators.models import Evidence, Figure, FigureVersion, PriorFigure, Total
from tests.kept import kept_world
from tests.security.searching import text_of
from tests.security.town import ADMINISTRATOR, MOMENT, SUPERUSER, Town, build
from tests.security.visiting import PEOPLE, client_of
from units.models import AuditLine, RoleGrant, StoredFile, User

pytestmark = pytest.mark.django_db
world = kept_world(build, MOMENT)

MODELS: list[type[Model]] = sorted(admin.site._registry, key=lambda model: model._meta.label)
NO_FIGURES = {Figure, FigureVersion, Total, Evidence, PriorFigure, Submission, SubmissionMove, StoredFile}


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def pages(model: type[Model]) -> list[str]:
    """Every page of a model: its list, the form for a new row, and each row."""
    rows = [row.pk for row in model._default_manager.all()[:6]]
    return [
        address(model, "changelist"),
        address(model, "add"),
        *(address(model, page, pk) for pk in rows for page in ("change", "history", "delete")),
    ]


def test_no_page_of_the_administration_keeps_figures():
    assert NO_FIGURES.isdisjoint(MODELS)
    assert {User, RoleGrant, AuditLine} <= set(MODELS)


@pytest.mark.parametrize("person", [one for one in PEOPLE if "administrator" not in one and one != "first-account"])
def test_nobody_else_enters(world: Town, person: str):
    client = client_of(world, person)

    answers = {
        page: answer.status_code
        for model in MODELS
        for page in pages(model)[:3]
        if (answer := client.get(page, follow=True)).status_code != 403
    }

    assert answers == {}


@pytest.mark.parametrize("person", ["home-administrator", "foreign-administrator", "first-account"])
def test_no_secret_stands_on_any_page_of_the_administration(world: Town, person: str):
    client = client_of(world, person)
    # Names of units and files are no secret to who administers; what was reported is.
    told = [secret for secret in world.secrets if not secret.text.startswith("minh-chung")]
    leaks = set()
    for model in MODELS:
        for page in pages(model):
            text = text_of(client.get(page))
            leaks |= {(page, secret.text) for secret in told if secret.is_told(text)}

    assert leaks == set()


def rows_of(client: Client, model: type[Model]) -> set[int]:
    """The rows that a list shows."""
    response = client.get(address(model, "changelist"), {"all": ""})
    assert response.status_code == 200
    return set(response.context["cl"].queryset.values_list("pk", flat=True))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_two_administrators_share_only_what_belongs_to_no_authority(world: Town, model: type[Model]):
    ours, theirs = (client_of(world, f"{name}-administrator") for name in ("home", "foreign"))
    mine, yours = rows_of(ours, model), rows_of(theirs, model)

    for client, others in ((ours, yours - mine), (theirs, mine - yours)):
        for pk in sorted(others)[:3]:
            assert client.get(address(model, "change", pk)).status_code in {302, 404}
            assert client.post(address(model, "change", pk), {}).status_code in {302, 403, 404}
    if model in {User, RoleGrant} or any(field.name == "campaign" for field in model._meta.fields):
        assert mine & yours <= set(_of_nobody(model))


def _of_nobody(model: type[Model]) -> list[int]:
    """Accounts without role and post yet."""
    if model is not User:
        return []
    return list(User.objects.filter(role_grants=None, posts=None).values_list("pk", flat=True))


def granted(client: Client, user: User, unit: object, role: str) -> int:
    """Grant a role through the form; how many roles there are more."""
    before = RoleGrant.objects.count()
    client.post(address(RoleGrant, "add"), {"user": user.pk, "unit": unit.pk, "role": role})
    return RoleGrant.objects.count() - before


def test_an_administrator_grants_roles_in_the_own_part_and_never_to_the_own_account(world: Town):
    home, foreign = world.worlds["home"], world.worlds["foreign"]
    client = client_of(world, "home-administrator")
    own = world.people["home-administrator"].user

    assert granted(client, home.people["clerk0"], home.communes[1], "clerk") == 1
    assert AuditLine.objects.first().event == "admin.rolegrant.added"
    assert granted(client, own, home.communes[1], "leader") == 0
    assert granted(client, home.people["clerk0"], foreign.communes[0], "clerk") == 0
    assert granted(client, foreign.people["clerk0"], home.communes[0], "clerk") == 0


@pytest.mark.parametrize("person", ["home-administrator", "foreign-administrator"])
def test_an_administrator_can_not_become_the_first_account_nor_take_it_over(world: Town, person: str):
    first = world.people["first-account"].user
    client = client_of(world, person)
    before = first.password

    client.post(address(User, "change", first.pk), {"username": "toi", "is_superuser": "on"})
    client.post(
        f"/quan-tri/units/user/{first.pk}/password/", {"password1": "mat-khau-moi-1", "password2": "mat-khau-moi-1"}
    )
    own = world.people[person].user
    client.post(address(User, "change", own.pk), {"username": own.username, "full_name": "Tôi", "is_superuser": "on"})

    first.refresh_from_db()
    own.refresh_from_db()
    assert (first.username, first.password) == ("quan-tri-goc", before)
    assert not own.is_superuser


def test_the_roles_of_administration_are_the_two_that_were_tried(world: Town):
    able = {person for person in PEOPLE if client_of(world, person).get("/quan-tri/").status_code == 200}

    assert {world.people[one].role for one in able} == {ADMINISTRATOR, SUPERUSER}
