"""Text from outside as it may be stored and shown: no control characters, and names that stay in their place."""

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Postgres takes no NUL; terminals and logs act on the rest. Tabs and line ends are text."""
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
"""What turns or hides the text around it (UAX 9, explicit formatting)."""


def plain(text: str) -> str:
    """What somebody wrote, without control characters. May be empty."""
    return _CONTROLS.sub("", text)


def plain_line(text: str) -> str:
    """A name or title as one line with single spaces, which can't turn the direction of what stands beside it."""
    return " ".join(_TURNING.sub("", plain(text)).split())
