"""The call registry: which calls are live in this process, and the operators' lines.

A caller's line makes a `LiveCall`; operators' lines join it by conversation. A line that is lost leaves the call open
for a while: the caller who comes back goes on in the same conversation.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from actions import Centre
from actions.call import call
from agent import spoken_brief
from conversation import Appended, CallEnd, State
from speech import SpeechEngine
from speech.scheduler import StepChange
from storage.conversation import Recordings
from storage.people import Person
from telephony.call.machine import CallConfig, CallMachine
from telephony.call.values import CallTiming
from telephony.line_queue import LineQueue
from telephony.lines.reconnects import Reconnects
from telephony.lines.speech_engine_loader import Build, NoVoice, SpeechEngineLoader
from telephony.media import hold_sound
from telephony.media.recording import Recorder
from telephony.shell.live_call import LiveCall
from telephony.wire import Over

log = structlog.get_logger(__name__)

ALL_BUSY = "All our lines are busy. Please write to us in the chat, or call again in a few minutes."

HEARTBEAT_SECONDS = 1.0
TAKEN_OVER = "taken_over"
"""Why a line is closed whose place another line of the same person has taken."""


@dataclass(frozen=True)
class Carrier:
    """Where a call comes from, and what its line can do."""

    name: str = "browser"
    device: str = ""


class CallRegistry:
    """All calls of this process."""

    def __init__(
        self,
        centre: Centre,
        build_engine: Build | None,
        recordings: Recordings,
        *,
        is_recorded: bool = False,
        most_calls: int = 40,
        timing: CallTiming | None = None,
    ) -> None:
        """`build_engine` None: calls are switched off.

        `most_calls`: further callers are told that all lines are busy.
        """
        self._centre = centre
        self.engine_loader = SpeechEngineLoader(build_engine, self._step_changed)
        """The speech engine of all calls."""
        self._recordings = recordings
        self.is_recorded = is_recorded
        self.most_calls = most_calls
        self.timing = timing or CallTiming()
        self._beats_at = 0.0
        """When the next heartbeat is due, by the loop's clock; 0 before the first."""
        self._calls: dict[str, LiveCall] = {}
        self._operators: defaultdict[str, dict[str, tuple[Person, LineQueue, str]]] = defaultdict(dict)
        """Operators' open lines by conversation and operator, also while the caller is away."""
        self._opening: Counter[str | None] = Counter()
        """Lines that wait for the models to load or for the database, by conversation; None is a new one."""
        self._lost = Reconnects(centre, lambda conversation_id: self._opening[conversation_id] > 0)

    def expect_back(self, state: State) -> None:
        """The process that had this caller's line is gone: they may call back for a while."""
        if state.call is not None and state.conversation_id not in self._calls:
            self._lost.expect_back(state.conversation_id, state.call.call_id)

    def __len__(self) -> int:
        return len(self._calls)

    async def beat(self) -> None:
        """Tell the engine how late the event loop is; every `HEARTBEAT_SECONDS`."""
        now = asyncio.get_running_loop().time()
        if self._beats_at:
            self.engine_loader.note_loop_lag(max(0.0, now - self._beats_at))
        self._beats_at = now + HEARTBEAT_SECONDS

    async def close(self) -> None:
        """End the engine; lines are the sockets' to close."""
        await self._lost.close()
        await self.engine_loader.close()

    # ------------------------------------------------------------ customers

    async def open(
        self, conversation_id: str | None, carrier: Carrier, leg: LineQueue, *, captions: bool, name: str | None
    ) -> tuple[LiveCall, Appended, str | None]:
        """A caller's line is there: the live call, what began it, and the secret of a new conversation.

        Raises NoVoice, SpeechError, StorageError; NoVoice too when the conversation has ended or all lines are busy.
        """
        is_known = conversation_id in self._calls or conversation_id in self._lost
        if not is_known and len(self._calls) + self._opening.total() >= self.most_calls:
            raise NoVoice(ALL_BUSY, "busy")
        here = Counter((conversation_id,))
        self._opening += here
        try:
            engine = await self.engine_loader.engine()
            call_id = self._centre.new_id("call")
            if conversation_id is not None:  # before it is heard of: operators' lines come where this says
                await self._centre.attendance.line_opened(conversation_id)
            opening, token = await self._begin(conversation_id, call_id, carrier, name)
            if conversation_id is None:
                await self._centre.attendance.line_opened(opening.state.conversation_id)
            return self._live(opening, engine, call_id, leg, captions=captions), opening, token
        finally:
            self._opening -= here

    async def _begin(
        self, conversation_id: str | None, call_id: str, carrier: Carrier, name: str | None
    ) -> tuple[Appended, str | None]:
        """The call on record: what began it, and the secret of a new conversation. Raises NoVoice, StorageError."""
        if conversation_id is None:
            return await call.start_call(
                self._centre, call_id, carrier.name, is_recorded=self.is_recorded, name=name, device=carrier.device
            )
        self._hang_up_older(conversation_id)
        opening = await call.join(self._centre, conversation_id, call_id, carrier.name, is_recorded=self.is_recorded)
        if not opening.events:
            raise NoVoice("This conversation has ended. Start a new one to call us.", "conversation_ended")
        return opening, None

    def _live(
        self, opening: Appended, engine: SpeechEngine, call_id: str, leg: LineQueue, *, captions: bool
    ) -> LiveCall:
        state = opening.state
        config = CallConfig(
            call_id=call_id,
            speech_models=engine,
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
            CallMachine(config, state),
            call_id,
            leg,
            lambda: Recorder(folder, call_id, started_at),
        )
        self._calls[state.conversation_id] = live
        for operator_id in list(self._operators.get(state.conversation_id, ())):
            self._join(live, operator_id)
        self._lost.is_back(state.conversation_id)
        return live

    def _hang_up_older(self, conversation_id: str) -> None:
        """A second line for the same conversation takes the first one's place."""
        older = self._calls.get(conversation_id)
        if older is not None:
            older.ending = CallEnd.LINE_LOST
            older.ended.set()

    async def gone(self, live: LiveCall, hung_up: CallEnd | None) -> bool:
        """The caller's line has closed; `hung_up` says how the caller ended it, None when it was just gone.

        True when the conversation goes on. Never fails: what can't be recorded now is recorded later.
        """
        if self._calls.get(live.conversation_id) is live:
            del self._calls[live.conversation_id]
        return await self._lost.gone(live.conversation_id, live.call_id, hung_up)

    # ------------------------------------------------------------ operators

    def find(self, conversation_id: str) -> LiveCall | None:
        """The caller's live line, if it is in this process."""
        return self._calls.get(conversation_id)

    @contextmanager
    def operator_line(self, state: State, person: Person, leg: LineQueue, *, wants_brief: bool) -> Iterator[None]:
        """An operator's line for a conversation, whoever else comes and goes, until the block ends."""
        conversation_id = state.conversation_id
        has_brief = wants_brief and state.owner.operator_id == person.id
        brief = spoken_brief(state.owner.handover) if has_brief and state.owner.handover else ""
        lines = self._operators[conversation_id]
        if older := lines.get(person.id):
            older[1].put(Over("system", TAKEN_OVER, goes_on_in_chat=True))
            older[1].close()
        lines[person.id] = (person, leg, brief)
        if live := self.find(conversation_id):
            self._join(live, person.id)
        try:
            yield
        finally:
            if lines.get(person.id, (None, None))[1] is leg:
                del lines[person.id]
            if not lines and self._operators.get(conversation_id) is lines:
                del self._operators[conversation_id]
            if live := self.find(conversation_id):
                live.detach(person.id, leg)

    def _join(self, live: LiveCall, operator_id: str) -> None:
        """An operator's line becomes a leg of the call. The brief is heard once, whoever else comes and goes."""
        lines = self._operators[live.conversation_id]
        person, leg, brief = lines[operator_id]
        lines[operator_id] = (person, leg, "")
        live.attach(person, leg, brief)

    # ------------------------------------------------------------ load

    def _step_changed(self, change: StepChange) -> None:
        log.info("speech load", before=change.before.name, after=change.after.name)
        for live in self._calls.values():
            live.load_changed(change.after)
