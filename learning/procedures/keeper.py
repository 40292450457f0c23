"""Changing the procedures: check, append a version, swap. The only way they change."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import unified_diff

from actions import Centre
from actions.answering import Content, content_of
from agent import PackInvalid, parse_pack, with_procedures
from agent.procedures import Procedure, ProcedureInvalid, plain, read_procedures
from intents import parse_library
from learning.procedures.follow import ProcedureFollower
from learning.values import Conflict, NotPossible, NotThere
from storage.kit import PACK, Documents
from storage.learning import LibraryStore, ProcedureChange, ProcedureStore, ProcedureVersion, Version, VersionMoved

FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.yaml")
MOST_CHARACTERS = 200_000
"""Of one file: some two hundred procedures."""
LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Kept:
    """A change that is in use."""

    version: int
    changes: list[ProcedureChange]


@dataclass
class ProcedureKeeper:
    """The procedures in use, their history, and every change of them. The refusals are those of learning."""

    centre: Centre
    store: ProcedureStore
    library: LibraryStore
    documents: Documents
    follower: ProcedureFollower

    async def current(self) -> tuple[ProcedureVersion | None, Content]:
        """The newest version and what it holds."""
        newest = await self.store.newest()
        return newest, content_of(newest)

    async def at(self, version: int) -> Content:
        """What that version holds. Raises NotThere."""
        found = await self.store.get(version)
        if found is None:
            raise NotThere(f"There is no version {version} of the procedures.")
        return content_of(found)

    async def differences(self, before: int, after: int) -> list[tuple[str, list[str]]]:
        """Each file that differs between two versions, with its lines as in a unified diff. Raises NotThere."""
        old, new = (await self.at(before)).files if before else {}, (await self.at(after)).files
        found = []
        for name in sorted({*old, *new}):
            sides = (old.get(name, "").splitlines(), new.get(name, "").splitlines())
            if lines := list(unified_diff(*sides, n=2, lineterm=""))[2:]:
                found.append((name, lines))
        return found

    async def check(self, files: Mapping[str, str]) -> tuple[Procedure, ...]:
        """The procedures of all files together, as they would serve. Raises NotPossible with file, line and hint."""
        newest = await self.library.newest()
        intents = parse_library("library", newest.content).intents if newest else ()
        articles = self.centre.agent_slot.articles
        try:
            pack = await asyncio.to_thread(
                parse_pack,
                with_procedures(await self.documents.all(PACK), files),
                queues=[queue.id for queue in self.centre.tenant.queues],
                articles=articles,
                intents=[one.id for one in intents],
            )
        except PackInvalid as error:
            raise NotPossible(str(error)) from error
        return pack.procedures

    async def with_file(self, name: str, text: str | None) -> dict[str, str]:
        """The newest files with this one changed, added or (None) taken out. Raises NotPossible or NotThere."""
        _, content = await self.current()
        if not FILE_NAME.fullmatch(name):
            raise NotPossible(
                f"{name!r} is no name for a file of procedures: small letters, figures and hyphens, and .yaml behind."
            )
        if text is None:
            if name not in content.files:
                raise NotThere(f"There is no file {name!r}.")
            return {key: one for key, one in content.files.items() if key != name}
        if len(text) > MOST_CHARACTERS:
            raise NotPossible(
                f"{name} has {len(text):,} characters; {MOST_CHARACTERS:,} is the most. Put some into another file."
            )
        return {**content.files, name: text}

    async def put(
        self, files: Mapping[str, str], *, share: float = 1.0, actor: str, reason: str, expected: int | None = None
    ) -> Kept:
        """Use these files, for everybody or for a share of the conversations first.

        While a share tries the newest version, what it is compared with stays the same. Raises NotPossible with file,
        line and hint, or Conflict when somebody else was quicker than `expected`.
        """
        await self.check(files)
        newest, content = await self.current()
        is_tried = share < 1.0
        if is_tried and newest is None:
            raise NotPossible("These are the first procedures: there is nothing to try them against.")
        base = (content.base or (newest.version if newest else None)) if is_tried else None
        action = "canary_started" if is_tried else "edited"
        return await self._append(Content(dict(files), share, base), action, actor, reason, expected)

    async def widen(self, share: float, *, actor: str, reason: str, expected: int | None = None) -> Kept:
        """The version on trial meets another share of the conversations; 1 ends the trial. Raises NotPossible."""
        _, content = await self.current()
        if content.base is None:
            raise NotPossible("No version is on trial.")
        changed = replace(content, share=share, base=content.base if share < 1.0 else None)
        return await self._append(changed, "canary_ramped", actor, reason, expected)

    async def roll_back(
        self, version: int, *, actor: str, reason: str, action: str = "rolled_back", expected: int | None = None
    ) -> Kept:
        """A new version with the files of an old one, for everybody. Raises NotThere; NotPossible if they no longer
        fit the tools, queues and articles there are."""
        files = (await self.at(version)).files
        await self.check(files)
        return await self._append(Content(files), action, actor, reason, expected)

    async def _append(self, content: Content, action: str, actor: str, reason: str, expected: int | None) -> Kept:
        newest, before = await self.current()
        number = newest.version if newest else 0
        if expected is not None and number != expected:
            raise Conflict(f"The procedures are at version {number} by now. Please look at them again.")
        differing = changes(before.files, content.files)
        if content == before:
            return Kept(number, [])
        version = Version(number + 1, content.as_data(), action, actor, reason, differing, self.centre.clock())
        try:
            await self.store.append(version)
        except VersionMoved as error:
            raise Conflict("Somebody else has just changed the procedures. Please look at them again.") from error
        if self.centre.agent_slot.ready.is_set():
            await self.follower.catch_up()
        return Kept(version.version, differing)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[ProcedureChange]:
    """What differs, a row for each procedure: its id, its noun, its file, and added, removed or changed."""
    old, new = _by_id(before), _by_id(after)
    found: list[ProcedureChange] = []
    for key in [*new, *(key for key in old if key not in new)]:
        if key in old and key in new and old[key][1] == new[key][1]:
            continue
        file, content = new.get(key) or old[key]
        kind = "added" if key not in old else "removed" if key not in new else "changed"
        found.append({"procedure": key, "noun": str(content.get("noun", key)), "file": file, "kind": kind})
    return found


def _by_id(files: Mapping[str, str]) -> dict[str, tuple[str, dict[str, object]]]:
    found: dict[str, tuple[str, dict[str, object]]] = {}
    for name, text in files.items():
        try:
            content = read_procedures(name, text)["procedures"]
        except ProcedureInvalid:
            continue
        for one in content:
            if isinstance(one, dict):
                found[str(one.get("id"))] = (name, plain(one))
    return found
