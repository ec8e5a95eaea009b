"""Where indicators stand, in words bound to the values of their standings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from indicators.choices import Band, Direction, TimeRule
from indicators.rules.progress import HUNDRED, ONE, ZERO
from indicators.tables.standings import Standing
from reports.narrative.words import Words, amount, count, joined, name, percent, say, trimmed_percent, worded

#: The order in which bands are told, and their words within a sentence.
BAND_PHRASES = {
    Band.EXCEEDED: "vượt kế hoạch",
    Band.MET: "hoàn thành",
    Band.AHEAD: "vượt tiến độ",
    Band.ON_TRACK: "đúng tiến độ",
    Band.BEHIND: "chậm tiến độ",
    Band.AT_RISK: "có khả năng không đạt",
    Band.NO_DATA: "chưa có số liệu",
}
GOOD = (Band.EXCEEDED, Band.MET, Band.AHEAD, Band.ON_TRACK)
POOR = (Band.BEHIND, Band.AT_RISK)


def key_of(standing: Standing, what: str) -> str:
    """The name of one of its values: "che:rate" of the whole, "che@17:rate" of one unit."""
    where = "" if standing.is_node else f"@{standing.unit_id}"
    return f"{standing.indicator.code}{where}:{what}"


# --- One indicator ---------------------------------------------------------------------------------------------------


def named(standing: Standing) -> Words:
    """The indicator by its short name."""
    return say(name(f"{standing.indicator.code}:name", standing.indicator.short_name))


def result(standing: Standing) -> Words:
    """Where an indicator stands: "Thu ngân sách lũy kế 140.310 triệu đồng, mới đạt 78,0 % dự toán giao (180.000)"."""
    return joined([joined([named(standing), _reached(standing)], " "), _measured(standing)])


def good_result(standing: Standing) -> Words:
    """The result with its band; "vượt kế hoạch" is said once."""
    told = result(standing)
    if standing.band == Band.EXCEEDED and _says_exceeded(standing):
        return say(told, ", vượt ", percent(key_of(standing, "over"), (standing.rate or ZERO) - HUNDRED))
    return say(told, ", ", BAND_PHRASES[Band(standing.band)])


def _says_exceeded(standing: Standing) -> bool:
    return standing.main is not None and standing.rate is not None and standing.indicator.direction != Direction.FEWER


def _reached(standing: Standing) -> Words:
    unit, decimals = standing.indicator.unit_of_measure, standing.indicator.decimals
    if _is_rid_of(standing):
        return say("đến cuối kỳ không còn" if standing.indicator.time_rule == TimeRule.LEVEL else "không phát sinh")
    if standing.cumulative is not None:
        head = "đến cuối kỳ " if standing.indicator.time_rule == TimeRule.LEVEL else "lũy kế "
        return say(head, amount(key_of(standing, "cumulative"), standing.cumulative, decimals), f" {unit}")
    if standing.since_launch is not None:
        value = amount(key_of(standing, "since_launch"), standing.since_launch, decimals)
        return say("từ khi phát động ", value, f" {unit}")
    return ()


def plan(standing: Standing) -> Words:
    """The plan in the words of the document: "trên 1.200.000 lượt", "100 %"."""
    main = standing.main
    if main is None:
        return ()
    if main.is_percentage:
        return say(trimmed_percent(key_of(standing, "target"), main.amount))
    told = worded(key_of(standing, "target"), standing.target_text, main.amount, standing.indicator.decimals)
    return say(told, f" {standing.indicator.unit_of_measure}")


def _measured(standing: Standing) -> Words:
    """Against what it is measured; a limit is told as a limit, a percentage with its base."""
    main = standing.main
    if main is None:
        return ()
    base = say(name(f"{standing.indicator.code}:base", standing.base_name)) if standing.base_name else ()
    value = standing.judged.measured.value
    if standing.indicator.direction == Direction.FEWER:
        return _within(standing, base)
    if standing.rate is None:
        return ()
    if main.is_percentage and value is not None:
        reached = percent(key_of(standing, "value"), value)
        return say(_verb(standing), " ", reached, " ", base, " (kế hoạch ", plan(standing), ")")
    reached = percent(key_of(standing, "rate"), standing.rate)
    return say(_verb(standing), " ", reached, " ", base or "kế hoạch", " (", plan(standing), ")")


def _within(standing: Standing, base: Words) -> Words:
    """How a limit is kept: "bằng 17,6 % số trẻ được cân, đo, yêu cầu không quá 18 %"; of what is gone nothing more."""
    main, value = standing.main, standing.judged.measured.value
    if main is None or _is_rid_of(standing):
        return ()
    if main.is_percentage and value is not None:
        share = percent(key_of(standing, "value"), value)
        return say("bằng ", share, " ", base, ", yêu cầu không quá ", plan(standing))
    return say("yêu cầu ", plan(standing)) if main.amount else say("yêu cầu không còn")


def _is_rid_of(standing: Standing) -> bool:
    """Is there none left of what there should be none of?"""
    main = standing.main
    return is_limit(standing) and main is not None and main.amount == standing.judged.measured.value == ZERO


def _verb(standing: Standing) -> str:
    return "mới đạt" if standing.band in POOR else "đạt"


def limit(standing: Standing) -> Words:
    """Of what should be few: how many there are, and how many are allowed."""
    return joined([_reached(standing), _measured(standing)])


def is_limit(standing: Standing) -> bool:
    """Is it of the kind of which there should be few?"""
    return standing.indicator.direction == Direction.FEWER and standing.main is not None


def sides(standing: Standing) -> Words:
    """What the document says in two ways: "40,8 % hoặc 0 %"."""
    about_target = standing.dispute is not None and standing.dispute.is_about_target
    told = standing.target_text if about_target else standing.opening_text
    return say(name(key_of(standing, "claims"), told))


# --- Many indicators -------------------------------------------------------------------------------------------------


def judged(standings: Iterable[Standing], bands: Sequence[str]) -> list[Standing]:
    """Those that stand in one of the bands."""
    return [one for one in standings if one.band in bands]


def over(standings: Iterable[Standing]) -> list[Standing]:
    """Those whose time is over and whose plan was not reached."""
    return [one for one in judged(standings, POOR) if one.gap.days_left == 0]


def unjudged(standings: Iterable[Standing]) -> list[Standing]:
    """Those with a plan and without a figure."""
    return [one for one in standings if one.band == Band.NO_DATA and one.main is not None and not one.dispute_text]


def disputed(standings: Iterable[Standing]) -> list[Standing]:
    """Those about which the document contradicts itself."""
    return [one for one in standings if one.dispute_text]


def lowest(standings: Iterable[Standing], most: int) -> list[Standing]:
    """Those with the lowest part of what should be reached by now, the lowest first."""
    rated = [one for one in standings if one.rate is not None and one.expected_rate]
    return sorted(rated, key=lambda one: (one.rate or ZERO) / (one.expected_rate or ONE))[:most]


def band_counts(key: str, standings: Iterable[Standing]) -> Words:
    """How many stand in which band: "01 vượt kế hoạch, 05 chậm tiến độ"."""
    return bands_told(key, Counter(standing.band for standing in standings))


def bands_told(key: str, counts: Mapping[str, int]) -> Words:
    """The same of numbers that are counted already."""
    return joined(
        say(count(f"{key}:{band.value}", counts[band]), f" {word}")
        for band, word in BAND_PHRASES.items()
        if counts.get(band)
    )


def judged_words(key: str, known: Sequence[Standing]) -> Words:
    """How many can be judged, and how they stand: "Cả 05 chỉ tiêu đủ căn cứ đánh giá đều có khả năng không đạt"."""
    judged, bands = count(f"{key}:judged", len(known)), {one.band for one in known}
    if len(known) == 1:
        return say(judged, " chỉ tiêu đủ căn cứ đánh giá, ", BAND_PHRASES[Band(known[0].band)])
    if len(bands) == 1:
        return say("Cả ", judged, " chỉ tiêu đủ căn cứ đánh giá đều ", BAND_PHRASES[Band(bands.pop())])
    return say("Trong ", judged, " chỉ tiêu đủ căn cứ đánh giá có ", band_counts(f"{key}:bands", known))


def good_words(key: str, known: Sequence[Standing]) -> Words:
    """How many stand well, of those that can be judged: "Có 07/22 chỉ tiêu … đạt tiến độ trở lên: 02 hoàn thành, …"."""
    good = judged(known, GOOD)
    if not good:
        return ()
    if len(good) == len(known):
        return judged_words(key, known)
    of = say("Có ", count(f"{key}:good", len(good)), "/", count(f"{key}:judged", len(known)))
    return say(of, " chỉ tiêu đủ căn cứ đánh giá đạt tiến độ trở lên: ", band_counts(f"{key}:bands", good))


def short_names(standings: Iterable[Standing]) -> Words:
    """The indicators by their short names, in a row."""
    return joined(named(one) for one in standings)


def with_rates(standings: Iterable[Standing]) -> Words:
    """The indicators with the percent of their plan: "Keo trồng mới (72,9 %)"; of a limit what there is of it."""
    return joined(_with_rate(one) for one in standings)


def _with_rate(standing: Standing) -> Words:
    if is_limit(standing):
        return say(named(standing), " (", limit(standing), ")")
    if standing.rate is None:
        return named(standing)
    return say(named(standing), " (", percent(key_of(standing, "rate"), standing.rate), ")")


def incomplete(standings: Iterable[Standing]) -> list[Standing]:
    """Those for which some unit that owes the row is not counted."""
    return [one for one in standings if one.is_due and one.counted < one.owed]


def unconfirmed(standings: Iterable[Standing]) -> int:
    """How many figures were sent and not yet confirmed by their lead department."""
    return sum(max(one.sent - one.confirmed, 0) for one in standings)
