"""Vectors in shards that workers keep, each behind a handle that only these workers understand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from intents.discovery.held import Answer


class Keeper(Protocol):
    """Workers that hold shards."""

    def each(
        self,
        work: Callable[..., Answer],
        handles: Sequence[Any],
        shared: Sequence[object],
        own: Sequence[object] | None,
    ) -> Iterator[Answer]:
        """As `Held.each`, of the shards behind these handles."""


@dataclass(frozen=True)
class HeldByWorkers:
    """The vectors of some sentences, `Held` by others."""

    keeper: Keeper
    handles: Sequence[Any]
    """One per shard, in order."""
    rows: int
    dimensions: int

    def each(
        self, work: Callable[..., Answer], *shared: object, own: Sequence[object] | None = None
    ) -> Iterator[Answer]:
        return self.keeper.each(work, self.handles, shared, own)
