"""Random legal lives of a small centre: whatever people do, in whatever order, some laws hold after every action.

No live customer without an owner. No conversation accepted twice. No operator beyond capacity. The agent is silent
while a person holds. A place in the queue survives a declined or missed offer and a lost operator. The kept state is
the fold of the events, also after a restart.

SWITCHBOARD_LAW_EXAMPLES says how many lives are lived (default 20); SWITCHBOARD_LAW_SHRINK=1 looks for the shortest
life that breaks a law, which takes minutes.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from actions import NotAllowed
from actions.customer import receive
from actions.operator import offer, operate
from conversation import Channel, RequeueReason, Stage, State, due_at
from conversation.events import AgentSaid, HandedBack, HandOffRequested, HandOffWithdrawn, OfferAccepted, Requeued
from conversation.fold import IllegalEvent, apply
from storage.conversation import Moved, OperatorFull
from storage.people import Person, Presence, Role
from tests.support.happenings import operator
from tests.support.simulation import Clock, Ids, Simulation, simulated
from tests.support.stores import IDLE, migrated_sqlite, sqlite_template

EXAMPLES = int(os.environ.get("SWITCHBOARD_LAW_EXAMPLES", "20"))
PHASES = tuple(Phase) if os.environ.get("SWITCHBOARD_LAW_SHRINK") else (Phase.generate,)
STEPS = 40
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Many short lives: a disk that waits for every commit has tests of its own."""

MOST_CONVERSATIONS = 5

CREW = (
    operator(("op-maya", "Maya Lindqvist"), capacity=1),
    operator(("op-noor", "Noor Haddad"), capacity=2, queues=("claims",)),
    operator(("op-tom", "Tom Okafor"), capacity=2, queues=("general",)),
)
BY_ID = {one.id: one for one in CREW}
SUPERVISOR = replace(operator(("sup-sam", "Sam Rowe"), queues=()), role=Role.SUPERVISOR)

WORDS = (
    "hello",
    "an operator, please",
    "I want to talk to a person",
    "looks right, pass it on",
    "no, it's claim CL52318",
    "my phone number is 01632 960001",
    "never mind",
    "THIS IS UNACCEPTABLE, you are USELESS!!!",
    "call me back please",
    "tomorrow morning",
    "yes",
    "what is an excess?",
    "that's all, bye",
)
BY_CUSTOMER = ("say", "ask", "confirm", "leave")
BY_CENTRE = ("dispatch", "sweep", "force")
AT_THE_DESK = ("accept", "decline", "pick", "speak", "note", "hand_back", "transfer", "release", "end", "wrap_up")

REFUSALS = (NotAllowed, IllegalEvent, Moved, OperatorFull)
HELD = (Stage.OPERATOR, Stage.OPERATOR_LOST)

conversations = st.integers(0, MOST_CONVERSATIONS - 1)
operators = st.sampled_from([one.id for one in CREW])
words = st.sampled_from(WORDS)
deeds = st.sampled_from(BY_CUSTOMER + BY_CENTRE + AT_THE_DESK)

Deed = Callable[[], Awaitable[object]]


