"""Carries out what a call's machine asks for: speech jobs, appends, sounds, ticks. One object per open line."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import structlog

from actions import answer, call, operate, receive
from actions.answer import Prepared
from actions.centre import Centre, NotAllowed
from agent.spoken import as_written
from conversation.events import CustomerSaid
from conversation.feed import Appended, Subscription
from conversation.fold import IllegalEvent
from conversation.state import State
from conversation.words import CallEnd
from speech.engine import SpeechEngine
from speech.errors import SpeechError
from speech.scheduler import Finished, LoadStep, Ticket
from speech.stt import TranscriptionRequest
from storage.database import StorageError
from storage.event_store import Moved
from storage.people import Person
from telephony import wire as w
from telephony.call.ear import Expected
from telephony.call.machine import CallMachine, OperatorLine
from telephony.call.values import (
    CUSTOMER,
    AskStillThere,
    Command,
    CustomerTurn,
    DropPrepared,
    EndCall,
    Forget,
    Judge,
    Keep,
    MakeFinal,
    Note,
    NotUnderstood,
    OperatorTurn,
    Prepare,
    Render,
    Send,
    TellOperatorAway,
    TellProgress,
    Transcribe,
)
from telephony.expecting import expected_of
from telephony.leg import Leg
from telephony.mixer import SILENCE
from telephony.recording import Recorder

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.05
MIX_SECONDS = w.FRAME_MS / 1_000
RETRY_SECONDS = 2.0
MUTED_SECONDS = 0.1
"""A microphone that said it is off counts as silent from here on."""
STALLED_SECONDS = 1.5
"""And one that said nothing: shorter gaps are the network's, what was said in them still comes."""
MOST_FILLED_FRAMES = 100

PREPARED_SECONDS = 0.4
"""How long words wait for the answer that is being prepared to them, before they are recorded alone."""

ONE_MOMENT = "One moment, please."
"""Said before the answer when the machine is far behind."""

_IS_PRESENT = re.compile(
    r"(?:(?:yes|yeah|yep|hello|hi|sorry|oh|i'?m|i am|still|here|there|of course)[ ,.!?]*)+", re.IGNORECASE
)
"""An answer to "are you still there?" and to nothing else."""

_DO_NOT_RECORD = re.compile(r"\b(?:do not|don'?t|stop|without|no) (?:the )?(?:record|recording)\b", re.IGNORECASE)


