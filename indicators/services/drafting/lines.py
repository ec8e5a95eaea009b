"""Reads a document into the lines of a draft; nothing of it is a definition until a person accepts it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.choices import PassageKind
from campaign.imports.documents import read_lines
from campaign.models import Campaign, Passage
from campaign.permissions import why_not_prepare
from campaign.rules.drafting.outline import Node, Section, path_of, title_of
from indicators.choices import DraftKind, DraftState
from indicators.models import DraftLine
from indicators.rules.drafting.areas import areas_in
from indicators.rules.drafting.claims import Place, Said, Subject
from indicators.rules.drafting.disagreements import merge_repeats
from indicators.rules.drafting.duties import is_heading
from indicators.rules.drafting.proposals import proposal_of
from indicators.rules.drafting.reading import Reading, read_document, texts_of
from units.errors import refuse
from units.models import OrgUnit, StoredFile, User
from units.services import record_act
from vietnamese.text import shortened

SUBJECT_KINDS = {
    Subject.TARGET: DraftKind.TARGET,
    Subject.OPENING: DraftKind.OPENING,
    Subject.UNCLEAR: DraftKind.UNCLEAR,
}
#: Without any of these a text is no document of a campaign.
OF_CONTENT = (DraftKind.AREA, DraftKind.TASK, *SUBJECT_KINDS.values())
ALREADY_BEGUN = "Đã nhận một số dòng của bản nháp trước nên không đọc lại văn bản khác. Bỏ phong trào này rồi lập lại."
NOTHING_FOUND = (
    "Không thấy nội dung thi đua, chỉ tiêu hay nhiệm vụ nào trong văn bản này. Kiểm tra lại tệp đã chọn: chương trình "
    "đọc phần đánh số (1., 2.1, a), -) và câu có số liệu."
)
HAS_CONTENT = (
    "Phong trào này đã có nội dung thi đua (chép từ đợt trước hoặc nhập tay) nên không đọc văn bản vào nữa. Sửa từng "
    "dòng hoặc bằng bảng Excel; muốn bắt đầu từ văn bản thì lập phong trào mới, không chép đợt trước."
)
#: A closing phrase is no duty; the document ends with it.
CLOSING = "Trên đây là"
#: How many characters of a heading, a name and a number column hold.
SHORT, NAME, LONG = 80, 160, 500

Row = tuple[str, Place, str, dict[str, Any]]


@transaction.atomic
def draft_from_document(
    campaign: Campaign, *, name: str, content: bytes, by: User, file: StoredFile | None = None
) -> list[DraftLine]:
    """Read a .docx, .pdf or .txt into passages and draft lines; an earlier draft without accepted lines gives way."""
    refuse(why_not_prepare(campaign, by))
    reading = read_document(read_lines(name, content), names_of_units(campaign))
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if begun := why_not_read(row):
        raise ValidationError(begun)
    if not any(kind in OF_CONTENT for kind, *_ in _rows(reading)):
        raise ValidationError(NOTHING_FOUND)
    row.draft_lines.all().delete()
    row.passages.all().delete()
    passages = _keep_passages(row, reading)
    _fill_head(row, reading, file)
    lines = [
        DraftLine(
            campaign=row, kind=kind, passage=passages[_key_of(place)], quote=quote, values=values, position=position
        )
        for position, (kind, place, quote, values) in enumerate(_rows(reading), 1)
    ]
    DraftLine.objects.bulk_create(lines)
    detail = {"lines": len(lines), "file": name}
    record_act("campaign.document_read", by=by, subject=row, unit=row.standing_body, detail=detail)
    return lines


def why_not_read(campaign: Campaign) -> str:
    """What stands in the way of reading a document into the campaign; "" while nothing of it is decided."""
    if campaign.draft_lines.filter(state=DraftState.ACCEPTED).exists():
        return ALREADY_BEGUN
    return HAS_CONTENT if campaign.areas.exists() else ""


def names_of_units(campaign: Campaign) -> dict[str, str]:
    """Every spelling of the units below the authority → the unit's key; names and their variants. Two queries."""
    units = OrgUnit.objects.at_or_below(campaign.authority).exclude(pk=campaign.authority_id)
    names: dict[str, str] = {}
    for unit in units.prefetch_related("variants"):
        spellings = [unit.name, unit.official_name, *(variant.text for variant in unit.variants.all())]
        names.update(dict.fromkeys(filter(None, spellings), unit.key))
        if unit.short_name[:1].isupper():
            names.setdefault(unit.short_name, unit.key)
    return names


def _key_of(place: Place) -> str:
    return f"chu-thich-{place.footnote}" if place.footnote is not None else f"doan-{place.paragraph}"


def _keep_passages(campaign: Campaign, reading: Reading) -> dict[str, Passage]:
    """Every paragraph and footnote word for word, in reading order."""
    rows = [
        Passage(
            campaign=campaign,
            key=f"doan-{node.position}",
            kind=PassageKind.RECIPIENTS if node.section is Section.RECIPIENTS else PassageKind.BODY,
            numbering=node.mark[:20],
            title=node.title[:300],
            text=node.text,
            page=node.page,
            position=node.position,
        )
        for node in reading.nodes
    ]
    rows += [
        Passage(
            campaign=campaign,
            key=f"chu-thich-{note.number}",
            kind=PassageKind.FOOTNOTE,
            numbering=str(note.number),
            text=note.text,
            page=note.page,
            position=len(reading.nodes) + note.number,
        )
        for note in reading.footnotes.values()
    ]
    return {row.key: row for row in Passage.objects.bulk_create(rows)}


