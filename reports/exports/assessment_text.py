"""Part III of a report: what went well and who shows how, what lags, why, and what the office learns."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from followup.choices import CauseKind
from indicators.choices import Band
from indicators.rules.progress import HUNDRED
from indicators.tables.standings import Standing
from paper.document import Paragraph
from reports.exports.area_text import task_words
from reports.exports.parts import LEAN, Part
from reports.narrative import compare
from reports.narrative import standings as told
from reports.narrative.words import Words, count, joined, listed, name, paragraph, percent, say
from reports.tables.material import Material
from reports.tables.surroundings import Surroundings

#: A reason that a unit gives beside its figure is quoted for so many figures at most.
REASONS, FEW = 4, 2
#: So many of the lowest indicators are named once more; so many examples and causes.
WORST, EXAMPLES, CAUSES = 3, 4, 3
LESSONS = "lessons"


def assessment(material: Material, *, detail: int, with_lessons: bool) -> tuple[Part, ...]:
    """The parts; lessons are the office's own words, so their part begins empty."""
    standings = [row.standing for row in material.summary.rows]
    strengths = (*_strengths(standings, detail), *_last_year(material, standings), *_tasks(material, detail))
    parts = [
        Part("strengths", (*strengths, *_examples(material.around)), "Ưu điểm, điển hình"),
        Part("shortcomings", _shortcomings(material, standings), "Tồn tại, hạn chế"),
    ]
    if causes := (*_causes(material.around), *_reasons(material, REASONS if detail > LEAN else FEW)):
        parts.append(Part("reasons", causes, "Nguyên nhân"))
    return (*parts, Part(LESSONS, (), "Bài học kinh nghiệm")) if with_lessons else tuple(parts)


def _strengths(standings: list[Standing], detail: int) -> tuple[Paragraph, ...]:
    known = [one for one in standings if one.band != Band.NO_DATA]
    if not known:
        return (paragraph("strengths:none", "Kỳ này chưa có chỉ tiêu nào đủ số liệu để đánh giá."),)
    good = told.good_words("all", known)
    first = (paragraph("strengths:bands", good, "."),) if good else ()
    best = told.judged(known, (Band.EXCEEDED, Band.MET, Band.AHEAD))
    if not best or detail <= LEAN:  # in brief the areas have named them
        return first
    head = "Các chỉ tiêu nổi bật: " if len(best) > 1 else "Chỉ tiêu nổi bật: "
    named = paragraph("strengths:best", head, told.with_rates(best), ".")
    return (*first, named) if len(known) > 1 else (named,)


def _last_year(material: Material, standings: list[Standing]) -> tuple[Paragraph, ...]:
    """How many stand above the same period of last year, how many below; the highest and the lowest."""
    priors = material.priors
    pairs = [(compare.against_prior(one, priors.get(one.indicator.pk)), one) for one in standings]
    rated = sorted(((rate, one) for rate, one in pairs if rate is not None), key=lambda pair: pair[0])
    if not rated:
        return ()
    if len(rated) == 1:
        [(rate, one)] = rated
        only = say(told.named(one), " bằng ", percent(told.key_of(one, "same_period"), rate))
        return (paragraph("strengths:last_year", "So với cùng kỳ năm trước, ", only, "."),)
    more, fewer = sum(rate > HUNDRED for rate, _ in rated), sum(rate < HUNDRED for rate, _ in rated)
    parts = [
        say(count("last_year:more", more), " chỉ tiêu tăng") if more else (),
        say(count("last_year:fewer", fewer), " chỉ tiêu giảm") if fewer else (),
        say("cao nhất: ", _against(*rated[-1])) if more else (),
        say("thấp nhất: ", _against(*rated[0])) if fewer else (),
    ]
    head = say("So với cùng kỳ năm trước, trong ", count("last_year", len(rated)), " chỉ tiêu so sánh được có ")
    told_of = joined(parts) or say("không chỉ tiêu nào tăng, giảm")
    return (paragraph("strengths:last_year", head, told_of, "."),)


def _against(rate: Decimal, one: Standing) -> Words:
    return say(told.named(one), " (bằng ", percent(told.key_of(one, "same_period"), rate), ")")


def _tasks(material: Material, detail: int) -> tuple[Paragraph, ...]:
    """All tasks in one sentence, where the areas do not tell theirs."""
    if detail > LEAN:
        return ()
    areas = material.summary.areas
    counts = sum((area.task_counts for area in areas), Counter[str]())
    tasks = sum(len(area.tasks) for area in areas)
    return (paragraph("strengths:tasks", task_words("all", tasks, counts), "."),) if tasks else ()


def _examples(around: Surroundings | None) -> tuple[Paragraph, ...]:
    rows = [
        say(
            f"{row.kind_word.lower()} ",
            name("example", f"{row.title} ({row.unit})" if row.unit else row.title),
        )
        for row in (around.examples if around else ())[:EXAMPLES]
    ]
    return (paragraph("strengths:examples", "Ghi nhận ", joined(rows, "; "), "."),) if rows else ()


