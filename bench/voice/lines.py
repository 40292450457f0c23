"""What the callers say: recordings as lines to be played, with where their speech begins and truly ends."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.speech_data import Recording, load
from bench.speech_turns import true_end_seconds
from speech.audio import Samples, to_pcm16
from speech.vad import FRAME_SECONDS, SileroModel
from speech.weights import find_silero

RATE_HZ = 16_000
WIRE_FRAME_BYTES = 640
WIRE_FRAME_SECONDS = 0.02
LEAD_SECONDS = 0.3
"""Kept of the recording before its speech."""
TAIL_SECONDS = 2.5
"""Kept of the recording's own background after its speech; then the quiet line."""
SHORTEST, LONGEST = 0.6, 4.5
"""Seconds of speech a line may have: longer ones leave no room for a reply within ten seconds."""
BARGE_IN_SECONDS = 0.25
"""So much speech is an interruption and no cough."""
QUIET_DBFS = -75.0


@dataclass(frozen=True)
class Line:
    """One utterance, ready for the wire."""

    name: str
    """the recording's file name"""
    frames: tuple[bytes, ...]
    """20 ms of PCM each"""
    speech_starts: float
    """seconds from the first frame to the first speech"""
    interrupts_at: float
    """seconds from the first frame until a quarter of a second of speech has been heard in all"""
    speech_ends: float
    """seconds from the first frame to the true end of speech"""


def lines_of(recordings: list[Recording], most: int) -> list[Line]:
    """Up to `most` lines, the same ones for the same folder: spoken wishes if there are a dozen, else any words."""
    wishes = [one for one in recordings if one.slots]
    chosen = wishes if len(wishes) >= 12 else [one for one in recordings if not one.digits] or recordings
    # Spread over the folder, not its first files, which may all be of one speaker.
    order = np.random.default_rng(5).permutation(len(chosen))
    detector, found = SileroModel(find_silero()), []
    for index in order:
        line = line_of(chosen[index], detector)
        if line is not None:
            found.append(line)
        if len(found) == most:
            break
    return found


def line_of(recording: Recording, detector: SileroModel) -> Line | None:
    """The recording as a line, cut to its speech and some background; None when it is too short or too long.

    Begin and end are found with hindsight (bench/speech_turns.py): the detector's speech, refined by the level.
    """
    samples = load(recording)
    probabilities = detector.listen(RATE_HZ).feed(samples)
    spoken = [index for index, probability in enumerate(probabilities) if probability >= 0.5]
    if not spoken:
        return None
    starts, ends = spoken[0] * FRAME_SECONDS, true_end_seconds(samples, probabilities)
    if not SHORTEST <= ends - starts <= LONGEST:
        return None
    needed = round(BARGE_IN_SECONDS / FRAME_SECONDS)
    enough = (spoken[min(needed, len(spoken)) - 1] + 1) * FRAME_SECONDS
    cut = max(0.0, starts - LEAD_SECONDS)
    kept = samples[int(cut * RATE_HZ) : int((ends + TAIL_SECONDS) * RATE_HZ)]
    return Line(Path(recording.path).name, _frames(kept), starts - cut, enough - cut, ends - cut)


def quiet_line() -> tuple[bytes, ...]:
    """Two seconds of a line on which nobody speaks, to be played round and round."""
    noise = np.random.default_rng(7).standard_normal(2 * RATE_HZ).astype(np.float32)
    return _frames(noise * np.float32(10 ** (QUIET_DBFS / 20)))


def _frames(samples: Samples) -> tuple[bytes, ...]:
    data = to_pcm16(samples)
    whole = len(data) - len(data) % WIRE_FRAME_BYTES
    return tuple(data[at : at + WIRE_FRAME_BYTES] for at in range(0, whole, WIRE_FRAME_BYTES))
