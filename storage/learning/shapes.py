"""The JSON that learning keeps and screens receive, shape by shape; times are ISO strings."""

from typing import NotRequired

from pydantic import JsonValue
from typing_extensions import TypedDict


class ShareData(TypedDict):
    """A part of a whole with its 95 % interval, all but the counts in [0, 1]."""

    part: int
    whole: int
    value: float
    low: float
    high: float


class TrendData(TypedDict):
    """How the volume of a topic moves."""

    recent: int
    before: float
    z: float
    is_growing: bool


class EvidenceData(TypedDict):
    """A turn a proposal was made of; x and y place it on the map."""

    conversation_id: str
    seq: int
    text: str
    at: str | None
    channel: str
    centrality: float
    x: float
    y: float


class AskedData(TypedDict):
    """What operators asked next, and in which share of the conversations."""

    prompt: str
    type: str
    share: float


class ArticleData(TypedDict):
    """An approved passage near to the topic."""

    id: str
    title: str
    section: str
    score: float


class NearData(TypedDict):
    """An intent near by meaning, and the share of the turns that resemble it most."""

    intent: str
    name: str
    similarity: float
    overlap: float


class AlarmData(TypedDict):
    """A topic that breaks out: turns, turns expected, the probability of so many by chance, since when."""

    topic: str
    count: int
    expected: float
    chance: float
    since: NotRequired[str]


class MovedData(TypedDict):
    """Turns that another library would have taken for another intent."""

    before: str | None
    before_name: str | None
    after: str | None
    after_name: str | None
    count: int
    examples: list[str]


class MistakeData(TypedDict):
    """A turn that another library would get wrong."""

    conversation_id: str
    seq: int
    text: str
    before: str | None
    before_name: str | None
    after: str
    after_name: str | None
    intent: str | None
    probability: float


class ReplayData(TypedDict):
    """What the past would have been with another library."""

    days: int
    turns: int
    changed: int
    caught: ShareData
    confusion: list[MovedData]
    containment_before: ShareData
    containment_after: ShareData
    correct_before: ShareData
    correct_after: ShareData
    worst: list[MistakeData]
    library_version: int
    at: str


class KeptReplay(TypedDict):
    """A replay, and the draft and library it is of."""

    of: str
    result: ReplayData


class Finding(TypedDict):
    """What discovery found of one topic."""

    title: str
    subtitle: list[str]
    examples: list[str]
    border: list[str]
    conversations: int
    turns: int
    this_week: int
    share: float
    novelty: float
    unmatched: float
    cohesion: float
    stability: float
    nearest_intent: str | None
    nearest_similarity: float
    duplicate_of: str | None
    group: str | None
    queue: str | None
    sibling_of: str | None
    trend: TrendData | None
    per_day: list[int]
    evidence: list[EvidenceData]
    asked_next: list[AskedData]
    articles: NotRequired[list[ArticleData]]
    nearest: list[NearData]
    flags: list[str]
    alarm: AlarmData | None
    taught: NotRequired[list[str]]
    """The examples an approval or a merge taught."""
    replay: NotRequired[KeptReplay]


class LogEntry(TypedDict):
    """Who did what, when and why."""

    at: str
    actor: str
    action: str
    reason: str
    reshape: NotRequired[str]
    """The merge or split it tells of."""


class FieldData(TypedDict):
    """One field of an intent that differs; None where there was no intent."""

    field: str
    before: JsonValue
    after: JsonValue


class IntentChange(TypedDict):
    """What a version of the library changed in one intent: added, removed or changed."""

    intent: str
    name: str
    kind: str
    fields: list[FieldData]


class ProcedureContent(TypedDict):
    """The procedures of a version: YAML by file name, the share that meets it, the version that the others meet."""

    files: dict[str, str]
    share: float
    base: int | None


class ProcedureChange(TypedDict):
    """What a version of the procedures did to one of them: added, removed or changed."""

    procedure: str
    noun: str
    file: str
    kind: str


class DifferenceData(TypedDict):
    """How much more often it goes badly, with its 95 % interval."""

    value: float
    low: float
    high: float


class BeforeData(TypedDict):
    """A canary as it begins: since when, and what such turns came to before it."""

    since: str
    bad: int
    turns: int


class CanaryData(BeforeData, total=False):
    """A canary as it was last judged."""

    name: str
    share: float
    treated: ShareData
    before: ShareData
    difference: DifferenceData | None
    verdict: str
    needed: int


class TrialData(TypedDict):
    """Procedures on trial, as last judged."""

    version: int
    base: int
    share: float
    since: str
    procedures: list[str]
    treated: ShareData
    others: ShareData
    difference: DifferenceData | None
    verdict: str
    needed: int


class GuardsData(TypedDict):
    """The numbers of learning.Guards."""

    least_conversations: int
    least_cohesion: float
    least_accuracy: float
    most_similarity: float


class LineData(TypedDict):
    """How a line of business learns."""

    mode: str
    is_on: bool
    channels: list[str]
    look_back_days: int
    canary_share: float
    guards: GuardsData


class Looked(TypedDict):
    """What a run of discovery came to: turns not understood, proposals, new ones."""

    candidates: int
    proposals: int
    new: int


class RunData(Looked):
    """The last run of discovery."""

    at: str
    seconds: float