def _fill_head(campaign: Campaign, reading: Reading, file: StoredFile | None) -> None:
    """What the document says of itself, where the campaign does not have it yet."""
    goals = [node.text for node in reading.in_section(Section.GOAL)]
    campaign.goal = campaign.goal or "\n".join(goals)
    campaign.document_number = campaign.document_number or reading.number[:60]
    campaign.document_date = campaign.document_date or reading.dated
    campaign.document = file or campaign.document
    campaign.save(update_fields=["goal", "document_number", "document_date", "document"])


def _rows(reading: Reading) -> Iterator[Row]:
    """All lines in the order of the set-up: the tree, what surrounds it, values, tasks, contradictions, the unread."""
    areas = areas_in(reading.nodes, reading.said)
    branches = {node.position for node in areas}
    yield from (_area(reading, node) for node in areas)
    yield from _surroundings(reading)
    for group in merge_repeats(reading.said):
        one = reading.said[group[0]]
        also = [_place_words(reading, reading.said[at].place) for at in group[1:]]
        kind = SUBJECT_KINDS[one.subject]
        keys = (_area_key(reading, reading.said[at].place, branches) for at in group)
        area = next(filter(None, keys), "")
        yield kind, one.place, one.quote, {**_values(reading, one), "also": also, "area": area}
    for task in reading.tasks:
        of_task = {"name": task.name, "units": list(task.units), "area": _area_key(reading, task.place, branches)}
        yield DraftKind.TASK, task.place, task.name, of_task
    for finding in reading.findings:
        sides = [_side(reading, reading.said[at]) for at in finding.sides]
        first = reading.said[finding.sides[0]]
        yield DraftKind.CONTRADICTION, first.place, first.quote, {"name": finding.question, "sides": sides}
    for unread in reading.unread:
        text = {"name": shortened(unread.text, LONG), "is_text": True}
        number = {"name": "", "amount": "", "typed": unread.text, "is_text": False}
        yield DraftKind.UNREAD, unread.place, unread.quote, text if unread.is_text else number


def _area(reading: Reading, node: Node) -> Row:
    """A branch of the content below the branch above it."""
    above = [each for each in path_of(node, reading.nodes)[:-1] if each.section is Section.CONTENT]
    parent = f"doan-{above[-1].position}" if above else ""
    values = {"name": node.title, "numbering": node.numbering[:20], "parent": parent}
    return DraftKind.AREA, Place(paragraph=node.position), node.text, values


def _surroundings(reading: Reading) -> Iterator[Row]:
    """The time, legal bases, duties and recipients."""
    if reading.period:
        first, last = reading.period.days or ("", "")
        days = {"starts_on": str(first), "ends_on": str(last)}
        yield DraftKind.PERIOD, reading.period.place, reading.period.words, {"name": reading.period.words, **days}
    start = Place(paragraph=reading.nodes[0].position)
    for base in reading.bases:
        texts = texts_of(reading.nodes, reading.footnotes)
        places = (place for place, text in texts if base.number in text)
        place = next(places, start)
        dated = base.dated.isoformat() if base.dated else ""
        about = {"kind": base.kind, "dated": dated, "issuer": base.issuer[:200], "about": base.about}
        yield DraftKind.BASIS, place, "", {"name": base.number[:SHORT], **about}
    for node in reading.in_section(Section.ORGANISATION):
        if not is_heading(node, reading.nodes) and not node.text.startswith(CLOSING):
            yield DraftKind.DUTY, Place(paragraph=node.position), node.text, {"name": _bearer(node)}
    for node in reading.in_section(Section.RECIPIENTS)[1:]:
        yield DraftKind.RECIPIENT, Place(paragraph=node.position), node.text, {"name": node.text.rstrip(";. ")[:300]}


def _bearer(node: Node) -> str:
    """Whom the words of a duty name first; a heading before them ("3. Tổ chức thực hiện: …") names nobody."""
    head, colon, body = node.text.partition(":")
    return title_of(body.strip()) if colon and node.parent is None and head.strip() == node.title else node.title


def _values(reading: Reading, one: Said) -> dict[str, Any]:
    """What was read of a value, as texts that a form can show again."""
    whole = reading.said[one.part_of].name if one.part_of is not None else ""
    proposal = asdict(proposal_of(one, reading.said))
    return {
        **proposal,
        "name": one.name[:NAME],
        "amount": str(one.value),
        "is_rate": one.is_rate,
        "operator": one.operator,
        "base": proposal["base"][:NAME],
        "base_as_read": one.base[:NAME],
        "due_on": one.due_on.isoformat() if one.due_on else "",
        "part_of": whole[:NAME],
    }


def _side(reading: Reading, one: Said) -> dict[str, Any]:
    """One side of a contradiction with where it stands."""
    subject = {Subject.TARGET: "target", Subject.OPENING: "opening_rate" if one.is_rate else "opening_amount"}
    return {
        "subject": subject.get(one.subject, "other"),
        "value": str(one.value),
        "unit_of_measure": one.unit,
        "passage": _key_of(one.place),
        "quote": one.quote,
        "name": one.name,
    }


def _area_key(reading: Reading, place: Place, branches: Collection[int]) -> str:
    """The passage of the nearest branch of the content that a sentence stands in; nothing in the introduction."""
    if place.paragraph is None:
        return ""
    above: list[Node] = path_of(reading.nodes[place.paragraph], reading.nodes)
    return next((f"doan-{node.position}" for node in reversed(above) if node.position in branches), "")


def _place_words(reading: Reading, place: Place) -> str:
    """ "chú thích 9", "mục 2.3": where the same is said again."""
    if place.footnote is not None:
        return f"chú thích {place.footnote}"
    node = reading.nodes[place.paragraph or 0]
    return f"mục {node.numbering}" if node.numbering else node.title
