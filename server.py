"""One process of the centre: everything built once and wired, started in order, stopped in reverse."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import structlog
from pydantic import SecretStr

from actions import (
    BEAT_SECONDS,
    AgentRuntime,
    Attendance,
    Centre,
    IdentityGuard,
    Membership,
    NotAlone,
    QueueSnapshots,
    Timing,
    UnderstandingQueue,
    load,
)
from actions.answering import AgentSources, Answering, build, own_tools, read_sources
from actions.operator import Dispatcher
from actions.workers import (
    PAUSE_SECONDS,
    SWEEP_SECONDS,
    TAKEOVER_SECONDS,
    OutboxWorker,
    Sweeper,
    Takeover,
    Worker,
)
from agent import Agent
from agent.tools import Tools
from agent.tools.carriers import missing
from agent.understanding import Understander
from cluster import BLIND_SECONDS, SharedFeed, open_broker
from config import DEMO_PASSWORD, Settings
from conversation import Feed, LocalFeed
from crm_adapter import SqlCrm
from encoder import CachingEncoder, EncoderError, HashingEncoder, KeptEncoder, newest_adapted, open_encoder
from learning.context import learning_of
from learning.procedures import ProcedureFollower, ProcedureKeeper
from loop_guard import LoopGuard
from sources import Sources
from speech import Endpoint, SpeechEngine
from speech.scheduler import StepChange
from storage.conversation import Absences, EventStore, Lists, Recordings, TurnTimes
from storage.kit import TENANT, Database, Documents, Outbox, Processes, StorageError, upgrade
from storage.learning import LibraryStore, ProcedureStore
from storage.people import FailedChecks, OpenDesks, People, TokenHasher
from telephony.lines import CallRegistry
from telephony.media import hold_sound, prerendered_lines
from tenant import EMPTY_TENANT, Tenant, tenant_from_data
from web.calls import calls_wing
from web.customer import customer_wing
from web.desk import desk_wing
from web.kit import (
    Auth,
    Wing,
    WorkerOut,
)
from web.learning import learning_wing
from web.operations import operations_wing
from web.supervisor import supervisor_wing

if TYPE_CHECKING:  # half a second and 15 MB that most centres never need
    from agent.llm.language_model import LanguageModel

DEMO_TENANT = Path(__file__).resolve().parent / "demo" / "insurer"
DEMO_DOMAIN = "@harbour.example"

Think = Callable[[AgentSources], tuple[Agent, Understander]]
MakeWing = Callable[["Server"], Wing]

log = structlog.get_logger(__name__)

BROKER_SECONDS = 5.0
"""How long a start waits for the broker; without it the process serves as well, a few seconds late."""
VECTORS = "vectors.sqlite3"
"""What was encoded, in the cache folder."""


def now() -> datetime:
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(8)}"


class Server:
    """Everything of one process, built in order and stopped in reverse."""

    def __init__(self, settings: Settings, think: Think | None = None, further: Sequence[MakeWing] = ()) -> None:
        self.settings = settings
        self.database = Database(settings.url)
        self.tokens = TokenHasher(settings.secret.get_secret_value())
        self.people = People(self.database, self.tokens)
        self.crm = SqlCrm(self.database.engine)
        lists = Lists(self.database)
        self.process = new_id("process")
        self.feed = self._open_feed()
        self.sources = Sources(self.feed, time.monotonic, scale=settings.source_limits)
        self.auth = Auth(self.people, self.tokens, now, self.sources, is_secure=settings.is_secure)
        self.absences = Absences(self.database, self.process)
        self.centre = Centre(
            store=EventStore(self.database, idle=settings.idle, process=self.process),
            lists=lists,
            queue_snapshots=QueueSnapshots(lists, self.people, time.monotonic),
            people=self.people,
            desks=OpenDesks(self.database, self.process),
            membership=self._membership(),
            feed=self.feed,
            attendance=Attendance(self.feed, self.absences, now),
            tokens=self.tokens,
            tenant=EMPTY_TENANT,
            clock=now,
            new_id=new_id,
            timing=Timing(
                offer=timedelta(seconds=settings.offer_seconds),
                lost_grace=timedelta(seconds=settings.operator_lost_seconds),
                reload_grace=timedelta(seconds=settings.reload_seconds),
                review=timedelta(seconds=settings.review_seconds),
                idle=settings.idle,
            ),
        )
        self.learning = learning_of(
            self.centre, self.database, cache=settings.data / "cache", pause_seconds=settings.discovery_seconds
        )
        self.procedures = self._procedure_keeper()
        self.recordings = Recordings(settings.recordings_folder)
        self.calls = CallRegistry(
            self.centre,
            voice_of(settings, self.centre) if settings.is_voice else None,
            self.recordings,
            is_recorded=settings.is_recording,
            most_calls=settings.most_calls,
        )
        self.language_model: LanguageModel | None = None
        """Where one is configured. It probes its endpoint in a loop of its own, with pauses of minutes."""
        self.is_degraded = False
        """True when the models could not be loaded."""
        self._build = think or self._think_with_packaged_models
        self._answering = Answering(self.centre)
        self._dispatcher = Dispatcher(self.centre)
        self.centre.membership.returns.append(self._say_again)
        self._takeover = Takeover(self.centre, self.absences, self._answering.wake, self.calls.expect_back)
        self.outbox = Outbox(self.database)
        outbox = OutboxWorker(self.outbox, self.crm, now, leads=lambda: self.centre.membership.leads)
        self._own_workers = [
            Worker("events", self.centre.store.step, 0.0),
            Worker("answering", self._answering.step, 0.0),
            Worker("attendance", self.centre.attendance.step, None, wake=self.centre.attendance.wake),
            Worker("deadlines", Sweeper(self.centre, self.absences).sweep, SWEEP_SECONDS),
            Worker("outbox", outbox.deliver_due, PAUSE_SECONDS),
            *self._workers_among_many(),
        ]
        self._guard = LoopGuard()
        self._begun = asyncio.Event()
        """Set once the agent serves what it was built from: what follows changes may begin."""
        self._tasks: list[asyncio.Task[None]] = []
        self.wings = (*self._wings(), *(make(self) for make in further))

    def _open_feed(self) -> Feed:
        settings = self.settings
        if not settings.broker_url.get_secret_value():
            return LocalFeed()
        return SharedFeed(open_broker(settings.broker_url.get_secret_value()), self.process)

    async def _say_again(self) -> None:
        """This process was taken for dead: its customers are still there."""
        log.warning("this process was taken for dead; it says again what it has open")
        self.centre.attendance.say_again()

    def _membership(self) -> Membership:
        processes = None if self.database.is_sqlite else Processes(self.database, self.process, self.settings.address)
        return Membership(self.process, processes)

    def _workers_among_many(self) -> list[Worker]:
        """What a process that has no others need not do."""
        if self.database.is_sqlite:
            return []
        workers = [
            Worker("membership", self.centre.membership.beat, BEAT_SECONDS),
            Worker("takeover", self._takeover.step, TAKEOVER_SECONDS),
        ]
        if isinstance(self.feed, SharedFeed):
            workers += [
                Worker("feed in", self.feed.cross, 1.0),
                Worker("feed out", self.feed.step, 0.0),
                Worker("feed watch", self.feed.look, BLIND_SECONDS),
            ]
        return workers

    def _wings(self) -> tuple[Wing, ...]:
        """Every capability, each with its doors and workers. A new one is one more line here."""
        settings, centre, auth = self.settings, self.centre, self.auth
        origins, cache = settings.allowed_origins, settings.data / "cache"
        times = TurnTimes(self.database)
        return (
            supervisor_wing(centre, auth, times, DEMO_PASSWORD if settings.is_demo else None),
            customer_wing(centre, self.sources, origins),
            operations_wing(
                centre,
                self.outbox,
                self.calls,
                lambda: [one.health for one in self.workers],
                self._guard.take_longest,
                token=settings.metrics_token.get_secret_value(),
            ),
            desk_wing(centre, self._dispatcher, self.crm),
            calls_wing(self.calls, centre, auth, self.recordings, self.sources, origins),
            learning_wing(
                self.learning, self.procedures, auth, self._begun, adapts_in=cache if settings.is_adapting else None
            ),
        )

    @property
    def workers(self) -> tuple[Worker, ...]:
        """All that runs by itself."""
        return (*self._own_workers, *(worker for wing in self.wings for worker in wing.workers))

    def health(self) -> list[WorkerOut]:
        """How all that runs by itself fares, and the language model where there is one."""
        found = [WorkerOut(**asdict(worker.health), is_well=worker.health.is_well) for worker in self.workers]
        if self.language_model is not None:
            known = self.language_model.capabilities
            found.append(
                WorkerOut(
                    name="language model",
                    is_well=known.is_usable,
                    last_success=None,
                    last_error="" if known.is_usable else known.problem,
                    last_error_at=None,
                    failures=0 if known.is_usable else 1,
                    pause_seconds=0.0,
                )
            )
        return found

    async def waits_for(self) -> list[Literal["database", "agent"]]:
        """What is not there yet that customers need."""
        missing: list[Literal["database", "agent"]] = []
        if not await self.database.ping():
            missing.append("database")
        if not self.centre.agent_slot.ready.is_set():
            missing.append("agent")
        return missing

    async def prepare(self) -> None:
        """Schema, and the demo tenant in an empty database."""
        async with self.database.preparing():
            await upgrade(self.database)
            if self.settings.is_demo and not await self.people.count():
                await self.load(DEMO_TENANT, DEMO_PASSWORD)
        if not self.settings.is_demo:
            await self._refuse_demo_logins()
        self.centre.tenant = await self._tenant()

    async def _refuse_demo_logins(self) -> None:
        """A centre with the published demo password must not go into production."""
        for person in await self.people.all():
            if person.email.endswith(DEMO_DOMAIN) and await self.auth.is_password(person, DEMO_PASSWORD):
                log.error(
                    "this database holds the demonstration's logins, whose password is public; start with a fresh"
                    " SWITCHBOARD_DATA folder or database"
                )
                raise RuntimeError("demonstration logins outside demo mode")

    async def load(self, folder: Path, password: str) -> None:
        """Replace the tenant; new people sign in with `password`."""
        hashed = await self.auth.hash_password(password)
        day = self.settings.demo_day or now().date()
        done = await load(self.database, self.people, folder, hashed, now(), day)
        log.info("tenant loaded", intents=done.intents, articles=done.articles, customers=done.customers)

    async def start(self) -> None:
        """Run the background work; the agent's models load while the first pages are served."""
        await self.prepare()
        self._guard.start()
        await self._join()
        self._run(*(worker.run() for worker in self.workers), self._think())
        if self.settings.is_voice and self.settings.voice_at_start:
            self._run(self._open_lines())
        if self.settings.llm_url:
            self._connect_language_model()
        if self.centre.membership.leads:
            await self._takeover.step()
        await self.centre.attendance.look_around()
        if isinstance(self.feed, SharedFeed):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.feed.joined.wait(), BROKER_SECONDS)

    async def _join(self) -> None:
        try:
            await self.centre.membership.begin(alone=isinstance(self.feed, LocalFeed))
        except NotAlone as other:
            log.error(
                "another process serves this database; to run several, set SWITCHBOARD_BROKER_URL for each of them",
                address=str(other),
            )
            raise RuntimeError("another process serves this database") from None

    async def _think(self) -> None:
        sources = await read_sources(self.database)
        try:
            agent, understander = await asyncio.to_thread(self._build, sources)
        except Exception:  # without its models the agent still greets, apologises and fetches a person
            log.exception("the agent's models did not load; it can only hand over")
            self.is_degraded = True
            agent, understander = await asyncio.to_thread(lambda: build(AgentSources(None, ()), HashingEncoder()))
        own = () if self.is_degraded else own_tools(sources)
        for tool in own:
            if absent := missing(tool.secrets()):
                log.warning("a tool will fail until its secrets are set", tool=tool.name, missing=list(absent))
        understanding = UnderstandingQueue(understander)
        guard = IdentityGuard(FailedChecks(self.database), self.sources, self.centre.attendance)
        worker = Worker("understanding", understanding.step, 0.0)
        self._own_workers.append(worker)
        self._run(worker.run())
        self.centre.agent_slot.use(
            AgentRuntime(
                agent,
                understanding,
                Tools(self.crm, guard, own),
            )
        )
        if not self.is_degraded:
            self._learn(agent.library.version, sources.procedures.newest)
        self._run(asyncio.to_thread(understander.warm))
        log.info("agent ready", intents=len(agent.library.live()), articles=len(agent.knowledge.articles))

    async def _open_lines(self) -> None:
        await self.calls.engine_loader.engine()

    def _learn(self, library: int, procedures: int) -> None:
        """Follow library and procedures from these versions on, discover, and guard what is on trial."""
        self.learning.follower.version, self.procedures.follower.version = library, procedures
        self._begun.set()

    def _procedure_keeper(self) -> ProcedureKeeper:
        store, documents = ProcedureStore(self.database), Documents(self.database)
        follower = ProcedureFollower(self.centre, store, documents)
        return ProcedureKeeper(self.centre, store, LibraryStore(self.database), documents, follower)

    def _think_with_packaged_models(self, sources: AgentSources) -> tuple[Agent, Understander]:
        cache = self.settings.data / "cache"
        try:
            encoder = open_encoder(cache, newest_adapted(cache))
        except EncoderError as error:
            log.warning("the adapted encoder can't be used, the packaged one is", reason=str(error))
            encoder = open_encoder(cache)
        kept = KeptEncoder(encoder, cache / VECTORS)
        try:
            with encoder.on_all_cores():
                return build(sources, CachingEncoder(kept), vectors=cache / VECTORS)
        finally:
            kept.seal()

    def _connect_language_model(self) -> None:
        """Nobody waits for it: until it is probed, and whenever it fails, approved words go out as they are."""
        from agent.llm.endpoint import LlmEndpoint
        from agent.llm.language_model import LanguageModel  # half a second and 15 MB that most centres never need

        settings = self.settings
        endpoint = LlmEndpoint(
            base_url=settings.llm_url,
            model=settings.llm_model,
            api_key=settings.llm_key.get_secret_value(),
            timeout_seconds=settings.llm_seconds,
        )
        self.language_model = model = LanguageModel(endpoint, time.monotonic, asyncio.sleep)
        self.centre.agent_slot.reword, self.centre.agent_slot.sum_up = model.reword, model.summary_line
        self.centre.agent_slot.read = model.read
        self._run(model.run())

    async def _tenant(self) -> Tenant:
        found = await Documents(self.database).all(TENANT)
        return tenant_from_data(next(iter(found.values()))) if found else EMPTY_TENANT

    def _run(self, *work: object) -> None:
        for one in work:
            task: asyncio.Task[None] = asyncio.create_task(one)  # type: ignore[arg-type]
            task.add_done_callback(_report)
            self._tasks.append(task)

    async def stop(self) -> None:
        self._guard.stop()
        await self._answering.stop()
        await self.learning.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StorageError):  # after the last beat, which would say that we are here again
            await self.centre.membership.leave()
        self.centre.store.close()
        if self.centre.agent_slot.ready.is_set():
            self.centre.agent_slot.runtime.understanding.close()
        await self.calls.close()
        await self.database.close()


def voice_of(settings: Settings, centre: Centre) -> Callable[[Callable[[StepChange], None]], SpeechEngine]:
    """How the speech engine is built when the first call comes."""

    def build_it(on_step: Callable[[StepChange], None]) -> SpeechEngine:
        from speech.providers import SpeechOptions, build_engine  # the models' libraries: only where calls are taken
        from speech.turns import policy_of

        options = SpeechOptions(
            model_cache=settings.data / "models",
            policy=policy_of(settings.turn_taking),
            stt=settings.stt,
            stt_directory=settings.stt_directory,
            stt_endpoint=_endpoint(settings.stt_url, settings.stt_model, settings.stt_key),
            tts=settings.tts,
            tts_voice=settings.tts_voice,
            tts_endpoint=_endpoint(settings.tts_url, settings.tts_model, settings.tts_key),
        )
        hold_sound.prepare()
        return build_engine(options, time.monotonic, prerendered=prerendered_lines(centre.tenant), on_step=on_step)

    return build_it


def _endpoint(url: str, model: str, key: SecretStr) -> Endpoint | None:
    return Endpoint(url, model, key.get_secret_value()) if url else None


def _report(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("background work stopped", exc_info=error)
