"""Turns text into `Understanding`: everything that needs a model, done once a turn and for many turns together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from agent.understanding.acts import Act, ActHead, by_model, by_rules, mood
from agent.understanding.foreign import Foreign
from agent.understanding.language import language_of
from agent.understanding.masking import was_masked
from agent.understanding.names import NameFinder
from agent.understanding.reference_kinds import NO_REFERENCES, ReferenceKinds
from agent.understanding.safety import (
    LEAST,
    LEAST_CLAUSE,
    LEAST_HYPOTHETICAL,
    LEAST_WHOLE,
    SafetyHead,
    SafetyPolicy,
    by_words,
    is_hypothetical,
)
from agent.understanding.spelling import Spelling
from agent.understanding.text import plain
from agent.understanding.understanding import Clause, Understanding, Urgency
from encoder import WordEncoder, Words
from intents import Classification, IntentModel, place_of, split_clauses
from knowledge import KnowledgeIndex, Query

SHORTEST_ALARM = 4
"""Words; the classifier is not asked about less. Words of danger are heard in any turn."""
MOST_CLAUSES = 8
"""Pieces of one turn that are looked at; a longer one is a story, and its whole counts."""

FEWEST_WORDS = 3
"""Left of a turn without its numbers, they say what is wished; fewer don't."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_QUESTION = re.compile(
    r"\?\s*$|^(?:and |but |so |ok |okay |oh |hi,? |hello,? |also |please |sorry,? )*(?:what|what's|whats|when|when's|where|where's|wheres|why|who|who's|how|how's|which|can|could|do|does|did|is|are|am|will|would|should|have|has"
    r"|may|must (?:i|my|we|he|she)|any(?:one| news| update| use| point| chance)?)\b|\b(?:so|and|or) (?:why|how come|where|when|am i|are we|must (?:i|my|we)|do i|do you|does it|can i|is it|will (?:it|i|you))\b|\bany (?:use|point|chance) \w+ing\b|[,;.]\s+(?:what|when|where|who|why|how|which|will|do|does|is|are|am|can|could|would|should|ok with|must i)\b[^,;.]*$|\b(?:wondering|want(?:ed)? to know|like to know|can you tell me|could you tell me|tell me (?:what|when|how|if|whether|why)|do you know)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CanaryVariant:
    """The model without the canaries that reach no further than `share` of the conversations."""

    share: float
    model: IntentModel


