"""Spoils texts the way speech recognition does: words that sound alike are mistaken, short ones swallowed."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

MISTAKEN = 0.12
"""Share of words replaced where another word of the set sounds like them: about the error rate on the telephone."""
SWALLOWED = 0.04
_SAME_SOUND = str.maketrans("bfpvckgqsxzdtlmnrjyw", "bbbbccccccc" + "ddlnnrcyw")


def misheard(texts: Sequence[str], *, seed: int = 0) -> tuple[str, ...]:
    """The texts without punctuation and capitals, and with mistakes; the same for the same seed."""
    chance = np.random.default_rng(seed)
    spoken = [re.findall(r"[\w']+", text.lower()) for text in texts]
    often = Counter(word for words in spoken for word in words)
    alike: dict[str, list[str]] = {}
    for word, _ in often.most_common():
        alike.setdefault(_sound(word), []).append(word)
    return tuple(" ".join(_hear(words, alike, chance)) for words in spoken)


def _hear(words: Sequence[str], alike: dict[str, list[str]], chance: np.random.Generator) -> list[str]:
    heard = []
    for word in words:
        draw = float(chance.random())
        others = [other for other in alike[_sound(word)] if other != word]
        if draw < SWALLOWED and len(words) > 2:
            continue
        if draw < SWALLOWED + MISTAKEN and others:
            heard.append(others[int(chance.integers(min(len(others), 5)))])
        else:
            heard.append(word)
    return heard or list(words)


def _sound(word: str) -> str:
    """The consonants, those of like sound written alike, vowels and doubles left out (after Soundex)."""
    skeleton = re.sub(r"[aeiouh']", "", word.translate(_SAME_SOUND))
    return re.sub(r"(.)\1+", r"\1", skeleton) or word[:1]
