"""Tables of the followup app: what is done about it."""

from followup.models.action import ActionItem
from followup.models.conclusion import Conclusion
from followup.models.explanation import Explanation, ExplanationStep
from followup.models.inspection import Inspection, InspectionPaper
from followup.models.notice import Mail, Notice
from followup.models.obstacle import Cause, Obstacle, ObstacleStep
from followup.models.record import Record
from followup.models.reminder import Reminder, ReminderDelivery, ReminderPolicy

__all__ = [
    "ActionItem",
    "Cause",
    "Conclusion",
    "Explanation",
    "ExplanationStep",
    "Inspection",
    "InspectionPaper",
    "Mail",
    "Notice",
    "Obstacle",
    "ObstacleStep",
    "Record",
    "Reminder",
    "ReminderDelivery",
    "ReminderPolicy",
]
