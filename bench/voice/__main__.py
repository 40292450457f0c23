"""How fast a spoken conversation is, beside a naive chain and Pipecat with the same models.

python -m bench.voice --data FOLDER [--json FILE] [--quick] [--only PARTS] [--peers PYTHON] [--priority]

FOLDER holds manifest.jsonl and the sound files (bench/speech_data.py says which fields). The callers run on the same
cores as the server they call. docs/reference/voice-bench.md says what each row means.
"""

import argparse
import asyncio
import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

from bench.report import Row, print_rows
from bench.speech import chosen
from bench.speech_data import Recording, read_manifest
from bench.speech_hearing import full_context_rows, stt_rows
from bench.voice import figures
from bench.voice.figures import Measured
from bench.voice.lines import Line, lines_of
from bench.voice.machine import Watch, prefer
from bench.voice.peers import PEERS as PEERS_PYTHON
from bench.voice.peers import ready_peers
from bench.voice.plan import FULL, QUICK, Plan
from bench.voice.scenarios import Run, all_at_once, interruptions, one_by_one
from bench.voice.servers import Called, naive, ours, pipecat
from bench.voice.waterfall import last_event, waterfall_rows

PARTS = ("ours", "naive", "pipecat", "hearing")
PEERS: dict[str, Callable[[Path, Path], AbstractContextManager[Called]]] = {"naive": naive, "pipecat": pipecat}
MOST_LINES = 120
LEAST_TURNS = 12
QUICK_LINES = 30


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.voice", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.jsonl")
    parser.add_argument("--json", type=Path, help="file for the rows as JSON, and for every turn")
    parser.add_argument("--quick", action="store_true", help="under three minutes, with few turns")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}, by commas")
    parser.add_argument("--priority", action="store_true", help="go before the machine's other programs (root)")
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON, help="the peers' Python; the usual one is made")
    parser.add_argument("--cache", type=Path, default=Path("var/bench"), help="folder for models between runs")
    given = parser.parse_args()
    if unknown := set(given.only.split(",")) - set(PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}")
    if not (given.data / "manifest.jsonl").is_file():
        parser.error(f"{given.data} has no manifest.jsonl (docs/reference/voice-bench.md says what it holds)")
    plan = QUICK if given.quick else FULL
    recordings = read_manifest(given.data)
    lines = lines_of(recordings, QUICK_LINES if given.quick else MOST_LINES)
    if not lines:
        print(f"error: no recording in {given.data} has 0.6 to 4.5 seconds of speech", file=sys.stderr)
        return 2
    given.cache.mkdir(parents=True, exist_ok=True)
    if given.priority and not prefer(os.getpid()):
        print("error: no right to go before other programs; leave out --priority", file=sys.stderr)
        return 2
    bench = _Bench(plan, lines, recordings, given.peers.absolute(), given.cache, is_preferred=given.priority)
    for part in given.only.split(","):
        bench.play(part)
    for peer in PEERS:
        bench.rows += figures.ratio_rows(bench.rows, peer)
    print_rows(bench.rows, as_json=False)
    if given.json:
        rows = [asdict(row) | {"value": None if math.isnan(row.value) else row.value} for row in bench.rows]
        given.json.write_text(json.dumps({"rows": rows, "runs": bench.runs}, indent=1), encoding="utf-8")
    return 0


