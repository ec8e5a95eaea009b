"""Entering figures: one cell or a grid, with versions, behalf, marks, repeats and lost races."""

import io
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.models import Submission
from indicators.choices import FigureState, VersionKind
from indicators.models import Evidence, Figure, FigureVersion
from indicators.services.evidence import attach_evidence
from indicators.services.figures import Entry, OnBehalf, enter_figure, enter_figures
from tests.builders import assign, at, fill, make_indicator, make_world
from units import clock
from units.errors import LostRace

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.set_to(at("2024-07-15")):
        yield make_world()


def test_each_saved_change_is_a_version(world):
    world.enter("che", "20")
    world.enter("che", "21.5")

    versions = FigureVersion.objects.filter(figure=world.figure("che"))
    assert [(row.sequence, row.amount) for row in versions] == [(1, Decimal("20")), (2, Decimal("21.5"))]
    assert world.figure("che").amount == Decimal("21.5")


def test_the_same_value_again_makes_no_version(world):
    world.enter("che", "20")
    world.enter("che", "20")

    assert FigureVersion.objects.count() == 1


def test_a_real_zero_is_reported_and_nothing_arose_is_not_a_number(world):
    world.enter("che", "0")
    world.enter("ca-phe", None, state=FigureState.NOTHING_AROSE)

    assert (world.figure("che").state, world.figure("che").amount) == (FigureState.REPORTED, Decimal(0))
    assert (world.figure("ca-phe").state, world.figure("ca-phe").amount) == (FigureState.NOTHING_AROSE, None)


def test_clearing_a_cell_makes_it_unreported(world):
    world.enter("che", "20")
    world.enter("che", None, state=FigureState.NOT_REPORTED)

    assert world.figure("che").state == FigureState.NOT_REPORTED


def test_a_cell_that_another_changed_is_not_overwritten(world):
    figure = world.figure("che")
    world.enter("che", "20")

    with pytest.raises(LostRace, match="Trồng chè mới"):
        enter_figure(figure, {"amount": Decimal("30")}, by=world.people["clerk0"], read_version=0)

    assert world.figure("che").amount == Decimal("20")


def test_the_same_send_twice_is_saved_once(world):
    figure = world.figure("che")
    for _ in range(2):
        enter_figure(figure, {"amount": Decimal("20")}, by=world.people["clerk0"], read_version=0, client_key="may-1:1")

    assert FigureVersion.objects.count() == 1


def test_a_grid_is_saved_whole_or_not_at_all(world):
    rows = [
        Entry(world.figure("che").pk, 0, {"amount": Decimal("20")}),
        Entry(world.figure("ca-phe").pk, 7, {"amount": Decimal("3")}),
    ]

    with pytest.raises(LostRace):
        enter_figures(world.submission(), rows, by=world.people["clerk0"])

    assert not FigureVersion.objects.exists()
    assert world.figure("che").amount is None


def test_a_row_of_another_report_is_refused(world):
    rows = [Entry(world.figure("che", commune=1).pk, 0, {"amount": Decimal("20")})]

    with pytest.raises(PermissionDenied, match="không thuộc báo cáo này"):
        enter_figures(world.submission(0), rows, by=world.people["clerk0"])


@pytest.mark.parametrize("person", ["clerk1", "reader", "administrator", "leader", "coordinator"])
def test_nobody_else_enters_in_the_units_own_name(world, person):
    with pytest.raises(PermissionDenied, match="Chỉ người của đơn vị"):
        enter_figure(world.figure("che"), {"amount": Decimal("1")}, by=world.people[person], read_version=0)


def test_entering_on_behalf_keeps_of_whom_and_how(world):
    unit = world.communes[0]
    behalf = OnBehalf(unit, "zalo", "Công chức địa chính xã")

    enter_figure(
        world.figure("che"), {"amount": Decimal("5")}, by=world.people["reviewer"], read_version=0, on_behalf=behalf
    )

    version = FigureVersion.objects.get()
    assert (version.kind, version.on_behalf_of, version.channel) == (VersionKind.ON_BEHALF, unit, "zalo")


def test_a_lead_department_enters_on_behalf_only_for_its_own_indicators(world):
    other = make_indicator(world.campaign, world.area, "thu", "Thu ngân sách")
    assignment = assign(other, world.communes[0])
    figure = Figure.objects.create(
        assignment=assignment, period=world.period(1), submission=world.submission(), kind=other.kind
    )
    behalf = OnBehalf(world.communes[0], "phone", "Kế toán xã")

    with pytest.raises(PermissionDenied, match="nhập thay"):
        enter_figure(figure, {"amount": Decimal("5")}, by=world.people["reviewer"], read_version=0, on_behalf=behalf)


def test_too_many_decimals_are_refused_in_words(world):
    with pytest.raises(ValidationError) as caught:
        world.enter("che", "20.55")

    assert caught.value.messages == ["“Trồng chè mới” chỉ nhận 1 chữ số thập phân. Làm tròn rồi nhập lại."]


def test_a_sent_report_is_read_only_and_says_why(world):
    fill(world)
    world.send()

    with pytest.raises(PermissionDenied, match="Báo cáo đã gửi"):
        world.enter("che", "1")


@pytest.mark.parametrize(
    ("name", "part", "types"),
    [
        ("bien-ban.docx", "word/vbaProject.bin", b"<Types/>"),
        ("bien-ban.docx", "word/styles.xml", b'<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'),
        ("bien-ban.docm", "word/styles.xml", b"<Types/>"),
    ],
)
def test_evidence_with_macros_is_refused_by_what_is_in_it_and_by_its_name(world, name, part, types):
    package = io.BytesIO()
    with ZipFile(package, "w") as parts:
        for path, content in {"[Content_Types].xml": types, "word/document.xml": b"<a/>", part: b"b"}.items():
            parts.writestr(path, content)

    with pytest.raises(ValidationError, match=f"Tệp “{name}” có macro. Lưu dạng .docx, .xlsx không macro hoặc PDF"):
        attach_evidence(world.figure("che"), SimpleUploadedFile(name, package.getvalue()), by=world.people["clerk0"])

    assert not Evidence.objects.exists()


def test_evidence_is_judged_by_its_bytes(world):
    figure = world.figure("che")
    attach_evidence(figure, SimpleUploadedFile("bien-ban.pdf", PDF), by=world.people["clerk0"])

    with pytest.raises(ValidationError, match="không phải ảnh, PDF"):
        attach_evidence(figure, SimpleUploadedFile("anh.pdf", b"<script>"), by=world.people["clerk0"])

    assert Evidence.objects.get().file.content_type == "application/pdf"


def test_saving_a_grid_takes_a_fixed_number_of_queries(world):
    counts = []
    for rows in (1, 12):
        submission = Submission.objects.get(pk=world.submission(rows % 2).pk)
        for number in range(rows):
            indicator = make_indicator(world.campaign, world.area, f"them-{rows}-{number}", f"Thêm {number}")
            assignment = assign(indicator, submission.participation.unit)
            Figure.objects.create(
                assignment=assignment, period=submission.period, submission=submission, kind=indicator.kind
            )
        added = submission.figures.filter(assignment__indicator__code__startswith=f"them-{rows}-")
        entries = [Entry(pk, 0, {"amount": Decimal("1")}, f"khoa-{pk}") for pk in added.values_list("pk", flat=True)]
        clerk = world.people[f"clerk{rows % 2}"]
        clerk.__dict__.pop("grants", None)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            enter_figures(submission, entries, by=clerk)
        statements = [row["sql"] for row in queries if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8, counts
