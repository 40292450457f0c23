"""How well and how cheaply the speech room hears, takes turns and speaks, on recordings of people.

python -m bench.speech --data FOLDER [--json] [--only stt,full,phone,digits,turns,detector,voice,memory] [--limit N]

FOLDER holds manifest.jsonl and the sound files (bench/speech_data.py says which fields). Costs are CPU seconds of this
process with one thread per model, so they hold whatever else the machine is doing. `full` (Whisper with its whole 30 s
of context, for comparison) takes a second an utterance; leave it out for a quick look.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.report import Row, print_rows
from bench.speech_data import Recording, read_manifest
from bench.speech_hearing import detector_rows, digit_rows, full_context_rows, memory_rows, phone_rows, stt_rows
from bench.speech_talking import turn_rows, voice_rows

LONGEST_SECONDS = 20.0
MISLABELLED = {"ls_1088.flac", "sb_spk2_snt5.flac"}
"""their text belongs to other recordings: nothing in the sound is like it"""


def _sections() -> dict[str, Callable[[list[Recording], Path], list[Row]]]:
    return {
        "stt": stt_rows,
        "full": full_context_rows,
        "phone": phone_rows,
        "digits": digit_rows,
        "turns": turn_rows,
        "detector": detector_rows,
        "voice": voice_rows,
        "memory": memory_rows,
    }


def main() -> None:
    """The command line."""
    sections = _sections()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.jsonl")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--only", default=",".join(sections), help=f"sections of {', '.join(sections)}")
    parser.add_argument("--limit", type=int, default=0, help="recordings of each kind, 0 for all")
    parser.add_argument("--cache", type=Path, help="folder for the assembled model; a temporary one if not given")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        recordings = chosen(read_manifest(options.data), options.limit)
        for name in options.only.split(","):
            rows += sections[name](recordings, cache)
    print_rows(rows, as_json=options.json)


def chosen(recordings: list[Recording], limit: int) -> list[Recording]:
    kept: list[Recording] = []
    counts: dict[str, int] = {}
    for recording in recordings:
        if recording.seconds > LONGEST_SECONDS or recording.path.name in MISLABELLED:
            continue
        counts[recording.kind] = counts.get(recording.kind, 0) + 1
        if not limit or counts[recording.kind] <= limit:
            kept.append(recording)
    return kept


if __name__ == "__main__":
    main()
