"""The versions of the procedures that are in use, out of the table that keeps them all."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.procedures import ProcedureSources, WrittenProcedures
from storage.learning import ProcedureContent, ProcedureStore, ProcedureVersion

FORMER = 5
"""Versions before the newest that open topics are carried on with: a topic is minutes old, seldom an hour."""


@dataclass(frozen=True)
class Content:
    """What a version holds."""

    files: Mapping[str, str]
    """YAML by file name."""
    share: float = 1.0
    """Of the conversations that meet it."""
    base: int | None = None
    """The version that the others meet; None where it serves everybody."""

    def as_data(self) -> ProcedureContent:
        return {"files": dict(self.files), "share": self.share, "base": self.base}


def content_of(version: ProcedureVersion | None) -> Content:
    """The content of a version; an empty one before the first."""
    if version is None:
        return Content({})
    content = version.content
    return Content(content["files"], float(content["share"]), content["base"])


async def procedures_in_use(store: ProcedureStore) -> ProcedureSources:
    """What conversations meet now, and what open topics may have begun with."""
    newest = await store.newest()
    if newest is None:
        return ProcedureSources()
    content = content_of(newest)
    base = await store.get(content.base) if content.base else newest
    first = max(1, newest.version - FORMER)
    before = [await store.get(number) for number in range(newest.version - 1, first - 1, -1)]
    return ProcedureSources(
        current=_written(base or newest),
        trial=_written(newest) if content.base else None,
        share=content.share,
        former=tuple(_written(one) for one in before if one is not None),
    )


def _written(version: ProcedureVersion) -> WrittenProcedures:
    return WrittenProcedures(version.version, content_of(version).files)
