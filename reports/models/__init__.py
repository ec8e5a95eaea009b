"""Tables of the reports app: drafts, what was frozen and issued, batches of files made in the background."""

from reports.models.batch import Batch, BatchPart
from reports.models.frozen import FrozenFile, FrozenReport, Issuance
from reports.models.order import PublishedOrder
from reports.models.report import PartText, Report
from reports.models.template import LetterTemplate

__all__ = [
    "Batch",
    "BatchPart",
    "FrozenFile",
    "FrozenReport",
    "Issuance",
    "LetterTemplate",
    "PartText",
    "PublishedOrder",
    "Report",
]