# --- What lags -------------------------------------------------------------------------------------------------------


def _shortcomings(material: Material, standings: list[Standing]) -> tuple[Paragraph, ...]:
    said = {
        "worst": _worst(standings),
        "over": _over(standings),
        "incomplete": _incomplete(standings),
        "disputed": _disputed(standings),
        "blocked": _blocked(material),
        "overdue": _overdue(material.around),
    }
    found = tuple(paragraph(f"shortcomings:{what}", "- ", words, ".") for what, words in said.items() if words)
    return found or (paragraph("shortcomings:none", "Chưa ghi nhận chỉ tiêu chậm tiến độ."),)


def _worst(standings: list[Standing]) -> Words:
    lost, slow = told.judged(standings, (Band.AT_RISK,)), told.judged(standings, (Band.BEHIND,))
    if not (lost or slow):
        return ()
    at_risk = say(count("lost", len(lost)), " chỉ tiêu có khả năng không đạt") if lost else ()
    behind = say(count("slow", len(slow)), " chỉ tiêu chậm tiến độ") if slow else ()
    how_many = say("Còn ", joined([at_risk, behind]))
    if len(poor := [*lost, *slow]) == 1:
        return say(how_many, ": ", told.with_rates(poor))
    worst = told.with_rates(told.lowest(poor, WORST))
    return joined([how_many, say("thấp nhất: ", worst) if worst else ()], "; ")


def _over(standings: list[Standing]) -> Words:
    """What was due and was not reached: that its time is over, the band does not say."""
    if not (late := told.over(standings)):
        return ()
    return say(count("over", len(late)), " chỉ tiêu đã hết thời hạn mà chưa đạt kế hoạch")


def _incomplete(standings: list[Standing]) -> Words:
    if not (partial := told.incomplete(standings)):
        return ()
    return say(count("incomplete", len(partial)), " chỉ tiêu chưa đủ số liệu của các đơn vị phải báo cáo")


def _disputed(standings: list[Standing]) -> Words:
    if not (claims := told.disputed(standings)):
        return ()
    rows = say(count("disputed", len(claims)), " chỉ tiêu được văn bản phát động nêu số liệu chưa thống nhất")
    return say(rows, "; báo cáo nêu đủ các số, chưa dùng để đánh giá")


def _blocked(material: Material) -> Words:
    tasks = [
        say(
            name("task:name", task),
            " (",
            listed(f"task:{task}:units", [name("unit:name", one) for one in units], 4),
            ")",
        )
        for task, units in material.blocked[:REASONS]
    ]
    return say("Nhiệm vụ gặp vướng mắc: ", joined(tasks, "; ")) if tasks else ()


def _overdue(around: Surroundings | None) -> Words:
    late = [row for row in (around.actions if around else ()) if row.is_overdue and not row.is_done]
    return (
        say("Còn ", count("actions:overdue", len(late)), " việc theo kết luận, kiến nghị kiểm tra đã quá hạn")
        if late
        else ()
    )


# --- Why -------------------------------------------------------------------------------------------------------------


def _causes(around: Surroundings | None) -> tuple[Paragraph, ...]:
    """Causes of the obstacles raised, the outer and the own ones apart; how many obstacles name each."""
    found = []
    for kind in CauseKind:
        lines = [line for line in (around.obstacles if around else ()) if line.kind == kind.value]
        counted = Counter(line.cause or line.title for line in lines)
        rows = [
            say(name(f"cause:{cause}", cause), " (", count(f"cause:{cause}:units", number), " vướng mắc)")
            for cause, number in counted.most_common(CAUSES)
        ]
        if rows:
            found.append(paragraph(f"reasons:{kind.value}", f"- {kind.label}: ", joined(rows, "; "), "."))
    return tuple(found)


def _reasons(material: Material, most: int) -> tuple[Paragraph, ...]:
    """Reasons that units wrote beside figures that stand badly; they leave the figure unchanged."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in material.summary.rows:
        pk = row.indicator.pk
        for reporter in material.summary.definitions.reporters.get(pk, ()):
            at_unit = material.at_units.get((pk, reporter.unit_id))
            noted = material.told.get((pk, reporter.unit_id))
            if noted and noted.note and at_unit and at_unit.band in told.POOR:
                found.setdefault((row.name, noted.note.rstrip(". ")), []).append(
                    material.names.get(reporter.unit_id, reporter.name)
                )
    return tuple(
        paragraph(
            f"reasons:{place}",
            say("- ", name("reason:indicator", indicator), ": ", name("reason:note", note), " ("),
            say(listed(f"reasons:{place}:units", [name("unit:name", unit) for unit in units], 4), ")."),
        )
        for place, ((indicator, note), units) in enumerate(list(found.items())[:most], start=1)
    )
