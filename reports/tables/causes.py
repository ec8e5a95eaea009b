"""Why an indicator lags, in the words of those who report it: obstacles and answers first, else the units' notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from campaign.models import Campaign, Period
from followup.choices import ExplanationKind
from followup.models import Explanation, Obstacle
from followup.rules.explanations import OWED_STATES, is_overdue
from indicators.models import Figure
from indicators.tables.kept import kept
from indicators.tables.standings_source import VERSION_OF
from units import clock
from units.models import User
from vietnamese.dates import format_date
from vietnamese.text import shortened

#: Open obstacles, requests for causes and accounts, and notes.
QUERIES = 3
NAMED = 2
LONGEST = 160


class Told(NamedTuple):
    """Of one indicator: what stands in the way, of whom, until when; and who was asked why and has not answered."""

    cause: str = ""
    asked: str = ""


NOTHING = Told()


def causes(
    campaign: Campaign,
    period: Period,
    basis: str,
    indicator_ids: Collection[int],
    *,
    user: User | None,
    stamps: tuple[str, ...] = (),
) -> dict[int, Told]:
    """By indicator two short texts: at most ``QUERIES`` queries; under ``stamps`` the units' notes are kept.

    Obstacles and requests are those that the person may see; without a person none.
    """
    notes = _kept_notes(period, basis, tuple(indicator_ids), stamps)
    if user is None:
        return {pk: Told(_together(texts)) for pk, texts in notes.items()}
    said, asked = _answers(campaign, indicator_ids, user)
    obstacles = _obstacles(campaign, indicator_ids, user)
    found = {}
    for pk in {*notes, *said, *asked, *obstacles}:
        known = [*obstacles.get(pk, ()), *said.get(pk, ())] or notes.get(pk, [])
        found[pk] = Told(_together(known), "; ".join(asked.get(pk, ())))
    return found


def _answers(
    campaign: Campaign, indicator_ids: Collection[int], user: User
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """What units answered about their causes, and who still owes an answer."""
    rows = Explanation.objects.visible_to(user).open().filter(campaign=campaign, indicator__in=indicator_ids)
    said: dict[int, list[str]] = defaultdict(list)
    asked: dict[int, list[str]] = defaultdict(list)
    columns = ("indicator_id", "kind", "state", "due_on", "cause_text", "remedy_due_on")
    names = ("unit__name", "unit__short_name", "unit__kind__is_territorial")
    for pk, kind, state, due_on, cause, remedy_due_on, name, short_name, is_territorial in rows.order_by(
        "due_on", "pk"
    ).values_list(*columns, *names):
        unit = name if is_territorial else short_name
        if state in OWED_STATES:
            late = ", quá hạn" if is_overdue(state, due_on, clock.today()) else ""
            word = "giải trình" if kind == ExplanationKind.ACCOUNT else "báo cáo nguyên nhân"
            asked[pk or 0].append(f"chờ {unit} {word}, hạn {format_date(due_on)}{late}")
        else:
            remedy = f", khắc phục trước {format_date(remedy_due_on)}" if remedy_due_on else ""
            said[pk or 0].append(f"{_shortened(cause)} ({unit}{remedy})")
    return said, asked


def _obstacles(campaign: Campaign, indicator_ids: Collection[int], user: User) -> dict[int, list[str]]:
    rows = Obstacle.objects.visible_to(user).open().filter(campaign=campaign, indicator__in=indicator_ids)
    told: dict[int, list[str]] = defaultdict(list)
    columns = ("indicator_id", "title", "unit__short_name", "due_on")
    for pk, title, unit, due_on in rows.order_by("due_on", "pk").values_list(*columns):
        told[pk or 0].append(f"{title} ({unit}{_until(due_on)})")
    return told


def _kept_notes(
    period: Period, basis: str, indicator_ids: tuple[int, ...], stamps: tuple[str, ...]
) -> dict[int, list[str]]:
    """The notes as long as no act changes what is counted; of a past moment, without stamps, they are read."""
    if not stamps:
        return _notes(period, basis, indicator_ids)
    return kept(("notes", stamps, period.pk, basis, indicator_ids), lambda: _notes(period, basis, indicator_ids), len)


def _notes(period: Period, basis: str, indicator_ids: Collection[int]) -> dict[int, list[str]]:
    """What units wrote beside the figures of this very period, as this basis counts them."""
    note = f"{VERSION_OF[basis]}__note"
    rows = Figure.objects.filter(period=period, assignment__indicator__in=indicator_ids).exclude(
        **{f"{VERSION_OF[basis]}": None}
    )
    told: dict[int, list[str]] = defaultdict(list)
    columns = ("assignment__indicator_id", "assignment__unit__short_name", note)
    for pk, unit, text in rows.exclude(**{note: ""}).order_by("assignment__unit__position").values_list(*columns):
        told[pk].append(f"{unit}: {_shortened(text)}")
    return told


def _until(due_on: date | None) -> str:
    return f", hạn {format_date(due_on)}" if due_on else ""


def _shortened(text: str) -> str:
    """The first words of a long note, without a full stop."""
    return shortened(" ".join(text.split()).rstrip("."), LONGEST)


def _together(texts: list[str]) -> str:
    """The first few, and how many there are besides."""
    more = f" và {len(texts) - NAMED} ý kiến khác" if len(texts) > NAMED else ""
    return f"{'; '.join(texts[:NAMED])}{more}"
