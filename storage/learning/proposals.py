"""What discovery proposed and what supervisors did about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue
from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.kit.database import Database, StorageError
from storage.kit.tables import proposals
from storage.kit.upsert import put
from storage.learning.shapes import Finding, LogEntry


class ProposalStatus(StrEnum):
    """Where a proposal stands with the supervisors."""

    PENDING = "pending"
    APPROVED = "approved"
    DISCARDED = "discarded"
    MERGED = "merged"
    SNOOZED = "snoozed"
    FADED = "faded"
    """Undecided, and no longer seen in the look-back window."""


class UnknownProposal(StorageError):
    """No proposal has this id."""


@dataclass(frozen=True)
class StoredProposal:
    """One row; what discovery found and what people decided are separate fields, so neither overwrites the other."""

    id: str
    status: ProposalStatus
    line_of_business: str
    rank: float
    encoder: str
    """Whose vectors `middle` is one of."""
    middle: bytes
    """float32, little-endian."""
    body: Finding
    """What discovery found."""
    first_seen: datetime
    updated_at: datetime
    draft: dict[str, JsonValue] = field(default_factory=dict)
    """The fields of the intent-to-be that a supervisor edited."""
    log: list[LogEntry] = field(default_factory=list)
    """Who did what when and why, oldest first."""
    is_fixed: bool = False
    """Split or merged by a supervisor: discovery adds turns to it but does not regroup it."""
    intent: str | None = None
    """The intent it became or joined."""
    snoozed_until: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""


Decide = Callable[[StoredProposal], StoredProposal]


class Proposals:
    """The inbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, status: ProposalStatus | None = None) -> list[StoredProposal]:
        """Every proposal, or those of a status, best first."""
        query = select(proposals).order_by(proposals.c.rank.desc(), proposals.c.id)
        if status is not None:
            query = query.where(proposals.c.status == status)
        async with self._database.reading() as connection:
            return [_stored(row) for row in (await connection.execute(query)).mappings()]

    async def get(self, proposal_id: str) -> StoredProposal:
        """Raises UnknownProposal."""
        async with self._database.reading() as connection:
            return await _get(connection, proposal_id)

    async def counts(self) -> dict[str, int]:
        """How many there are of each status."""
        query = select(proposals.c.status, func.count()).group_by(proposals.c.status)
        async with self._database.reading() as connection:
            found = {status: int(count) for status, count in await connection.execute(query)}
        return {status.value: found.get(status.value, 0) for status in ProposalStatus}

    async def changed_at(self) -> datetime | None:
        """When any of them last changed."""
        async with self._database.reading() as connection:
            found: datetime | None = (await connection.execute(select(func.max(proposals.c.updated_at)))).scalar()
            return found

    async def change(self, proposal_id: str, decide: Decide) -> StoredProposal:
        """Apply `decide` to the newest row in one transaction; what it raises leaves the row as it was."""
        async with self._database.writing() as connection:
            return await self.change_within(connection, proposal_id, decide)

    async def change_within(self, connection: AsyncConnection, proposal_id: str, decide: Decide) -> StoredProposal:
        """The same within a transaction that does more."""
        after = decide(await _get(connection, proposal_id, is_locking=True))
        await _put(connection, after)
        return after

    async def change_all(
        self, decide: Callable[[list[StoredProposal]], Sequence[StoredProposal]], ids: Sequence[str] | None = None
    ) -> None:
        """Write what `decide` makes of all rows, or of those of some ids, in one transaction."""
        async with self._database.writing() as connection:
            await self.change_all_within(connection, decide, ids)

    async def change_all_within(
        self,
        connection: AsyncConnection,
        decide: Callable[[list[StoredProposal]], Sequence[StoredProposal]],
        ids: Sequence[str] | None = None,
    ) -> None:
        """The same within a transaction that does more."""
        query = select(proposals).order_by(proposals.c.id).with_for_update()
        rows = await connection.execute(query if ids is None else query.where(proposals.c.id.in_(ids)))
        for after in decide([_stored(row) for row in rows.mappings()]):
            await _put(connection, after)


def logged(before: StoredProposal, at: datetime, actor: str, action: str, reason: str = "") -> StoredProposal:
    """The row with who did what in its log."""
    entry: LogEntry = {"at": at.isoformat(), "actor": actor, "action": action, "reason": reason}
    return replace(before, updated_at=at, log=[*before.log, entry][-100:])


async def _get(connection: AsyncConnection, proposal_id: str, *, is_locking: bool = False) -> StoredProposal:
    query = select(proposals).where(proposals.c.id == proposal_id)
    row = (await connection.execute(query.with_for_update() if is_locking else query)).mappings().one_or_none()
    if row is None:
        raise UnknownProposal(proposal_id)
    return _stored(row)


async def _put(connection: AsyncConnection, row: StoredProposal) -> None:
    await put(connection, proposals, **{name: getattr(row, name) for name in row.__dataclass_fields__})


def _stored(row: RowMapping) -> StoredProposal:
    return StoredProposal(**(dict(row) | {"status": ProposalStatus(row["status"])}))
