"""The part of a report's text on one content area: what stands well, what is slow, what will miss, the tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from indicators.choices import Band
from indicators.rules.gap import concentration
from indicators.rules.progress import ZERO
from indicators.tables.standing_texts import DONE_FIRST
from indicators.tables.standings import Standing
from paper.document import Paragraph, Span
from reports.exports.parts import BRIEF, FULL, LEAN, NAMES, RICH, Part
from reports.narrative import compare, gaps
from reports.narrative import standings as told
from reports.narrative.words import Words, count, joined, name, paragraph, percent, say, sentences
from reports.tables.material import Material
from reports.tables.summary import AreaRows
from units import clock

NOTHING_DUE = "Kỳ này chưa có chỉ tiêu, nhiệm vụ phải báo cáo."
#: So many causes are told of one indicator.
CAUSES = 2


def area_part(material: Material, area: AreaRows, *, detail: int) -> Part:
    """One content area: what stands well, what is slow, what will miss, what cannot be judged, the tasks."""
    key = f"area:{area.area.numbering.rstrip('.')}"
    lines = tuple(AreaText(material, area, key, detail).lines())
    where = f" (mục {area.area.numbering})" if area.area.numbering[:1].isdigit() else ""
    title = f"{area.area.title}{where}"
    if not lines and not (detail <= LEAN and area.tasks):  # in brief the tasks of all areas are told together
        lines = (paragraph(f"{key}:none", NOTHING_DUE),)
    return Part(key, lines, title)


@dataclass(frozen=True)
class AreaText:
    """The sentences of one area in one detail."""

    material: Material
    area: AreaRows
    key: str
    detail: int

    def lines(self) -> Iterable[Paragraph]:
        """Each paragraph, the good before the poor; in full detail one for each indicator."""
        standings = [row.standing for row in self.area.rows]
        good = told.judged(standings, told.GOOD)
        slow, lost = told.judged(standings, (Band.BEHIND,)), told.judged(standings, (Band.AT_RISK,))
        if self.detail == RICH:
            yield from self._bands(standings)
            yield from self._each("good", good, self._good_in_full)
            yield from self._each("behind", slow, self._poor_in_full)
            yield from self._each("at_risk", lost, self._poor_in_full)
            said = {}
        else:
            said = {
                "good": self._good(good),
                "behind": self._poor("behind", "Chậm tiến độ", slow),
                "at_risk": self._poor("at_risk", "Có khả năng không đạt", lost),
            }
        said |= {"unknown": _unknown(self.key, standings), "tasks": self._tasks()}
        for what, words in said.items():
            if words:
                yield paragraph(f"{self.key}:{what}", "- ", words, ".")

    def _bands(self, standings: list[Standing]) -> Iterable[Paragraph]:
        """How many indicators of the area stand in which band; nothing where there is one alone."""
        known = [one for one in standings if one.band != Band.NO_DATA]
        if len(known) > 1:
            yield paragraph(f"{self.key}:bands", told.judged_words(self.key, known), ".")

    def _each(self, what: str, rows: list[Standing], sentence: object) -> Iterable[Paragraph]:
        for one in rows:
            words = sentence(one)  # type: ignore[operator]
            yield paragraph(f"{self.key}:{what}:{one.indicator.code}", "- ", words, ".")

    def _good(self, rows: list[Standing]) -> Words:
        """What stands well."""
        if self.detail <= NAMES and rows:
            good = say("Đạt và vượt tiến độ ", count(f"{self.key}:good", len(rows)), " chỉ tiêu: ")
            return say(good, told.with_rates(rows))
        return joined((told.good_result(one) for one in rows), ". ")

    def _poor(self, what: str, head: str, rows: list[Standing]) -> Words:
        """What stands badly, each with its gap."""
        if not rows:
            return ()
        how_many = say(f"{head} ", count(f"{self.key}:{what}", len(rows)), " chỉ tiêu: ")
        if self.detail == BRIEF or (self.detail == LEAN and what == "behind"):
            return say(how_many, told.with_rates(rows))
        if self.detail <= NAMES:
            return say(how_many, joined((_in_brief(one) for one in rows), "; "))
        return say(how_many, joined((self._poor_one(one) for one in rows), ". "))

    def _poor_one(self, one: Standing) -> Words:
        if self.detail != FULL:
            return joined([told.result(one), gaps.missing(one)])
        missing = self._gap(one) if one.band == Band.AT_RISK else gaps.missing(one)
        return joined([joined([told.result(one), compare.pace(one)]), missing, self._causes(one)], "; ")

    def _good_in_full(self, one: Standing) -> Words:
        """A good one with its comparisons."""
        return joined([told.good_result(one), joined(self._compared(one))], "; ")

    def _poor_in_full(self, one: Standing) -> Words:
        """A poor one with pace, comparisons, gap, units, forecast and causes."""
        result = joined([joined([told.result(one), compare.pace(one)]), joined(self._compared(one))], "; ")
        ends = compare.forecast(self.material.ahead(one), one)
        return sentences([result, self._gap(one), self._units(one), ends, self._causes(one)])

    def _compared(self, one: Standing) -> list[Words]:
        pk = one.indicator.pk
        return [
            compare.since_last(one, self.material.before.get(pk)),
            compare.since_opening(one, self.material.frame.campaign.opening_name),
            compare.same_period(one, self.material.priors.get(pk)),
        ]

    def _units(self, one: Standing) -> Words:
        return compare.among_units(one, [(unit, at) for unit, at in self._at_units(one)])

    def _at_units(self, one: Standing) -> Iterable[tuple[str, Standing]]:
        pk = one.indicator.pk
        for reporter in self.material.summary.definitions.reporters.get(pk, ()):
            at_unit = self.material.at_units.get((pk, reporter.unit_id))
            if at_unit is not None:
                yield self.material.names.get(reporter.unit_id, reporter.name), at_unit

    def _causes(self, one: Standing) -> Words:
        """Causes of obstacles that stand against it: they explain the figure and leave it unchanged."""
        lines = self.material.around.obstacles if self.material.around else ()
        mine = [line for line in lines if line.indicator_id == one.indicator.pk and line.is_open]
        causes = dict.fromkeys((line.cause or line.title, line.kind_word) for line in mine)
        told_of = [say(name("obstacle:cause", cause), f" ({kind})") for cause, kind in list(causes)[:CAUSES]]
        return say("nguyên nhân: ", joined(told_of)) if told_of else ()

    def _gap(self, one: Standing) -> Words:
        """The gap in words, with how few units make most of it; where none should be left, what is left is the gap."""
        if told.is_limit(one) and one.main is not None and one.main.amount == ZERO:
            return ()
        parts = [(unit, at.gap.missing) for unit, at in self._at_units(one) if not at.in_percent]
        behind = concentration(parts) if one.gap.missing and not one.gap.is_excess else None
        return gaps.gap(one, behind, with_pace=not self._is_past(one))

    def _is_past(self, one: Standing) -> bool:
        """Has the day of the plan come between the end of the period and the report? Then nothing is asked a week."""
        days = one.gap.days_left
        ends = self.material.frame.period.ends_on + timedelta(days=days) if days else None
        return ends is not None and ends < clock.local_date(self.material.made_at)

    def _tasks(self) -> Words:
        """How many tasks there are, and how the units' reports of them stand."""
        if not self.area.tasks or self.detail <= LEAN:
            return ()
        return task_words(self.key, len(self.area.tasks), self.area.task_counts)


