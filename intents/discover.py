"""Finds the wishes in a file of transcripts: `python -m intents.discover FILE`."""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from encoder import CachingEncoder, Encoder, EncoderError, MiniLmEncoder
from intents.classify import train
from intents.discovery.asked import asked_next
from intents.discovery.held import Workers, WorkHere, take
from intents.discovery.history import History, read_history
from intents.discovery.progress import Progress
from intents.discovery.proposing import DiscoveryOptions, propose_held
from intents.discovery.report import ReportMaterial, mapped_rows, render
from intents.discovery.turns import candidates
from intents.library import IntentsError, Library, load_library
from intents.scale.errors import WorkersMissing
from intents.scale.on_ray import RayWorkers
from intents.scale.processes import Processes

SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 0 if a report was written, 2 if something about the input is wrong."""
    chosen = _parser().parse_args(arguments)
    progress = _ProgressLine()
    try:
        return _run(chosen, progress)
    except (IntentsError, EncoderError) as error:
        progress.end()
        print(f"error: {error}", file=sys.stderr)
        return 2


class ReportUnwritable(IntentsError):
    """The report cannot be written where it should be."""


class _ProgressLine:
    """Progress on the error stream, each step on a line of its own."""

    def __init__(self) -> None:
        self._is_open = False

    def __call__(self, step: str, share: float) -> None:
        print(f"\r{step:10s} {share:4.0%}", end="", file=sys.stderr, flush=True)
        self._is_open = True
        if share >= 1.0:
            self.end()

    def end(self) -> None:
        """What is written next begins a line."""
        if self._is_open:
            print(file=sys.stderr)
        self._is_open = False


def _run(chosen: argparse.Namespace, progress: _ProgressLine) -> int:
    # Before minutes of work.
    if chosen.out.is_dir() or not chosen.out.parent.is_dir():
        raise ReportUnwritable(f"--out {chosen.out}: not a file in a folder that exists")
    if chosen.workers is not None and chosen.workers < 1:
        raise WorkersMissing(f"--workers must be at least 1, not {chosen.workers}")
    library = load_library(chosen.library) if chosen.library else Library(1, ())
    history = read_history(
        chosen.file,
        skip_malformed=chosen.skip_malformed,
        text=chosen.text,
        customer=chosen.customer,
        progress=progress,
    )
    for malformed in history.malformed_named:
        print(f"left out: {malformed}", file=sys.stderr)
    if history.malformed:
        print(f"{history.malformed} malformed rows left out", file=sys.stderr)
    if not history.turns:
        print(f"{chosen.file.name} has nothing that a customer said", file=sys.stderr)
    encoder = CachingEncoder(MiniLmEncoder.from_packages(chosen.cache), limit=20_000)
    workers = _workers(chosen, encoder)
    try:
        return _discover(chosen, history, library, encoder, workers, progress)
    finally:
        workers.close()


def _workers(chosen: argparse.Namespace, encoder: Encoder) -> Workers:
    make_encoder = partial(MiniLmEncoder.from_packages, chosen.cache)
    if chosen.ray is not None:
        return RayWorkers(make_encoder, chosen.workers, address=chosen.ray or None)
    if chosen.workers is not None and chosen.workers > 1:
        return Processes(make_encoder, chosen.workers)
    return WorkHere(encoder)


def _discover(
    chosen: argparse.Namespace,
    history: History,
    library: Library,
    encoder: Encoder,
    workers: Workers,
    progress: Progress,
) -> int:
    found = candidates(history.turns)
    held = workers.encode([candidate.text for candidate in found], progress)
    now = max((turn.at for turn in history.turns if turn.at is not None), default=datetime.now(UTC))
    proposals = propose_held(
        found,
        held,
        train(library, encoder),
        library,
        encoder,
        now=now,
        options=DiscoveryOptions(least_turns=chosen.least),
        progress=progress,
    )
    asked = {proposal.id: asked_next(proposal, history.replies, encoder) for proposal in proposals}
    mapped = take(held, mapped_rows(len(found)))
    page = render(ReportMaterial(chosen.file.name, now, len(history.turns), found, mapped, proposals, asked))
    try:
        chosen.out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ReportUnwritable(f"--out {chosen.out}: {error.strerror or error}") from error
    for proposal in proposals[:SHOWN]:
        novelty = f"  novelty {proposal.novelty:5.1f}" if library.intents else ""
        print(f"{len(proposal.evidence):6d} turns{novelty}  {proposal.title}")
    print(f"{len(proposals)} topics from {len(history.turns)} customer turns: {chosen.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m intents.discover", description=__doc__)
    parser.add_argument("file", type=Path, help="transcripts: .csv, .jsonl or .parquet")
    parser.add_argument("--library", type=Path, help="YAML file of the intents already known")
    parser.add_argument("--out", type=Path, default=Path("discovered.html"), help="the report (default %(default)s)")
    parser.add_argument("--text", metavar="COLUMN", help="column of the text, if it has no usual name")
    parser.add_argument("--customer", metavar="ROLE", help="what the column of roles calls a customer")
    parser.add_argument("--least", type=int, default=5, help="smallest topic to show, in turns (default %(default)s)")
    parser.add_argument("--cache", type=Path, help="folder that keeps the encoder between runs")
    parser.add_argument(
        "--workers", type=int, help="processes that share the work (default: this one; with --ray: one a core)"
    )
    parser.add_argument(
        "--ray",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help="share the work over Ray, started here or running at ADDRESS (auto, host:port); same result",
    )
    parser.add_argument("--skip-malformed", action="store_true", help="leave out rows that cannot be understood")
    return parser


if __name__ == "__main__":
    sys.exit(main())
