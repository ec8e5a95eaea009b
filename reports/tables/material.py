"""All that the text of a report is made of: the period's figures, what is around them, the period before."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from campaign.models import ContentArea, Period
from indicators.tables import outlooks
from indicators.tables import standings as standing_tables
from indicators.tables.outlook import Outlook
from indicators.tables.outlooks import with_outlooks
from indicators.tables.past import Past
from indicators.tables.standings import SENT, Standing, nothing_defined, read_definitions, standings
from reports.tables import period_report as period_reports
from reports.tables import pictures as picture_tables
from reports.tables import running
from reports.tables import surroundings as around_tables
from reports.tables.evaluation import UnitSheet, unit_sheets
from reports.tables.frame import Frame
from reports.tables.period_report import PeriodReport, period_report
from reports.tables.pictures import Pictures, pictures
from reports.tables.running import ResponseCounts, SentCounts, response_counts, sent_counts
from reports.tables.summary import Summary
from reports.tables.surroundings import Surroundings, surroundings
from reports.tables.unit_report import UnitReport
from units.models import OrgUnit

#: The period's report, its forecasts, the period before (its number, its totals, its tasks), what is around, drawings.
QUERIES = period_reports.QUERIES + outlooks.QUERIES + 1 + standing_tables.QUERIES
QUERIES += around_tables.QUERIES + running.QUERIES + 1 + picture_tables.QUERIES


@dataclass(frozen=True)
class Material(PeriodReport):
    """The period's report and what stands around it.

    ``before`` holds the whole of each indicator at the end of the period before; ``outlooks`` their forecasts;
    ``area`` and ``unit`` narrow a report to one content area or unit; ``own`` is what a unit tells of itself, and then
    there is nothing else; ``recipients`` are the lines of Nơi nhận of the
    campaign's document, each with why it is sent there (b/c, đ/b, p/h).
    """

    around: Surroundings | None = None
    before: dict[int, Standing] = field(default_factory=dict)
    outlooks: dict[int, Outlook] = field(default_factory=dict)
    area: ContentArea | None = None
    unit: OrgUnit | None = None
    sheets: tuple[UnitSheet, ...] = ()
    own: UnitReport | None = None
    recipients: tuple[tuple[str, str], ...] = ()
    response: ResponseCounts | None = None
    sent_so_far: SentCounts | None = None
    pictures: Pictures = field(default_factory=Pictures)

    def ahead(self, standing: Standing) -> Outlook | None:
        """Where an indicator will probably end; nothing once its day has passed, for then its result stands."""
        found = self.outlooks.get(standing.indicator.pk)
        return found if found is not None and found.ends_on > self.frame.period.ends_on else None

    @property
    def is_preliminary(self) -> bool:
        """Does it count what nobody has received yet: what was sent, or of its own report what was not even sent?"""
        return self.own.is_draft if self.own is not None else self.frame.basis == SENT

    @property
    def is_illustrative(self) -> bool:
        """Does any number or word of it bear the label số liệu minh họa?"""
        if self.own is not None:
            return self.own.is_illustrative
        return super().is_illustrative or (self.around is not None and self.around.is_illustrative)


def material_of(report: PeriodReport) -> Material:
    """A period's report with nothing around it; no query."""
    if isinstance(report, Material):
        return report
    return Material(**{one.name: getattr(report, one.name) for one in fields(report)})


def own_material(own: UnitReport) -> Material:
    """What a unit's own report is made of: its rows and nothing of others; no query."""
    part = own.submission.participation
    frame = Frame(part.campaign, own.submission.period, SENT)
    return Material(
        frame=frame,
        made_at=own.made_at,
        summary=Summary(frame, (), nothing_defined(part.campaign)),
        at_units={},
        told={},
        names={},
        not_assigned={},
        submissions=None,
        unit=part.unit,
        own=own,
    )


def report_material(
    frame: Frame,
    *,
    since_launch: bool = False,
    with_submissions: bool = True,
    area: ContentArea | None = None,
    unit: OrgUnit | None = None,
    with_sheets: bool = False,
    past: Past | None = None,
) -> Material:
    """Read everything: at most ``QUERIES`` queries. ``since_launch`` tells the whole campaign, else the period.

    With ``past`` figures, targets and reports are as they were known at its moment; the caller sets the clock.
    """
    whole = period_report(frame, with_submissions=with_submissions, past=past)
    campaign, period = frame.campaign, frame.period
    node = campaign.authority_id
    wholes = {(row.indicator.pk, node): row.standing for row in whole.summary.rows}
    judged = with_outlooks(whole.summary.definitions, wholes, period, frame.basis)
    starts_on = campaign.starts_on if since_launch else period.starts_on
    # Neither is gone back for: a report as of a past moment does not tell them.
    tells_running = since_launch and past is None
    return Material(
        **{one.name: getattr(whole, one.name) for one in fields(whole)},
        around=surroundings(campaign, starts_on, period.ends_on),
        before=_before(frame, node, past),
        outlooks={pk: row.outlook for (pk, _), row in judged.items() if row.outlook is not None},
        area=area,
        unit=unit,
        sheets=unit_sheets(whole, unit_id=unit.pk if unit else None) if with_sheets else (),
        recipients=tuple(campaign.recipients.order_by("position").values_list("text", "note")),
        response=response_counts(campaign) if tells_running else None,
        sent_so_far=sent_counts(frame) if tells_running and with_submissions else None,
        pictures=pictures(whole, past),
    )


def _before(frame: Frame, node: int, past: Past | None) -> dict[int, Standing]:
    """The whole of each indicator at the end of the period before; nothing before the first."""
    earlier: Period | None = frame.campaign.periods.before(frame.period)
    if earlier is None:
        return {}
    known = read_definitions(frame.campaign, earlier.ends_on, past=past)
    found = standings(frame.campaign, earlier, basis=frame.basis, unit_ids=[node], definitions=known)
    return {pk: standing for (pk, _), standing in found.items()}
