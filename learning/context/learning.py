"""Everything that learning works with, in one value."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from actions import Centre
from agent.understanding import Understander
from encoder import CachingEncoder, Encoder
from intents import Library
from learning.context.jobs import Jobs
from learning.heavy_work.discovery_work import Progress
from learning.heavy_work.heavy_worker import HeavyWorker, heavy_worker
from learning.library.follow import Follower
from learning.library.keeper import LibraryKeeper
from learning.values import Guards, LineSettings, Mode, lines_of
from storage.conversation import ConversationHistory
from storage.kit import Database, Documents, Kind, Leases
from storage.learning import CanaryData, Candidates, LibraryStore, LineData, Proposals, Reshapes, RunData

LINE = Kind[LineData]("learning_line")
RUN = Kind[RunData]("learning_run")
CANARY = Kind[CanaryData]("canary")
HISTORY_TEXTS = 10_000
"""Vectors of past turns kept between two replays, 20 MB."""


@dataclass
class Learning:
    """Built once by the server."""

    centre: Centre
    store: LibraryStore
    proposals: Proposals
    reshapes: Reshapes
    candidates: Candidates
    history: ConversationHistory
    documents: Documents
    leases: Leases
    jobs: Jobs
    follower: Follower
    library: LibraryKeeper
    cache: Path
    """Folder with the encoder's graph, for child processes."""
    pause_seconds: float
    """At least so long between two runs of discovery."""
    changes: int = 0
    """Counts what screens should hear of and no table shows."""
    _history: dict[str, Encoder] = field(default_factory=dict)

    @property
    def understander(self) -> Understander:
        """The models in use. Raises RuntimeError before the agent is ready."""
        return self.centre.agent_slot.runtime.understanding.understander

    @property
    def encoder(self) -> Encoder:
        """The encoder of the models in use, with a memory of its own for past turns."""
        inner = self.understander.encoder
        if inner.name not in self._history:
            self._history = {inner.name: CachingEncoder(inner, limit=HISTORY_TEXTS)}
        return self._history[inner.name]

    def heavy_worker(self, size: int, progress: Progress) -> AbstractAsyncContextManager[HeavyWorker]:
        """Who does heavy work on so many sentences."""
        return heavy_worker(size, self.encoder, self.cache, progress)

    async def stop(self) -> None:
        """Cancel the jobs."""
        await self.jobs.stop()

    async def lines(self, library: Library) -> tuple[LineSettings, ...]:
        """How every line of business learns; the default where nobody chose."""
        kept = await self.documents.all(LINE)
        return tuple(line_settings_from(name, kept.get(name)) for name in lines_of(library))

    async def keep_line(self, line: LineSettings) -> None:
        """From now on it learns so."""
        await self.documents.put(LINE, line.line_of_business, line_data(line), self.centre.clock())
        self.changes += 1


def learning_of(centre: Centre, database: Database, *, cache: Path, pause_seconds: float) -> Learning:
    """Learning over one database."""
    store = LibraryStore(database)
    follower = Follower(centre, store)
    inbox = Proposals(database)
    return Learning(
        centre=centre,
        store=store,
        proposals=inbox,
        reshapes=Reshapes(database, inbox),
        candidates=Candidates(database),
        history=ConversationHistory(database),
        documents=Documents(database),
        leases=Leases(database, centre.new_id("process")),
        jobs=Jobs(centre),
        follower=follower,
        library=LibraryKeeper(centre, store, follower),
        cache=cache,
        pause_seconds=pause_seconds,
    )


def line_data(line: LineSettings) -> LineData:
    """A line's settings as they are kept."""
    guards = line.guards
    return {
        "mode": line.mode.value,
        "is_on": line.is_on,
        "channels": list(line.channels),
        "look_back_days": line.look_back_days,
        "canary_share": line.canary_share,
        "guards": {
            "least_conversations": guards.least_conversations,
            "least_cohesion": guards.least_cohesion,
            "least_accuracy": guards.least_accuracy,
            "most_similarity": guards.most_similarity,
        },
    }


def line_settings_from(name: str, kept: LineData | None) -> LineSettings:
    """A line's settings as kept; the defaults where nobody chose."""
    if kept is None:
        return LineSettings(name)
    return LineSettings(
        name,
        mode=Mode(kept["mode"]),
        is_on=kept["is_on"],
        channels=tuple(kept["channels"]),
        look_back_days=kept["look_back_days"],
        canary_share=kept["canary_share"],
        guards=Guards(**kept["guards"]),
    )
