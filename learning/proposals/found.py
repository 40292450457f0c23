"""What a run of discovery found, as the inbox keeps it: one JSON body per proposal, and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agent.understanding import NO_SAFETY, SafetyPolicy, by_words
from encoder import Encoder, Vectors
from intents import IntentModel, Library
from intents.discovery import Alarm, Evidence, Proposal, Trend, asked_next, direction, flat_map
from knowledge import KnowledgeIndex, Passage
from learning.history.replaying import turn_id, turn_of
from storage.learning import (
    AlarmData,
    ArticleData,
    CandidateRow,
    EvidenceData,
    Finding,
    NearData,
    StoredProposal,
    TrendData,
)

MOST_EVIDENCE = 2_000
DAYS_SHOWN = 28
NEAREST_SHOWN = 5
ARTICLES_SHOWN = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Rows:
    """The candidates of a run by turn id, with their vectors."""

    rows: Mapping[str, CandidateRow]
    places: Mapping[str, int]
    """Row of each turn in `vectors`."""
    vectors: Vectors

    @classmethod
    def of(cls, rows: Sequence[CandidateRow], vectors: Vectors) -> "Rows":
        ids = [turn_id(row.conversation_id, row.seq) for row in rows]
        return cls(dict(zip(ids, rows, strict=True)), {one: place for place, one in enumerate(ids)}, vectors)

    def vectors_of(self, turns: Sequence[str]) -> Vectors:
        """Shape (turns, dimensions)."""
        return self.vectors[[self.places[turn] for turn in turns]]


@dataclass(frozen=True)
class Surroundings:
    """What proposals are set against."""

    model: IntentModel
    library: Library
    encoder: Encoder
    replies: Mapping[str, Sequence[str]]
    """What operators said, per conversation."""
    alarms: Mapping[str, Alarm]
    """By proposal."""
    now: datetime
    safety: SafetyPolicy = NO_SAFETY

    @cached_property
    def means(self) -> Vectors:
        """The middle of each intent of the model, shape (intents, dimensions)."""
        model = self.model
        found = [direction(model.bank[model.bank_labels == label]) for label in range(len(model.intents))]
        return np.stack(found)


def bodies(found: Sequence[Proposal], rows: Rows, around: Surroundings) -> list[Finding]:
    """The bodies of these proposals, in their order. Blocks: some milliseconds each."""
    shown = [[one for one in proposal.evidence if one.turn in rows.places][:MOST_EVIDENCE] for proposal in found]
    every = [one.turn for evidence in shown for one in evidence]
    middles = np.stack([proposal.middle for proposal in found]) if found else np.zeros((0, 1), dtype=np.float32)
    spots = flat_map(rows.vectors_of(every), middles) if every else np.zeros((0, 2))
    made, start = [], 0
    for proposal, evidence in zip(found, shown, strict=True):
        part = spots[start : start + len(evidence)]
        start += len(evidence)
        made.append(_body(proposal, evidence, part, rows, around))
    return made


def with_articles(made: Sequence[Finding], found: Sequence[Proposal], knowledge: KnowledgeIndex) -> list[Finding]:
    """The bodies with the approved passages nearest to each proposal."""
    return [
        {**body, "articles": [_article(one) for one in knowledge.nearest(proposal.middle, limit=ARTICLES_SHOWN)]}
        for body, proposal in zip(made, found, strict=True)
    ]


def _article(one: Passage) -> ArticleData:
    return {"id": one.article_id, "title": one.title, "section": one.section, "score": round(one.score, 3)}


def _body(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    spots: NDArray[np.float64],
    rows: Rows,
    around: Surroundings,
) -> Finding:
    times = [(one.at, one.conversation) for one in proposal.evidence if one.at is not None]
    alarm = around.alarms.get(proposal.id)
    return {
        "title": proposal.title,
        "subtitle": list(proposal.subtitle),
        "examples": list(proposal.examples),
        "border": list(proposal.border),
        "conversations": proposal.conversations,
        "share": proposal.share,
        "novelty": proposal.novelty,
        "unmatched": proposal.unmatched,
        "cohesion": proposal.cohesion,
        "stability": proposal.stability,
        "nearest_intent": proposal.nearest_intent,
        "nearest_similarity": proposal.nearest_similarity,
        "duplicate_of": proposal.duplicate_of,
        "group": proposal.group,
        "queue": proposal.queue,
        "sibling_of": proposal.sibling_of,
        "turns": len(proposal.evidence),
        "this_week": len({conversation for at, conversation in times if at > around.now - WEEK}),
        "trend": _trend_data(proposal.trend) if proposal.trend else None,
        "per_day": per_day([at for at, _ in times], around.now),
        "evidence": [_evidence(one, rows, x, y) for one, (x, y) in zip(evidence, spots.tolist(), strict=True)],
        "asked_next": [
            {"prompt": one.prompt, "type": one.type, "share": one.share}
            for one in asked_next(proposal, around.replies, around.encoder)
        ],
        "nearest": _nearest(proposal, rows, around),
        "flags": flags([one.text for one in proposal.evidence], proposal.conversations, around.safety),
        "alarm": _alarm_data(alarm) if alarm else None,
    }


def _trend_data(trend: Trend) -> TrendData:
    return {"recent": trend.recent, "before": trend.before, "z": trend.z, "is_growing": trend.is_growing}


def _alarm_data(alarm: Alarm) -> AlarmData:
    return {"topic": alarm.topic, "count": alarm.count, "expected": alarm.expected, "chance": alarm.chance}


def _evidence(one: Evidence, rows: Rows, x: float, y: float) -> EvidenceData:
    conversation_id, seq = turn_of(one.turn)
    return {
        "conversation_id": conversation_id,
        "seq": seq,
        "text": one.text,
        "at": one.at.isoformat() if one.at else None,
        "channel": rows.rows[one.turn].channel,
        "centrality": round(one.centrality, 4),
        "x": round(x, 4),
        "y": round(y, 4),
    }


def _nearest(proposal: Proposal, rows: Rows, around: Surroundings) -> list[NearData]:
    """The intents nearest by meaning, each with the share of the turns that resemble it most."""
    model = around.model
    if not model.intents:
        return []
    likeness = around.means @ proposal.middle
    turns = [one.turn for one in proposal.evidence if one.turn in rows.places]
    logits = model.head.logits(rows.vectors_of(turns)) if turns else np.zeros((0, len(model.intents)))
    first = Counter(logits.argmax(axis=1).tolist())
    found: list[NearData] = []
    for label in np.argsort(-likeness)[:NEAREST_SHOWN].tolist():
        intent = around.library.find(model.intents[label])
        found.append(
            {
                "intent": model.intents[label],
                "name": intent.name if intent else model.intents[label],
                "similarity": round(float(likeness[label]), 3),
                "overlap": round(first[label] / max(len(turns), 1), 3),
            }
        )
    return found


def flags(texts: Sequence[str], conversations: int, safety: SafetyPolicy) -> list[str]:
    """What a supervisor should know before approving."""
    legal = sum(
        by_words(safety, text) is not None or bool(safety.legal and safety.legal.search(text)) for text in texts
    )
    masked = sum("[" in text for text in texts)
    foreign = sum(not looks_english(text) for text in texts)
    said = []
    if conversations < 10:
        said.append(f"Only {conversations} conversation{'' if conversations == 1 else 's'} so far.")
    if legal:
        said.append(f"{legal} of its turns mention danger or legal action: the agent hands those over in any case.")
    if masked:
        said.append(f"{masked} of its turns held personal data, shown masked.")
    if foreign:
        said.append(f"{foreign} of its turns do not look English; the recogniser knows English only.")
    return said


def looks_english(text: str) -> bool:
    """False where most letters are not Latin, or small words of another European language outnumber the English."""
    letters = [letter for letter in text if letter.isalpha()]
    if letters and sum(letter.isascii() for letter in letters) < 0.6 * len(letters):
        return False
    words = text.lower().split()
    return sum(word in _FOREIGN for word in words) <= sum(word in _ENGLISH for word in words)


_ENGLISH_WORDS = (
    "i i'm my me you your is are was do does did can could will would the a an to of in on for with what when where why"
    " how who it this that not no and or have has be get need want please"
)
_FOREIGN_WORDS = (
    "ich mein meine ist sind wie wo wann der die das und nicht bitte ein eine für mit je mon ma mes est sont où quand"
    " le la les et pas un une pour avec comment quiero mi mis es son cómo dónde cuándo el los las y por una para con"
    " il lo gli che non sono come dove quando per ik mijn het een niet van hoe waar"
)
_ENGLISH, _FOREIGN = frozenset(_ENGLISH_WORDS.split()), frozenset(_FOREIGN_WORDS.split())


def per_day(times: Sequence[datetime], now: datetime) -> list[int]:
    """How many on each of the last 28 days, oldest first."""
    counts = Counter((now.date() - at.date()).days for at in times)
    return [counts[days] for days in reversed(range(DAYS_SHOWN))]


def proposal_from(row: StoredProposal) -> Proposal:
    """The proposal a row was made of, as far as split and merge need it."""
    body = row.body
    return Proposal(
        id=row.id,
        title=body["title"],
        conversations=body["conversations"],
        share=body["share"],
        novelty=body["novelty"],
        unmatched=body["unmatched"],
        cohesion=body["cohesion"],
        stability=body["stability"],
        nearest_intent=body["nearest_intent"],
        nearest_similarity=body["nearest_similarity"],
        duplicate_of=body["duplicate_of"],
        group=body["group"],
        queue=body["queue"],
        sibling_of=body["sibling_of"],
        subtitle=tuple(body["subtitle"]),
        examples=tuple(body["examples"]),
        border=tuple(body["border"]),
        trend=_trend(body["trend"]),
        evidence=tuple(
            Evidence(
                turn_id(one["conversation_id"], one["seq"]),
                one["conversation_id"],
                one["text"],
                datetime.fromisoformat(one["at"]) if one["at"] else None,
                one["centrality"],
            )
            for one in body["evidence"]
        ),
        rank=row.rank,
        middle=vector_from(row.middle),
    )


def _trend(data: TrendData | None) -> Trend | None:
    return Trend(data["recent"], data["before"], data["z"]) if data else None


def vector_from(data: bytes) -> NDArray[np.float32]:
    """A kept vector, shape (dimensions,)."""
    return np.frombuffer(data, dtype="<f4").astype(np.float32)


def vector_to(vector: NDArray[np.float32]) -> bytes:
    """A vector as it is kept."""
    return np.asarray(vector, dtype="<f4").tobytes()
