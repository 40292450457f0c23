"""What would have happened had an intent existed: yesterday's turns through the model of before and of after."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from encoder import Vectors
from intents.classify import Classification, IntentModel, Zone

WORST = 5
NORMAL_95 = 1.959963984540054
"""Deviations of the normal distribution that hold 95 % of it."""


@dataclass(frozen=True)
class ReplayTurn:
    """One thing a customer said, with what came of it."""

    id: str
    conversation: str
    text: str
    intent: str | None = None
    """What it was really about, where a person reviewed it or the conversation showed it; None where unknown."""
    is_contained: bool | None = None
    """Whether its conversation ended without a person; None where unknown."""


@dataclass(frozen=True)
class Share:
    """A part of a whole with its 95 % interval (Wilson)."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """part / whole, 0 for an empty whole."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class Moved:
    """Turns whose answer changes in the same way."""

    before: str | None
    """Intent accepted before, None if nothing was accepted."""
    after: str | None
    count: int
    examples: tuple[str, ...]
    """Up to three of the turns' texts."""


@dataclass(frozen=True)
class Mistake:
    """A turn that the model of after would serve wrongly, or would likely."""

    turn: ReplayTurn
    before: Classification
    after: Classification
    cost: float
    """Probability of the wrong answer, plus one where the model of before had it right."""


@dataclass(frozen=True)
class ReplayResult:
    """The comparison of two models over the same past."""

    turns: int
    changed: int
    """Turns that are accepted as something else, or no longer, or newly."""
    caught: Share
    """Turns accepted as an intent that only the model of after has, of all turns."""
    confusion: tuple[Moved, ...]
    """Every kind of change, the most frequent first."""
    containment_before: Share
    """Conversations that stayed with the agent, of those whose end is known."""
    containment_after: Share
    """The same, if each conversation with a newly caught turn stays as often as conversations of accepted turns do."""
    correct_before: Share
    """Accepted as the right intent, of the turns whose intent is known."""
    correct_after: Share
    worst: tuple[Mistake, ...]
    """The five worst mistakes of the model of after, the worst first."""


def replay(turns: Sequence[ReplayTurn], vectors: Vectors, before: IntentModel, after: IntentModel) -> ReplayResult:
    """Compares two models on turns encoded as `vectors` of shape (turns, dimensions).

    Nothing in it is a sample: the same turns and models give the same result.
    """
    texts = [turn.text for turn in turns]
    old, new = before.classify_many(texts, vectors), after.classify_many(texts, vectors)
    fresh = set(after.intents) - set(before.intents)
    caught = [index for index, one in enumerate(new) if _accepted(one) in fresh]
    reviewed = [index for index, turn in enumerate(turns) if turn.intent is not None]
    containment_before, containment_after = _containment(turns, old, caught)
    return ReplayResult(
        turns=len(turns),
        changed=sum(_accepted(one) != _accepted(other) for one, other in zip(old, new, strict=True)),
        caught=wilson(len(caught), len(turns)),
        confusion=_confusion(turns, old, new),
        containment_before=containment_before,
        containment_after=containment_after,
        correct_before=wilson(sum(_accepted(old[index]) == turns[index].intent for index in reviewed), len(reviewed)),
        correct_after=wilson(sum(_accepted(new[index]) == turns[index].intent for index in reviewed), len(reviewed)),
        worst=_worst(turns, old, new, fresh),
    )


def wilson(part: int, whole: int) -> Share:
    """The share with Wilson's 95 % interval; (0, 1) where there is nothing to count.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    if not whole:
        return Share(0, 0, 0.0, 1.0)
    share, z2 = part / whole, NORMAL_95**2
    centre = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = NORMAL_95 * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return Share(part, whole, max(0.0, centre - half), min(1.0, centre + half))


def _accepted(found: Classification) -> str | None:
    return found.candidates[0].intent if found.zone is Zone.ACCEPT else None


def _confusion(
    turns: Sequence[ReplayTurn], old: Sequence[Classification], new: Sequence[Classification]
) -> tuple[Moved, ...]:
    moved: dict[tuple[str | None, str | None], list[str]] = {}
    for turn, one, other in zip(turns, old, new, strict=True):
        change = (_accepted(one), _accepted(other))
        if change[0] != change[1]:
            moved.setdefault(change, []).append(turn.text)
    rows = [Moved(before, after, len(texts), tuple(texts[:3])) for (before, after), texts in moved.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.before or "", row.after or "")))


def _containment(
    turns: Sequence[ReplayTurn], old: Sequence[Classification], caught: Sequence[int]
) -> tuple[Share, Share]:
    ended: dict[str, bool] = {}
    served: dict[str, bool] = {}
    for turn, one in zip(turns, old, strict=True):
        if turn.is_contained is not None:
            ended[turn.conversation] = turn.is_contained
            served[turn.conversation] = served.get(turn.conversation, False) or _accepted(one) is not None
    before = wilson(sum(ended.values()), len(ended))
    of_served = [ended[conversation] for conversation, is_served in served.items() if is_served]
    usual = sum(of_served) / len(of_served) if of_served else 0.0
    lost = {turns[index].conversation for index in caught} & {key for key, contained in ended.items() if not contained}
    return before, wilson(before.part + round(usual * len(lost)), len(ended))


def _worst(
    turns: Sequence[ReplayTurn],
    old: Sequence[Classification],
    new: Sequence[Classification],
    fresh: set[str],
) -> tuple[Mistake, ...]:
    mistakes = []
    for turn, one, other in zip(turns, old, new, strict=True):
        answer = _accepted(other)
        if answer is None or answer == turn.intent:
            continue
        was_right = _accepted(one) is not None and (turn.intent is None or _accepted(one) == turn.intent)
        # Without a review, taking a turn away from an intent that was sure of it is the likely mistake.
        if turn.intent is None and not (answer in fresh and was_right):
            continue
        mistakes.append(Mistake(turn, one, other, other.candidates[0].probability + float(was_right)))
    return tuple(sorted(mistakes, key=lambda mistake: (-mistake.cost, mistake.turn.id))[:WORST])
