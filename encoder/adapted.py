"""Which encoder a centre uses: the one out of its package, or the one adapted to its own intents.

    <cache>/adapted/verdict.json                  what the newest comparison found (python -m intents.adapt)
                    adapted-7.safetensors         weights that won, by version of the library

A process chooses once, when it starts, and opens the same for its children by name: vectors of two encoders must never
meet.
"""

import json
from pathlib import Path

from encoder.minilm import MiniLmEncoder
from encoder.port import EncoderError

ADAPTED = "adapted"
"""Folder below the cache, and how the names of adapted encoders begin."""


def adapted_folder(cache: Path) -> Path:
    """Where the adaptation leaves its verdict and its weights."""
    return cache / ADAPTED


def newest_adapted(cache: Path) -> str:
    """Name of the encoder that won the newest comparison; "" when none did, or there was none."""
    try:
        verdict = json.loads((adapted_folder(cache) / "verdict.json").read_text(encoding="utf-8"))
        weights = str(verdict["weights"]) if verdict["is_better"] else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    name = Path(weights).stem
    return name if name.startswith(ADAPTED) and Path(weights).name == weights else ""


def open_encoder(cache: Path, name: str = "") -> MiniLmEncoder:
    """The adapted encoder of that name, the packaged one for any other. Raises EncoderError."""
    if not name.startswith(ADAPTED):
        return MiniLmEncoder.from_packages(cache)
    weights = adapted_folder(cache) / f"{name}.safetensors"
    if not weights.is_file():
        raise EncoderError(f"the adapted weights {weights.name} are gone; train them again or restart the server")
    return MiniLmEncoder.from_weights(weights, name=name)
