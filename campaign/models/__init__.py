"""Tables of the campaign app: when, and how far along."""

from campaign.models.campaign import BandThreshold, Campaign, Cluster, DeadlineTier, Participation
from campaign.models.days import DaysOfAReport
from campaign.models.document import AreaOversight, ContentArea, Duty, LegalBasis, Passage, Recipient
from campaign.models.period import DayOff, Deadline, Period, last_ended
from campaign.models.response import LaunchResponse
from campaign.models.submission import (
    SENT_STATUSES,
    DeadlineExtension,
    Submission,
    SubmissionMove,
    was_handed_in,
)

__all__ = [
    "SENT_STATUSES",
    "AreaOversight",
    "BandThreshold",
    "Campaign",
    "Cluster",
    "ContentArea",
    "DayOff",
    "DaysOfAReport",
    "Deadline",
    "DeadlineExtension",
    "DeadlineTier",
    "Duty",
    "LaunchResponse",
    "LegalBasis",
    "Participation",
    "Passage",
    "Period",
    "Recipient",
    "Submission",
    "SubmissionMove",
    "was_handed_in",
    "last_ended",
]
