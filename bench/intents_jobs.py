"""What a run of the intents benchmark consists of: one job per part and set, and how long each should take.

The times are reckoned for one core of the machine in docs/reference/intents.md; a run corrects them as it goes.
"""

import importlib.util
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.intents_adapt import adapted_rows
from bench.intents_classify import full_rows, ten_shot_rows
from bench.intents_data import ClassificationSet, ClusteringSet, Sets
from bench.intents_discover import big_rows, cluster_rows, hidden_rows, hideable
from bench.intents_peers import classification_peers, clustering_peers
from bench.intents_scale import scale_rows
from bench.intents_speed import speed_rows
from bench.report import Row
from encoder import Encoder, KeptEncoder
from intents.adapt import TrainingMissing

PARTS = ("classify", "fewshot", "adapt", "cluster", "hidden", "big", "scale", "speed", "peers")
WITH_OWN_ENCODER = frozenset({"adapt", "speed"})
ENCODE_SECONDS = 3e-3
ENCODED_AT_ONCE = 5000
FEWEST_TO_HIDE = 4
"""Intents; a quarter of them is hidden."""


class CannotMeasure(Exception):
    """A set lacks what a part needs; the message says what."""


@dataclass(frozen=True)
class Job:
    """One measurement."""

    name: str
    """Part and set."""
    seconds: float
    """How long it should take."""
    run: Callable[[], tuple[list[Row], list[str]]]
    """Rows, and what was skipped and why. Raises CannotMeasure."""


def jobs(parts: Collection[str], sets: Sets, encoder: KeptEncoder, cache: Path, scale: int) -> list[Job]:
    """In the order of the parts, what is not encoded yet first; empty if the sets have nothing for the parts."""
    found: list[Job] = []
    for part in PARTS:
        if part in parts:
            found += _of(part, sets, encoder, cache, scale)
    return [*_encoding(sets, encoder), *found] if found and set(parts) - WITH_OWN_ENCODER else found


def _encoding(sets: Sets, encoder: KeptEncoder) -> Iterator[Job]:
    new = encoder.missing(
        text
        for texts in (
            *(part for one in sets.classification for part in (one.train.texts, one.test.texts, one.out_of_scope)),
            *(one.turns.texts for one in sets.clustering),
        )
        for text in texts
    )
    for start in range(0, len(new), ENCODED_AT_ONCE):
        part = new[start : start + ENCODED_AT_ONCE]
        yield Job(f"encode {len(part)} sentences", ENCODE_SECONDS * len(part), partial(_encode, encoder, part))


def _encode(encoder: Encoder, texts: list[str]) -> tuple[list[Row], list[str]]:
    encoder.encode(texts)
    return [], []


def _of(part: str, sets: Sets, encoder: Encoder, cache: Path, scale: int) -> Iterator[Job]:
    widest = max(sets.classification, key=lambda one: (len(set(one.train.intents)), len(one.train.texts)), default=None)
    match part:
        case "classify":
            for one in sets.classification:
                yield Job(f"classify {one.name}", 2 * _fit_seconds(one), partial(_only, full_rows, one, encoder))
        case "fewshot":
            for one in sets.classification:
                yield Job(f"fewshot {one.name}", 3.0, partial(_only, ten_shot_rows, one, encoder))
        case "adapt":
            for one in sets.classification:
                yield Job(f"adapt {one.name}", 120.0, partial(_adapt, one))
        case "cluster":
            for turns in sets.clustering:
                yield Job(f"cluster {turns.name}", _group_seconds(turns), partial(_only, cluster_rows, turns, encoder))
        case "hidden":
            for one in sets.classification:
                yield Job(f"hidden {one.name}", 4 * _fit_seconds(one), partial(_hidden, one, encoder))
        case "big" if widest:
            yield Job("big", 40.0, partial(_only, big_rows, widest, encoder))
        case "scale" if widest:
            # Rows times middles, of which there is one per fifty rows.
            seconds = 20.0 + 340.0 * (scale / 300_000) ** 2
            yield Job("scale", seconds, partial(scale_rows, widest, encoder, scale))
        case "speed" if widest:
            yield Job("speed", 15.0, partial(_speed, widest, cache))
        case "peers":
            for one in sets.classification:
                yield Job(f"peers {one.name}", _peer(180.0, "setfit"), partial(classification_peers, one, encoder))
            for turns in sets.clustering:
                seconds = _peer(45.0, "bertopic") + _group_seconds(turns)
                yield Job(f"peers {turns.name}", seconds, partial(clustering_peers, turns, encoder))


def _only(measure: Callable[..., list[Row]], *given: object) -> tuple[list[Row], list[str]]:
    return measure(*given), []


def _adapt(data: ClassificationSet) -> tuple[list[Row], list[str]]:
    try:
        return adapted_rows(data), []
    except TrainingMissing as error:
        raise CannotMeasure(f"no {data.name}_10shot_acc: {error}") from error


def _hidden(data: ClassificationSet, encoder: Encoder) -> tuple[list[Row], list[str]]:
    intents = len(hideable(data))
    if intents < FEWEST_TO_HIDE:
        raise CannotMeasure(f"{intents} intents with turns enough; {FEWEST_TO_HIDE} are needed to hide some")
    return hidden_rows(data, encoder), []


def _speed(data: ClassificationSet, cache: Path) -> tuple[list[Row], list[str]]:
    if len(set(data.ten_shot.intents)) < 2:
        raise CannotMeasure("one intent; two are needed to approve one beside another")
    return speed_rows(data, cache), []


def _fit_seconds(data: ClassificationSet) -> float:
    return 1.0 + 20e-6 * len(data.train.texts) * len(set(data.train.intents))


def _group_seconds(data: ClusteringSet) -> float:
    return 1.0 + 3e-3 * len(data.turns.texts)


def _peer(seconds: float, package: str) -> float:
    return seconds if importlib.util.find_spec(package) else 1.0
