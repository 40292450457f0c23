"""The centre of the demonstration tenant in this process: the real actions over a real database, time in our hand."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import structlog

from actions import (
    AgentRuntime,
    Attendance,
    Centre,
    IdentityGuard,
    Membership,
    QueueSnapshots,
    Timing,
    UnderstandingQueue,
    load,
)
from actions.answering import AgentSources, build, read_sources
from actions.answering.answer import answer_turn, give_up
from actions.customer import receive
from actions.workers import Worker
from agent.tools import Tools
from bench.customers.checks import Played
from bench.customers.player import Player
from conversation import Channel, LocalFeed, Stage
from conversation.events import AgentSaid, Event
from crm_adapter import SqlCrm
from encoder import CachingEncoder, KeptEncoder, MiniLmEncoder
from storage.conversation import Absences, EventStore, Lists
from storage.kit import TENANT, Database, Documents, upgrade
from storage.people import FailedChecks, OpenDesks, People, TokenHasher
from tenant import tenant_from_data

log = structlog.get_logger(__name__)

VECTORS = Path("var/cache/vectors.sqlite3")
"""where `make run` keeps them"""
DAY = datetime(2026, 11, 29, 10, 5, tzinfo=UTC)
"""When the customers come unless they say otherwise; their scripts are written for it."""
SECONDS_A_TURN = 20


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Prepared:
    """What every customer's centre is made from, once."""

    template: Path
    """A loaded database, copied for each customer."""
    sources: AgentSources
    understanding: UnderstandingQueue
    runtime: AgentRuntime


async def prepare(folder: Path, tenant: Path) -> Prepared:
    """Load the tenant and the models; a few seconds. `folder` keeps the databases."""
    template = folder / "template.sqlite3"
    database = Database(f"sqlite:///{template}")
    await upgrade(database)
    await load(database, People(database, TokenHasher("bench")), tenant, "no sign-in", DAY)
    sources = await read_sources(database)
    await database.close()
    kept = KeptEncoder(MiniLmEncoder.from_packages(), VECTORS)
    agent, understander = await asyncio.to_thread(build, sources, CachingEncoder(kept, limit=50_000), vectors=VECTORS)
    kept.seal()
    await asyncio.to_thread(understander.warm)
    understanding = UnderstandingQueue(understander)
    return Prepared(template, sources, understanding, AgentRuntime(agent, understanding, _no_tools(template)))


def _no_tools(template: Path) -> Tools:
    return _tools(Database(f"sqlite:///{template}"))


def _tools(database: Database) -> Tools:
    return Tools(SqlCrm(database.engine), IdentityGuard(FailedChecks(database)))


@asynccontextmanager
async def centre_for(prepared: Prepared, path: Path, clock: Clock) -> AsyncIterator[Centre]:
    """A fresh centre over a copy of the loaded database."""
    await asyncio.to_thread(shutil.copyfile, prepared.template, path)
    database = Database(f"sqlite:///{path}")
    lists, people = Lists(database), People(database, TokenHasher("bench"))
    found = await Documents(database).all(TENANT)
    numbers = count(1)
    timing = Timing()
    feed = LocalFeed()
    centre = Centre(
        store=EventStore(database, idle=timing.idle),
        lists=lists,
        people=people,
        desks=OpenDesks(database),
        membership=Membership(),
        queue_snapshots=QueueSnapshots(lists, people, lambda: clock().timestamp()),
        feed=feed,
        attendance=Attendance(feed, Absences(database), clock),
        tokens=TokenHasher("bench"),
        tenant=tenant_from_data(next(iter(found.values()))),
        clock=clock,
        new_id=lambda prefix: f"{prefix}-{next(numbers)}",
        timing=timing,
    )
    runtime = prepared.runtime
    centre.agent_slot.use(
        AgentRuntime(
            runtime.agent, runtime.understanding, Tools(SqlCrm(database.engine), IdentityGuard(FailedChecks(database)))
        )
    )
    store = asyncio.create_task(Worker("events", centre.store.step, 0.0).run())
    try:
        yield centre
    finally:
        store.cancel()
        await asyncio.gather(store, return_exceptions=True)
        await database.close()
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def play(centre: Centre, clock: Clock, player: Player, *, most_turns: int) -> Played:
    """One conversation from the greeting until the customer has nothing left to say."""
    state, _ = await receive.start_chat(centre, Channel.CHAT)
    conversation_id = state.conversation_id
    queued_at: int | None = None
    turns = 0
    text: str | None = player.opening()
    while text and turns < most_turns:
        turns += 1
        clock.now += timedelta(seconds=SECONDS_A_TURN)
        await receive.receive(centre, conversation_id, text, f"m{turns}")
        seq = (await centre.store.load(conversation_id)).seq
        try:
            await answer_turn(centre, conversation_id)
        except Exception:  # as the server does: the agent's own failure fetches a person
            log.exception("the agent failed", turn=turns)
            await give_up(centre, conversation_id)
        new = await centre.store.read(conversation_id, after=seq, limit=1_000)
        player.replies.append("\n".join(_lines([one.event for one in new])))
        state = await centre.store.load(conversation_id)
        if queued_at is None and state.owner.stage is Stage.QUEUED:
            queued_at = turns
        if not state.is_live:
            break
        text = player.answer(player.replies[-1]) if queued_at is None else player.after_hand_over()
    events = await centre.store.read(conversation_id, after=0, limit=100_000)
    return Played(state, tuple(events), tuple(player.replies), queued_at or turns, queued_at)


def _lines(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, AgentSaid)]
