"""People in danger and people who need care: recognised before anything else, by words that never miss and a classifier.

Which categories there are, what is said and who takes it is the tenant's data (safety.yaml).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from scipy.special import softmax

from encoder import Encoder, KeptSentences, SoftmaxHead, fit_softmax, one_thread

STRENGTH = 20.0
"""Inverse of the penalty; chosen on the tuning half of bench/agent_data."""
SAME = 0.7
"""Cosine from which a turn says what a harmless sentence says."""
DOUBT = 0.3
"""So much alarm of the quick classifier has the careful one look at the turn."""
LEAST, LEAST_CLAUSE, LEAST_WHOLE, LEAST_HYPOTHETICAL = 0.75, 0.9, 0.4, 0.9
"""A turn is urgent from this probability on, all categories together; by one clause of it from the second, if the whole has
the third; and what is only imagined or past from the last. Rules need none."""


class SafetyInvalid(Exception):
    """safety.yaml does not look as it must; the message names the place."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a pattern: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Category(_Wire):
    id: str
    kind: Literal["emergency", "vulnerable"]
    queue: str
    priority: int = Field(ge=0, le=10_000)
    label: str
    say: str
    answers: list[str] = []
    intent: str = ""
    passes: bool = False
    least: float = Field(default=0.0, ge=0.0, le=1.0)
    patterns: list[Pattern] = []
    examples: list[str] = []


class _Legal(_Wire):
    priority: int = Field(default=100, ge=0, le=10_000)
    label: str = "legal"
    patterns: list[Pattern] = []


class _File(_Wire):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    categories: list[_Category] = []
    alarming_intents: list[str] = []
    legal: _Legal = _Legal()
    harmless: list[str] = Field(default_factory=list, alias="not")


@dataclass(frozen=True)
class Category:
    """One reason to fetch a person at once."""

    id: str
    kind: str
    """emergency or vulnerable."""
    queue: str
    priority: int
    """Added to the queue's own."""
    label: str
    """For the operator, on the card."""
    say: str
    """The safe words, said first."""
    answers: tuple[str, ...]
    """Articles a passage of which may be read out too, when the turn asks something."""
    intent: str
    """The intent it is about; empty for none."""
    passes: bool = False
    """True for a danger that is over by the next day: what happened yesterday is a story, not an alarm."""
    least: float = 0.0
    """So sure the classifier must be at least: higher for a need that bears a minute's wait than for a danger."""


