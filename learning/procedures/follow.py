"""Every process follows the newest version of the procedures: at once here, within a second elsewhere."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import structlog
from pydantic import JsonValue

from actions import Centre
from actions.answering import procedures_in_use, read_procedures
from agent.procedures import Procedure
from storage.kit import PACK, Documents
from storage.learning import ProcedureStore

log = structlog.get_logger(__name__)


class ProcedureFollower:
    """Swaps the procedures of the agent. A topic that is open goes on with those it began with."""

    def __init__(self, centre: Centre, store: ProcedureStore, documents: Documents) -> None:
        self._centre = centre
        self._store = store
        self._documents = documents
        self._swapping = asyncio.Lock()
        self._pack: dict[str, JsonValue] = {}
        self._known: dict[int, Mapping[str, Procedure]] = {}
        """Versions read with that pack."""
        self.version = 0
        """In use in this process."""

    async def catch_up(self) -> None:
        """Use the newest version; returns once the next turn is served by it."""
        if await self._store.newest_number() == self.version:
            return
        async with self._swapping:
            newest = await self._store.newest_number()
            if newest == self.version:
                return
            sources = await procedures_in_use(self._store)
            pack = await self._documents.all(PACK)
            encoder = self._centre.agent_slot.runtime.understanding.understander.encoder
            known = self._known if pack == self._pack else {}
            versions, meanings = await asyncio.to_thread(read_procedures, pack, sources, encoder, known)
            self._pack, self._known = pack, dict(versions.by_version)
            runtime = self._centre.agent_slot.runtime  # read anew: the library may have changed meanwhile
            self._centre.agent_slot.use(replace(runtime, agent=runtime.agent.with_procedures(versions, meanings)))
            self.version = newest
            log.info("procedures in use", version=newest, share=sources.share)
