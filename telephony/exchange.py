"""The exchange: which calls are live in this process, the speech engine they share, and the operators' lines.

A caller's line makes a `LiveCall`; operators' lines join it by conversation. A line that is lost leaves the call open
for a while: the caller who comes back goes on in the same conversation.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from actions import call
from actions.centre import Centre
from agent.spoken_brief import spoken_brief
from conversation.feed import DESK_TOPIC, Appended, Signal
from conversation.state import State
from conversation.words import CallEnd
from speech.engine import SpeechEngine
from speech.scheduler import LoadStep, StepChange
from storage.database import StorageError
from storage.people import Person
from storage.recordings import Recordings
from telephony import hold_sound
from telephony.call.machine import CallMachine, Setting
from telephony.call.values import CallTiming
from telephony.leg import Leg
from telephony.live_call import LiveCall
from telephony.recording import Recorder
from telephony.wire import Over

log = structlog.get_logger(__name__)

ALL_BUSY = "All our lines are busy. Please write to us in the chat, or call again in a few minutes."

HEARTBEAT_SECONDS = 1.0
RETRY_SECONDS = 2.0
"""Between two tries to record a call's end while the database is away."""

TAKEN_OVER = "taken_over"
"""Why a line is closed whose place another line of the same person has taken."""


class NoVoice(Exception):
    """This call can't be taken; the message says what to do."""

    def __init__(self, message: str, code: str = "voice_unavailable") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Carrier:
    """Where a call comes from, and what its line can do."""

    name: str = "browser"
    device: str = ""


