"""Names a group of utterances without a language model: a verb phrase as title, telling words as subtitle."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from encoder import Encoder, Vectors
from intents.discovery.graph import Partition

_WANT = re.compile(
    r"\b(?:need(?:ed)? to|want(?:ed)? to|like to|calling to|call to|trying to|tried to|"
    r"help(?:ing)? (?:me )?(?:to )?(?:with )?|"
    r"how (?:do|can|would|should) (?:i|we|you)|can (?:i|you|we)|could (?:i|you|we)|looking to|wish to|have to|"
    r"calling about|asking about|question about|wondering (?:if|about|when|how|whether)|interested in|"
    r"when (?:do|does|will|are|is)|what (?:is|are|was)|what's|where (?:is|are)|where's|why (?:is|are|do|does|did)|"
    r"how (?:much|many|long)|do (?:i|you|we)|i need|i want|i've|i have|my)\b\s+(?P<phrase>[^.?!,;]+)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<!\s)\s++(?:please|thanks|thank you|today|now|asap|right now|right away|for me|if possible|and|but|because|"
    r"so that|since|though|then)\b.*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:please|just|actually|to|also|kindly|go ahead and|get help|know|find out)\s+", re.IGNORECASE)
_MASK = re.compile(r"\[\w+\]")

_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about above after again anything something everything someone all also am an and any are
        as at be because been before being but by can cannot could did do does doing don done down
        for from further get gets getting go going got had has have having he hello help her here hi
        him his how i if in into is it its just know let like ll look looking m make may me might
        more most much my need needs no nor not now of off okay ok on once one only or other our out
        over own please re really s same say see she should so some such t tell than thank thanks
        that the their them then there these they thing things think this those through to today too
        trying um uh under until up us ve very want wanted wants was way we well were what when
        where which while who why will with would yeah yes you your calling call sure hey im id ive
        """,
    )
)
_LONGEST_TITLE_WORDS = 7


def phrases(text: str) -> tuple[str, ...]:
    """The wishes a sentence may name, in lower case: "hi, I need to pay my bill please" -> "pay my bill"."""
    found = []
    for match in _WANT.finditer(text):
        phrase = _TAIL.sub("", _MASK.sub("", match["phrase"])).strip().lower()
        for _ in range(2):
            phrase = _LEADING.sub("", phrase)
        words = phrase.split()
        telling = len([word for word in words if word not in _EMPTY_WORDS])
        if 2 <= len(words) <= _LONGEST_TITLE_WORDS and 3 * telling >= len(words):
            found.append(" ".join(words))
    return tuple(found)


def title(texts: Sequence[str], vectors: Vectors, encoder: Encoder) -> str:
    """The wish nearest to the middle of the group, as a title; the most typical sentence where none is named.

    `texts` from the most central to the border, `vectors` their rows. Encodes up to sixty short phrases.
    """
    named = Counter(phrase for text in texts[:60] for phrase in phrases(text))
    if not named:
        return _sentence(" ".join(_MASK.sub("", texts[0]).split()[:_LONGEST_TITLE_WORDS]))
    chosen = [phrase for phrase, _ in named.most_common(60)]
    middle = vectors.mean(axis=0)
    closeness = encoder.encode(chosen) @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    # A long phrase is near because it says more, and a phrase said often is nobody's private affair.
    length = np.array([max(0, len(phrase.split()) - 4) for phrase in chosen])
    often = np.log([named[phrase] for phrase in chosen])
    return _sentence(chosen[int(np.argmax(closeness - 0.03 * length + 0.03 * often))])


def telling_words(texts: Sequence[str], partition: Partition, *, count: int = 3) -> tuple[tuple[str, ...], ...]:
    """Per group the words that are frequent in it and rare elsewhere (c-TF-IDF), most telling first."""
    groups = int(partition.max()) + 1 if len(partition) else 0
    counts: list[Counter[str]] = [Counter() for _ in range(groups)]
    for text, label in zip(texts, partition.tolist(), strict=True):
        counts[label].update(set(_words(text)))
    total: Counter[str] = Counter()
    for counter in counts:
        total.update(counter)
    average = sum(total.values()) / max(groups, 1)
    found = []
    for counter in counts:
        size = max(sum(counter.values()), 1)
        worth = {word: times / size * float(np.log1p(average / total[word])) for word, times in counter.items()}
        found.append(tuple(sorted(worth, key=lambda word: (-worth[word], word))[:count]))
    return tuple(found)


def _words(text: str) -> list[str]:
    found = re.findall(r"[a-z][a-z'-]+", _MASK.sub(" ", text.casefold()))
    return [
        word for word in found if word.replace("'", "") not in _EMPTY_WORDS and word.split("'")[0] not in _EMPTY_WORDS
    ]


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
