"""Every process follows the newest version of the library: at once here, within a second elsewhere."""

import asyncio
from dataclasses import replace

import structlog

from actions import Centre
from actions.answering import variants, with_system_intents
from agent.understanding import Understander
from intents import IntentModel, Library, follow, parse_library, retrain
from storage.learning import LibraryStore, LibraryVersion

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5
"""Between two looks at the newest version's number."""
SETTLE_SECONDS = 5.0
"""Without a change before a full training begins."""


def library_of(version: LibraryVersion | None) -> Library:
    """The tenant's library of a version; an empty one before the first."""
    if version is None:
        return Library(0, ())
    return replace(parse_library(f"version {version.version}", version.content), version=version.version)


class Follower:
    """Swaps the agent and its model. What is in use is one immutable value behind one reference, so a turn is
    understood by the old one or by the new one, never by something in between."""

    def __init__(self, centre: Centre, store: LibraryStore) -> None:
        self._centre = centre
        self._store = store
        self._swapping = asyncio.Lock()
        self.wants_training = asyncio.Event()
        """Set by every change; wakes `train`."""
        self.version = 0
        """In use in this process."""
        self.is_training = False
        """True from a change until the full training after it is in use."""

    async def catch_up(self) -> None:
        """Use the newest version; returns once the next customer is understood by it."""
        if await self._store.newest_number() == self.version:
            return
        async with self._swapping:
            version = await self._store.newest()
            if version is None or version.version == self.version:
                return
            library = library_of(version)
            runtime = self._centre.agent_slot.runtime
            understander = runtime.understanding.understander
            whole = with_system_intents(library)
            new = await asyncio.to_thread(_grown, understander, runtime.agent.library, whole)
            self._use(whole, new)
            self.version = library.version
            log.info("library in use", version=library.version, intents=len(library.live()))
        self.is_training = True
        self.wants_training.set()

    async def train(self) -> None:
        """A full training of what is in use, and its model in use after it; until then what was grown serves.

        Whoever edits several intents in a row is waited for: one training takes seconds of a core.
        """
        settled = None
        while settled != self.version:
            settled = self.version
            await asyncio.sleep(SETTLE_SECONDS)
        understander = self._centre.agent_slot.runtime.understanding.understander
        library = self._centre.agent_slot.runtime.agent.library
        try:
            trained = await asyncio.to_thread(_retrained, understander, library)
        except Exception:
            self.is_training = False
            raise
        async with self._swapping:
            # A change that came meanwhile has a training of its own.
            if self._centre.agent_slot.runtime.agent.library is library:
                self._use(library, trained)
                self.is_training = self.wants_training.is_set()

    def _use(self, library: Library, understander: Understander) -> None:
        runtime = self._centre.agent_slot.runtime
        runtime.understanding.understander = understander
        self._centre.agent_slot.use(replace(runtime, agent=runtime.agent.with_library(library)))


def _grown(understander: Understander, old: Library, new: Library) -> Understander:
    model = follow(understander.model, old, new, understander.encoder)
    return _following(understander, model, new)


def _retrained(understander: Understander, library: Library) -> Understander:
    return _following(understander, retrain(understander.model, library, understander.encoder), library)


def _following(understander: Understander, model: IntentModel, library: Library) -> Understander:
    return understander.with_model(model, variants(model, library))
