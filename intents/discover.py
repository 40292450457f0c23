"""Finds the wishes in a file of transcripts: `python -m intents.discover FILE`."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from encoder import CachingEncoder, EncoderError, MiniLmEncoder
from intents.classify import train
from intents.discovery.asked import asked_next
from intents.discovery.history import read_history
from intents.discovery.propose import DiscoveryOptions, encode_in_steps, propose
from intents.discovery.report import ReportMaterial, render
from intents.discovery.turns import candidates
from intents.library import IntentsError, Library, load_library

SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 0 if a report was written, 2 if something about the input is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        return _run(chosen)
    except (IntentsError, EncoderError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _run(chosen: argparse.Namespace) -> int:
    history = read_history(chosen.file)
    library = load_library(chosen.library) if chosen.library else Library(1, ())
    encoder = CachingEncoder(MiniLmEncoder.from_packages(chosen.cache), limit=200_000)
    found = candidates(history.turns)
    vectors = encode_in_steps([candidate.text for candidate in found], encoder, _progress)
    now = max((turn.at for turn in history.turns if turn.at is not None), default=datetime.now(UTC))
    proposals = propose(
        found,
        vectors,
        train(library, encoder),
        library,
        encoder,
        now=now,
        options=DiscoveryOptions(least_turns=chosen.least),
        progress=_progress,
    )
    asked = {proposal.id: asked_next(proposal, history.replies, encoder) for proposal in proposals}
    page = render(ReportMaterial(chosen.file.name, now, len(history.turns), found, vectors, proposals, asked))
    chosen.out.write_text(page, encoding="utf-8")
    for proposal in proposals[:SHOWN]:
        print(f"{len(proposal.evidence):6d} turns  novelty {proposal.novelty:5.1f}  {proposal.title}")
    print(f"{len(proposals)} topics from {len(history.turns)} customer turns: {chosen.out}")
    return 0


def _progress(step: str, share: float) -> None:
    end = "\n" if share >= 1.0 else ""
    print(f"\r{step:10s} {share:4.0%}", end=end, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m intents.discover", description=__doc__)
    parser.add_argument("file", type=Path, help="transcripts: .csv, .jsonl or .parquet")
    parser.add_argument("--library", type=Path, help="YAML file of the intents already known")
    parser.add_argument("--out", type=Path, default=Path("discovered.html"), help="the report (default %(default)s)")
    parser.add_argument("--least", type=int, default=5, help="smallest topic to show, in turns (default %(default)s)")
    parser.add_argument("--cache", type=Path, help="folder that keeps the encoder between runs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