class LiveCall:
    """One caller's open line."""

    def __init__(
        self,
        centre: Centre,
        engine: SpeechEngine,
        machine: CallMachine,
        call_id: str,
        leg: Leg,
        recorder: Callable[[], Recorder],
    ) -> None:
        self._centre = centre
        self._engine = engine
        self._machine = machine
        self.call_id = call_id
        self._legs: dict[str, Leg] = {CUSTOMER: leg}
        self._operators: dict[str, Person] = {}
        self._sounded: dict[str, float] = {}
        """When a leg's microphone last sent anything."""
        self._muted: set[str] = set()
        self._make_recorder = recorder
        self._recorder: Recorder | None = None
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._jobs: dict[int, tuple[str, Ticket[Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._preparing: asyncio.Task[Prepared | None] | None = None
        self._was_asked_there = False
        """The agent has asked whether the caller is there."""
        self._prepared_text = ""
        self._turns: asyncio.Task[None] | None = None
        """The newest turn being recorded: turns are recorded in the order they were said."""
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
        for job, (_, ticket) in self._jobs.items():
            if job not in self._machine.awaited:
                ticket.cancel()
        self._drop_prepared()
        until = self._loop.time() + RETRY_SECONDS
        try:
            # What the caller said and heard is recorded even when the line went in the middle of it.
            await self._work_done(until)
            with suppress(StorageError):
                await self._catch_up(None)
            await self._work_done(until)
        finally:
            for task in self._tasks:
                task.cancel()
            if self._recorder:
                await self._recorder.close()

    async def _work_done(self, until: float) -> None:
        """Wait for what is under way, and what comes of it."""
        while self._tasks and (left := until - self._loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)

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
        for leg, until in list(self._sounded.items()):
            patience = MUTED_SECONDS if leg in self._muted else STALLED_SECONDS
            if at - until > patience:
                self._sounded[leg] = at
                for _ in range(min(MOST_FILLED_FRAMES, int((at - until) / MIX_SECONDS))):
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
            self._seq = opening.events[0].seq - 1 if opening.events else opening.state.seq
            self._tell(opening)
        while events := await self._centre.store.read(self.conversation_id, after=self._seq):
            self._tell(Appended(events, await self._centre.store.reload(self.conversation_id)))

    def _tell(self, appended: Appended) -> None:
        new = [one for one in appended.events if one.seq > self._seq]
        self._seq = max(self._seq, appended.state.seq)
        self._record_as(appended.state)
        self._do(self._machine.conversation(new, appended.state, self._expected(appended.state), self.at))

    def _expected(self, state: State) -> Expected:
        return expected_of(state, self._centre.brain.agent.library) if self._centre.ready.is_set() else Expected()

    # ------------------------------------------------------------ from the lines

    def from_customer(self, value: w.FromCaller) -> None:
        """Something of the customer's device."""
        at = self.at
        match value:
            case w.Heard(pcm=pcm):
                self._hear(CUSTOMER, pcm, at)
            case w.Pressed(key=key):
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
            case w.Heard(pcm=pcm):
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
        self._sounded[leg] = at
        self._do(self._machine.hear(leg, pcm, at))

    def _mute(self, leg: str, *, is_muted: bool) -> None:
        (self._muted.add if is_muted else self._muted.discard)(leg)
        self._do(self._machine.muted(leg, is_muted=is_muted))

    def attach(self, person: Person, leg: Leg, brief: str) -> None:
        """An operator's line is open."""
        self._legs[person.id], self._operators[person.id] = leg, person
        self._do(self._machine.joined(OperatorLine(person.id, person.name, brief), self.at))

    def detach(self, operator_id: str, leg: Leg) -> None:
        """An operator's line is gone, unless a newer one has taken its place."""
        if self._legs.get(operator_id) is leg:
            del self._legs[operator_id]
            self._sounded.pop(operator_id, None)
            self._muted.discard(operator_id)
            self._do(self._machine.left(operator_id, self.at))

    def load_changed(self, step: LoadStep) -> None:
        """The machine has stepped back or forward."""
        del step
        self._machine.set_policy(self._engine.turn_policy)

    # ------------------------------------------------------------ carrying out

    def _do(self, commands: Sequence[Command]) -> None:
        for command in commands:
            self._carry_out(command)

    def _carry_out(self, command: Command) -> None:  # one case a command: the table of what a call can ask for
        match command:
            case Send(leg=leg, message=message):
                if leg in self._legs:
                    self._legs[leg].put(message)
            case Transcribe(job=job, leg=leg, work=work, request=request):
                self._wait_for(job, leg, self._engine.transcribe(work, f"{self.call_id}/{leg}", request), request)
            case Judge(job=job, leg=leg, samples=samples):
                if ticket := self._engine.judge(f"{self.call_id}/{leg}", samples):
                    self._wait_for(job, leg, ticket)
            case Forget(job=job):
                if known := self._jobs.pop(job, None):
                    known[1].cancel()
            case MakeFinal(job=job):
                if job in self._jobs:
                    self._jobs[job][1].make_final()
            case Render():
                self._render(command)
            case Keep(leg=leg, pcm=pcm, at=at):
                if self._recorder:
                    self._recorder.keep(leg, pcm, at)
            case Prepare(text=text):
                self._prepare(text)
            case DropPrepared():
                self._drop_prepared()
            case CustomerTurn():
                self._in_order(self._customer_turn(command))
            case OperatorTurn():
                self._in_order(self._operator_turn(command))
            case Note(events=events):
                self._spawn(self._stubbornly(partial(call.note, self._centre, self.conversation_id, events)))
            case AskStillThere(attempt=attempt):
                self._was_asked_there = True
                self._spawn(call.ask_still_there(self._centre, self.conversation_id, attempt))
            case NotUnderstood():
                self._spawn(call.ask_again(self._centre, self.conversation_id))
            case TellProgress():
                self._spawn(call.tell_progress(self._centre, self.conversation_id))
            case TellOperatorAway():
                self._spawn(call.tell_operator_away(self._centre, self.conversation_id))
            case EndCall(reason=reason):
                self._end(reason)

    def _end(self, reason: CallEnd) -> None:
        if reason in (CallEnd.SILENCE, CallEnd.TOO_LONG):
            ending = partial(call.give_up_waiting, self._centre, self.conversation_id, reason)
            self._spawn(self._stubbornly(ending))
        else:
            self.ending = reason
            self.ended.set()

    def _wait_for(self, job: int, leg: str, ticket: Ticket[Any], request: TranscriptionRequest | None = None) -> None:
        self._jobs[job] = (leg, ticket)
        self._spawn(self._deliver(job, leg, ticket, request))

    async def _deliver(self, job: int, leg: str, ticket: Ticket[Any], request: TranscriptionRequest | None) -> None:
        value = None
        try:
            outcome = await ticket.outcome()
            value = outcome.value if isinstance(outcome, Finished) else None
        except SpeechError as error:
            log.warning("speech job failed", error=type(error).__name__)
        if self._jobs.pop(job, None) is None:
            return
        if isinstance(value, float):
            self._do(self._machine.judged(leg, job, value, self.at))
        else:
            text = value.text if value is not None else None
            if text and request and leg == CUSTOMER:
                text = as_written(text, request.expectation, request.expected_digits)
            self._do(self._machine.transcribed(leg, job, text, self.at))

    def _render(self, command: Render) -> None:
        spoken = self._engine.speaker.remembered(command.clause)
        if spoken is not None:
            self._do(self._machine.rendered(command.utterance, command.index, spoken, self.at))
            return
        self._spawn(self._rendered(command, self._engine.speak(self.call_id, command.clause)))

    async def _rendered(self, command: Render, ticket: Ticket[Any]) -> None:
        spoken = None
        try:
            outcome = await ticket.outcome()
            spoken = outcome.value if isinstance(outcome, Finished) else None
        except SpeechError as error:
            log.warning("the voice failed", error=type(error).__name__)
        self._do(self._machine.rendered(command.utterance, command.index, spoken, self.at))

    # ------------------------------------------------------------ turns

    def _prepare(self, text: str) -> None:
        self._drop_prepared()
        self._prepared_text = text
        self._preparing = asyncio.create_task(self._prepared(text))

    async def _prepared(self, text: str) -> Prepared | None:
        prepared = await answer.prepare(self._centre, self.conversation_id, text)
        said = next((one for one in prepared.events if one.kind == "agent_said"), None) if prepared else None
        if said is not None and said.kind == "agent_said":
            # The first clause is rendered ahead too; the speaker remembers it until it is asked for.
            first = self._engine.speaker.clauses(said.text)[:1]
            for clause in first:
                if self._engine.speaker.remembered(clause) is None:
                    await self._engine.speak(f"{self.call_id}/ahead", clause).outcome()
        return prepared

    def _drop_prepared(self) -> None:
        if self._preparing:
            self._preparing.cancel()
        self._preparing = None

    async def _customer_turn(self, turn: CustomerTurn) -> None:
        said = CustomerSaid(turn.text, self._centre.new_id("v"), turn.voice)
        preparing, self._preparing = self._preparing, None
        if self._machine.state.call and self._machine.state.call.is_recording and _DO_NOT_RECORD.search(turn.text):
            await self._stubbornly(partial(call.stop_recording, self._centre, self.conversation_id, said))
            return
        if self._engine.step >= LoadStep.PLEASE_HOLD and not self._machine.state.is_with_human:
            self._do(self._machine.aside(ONE_MOMENT, self.at))
        if self._was_asked_there and _IS_PRESENT.fullmatch(turn.text.strip()):
            self._was_asked_there = False
            await self._stubbornly(partial(call.is_there, self._centre, self.conversation_id, said))
            return
        self._was_asked_there = False
        if await self._answered(said, preparing if self._prepared_text == turn.text else None):
            return
        await self._stubbornly(
            partial(receive.receive, self._centre, self.conversation_id, said.text, said.client_id, voice=said.voice)
        )

    async def _answered(self, said: CustomerSaid, preparing: "asyncio.Task[Prepared | None] | None") -> bool:
        """True when the turn is on disk with its prepared answer; the words do not wait long for one."""
        prepared = await _quietly(preparing) if preparing else None
        if prepared is None:
            return False
        try:
            return await receive.receive_answered(self._centre, self.conversation_id, said, prepared)
        except StorageError:
            return False  # the words alone are tried until they are kept

    async def _operator_turn(self, turn: OperatorTurn) -> None:
        person = self._operators.get(turn.operator_id)
        if person is None:
            return
        client_id = self._centre.new_id("v")
        await self._stubbornly(
            partial(operate.say, self._centre, person, self.conversation_id, turn.text, client_id, voice=turn.voice)
        )

    def _in_order(self, work: Coroutine[Any, Any, None]) -> None:
        before = self._turns

        async def after() -> None:
            if before is not None:
                await asyncio.wait([before])
            await work

        self._turns = self._spawn(after())

    async def _stubbornly(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """What was said must get into the record, also when the database is away for a moment."""
        while True:
            try:
                await work()
            except StorageError as error:
                if not isinstance(error, Moved):
                    log.warning("not recorded yet, trying again")
                    await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    # ------------------------------------------------------------ odds

    def _record_as(self, state: State) -> None:
        is_on = state.call is not None and state.call.call_id == self.call_id and state.call.is_recording
        if is_on and self._recorder is None:
            self._recorder = self._make_recorder()
        if self._recorder:
            (self._recorder.resume if is_on else self._recorder.pause)(self.at)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, NotAllowed | IllegalEvent):
            log.error("a call's work failed", exc_info=error)


class _Over(Exception):
    """The call has ended from inside."""


async def _quietly(preparing: "asyncio.Task[Prepared | None]") -> Prepared | None:
    """A prepared answer, or None: preparing may fail or take long, answering then starts over."""
    try:
        async with asyncio.timeout(PREPARED_SECONDS):
            return await preparing
    except TimeoutError:
        return None
    except Exception:  # what was said must be recorded and answered whatever became of the guess
        log.exception("preparing an answer failed")
        return None
