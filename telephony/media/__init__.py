"""Sound that is no speech of the agent: the mixer, the hold sound, lines rendered beforehand, the recording."""

from telephony.media.prerendered_lines import prerendered_lines

__all__ = [
    "prerendered_lines",
]