@dataclass(frozen=True)
class SafetyPolicy:
    """The tenant's categories, compiled."""

    categories: tuple[Category, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    """Category id and pattern."""
    alarming: frozenset[str]
    """Intents that are often an emergency themselves: a plain wish of theirs calms no alarm."""
    legal: re.Pattern[str] | None
    legal_priority: int
    legal_label: str
    examples: tuple[tuple[str, str], ...]
    """Category id (empty: harmless) and sentence."""

    def category(self, category_id: str) -> Category | None:
        return next((one for one in self.categories if one.id == category_id), None)


@dataclass(frozen=True)
class SafetyHead:
    """The classifier of urgent turns."""

    head: SoftmaxHead
    categories: tuple[str, ...]
    """Of each row of the head; the first is the harmless one, empty."""
    near: NDArray[np.float32]
    """The harmless sentences, as unit vectors: who says nearly the same is not in danger."""
    second: Encoder | None = None
    careful: SoftmaxHead | None = None
    """Over the vectors of both encoders: decides about what alarms the quick head at all. It is wrong half as often."""

    def urgent(self, vector: NDArray[np.float32], text: str) -> tuple[str, float]:
        """The likeliest category and how likely any of them is. `vector` is the text's, by the first encoder."""
        probabilities = softmax(self.head.logits(vector[None, :]), axis=1)[0]
        if self.second is not None and self.careful is not None and probabilities[0] < 1.0 - DOUBT:
            pair = _paired(vector[None, :], self.second.encode([text]))
            probabilities = softmax(self.careful.logits(pair), axis=1)[0]
        best = int(probabilities[1:].argmax()) + 1
        is_said_daily = bool(len(self.near)) and float((self.near @ vector).max()) > SAME
        return self.categories[best], 0.0 if is_said_daily else float(1.0 - probabilities[0])


def _paired(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Both vectors as one of length one."""
    return np.asarray(np.concatenate([first, second], axis=1) / np.sqrt(2.0), dtype=np.float32)


NO_SAFETY = SafetyPolicy((), (), frozenset(), None, 0, "", ())


def parse_safety(content: Mapping[str, object] | None) -> SafetyPolicy:
    """The policy of a safety.yaml, already read. Raises SafetyInvalid."""
    try:
        file = _File.model_validate(content or {})
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"])
        raise SafetyInvalid(f"safety.yaml, {place}: {first['msg']}") from error
    categories = tuple(
        Category(
            one.id,
            one.kind,
            one.queue,
            one.priority,
            one.label,
            one.say,
            tuple(one.answers),
            one.intent,
            one.passes,
            one.least,
        )
        for one in file.categories
    )
    legal = file.legal.patterns
    return SafetyPolicy(
        categories=categories,
        alarming=frozenset(file.alarming_intents),
        patterns=tuple((one.id, _whole_words(one.patterns)) for one in file.categories if one.patterns),
        legal=_whole_words(legal) if legal else None,
        legal_priority=file.legal.priority,
        legal_label=file.legal.label,
        examples=(
            *((one.id, text) for one in file.categories for text in one.examples),
            *(("", text) for text in file.harmless),
        ),
    )


def train_safety(
    policy: SafetyPolicy,
    encoder: Encoder,
    harmless: Sequence[str],
    *,
    second: Encoder | None = None,
    vectors: Path | None = None,
) -> SafetyHead | None:
    """The classifier; `harmless` are more sentences of the tenant's ordinary customers. None without examples.

    `second`: another encoder, asked where the first is alarmed. `vectors`: the file that keeps what it encodes here.
    """
    if not any(category for category, _ in policy.examples):
        return None
    rows = [*policy.examples, *(("", text) for text in harmless)]
    ids = ("", *(one.id for one in policy.categories))
    labels = np.array([ids.index(category) for category, _ in rows], dtype=np.intp)
    with one_thread():
        texts = [text for _, text in rows]
        own = encoder.encode(texts)
        head = fit_softmax(own, labels, len(ids), strength=STRENGTH)
        if second is None:
            return SafetyHead(head, ids, own[labels == 0])
        kept = KeptSentences(second, vectors) if vectors else None
        pairs = _paired(own, (kept or second).encode(texts))
        if kept is not None:
            kept.seal()
        careful = fit_softmax(pairs, labels, len(ids), strength=STRENGTH)
    return SafetyHead(head, ids, own[labels == 0], second, careful)


def by_words(policy: SafetyPolicy, text: str) -> str | None:
    """The first category whose words are in a plain text."""
    return next((category for category, pattern in policy.patterns if _is_said(pattern, text)), None)


_NEGATED = re.compile(
    r"\b(?:nobody|no-?one|not|never|no|isn't|hasn't|haven't|didn't|wasn't|don't|without)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_ALIVE = re.compile(
    r"\b(?:nobody|no-?one) (?:has |'s )?(?:died|dead|hurt|ill)\b|\bis (?:very much )?alive\b", re.IGNORECASE
)


def _is_said(pattern: re.Pattern[str], text: str) -> bool:
    """The words stand there, and are not denied: "nobody has died"."""
    if _ALIVE.search(text):
        return False
    return any(
        not _NEGATED.search(text[max(0, match.start() - 30) : match.start()]) for match in pattern.finditer(text)
    )


def _whole_words(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{one})(?!\w)" for one in patterns), re.IGNORECASE)


_HYPOTHETICAL = re.compile(
    r"\b(?:last (?:week|month|year|summer|winter|spring|autumn|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:weeks?|months?|years?) ago|in (?:19|20)\d\d|does|do (?:you|i|pets)|would|if (?:a|i|my|you|it|the|we)|ever|how (?:much|long|do|does|are)"
    r"|what (?:is|does|happens|do you|do i need|if|will)|what's (?:covered|your|left)|are (?:\w+ ){1,3}(?:covered|included|needed)|is (?:\w+ ){0,6}(?:covered|included|cover|needed|worth)"
    r"|can (?:i|you|we) (?:still |get |have |claim|add|cancel|move)|claimed|settled|discount|quote|price|premium|renewal|next (?:year|summer|month|spring)"
    r"|just (?:asking|checking|curious|wondering|comparing)|in case|wondering|already|finished)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|just (?:been|crashed|had|hit|rung)|at this (?:moment|minute)|this minute|minutes? ago|hour ago|help|happening|straight away|urgent(?:ly)?"
    r"|still (?:in|coming|here|alive)|(?:'s|has|have|is) (?:started|begun|starting) to|as we speak)\b|!!",
    re.IGNORECASE,
)


def is_hypothetical(text: str) -> bool:
    """Asked, imagined or long ago: the classifier has to be surer about such a turn."""
    return bool(_HYPOTHETICAL.search(text)) and not _NOW.search(text)
