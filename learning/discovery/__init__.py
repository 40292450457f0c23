"""Looking for new intents: what was not understood is gathered and grouped into proposals."""

from learning.discovery.discover import Discovery, discover_now

__all__ = [
    "Discovery",
    "discover_now",
]