def _in_brief(one: Standing) -> Words:
    """Name, rate, and by how much it lags: "Giải ngân (45,5 %; còn thiếu 57.271 triệu đồng)"."""
    if told.is_limit(one):
        return say(told.named(one), " (", told.limit(one), ")")
    rate = say(percent(told.key_of(one, "rate"), one.rate)) if one.rate is not None else ()
    lag = gaps.missing(one) if one.band == Band.AT_RISK else compare.behind(one)
    inside = joined([rate, lag], "; ")
    return say(told.named(one), " (", inside, ")") if inside else told.named(one)


def task_words(key: str, tasks: int, counts: Mapping[str, int]) -> Words:
    """How many tasks there are and how they stand; several units report one task, so their reports are counted."""
    number = count(f"{key}:tasks", tasks)
    if not counts:
        return say(number, " nhiệm vụ chưa đến kỳ báo cáo")
    reports = sum(counts.values())
    each = "" if reports == tasks else "lượt "
    statuses = status_words(f"{key}:status", counts, each)
    of = say(number, " nhiệm vụ") if reports == tasks else _reports_of(key, number, reports)
    if len([one for one in counts.values() if one]) == 1:
        [(_, word)] = _status_rows(counts, "")
        return say(of, " ", word) if reports == 1 else say("Cả ", of, " đều ", word)
    return say("Trong ", of, " có ", statuses)


def _reports_of(key: str, number: Span, reports: int) -> Words:
    """Several units report one task: "60 lượt báo cáo về 18 nhiệm vụ"."""
    return say(count(f"{key}:task_reports", reports), " lượt báo cáo về ", number, " nhiệm vụ")


def status_words(key: str, counts: Mapping[str, int], each: str = "") -> Words:
    """How many reports of tasks bear which status: "05 hoàn thành, 03 đang thực hiện"."""
    rows = _status_rows(counts, each)
    return joined(say(count(f"{key}:{code or 'none'}", counts[code]), f" {word}") for code, word in rows) or say(
        "chưa đến kỳ báo cáo"
    )


def _status_rows(counts: Mapping[str, int], each: str) -> list[tuple[str, str]]:
    """The statuses that occur, each with its words, what is done first."""
    rows = [(status.value, f"{each}{status.label.lower()}") for status in DONE_FIRST] + [("", f"{each}chưa báo cáo")]
    return [(code, word) for code, word in rows if counts.get(code)]


def _unknown(key: str, standings: list[Standing]) -> Words:
    """What cannot be judged: the document contradicts itself, or there is no figure."""
    unknown = []
    if claims := told.disputed(standings):
        sides = joined((say(told.named(one), " (", told.sides(one), ")") for one in claims), "; ")
        why = " chỉ tiêu do văn bản phát động nêu số liệu chưa thống nhất: "
        unknown.append(say("Chưa đánh giá ", count(f"{key}:disputed", len(claims)), why, sides))
    if empty := told.unjudged(standings):
        unknown.append(say(count(f"{key}:empty", len(empty)), " chỉ tiêu chưa có số liệu: ", told.short_names(empty)))
    return joined(unknown, "; ")
