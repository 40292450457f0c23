"""New intents on trial: widened, or rolled back where conversations go worse."""

from learning.canary.guard import TICK_SECONDS, CanaryGuard, ramp

__all__ = [
    "TICK_SECONDS",
    "CanaryGuard",
    "ramp",
]
