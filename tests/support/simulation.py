"""A centre without sockets: the real actions over a real database, with the time in the test's hand."""

import asyncio
import functools
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from actions import (
    AgentRuntime,
    Attendance,
    Centre,
    IdentityGuard,
    Membership,
    QueueSnapshots,
    Timing,
    UnderstandingQueue,
)
from actions.answering import AgentSources, Answering, build, speaks_to_agent
from actions.answering.answer import unanswered
from actions.presence import presence
from actions.workers import Sweeper, Takeover, Worker
from agent import Agent
from agent.tools import Tools
from agent.understanding import Understander
from conversation import DESK_TOPIC, Appended, LocalFeed, Message
from conversation.events import Recorded
from crm_adapter import SqlCrm
from encoder import HashingEncoder
from storage.conversation import Absences, EventStore, Lists
from storage.kit import Database
from storage.people import FailedChecks, OpenDesks, People, Person, Presence, TokenHasher
from tenant import Tenant, tenant_from_data
from tests.support.happenings import NOON

PATIENCE_SECONDS = 20.0


def two_queues() -> Tenant:
    """Claims and general, open round the clock."""
    return tenant_from_data(
        {
            "name": "Harbour Mutual",
            "brand": {"name": "Harbour"},
            "persona": {"name": "Harriet", "greeting": "Hello, I'm Harriet, an AI assistant."},
            "queues": [{"id": "general", "name": "General"}, {"id": "claims", "name": "Claims", "priority": 10}],
            "dispositions": [{"id": "solved", "name": "Solved"}],
        }
    )


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Ids:
    """c-1, o-2, m-3 …: the same in every run."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, prefix: str) -> str:
        return f"{prefix}-{next(self._numbers)}"


@functools.cache
def agent_without_models() -> tuple[Agent, Understander]:
    """The real agent with its built-in intents only: rules and a hashing encoder, the same everywhere."""
    return build(AgentSources(None, ()), HashingEncoder())


def without_models(sources: AgentSources) -> tuple[Agent, Understander]:
    """The same for a server, as of the library it found: without its version it would train on that a moment later."""
    agent, understander = agent_without_models()
    version = sources.library["version"] if sources.library else 0
    return agent.with_library(replace(agent.library, version=version)), understander


class HeardFeed(LocalFeed):
    """The feed, and at once to whom the agent owes an answer: time stands still between two steps of a test."""

    def __init__(self, on_speech: Callable[[str], None]) -> None:
        super().__init__()
        self.on_speech = on_speech

    def publish(self, topic: str, message: Message) -> None:
        super().publish(topic, message)
        if topic == DESK_TOPIC and isinstance(message, Appended) and speaks_to_agent(message):
            self.on_speech(message.state.conversation_id)


class Simulation:
    """One run of the centre, built as app.Server builds it."""

    def __init__(self, url: str, clock: Clock, new_id: Callable[[str], str], tenant: Tenant) -> None:
        self.database = Database(url)
        self.clock = clock
        timing = Timing()
        hasher = TokenHasher("a secret of the tests")
        self.feed = HeardFeed(self._wake)
        process = secrets.token_hex(8)  # a name at every start, as a server has
        self.absences = Absences(self.database, process)
        lists, people = Lists(self.database), People(self.database, hasher)
        self.centre = Centre(
            store=EventStore(self.database, idle=timing.idle, process=process),
            lists=lists,
            queue_snapshots=QueueSnapshots(lists, people, lambda: clock().timestamp()),
            people=people,
            desks=OpenDesks(self.database, process),
            membership=Membership(process),
            feed=self.feed,
            attendance=Attendance(self.feed, self.absences, clock),
            tokens=hasher,
            tenant=tenant,
            clock=clock,
            new_id=new_id,
            timing=timing,
        )
        self.answering = Answering(self.centre)
        self._woken: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """As after a start of the process: whoever was left is looked after."""
        agent, understander = agent_without_models()
        understanding = UnderstandingQueue(understander)
        self._tasks = [
            asyncio.create_task(Worker("events", self.centre.store.step, 0.0).run()),
            asyncio.create_task(Worker("understanding", understanding.step, 0.0).run()),
        ]
        tools = Tools(
            SqlCrm(self.database.engine),
            IdentityGuard(FailedChecks(self.database)),
        )
        self.centre.agent_slot.use(AgentRuntime(agent, understanding, tools))
        await Takeover(self.centre, self.absences, self._wake, lambda _: None).step()
        await self.settled()

    async def stop(self) -> None:
        """As when the process ends: nothing is said to anyone."""
        await self.answering.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.centre.store.close()
        self.centre.agent_slot.runtime.understanding.close()
        await self.database.close()

    async def settled(self) -> None:
        """Wait until the agent has answered all it was woken for."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._woken:
                for conversation_id in list(self._woken):
                    if unanswered(await self.centre.store.reload(conversation_id)) is None:
                        self._woken.discard(conversation_id)
                await asyncio.sleep(0)

    async def arrive(self, person: Person) -> None:
        """The operator's desk opens."""
        await presence.arrive(self.centre, person)
        await presence.set_presence(self.centre, person, Presence.AVAILABLE)

    async def leave(self, person: Person) -> None:
        """The operator's last desk goes away."""
        await presence.leave(self.centre, person)

    async def pass_time(self, seconds: float) -> None:
        """Time goes by, and the sweeper looks at what is overdue."""
        self.clock.advance(seconds)
        await Sweeper(self.centre, self.absences).sweep()

    async def events(self, conversation_id: str, after: int = 0) -> tuple[Recorded, ...]:
        return await self.centre.store.read(conversation_id, after=after, limit=100_000)

    def _wake(self, conversation_id: str) -> None:
        self._woken.add(conversation_id)
        self.answering.wake(conversation_id)


@asynccontextmanager
async def simulated(
    url: str, *, clock: Clock | None = None, new_id: Callable[[str], str] | None = None, tenant: Tenant | None = None
) -> AsyncIterator[Simulation]:
    """A started centre over a migrated database, stopped with the block."""
    running = Simulation(url, clock or Clock(), new_id or Ids(), tenant or two_queues())
    try:
        await running.start()
        yield running
    finally:
        await running.stop()
