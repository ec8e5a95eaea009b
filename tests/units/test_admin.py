"""Administration: accounts, units and definitions, within the own part of the tree, without a figure."""

from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from campaign.models import Campaign, DayOff
from indicators.models import Indicator, Target
from tests.builders import PASSWORD, World, fill, make_person, make_world
from units.choices import Role
from units.models import AuditLine, OrgUnit, RoleGrant, User

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "hoa-mua-thang-8-nam-ay"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """The browser of the administrator."""
    client.force_login(world.people["administrator"])
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def inline_forms(**forms: int) -> dict[str, Any]:
    """The management data of inline forms that stay empty."""
    data: dict[str, Any] = {}
    for prefix, number in forms.items():
        data |= {f"{prefix}-TOTAL_FORMS": number, f"{prefix}-INITIAL_FORMS": number}
    return data


def test_figures_and_reports_are_not_there():
    names = {model._meta.label for model in admin.site._registry}

    assert (
        names
        & {
            "indicators.Figure",
            "indicators.FigureVersion",
            "indicators.Total",
            "indicators.Evidence",
            "indicators.PriorFigure",
            "campaign.Submission",
            "campaign.SubmissionMove",
        }
        == set()
    )
    assert {"units.User", "units.RoleGrant", "units.OrgUnit", "campaign.DayOff", "campaign.Campaign"} <= names


def test_every_page_of_the_administration_opens(office: Client, world: World):
    fill(world, che="5")
    addresses = [page("index"), page("units_user_change", world.people["clerk0"].pk)]
    addresses.append(page("auth_user_password_change", world.people["clerk0"].pk))
    for model, model_admin in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        addresses.append(page(f"{name}_changelist"))
        first = model._default_manager.first()
        if first is not None and model is not User:
            addresses.append(page(f"{name}_change", first.pk))
        if model_admin.may_add:
            addresses.append(page(f"{name}_add"))

    refused = {one: status for one in addresses if (status := office.get(one).status_code) != 200}

    assert refused == {}


@pytest.mark.parametrize(
    "person", ["clerk0", "head0", "reviewer", "coordinator", "coordinator_head", "leader", "reader"]
)
def test_nobody_else_enters_even_with_the_old_staff_mark(client: Client, world: World, person: str):
    User.objects.filter(pk=world.people[person].pk).update(is_staff=True)
    client.force_login(world.people[person])

    response = client.get(page("index"), follow=True)

    assert response.status_code == 403
    assert "Trang quản trị chỉ dành cho người được giao vai trò quản trị hệ thống." in response.content.decode()


