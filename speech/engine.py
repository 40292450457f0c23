"""What a call sees of the speech room: one object for all calls that hears, judges and speaks by the scheduler."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from speech.audio import Samples
from speech.scheduler import LoadStep, SchedulerReport, SpeechScheduler, Ticket, Work
from speech.stt.values import Transcriber, Transcript, TranscriptionRequest
from speech.tts import Clause, Speaker, SpokenClause
from speech.turns import CallerPace, EndOfTurnModel, TurnDetector, TurnPolicy, patient
from speech.vad import FRAME_SECONDS, SpeechDetector

_LATE_EAGER_SECONDS = 0.19


@dataclass(frozen=True)
class SpeechParts:
    """The models an engine works with."""

    listen: Callable[[int], SpeechDetector]
    """a fresh detector for a line of this rate"""
    transcriber: Transcriber
    """speech to text"""
    small_transcriber: Transcriber | None
    """for LoadStep.SMALL_MODEL; None: the usual one with a narrower search"""
    speaker: Speaker
    """text to speech"""
    end_of_turn: EndOfTurnModel | None
    """does the voice sound finished? optional"""
    policy: TurnPolicy
    """how patient the agent is on an idle machine"""


class SpeechEngine:
    """Lives as long as the server; `close` it once."""

    def __init__(self, parts: SpeechParts, scheduler: SpeechScheduler) -> None:
        self._parts = parts
        self._scheduler = scheduler

    @property
    def speaker(self) -> Speaker:
        """For cutting replies into clauses and for what is remembered already."""
        return self._parts.speaker

    @property
    def step(self) -> LoadStep:
        """How far the machine has stepped back now."""
        return self._scheduler.step

    @property
    def turn_policy(self) -> TurnPolicy:
        """The patience that holds under the present load; hand it to a running detector when the step changes."""
        if self.step >= LoadStep.LATE_SPECULATION:
            return patient(self._parts.policy, eager_after_seconds=_LATE_EAGER_SECONDS)
        return self._parts.policy

    @property
    def names(self) -> tuple[str, str]:
        """(transcriber, voice), for reports."""
        return self._parts.transcriber.name, self._parts.speaker.name

    def listen(self, rate_hz: int) -> SpeechDetector:
        """A fresh speech detector for one line. It is cheap (0.2 ms in 32): run it on the event loop."""
        return self._parts.listen(rate_hz)

    def turns(self, pace: CallerPace | None = None) -> TurnDetector:
        """A fresh turn detector; give the pace the caller had on an earlier leg."""
        return TurnDetector(self.turn_policy, FRAME_SECONDS, pace)

    def transcribe(self, work: Work, call: str, request: TranscriptionRequest) -> Ticket[Transcript]:
        """Transcription as FINAL, EAGER or CAPTION, by the model the load allows."""
        small = self._parts.small_transcriber
        is_loaded = self.step >= LoadStep.SMALL_MODEL
        chosen = small if small and is_loaded else self._parts.transcriber
        asked = replace(request, is_draft=request.is_draft or work is Work.CAPTION or (is_loaded and small is None))
        return self._scheduler.submit(work, call, lambda: chosen.transcribe(asked))

    def judge(self, call: str, samples: Samples) -> Ticket[float] | None:
        """How finished the voice sounds (mono 16 kHz); None without the model or on a loaded machine."""
        model = self._parts.end_of_turn
        if model is None or self.step >= LoadStep.LATE_SPECULATION:
            return None
        return self._scheduler.submit(Work.JUDGE, call, lambda: model.finished(samples))

    def speak(self, call: str, clause: Clause) -> Ticket[SpokenClause]:
        """One clause as sound. Ask `speaker.remembered` first: prerendered clauses need no worker."""
        return self._scheduler.submit(Work.SPEAK, call, lambda: self._parts.speaker.render(clause))

    def note_loop_lag(self, seconds: float) -> None:
        """Takes how late the event loop's heartbeat came, about once a second."""
        self._scheduler.note_loop_lag(seconds)

    def report(self) -> SchedulerReport:
        """The scheduler's figures."""
        return self._scheduler.report()

    async def close(self) -> None:
        """Ends the workers."""
        await self._scheduler.close()
