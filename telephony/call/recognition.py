"""The ears of a call: one for every leg that is listened to, their times put on the call's own clock. Clockless."""

from collections.abc import Callable

from speech.audio import from_pcm16
from speech.turns import TurnPolicy
from telephony.call.leg_recognizer import Ear, EarOutput, Expected, Hearing, Turn
from telephony.call.values import CUSTOMER
from telephony.media.mixer import SILENCE

JUMP_SECONDS = 0.5
"""A stream this much later than it was has paused: it is aligned anew."""


class Listening:
    """Hears the customer always, and operators from their first sound on."""

    def __init__(self, hearing: Hearing, next_job: Callable[[], int], captions: float | None) -> None:
        """`captions`: least seconds between live captions, None for none."""
        self._hearing = hearing
        self._next_job = next_job
        self._captions = captions
        self._policy: TurnPolicy | None = None
        self._ears = {CUSTOMER: self._new_ear(CUSTOMER)}
        self._offset: dict[str, float] = {}
        """Call clock minus a leg's stream."""
        self._muted: set[str] = set()

    @property
    def customer(self) -> Ear:
        return self._ears[CUSTOMER]

    @property
    def awaited(self) -> frozenset[int]:
        """Jobs whose words are waited for, on any leg."""
        return frozenset(job for ear in self._ears.values() for job in ear.awaited)

    def set_policy(self, policy: TurnPolicy) -> None:
        """Other patience from now on, for all."""
        self._policy = policy
        for ear in self._ears.values():
            ear.set_policy(policy)

    def expect(self, expected: Expected) -> None:
        """What the agent asked the customer for."""
        self.customer.expect(expected)

    def mute(self, leg: str, *, is_muted: bool) -> None:
        (self._muted.add if is_muted else self._muted.discard)(leg)

    def is_muted(self, leg: str) -> bool:
        return leg in self._muted

    def unmuted(self, leg: str, pcm: bytes) -> bytes:
        """The frame, or silence where the microphone is off: what it sends all the same is not ours to hear."""
        return SILENCE if leg in self._muted else pcm

    def hear(self, leg: str, pcm: bytes, at: float) -> list[EarOutput]:
        """A frame of a leg."""
        ear = self._ears.get(leg)
        if ear is None:
            ear = self._ears[leg] = self._new_ear(leg)
        outputs = ear.hear(from_pcm16(pcm))
        self._align(leg, at - ear.at)
        return outputs

    def finish(self, leg: str) -> list[EarOutput]:
        """The leg is not listened to any more: what was said so far is a turn."""
        ear = self._ears.get(leg)
        return ear.finish() if ear else []

    def transcribed(self, leg: str, job: int, text: str | None) -> list[EarOutput]:
        ear = self._ears.get(leg)
        return ear.transcribed(job, text) if ear else []

    def judged(self, leg: str, job: int, finished: float) -> list[EarOutput]:
        ear = self._ears.get(leg)
        return ear.judged(job, finished) if ear else []

    def on_call_clock(self, leg: str, turn: Turn) -> Turn:
        """The turn with its times moved from the leg's stream to the call's clock."""
        offset = self._offset.get(leg, 0.0)
        spoken = max(0.0, offset)  # a device may hurry, but nothing was spoken before the call began
        return Turn(
            turn.text, turn.start + spoken, turn.speech_end + spoken, turn.decided + offset, turn.transcript + offset
        )

    def _new_ear(self, leg: str) -> Ear:
        ear = Ear(leg, self._hearing, self._next_job, captions=self._captions)
        if self._policy is not None:
            ear.set_policy(self._policy)
        return ear

    def _align(self, leg: str, offset: float) -> None:
        """The least delay seen tells best where the stream lies on the call's clock; a jump is a pause of the line."""
        known = self._offset.get(leg)
        if known is None or offset < known or offset > known + JUMP_SECONDS:
            self._offset[leg] = offset
