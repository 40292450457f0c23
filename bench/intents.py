"""Measures intents on any folder of labelled utterances: `python -m bench.intents --data FOLDER [--json]`."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# Before numpy is loaded: its threads would fight each other over matrices this small.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from bench.intents_adapt import adapted_rows
from bench.intents_classify import full_rows, ten_shot_rows
from bench.intents_data import ClassificationSet, ClusteringSet, find_sets
from bench.intents_discover import big_rows, cluster_rows, hidden_rows
from bench.intents_peers import classification_peers, clustering_peers
from bench.intents_scale import TURNS, scale_rows
from bench.intents_speed import speed_rows
from bench.report import Row, print_rows
from encoder import CachingEncoder, Encoder, MiniLmEncoder, Vectors

PARTS = ("classify", "fewshot", "adapt", "cluster", "hidden", "big", "scale", "speed", "peers")
QUICK_ROWS = 4_000
"""Sets with a larger training part are left out of a quick run."""


class KeptEncoder:
    """Keeps vectors in a file between runs, because encoding takes most of a benchmark's time."""

    def __init__(self, inner: Encoder, path: Path) -> None:
        self._inner = inner
        self._path = path
        self._rows: dict[str, Vectors] = {}
        if path.is_file():
            with np.load(path) as kept:
                self._rows = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimensions(self) -> int:
        return self._inner.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        self._rows |= dict(zip(new, self._inner.encode(new), strict=True))
        if len(new) > 1000:
            np.savez(self._path, texts=np.array(list(self._rows)), vectors=np.stack(list(self._rows.values())))
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([self._rows[text] for text in texts])


def main() -> int:
    chosen = _parser().parse_args()
    sets, clusterings = find_sets(chosen.data)
    if chosen.sets:
        sets = [one for one in sets if one.name in chosen.sets]
        clusterings = [one for one in clusterings if one.name.removesuffix("_test") in chosen.sets]
    if chosen.quick:
        sets = [one for one in sets if len(one.train.texts) <= QUICK_ROWS]
        clusterings = [one for one in clusterings if len(one.turns.texts) <= QUICK_ROWS]
    if not sets and not clusterings:
        print(f"error: no labelled utterances (.jsonl with utterance and intent) in {chosen.data}", file=sys.stderr)
        return 2
    chosen.cache.mkdir(parents=True, exist_ok=True)
    inner = MiniLmEncoder.from_packages(chosen.cache)
    encoder = KeptEncoder(CachingEncoder(inner), chosen.cache / "bench_vectors.npz")
    rows: list[Row] = []
    for part in [part for part in PARTS if part in (chosen.only or _usual(chosen.quick))]:
        for found in _run(part, sets, clusterings, encoder, chosen.cache, chosen.scale):
            rows.append(found)
            print(f"{found.name} {found.value:.3f} {found.unit}", file=sys.stderr, flush=True)
    if not rows:
        print("error: the chosen sets have nothing the chosen parts could measure", file=sys.stderr)
        return 2
    print_rows(rows, as_json=chosen.json)
    return 0


def _run(
    part: str,
    sets: list[ClassificationSet],
    clusterings: list[ClusteringSet],
    encoder: Encoder,
    cache: Path,
    scale: int,
) -> Iterator[Row]:
    widest = max(sets, key=lambda one: (len(set(one.train.intents)), len(one.train.texts)), default=None)
    match part:
        case "classify":
            for one in sets:
                yield from full_rows(one, encoder)
        case "fewshot":
            for one in sets:
                yield from ten_shot_rows(one, encoder)
        case "adapt":
            for one in sets:
                yield from adapted_rows(one)
        case "cluster":
            for turns in clusterings:
                yield from cluster_rows(turns, encoder)
        case "hidden":
            for one in sets:
                yield from hidden_rows(one, encoder)
        case "big" if widest:
            yield from big_rows(widest, encoder)
        case "scale" if widest:
            yield from _told_aloud(*scale_rows(widest, encoder, scale))
        case "speed" if widest:
            yield from speed_rows(widest, cache)
        case "peers":
            yield from _peers(sets, clusterings, encoder)


def _peers(sets: list[ClassificationSet], clusterings: list[ClusteringSet], encoder: Encoder) -> Iterator[Row]:
    for data in sets:
        yield from _told_aloud(*classification_peers(data, encoder))
    for turns in clusterings:
        yield from _told_aloud(*clustering_peers(turns, encoder))


def _told_aloud(rows: list[Row], skipped: list[str]) -> list[Row]:
    for reason in skipped:
        print(f"SKIPPED {reason}", file=sys.stderr)
    return rows


def _usual(quick: bool) -> tuple[str, ...]:
    return tuple(part for part in PARTS if part not in ("adapt", "scale", "peers")) if quick else PARTS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.intents", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with sets of labelled utterances")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="run only these parts")
    parser.add_argument("--sets", nargs="+", help="run only on the sets of these names")
    parser.add_argument("--quick", action="store_true", help="small sets only, no adaptation, no scale, no peers")
    parser.add_argument("--scale", type=int, default=TURNS, help="turns in the part scale (default %(default)s)")
    parser.add_argument("--cache", type=Path, default=Path("var/bench"), help="folder for vectors between runs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
