"""Plays recordings through detector, turn policy and transcriber in virtual time.

Sound arrives at its own pace; a transcription takes the CPU seconds it really took. So the figures are what one idle
core would give, whatever else this machine is doing.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from bench.speech_data import Recording, load
from speech import Expectation
from speech.audio import Samples
from speech.stt import Transcriber, Transcript, TranscriptionRequest
from speech.turns import (
    EagerEndOfTurn,
    EndOfTurnModel,
    SpeechResumed,
    TurnDecision,
    TurnDetector,
    TurnEnded,
    TurnPolicy,
)
from speech.vad import FRAME_SECONDS, SileroModel

RATE_HZ = 16000
_FRAME = int(FRAME_SECONDS * RATE_HZ)


@dataclass
class Played:
    """What came of one recording."""

    true_end: float
    """last audible moment of the speech, by level, seconds"""
    ends: list[TurnEnded] = field(default_factory=list)
    """turns decided; more than one is a split"""
    ready_at: list[float] = field(default_factory=list)
    """when each turn was decided and its text known"""
    texts: list[str] = field(default_factory=list)
    """their texts"""
    eager_ends: int = 0
    """transcriptions started on suspicion"""
    wasted: int = 0
    """of them thrown away"""
    cpu_seconds: float = 0.0
    """spent on transcription"""

    @property
    def was_cut(self) -> bool:
        """True when a turn was decided before the speech was over, or the speech was taken for two turns."""
        return len(self.ends) != 1 or self.ends[0].decided_at < self.true_end - 0.05


def true_end_seconds(samples: Samples, probabilities: list[float]) -> float:
    """Where the speech ends, with hindsight: the last loud 10 ms near the last frame that the detector calls speech.

    Loud is within 30 dB of the loudest tenth and 6 dB over the quietest. Level alone would take the click that stops a
    recording for speech; the detector alone stops early or late by a frame or two.
    """
    spoken = [index for index, probability in enumerate(probabilities) if probability >= 0.5]
    if not spoken:
        return 0.0
    window = RATE_HZ // 100
    whole = len(samples) // window
    power = np.mean(np.square(samples[: whole * window].reshape(whole, window)), axis=1) + 1e-12
    level = 10 * np.log10(power)
    threshold = max(float(np.percentile(level, 90)) - 30.0, float(np.percentile(level, 10)) + 6.0)
    last_frame = (spoken[-1] + 1) * FRAME_SECONDS
    near = np.flatnonzero(level[: int((last_frame + 0.15) * 100)] > threshold)
    return float(near[-1] + 1) * window / RATE_HZ if near.size else last_frame


def followed_by_silence(samples: Samples, true_end: float, seconds: float = 3.0) -> Samples:
    """The recording up to its end and then a quiet line (-75 dBFS)."""
    spoken = samples[: int((true_end + 0.05) * RATE_HZ)]
    noise = np.random.default_rng(7).standard_normal(int(seconds * RATE_HZ)).astype(np.float32)
    return np.concatenate([spoken, noise * np.float32(10 ** (-75 / 20))])


class Player:
    """Remembers transcripts of a stretch, so that another policy over the same sound costs nothing."""

    def __init__(self, model: SileroModel, transcriber: Transcriber, end_model: EndOfTurnModel | None = None) -> None:
        self._end_model = end_model
        self._opinions: dict[tuple[str, float, float], tuple[float, float]] = {}
        self._model = model
        self._transcriber = transcriber
        self._transcripts: dict[tuple[str, float, float, Expectation, tuple[int, ...]], tuple[Transcript, float]] = {}
        self._lines: dict[str, tuple[Samples, float, list[float]]] = {}

    def play_recording(
        self,
        recording: Recording,
        policy: TurnPolicy,
        expectation: Expectation = Expectation.OPEN,
        *,
        asks_voice: bool = False,
    ) -> Played:
        """One recording as one turn; a number's length is expected. `asks_voice`: use the end-of-turn model."""
        name = recording.path.name
        if name not in self._lines:
            self._hear(name, load(recording))
        digits = (len(recording.digits),) if recording.digits else ()
        return self.play(name, policy, expectation, digits, asks_voice=asks_voice)

    def play(
        self,
        name: str,
        policy: TurnPolicy,
        expectation: Expectation = Expectation.OPEN,
        expected_digits: tuple[int, ...] = (),
        *,
        asks_voice: bool = False,
    ) -> Played:
        """One line already heard, as one caller's turn."""
        samples, true_end, probabilities = self._lines[name]
        played = Played(true_end)
        detector = TurnDetector(policy, FRAME_SECONDS)
        detector.expect(expectation, expected_digits)
        # The transcription under way: (when it will be done, its attempt, its text).
        working: tuple[float, int, str] | None = None
        opinion: tuple[float, int, float] | None = None
        for index, probability in enumerate(probabilities):
            at = (index + 1) * FRAME_SECONDS
            decisions: list[TurnDecision] = []
            if opinion and opinion[0] <= at:
                decisions = detector.sounded(opinion[1], opinion[2], opinion[0])
                opinion = None
            if working and working[0] <= at:
                decisions += detector.heard(working[1], working[2], working[0])
            for decision in [*decisions, *detector.hear(at, probability)]:
                match decision:
                    case EagerEndOfTurn():
                        transcript, cpu = self._transcribe(name, samples, decision, expectation, expected_digits)
                        played.eager_ends += 1
                        played.cpu_seconds += cpu
                        if asks_voice:
                            finished, spent = self._sound(name, samples, decision, at)
                            played.cpu_seconds += spent
                            opinion = (at + spent, decision.attempt, finished)
                        working = (at + cpu, decision.attempt, transcript.text)
                    case SpeechResumed():
                        played.wasted += 1
                        working = None
                    case TurnEnded() if working:
                        played.ends.append(decision)
                        played.ready_at.append(max(decision.decided_at, working[0]))
                        played.texts.append(working[2])
                        working = None
                    case _:
                        pass
        return played

    def _hear(self, name: str, recorded: Samples) -> None:
        true_end = true_end_seconds(recorded, self._model.listen(RATE_HZ).feed(recorded))
        samples = followed_by_silence(recorded, true_end)
        self._lines[name] = (samples, true_end, self._model.listen(RATE_HZ).feed(samples))

    def _transcribe(
        self,
        name: str,
        samples: Samples,
        span: EagerEndOfTurn,
        expectation: Expectation,
        expected_digits: tuple[int, ...],
    ) -> tuple[Transcript, float]:
        key = (name, span.start, span.end, expectation, expected_digits)
        if key not in self._transcripts:
            stretch = samples[int(span.start * RATE_HZ) : int(span.end * RATE_HZ)]
            began = time.process_time()
            request = TranscriptionRequest(stretch, expectation, expected_digits=expected_digits)
            transcript = self._transcriber.transcribe(request)
            self._transcripts[key] = (transcript, time.process_time() - began)
        return self._transcripts[key]

    def _sound(self, name: str, samples: Samples, span: EagerEndOfTurn, at: float) -> tuple[float, float]:
        key = (name, span.start, at)
        if key not in self._opinions and self._end_model:
            began = time.process_time()
            finished = self._end_model.finished(samples[int(span.start * RATE_HZ) : int(at * RATE_HZ)])
            self._opinions[key] = (finished, time.process_time() - began)
        return self._opinions[key]
