"""Every constraint refuses what it must on the engine at hand, and carries the Vietnamese sentence for it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from campaign import models as when
from config.constraints import sentence_of
from indicators import models as what
from reports import models as shown
from tests.builders import World, make_indicator, make_unit, make_world
from tests.followup import breaks as followup_breaks
from tests.reports import batch_breaks
from tests.reports import breaks as reports_breaks
from tests.units import breaks as units_breaks
from units import models as who

D = Decimal
DAY, EVE = date(2024, 8, 2), date(2024, 8, 1)
OURS = ("units", "campaign", "indicators", "followup", "reports")


def draft_line(world: World, passage: when.Passage, **values: Any) -> what.DraftLine:
    return what.DraftLine.objects.create(campaign=world.campaign, kind="task", passage=passage, position=1, **values)


def again(model: type[models.Model], **values: Any) -> None:
    """Insert the same row twice."""
    model._default_manager.create(**values)
    model._default_manager.create(**values)


def change(row: models.Model, **values: Any) -> None:
    """Write past every service, as a bug would."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def user(world: World) -> who.User:
    return world.people["clerk0"]


def passage(world: World, key: str = "muc-1") -> when.Passage:
    return when.Passage.objects.create(campaign=world.campaign, key=key, text="Nguyên văn", position=1)


def base(world: World, key: str = "ke-hoach") -> what.Denominator:
    return what.Denominator.objects.create(indicator=world.indicators["che"], key=key, name="kế hoạch")


def allocation_note(world: World, **values: Any) -> what.AllocationNote:
    return what.AllocationNote.objects.create(
        indicator=world.indicators["che"], explanation="Dự phòng", by=user(world), at=timezone.now(), **values
    )


def contradiction(world: World, key: str = "che") -> what.Contradiction:
    return what.Contradiction.objects.create(campaign=world.campaign, key=key, question="Số nào đúng?")


def stored_file(**values: Any) -> who.StoredFile:
    columns = {"name": "a.pdf", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64, "content": "x"}
    return who.StoredFile.objects.create(uploaded_at=timezone.now(), **{**columns, **values})


def stand_in(world: World, **values: Any) -> who.StandIn:
    head = world.people["head0"]
    columns = {"grant": head.role_grants.get(), "lender": head, "holder": user(world), "lent_by": head}
    days = {"valid_from": DAY, "valid_to": DAY, "lent_at": timezone.now(), "ground": "Đi họp"}
    return who.StandIn.objects.create(**{**columns, **days, **values})


def extra_period(world: World, **values: Any) -> when.Period:
    columns = {"kind": "flash", "name": "Báo cáo nhanh", "month": 8, "starts_on": DAY, "ends_on": DAY}
    return when.Period.objects.create(campaign=world.campaign, **{**columns, **values})


def version(figure: what.Figure, by: who.User, **values: Any) -> what.FigureVersion:
    return what.FigureVersion.objects.create(figure=figure, by=by, at=timezone.now(), **values)


def evidence_twice(world: World) -> None:
    file = stored_file(owner_type=ContentType.objects.get_for_model(what.Figure))
    again(
        what.Evidence,
        figure=world.figure("che"),
        file=file,
        title="a",
        added_by=user(world),
        added_at=timezone.now(),
    )


def campaign_row(world: World, **values: Any) -> None:
    change(world.campaign, **values)


def target(world: World, **values: Any) -> what.Target:
    columns = {"indicator": world.indicators["ca-phe"], "unit": world.lead, "amount": D(1), "valid_from": DAY}
    return what.Target.objects.create(**{**columns, **values})


def opening(world: World, **values: Any) -> what.Opening:
    return what.Opening.objects.create(**{"indicator": world.indicators["che"], "unit": world.authority, **values})


def twice(make: Callable[[], Any]) -> None:
    make()
    make()


def two_dates(row: models.Model) -> None:
    change(row, valid_from=DAY, valid_to=EVE)


#: constraint name → an act that breaks it and nothing else.
def response(world: World, **values: Any) -> when.LaunchResponse:
    part = world.campaign.participations.get(unit=world.communes[0])
    columns = {"participation": part, "recorded_by": user(world), "recorded_at": timezone.now()}
    return when.LaunchResponse.objects.create(**{**columns, **values})


def publication(world: World, **values: Any) -> shown.PublishedOrder:
    cluster, _ = when.Cluster.objects.get_or_create(campaign=world.campaign, name="Cụm 1")
    columns = {"cluster": cluster, "period": world.period(1), "basis": "sent", "rows": [], "published_by": user(world)}
    return shown.PublishedOrder.objects.create(published_at=timezone.now(), **{**columns, **values})


