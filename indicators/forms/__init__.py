"""Forms of the indicators app: what people type into figures and acts, and what they make of a draft's line."""

from indicators.forms.drafting import DraftLineForm
from indicators.forms.typed import (
    NOTHING_AROSE_WORDS,
    CorrectionForm,
    ExtendForm,
    FigureForm,
    GroundForm,
    MoveForm,
    OnBehalfForm,
    OpenPeriodForm,
    PriorForm,
    ReasonForm,
    ResponseForm,
    SettleForm,
    UploadForm,
    pledges_of,
)

__all__ = [
    "NOTHING_AROSE_WORDS",
    "CorrectionForm",
    "DraftLineForm",
    "ExtendForm",
    "FigureForm",
    "GroundForm",
    "MoveForm",
    "OnBehalfForm",
    "OpenPeriodForm",
    "PriorForm",
    "ReasonForm",
    "ResponseForm",
    "SettleForm",
    "UploadForm",
    "pledges_of",
]
