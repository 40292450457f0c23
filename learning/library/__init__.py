"""The library in versions: changed, followed by the models, trained for, judged."""

from learning.library.adapting import ShadowTraining
from learning.library.follow import LOOK_SECONDS
from learning.library.intent_health import Health, health
from learning.library.keeper import change_data, read_import

__all__ = [
    "LOOK_SECONDS",
    "Health",
    "ShadowTraining",
    "change_data",
    "health",
    "read_import",
]