BREAKS: dict[str, Callable[[World], object]] = {
    # who
    "org_unit_dates_in_order": lambda w: two_dates(w.lead),
    "org_unit_has_name": lambda w: change(w.lead, name=""),
    "launch_response_plan_number_and_date": lambda w: response(w, plan_number="12/KH-UBND"),
    "pledge_once": lambda w: again(
        what.Pledge,
        indicator=w.indicators["che"],
        unit=w.communes[0],
        amount=D(60),
        recorded_by=user(w),
        recorded_at=timezone.now(),
    ),
    "published_order_once": lambda w: (publication(w), publication(w)),
    "published_order_withdrawn_with_reason": lambda w: publication(w, withdrawn_at=timezone.now()),
    "org_unit_place_on_grid": lambda w: change(w.lead, grid_column=1),
    "unit_name_once": lambda w: again(who.UnitName, unit=w.lead, name="Tên cũ", valid_from=DAY),
    "unit_name_dates_in_order": lambda w: who.UnitName.objects.create(
        unit=w.lead, name="Tên cũ", valid_from=DAY, valid_to=EVE
    ),
    "unit_code_one_holder_now": lambda w: again(who.UnitCode, unit=w.lead, code="23455"),
    "unit_code_dates_in_order": lambda w: who.UnitCode.objects.create(
        unit=w.lead, code="1", valid_from=DAY, valid_to=EVE
    ),
    "spelling_variant_once": lambda w: again(who.SpellingVariant, unit=w.lead, text="Măng Buk"),
    "succession_once": lambda w: again(
        who.Succession, predecessor=w.communes[0], successor=w.communes[1], kind="merge", effective_on=DAY
    ),
    "succession_two_units": lambda w: who.Succession.objects.create(
        predecessor=w.lead, successor=w.lead, kind="merge", effective_on=DAY
    ),
    "post_once_now": lambda w: again(who.Post, user=user(w), unit=w.lead, title="Trưởng phòng"),
    "post_dates_in_order": lambda w: who.Post.objects.create(
        user=user(w), unit=w.lead, title="Trưởng phòng", valid_from=DAY, valid_to=EVE
    ),
    "role_grant_once_now": lambda w: again(who.RoleGrant, user=user(w), unit=w.lead, role="clerk"),
    "role_grant_known_role": lambda w: who.RoleGrant.objects.create(user=user(w), unit=w.lead, role="vua"),
    "role_grant_dates_in_order": lambda w: who.RoleGrant.objects.create(
        user=user(w), unit=w.lead, role="clerk", valid_from=DAY, valid_to=EVE
    ),
    "stand_in_dates_in_order": lambda w: stand_in(w, valid_to=EVE),
    "stand_in_not_oneself": lambda w: stand_in(w, holder=w.people["head0"]),
    "stand_in_has_ground": lambda w: stand_in(w, ground=""),
    "stand_in_withdrawn_by_somebody": lambda w: stand_in(w, withdrawn_at=timezone.now()),
    "stand_in_one_begins_a_day": lambda w: [stand_in(w), stand_in(w, valid_to=date(2024, 9, 1))],
    "stored_file_not_empty": lambda w: stored_file(size=0),
    # when
    "campaign_dates_in_order": lambda w: campaign_row(w, ends_on=date(2024, 1, 1)),
    "campaign_year_starts_first": lambda w: campaign_row(w, year_starts_on=date(2025, 1, 1)),
    "campaign_launched_has_moment": lambda w: campaign_row(w, launched_at=None),
    "band_threshold_once_a_day": lambda w: again(when.BandThreshold, campaign=w.campaign, valid_from=DAY),
    "band_thresholds_in_order": lambda w: when.BandThreshold.objects.create(
        campaign=w.campaign, valid_from=DAY, ahead_from=50
    ),
    "passage_key_once": lambda w: twice(lambda: passage(w)),
    "legal_basis_once": lambda w: again(when.LegalBasis, campaign=w.campaign, number="32/NQ-HĐND", position=1),
    "content_area_key_once": lambda w: again(
        when.ContentArea, campaign=w.campaign, key="2-9", title="Khác", position=9
    ),
    "content_area_not_its_own_part": lambda w: change(w.area, parent=w.area),
    "recipient_position_once": lambda w: again(when.Recipient, campaign=w.campaign, text="Lưu: VT", position=1),
    "duty_position_once": lambda w: again(
        when.Duty, campaign=w.campaign, passage=passage(w), text="Đôn đốc", bearer="Phòng Nội vụ", position=1
    ),
    "cluster_name_once": lambda w: again(when.Cluster, campaign=w.campaign, name="Cụm 1"),
    "deadline_tier_name_once": lambda w: again(
        when.DeadlineTier, campaign=w.campaign, name="Phòng, ban", day_of_month=18
    ),
    "deadline_tier_day_in_month": lambda w: change(w.campaign.tiers.get(), day_of_month=31),
    "participation_once": lambda w: again(
        when.Participation,
        campaign=w.campaign,
        unit=w.authority,
        relation="assigned",
        tier=w.campaign.tiers.get(),
        unit_name="UBND",
    ),
    "participation_known_relation": lambda w: change(w.campaign.participations.first(), relation="khac"),
    "area_oversight_once": lambda w: again(when.AreaOversight, area=w.area, user=user(w)),
    "day_off_once_everywhere": lambda w: again(when.DayOff, on=DAY, kind="holiday", name="Nghỉ"),
    "day_off_once_an_authority": lambda w: again(
        when.DayOff, authority=w.authority, on=DAY, kind="holiday", name="Nghỉ"
    ),
    "period_number_once": lambda w: change(w.period(1), number=2),
    "period_dates_in_order": lambda w: change(w.period(1), ends_on=date(2024, 1, 1)),
    "period_flash_numbered_apart": lambda w: change(w.period(1), kind="flash"),
    "period_extra_name_once": lambda w: [extra_period(w, number=1001), extra_period(w, number=1002)],
    "period_month_in_year": lambda w: change(w.period(1), month=13),
    "deadline_once": lambda w: again(
        when.Deadline, period=w.period(1), tier=w.campaign.tiers.get(), due_on=date(2024, 7, 16)
    ),
    "submission_one_a_period": lambda w: when.Submission.objects.create(
        participation=w.submission().participation, period=w.period(1), due_on=DAY
    ),
    "submission_known_status": lambda w: change(w.submission(), status="khac"),
    "submission_received_has_moment": lambda w: change(w.submission(), status="received"),
    "submission_signed_number_and_date": lambda w: change(w.submission(), signed_number="15/BC-UBND"),
    "submission_move_sequence_once": lambda w: again(
        when.SubmissionMove,
        submission=w.submission(),
        sequence=1,
        move="submit",
        from_status="draft",
        to_status="sent",
        by=user(w),
        at=timezone.now(),
    ),
    "submission_move_counts_from_one": lambda w: when.SubmissionMove.objects.create(
        submission=w.submission(),
        sequence=0,
        move="submit",
        from_status="draft",
        to_status="sent",
        by=user(w),
        at=timezone.now(),
    ),
    "deadline_extension_is_later": lambda w: when.DeadlineExtension.objects.create(
        submission=w.submission(), old_due_on=DAY, new_due_on=EVE, reason="Mưa lũ", by=user(w), at=timezone.now()
    ),
    # what
    "indicator_code_once": lambda w: make_indicator(w.campaign, w.area, "che", "Chè"),
    "indicator_not_its_own_part": lambda w: change(w.indicators["che"], parent=w.indicators["che"]),
    "indicator_decimals_fit": lambda w: change(w.indicators["che"], decimals=5),
    "indicator_number_has_unit_of_measure": lambda w: change(w.indicators["che"], unit_of_measure=""),
    "indicator_confidential_has_no_number": lambda w: change(w.indicators["che"], is_confidential=True),
    "denominator_once": lambda w: twice(lambda: base(w)),
    "milestone_step_once": lambda w: again(
        what.MilestoneStep, indicator=w.indicators["tuyen-truyen"], position=1, name="Lập đề án"
    ),
    "target_sequence_once": lambda w: twice(lambda: target(w)),
    "target_sequence_once_a_base": lambda w: (one := base(w), twice(lambda: target(w, base=one))),
    "target_percentage_has_base": lambda w: target(w, is_percentage=True),
    "path_point_once": lambda w: again(what.PathPoint, indicator=w.indicators["che"], period=w.period(1), share=D(20)),
    "path_point_once_a_unit": lambda w: again(
        what.PathPoint, indicator=w.indicators["che"], unit=w.lead, period=w.period(1), share=D(20)
    ),
    "path_point_not_negative": lambda w: what.PathPoint.objects.create(
        indicator=w.indicators["che"], period=w.period(1), share=D(-1)
    ),
    "opening_once": lambda w: twice(lambda: opening(w, amount=D(0))),
    "opening_once_a_base": lambda w: (one := base(w), twice(lambda: opening(w, rate=D(40), base=one))),
    "opening_amount_or_rate": lambda w: opening(w),
    "opening_rate_has_base": lambda w: opening(w, rate=D(40)),
    "allocation_note_once": lambda w: twice(lambda: allocation_note(w)),
    "allocation_note_once_a_base": lambda w: (one := base(w), twice(lambda: allocation_note(w, base=one))),
    "contradiction_key_once": lambda w: twice(lambda: contradiction(w)),
    "contradiction_settled_by_someone": lambda w: change(contradiction(w), settled_at=timezone.now()),
    "claim_once": lambda w: again(
        what.Claim, contradiction=contradiction(w), subject="opening_rate", value=D(0), unit_of_measure="%"
    ),
    "assignment_once_now": lambda w: again(
        what.Assignment, indicator=w.indicators["che"], unit=w.authority, role="co_operates"
    ),
    "assignment_one_lead_now": lambda w: what.Assignment.objects.create(
        indicator=w.indicators["che"], unit=w.authority, role="leads"
    ),
    "assignment_dates_in_order": lambda w: two_dates(w.figure("che").assignment),
    "assignment_not_applicable_is_a_report_row": lambda w: what.Assignment.objects.create(
        indicator=w.indicators["che"], unit=w.authority, role="co_operates", is_not_applicable=True
    ),
    "figure_one_a_period": lambda w: change(w.figure("che", 0, 1), period=w.period(2)),
    "figure_reported_has_amount": lambda w: change(w.figure("che"), state="reported"),
    "figure_empty_has_no_amount": lambda w: change(w.figure("che"), amount=D(1)),
    "figure_task_has_no_amount": lambda w: change(w.figure("tuyen-truyen"), state="reported", amount=D(1)),
    "figure_percent_in_range": lambda w: change(w.figure("tuyen-truyen"), percent=D(101)),
    "figure_version_sequence_once": lambda w: twice(lambda: version(w.figure("che"), user(w), sequence=1)),
    "figure_version_sent_once": lambda w: (
        version(w.figure("che"), user(w), sequence=1, client_key="a"),
        version(w.figure("che"), user(w), sequence=2, client_key="a"),
    ),
    "evidence_once": evidence_twice,
    "prior_figure_once": lambda w: again(
        what.PriorFigure, assignment=w.figure("che").assignment, period=w.period(1), amount=D(1), source="Báo cáo"
    ),
    "draft_line_position_once": lambda w: (one := passage(w), twice(lambda: draft_line(w, one))),
    "draft_line_decided_by_someone": lambda w: draft_line(w, passage(w), state="dropped"),
    "prior_figure_says_something": lambda w: what.PriorFigure.objects.create(
        assignment=w.figure("che").assignment, period=w.period(1), source="Báo cáo"
    ),
    "total_once": lambda w: again(
        what.Total, indicator=w.indicators["tuyen-truyen"], unit=w.communes[0], period=w.period(1)
    ),
    # what is done about it
    **followup_breaks.BREAKS,
    **units_breaks.BREAKS,
    # shown to whom
    **reports_breaks.BREAKS,
    **batch_breaks.BREAKS,
}


def own_constraints() -> dict[str, models.BaseConstraint]:
    """Every constraint of our own models by its name."""
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {constraint.name: constraint for model in ours for constraint in model._meta.constraints}


def test_every_constraint_is_tried():
    assert set(BREAKS) <= set(own_constraints())
    elsewhere = {name for name in own_constraints() if name not in BREAKS}
    assert elsewhere == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_and_the_sentence_is_found(name):
    world = make_world(communes=2)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        BREAKS[name](world)

    assert sentence_of(caught.value) == str(own_constraints()[name].violation_error_message)


def test_every_constraint_carries_a_sentence_of_its_own():
    default = str(models.BaseConstraint.default_violation_error_message)
    bare = [name for name, row in own_constraints().items() if str(row.violation_error_message) == default]
    assert bare == []


def test_units_keep_their_place_in_the_tree(db):
    top = make_unit("tinh", "Tỉnh", kind="ubnd", level="huyen")
    below = make_unit("xa-a", "xã A", parent=top)

    assert below.path == f"/{top.pk}/{below.pk}/"