class Life(RuleBasedStateMachine):
    """One centre from its opening to the end of its last conversation."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory(dir=IN_MEMORY)
        self._url = migrated_sqlite(Path(self._folder.name), self.template)
        self._clock, self._ids = Clock(), Ids()
        self._open = AsyncExitStack()
        self._known: dict[str, State] = {}
        """Each conversation as the events seen so far fold to."""
        self._connected: set[str] = set()
        self._messages = 0

    # ------------------------------------------------------------ what happens

    @initialize(absent=st.sets(operators, max_size=2))
    def opening(self, absent: set[str]) -> None:
        async def open_doors() -> None:
            await self._start()
            for person in (*CREW, SUPERVISOR):
                await self._centre.centre.people.add(replace(person, is_connected=False))
            for person in CREW:
                if person.id not in absent:
                    await self._come(person)

        self._do(open_doors())

    @precondition(lambda self: len(self._known) < MOST_CONVERSATIONS)
    @rule()
    def start(self) -> None:
        async def begin() -> None:
            state, _ = await receive.start_chat(self._centre.centre, Channel.CHAT)
            self._known[state.conversation_id] = State(state.conversation_id)

        self._do(begin())

    @precondition(lambda self: self._known)
    @rule(deed=deeds, conversation=conversations, person=operators, text=words)
    def one(self, deed: str, conversation: int, person: str, text: str) -> None:
        self._do(self._try(deed, conversation, BY_ID[person], text))

    @precondition(lambda self: self._known)
    @rule(first=deeds, second=deeds, conversation=conversations, person=operators, colleague=operators, text=words)
    def at_once(self, first: str, second: str, conversation: int, person: str, colleague: str, text: str) -> None:
        """Two people act on one conversation at the same moment."""

        async def race() -> None:
            await asyncio.gather(
                self._try(first, conversation, BY_ID[person], text),
                self._try(second, conversation, BY_ID[colleague], text),
            )

        self._do(race())

    @precondition(lambda self: self._known)
    @rule(conversation=conversations, text=words)
    def all_reach_for_it(self, conversation: int, text: str) -> None:
        """The customer asks for a person and goes on writing while every operator reaches for the conversation."""

        async def go() -> None:
            await self._try("ask", conversation, CREW[0], "")
            await self._centre.settled()
            await self._try("confirm", conversation, CREW[0], "")
            await self._try("dispatch", conversation, CREW[0], "")
            await asyncio.gather(
                self._try("say", conversation, CREW[0], text),
                *(self._try(deed, conversation, person, "") for person in CREW for deed in ("accept", "pick")),
            )

        self._do(go())

    @rule(seconds=st.sampled_from([1, 15, 31, 61, 151, 1801]))
    def time_passes(self, seconds: int) -> None:
        self._do(self._centre.pass_time(seconds))

    @rule(person=operators)
    def comes(self, person: str) -> None:
        self._do(self._come(BY_ID[person]))

    @rule(person=operators)
    def goes(self, person: str) -> None:
        async def go() -> None:
            self._connected.discard(person)
            await self._centre.leave(BY_ID[person])

        self._do(go())

    @rule(person=operators, presence=st.sampled_from([Presence.AVAILABLE, Presence.BUSY, Presence.AWAY]))
    def sets_presence(self, person: str, presence: Presence) -> None:
        self._do(self._centre.centre.people.set_presence(person, presence, by="person", at=self._clock()))

    @rule()
    def restart(self) -> None:
        async def again() -> None:
            await self._open.aclose()
            self._connected.clear()
            await self._start()

        self._do(again())

    def teardown(self) -> None:
        try:
            if self._known:
                self._do(self._serve_everyone())
        finally:
            self._runner.run(self._open.aclose())
            self._runner.close()
            self._folder.cleanup()

    # ------------------------------------------------------------ the laws

    @invariant()
    def laws_hold(self) -> None:
        if self._known:
            self._runner.run(self._check())

    async def _check(self) -> None:
        for conversation_id, known in self._known.items():
            for one in await self._centre.events(conversation_id, after=known.seq):
                assert one.seq == known.seq + 1, "the events have a gap"
                after = apply(known, one.event, one.at)
                _assert_step(known, one.event, after)
                known = after
            self._known[conversation_id] = known
            assert await self._centre.centre.store.reload(conversation_id) == known, "the kept state is not the fold"
            self._assert_owned(known)
        loads = await self._centre.centre.lists.loads()
        for person in CREW:
            mine = [one for one in self._known.values() if _takes_room(one, person.id)]
            assert len(mine) == loads.get(person.id, 0)
            assert len(mine) <= person.capacity, f"{person.name} has too many"

    def _assert_owned(self, state: State) -> None:
        """Somebody, or a deadline, is responsible for every live conversation."""
        match state.owner.stage:
            case Stage.AGENT:
                assert state.owner.operator_id is None
                assert state.owner.offer is None
                assert due_at(state, IDLE) is not None
            case Stage.QUEUED:
                assert state.owner.queue in {"general", "claims"}
                assert state.owner.queued_at is not None
                assert state.owner.handover is not None
                assert state.owner.operator_id is None
            case Stage.OFFERED:
                assert state.owner.offer is not None
                assert state.owner.operator_id is None
                assert due_at(state, IDLE) == state.owner.offer.expires_at
                assert state.owner.offer.expires_at <= self._clock() + timedelta(seconds=60)
            case Stage.OPERATOR:
                assert state.owner.operator_id in self._connected, (
                    "a customer is left with an operator who is not there"
                )
            case Stage.OPERATOR_LOST:
                assert state.owner.operator_id is not None
                assert state.owner.operator_id not in self._connected
                assert due_at(state, IDLE) is not None
            case Stage.WRAP_UP:
                assert state.owner.operator_id is not None
            case Stage.CLOSED:
                assert state.owner.operator_id is None or state.owner.disposition is not None

    # ------------------------------------------------------------ how it is done

    def _do(self, deed: Coroutine[Any, Any, object]) -> None:
        async def settled() -> None:
            await deed
            await self._centre.settled()

        self._runner.run(settled())

    async def _start(self) -> None:
        running = simulated(self._url, clock=self._clock, new_id=self._ids)
        self._centre: Simulation = await self._open.enter_async_context(running)

    async def _come(self, person: Person) -> None:
        self._connected.add(person.id)
        await self._centre.arrive(person)

    async def _try(self, deed: str, conversation: int, person: Person, text: str) -> None:
        """Do it, or be refused; who is not at the desk does nothing there."""
        conversation_id = list(self._known)[conversation % len(self._known)]
        if deed in AT_THE_DESK and person.id not in self._connected:
            return
        try:
            await self._deed(deed, conversation_id, person, text)()
        except REFUSALS:
            return

    def _deed(self, deed: str, conversation_id: str, person: Person, text: str) -> Deed:
        centre = self._centre.centre
        self._messages += 1
        client_id = f"m-{self._messages}"
        deeds: dict[str, Deed] = {
            "say": lambda: receive.receive(centre, conversation_id, text, client_id),
            "ask": lambda: receive.receive(centre, conversation_id, "an operator, please", client_id),
            "confirm": lambda: receive.confirm_handover(centre, conversation_id),
            "leave": lambda: receive.leave(centre, conversation_id),
            "dispatch": lambda: offer.dispatch(centre),
            "sweep": lambda: self._centre.pass_time(0),
            "force": lambda: operate.end(centre, SUPERVISOR, conversation_id),
            "accept": lambda: self._accept(person, conversation_id),
            "decline": lambda: self._decline(person, conversation_id),
            "pick": lambda: offer.pick(centre, person, conversation_id),
            "speak": lambda: operate.send_operator_message(centre, person, conversation_id, text, client_id),
            "note": lambda: operate.note(centre, person, conversation_id, text, client_id),
            "hand_back": lambda: operate.hand_back(centre, person, conversation_id, text),
            "transfer": lambda: operate.transfer(centre, person, conversation_id, "claims", text),
            "release": lambda: operate.release(centre, person, conversation_id),
            "end": lambda: operate.end(centre, person, conversation_id),
            "wrap_up": lambda: operate.wrap_up(centre, person, conversation_id, "solved", text),
        }
        return deeds[deed]

    async def _accept(self, person: Person, conversation_id: str) -> None:
        """Reach for the newest offer, whosever it is."""
        await offer.accept(self._centre.centre, person, conversation_id, await self._offer_id(conversation_id))

    async def _decline(self, person: Person, conversation_id: str) -> None:
        await offer.decline(self._centre.centre, person, conversation_id, await self._offer_id(conversation_id))

    async def _offer_id(self, conversation_id: str) -> str:
        offered = (await self._centre.centre.store.reload(conversation_id)).owner.offer
        return offered.offer_id if offered else "o-none"

    async def _serve_everyone(self) -> None:
        """From wherever the centre is: with everyone at work, every customer is served, every conversation ends."""
        for person in CREW:
            await self._come(person)
        for _ in range(12 * MOST_CONVERSATIONS):
            await self._check()
            if all(state.owner.stage is Stage.CLOSED for state in self._known.values()):
                return
            for conversation_id, state in self._known.items():
                holder = BY_ID[state.owner.operator_id or CREW[0].id]
                match state.owner.stage:
                    case Stage.AGENT:
                        await receive.leave(self._centre.centre, conversation_id)
                    case Stage.OFFERED if state.owner.offer:
                        await self._accept(BY_ID[state.owner.offer.operator_id], conversation_id)
                    case Stage.OPERATOR:
                        await operate.end(self._centre.centre, holder, conversation_id)
                    case Stage.WRAP_UP:
                        await operate.wrap_up(self._centre.centre, holder, conversation_id, "solved", "")
                    case _:
                        continue
            await self._centre.pass_time(31)
            await offer.dispatch(self._centre.centre)
        raise AssertionError(f"never served: {[state.owner.stage for state in self._known.values()]}")


def _takes_room(state: State, operator_id: str) -> bool:
    holds = state.owner.operator_id == operator_id and state.owner.stage in (*HELD, Stage.WRAP_UP)
    return holds or (state.owner.offer is not None and state.owner.offer.operator_id == operator_id)


def _assert_step(before: State, event: object, after: State) -> None:
    """What one event may and may not do, whatever the fold makes of it."""
    if isinstance(event, AgentSaid):
        assert before.owner.stage not in HELD, "the agent spoke while a person held the conversation"
    if isinstance(event, OfferAccepted):
        assert before.owner.stage is Stage.OFFERED, "accepted what was not offered"
        assert before.owner.offer is not None
        assert (before.owner.offer.offer_id, before.owner.offer.operator_id) == (event.offer_id, event.operator_id)
    is_transfer = isinstance(event, Requeued) and event.reason is RequeueReason.TRANSFERRED
    if not is_transfer and not isinstance(event, (HandOffRequested, HandOffWithdrawn, HandedBack)):
        assert after.owner.queued_at == before.owner.queued_at, f"{type(event).__name__} changed the place in the queue"
        assert after.owner.queue == before.owner.queue


def test_the_laws_of_the_centre_hold_in_every_life(tmp_path: Path) -> None:
    Life.template = sqlite_template(tmp_path)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            phases=PHASES,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )
