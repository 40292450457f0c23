"""The library of intents: one immutable value per version, and the YAML file it is read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from intents.intent import (
    Attribute,
    AttributeType,
    Example,
    Intent,
    ReviewState,
    Solution,
    SolutionKind,
    Support,
    folded,
)
from quick_yaml import load_yaml

__all__ = [
    "Attribute",
    "AttributeType",
    "Example",
    "Intent",
    "IntentsError",
    "Library",
    "LibraryInvalid",
    "ReviewState",
    "Solution",
    "SolutionKind",
    "Support",
    "UnknownIntent",
    "load_library",
    "parse_library",
]


class IntentsError(Exception):
    """Root of this room's errors; a retry never helps."""


class UnknownIntent(IntentsError):
    """The library has no intent of that id."""


class LibraryInvalid(IntentsError):
    """A library file breaks a rule; the message names file, intent and field, and nothing was loaded."""


@dataclass(frozen=True)
class Library:
    """Every intent the centre knows, in the order of the file."""

    version: int
    """Grows by one with every change."""
    intents: tuple[Intent, ...]

    def live(self) -> tuple[Intent, ...]:
        """The intents a customer can be understood to have: approved, not paused, not merely a heading."""
        return tuple(
            intent
            for intent in self.intents
            if intent.is_live
            and intent.review_state is ReviewState.APPROVED
            and (intent.examples or not intent.is_group)
        )

    def find(self, intent_id: str) -> Intent | None:
        """The intent of that id, or None."""
        return next((intent for intent in self.intents if intent.id == intent_id), None)

    def get(self, intent_id: str) -> Intent:
        """The intent of that id; raises UnknownIntent."""
        intent = self.find(intent_id)
        if intent is None:
            raise UnknownIntent(f"no intent {intent_id!r} in version {self.version} of the library")
        return intent


def load_library(path: Path) -> Library:
    """The library a YAML file describes.

    Layout: `groups`, each with its own fields and a list `intents`. Line of business, queue and skills pass from a
    group to its intents unless an intent says otherwise. Raises LibraryInvalid, naming file, intent and field.
    """
    try:
        content = load_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LibraryInvalid(f"{path.name}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LibraryInvalid(f"{path.name}: not a YAML file: {error}") from error
    return parse_library(path.name, content)


def parse_library(name: str, content: object) -> Library:
    """The library of a file's content, already read; `name` stands in the errors."""
    try:
        wire = _LibraryFile.model_validate({} if content is None else content)
    except ValidationError as error:
        raise LibraryInvalid(f"{name}: {_explain(error, content)}") from error
    intents = tuple(_flatten(wire))
    _refuse_repetitions(name, intents)
    return Library(version=wire.version, intents=intents)


_Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _WireAttribute(_Wire):
    name: _Id
    label: _Text
    type: AttributeType
    prompt: _Text
    mandatory: bool = False
    options: list[_Text] = Field(default_factory=list)
    description: str = ""

    @model_validator(mode="after")
    def _only_a_choice_has_options(self) -> "_WireAttribute":
        if (self.type is AttributeType.CHOICE) != bool(self.options):
            raise ValueError("options belong to the type choice, and a choice needs them")
        return self


class _WireSolution(_Wire):
    kind: SolutionKind
    target: _Text


class _WireExample(_Wire):
    text: _Text
    source: _Text = "library"


class _WireIntent(_Wire):
    id: _Id
    name: _Text
    description: _Text
    line_of_business: _Text | None = None
    queue: _Text | None = None
    skills: list[_Text] | None = None
    support: Support = Support.SELF_SERVICE
    solution: _WireSolution | None = None
    attributes: list[_WireAttribute] = Field(default_factory=list)
    examples: list[_Text | _WireExample] = Field(default_factory=list)
    review_state: ReviewState = ReviewState.APPROVED
    is_live: bool = True
    share: float = Field(default=1.0, ge=0.0, le=1.0)


class _WireGroup(_WireIntent):
    line_of_business: _Text
    queue: _Text
    intents: list[_WireIntent] = Field(default_factory=list)


class _LibraryFile(_Wire):
    version: int = Field(default=1, ge=1)
    groups: list[_WireGroup] = Field(default_factory=list)


def _flatten(wire: _LibraryFile) -> Iterator[Intent]:
    for group in wire.groups:
        yield _intent(group, group, is_group=True)
        for intent in group.intents:
            yield _intent(intent, group, is_group=False)


def _intent(wire: _WireIntent, group: _WireGroup, *, is_group: bool) -> Intent:
    queue = wire.queue or group.queue
    solution = wire.solution or _WireSolution(kind=SolutionKind.QUEUE, target=queue)
    skills = wire.skills if wire.skills is not None else group.skills or []
    return Intent(
        id=wire.id,
        name=wire.name,
        description=wire.description,
        group=None if is_group else group.id,
        line_of_business=wire.line_of_business or group.line_of_business,
        queue=queue,
        skills=tuple(skills),
        examples=tuple(_example(example) for example in wire.examples),
        attributes=tuple(
            Attribute(**(attribute.model_dump() | {"options": tuple(attribute.options)}))
            for attribute in wire.attributes
        ),
        solution=Solution(kind=solution.kind, target=solution.target),
        support=wire.support,
        review_state=wire.review_state,
        is_live=wire.is_live,
        share=wire.share,
        is_group=is_group,
    )


def _example(wire: "str | _WireExample") -> Example:
    return Example(wire) if isinstance(wire, str) else Example(wire.text, wire.source)


def _refuse_repetitions(file: str, intents: tuple[Intent, ...]) -> None:
    seen: set[str] = set()
    owners: dict[str, str] = {}
    for intent in intents:
        if intent.id in seen:
            raise LibraryInvalid(f"{file}: intent {intent.id!r}: id: used twice")
        seen.add(intent.id)
        names = [attribute.name for attribute in intent.attributes]
        if len(set(names)) < len(names):
            raise LibraryInvalid(f"{file}: intent {intent.id!r}: attributes: a name is used twice")
        for example in intent.examples:
            owner = owners.setdefault(folded(example.text), intent.id)
            if owner != intent.id:
                raise LibraryInvalid(
                    f"{file}: intent {intent.id!r}: examples: {example.text!r} is already an example of {owner!r}"
                )


def _explain(error: ValidationError, content: object) -> str:
    """The first fault, with the ids of the group and intent it lies in rather than their positions."""
    fault = error.errors(include_url=False)[0]
    place: object = content
    words: list[str] = []
    for step in fault["loc"]:
        if isinstance(place, list) and isinstance(step, int) and step < len(place):
            place = place[step]
            named = place.get("id", place.get("name")) if isinstance(place, dict) else None
            words.append(repr(named) if named else f"number {step + 1}")
        else:
            place = place.get(step) if isinstance(place, dict) else None
            words.append(str(step))
    where = " ".join(words).replace("groups ", "group ").replace("intents ", "intent ")
    return f"{where}: {fault['msg']}" if where else fault["msg"]
