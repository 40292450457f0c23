"""Reads a folder of recordings with a manifest.jsonl for the speech benchmarks.

One JSON object a line: path, text (null when only slots are known), dur, native_sr, and digits, or intent and slots.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from speech.audio import Samples, decode_mulaw, encode_mulaw, resample


@dataclass(frozen=True)
class Recording:
    """One labelled utterance."""

    path: Path
    """the sound file"""
    kind: str
    """the folder it lies in: misc, ivr, digits, barista, lj"""
    text: str | None
    """what was said, or None"""
    digits: str
    """the figures said, "" when it is no number"""
    slots: tuple[str, ...]
    """slot values that a right transcript contains"""
    seconds: float
    """length"""


def read_manifest(folder: Path) -> list[Recording]:
    """Every row of the manifest, in its order."""
    rows = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        rows.append(
            Recording(
                path=folder / row["path"],
                kind=row["path"].split("/")[0],
                text=row.get("text"),
                digits=row.get("digits") or "",
                slots=tuple((row.get("slots") or {}).values()),
                seconds=float(row["dur"]),
            )
        )
    return rows


def load(recording: Recording, rate_hz: int = 16000) -> Samples:
    """The sound, mono, at the rate asked for."""
    with av.open(str(recording.path)) as container:
        to_mono = av.AudioResampler(format="flt", layout="mono", rate=container.streams.audio[0].rate)
        native = container.streams.audio[0].rate
        frames = [out for frame in container.decode(audio=0) for out in to_mono.resample(frame)]
    samples = np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float32)
    return resample(samples, native, rate_hz)


def over_the_phone(samples: Samples) -> Samples:
    """16 kHz sound as it comes back from a mu-law line of 8 kHz."""
    return resample(decode_mulaw(encode_mulaw(resample(samples, 16000, 8000))), 8000, 16000)
