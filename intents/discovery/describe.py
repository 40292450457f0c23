"""Turns a group of sentences into a proposal a supervisor can judge."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from encoder import Encoder, Vectors
from intents.classify import IntentModel, Zone
from intents.discovery.clusters import Grouping
from intents.discovery.naming import title
from intents.discovery.proposal import Evidence, Proposal, Trend
from intents.discovery.ranking import worth
from intents.discovery.trend import trend
from intents.discovery.turns import Candidate
from intents.library import Library

DUPLICATE = 0.85
"""Cosine between the middles of a proposal and an intent from which they are the same wish."""
DUPLICATE_ACCEPTED = 0.3
"""Share of a proposal's sentences already accepted under one intent from which it is that wish."""
NEAR = 0.5
"""Cosine to an intent from which its group and queue are worth suggesting."""

RECOGNISED_AT_ONCE = 1024

MOST_EXAMPLES = 20
MOST_ALIKE = 0.95
"""Two examples nearer than this teach the same."""


@dataclass(frozen=True)
class Recognised:
    """What the model makes of some sentences, in the little that proposals need."""

    scores: NDArray[np.float64]
    """Shape (rows,); as Classification.score."""
    accepted: NDArray[np.intp]
    """Shape (rows,); place of the intent it is accepted under in `IntentModel.intents`, -1 if it is not accepted."""


def recognise(vectors: Vectors, model: IntentModel, texts: Sequence[str]) -> Recognised:
    """`texts` with their vectors, shape (texts, dimensions)."""
    places = {intent: place for place, intent in enumerate(model.intents)}
    scores = np.empty(len(texts))
    accepted = np.full(len(texts), -1, dtype=np.intp)
    # In slices, because whole classifications of 100,000 texts would take half a gigabyte.
    for start in range(0, len(texts), RECOGNISED_AT_ONCE):
        part = slice(start, start + RECOGNISED_AT_ONCE)
        for row, one in enumerate(model.classify_many(texts[part], vectors[part]), start=start):
            scores[row] = one.score
            if one.zone is Zone.ACCEPT:
                accepted[row] = places[one.candidates[0].intent]
    return Recognised(scores, accepted)


@dataclass(frozen=True)
class Material:
    """All that a description draws on, but for the vectors; what is per row is parallel."""

    found: Sequence[Candidate]
    recognised: Recognised
    grouping: Grouping
    turns: int
    """Of all candidates together."""
    model: IntentModel
    library: Library
    encoder: Encoder
    now: datetime | None
    """None in a history without times."""


def describe(material: Material, members: NDArray[np.intp], vectors: Vectors, subtitle: tuple[str, ...]) -> Proposal:
    """The proposal made of these rows, `vectors` being theirs alone, shape (members, dimensions)."""
    middle = direction(vectors)
    order = np.argsort(-(vectors @ middle), kind="stable")
    members, vectors = members[order], vectors[order]
    centrality = vectors @ middle
    found = [material.found[int(row)] for row in members]
    accepted = material.recognised.accepted[members]
    texts = [candidate.text for candidate in found]
    evidence = tuple(
        Evidence(turn.id, turn.conversation, turn.text, turn.at, float(close))
        for candidate, close in zip(found, centrality, strict=True)
        for turn in candidate.turns
    )
    nearest, similarity = nearest_intent(material.model, middle)
    intent = material.library.find(nearest) if nearest and similarity >= NEAR else None
    novelty = 0.0 - float(np.mean(material.recognised.scores[members]))
    moves = _trend(evidence, material.now)
    cohesion = float(centrality.mean())
    conversations = len({one.conversation for one in evidence})
    return Proposal(
        id=_id(texts[:5]),
        title=title(texts, vectors, material.encoder),
        subtitle=subtitle,
        evidence=evidence,
        examples=typical(texts, vectors),
        border=tuple(texts[-2:]),
        conversations=conversations,
        share=len(evidence) / material.turns,
        novelty=novelty,
        unmatched=float((accepted < 0).mean()),
        cohesion=cohesion,
        stability=float(material.grouping.stability[members].mean()),
        nearest_intent=nearest,
        nearest_similarity=similarity,
        duplicate_of=_duplicate(accepted, material.model, nearest, similarity),
        group=intent.group if intent else None,
        queue=intent.queue if intent else None,
        trend=moves,
        rank=worth(novelty, conversations, cohesion, moves),
        middle=middle,
    )


def direction(vectors: Vectors) -> NDArray[np.float32]:
    """The mean of some rows, length one, shape (dimensions,)."""
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def nearest_intent(model: IntentModel, middle: NDArray[np.float32]) -> tuple[str | None, float]:
    """The intent whose examples' mean is nearest to `middle`, and the cosine; None and 0 for an empty library."""
    if not model.intents:
        return None, 0.0
    means = np.stack([direction(model.bank[model.bank_labels == label]) for label in range(len(model.intents))])
    similarities = means @ middle
    best = int(similarities.argmax())
    return model.intents[best], float(similarities[best])


def typical(texts: Sequence[str], vectors: Vectors, *, most: int = MOST_EXAMPLES) -> tuple[str, ...]:
    """Different sentences that stand for the group; the rows come with the most central first.

    Each next one is the row that is central and yet unlike those chosen (maximal marginal relevance).
    """
    middle = direction(vectors)
    closeness = vectors @ middle
    chosen = [0]
    likeness = vectors @ vectors[0]
    while len(chosen) < min(most, len(texts)):
        worth = 0.6 * closeness - 0.4 * likeness
        worth[likeness > MOST_ALIKE] = -2.0
        worth[chosen] = -2.0
        best = int(worth.argmax())
        if worth[best] <= -2.0:
            break
        chosen.append(best)
        likeness = np.maximum(likeness, vectors @ vectors[best])
    return tuple(texts[row] for row in chosen)


def _duplicate(accepted: NDArray[np.intp], model: IntentModel, nearest: str | None, similarity: float) -> str | None:
    if similarity >= DUPLICATE:
        return nearest
    counts = np.bincount(accepted[accepted >= 0], minlength=1)
    most = int(counts.argmax())
    return model.intents[most] if counts[most] / len(accepted) > DUPLICATE_ACCEPTED else None


def _trend(evidence: Sequence[Evidence], now: datetime | None) -> Trend | None:
    times = [one.at for one in evidence if one.at is not None]
    return trend(times, now) if now and times else None


def _id(texts: Sequence[str]) -> str:
    return "topic_" + hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:10]
