"""Changing the library: check, append a version, swap. The only way it changes."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from actions import Centre
from agent.tools import TOOL_NAMES
from intents import (
    Change,
    Intent,
    Library,
    LibraryInvalid,
    ReviewState,
    SolutionKind,
    changes,
    from_rasa_nlu,
    parse_library,
    to_data,
)
from learning.library.follow import Follower, library_of
from learning.values import Action, Changed, Conflict, NotPossible, NotThere
from storage.learning import Also, IntentChange, LibraryStore, Version, VersionMoved

MOST_EXAMPLES = 1_000
"""Of one intent. A hundred different ones are as good; thousands only make every training slow."""
LEAST_EXAMPLES = 3
"""Of an intent that goes live; fewer are recognised by luck."""
TRIES = 3

Make = Callable[[Library], Library]


@dataclass
class LibraryKeeper:
    """The library in use, its history, and every change of it."""

    centre: Centre
    store: LibraryStore
    follower: Follower

    async def current(self) -> Library:
        """The newest version."""
        return library_of(await self.store.newest())

    async def at(self, version: int) -> Library:
        """That version. Raises NotThere."""
        found = await self.store.get(version)
        if found is None:
            raise NotThere(f"There is no version {version} of the library.")
        return library_of(found)

    async def change(
        self,
        make: Make,
        *,
        action: Action,
        actor: str,
        reason: str = "",
        expected: int | None = None,
        also: Also | None = None,
    ) -> Changed:
        """Append what `make` makes of the newest version, and use it.

        `expected` refuses if the library moved on since; `also` is done in the same transaction. Raises NotPossible or
        Conflict, and what `make` raises; nothing is kept then.
        """
        for _ in range(TRIES):
            before = await self.current()
            if expected is not None and before.version != expected:
                raise Conflict(f"The library is at version {before.version} by now. Please look at it again.")
            # In a thread: with thousands of examples it takes a second, and everybody would wait.
            after = await asyncio.to_thread(lambda old: self.checked(old, make(old)), before)
            differing = await asyncio.to_thread(changes, before, after)
            if not differing and before.version and also is None:
                return Changed(before.version, before.version, ())
            version = Version(
                version=before.version + 1,
                content=to_data(replace(after, version=before.version + 1)),
                action=action,
                actor=actor,
                reason=reason,
                changes=[change_data(one) for one in differing],
                at=self.centre.clock(),
            )
            try:
                await self.store.append(version, also)
            except VersionMoved:
                continue
            if self.centre.agent_slot.ready.is_set():
                await self.follower.catch_up()
            return Changed(version.version, before.version, differing)
        raise Conflict("Others are changing the library at the same moment. Please try again.")

    async def roll_back(
        self,
        version: int,
        *,
        actor: str,
        reason: str = "",
        action: Action = Action.ROLLED_BACK,
        expected: int | None = None,
        also: Also | None = None,
    ) -> Changed:
        """A new version with the content of an old one."""
        old = await self.at(version)
        return await self.change(lambda _: old, action=action, actor=actor, reason=reason, expected=expected, also=also)

    def checked(self, before: Library, after: Library) -> Library:
        """The library as it will be read again. Raises NotPossible."""
        try:
            read = parse_library("The library", to_data(after))
        except LibraryInvalid as error:
            raise NotPossible(str(error)) from error
        known = {intent.id: intent for intent in before.intents}
        groups = {intent.id for intent in read.intents if intent.is_group}
        lost = [one.id for one in after.intents if read.find(one.id) is None]
        if lost:
            raise NotPossible(f"{lost[0]!r} belongs to no group of the library: choose one of {_listed(groups)}.")
        for intent in read.intents:
            if intent != known.get(intent.id):
                self._check_intent(intent, known.get(intent.id), read)
        return replace(read, version=before.version)

    def _check_intent(self, intent: Intent, before: Intent | None, library: Library) -> None:
        if len(intent.examples) > MOST_EXAMPLES:
            raise NotPossible(
                f"“{intent.name}” would have {len(intent.examples):,} examples; {MOST_EXAMPLES:,} is the most. Keep the"
                " ones that differ: a hundred teach as much."
            )
        _refuse_few(intent, before)
        _refuse_taken_name(intent, before, library)
        queues = {queue.id for queue in self.centre.tenant.queues}
        if queues and intent.queue not in queues and (before is None or before.queue != intent.queue):
            raise NotPossible(f"There is no queue {intent.queue!r}: choose one of {_listed(queues)}.")
        if before is None or before.solution != intent.solution:
            self._refuse_unknown_solution(intent, queues)

    def _refuse_unknown_solution(self, intent: Intent, queues: Collection[str]) -> None:
        kind, target = intent.solution.kind, intent.solution.target
        known: Collection[str] = queues
        if kind is SolutionKind.TOOL:
            known = TOOL_NAMES
        elif kind is SolutionKind.ARTICLE:
            known = self.centre.agent_slot.articles
        if known and target not in known:
            raise NotPossible(f"There is no {kind} {target!r}: choose one of {_listed(known)}.")


def _refuse_few(intent: Intent, before: Intent | None) -> None:
    is_live = intent.is_live and intent.review_state is ReviewState.APPROVED and not intent.is_group
    was_live = before is not None and before.is_live and before.review_state is ReviewState.APPROVED
    is_same = before is not None and before.examples == intent.examples
    different = len({" ".join(one.text.casefold().split()) for one in intent.examples})
    if is_live and different < LEAST_EXAMPLES and not (was_live and is_same):
        raise NotPossible(
            f"“{intent.name}” has {different} different example{'' if different == 1 else 's'}; it takes at least"
            f" {LEAST_EXAMPLES} to recognise it. Add some, or keep it paused."
        )


def _refuse_taken_name(intent: Intent, before: Intent | None, library: Library) -> None:
    if before is not None and before.name == intent.name:
        return
    name = " ".join(intent.name.casefold().split())
    gone = (ReviewState.DISCARDED, ReviewState.MERGED)
    for other in library.intents:
        if other.id != intent.id and other.review_state not in gone and name == " ".join(other.name.casefold().split()):
            raise NotPossible(f"There is an intent “{other.name}” already: merge into it, or choose another name.")


def _listed(values: Collection[str]) -> str:
    return ", ".join(sorted(values)[:12])


def read_import(form: str, name: str, content: object, library: Library) -> Library:
    """What an uploaded file would make of the library. Raises NotPossible, naming the place."""
    try:
        if form == "rasa":
            return from_rasa_nlu(name, content, library)
        return replace(parse_library(name, content), version=library.version)
    except LibraryInvalid as error:
        raise NotPossible(str(error)) from error


def change_data(change: Change) -> IntentChange:
    """A change as the history keeps it."""
    return {
        "intent": change.intent,
        "name": change.name,
        "kind": change.kind,
        "fields": [{"field": one.field, "before": one.before, "after": one.after} for one in change.fields],
    }