class Understander:
    """Immutable; the supervisor's changes make a new one. Safe to share between threads."""

    def __init__(
        self,
        encoder: WordEncoder,
        model: IntentModel,
        knowledge: KnowledgeIndex,
        *,
        acts: ActHead | None = None,
        safety: SafetyPolicy,
        urgent: SafetyHead | None = None,
        names: NameFinder,
        references: ReferenceKinds = NO_REFERENCES,
        spelling: Spelling | None = None,
        foreign: Foreign | None = None,
        variants: tuple[CanaryVariant, ...] = (),
    ) -> None:
        """`variants`, by rising share, serve the conversations that are not to meet a canary yet."""
        self.encoder = encoder
        self.model = model
        self.knowledge = knowledge
        self.variants = variants
        self._references, self._spelling = references, spelling
        self._acts, self._safety, self._urgent, self._names, self._foreign = acts, safety, urgent, names, foreign

    def warm(self) -> None:
        """Learn what is learnt beside serving: other languages. Blocks for seconds."""
        if self._foreign is not None:
            self._foreign.warm()

    def with_model(self, model: IntentModel, variants: tuple[CanaryVariant, ...]) -> "Understander":
        """The same with another model of the intents."""
        return Understander(
            self.encoder,
            model,
            self.knowledge,
            acts=self._acts,
            safety=self._safety,
            urgent=self._urgent,
            names=self._names,
            references=self._references,
            spelling=self._spelling,
            foreign=self._foreign,
            variants=variants,
        )

    def understand_many(self, turns: Sequence[tuple[str, int]]) -> list[Understanding]:
        """Several turns (text, sequence number) at once. CPU-bound, about 12 ms each; blocks."""
        texts = [plain(text) for text, _ in turns]
        pieces = [_pieces(text) for text in texts]
        flat = [one for text, parts in zip(texts, pieces, strict=True) for one in (text, *parts)]
        heard = [self._spelled(self._without_numbers(_CALLING.sub("asking", without_lead(one)))) for one in flat]
        vectors, words = self.encoder.encode_words(heard)
        classified = self.model.classify_many(heard, vectors)
        rows = iter(zip(flat, heard, vectors, words, classified, strict=True))
        understood = []
        for (raw, seq), text, parts in zip(turns, texts, pieces, strict=True):
            own = [self._clause(*next(rows)) for _ in range(1 + len(parts))]
            understood.append(replace(self._understanding(text, seq, own), was_masked=was_masked(raw)))
        return understood

    def in_conversation(self, conversation_id: str, one: Understanding) -> Understanding:
        """The same as this conversation is to understand it: without the canaries it is not to meet yet."""
        place = place_of(conversation_id)
        model = next((variant.model for variant in reversed(self.variants) if place >= variant.share), None)
        if model is None:
            return one

        def again(clause: Clause) -> Clause:
            return replace(clause, intent=model.classify(clause.query.text, clause.query.vector))

        return replace(one, whole=again(one.whole), clauses=tuple(again(clause) for clause in one.clauses))

    def _without_numbers(self, text: str) -> str:
        """The numbers of records left out: which wish a turn is says its words, not that it names a claim."""
        kept, at = "", 0
        for found in sorted(self._references.find_named(text), key=lambda one: one.start):
            if found.start >= at:
                kept, at = kept + text[at : found.start], found.end
        kept += text[at:]
        return kept if len(_WORD.findall(kept)) >= FEWEST_WORDS else text

    def _spelled(self, text: str) -> str:
        return self._spelling.corrected(text) if self._spelling else text

    def _clause(
        self, text: str, heard: str, vector: NDArray[np.float32], words: Words, intent: Classification
    ) -> tuple[Clause, NDArray[np.float32]]:
        acts = by_rules(text)
        if self._acts is not None and not acts - {Act.YES, Act.NO}:
            found = by_model(text, self._acts.probabilities(vector[None, :])[0], self._acts.acts)
            acts = acts | {found} if found else acts
        query = Query(heard, vector, words)
        return Clause(text, intent, acts, self.knowledge.search(query), query, bool(_QUESTION.search(text))), vector

    def _understanding(self, text: str, seq: int, own: Sequence[tuple[Clause, NDArray[np.float32]]]) -> Understanding:
        (whole, vector), *parts = own
        clauses = tuple(clause for clause, _ in parts) or (whole,)
        language = language_of(text)
        if language not in (None, "en") and self._foreign is not None:
            whole = self._foreign.clause(whole)
            clauses = (whole,)
        urgency = self._urgency(
            text, [clause.text for clause, _ in parts], [vector, *(one for _, one in parts)], language
        )
        return Understanding(
            text=text,
            seq=seq,
            whole=whole,
            clauses=clauses,
            spans=self._names.spans(text),
            language=language,
            urgency=urgency,
            is_legal=bool(self._safety.legal and self._safety.legal.search(text)),
            mood=mood(text),
        )

    def _urgency(
        self, text: str, pieces: Sequence[str], vectors: Sequence[NDArray[np.float32]], language: str | None
    ) -> Urgency | None:
        said = by_words(self._safety, text)
        if said is not None and not (is_hypothetical(text) and self._is_harmless((text, *pieces), vectors)):
            return Urgency(said, by_words=True)
        if language not in (None, "en"):
            foreign = self._foreign.urgent(text) if self._foreign else None
            return Urgency(foreign, by_words=False) if foreign else None
        if self._urgent is None or len(text.split()) < SHORTEST_ALARM:
            return None
        least = LEAST_HYPOTHETICAL if is_hypothetical(text) else LEAST
        for number, (piece, vector) in enumerate(zip((text, *pieces), vectors, strict=True)):
            category, probability = self._urgent.urgent(vector, piece)
            is_whole = number == 0
            if is_whole and probability < LEAST_WHOLE:
                return None
            known = self._safety.category(category)
            needed = max(least, known.least if known else 0.0, 0.0 if is_whole else LEAST_CLAUSE)
            if probability >= needed and (is_whole or len(piece.split()) >= 5):
                return Urgency(category, False, probability)
        return None

    def _is_harmless(self, texts: Sequence[str], vectors: Sequence[NDArray[np.float32]]) -> bool:
        """Words of danger in a question about something else."""
        return self._urgent is not None and all(
            self._urgent.urgent(vector, text)[1] < LEAST for text, vector in zip(texts, vectors, strict=True)
        )


_CALLING = re.compile(
    r"(?<=\bi'm )(?:calling|ringing|phoning)\b(?! (?:you )?back)|(?<=\bi am )(?:calling|ringing|phoning)\b(?! (?:you )?back)",
    re.IGNORECASE,
)
"""Says how somebody reaches us; that they "are ringing" is no wish to be rung."""


_LEAD = re.compile(
    r"^(?:(?:no+|nope|nah|yes|yeah|yep|ok(?:ay)?|right|thanks?|thank you|ta|cheers|lol|great|good|lovely|perfect|brilliant|please|well|hmm+|oh|ah|hi|hello|hiya|hey|sorry|neither)"
    r"(?: (?:no|thanks?|please|pls|you|then|there|love|lol|ta|mate|dear))*[,.!…]+\s*)+",
    re.IGNORECASE,
)


def without_lead(text: str) -> str:
    """What is said behind "no thanks." or "ok, great!": the courtesy says nothing of what it is about."""
    rest = text[match.end() :] if (match := _LEAD.match(text)) else text
    return rest if len(_WORD.findall(rest)) >= FEWEST_WORDS else text


def _pieces(text: str) -> tuple[str, ...]:
    parts = split_clauses(text)
    return parts if 1 < len(parts) <= MOST_CLAUSES else ()