class Exchange:
    """All calls of this process."""

    def __init__(
        self,
        centre: Centre,
        build_engine: Callable[[Callable[[StepChange], None]], SpeechEngine] | None,
        recordings: Recordings,
        *,
        is_recorded: bool = False,
        most_calls: int = 40,
        timing: CallTiming | None = None,
    ) -> None:
        """`build_engine` blocks for seconds and may raise SpeechError; None: calls are switched off.

        `most_calls`: further callers are told that all lines are busy.
        """
        self._centre = centre
        self._build_engine = build_engine
        self._recordings = recordings
        self.is_recorded = is_recorded
        self._most_calls = most_calls
        self.timing = timing or CallTiming()
        self._engine: asyncio.Future[SpeechEngine] | None = None
        self._calls: dict[str, LiveCall] = {}
        self._operators: defaultdict[str, dict[str, tuple[Person, Leg, str]]] = defaultdict(dict)
        """Operators' open lines by conversation and operator, also while the caller is away."""
        self._waiting: dict[str, asyncio.Task[None]] = {}
        """By conversation, what is done when a lost caller does not come back."""
        self._opening: Counter[str | None] = Counter()
        """Lines that wait for the models to load, by conversation; None is a new one."""
        self._step = LoadStep.NORMAL

    @property
    def is_open(self) -> bool:
        """True where calls are taken."""
        return self._build_engine is not None

    @property
    def is_ready(self) -> bool:
        """True once the speech models are loaded."""
        return self._engine is not None and self._engine.done() and self._engine.exception() is None

    @property
    def engine_step(self) -> LoadStep:
        return self._step

    async def engine(self) -> SpeechEngine:
        """The speech engine, loaded at the first call. Raises NoVoice or SpeechError."""
        if self._build_engine is None:
            raise NoVoice("Calls are switched off here. Please write to us in the chat.")
        if self._engine is None or (self._engine.done() and self._engine.exception() is not None):
            loop = asyncio.get_running_loop()
            build = self._build_engine

            def on_step(change: StepChange) -> None:
                loop.call_soon_threadsafe(self._step_changed, change)

            self._engine = loop.run_in_executor(None, lambda: build(on_step))
            log.info("loading speech models")
        return await asyncio.shield(self._engine)

    def warm(self) -> None:
        """Begin to load the models: a page opens its socket before it asks for the microphone."""
        if self.is_open and self._engine is None:
            asyncio.ensure_future(self.engine()).add_done_callback(_told_at_the_call)

    async def run(self) -> None:
        """Tell the engine how late the event loop is, for ever; and look after lines lost in a restart."""
        for state in await self._centre.lists.live():
            if state.call is not None and state.conversation_id not in self._calls:
                self._expect_back(state.conversation_id, state.call.call_id)
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + HEARTBEAT_SECONDS
            await asyncio.sleep(HEARTBEAT_SECONDS)
            if self.is_ready and self._engine is not None:
                self._engine.result().note_loop_lag(loop.time() - due)

    async def close(self) -> None:
        """End the engine; lines are the sockets' to close."""
        waiting = list(self._waiting.values())
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if self._engine is not None and not self._engine.cancelled():
            try:
                engine = await self._engine
            except Exception:  # noqa: BLE001 - it never loaded; whoever called was told
                return
            await engine.close()

    # ------------------------------------------------------------ customers

    async def open(
        self, conversation_id: str | None, carrier: Carrier, leg: Leg, *, captions: bool, name: str | None
    ) -> tuple[LiveCall, Appended, str | None]:
        """A caller's line is there: the live call, what began it, and the secret of a new conversation.

        Raises NoVoice, SpeechError, StorageError; NoVoice too when the conversation has ended or all lines are busy.
        """
        is_known = conversation_id in self._calls or conversation_id in self._waiting
        if not is_known and len(self._calls) + self._opening.total() >= self._most_calls:
            raise NoVoice(ALL_BUSY, "busy")
        here = Counter((conversation_id,))
        self._opening += here
        try:
            engine = await self.engine()
        finally:
            self._opening -= here
        call_id = self._centre.new_id("call")
        token: str | None = None
        if conversation_id is None:
            opening, token = await call.start(
                self._centre, call_id, carrier.name, is_recorded=self.is_recorded, name=name, device=carrier.device
            )
        else:
            await self._hang_up_older(conversation_id)
            opening = await call.join(
                self._centre, conversation_id, call_id, carrier.name, is_recorded=self.is_recorded
            )
            if not opening.events:
                raise NoVoice("This conversation has ended. Start a new one to call us.", "conversation_ended")
        return self._live(opening, engine, call_id, leg, captions=captions), opening, token

    def _live(self, opening: Appended, engine: SpeechEngine, call_id: str, leg: Leg, *, captions: bool) -> LiveCall:
        state = opening.state
        setting = Setting(
            call_id=call_id,
            hearing=engine,
            clauses=engine.speaker.clauses,
            hold=hold_sound.hold_frames,
            timing=self.timing,
            has_captions=captions,
        )
        folder = self._recordings.folder(state.conversation_id)
        started_at = self._centre.clock()
        live = LiveCall(
            self._centre,
            engine,
            CallMachine(setting, state),
            call_id,
            leg,
            lambda: Recorder(folder, call_id, started_at),
        )
        self._calls[state.conversation_id] = live
        for person, operator_leg, brief in list(self._operators.get(state.conversation_id, {}).values()):
            live.attach(person, operator_leg, brief)
        self._stop_waiting(state.conversation_id)
        return live

    async def _hang_up_older(self, conversation_id: str) -> None:
        """A second line for the same conversation takes the first one's place."""
        older = self._calls.get(conversation_id)
        if older is not None:
            older.ending = CallEnd.LINE_LOST
            older.ended.set()

    @contextmanager
    def online(self, conversation_id: str) -> Iterator[None]:
        """The customer counts as there while the block runs."""
        centre = self._centre
        centre.online[conversation_id] += 1
        self._tell_desk(conversation_id)
        try:
            yield
        finally:
            centre.online[conversation_id] -= 1
            if centre.online[conversation_id] <= 0:
                del centre.online[conversation_id]
            self._tell_desk(conversation_id)

    async def gone(self, live: LiveCall, hung_up: CallEnd | None) -> bool:
        """The caller's line has closed; `hung_up` says how the caller ended it, None when it was just gone.

        True when the conversation goes on. Never fails: what can't be recorded now is recorded later.
        """
        if self._calls.get(live.conversation_id) is live:
            del self._calls[live.conversation_id]
        try:
            return await self._record_end(live, hung_up)
        except StorageError:
            self._wait(live.conversation_id, partial(self._record_end_later, live, hung_up))
            return hung_up is not CallEnd.HUNG_UP

    async def _record_end(self, live: LiveCall, hung_up: CallEnd | None) -> bool:
        conversation_id = live.conversation_id
        state = await self._centre.store.reload(conversation_id)
        if not state.is_live or state.call is None or state.call.call_id != live.call_id:
            return state.is_live
        if hung_up is None:
            self._expect_back(conversation_id, live.call_id)
            return True
        ends = hung_up is not CallEnd.MOVED_TO_CHAT
        after = await call.end(self._centre, conversation_id, live.call_id, "customer", hung_up, ends_conversation=ends)
        return after.state.is_live

    async def _record_end_later(self, live: LiveCall, hung_up: CallEnd | None) -> None:
        await self._stubbornly(partial(self._record_end, live, hung_up))

    def _expect_back(self, conversation_id: str, call_id: str) -> None:
        async def give_up() -> None:
            await asyncio.sleep(self._centre.timing.line_grace.total_seconds())
            # A caller who is back and waits for the models to load is not lost.
            while self._opening[conversation_id]:  # noqa: ASYNC110 - rare, and a second more is no matter
                await asyncio.sleep(HEARTBEAT_SECONDS)
            await self._stubbornly(partial(call.lost, self._centre, conversation_id, call_id))

        self._wait(conversation_id, give_up)

    async def _stubbornly(self, work: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                await work()
            except StorageError:
                log.warning("a call's end is not recorded yet, trying again")
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    def _wait(self, conversation_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do this unless the caller comes back first; one such thing a conversation."""
        self._stop_waiting(conversation_id)
        waiting = asyncio.create_task(work())
        self._waiting[conversation_id] = waiting
        waiting.add_done_callback(partial(self._waited, conversation_id))

    def _stop_waiting(self, conversation_id: str) -> None:
        if waiting := self._waiting.pop(conversation_id, None):
            waiting.cancel()

    def _waited(self, conversation_id: str, work: "asyncio.Task[None]") -> None:
        if self._waiting.get(conversation_id) is work:
            del self._waiting[conversation_id]
        if not work.cancelled() and (error := work.exception()) is not None:
            log.error("a lost call could not be ended", exc_info=error)

    # ------------------------------------------------------------ operators

    def find(self, conversation_id: str) -> LiveCall | None:
        """The caller's live line, if it is in this process."""
        return self._calls.get(conversation_id)

    @contextmanager
    def operator_line(self, state: State, person: Person, leg: Leg, *, wants_brief: bool) -> Iterator[None]:
        """An operator's line for a conversation, whoever else comes and goes, until the block ends."""
        conversation_id = state.conversation_id
        has_brief = wants_brief and state.operator_id == person.id
        brief = spoken_brief(state.handover) if has_brief and state.handover else ""
        lines = self._operators[conversation_id]
        if older := lines.get(person.id):
            older[1].put(Over("system", TAKEN_OVER, goes_on_in_chat=True))
            older[1].close()
        lines[person.id] = (person, leg, brief)
        if live := self.find(conversation_id):
            live.attach(person, leg, brief)
        try:
            yield
        finally:
            if lines.get(person.id, (None, None))[1] is leg:
                del lines[person.id]
            if not lines and self._operators.get(conversation_id) is lines:
                del self._operators[conversation_id]
            if live := self.find(conversation_id):
                live.detach(person.id, leg)

    # ------------------------------------------------------------ load

    def _step_changed(self, change: StepChange) -> None:
        log.info("speech load", before=change.before.name, after=change.after.name)
        self._step = change.after
        for live in self._calls.values():
            live.load_changed(change.after)

    def _tell_desk(self, conversation_id: str) -> None:
        is_online = self._centre.online[conversation_id] > 0
        self._centre.feed.publish(DESK_TOPIC, Signal(conversation_id, "online", {"is_online": is_online}))


def _told_at_the_call(loading: "asyncio.Future[SpeechEngine]") -> None:
    """Models that do not load are the business of the call that needs them: it asks again, and tells why."""
    if not loading.cancelled():
        loading.exception()
