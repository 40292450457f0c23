"""The heavy part of learning as plain work on values: it runs in a process of its own, or here when there is little."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from agent.understanding import NO_SAFETY, SafetyPolicy
from encoder import Encoder, Vectors
from intents import IntentModel, Library, ReplayResult, ReplayTurn, Zone, follow, replay, retrain
from intents.discovery import CustomerTurn, DiscoveryOptions, Evidence, Proposal, Remembered, candidates, merge, propose
from learning.history.replaying import turn_id
from learning.proposals.alarms import alarms_of
from learning.proposals.found import Rows, Surroundings, bodies, proposal_from, vector_from, vector_to
from storage.learning import CandidateRow, Finding, StoredProposal

JOINS_FIXED = 0.6
"""Cosine to the nearest turn of a proposal that a supervisor split or merged, from which a new turn belongs to it; the
middle says nothing here, since what a person merged may have two."""
LEAST_TURNS = 5
ENCODED_AT_ONCE = 32

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class DiscoveryInput:
    """What a run of discovery starts from."""

    rows: Sequence[CandidateRow]
    model: IntentModel
    library: Library
    fixed: Sequence[StoredProposal]
    """What supervisors put together: turns are added, nothing is regrouped."""
    earlier: Sequence[Remembered]
    now: datetime
    safety: SafetyPolicy = NO_SAFETY


@dataclass(frozen=True)
class DiscoveryOutput:
    """What it came to."""

    proposals: tuple[Proposal, ...]
    candidates: int
    """Turns that the model does not understand."""
    lines: tuple[str, ...]
    """Line of business per proposal: that of most of its turns."""
    new_vectors: tuple[tuple[str, int, bytes], ...]
    """Of the turns that had none yet."""


class DiscoveryWork:
    """Keeps the turns of the run between finding and describing."""

    def __init__(self, encoder: Encoder, progress: Progress) -> None:
        self._encoder = encoder
        self._progress = progress
        self._rows = Rows.of([], np.zeros((0, encoder.dimensions), dtype=np.float32))
        self._given: DiscoveryInput | None = None
        self._found: tuple[Proposal, ...] = ()

    def find(self, given: DiscoveryInput) -> DiscoveryOutput:
        """Encode what is new, leave out what the model understands, group the rest."""
        vectors, new = self._vectors(given.rows)
        kept = np.flatnonzero(~self._understood(given, vectors))
        rows = Rows.of([given.rows[int(place)] for place in kept], vectors[kept])
        shared, free = _shared_out(rows, given.fixed)
        grouped = self._grouped(rows, free, given)
        fixed = [self._fixed(row, turns, rows, given) for row, turns in shared if turns]
        every = tuple(one for one in (*fixed, *grouped) if not one.is_rejected or one.is_known)
        self._rows, self._given, self._found = rows, given, every
        return DiscoveryOutput(every, len(rows.rows), tuple(_line_of(one, rows) for one in every), tuple(new))

    def describe(self, replies: Mapping[str, Sequence[str]]) -> list[Finding]:
        """The bodies of what was found; `replies` is what operators said, per conversation."""
        given = self._given
        if given is None:
            return []
        raised = alarms_of(self._found, [row.at for row in self._rows.rows.values()], given.now)
        around = Surroundings(given.model, given.library, self._encoder, replies, raised, given.now, given.safety)
        return bodies(self._found, self._rows, around)

    def replay(self, turns: Sequence[ReplayTurn], model: IntentModel, before: Library, after: Library) -> ReplayResult:
        """The past through the model and through the one that follows from it."""
        vectors = self._encoded([turn.text for turn in turns])
        self._progress("compare", 0.0)
        return replay(turns, vectors, model, follow(model, before, after, self._encoder))

    def caught(self, texts: Sequence[str], intent: str, old: IntentModel, new: IntentModel) -> list[int]:
        """Places of the texts that only `new` accepts as the intent."""
        vectors = self._encoded(texts)
        pairs = zip(old.classify_many(texts, vectors), new.classify_many(texts, vectors), strict=True)
        return [
            place
            for place, (one, other) in enumerate(pairs)
            if other.zone is Zone.ACCEPT and other.candidates[0].intent == intent
            if one.zone is not Zone.ACCEPT or one.candidates[0].intent != intent
        ]

    def retrain(self, model: IntentModel, library: Library) -> IntentModel:
        """The model trained from scratch."""
        return retrain(model, library, self._encoder)

    def _vectors(self, rows: Sequence[CandidateRow]) -> tuple[Vectors, list[tuple[str, int, bytes]]]:
        fresh = [place for place, row in enumerate(rows) if row.vector is None]
        made = self._encoded([rows[place].text for place in fresh])
        vectors = np.zeros((len(rows), self._encoder.dimensions), dtype=np.float32)
        for place, row in enumerate(rows):
            if row.vector is not None:
                vectors[place] = vector_from(row.vector)
        vectors[fresh] = made
        new = [
            (rows[place].conversation_id, rows[place].seq, vector_to(vector))
            for place, vector in zip(fresh, made, strict=True)
        ]
        return vectors, new

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        parts = [np.zeros((0, self._encoder.dimensions), dtype=np.float32)]
        for start in range(0, len(texts), ENCODED_AT_ONCE):
            self._progress("encode", start / len(texts))
            parts.append(self._encoder.encode(texts[start : start + ENCODED_AT_ONCE]))
        return np.concatenate(parts)

    def _understood(self, given: DiscoveryInput, vectors: Vectors) -> NDArray[np.bool_]:
        found = given.model.classify_many([row.text for row in given.rows], vectors)
        return np.array([one.zone is Zone.ACCEPT for one in found], dtype=np.bool_)

    def _grouped(self, rows: Rows, free: Sequence[str], given: DiscoveryInput) -> tuple[Proposal, ...]:
        found = candidates(_turn(rows, one) for one in free)
        return propose(
            found,
            rows.vectors_of([candidate.turns[0].id for candidate in found]),
            given.model,
            given.library,
            self._encoder,
            now=given.now,
            earlier=given.earlier,
            options=DiscoveryOptions(least_turns=LEAST_TURNS),
            progress=self._progress,
        )

    def _fixed(self, row: StoredProposal, turns: Sequence[str], rows: Rows, given: DiscoveryInput) -> Proposal:
        """What people put together, described anew with the turns it has now."""
        quoted = [(one, rows.rows[one]) for one in turns]
        evidence = tuple(Evidence(one, row.conversation_id, row.text, row.at, 0.0) for one, row in quoted)
        kept = replace(proposal_from(row), evidence=evidence)
        again = merge([kept], given.model, given.library, self._encoder, now=given.now)
        return replace(again, id=row.id, is_known=True, share=len(turns) / max(len(rows.places), 1))


def _turn(rows: Rows, turn: str) -> CustomerTurn:
    row = rows.rows[turn]
    return CustomerTurn(turn, row.conversation_id, row.text, row.at)


def _shared_out(
    rows: Rows, fixed: Sequence[StoredProposal]
) -> tuple[list[tuple[StoredProposal, list[str]]], list[str]]:
    """The turns of the proposals that people put together, and those that are free to be grouped."""
    shared: dict[str, tuple[StoredProposal, list[str]]] = {one.id: (one, []) for one in fixed}
    owner = {
        turn_id(evidence["conversation_id"], evidence["seq"]): one.id
        for one in fixed
        for evidence in one.body["evidence"]
    }
    owned = [turn for turn in rows.places if turn in owner]
    members = rows.vectors_of(owned)
    free = []
    for turn, place in rows.places.items():
        belongs = owner.get(turn)
        if belongs is None and owned:
            likeness = members @ rows.vectors[place]
            best = int(likeness.argmax())
            belongs = owner[owned[best]] if likeness[best] >= JOINS_FIXED else None
        if belongs is None:
            free.append(turn)
        else:
            shared[belongs][1].append(turn)
    return list(shared.values()), free


def _line_of(proposal: Proposal, rows: Rows) -> str:
    lines = [rows.rows[one.turn].line_of_business for one in proposal.evidence if one.turn in rows.rows]
    return max(sorted(set(lines)), key=lines.count, default="")