class _Bench:
    """Rows and runs of the parts played so far."""

    def __init__(
        self,
        plan: Plan,
        lines: list[Line],
        recordings: list[Recording],
        peers: Path,
        cache: Path,
        *,
        is_preferred: bool,
    ) -> None:
        self._plan = plan
        self._lines = lines
        self._recordings = recordings
        self._peers = peers
        self._cache = cache
        self._is_preferred = is_preferred
        self.rows: list[Row] = []
        self.runs: list[dict[str, object]] = []

    def play(self, part: str) -> None:
        if part == "ours":
            self._ours()
        elif part == "hearing":
            some = chosen(self._recordings, self._plan.heard)
            self.rows += stt_rows(some, self._cache) + full_context_rows(some, self._cache)
        else:
            self._peer(part)

    def _ours(self) -> None:
        plan = self._plan
        with ours() as called:
            self._warm(called)
            place = last_event(called.database) if called.database else 0
            one = self._one(called, plan.turns)
            self.rows += figures.single_rows("", one)
            if called.database:
                self.rows += waterfall_rows(called.database, "", place)
            with Watch(called.process) as watch:
                talked_over = asyncio.run(interruptions(called.target, self._lines, plan.interruptions))
            _tell(f"ours, interruptions: {watch.usage.line}")
            self.rows += figures.interruption_rows(talked_over)
            measured = [one]
            for callers in (*plan.crowds, *plan.ramp):
                if callers in plan.ramp and measured[-1].p95_ms > figures.LIMIT_MS:
                    break
                place = last_event(called.database) if called.database else 0
                turns = plan.ramp_turns if callers in plan.ramp else plan.crowd_turns
                measured.append(self._crowd(called, callers, turns))
                self.rows += figures.crowd_rows("", measured[-1])
                if called.database and callers in plan.crowds:
                    self.rows += waterfall_rows(called.database, f"calls{callers}_", place)
                if callers == 10:
                    self.rows.append(Row("rss10_mb", measured[-1].usage.server_peak_mb, "MB, peak with 10 calls"))
        # The first twenty calls are what the bar is about; a ramp ends where everything breaks.
        self.rows += figures.cut_rows("", [each for each in measured if each.callers <= 20])
        self.rows.append(figures.carried("", measured))

    def _peer(self, name: str) -> None:
        if trouble := ready_peers(self._peers):
            self.rows += [Row(f"{name}_{row}", math.nan, trouble) for row in ("v2v_p50_ms", "v2v_p95_ms")]
            return
        with PEERS[name](self._peers, self._cache) as called:
            self._warm(called)
            measured = [self._one(called, self._plan.peer_turns)]
            self.rows += figures.single_rows(f"{name}_", measured[0])
            for callers in self._plan.peer_ramp[name]:
                # A 95th percentile of a handful of turns is their worst one.
                turns = max(self._plan.ramp_turns, math.ceil(LEAST_TURNS / callers))
                measured.append(self._crowd(called, callers, turns))
                self.rows += figures.crowd_rows(f"{name}_", measured[-1])
                if measured[-1].p95_ms > figures.LIMIT_MS:
                    break
        self.rows += figures.cut_rows(f"{name}_", measured)
        self.rows.append(figures.carried(f"{name}_", measured))

    def _warm(self, called: Called) -> None:
        """One turn that is not counted: the first one of a process reads lexicons and fills caches."""
        if self._is_preferred:
            prefer(called.process.pid)
        asyncio.run(one_by_one(called.target, self._lines[-1:]))

    def _one(self, called: Called, turns: int) -> Measured:
        with Watch(called.process) as watch:
            run = asyncio.run(one_by_one(called.target, self._lines[:turns]))
        return self._note(called, Measured(1, run, watch.usage))

    def _crowd(self, called: Called, callers: int, turns: int) -> Measured:
        with Watch(called.process) as watch:
            run = asyncio.run(all_at_once(called.target, self._lines, callers, turns))
        return self._note(called, Measured(callers, run, watch.usage))

    def _note(self, called: Called, measured: Measured) -> Measured:
        run, name = measured.run, f"{called.target.name}, {measured.callers} calls at once"
        if not run.turns:
            raise RuntimeError(f"{name}: no turn came about; {'; '.join(run.failures[:3])}")
        _tell(f"{name}: p50 {figures.waits_ms(run.turns, 50):.0f} p95 {measured.p95_ms:.0f} ms; {measured.usage.line}")
        for trouble in _troubles(run):
            _tell(f"  {trouble}")
        self.runs.append({"name": name, "usage": asdict(measured.usage), **asdict(run)})
        return measured


def _troubles(run: Run) -> Iterator[str]:
    for turn in run.turns:
        if turn.was_cut or turn.wait_seconds is None:
            yield f"{'cut or split' if turn.was_cut else 'no reply'}: {turn.name} heard as {turn.texts}"
    for failure in run.failures:
        yield f"call failed: {failure}"
    if run.mic_late_seconds > 0.1:
        yield f"the callers' own clock ran up to {1000 * run.mic_late_seconds:.0f} ms late"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
