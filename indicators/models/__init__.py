"""Tables of the indicators app: what, and how much."""

from indicators.models.allocation import AllocationNote
from indicators.models.assignment import Assignment
from indicators.models.draft import DraftLine
from indicators.models.evidence import Evidence, PriorFigure
from indicators.models.figure import VALUE_FIELDS, Figure, FigureValues, FigureVersion
from indicators.models.indicator import Denominator, Indicator, MilestoneStep
from indicators.models.pledge import Pledge
from indicators.models.target import Claim, Contradiction, Opening, PathPoint, Target
from indicators.models.total import Total

__all__ = [
    "VALUE_FIELDS",
    "AllocationNote",
    "Assignment",
    "Claim",
    "Contradiction",
    "Denominator",
    "DraftLine",
    "Evidence",
    "Figure",
    "FigureValues",
    "FigureVersion",
    "Indicator",
    "MilestoneStep",
    "Opening",
    "PathPoint",
    "Pledge",
    "PriorFigure",
    "Target",
    "Total",
]
