"""Turns near an intent in form and about something else: "when do my loyalty points expire?" beside renewals."""

from collections.abc import Set as AbstractSet

from encoder import content_stems

CLEAR_SCORE = -0.5
"""As like the examples as this, and no word is strange."""
LONGEST = 7
"""Words that say something; a longer turn tells a story, in words of its own."""
STRANGE_SHARE = 0.4
"""Of a turn's words; from here on it speaks of something else."""


def is_strange(text: str, score: float, words: AbstractSet[str]) -> bool:
    """Whether too much of a short turn is in none of an intent's examples, whose words without endings are `words`."""
    said = content_stems(text)
    if score >= CLEAR_SCORE or not 0 < len(said) <= LONGEST:
        return False
    return len(said - words) / len(said) >= STRANGE_SHARE
