"""The drawings of a report: every number in them is in their table, the alternative text and Word say the same."""

import re
from io import BytesIO
from xml.etree import ElementTree

import docx
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from campaign.models import Campaign
from indicators.models import Figure
from indicators.services.past import past_of
from paper.document import Chart
from reports.exports.documents import document
from reports.exports.docx import document_docx
from reports.exports.kinds import KINDS, MONTH
from reports.exports.pdf import document_pdf
from reports.tables.frame import Frame
from reports.tables.material import report_material
from units import clock

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SVG = "{http://www.w3.org/2000/svg}"


def material(number=5, *, past=None):
    campaign = Campaign.objects.select_related("authority__kind", "standing_body__kind").get()
    return report_material(Frame(campaign, campaign.periods.get(number=number), "sent"), past=past)


def charts_of(whole):
    return [block for block in whole.blocks if isinstance(block, Chart)]


def drawn_words(chart):
    return " ".join(one.text for one in ElementTree.fromstring(chart.svg).iter(f"{SVG}text"))


def told(table):
    return " ".join(cell.text for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(("key", "count"), [("thang", 4), ("so-ket", 6), ("tong-ket", 6)])
def test_every_number_drawn_stands_in_the_table_and_in_the_words_of_its_drawing(demo, key, count):
    found = charts_of(document(KINDS[key], material()))

    assert len(found) == count
    for chart in found:
        numbers = set(NUMBER.findall(f"{drawn_words(chart)} {chart.caption}"))
        assert numbers - set(NUMBER.findall(told(chart.data))) == set()
        assert numbers - set(NUMBER.findall(chart.alternative)) == set()


def test_numbers_of_a_course_are_those_of_the_builder(demo):
    whole = material()
    standing, course = whole.pictures.courses[0]
    [chart] = [one for one in charts_of(document(MONTH, whole)) if one.data.key == f"chart:{standing.indicator.code}"]

    rows = [row.cells for row in chart.data.rows[: len(course.periods)]]
    assert [cells[1].value for cells in rows] == list(course.values)
    assert [cells[2].value for cells in rows] == list(course.path)
    judged = standing.cumulative if standing.is_year else standing.since_launch
    assert course.values[4] == judged


def test_bands_drawn_are_as_many_as_indicators(demo):
    whole = material()
    [chart] = [one for one in charts_of(document(MONTH, whole)) if one.data.key == "chart:bands"]

    assert sum(cell.value or 0 for row in chart.data.rows for cell in row.cells[1:]) == len(whole.summary.rows)


def test_the_months_drawings_take_one_sheet_and_each_has_its_alternative_text(demo):
    whole = document(MONTH, material())
    reader = PdfReader(BytesIO(document_pdf(whole)))

    sheets = [page for page in reader.pages if "BIỂU ĐỒ TIẾN ĐỘ" in page.extract_text()]
    assert sheets == [reader.pages[-1]]
    alternatives = set(_alternatives(reader))
    courses = [chart for chart in charts_of(whole) if chart.data.key != "chart:bands"]
    assert {any(chart.alternative in one for one in alternatives) for chart in courses} == {True}


def test_how_the_drawings_are_read_is_told_once_below_the_last(demo):
    legends = [one.legend for one in charts_of(document(MONTH, material()))]

    assert [bool(one) for one in legends] == [True, False, False, True]
    assert legends[-1].startswith("Nét liền: lũy kế")


def test_word_prints_the_values_of_a_drawing_as_a_table(demo):
    whole = document(MONTH, material())
    file = docx.Document(BytesIO(document_docx(whole)))

    tables = [" ".join(cell.text for row in table.rows for cell in row.cells) for table in file.tables]
    for chart in charts_of(whole):
        assert any(all(cell.text in one for row in chart.data.rows for cell in row.cells) for one in tables)


def test_of_a_past_moment_no_course_is_drawn(demo):
    figure = Figure.objects.order_by("pk")[0]
    found = material(past=past_of(figure.submission.participation.campaign, clock.now()))

    assert found.pictures.courses == ()


def _alternatives(reader):
    """Every alternative text in the structure tree."""
    waiting, seen = [reader.trailer["/Root"]["/StructTreeRoot"]], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
            node = node.get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/Alt" in node:
                yield str(node["/Alt"])
            waiting += [node[key] for key in ("/K",) if key in node]


def test_no_forecast_is_told_of_an_indicator_whose_day_has_passed(demo):
    whole = material()
    ahead = {pk: found for pk, found in whole.outlooks.items() if found.ends_on > whole.frame.period.ends_on}

    assert {
        row.indicator.pk: whole.ahead(row.standing) for row in whole.summary.rows if row.indicator.pk in ahead
    } == ahead
    last = material(6)
    past = [
        row.standing
        for row in last.summary.rows
        if (one := last.outlooks.get(row.indicator.pk)) and one.ends_on <= last.frame.period.ends_on
    ]
    assert past
    assert [last.ahead(one) for one in past] == [None] * len(past)
