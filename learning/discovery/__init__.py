"""Looking for new intents: what was not understood is gathered and grouped into proposals."""

from learning.discovery.discover import DISCOVERY_SECONDS, Discovery, discover_now

__all__ = [
    "DISCOVERY_SECONDS",
    "Discovery",
    "discover_now",
]
