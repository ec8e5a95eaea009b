"""The tree of a campaign document in its own numbering, and what each branch of it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from campaign.rules.drafting.marks import Mark, take_out_marks
from campaign.rules.drafting.paragraphs import Pages, Paragraph
from vietnamese.text import fold

MAX_TITLE = 150
#: A head has no longer sentences.
_HEAD_WORDS = 10


class Section(StrEnum):
    """What a branch of the document is for."""

    HEAD = "head"
    BASIS = "basis"
    INTRODUCTION = "introduction"
    GOAL = "goal"
    CONTENT = "content"
    PERIOD = "period"
    TERMS = "terms"
    ORGANISATION = "organisation"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Node:
    """One paragraph in its place: ``parent`` is the position of the node above.

    ``mark`` is what it begins with, as written ("2.1.", "a)"); ``numbering`` is how it is called by it ("2.1").
    """

    position: int
    parent: int | None
    depth: int
    numbering: str
    title: str
    text: str
    page: int
    section: Section
    marks: tuple[Mark, ...] = ()
    mark: str = ""

    @property
    def is_listed(self) -> bool:
        """A branch of the tree, not a plain paragraph."""
        return bool(self.numbering)


_SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    (Section.GOAL, re.compile(r"(muc dich|muc tieu|yeu cau)")),
    (Section.PERIOD, re.compile(r"(thoi gian|thoi han|thoi ky)\b(?!.{0,40}(giai quyet|xu ly|thuc hien thu tuc))")),
    (
        Section.TERMS,
        re.compile(
            r"(doi tuong|pham vi|nguyen tac|kinh phi|khen thuong|thang diem|bang diem|cham diem|cach tinh diem|"
            r"(hinh thuc|co cau|so luong|tieu chuan|tieu chi|dieu kien|ho so|quy trinh|cong tac)\b.{0,40}khen)"
        ),
    ),
    (
        Section.ORGANISATION,
        re.compile(r"(to chuc (thuc hien|trien khai)|trien khai thuc hien$|phan cong|trach nhiem|che do bao cao)"),
    ),
)
#: Sections that a heading may open below another one: "II. Đối tượng, thời gian" with "2. Thời gian" in it.
_ANYWHERE = frozenset({Section.PERIOD, Section.TERMS})
#: Targets stand under headings of goals as well: "Mục tiêu, chỉ tiêu thi đua".
_HOLDS_TARGETS = re.compile(r"chi tieu|muc tieu cu the")
_HEADS = re.compile(
    r"(cong hoa xa hoi|doc lap\s?-\s?tu do|uy ban nhan dan|ubnd|so\s*:|hoi dong|phong|ban|"
    r".{0,40}ngay\s.{0,6}thang\s.{0,6}nam)"
)
_TITLE = re.compile(r"(phat dong|ke hoach|chuong trinh|huong dan|thong bao|loi keu goi)\b")


def outline_of(pages: Pages) -> list[Node]:
    """The paragraphs as a tree, footnote marks taken out of their sentences."""
    nodes: list[Node] = []
    stack: list[tuple[str, int]] = []
    section, expected = Section.HEAD, 1
    for position, paragraph in enumerate(pages.paragraphs):
        text, marks = take_out_marks(paragraph.text, expected, pages.footnotes)
        expected = marks[-1].number + 1 if marks else expected
        before, section = section, _section(paragraph, text, section, stack)
        if before in _END and section not in _END:
            stack.clear()  # an annex begins a tree of its own
        if section in _END or not paragraph.mark:
            parent, depth = None, 0
            if section in _BRANCHES and stack:
                parent, depth = stack[-1][1], len(stack)
        else:
            kind = _kind(paragraph.mark)
            _climb(stack, kind)
            parent, depth = (stack[-1][1] if stack else None), len(stack)
            stack.append((kind, position))
        node = Node(
            position=position,
            parent=parent,
            depth=depth,
            numbering=paragraph.mark.rstrip(".") if paragraph.mark and section is not Section.RECIPIENTS else "",
            title=title_of(text),
            text=text,
            page=paragraph.page,
            section=section,
            marks=tuple(marks),
            mark=paragraph.mark,
        )
        nodes.append(node if _stands_apart(node) else _inherited(node, nodes))
    return nodes


def title_of(text: str) -> str:
    """The heading of a paragraph: up to its colon, or all of it when short, or its first words."""
    head, colon, _ = text.partition(":")
    if colon and len(head) <= MAX_TITLE and "." not in head:
        return head.strip()
    if len(text) <= MAX_TITLE and not re.search(r"\.\s", text):
        return text.rstrip(" .;:")
    first = re.split(r"[.;](?:\s|$)", text, maxsplit=1)[0].strip()
    if len(first) <= MAX_TITLE:
        return first
    return " ".join(first.split()[:14]) + "…"


def path_of(node: Node, nodes: Sequence[Node]) -> list[Node]:
    """The node and what stands above it, from the top."""
    above = [node]
    while above[0].parent is not None:
        above.insert(0, nodes[above[0].parent])
    return above


def _kind(mark: str) -> str:
    """Marks of one kind stand beside each other: decimal numbers by their depth, letters, dashes …"""
    if re.fullmatch(r"[\d.]+\.?", mark):
        return f"decimal-{mark.rstrip('.').count('.')}"
    for kind, shape in (
        ("roman", r"[IVX]+\."),
        ("capital", r"[A-ZĐ]\."),
        ("bracketed", r"\d+\)"),
        ("slashed", r"\d+/"),
    ):
        if re.fullmatch(shape, mark):
            return kind
    dashes = {"-": "dash", "–": "dash", "+": "plus", "•": "bullet", "*": "star"}
    return dashes.get(mark, "letter" if mark.endswith((")", "/")) else "word")


def _climb(stack: list[tuple[str, int]], kind: str) -> None:
    """Leave the branches below the last mark of the same kind; 2.1 goes below 2, and 3 leaves 2.1."""
    kinds = [each for each, _ in stack]
    if kind in kinds:
        del stack[kinds.index(kind) :]
    elif kind.startswith("decimal-"):
        deeper = [at for at, each in enumerate(kinds) if each.startswith("decimal-") and each > kind]
        if deeper:
            del stack[deeper[0] :]


def _section(paragraph: Paragraph, text: str, section: Section, stack: list[tuple[str, int]]) -> Section:
    """What the paragraph belongs to, seen from where the reading stands."""
    folded = fold(text).strip()
    if folded.startswith("noi nhan"):
        return Section.RECIPIENTS
    if section in _END:
        return _behind_the_end(paragraph, folded, section)
    if re.match(r"(tm|kt|tl|tuq|q)\. ", folded) and text.upper() == text:
        return Section.SIGNATURE
    if folded.startswith(("can cu ", "theo de nghi", "xet de nghi")) and section in _BEFORE_BRANCHES:
        return Section.BASIS
    if paragraph.mark:
        is_top = not stack or _kind(paragraph.mark) == stack[0][0]
        by_title = _by_title(text)
        is_apart = by_title in _ANYWHERE and _COUNTING.match(paragraph.mark) is not None
        return by_title if is_top or is_apart or section not in _BRANCHES else section
    if section in _BRANCHES:
        return section
    if section is Section.HEAD and re.match(r"(thuc hien|de|trong)\s", folded) and text.endswith((":", ".", ";")):
        return Section.INTRODUCTION
    if section is Section.HEAD and (len(text) < MAX_TITLE * 2 and (_HEADS.match(folded) or _TITLE.match(folded))):
        return Section.HEAD
    is_sentence = text.endswith(".") and len(text.split()) > _HEAD_WORDS and text.upper() != text
    is_head = section is Section.HEAD and len(text) < MAX_TITLE * 2 and not is_sentence
    return Section.HEAD if is_head or folded.startswith("kinh gui") else Section.INTRODUCTION


_BEFORE_BRANCHES = frozenset({Section.HEAD, Section.BASIS, Section.INTRODUCTION})
_BRANCHES = frozenset({Section.GOAL, Section.CONTENT, Section.PERIOD, Section.TERMS, Section.ORGANISATION})
_END = frozenset({Section.RECIPIENTS, Section.SIGNATURE})
#: A number or a letter; a dash or a cross is none.
_COUNTING = re.compile(r"[\dIVXa-zđ]")
_ANNEX = re.compile(r"(phu luc|phu bieu|bieu so|danh muc|bang chi tieu)\b")


def _behind_the_end(paragraph: Paragraph, folded: str, section: Section) -> Section:
    """Below Nơi nhận stand the signature and, where a document has them, its annexes: those are content again."""
    if _ANNEX.match(folded) or (section is Section.SIGNATURE and _COUNTING.match(paragraph.mark)):
        return Section.CONTENT
    return Section.SIGNATURE if section is Section.RECIPIENTS and not paragraph.mark else section


def _by_title(text: str) -> Section:
    """What a branch at the top of the tree is for, by the words of its heading."""
    folded = fold(title_of(text))
    for section, words in _SECTIONS:
        if words.match(folded) and not (section is Section.GOAL and _HOLDS_TARGETS.search(folded)):
            return section
    return Section.CONTENT


def _stands_apart(node: Node) -> bool:
    """A numbered heading of the time or of the terms is that wherever it stands."""
    if not _COUNTING.match(node.numbering):
        return False
    return _by_title(node.text) in _ANYWHERE or fold(node.title) == "to chuc thuc hien"


def _inherited(node: Node, nodes: Sequence[Node]) -> Node:
    """A branch below another is for the same; a plain paragraph between branches belongs to the one above it."""
    if node.parent is None or not nodes[node.parent].is_listed:
        return node
    return replace(node, section=nodes[node.parent].section)
