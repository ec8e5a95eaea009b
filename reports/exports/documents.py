"""A report put together: the letter of its issuer, the text in its sections, the annexes; the neutral document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paper.document import AnnexPart, CheckCode, Document
from paper.letter import UNNAMED, Letter, Recipients, SignatureBlock, Title
from reports.exports.editing import with_written
from reports.exports.kind import Kind
from reports.exports.kinds import OWN_REPORT
from reports.exports.letters import kept_at, letterhead, reported_to, sent_to, signature_lines
from reports.exports.parts import SectionText, blocks_of
from reports.exports.summary_text import Writer
from reports.tables.material import Material, material_of, own_material
from reports.tables.period_report import PeriodReport
from reports.tables.unit_report import UnitReport
from units import clock
from units.models import OrgUnit


@dataclass(frozen=True)
class Choices:
    """What the office chose; empty stands for the usual.

    ``written`` maps the key of a part to the text that a person wrote in its place.
    """

    issuer: OrgUnit | None = None
    about: tuple[str, ...] = ()
    addressees: tuple[str, ...] | None = None
    recipients: tuple[str, ...] = ()
    kept: str = ""
    signature: tuple[str, ...] = ()
    signer: str = ""
    left_out: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)
    check: CheckCode | None = None
    is_draft: bool | None = None


def suggested_sections(kind: Kind, report: Material, choices: Choices) -> tuple[SectionText, ...]:
    """The text as the program suggests it, every section of the kind."""
    to = _addressees(report, choices)
    name = _issuer(report, choices).official_name
    writer = Writer(name, to[0]) if len(to) == 1 else Writer(name, addressee_lines=len(to) + 1)
    return kind.text(report, writer)


def sections_of(kind: Kind, report: Material, choices: Choices) -> tuple[SectionText, ...]:
    """The text with the written parts put in, without the sections left out."""
    whole = with_written(suggested_sections(kind, report, choices), dict(choices.written))
    return tuple(section for section in whole if section.key not in choices.left_out)


def unit_document(report: UnitReport) -> Document:
    """A unit's own report as suggested, to its authority and the standing body; a draft until it was sent."""
    return document(OWN_REPORT, own_material(report))


def document(kind: Kind, report: PeriodReport, choices: Choices | None = None) -> Document:
    """The whole report as it would be printed."""
    return _document(kind, material_of(report), choices or Choices())


def _document(kind: Kind, report: Material, chosen: Choices) -> Document:
    letter = letter_of(kind, report, chosen)
    wanted = [one for one in kind.annexes if one.key not in chosen.left_out]
    heads = letter.annexes([one.title(report) for one in wanted])
    return Document(
        letter=letter,
        body=blocks_of(sections_of(kind, report, chosen)),
        made_at=report.made_at,
        annexes=tuple(
            AnnexPart(head, one.blocks(report), one.is_wide) for head, one in zip(heads, wanted, strict=True)
        ),
        check=chosen.check,
    )


def letter_of(kind: Kind, report: Material, choices: Choices) -> Letter:
    """The letter around the text. A draft while it counts what was sent and not what was received, unless frozen."""
    campaign = report.frame.campaign
    issuer = _issuer(report, choices)
    superior = campaign.authority if issuer.pk == campaign.standing_body_id else issuer.parent
    year = clock.local_date(report.made_at).year
    lines = choices.signature or signature_lines(issuer)
    by_authority = issuer.pk == campaign.authority_id
    is_draft = report.is_preliminary if choices.is_draft is None else choices.is_draft
    return Letter(
        letterhead=letterhead(issuer, superior, year),
        title=Title(kind.title, choices.about or kind.about(report)),
        signature=SignatureBlock(lines, choices.signer or UNNAMED),
        recipients=Recipients(
            choices.recipients or sent_to(report.recipients, by_authority=by_authority),
            choices.kept or kept_at(issuer, issuer if report.own is not None else campaign.standing_body),
        ),
        addressees=_addressees(report, choices),
        draft=is_draft,
        illustrative=report.is_illustrative,
        compact=kind.is_compact,
    )


def _issuer(report: Material, choices: Choices) -> OrgUnit:
    if report.own is not None:
        return report.own.submission.participation.unit
    return choices.issuer or report.frame.campaign.standing_body


def _addressees(report: Material, choices: Choices) -> tuple[str, ...]:
    """To whom: what was chosen; the authority reports to whom its document went (b/c), a unit to the authority and its
    standing body, others to their superior.
    """
    if choices.addressees is not None:
        return choices.addressees
    campaign = report.frame.campaign
    issuer = _issuer(report, choices)
    if report.own is not None:
        to = (campaign.authority, campaign.standing_body)
        return tuple(one.official_name for one in to if one.pk != issuer.pk)
    if issuer.pk == campaign.authority_id and (above_all := reported_to(report.recipients)):
        return above_all
    above = campaign.authority if issuer.pk == campaign.standing_body_id else issuer.parent
    return (above.official_name,) if above is not None and above.pk != issuer.pk else ()
