"""The library in versions: changed, followed by the models, trained for, judged."""

from learning.library.adapting import ShadowTraining
from learning.library.follow import LOOK_SECONDS
from learning.library.intent_health import health
from learning.library.keeper import change_from_data, read_import

__all__ = [
    "LOOK_SECONDS",
    "ShadowTraining",
    "change_from_data",
    "health",
    "read_import",
]
