"""Merges and splits of proposals, with the rows as they were before, so that each can be taken back."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from storage.kit.database import Database, StorageError
from storage.kit.tables import documents, proposals
from storage.kit.upsert import put
from storage.learning.proposals import Proposals, ProposalStatus, StoredProposal

KIND = "reshape"
KEPT_FOR = timedelta(days=30)
"""The rows of before are kept so long."""
_TIMES = ("first_seen", "updated_at", "snoozed_until", "decided_at")


class UnknownReshape(StorageError):
    """Nothing is kept under this id: it was taken back, or is too long ago."""


@dataclass(frozen=True)
class Reshape:
    """One merge or split, as it would be taken back."""

    before: tuple[StoredProposal, ...]
    """The proposals it changed, as they were."""
    now: tuple[StoredProposal, ...]
    """The same as they are, and those it made."""


class Reshapes:
    """Changes of several proposals at once that remember what was before."""

    def __init__(self, database: Database, inbox: Proposals) -> None:
        self._database = database
        self._inbox = inbox

    async def do(
        self, key: str, at: datetime, decide: Callable[[list[StoredProposal]], Sequence[StoredProposal]]
    ) -> None:
        """Write what `decide` makes of all rows and keep, under `key`, what was there; in one transaction."""
        body: dict[str, object] = {}

        def noting(kept: list[StoredProposal]) -> Sequence[StoredProposal]:
            changed = decide(kept)
            touched = {one.id for one in changed}
            before = [one for one in kept if one.id in touched]
            made = touched - {one.id for one in before}
            body.update(before=[_to_data(one) for one in before], made=sorted(made))
            return changed

        async with self._database.writing() as connection:
            await self._inbox.change_all_within(connection, noting)
            old = (documents.c.kind == KIND, documents.c.updated_at < at - KEPT_FOR)
            await connection.execute(delete(documents).where(*old))
            await put(connection, documents, kind=KIND, id=key, body=body, updated_at=at)

    async def take_back(self, key: str, decide: Callable[[Reshape], Sequence[StoredProposal]]) -> None:
        """Write the rows `decide` gives and remove those it made, in one transaction; what it raises changes nothing.

        Raises UnknownReshape.
        """
        ours = (documents.c.kind == KIND, documents.c.id == key)
        async with self._database.writing() as connection:
            body = (await connection.execute(select(documents.c.body).where(*ours))).scalar_one_or_none()
            if body is None:
                raise UnknownReshape(key)
            before = tuple(_from_data(one) for one in body["before"])
            await self._inbox.change_all_within(
                connection,
                lambda rows: decide(Reshape(before, tuple(rows))),
                ids=[*(one.id for one in before), *body["made"]],
            )
            await connection.execute(delete(proposals).where(proposals.c.id.in_(body["made"])))
            await connection.execute(delete(documents).where(*ours))


def _to_data(row: StoredProposal) -> dict[str, object]:
    times = {name: at.isoformat() if (at := getattr(row, name)) else None for name in _TIMES}
    return vars(row) | times | {"status": row.status.value, "middle": base64.b64encode(row.middle).decode()}


def _from_data(data: dict[str, Any]) -> StoredProposal:
    times = {name: datetime.fromisoformat(data[name]) if data[name] else None for name in _TIMES}
    kept = {"status": ProposalStatus(data["status"]), "middle": base64.b64decode(data["middle"])}
    return StoredProposal(**(data | times | kept))
