"""Carries out what a call's machine asks for: speech jobs, appends, sounds, ticks. One object per open line."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from actions import Centre
from actions.call import call
from conversation import Appended, CallEnd, State, Subscription
from speech import SpeechEngine
from speech.scheduler import LoadStep
from storage.kit import StorageError
from storage.people import Person
from telephony import wire as w
from telephony.call.leg_recognizer import RecognitionHints
from telephony.call.machine import CallMachine, OperatorLine
from telephony.call.values import (
    CUSTOMER,
    AnswerPreemptively,
    AskStillThere,
    Command,
    DropPreemptiveAnswer,
    EndCall,
    Forget,
    Judge,
    Keep,
    MakeFinal,
    Note,
    NotUnderstood,
    RecordCustomerTurn,
    RecordOperatorTurn,
    Render,
    Send,
    TellOperatorAway,
    TellProgress,
    Transcribe,
)
from telephony.line_queue import LineQueue
from telephony.media.mixer import SILENCE
from telephony.media.recording import Recorder
from telephony.shell.call_tasks import CallTasks, retry_until_stored
from telephony.shell.microphones import Microphones
from telephony.shell.recognition_hints import recognition_hints
from telephony.shell.speech_jobs import SpeechJobs
from telephony.shell.turns import Turns

TICK_SECONDS = 0.05
MIX_SECONDS = w.FRAME_MS / 1_000
CLOSING_SECONDS = 20.0
"""What was said is still transcribed and recorded after the line has closed: mostly a matter of milliseconds, for so
long at most when the database is away and it is tried again and again."""


class LiveCall:
    """One caller's open line."""

    def __init__(
        self,
        centre: Centre,
        engine: SpeechEngine,
        machine: CallMachine,
        call_id: str,
        leg: LineQueue,
        recorder: Callable[[], Recorder],
    ) -> None:
        self._centre = centre
        self._engine = engine
        self._machine = machine
        self.call_id = call_id
        self._legs: dict[str, LineQueue] = {CUSTOMER: leg}
        self._operators: dict[str, Person] = {}
        self._microphones = Microphones()
        self._make_recorder = recorder
        self._recorder: Recorder | None = None
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._tasks = CallTasks()
        self._jobs = SpeechJobs(engine, call_id, self._tasks, machine, lambda: self.at, self._do)
        self._turns = Turns(centre, engine, call_id, self._tasks, lambda: machine.state, self._say_aside)
        self._subscription = Subscription()
        self._seq = 0
        self.ended = asyncio.Event()
        self.ending: CallEnd | None = None

    @property
    def at(self) -> float:
        """Seconds on the call's clock."""
        return self._loop.time() - self._began

    @property
    def conversation_id(self) -> str:
        return self._machine.state.conversation_id

    # ------------------------------------------------------------ life

    async def run(self, opening: Appended) -> None:
        """Serve the call until it ends; `opening` is what began it. Cancel it when the line is gone."""
        self._centre.feed.attach(self.conversation_id, self._subscription)
        try:
            await self._catch_up(opening)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._follow())
                tasks.create_task(self._tick())
                tasks.create_task(self._until_ended())
        except* _Over:
            pass
        finally:
            self._centre.feed.detach(self.conversation_id, self._subscription)
            await self._close()

    async def _until_ended(self) -> None:
        await self.ended.wait()
        raise _Over

    async def _close(self) -> None:
        self._do(self._machine.hang_up(self.at))
        self._jobs.keep_only(self._machine.awaited)
        self._turns.drop_prepared()
        until = self._loop.time() + CLOSING_SECONDS
        try:
            # What the caller said and heard is recorded even when the line went in the middle of it.
            await self._tasks.done(until)
            with suppress(StorageError):
                await self._catch_up(None)
            await self._tasks.done(until)
        finally:
            self._tasks.cancel()
            if self._recorder:
                await self._recorder.close()

    async def _tick(self) -> None:
        while True:
            self._fill_silence()
            if self._machine.needs_mixing:
                await self._mix()
            else:
                await asyncio.sleep(TICK_SECONDS)
                self._do(self._machine.tick(self.at))

    async def _mix(self) -> None:
        """A tick every 20 ms by the clock, not by the sleeps: late ticks are made up for."""
        due = self._loop.time()
        while self._machine.needs_mixing:
            due = max(due + MIX_SECONDS, self._loop.time() - 5 * MIX_SECONDS)
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            self._fill_silence()
            self._do(self._machine.mix(self.at))

    def _fill_silence(self) -> None:
        """A microphone that is off sends nothing; its speaker's turn ends all the same."""
        at = self.at
        for leg, frames in self._microphones.missing(at):
            for _ in range(frames):
                self._do(self._machine.hear(leg, SILENCE, at))

    async def _follow(self) -> None:
        while True:
            match await self._subscription.get():
                case None:
                    await self._catch_up(None)
                case Appended() as appended if appended.events and appended.events[0].seq > self._seq + 1:
                    await self._catch_up(None)
                case Appended() as appended:
                    self._tell(appended)
                case _:
                    continue

    async def _catch_up(self, opening: Appended | None) -> None:
        if opening is not None:
            self._seq = opening.events[0].seq - 1
            self._tell(opening)
        while events := await self._centre.store.read(self.conversation_id, after=self._seq):
            self._tell(Appended(events, await self._centre.store.reload(self.conversation_id)))

    def _tell(self, appended: Appended) -> None:
        new = [one for one in appended.events if one.seq > self._seq]
        if not new:
            return  # told before, and this state may be older than the newest
        self._seq = new[-1].seq  # not the state's: that may know of more than was told here
        self._record_as(appended.state)
        self._do(self._machine.conversation(new, appended.state, self._expected(appended.state), self.at))

    def _expected(self, state: State) -> RecognitionHints:
        return (
            recognition_hints(state, self._centre.agent_slot.runtime.agent.in_conversation(state.conversation_id))
            if self._centre.agent_slot.ready.is_set()
            else RecognitionHints()
        )

    # ------------------------------------------------------------ from the lines

    def from_customer(self, value: w.FromCaller) -> None:
        """Something of the customer's device."""
        at = self.at
        match value:
            case w.AudioFrame(pcm=pcm):
                self._hear(CUSTOMER, pcm, at)
            case w.Digit(key=key):
                self._do(self._machine.pressed(key, at))
            case w.Played(mark=mark):
                self._do(self._machine.played(CUSTOMER, mark, at))
            case w.Muted(is_muted=is_muted):
                self._mute(CUSTOMER, is_muted=is_muted)
            case w.Pinged(id=id):
                self._legs[CUSTOMER].put(w.Pong(id))
            case _:
                return

    def from_operator(self, operator_id: str, value: w.FromCaller) -> None:
        """Something of an operator's device."""
        at = self.at
        match value:
            case w.AudioFrame(pcm=pcm):
                self._hear(operator_id, pcm, at)
            case w.Played(mark=mark):
                self._do(self._machine.played(operator_id, mark, at))
            case w.Muted(is_muted=is_muted):
                self._mute(operator_id, is_muted=is_muted)
            case w.SkippedBrief():
                self._do(self._machine.skip_brief(operator_id, at))
            case _:
                return

    def _hear(self, leg: str, pcm: bytes, at: float) -> None:
        self._microphones.sent(leg, at)
        self._do(self._machine.hear(leg, pcm, at))

    def _mute(self, leg: str, *, is_muted: bool) -> None:
        self._microphones.mute(leg, is_muted=is_muted)
        self._do(self._machine.muted(leg, is_muted=is_muted))

    def attach(self, person: Person, leg: LineQueue, brief: str) -> None:
        """An operator's line is open."""
        self._legs[person.id], self._operators[person.id] = leg, person
        self._microphones.remove(person.id)  # of an older line of theirs
        self._do(self._machine.joined(OperatorLine(person.id, person.name, brief), self.at))

    def detach(self, operator_id: str, leg: LineQueue) -> None:
        """An operator's line is gone, unless a newer one has taken its place."""
        if self._legs.get(operator_id) is leg:
            del self._legs[operator_id]
            self._microphones.remove(operator_id)
            self._do(self._machine.left(operator_id, self.at))

    def load_changed(self, step: LoadStep) -> None:
        """The machine has stepped back or forward."""
        del step
        self._machine.set_policy(self._engine.turn_policy)

    # ------------------------------------------------------------ carrying out

    def _do(self, commands: Sequence[Command]) -> None:
        for command in commands:
            self._carry_out(command)

    def _carry_out(self, command: Command) -> None:  # noqa: C901 - one case a command: the table of what a call can ask for
        match command:
            case Send(leg=leg, message=message):
                if leg in self._legs:
                    self._legs[leg].put(message)
            case Transcribe():
                self._jobs.transcribe(command)
            case Judge():
                self._jobs.judge(command)
            case Forget(job=job):
                self._jobs.forget(job)
            case MakeFinal(job=job):
                self._jobs.make_final(job)
            case Render():
                self._jobs.render(command)
            case Keep(leg=leg, pcm=pcm, at=at):
                if self._recorder:
                    self._recorder.keep(leg, pcm, at)
            case AnswerPreemptively(text=text):
                self._turns.answer_preemptively(text)
            case DropPreemptiveAnswer():
                self._turns.drop_prepared()
            case RecordCustomerTurn():
                self._turns.of_customer(command)
            case RecordOperatorTurn(operator_id=operator_id):
                if person := self._operators.get(operator_id):
                    self._turns.of_operator(person, command)
            case Note(events=events):
                self._tasks.run(retry_until_stored(partial(call.note, self._centre, self.conversation_id, events)))
            case AskStillThere(attempt=attempt):
                self._turns.ask_still_there(attempt)
            case NotUnderstood():
                self._tasks.run(call.ask_again(self._centre, self.conversation_id))
            case TellProgress():
                self._tasks.run(call.tell_progress(self._centre, self.conversation_id))
            case TellOperatorAway():
                self._tasks.run(call.tell_operator_away(self._centre, self.conversation_id))
            case EndCall(reason=reason):
                self._end(reason)

    def _end(self, reason: CallEnd) -> None:
        if reason in (CallEnd.SILENCE, CallEnd.TOO_LONG):
            ending = partial(call.give_up_waiting, self._centre, self.conversation_id, reason)
            self._tasks.run(retry_until_stored(ending))
        else:
            self.ending = reason
            self.ended.set()

    def _say_aside(self, text: str) -> None:
        self._do(self._machine.aside(text, self.at))

    def _record_as(self, state: State) -> None:
        is_on = state.call is not None and state.call.call_id == self.call_id and state.call.is_recording
        if is_on and self._recorder is None:
            self._recorder = self._make_recorder()
        if self._recorder:
            (self._recorder.resume if is_on else self._recorder.pause)(self.at)


class _Over(Exception):
    """The call has ended from inside."""
