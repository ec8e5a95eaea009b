"""Documents that a text cites, and the days that belong to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

KINDS = (
    "Nghị quyết", "Nghị định", "Thông tư", "Quyết định", "Chỉ thị", "Kế hoạch", "Chương trình", "Công văn", "Văn bản",
    "Kết luận", "Luật", "Tờ trình", "Báo cáo", "Hướng dẫn", "Thông báo", "Đề án", "Công điện", "Quy định",
)  # fmt: skip
_NUMBER = r"\d{1,5}(?:/\d{4})?[-/][0-9A-ZĐƯa-z]*[A-ZĐƯ][0-9A-ZĐƯa-z/\-]*"
_DAY_IN_WORDS = r"(?:ngày\s+)?(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})"
_DAY_IN_FIGURES = r"(?:ngày\s+)?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
DAY = re.compile(rf"{_DAY_IN_WORDS}|{_DAY_IN_FIGURES}")
CITATION = re.compile(
    rf"(?:(?P<kind>(?i:{'|'.join(KINDS)}))\s+)?(?:số\s*:?\s*)?(?P<number>{_NUMBER})"
    rf"(?:,?\s*(?P<dated>{re.sub('[?]P<[a-z]+>', '?:', DAY.pattern)}))?"
)
#: "của Ban Chấp hành Đảng bộ tỉnh khoá XX về phương hướng …": who issued it, and on what.
_ISSUER = re.compile(r"\d{0,2}\s*của\s+(?P<issuer>[^,;.]+?)(?=\s+về\s|[,;.]|\s+và\s|$)")
_ABOUT = re.compile(r"\s*về\s+(?P<about>[^;.]+)")


#: "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;": a law is called by its name where no number is given.
_LAW = re.compile(
    r"(?:^|;\s*|\bCăn cứ\s+)(?:Căn cứ\s+)?(?P<name>(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b[^;]*?)"
    rf"(?:,?\s*(?P<dated>{re.sub('[?]P<[a-z]+>', '?:', DAY.pattern)})|,?\s+năm\s+\d{{4}})?\s*(?=[;.]|$)"
)


@dataclass(frozen=True)
class Citation:
    """A cited document and where it stands in its paragraph (start and end of number and day)."""

    kind: str
    number: str
    dated: date | None
    issuer: str
    about: str
    start: int
    end: int


def day_of(match: re.Match[str]) -> date | None:
    """The day of a match of DAY; nothing where no such day exists."""
    parts = [match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]]
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def citations_of(text: str) -> list[Citation]:
    """Every document with a number that the paragraph cites, in reading order."""
    found = []
    for match in CITATION.finditer(text):
        dated = DAY.search(match["dated"]) if match["dated"] else None
        rest = text[match.end() :]
        issuer = _ISSUER.match(rest)
        about = _ABOUT.match(rest[issuer.end() :] if issuer else rest)
        found.append(
            Citation(
                kind=(match["kind"] or "").strip(),
                number=match["number"].rstrip("-/"),
                dated=day_of(dated) if dated else None,
                issuer=issuer["issuer"].strip() if issuer else "",
                about=about["about"].strip() if about else "",
                start=match.start(),
                end=match.end(),
            )
        )
    return found


def laws_of(text: str) -> list[Citation]:
    """Laws that a paragraph of legal bases calls by their names; those with a number are citations already."""
    numbered = [(one.start, one.end) for one in citations_of(text)]
    found = []
    for match in _LAW.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in numbered):
            continue
        dated = DAY.search(match["dated"]) if match["dated"] else None
        name = match["name"].strip(" ,")
        found.append(
            Citation(name.split()[0], name, day_of(dated) if dated else None, "", "", match.start("name"), match.end())
        )
    return found
