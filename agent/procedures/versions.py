"""A tenant's procedures in their versions: what serves everybody, what a share tries, what open topics began with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agent.procedures.model import Procedure


@dataclass(frozen=True)
class WrittenProcedures:
    """One version as it was written."""

    version: int
    """1 first; 0 where nobody keeps count."""
    files: Mapping[str, str] = field(default_factory=dict)
    """YAML by file name."""


@dataclass(frozen=True)
class ProcedureSources:
    """What is in use, as it was written."""

    current: WrittenProcedures = WrittenProcedures(0)
    """What every conversation meets that does not try another."""
    trial: WrittenProcedures | None = None
    share: float = 1.0
    """Of the conversations, 0 to 1, that meet the trial."""
    former: tuple[WrittenProcedures, ...] = ()
    """The versions before, that open topics may have begun with."""

    @property
    def newest(self) -> int:
        """The number of the newest version in use."""
        return self.trial.version if self.trial else self.current.version


@dataclass(frozen=True)
class Trial:
    """A version that a share of the conversations meets."""

    share: float
    procedures: Mapping[str, Procedure]
    """By intent, as `Agent.procedures`."""


@dataclass(frozen=True)
class ProcedureVersions:
    """What is in use, read."""

    current: Mapping[str, Procedure]
    """By intent, and by id."""
    trial: Trial | None = None
    by_version: Mapping[int, Mapping[str, Procedure]] = field(default_factory=dict)
    """Every version that open topics may have begun with."""


def by_intent(procedures: Iterable[Procedure]) -> dict[str, Procedure]:
    """By the intent each serves, and by id for those that are called."""
    found = tuple(procedures)
    return {one.intent or one.id: one for one in found} | {one.id: one for one in found}


def version_in(label: str) -> int:
    """The version in a topic's "id@version"; 0 for none."""
    number = label.rpartition("@")[2]
    return int(number) if number.isdigit() else 0
