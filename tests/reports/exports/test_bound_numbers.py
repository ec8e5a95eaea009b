"""Every number of a report is one of its values, on paper as in the document; one figure moves its sentences only."""

import re
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from indicators.models import Figure
from indicators.services.submissions import make_move
from paper.document import Heading, Paragraph, Table
from reports.exports.documents import document
from reports.exports.docx import document_docx
from reports.exports.kinds import KINDS
from reports.exports.pdf import document_pdf
from reports.tables.frame import Frame
from reports.tables.material import QUERIES, own_material, report_material
from reports.tables.unit_report import unit_report
from tests.builders import at
from tests.kept import kept_world
from tests.reports.drafting import EVENING, drafted_world
from units import clock
from vietnamese.numbers import round_half_up

pytestmark = pytest.mark.django_db
world = kept_world(drafted_world, EVENING)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def made(world, key, period=2, basis="sent"):
    kind = KINDS[key]
    frame = Frame(world.campaign, world.period(period), basis)
    area = world.area if kind.scope == "area" else None
    with clock.set_to(EVENING):
        if kind.is_own:
            return document(kind, own_material(unit_report(world.submission(0, period), None)))
        material = report_material(frame, since_launch=kind.tells_campaign, area=area, with_sheets=kind.has_sheets)
        return document(kind, material)


def numbers(text):
    return set(NUMBER.findall(text))


def written(value, decimals):
    """The value as the house writes it, by another way than the one that wrote it."""
    shown = f"{round_half_up(Decimal(value), decimals):,.{decimals}f}"
    return shown.translate(str.maketrans(",.", ".,"))


def known_numbers(whole):
    """Numbers of bound values, of the letter, of heads and of the numbering of lists and columns."""
    letter = whole.letter
    found = numbers(" ".join((letter.title.plain, letter.letterhead.place_and_date, letter.letterhead.number_pattern)))
    for block in whole.blocks:
        if isinstance(block, Paragraph):
            found |= {number for span in block.spans if span.is_bound for number in numbers(span.text)}
            found |= numbers(re.match(r"(\d+\. )?", block.text)[0])
        elif isinstance(block, Heading):
            found |= numbers(block.text)
        elif isinstance(block, Table):
            found |= {str(place) for place in range(1, len(block.columns) + 1)} | numbers(block.source)
            found |= numbers(" ".join(f"{column.title} {column.note}" for column in block.columns))
            for row in block.rows:
                found |= {number for cell in row.cells for number in numbers(f"{cell.text} {cell.note}")}
    found |= numbers(" ".join(annex.head.plain + annex.head.reference for annex in whole.annexes))
    return found


@pytest.mark.parametrize("key", KINDS)
def test_no_number_of_a_sentence_stands_unbound(world, key):
    loose = {}
    for block in made(world, key).paragraphs:
        text = "".join(span.text for span in block.spans if not span.is_bound)
        rest = NUMBER.findall(re.sub(r"^\d+\. ", "", text))
        if rest:
            loose[block.key] = (rest, block.text)

    assert loose == {}


@pytest.mark.parametrize("key", KINDS)
def test_equal_names_are_bound_to_equal_values(world, key):
    seen = {}
    for span in made(world, key).bound:
        assert seen.setdefault(span.key, span.value) == span.value, span.key


@pytest.mark.parametrize("key", KINDS)
def test_every_bound_number_is_its_value_rounded_as_stated(world, key):
    wrong = [
        (span.key, span.text, span.value)
        for span in made(world, key).bound
        if span.decimals is not None
        and isinstance(span.value, (int, Decimal))
        and span.text.removesuffix(" %").lstrip("0") != written(span.value, span.decimals).lstrip("0")
    ]

    assert wrong == []


@pytest.mark.parametrize("key", ["thang", "danh-gia"])
def test_every_number_on_paper_is_one_of_the_document(world, key):
    whole = made(world, key)
    pages = PdfReader(BytesIO(document_pdf(whole))).pages
    printed = set()
    for number, page in enumerate(pages, start=1):
        text = re.sub(r"(\d)-\s*\n", r"\1", page.extract_text().replace("\u00a0", " "))
        printed |= numbers(text) - {str(number)}

    assert printed - known_numbers(whole) - {str(place) for place in range(1, len(pages) + 1)} == set()


@pytest.mark.parametrize("key", KINDS)
def test_every_number_in_word_is_one_of_the_document(world, key):
    whole = made(world, key)
    file = docx.Document(BytesIO(document_docx(whole)))
    texts = [node.text or "" for node in file.element.body.iter(qn("w:t"))]

    printed = numbers(" | ".join(texts).replace("\u00a0", " "))

    assert printed - known_numbers(whole) == set()
    assert printed >= {number for span in whole.bound if span.decimals is not None for number in numbers(span.text)}


def test_values_in_sentences_are_those_of_the_builder(world):
    with clock.set_to(EVENING):
        material = report_material(Frame(world.campaign, world.period(2), "sent"))
        whole = document(KINDS["so-ket"], material)
    standings = {row.indicator.code: row.standing for row in material.summary.rows}
    compared = 0
    for span in whole.bound:
        code, _, what = span.key.partition(":")
        if code in standings and what in ("rate", "cumulative", "since_launch", "expected_rate"):
            assert span.value == getattr(standings[code], what)
            compared += 1
    assert compared > 5


def test_one_figure_changes_exactly_the_sentences_that_depend_on_it(world):
    before = {block.key: block.text for block in made(world, "so-ket").paragraphs}

    world.indicators["giai-ngan"].targets.update(amount=Decimal("20000"))

    after = {block.key: block.text for block in made(world, "so-ket").paragraphs}
    changed = {key for key in before if before[key] != after.get(key)} | (after.keys() - before.keys())
    assert changed
    assert {key for key in changed if "giai-ngan" not in key} <= {
        "shortcomings:worst",
        "strengths:bands",
        "area:2.3:bands",
        "ahead:1",
    }


def test_reading_takes_the_named_number_of_queries_at_most(world, django_assert_max_num_queries):
    with clock.set_to(EVENING), django_assert_max_num_queries(QUERIES):
        report_material(Frame(world.campaign, world.period(2), "sent"), since_launch=True)


@pytest.mark.parametrize("key", ["thang", "so-ket", "tong-ket"])
def test_a_sentence_changes_exactly_when_one_of_its_values_does(world, key):
    def told():
        return {
            block.key: (block.text, [(span.key, span.value) for span in block.spans if span.is_bound])
            for block in made(world, key).paragraphs
        }

    before = told()
    figure = Figure.objects.get(
        assignment__indicator__code="che", assignment__unit=world.communes[0], period=world.period(2)
    )
    with clock.set_to(at("2024-08-15", 15)):
        make_move(
            "reopen", figure.submission, by=world.people["coordinator"], reason="Đếm lại", expires_on=EVENING.date()
        )
        world.enter("che", "30", 0, 2)
        world.send(0, 2)
    after = told()

    shared = before.keys() & after.keys()
    changed = {one for one in shared if before[one][0] != after[one][0]}
    assert changed
    assert changed == {one for one in shared if before[one][1] != after[one][1]}
    values = {pair for one in changed for pair in set(before[one][1]) ^ set(after[one][1])}
    assert {name for name, _ in values if name.startswith(("giai-ngan", "don", "ca-phe"))} == set()
