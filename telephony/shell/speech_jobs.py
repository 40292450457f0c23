"""Speech work of one call: what its machine asks of the shared engine, and the results back to it."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import structlog

from agent.understanding import as_written
from speech import SpeechEngine, SpeechError
from speech.scheduler import Finished, Ticket
from speech.stt import TranscriptionRequest
from speech.tts import SpokenClause
from telephony.call.values import CUSTOMER, Command, Judge, Render, Transcribe
from telephony.shell.call_tasks import CallTasks

log = structlog.get_logger(__name__)


class Wanting(Protocol):
    """Who asked: a call's machine."""

    def transcribed(self, leg: str, job: int, text: str | None, at: float) -> list[Command]: ...
    def judged(self, leg: str, job: int, finished: float, at: float) -> list[Command]: ...
    def rendered(self, number: int, index: int, spoken: SpokenClause | None, at: float) -> list[Command]: ...


class SpeechJobs:
    """The jobs of one call that are not done yet."""

    def __init__(
        self,
        engine: SpeechEngine,
        call_id: str,
        tasks: CallTasks,
        wanting: Wanting,
        clock: Callable[[], float],
        do: Callable[[list[Command]], None],
    ) -> None:
        """`do` carries out what `wanting` makes of a result; `clock` is the call's."""
        self._engine = engine
        self._call_id = call_id
        self._tasks = tasks
        self._wanting = wanting
        self._clock = clock
        self._do = do
        self._jobs: dict[int, Ticket[Any]] = {}

    def transcribe(self, command: Transcribe) -> None:
        """Words of a leg."""
        ticket = self._engine.transcribe(command.work, f"{self._call_id}/{command.leg}", command.request)
        self._jobs[command.job] = ticket
        self._tasks.run(self._transcribed(command.job, command.leg, ticket, command.request))

    def judge(self, command: Judge) -> None:
        """Whether a voice sounds as if it had finished; nothing where no model can tell."""
        if ticket := self._engine.judge(f"{self._call_id}/{command.leg}", command.samples):
            self._jobs[command.job] = ticket
            self._tasks.run(self._judged(command.job, command.leg, ticket))

    def render(self, command: Render) -> None:
        """A clause as sound, at once when the engine remembers it."""
        spoken = self._engine.speaker.remembered(command.clause)
        if spoken is not None:
            self._do(self._wanting.rendered(command.utterance, command.index, spoken, self._clock()))
        else:
            self._tasks.run(self._rendered(command, self._engine.speak(self._call_id, command.clause)))

    def forget(self, job: int) -> None:
        """Nobody waits for it any more."""
        if ticket := self._jobs.pop(job, None):
            ticket.cancel()

    def make_final(self, job: int) -> None:
        """A guess that turned out to be the turn: it goes before other guesses."""
        if ticket := self._jobs.get(job):
            ticket.make_final()

    def keep_only(self, jobs: Iterable[int]) -> None:
        """Cancel all others."""
        kept = frozenset(jobs)
        for job, ticket in self._jobs.items():
            if job not in kept:
                ticket.cancel()

    async def _transcribed(self, job: int, leg: str, ticket: Ticket[Any], request: TranscriptionRequest) -> None:
        value = await _outcome(ticket)
        if self._jobs.pop(job, None) is None:
            return
        text = None if value is None else value.text
        if text and leg == CUSTOMER:
            text = as_written(text, request.expectation, request.expected_digits)
        self._do(self._wanting.transcribed(leg, job, text, self._clock()))

    async def _judged(self, job: int, leg: str, ticket: Ticket[Any]) -> None:
        value = await _outcome(ticket)
        if self._jobs.pop(job, None) is not None and value is not None:
            self._do(self._wanting.judged(leg, job, value, self._clock()))

    async def _rendered(self, command: Render, ticket: Ticket[Any]) -> None:
        spoken = await _outcome(ticket)
        self._do(self._wanting.rendered(command.utterance, command.index, spoken, self._clock()))


async def _outcome(ticket: Ticket[Any]) -> Any:
    """The result; None for a job that was dropped or failed."""
    try:
        outcome = await ticket.outcome()
    except SpeechError as error:
        log.warning("speech job failed", error=type(error).__name__)
        return None
    except Exception:  # a call outlives one failure: words not had are asked for again, a line not spoken is left out
        log.exception("speech job failed")
        return None
    return outcome.value if isinstance(outcome, Finished) else None
