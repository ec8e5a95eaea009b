"""Who writes a report, to whom and who signs it: the parts of the letter out of the units' own data."""

from __future__ import annotations

from paper.letter import Letterhead, SignatureBlock, date_line, number_line
from units.exports.naming import body_name, name_lines
from units.models import OrgUnit
from vietnamese.text import fold

SAME = "Như trên"
REPORT = "BC"
#: Why a line of Nơi nhận is there: to report to, and the leaders of the authority (để biết).
TO_REPORT, LEADERS = "b/c", "đ/b"
#: Lines of Nơi nhận with why they are there.
Recipients = tuple[tuple[str, str], ...]
REGISTRY = "VT"
#: Who signs: the head, a deputy in the head's stead, or who acts as head.
HEAD, DEPUTY, ACTING = "head", "deputy", "acting"


def letterhead(unit: OrgUnit, superior: OrgUnit | None, year: int) -> Letterhead:
    """The head of a unit's letter, number and day left blank for the registry.

    The body of an administrative unit (Ủy ban) writes alone in two bold lines; any other stands below its superior,
    a place without such a body (thôn) too.
    """
    writes_alone = unit.kind.is_territorial and body_name(unit)
    above = None if writes_alone or (superior and superior.pk == unit.pk) else superior
    return Letterhead(
        superior=tuple(name_lines(above)) if above else (),
        issuer=tuple(name_lines(unit)),
        name=unit.official_name,
        number_pattern=number_line(f"{REPORT}-{unit.document_code}" if unit.document_code else REPORT),
        place=unit.place_name or (superior.place_name if superior else ""),
        date_text=date_line(year),
    )


def signature_lines(unit: OrgUnit, signer: str = HEAD) -> tuple[str, ...]:
    """Authority and post: the head signs for a Committee, in the own name for an office under one head."""
    body, title = body_name(unit), unit.head_title.upper()
    for_whom = (f"TM. {body.upper()}",) if unit.kind.is_territorial and body else ()
    if signer == DEPUTY:
        return (*for_whom, f"KT. {title}", f"PHÓ {title}")
    return (*for_whom, f"Q. {title}" if signer == ACTING else title)


def signature(unit: OrgUnit) -> SignatureBlock:
    """The block of the head; no real person is named."""
    return SignatureBlock(signature_lines(unit))


def reported_to(lines: Recipients) -> tuple[str, ...]:
    """To whom a report of the authority goes: who was sent the document to be told (b/c)."""
    return tuple(text for text, note in lines if note == TO_REPORT)


def sent_to(lines: Recipients, *, by_authority: bool) -> tuple[str, ...]:
    """Nơi nhận as usual: the addressees, the authority's leaders; of its own report all others of the document too."""
    own = [(text, note) for text, note in lines if note != TO_REPORT and not fold(text).startswith("luu")]
    told = own if by_authority else [(text, TO_REPORT) for text, note in own if note == LEADERS]
    return (SAME, *(f"{text} ({note})" if note else text for text, note in told))


def kept_at(issuer: OrgUnit, standing_body: OrgUnit) -> str:
    """Where the copies are kept: the registry, and the office that drafted it where that is not the issuer."""
    drafted_by = "" if issuer.pk == standing_body.pk else standing_body.document_code
    return f"{REGISTRY}, {drafted_by}" if drafted_by else REGISTRY
