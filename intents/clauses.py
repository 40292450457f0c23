"""Several wishes in one breath: "cancel my policy and when do I get my refund?"."""

import re
from dataclasses import dataclass

from encoder import Encoder
from intents.classify import Classification, IntentModel, Zone

FEWEST_WORDS = 3
"""A shorter piece is no wish of its own."""

_SENTENCE = re.compile(r"(?<=[.?!;])\s+")
_JOINT = re.compile(
    r"(?:,\s++|(?<![\s,])\s++)(?:and then|and also|but also|oh and|as well as|and|also|plus|but|then)\s+(?=(?:i|i'm|i'd|i've|we|we're|"
    r"can|could|do|does|did|is|are|was|how|what|what's|when|where|where's|who|why|which|will|would|please|my|"
    r"to|need|want|cancel|change|check|report|pay|get|tell|give|send|update|add|renew|make|find|open|close|book)\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r",\s+(?=(?:what|what's|whats|when|where|how|why|who|can (?:i|you|we)|could (?:i|you|we)|does|do (?:i|you)|is (?:it|there|my)|will (?:i|you|it))\b)",
    re.IGNORECASE,
)
"""Questions in a row: "where is my claim, what's my excess and can I add a driver?"."""


@dataclass(frozen=True)
class Wish:
    """One wish in what was said."""

    text: str
    """The piece of the turn that says it."""
    classification: Classification


def split_clauses(text: str) -> tuple[str, ...]:
    """The pieces of a turn that could each be a wish, in order; the whole turn if it does not fall apart.

    Cuts at the ends of sentences and at joining words before something that can begin a wish. A piece under three
    words stays with the one before it.
    """
    pieces: list[str] = []
    for sentence in _SENTENCE.split(text.strip()):
        for piece in (one for listed in _LISTED.split(sentence) for one in _JOINT.split(listed)):
            if (pieces and len(piece.split()) < FEWEST_WORDS) or (pieces and len(pieces[-1].split()) < FEWEST_WORDS):
                pieces[-1] = f"{pieces[-1]} {piece}"
            elif piece:
                pieces.append(piece)
    return tuple(pieces) if len(pieces) > 1 else (text,)


def find_wishes(model: IntentModel, encoder: Encoder, text: str) -> tuple[Wish, ...]:
    """Every different wish in a turn, in the order said; at least one.

    Several only if two or more pieces are accepted as different intents: otherwise the turn as a whole counts, because
    most long turns are one wish with its story.
    """
    pieces = split_clauses(text)
    vectors = encoder.encode([text, *pieces])
    whole = Wish(text, model.classify(text, vectors[0]))
    accepted: dict[str, Wish] = {}
    for piece, found in zip(pieces, model.classify_many(pieces, vectors[1:]), strict=True):
        if found.zone is Zone.ACCEPT:
            accepted.setdefault(found.candidates[0].intent, Wish(piece, found))
    return tuple(accepted.values()) if len(accepted) > 1 else (whole,)
