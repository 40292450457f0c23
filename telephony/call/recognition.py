"""A recognizer for every leg that is listened to, their times put on the call's own clock. Clockless."""

from collections.abc import Callable

from speech.audio import from_pcm16
from speech.turns import TurnPolicy
from telephony.call.leg_recognizer import LegRecognizer, RecognitionHints, RecognizerOutput, SpeechModels, SpokenTurn
from telephony.call.values import CUSTOMER
from telephony.media.mixer import SILENCE

JUMP_SECONDS = 0.5
"""A stream this much later than it was has paused: it is aligned anew."""


class Recognition:
    """Hears the customer always, and operators from their first sound on."""

    def __init__(self, speech_models: SpeechModels, next_job: Callable[[], int], captions: float | None) -> None:
        """`captions`: least seconds between live captions, None for none."""
        self._speech_models = speech_models
        self._next_job = next_job
        self._captions = captions
        self._policy: TurnPolicy | None = None
        self._recognizers = {CUSTOMER: self._new_ear(CUSTOMER)}
        self._offset: dict[str, float] = {}
        """Call clock minus a leg's stream."""
        self._muted: set[str] = set()

    @property
    def customer(self) -> LegRecognizer:
        return self._recognizers[CUSTOMER]

    @property
    def awaited(self) -> frozenset[int]:
        """Jobs whose words are waited for, on any leg."""
        return frozenset(job for recognizer in self._recognizers.values() for job in recognizer.awaited)

    def set_policy(self, policy: TurnPolicy) -> None:
        """Other patience from now on, for all."""
        self._policy = policy
        for recognizer in self._recognizers.values():
            recognizer.set_policy(policy)

    def expect(self, expected: RecognitionHints) -> None:
        """What the agent asked the customer for."""
        self.customer.expect(expected)

    def mute(self, leg: str, *, is_muted: bool) -> None:
        (self._muted.add if is_muted else self._muted.discard)(leg)

    def is_muted(self, leg: str) -> bool:
        return leg in self._muted

    def unmuted(self, leg: str, pcm: bytes) -> bytes:
        """The frame, or silence where the microphone is off: what it sends all the same is not ours to hear."""
        return SILENCE if leg in self._muted else pcm

    def hear(self, leg: str, pcm: bytes, at: float) -> list[RecognizerOutput]:
        """A frame of a leg."""
        recognizer = self._recognizers.get(leg)
        if recognizer is None:
            recognizer = self._recognizers[leg] = self._new_ear(leg)
        outputs = recognizer.hear(from_pcm16(pcm))
        self._align(leg, at - recognizer.at)
        return outputs

    def finish(self, leg: str) -> list[RecognizerOutput]:
        """The leg is not listened to any more: what was said so far is a turn."""
        recognizer = self._recognizers.get(leg)
        return recognizer.finish() if recognizer else []

    def transcribed(self, leg: str, job: int, text: str | None) -> list[RecognizerOutput]:
        recognizer = self._recognizers.get(leg)
        return recognizer.transcribed(job, text) if recognizer else []

    def judged(self, leg: str, job: int, finished: float) -> list[RecognizerOutput]:
        recognizer = self._recognizers.get(leg)
        return recognizer.judged(job, finished) if recognizer else []

    def on_call_clock(self, leg: str, turn: SpokenTurn) -> SpokenTurn:
        """The turn with its times moved from the leg's stream to the call's clock."""
        offset = self._offset.get(leg, 0.0)
        spoken = max(0.0, offset)  # a device may hurry, but nothing was spoken before the call began
        return SpokenTurn(
            turn.text, turn.start + spoken, turn.speech_end + spoken, turn.decided + offset, turn.transcript + offset
        )

    def _new_ear(self, leg: str) -> LegRecognizer:
        recognizer = LegRecognizer(leg, self._speech_models, self._next_job, captions=self._captions)
        if self._policy is not None:
            recognizer.set_policy(self._policy)
        return recognizer

    def _align(self, leg: str, offset: float) -> None:
        """The least delay seen tells best where the stream lies on the call's clock; a jump is a pause of the line."""
        known = self._offset.get(leg)
        if known is None or offset < known or offset > known + JUMP_SECONDS:
            self._offset[leg] = offset