def test_a_stranger_comes_to_the_one_log_in(client: Client):
    response = client.get(page("index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("units:log-in"))


def test_an_account_is_made_with_a_password_to_be_changed(office: Client):
    data = {"username": "HIEU.2", "full_name": "(Họ và tên)", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    response = office.post(page("units_user_add"), data | inline_forms(posts=0, role_grants=0))

    user = User.objects.get(username="hieu.2")
    assert response.status_code == 302
    assert (user.must_change_password, user.is_staff, user.is_superuser) == (True, False, False)
    assert user.check_password(NEW_PASSWORD)


def test_the_administration_speaks_vietnamese_where_the_framework_does_not(office: Client):
    page_text = office.post(page("units_user_add"), inline_forms(posts=0, role_grants=0)).text

    assert "Đến nội dung chính" in page_text
    assert "Sửa các lỗi ghi dưới đây." in page_text
    for english in ("Skip to", "Toggle", "After you", "Please", "Model name", "Add link"):
        assert english not in page_text


def test_a_password_is_handed_out_anew_and_must_be_changed(office: Client, world: World):
    clerk = world.people["clerk0"]

    response = office.post(
        page("auth_user_password_change", clerk.pk), {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    clerk.refresh_from_db()
    assert response.status_code == 302
    assert clerk.check_password(NEW_PASSWORD)
    assert clerk.must_change_password
    assert AuditLine.objects.filter(event="admin.user.changed", subject_id=clerk.pk).exists()


def test_an_empty_new_password_is_not_taken(office: Client, world: World):
    clerk = world.people["clerk0"]

    response = office.post(page("auth_user_password_change", clerk.pk), {"password1": "", "password2": ""})

    clerk.refresh_from_db()
    assert response.status_code == 200
    assert clerk.check_password(PASSWORD)


def test_an_account_cannot_be_made_a_root_account_by_slipping_in_the_field(office: Client, world: World):
    clerk = world.people["clerk0"]
    data = {
        "username": clerk.username,
        "full_name": "(Tên mới)",
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
    }
    grants = {"role_grants-0-id": clerk.role_grants.get().pk, "role_grants-0-user": clerk.pk}
    grant = {"role_grants-0-unit": world.communes[0].pk, "role_grants-0-role": Role.CLERK}

    response = office.post(
        page("units_user_change", clerk.pk), data | grants | grant | inline_forms(posts=0, role_grants=1)
    )

    clerk.refresh_from_db()
    assert response.status_code == 302
    assert (clerk.full_name, clerk.is_superuser, clerk.is_staff) == ("(Tên mới)", False, False)


def test_a_role_is_granted_with_one_audit_line(office: Client, world: World):
    data = {"user": world.people["clerk1"].pk, "unit": world.communes[0].pk, "role": Role.CLERK}

    office.post(page("units_rolegrant_add"), data)

    grant = RoleGrant.objects.get(user=world.people["clerk1"], unit=world.communes[0])
    line = AuditLine.objects.get(event="admin.rolegrant.added")
    assert (line.by, line.subject_id) == (world.people["administrator"], grant.pk)


def test_the_same_role_twice_is_explained(office: Client, world: World):
    data = {"user": world.people["clerk0"].pk, "unit": world.communes[0].pk, "role": Role.CLERK}

    response = office.post(page("units_rolegrant_add"), data)

    assert "Tài khoản đã có vai trò này tại đơn vị." in response.content.decode()
    assert world.people["clerk0"].role_grants.count() == 1


def test_nobody_grants_a_role_to_the_own_account(office: Client, world: World):
    me = world.people["administrator"]
    data = {"user": me.pk, "unit": world.standing_body.pk, "role": Role.COORDINATOR}

    response = office.post(page("units_rolegrant_add"), data)

    assert response.status_code == 200
    assert [grant.role for grant in me.role_grants.all()] == [Role.ADMINISTRATOR]


def test_an_administrator_sees_only_the_own_part_of_the_tree(office: Client, world: World):
    other = make_world(communes=1, prefix="khac-")

    units = office.get(page("units_orgunit_changelist")).context["cl"].queryset
    accounts = office.get(page("units_user_changelist")).context["cl"].queryset
    campaigns = office.get(page("campaign_campaign_changelist")).context["cl"].queryset
    foreign = office.get(page("units_user_change", other.people["clerk0"].pk))

    assert set(units) == {world.authority, world.standing_body, world.lead, *world.communes}
    assert set(accounts) == set(world.people.values())
    assert list(campaigns) == [world.campaign]
    # Django's administration answers a row that is not in the queryset with the way back to its index.
    assert (foreign.status_code, foreign.headers["Location"]) == (302, page("index"))


def test_a_unit_of_another_tree_cannot_be_chosen(office: Client, world: World):
    other = make_world(communes=1, prefix="khac-")
    data = {"user": world.people["clerk0"].pk, "unit": other.communes[0].pk, "role": Role.CLERK}

    response = office.post(page("units_rolegrant_add"), data)

    assert response.status_code == 200
    assert not RoleGrant.objects.filter(user=world.people["clerk0"], unit=other.communes[0]).exists()


def test_an_account_that_also_works_elsewhere_is_not_taken_over(office: Client, world: World):
    other = make_world(communes=1, prefix="khac-")
    RoleGrant.objects.create(user=world.people["clerk0"], unit=other.authority, role=Role.LEADER)

    response = office.post(
        page("auth_user_password_change", world.people["clerk0"].pk),
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    world.people["clerk0"].refresh_from_db()
    assert response.status_code == 403
    assert world.people["clerk0"].check_password(PASSWORD)


def test_nothing_is_deleted_in_bulk_and_accounts_not_at_all(office: Client, world: World):
    chosen = {"action": "delete_selected", "_selected_action": [world.people["clerk0"].pk], "post": "yes"}

    office.post(page("units_user_changelist"), chosen)
    single = office.post(page("units_user_delete", world.people["clerk0"].pk), {"post": "yes"})

    assert single.status_code == 403
    assert User.objects.filter(pk=world.people["clerk0"].pk).exists()


def test_targets_are_looked_at_only(office: Client, world: World):
    target = Target.objects.first()
    assert target is not None

    response = office.post(page("indicators_target_change", target.pk), {"amount": "1"})

    target.refresh_from_db()
    assert response.status_code == 403
    assert target.amount == 50
    assert office.get(page("indicators_target_add")).status_code == 403


def test_after_the_launch_definitions_keep_their_rules(office: Client, world: World):
    indicator = world.indicators["che"]
    data = {
        "name": "Trồng chè mới năm 2024",
        "short_name": "Chè",
        "definition": "",
        "data_source": "",
        "position": 1,
        "time_rule": "level",
        "unit_of_measure": "m²",
    }

    response = office.post(
        page("indicators_indicator_change", indicator.pk), data | inline_forms(denominators=0, steps=0)
    )

    indicator.refresh_from_db()
    assert response.status_code == 302
    assert (indicator.name, indicator.time_rule, indicator.unit_of_measure) == ("Trồng chè mới năm 2024", "flow", "ha")


def test_a_launched_campaign_takes_no_new_indicator(office: Client, world: World):
    form = office.get(page("indicators_indicator_add")).context["adminform"].form

    assert list(form.fields["campaign"].queryset) == []


def test_dates_of_a_launched_campaign_stay(office: Client, world: World):
    data = {"name": "Tên", "short_name": "Tên", "goal": "", "starts_on": "2020-01-01"}

    office.post(page("campaign_campaign_change", world.campaign.pk), data | inline_forms(bands=0, clusters=0, tiers=0))

    campaign = Campaign.objects.get(pk=world.campaign.pk)
    assert (campaign.short_name, campaign.starts_on) == ("Tên", date(2024, 7, 1))


def test_a_day_off_is_entered_and_taken_away_with_their_lines(office: Client):
    office.post(page("campaign_dayoff_add"), {"on": "02/09/2024", "kind": "holiday", "name": "Quốc khánh"})
    day = DayOff.objects.get(name="Quốc khánh")
    office.post(page("campaign_dayoff_delete", day.pk), {"post": "yes"})

    assert day.on == date(2024, 9, 2)
    assert not DayOff.objects.filter(pk=day.pk).exists()
    events = AuditLine.objects.filter(event__startswith="admin.dayoff").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["admin.dayoff.added", "admin.dayoff.deleted"]


def test_the_audit_trail_is_looked_at_without_the_values(office: Client, world: World):
    fill(world, che="123.4")
    world.submission()
    line = AuditLine.objects.filter(event="figures.entered").first()
    assert line is not None

    text = office.get(page("units_auditline_change", line.pk)).content.decode()

    assert "123" not in text
    assert office.post(page("units_auditline_change", line.pk), {"event": "khác"}).status_code == 403


def test_a_name_and_its_spelling_are_kept_on_the_page_of_the_unit(office: Client, world: World):
    unit = world.communes[0]
    fields = [
        "kind",
        "level",
        "parent",
        "position",
        "short_name",
        "official_name",
        "place_name",
        "document_code",
        "head_title",
        "key",
    ]
    data: dict[str, Any] = {name: getattr(unit, f"{name}_id", None) or getattr(unit, name) for name in fields}
    data |= {"name": "xã Hiếu mới", "variants-0-text": "xã Hiêu", "variants-0-unit": unit.pk}
    data |= inline_forms(names=0, codes=0, successions_out=0) | {"variants-TOTAL_FORMS": 1, "variants-INITIAL_FORMS": 0}

    response = office.post(page("units_orgunit_change", unit.pk), data)

    unit = OrgUnit.objects.get(pk=unit.pk)
    assert response.status_code == 302
    assert (unit.name, [variant.text for variant in unit.variants.all()]) == ("xã Hiếu mới", ["xã Hiêu"])


def test_a_second_administrator_grants_what_the_first_may_not(client: Client, world: World):
    second = make_person("quan-tri-2", world.authority, Role.ADMINISTRATOR)
    client.force_login(second)
    data = {"user": world.people["administrator"].pk, "unit": world.authority.pk, "role": Role.READER}

    client.post(page("units_rolegrant_add"), data)

    assert RoleGrant.objects.filter(user=world.people["administrator"], role=Role.READER).exists()


def test_indicators_of_a_campaign_in_preparation_can_be_added(office: Client):
    draft = make_world(communes=1, prefix="nhap-", launched=False)
    RoleGrant.objects.create(
        user=User.objects.get(username="administrator"), unit=draft.authority, role=Role.ADMINISTRATOR
    )

    form = office.get(page("indicators_indicator_add")).context["adminform"].form

    assert list(form.fields["campaign"].queryset) == [draft.campaign]
    assert Indicator.objects.filter(campaign=draft.campaign).count() == 3
