"""Measures intents on any folder of labelled utterances: `python -m bench.intents --data FOLDER [--json]`.

Rows go to the output at the end; what is under way, how long it will take and what was left out, to the error stream.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

# Before numpy is loaded: its threads would fight each other over matrices this small.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bench.intents_data import Sets, find_sets
from bench.intents_jobs import PARTS, CannotMeasure, Job, jobs
from bench.intents_scale import TURNS
from bench.report import Row, print_rows
from encoder import CachingEncoder, KeptEncoder, MiniLmEncoder

QUICK_ROWS = 4_000
"""Sets with a larger training part are left out of a quick run."""


def main() -> int:
    """0 with all rows, 1 if a measurement broke, 2 if there is nothing to measure."""
    chosen = _parser().parse_args()
    if not chosen.data.is_dir():
        return _refuse(f"{chosen.data} is not a folder")
    sets = _chosen(find_sets(chosen.data, lambda line: _tell(f"NOTE {line}")), chosen.sets, quick=chosen.quick)
    if not sets.classification and not sets.clustering:
        return _refuse(f"no labelled utterances (.jsonl with utterance and intent) to measure in {chosen.data}")
    chosen.cache.mkdir(parents=True, exist_ok=True)
    inner = MiniLmEncoder.from_packages(chosen.cache)
    encoder = KeptEncoder(CachingEncoder(inner), chosen.cache / "vectors.sqlite3")
    planned = jobs(_parts(chosen), sets, encoder, chosen.cache, chosen.scale or TURNS)
    rows, is_whole = _measure(planned)
    if not rows:
        return _refuse("the chosen sets have nothing the chosen parts could measure")
    print_rows(rows, as_json=chosen.json)
    return 0 if is_whole else 1


def _chosen(sets: Sets, names: Sequence[str] | None, *, quick: bool) -> Sets:
    classification, clustering = sets.classification, sets.clustering
    if names:
        there = {one.name for one in classification} | {one.name.removesuffix("_test") for one in clustering}
        for name in names:
            if name not in there:
                _tell(f"SKIPPED {name}: no such set; there are {', '.join(sorted(there))}")
        classification = tuple(one for one in classification if one.name in names)
        clustering = tuple(one for one in clustering if one.name.removesuffix("_test") in names)
    if quick:
        large = [one.name for one in classification if len(one.train.texts) > QUICK_ROWS]
        large += [one.name for one in clustering if len(one.turns.texts) > QUICK_ROWS]
        for name in dict.fromkeys(large):
            _tell(f"SKIPPED {name}: too large for --quick")
        classification = tuple(one for one in classification if one.name not in large)
        clustering = tuple(one for one in clustering if one.name not in large)
    return Sets(classification, clustering)


def _measure(planned: Sequence[Job]) -> tuple[list[Row], bool]:
    """All rows, and whether every job came to its end."""
    rows: list[Row] = []
    is_whole = True
    done = 0.0
    started = time.monotonic()
    for number, job in enumerate(planned):
        left = sum(later.seconds for later in planned[number:])
        spent = time.monotonic() - started
        # Once enough is done to tell, this machine's own pace.
        pace = spent / done if done > 20.0 else 1.0
        _tell(f"[{number + 1}/{len(planned)}] {job.name}: {_minutes(spent)} so far, about {_minutes(pace * left)} left")
        try:
            found, skipped = job.run()
        except CannotMeasure as error:
            found, skipped = [], [f"{job.name}: {error}"]
        except Exception as error:  # noqa: BLE001 - an hour of other measurements must not be lost to one set
            place = traceback.extract_tb(error.__traceback__)[-1]
            _tell(f"FAILED {job.name}: {type(error).__name__}: {error} ({place.filename}:{place.lineno})")
            found, skipped, is_whole = [], [], False
        done += job.seconds
        rows += found
        for row in found:
            _tell(f"{row.name} {row.value:.3f} {row.unit}")
        for reason in skipped:
            _tell(f"SKIPPED {reason}")
    return rows, is_whole


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _refuse(reason: str) -> int:
    _tell(f"error: {reason}")
    return 2


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parts(chosen: argparse.Namespace) -> tuple[str, ...]:
    if chosen.only:
        return tuple(chosen.only)
    left_out = {"adapt", "scale", "peers"} if chosen.quick else {"scale"}
    if chosen.scale:
        left_out.discard("scale")
    return tuple(part for part in PARTS if part not in left_out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.intents", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with sets of labelled utterances")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="run only these parts")
    parser.add_argument("--sets", nargs="+", help="run only on the sets of these names")
    parser.add_argument("--quick", action="store_true", help="small sets only, no adaptation, no scale, no peers")
    parser.add_argument("--scale", type=int, help=f"also the part scale, with so many turns ({TURNS:,} take an hour)")
    parser.add_argument("--cache", type=Path, default=Path("var/bench"), help="folder for vectors between runs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
