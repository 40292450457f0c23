"""A tenant's pack: what the agent knows of one business beside intents and articles, checked when it is loaded.

procedures/*.yaml   what is done about a wish
safety.yaml         danger, need and law: words, queue, priority
references.yaml     the numbers customers quote
words.yaml          what customers call things in the records
wording.yaml        lines said differently than by default
tools.yaml          what the agent can look up and do at other systems
unanswered.yaml     questions customers ask and no article answers
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from agent.procedures.load import (
    ProcedureInvalid,
    Surroundings,
    check_together,
    parse_procedures,
    read_procedures,
)
from agent.procedures.model import Procedure
from agent.tools.declared import DeclaredTool, ToolsInvalid, parse_tools
from agent.tools.specs import BUILT_IN
from agent.understanding.reference_kinds import ReferenceKind, ReferenceKinds
from agent.understanding.safety import SafetyInvalid, SafetyPolicy, parse_safety
from agent.wording import DEFAULT_WORDING, Wording, WordingInvalid, parse_wording
from conversation import Assurance
from json_object import JsonObject
from quick_yaml import load_yaml

SAFETY, REFERENCES, WORDS, WORDING, TOOLS = "safety.yaml", "references.yaml", "words.yaml", "wording.yaml", "tools.yaml"
UNANSWERED = "unanswered.yaml"
PROCEDURES = "procedures/"


class PackInvalid(Exception):
    """A file of the pack breaks a rule; the message names file and place, and nothing was loaded."""


@dataclass(frozen=True)
class Pack:
    procedures: tuple[Procedure, ...]
    safety: SafetyPolicy
    references: ReferenceKinds
    wording: Wording
    synonyms: Mapping[str, tuple[str, ...]]
    """A stem of a record's word to what customers say for it."""
    tools: tuple[DeclaredTool, ...]
    ambiguous_intents: frozenset[str]
    """Intents whose examples may be urgent or not: they teach the classifier of danger nothing."""
    unanswered: tuple[str, ...]
    """Questions that customers ask and no article answers: they teach the search when to say so."""


class _Reference(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    label: str
    prefix: str = ""
    digits: int = Field(ge=3, le=20)
    words: list[str]
    needs_word: bool = False


SYSTEM_INTENTS_FILE = Path(__file__).with_name("system_intents.yaml")
"""What every agent understands, whatever its tenant teaches: a person, please; small talk."""

_REFERENCES = TypeAdapter(list[_Reference])
_SYNONYMS = TypeAdapter(dict[str, list[str]])
_FILE = TypeAdapter(JsonObject)
_NAMES = TypeAdapter(list[str])
T = TypeVar("T")


def read_pack(folder: Path) -> dict[str, JsonValue]:
    """The files of a folder, for parse_pack: plain values, and procedures as they are written. Raises PackInvalid."""
    found: JsonObject = {}
    for name in (SAFETY, REFERENCES, WORDS, WORDING, TOOLS, UNANSWERED):
        path = folder / name
        if path.is_file():
            try:
                found[name] = load_yaml(path.read_text(encoding="utf-8")) or {}
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                raise PackInvalid(f"{name}: not a YAML file: {error}") from error
    for path in sorted((folder / "procedures").glob("*.yaml")):
        name = f"{PROCEDURES}{path.name}"
        try:
            found[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise PackInvalid(f"{name}: not a text file: {error}") from error
    return found


def procedures_in(files: Mapping[str, JsonValue]) -> dict[str, str]:
    """The texts of the procedures among a pack's files, by the name of their file."""
    return {name.removeprefix(PROCEDURES): str(text) for name, text in files.items() if name.startswith(PROCEDURES)}


def with_procedures(files: Mapping[str, JsonValue], procedures: Mapping[str, str]) -> JsonObject:
    """A pack's files with these procedures in place of its own."""
    others = {name: content for name, content in files.items() if not name.startswith(PROCEDURES)}
    return others | {f"{PROCEDURES}{name}": text for name, text in procedures.items()}


def parse_pack(
    files: Mapping[str, JsonValue],
    *,
    queues: Iterable[str] = (),
    articles: Iterable[str] = (),
    intents: Iterable[str] = (),
) -> Pack:
    """The pack of files already read. What is given is checked against too. Raises PackInvalid."""
    try:
        references = _references(files.get(REFERENCES) or [])
        tools = parse_tools(files[TOOLS]) if files.get(TOOLS) else ()
        specs = BUILT_IN | {one.name: one.spec() for one in tools}
        around = Surroundings(
            tools={name: spec.fields for name, spec in specs.items()},
            needs_identity=frozenset(name for name, spec in specs.items() if spec.assurance > Assurance.UNKNOWN),
            queues=frozenset(queues),
            articles=frozenset(articles),
            references=references.names,
            intents=frozenset(intents),
        )
        procedures = tuple(
            one
            for name, content in sorted(files.items())
            if name.startswith(PROCEDURES)
            for one in parse_procedures(name, read_procedures(name, str(content)), around)
        )
        check_together(procedures, around.intents)
        safety_file = _checked(_FILE, SAFETY, files.get(SAFETY) or {})
        ambiguous = _checked(_NAMES, SAFETY, safety_file.pop("ambiguous_intents", []))
        safety = parse_safety(safety_file)
        for category in safety.categories:
            if queues and category.queue not in around.queues:
                raise PackInvalid(f"{SAFETY}: category {category.id!r}: no queue {category.queue!r}")
        wording = parse_wording(_checked(_FILE, WORDING, files[WORDING])) if files.get(WORDING) else DEFAULT_WORDING
        synonyms = _checked(_SYNONYMS, WORDS, files.get(WORDS) or {})
        unanswered = _checked(_NAMES, UNANSWERED, files.get(UNANSWERED) or [])
    except ToolsInvalid as error:
        raise PackInvalid(f"{TOOLS}: {error}") from error
    except (ProcedureInvalid, SafetyInvalid, WordingInvalid) as error:
        raise PackInvalid(str(error)) from error
    return Pack(
        procedures,
        safety,
        references,
        wording,
        {key: tuple(value) for key, value in synonyms.items()},
        tools,
        frozenset(ambiguous),
        tuple(unanswered),
    )


def _references(content: object) -> ReferenceKinds:
    return ReferenceKinds(
        tuple(
            ReferenceKind(one.name, one.label, one.prefix.upper(), one.digits, tuple(one.words), one.needs_word)
            for one in _checked(_REFERENCES, REFERENCES, content)
        )
    )


def _checked(adapter: TypeAdapter[T], name: str, content: object) -> T:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise PackInvalid(f"{name}, {' > '.join(str(part) for part in first['loc'])}: {first['msg']}") from error
