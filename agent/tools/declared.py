"""A tenant's own tools out of tools.yaml: what they take, what they give, who must be there, and who carries them out.

tools:
  - name: find_garages
    label: looked for a garage                 # for the operator's card, past tense
    http: {url: "https://garages.example/near/{postcode}", headers: {Authorization: "Bearer {secret:GARAGES}"}}
    arguments: {postcode: string}
    result: {name: string, phone: {type: string, needs: verified}}

Exactly one of `http`, `rasa` and `mcp` carries a tool out. A secret is named, never written: its value is the
environment's SWITCHBOARD_SECRET_<NAME>.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from agent.tools.specs import BUILT_IN, ToolSpec
from conversation import Assurance

SECRET = re.compile(r"\{secret:([A-Z][A-Z0-9_]*)\}")
PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
LEVELS = {"nobody": Assurance.UNKNOWN, "matched": Assurance.MATCHED, "verified": Assurance.VERIFIED}

ValueType: TypeAlias = Literal["string", "integer", "number", "boolean", "date", "list", "object"]
Level: TypeAlias = Literal["nobody", "matched", "verified"]


class ToolsInvalid(Exception):
    """tools.yaml breaks a rule; the message names the tool and the place, and nothing was loaded."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Http(_Strict):
    """A request: arguments named in the address stand there, the others are the query of a GET or the JSON body."""

    url: str
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    headers: dict[str, str] = {}

    @field_validator("url")
    @classmethod
    def _is_web(cls, url: str) -> str:
        HttpUrl(PLACE.sub("x", SECRET.sub("x", url)))
        return url


class RasaServer(_Strict):
    """A `rasa run actions` server; the tool's name is the action's unless `action` says otherwise."""

    url: HttpUrl
    action: str = ""


class Mcp(_Strict):
    """A server of the Model Context Protocol, over HTTP or as a process of this machine."""

    url: HttpUrl | None = None
    command: list[str] = []
    tool: str = ""
    """The tool's name there; empty: the same as here."""
    headers: dict[str, str] = {}

    @model_validator(mode="after")
    def _has_one_way(self) -> "Mcp":
        if (self.url is None) == (not self.command):
            raise ValueError("give either url or command")
        return self


class Given(_Strict):
    """A field of the result."""

    type: ValueType
    needs: Level = "nobody"
    """Who must have been recognised for it to be told; for others it is taken out before anything sees it."""


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]


class DeclaredTool(_Strict):
    name: Name
    label: str = Field(min_length=3, max_length=80)
    http: Http | None = None
    rasa: RasaServer | None = None
    mcp: Mcp | None = None
    needs: Level = "verified"
    changes: bool = False
    timeout: float = Field(default=5.0, gt=0, le=60)
    """Seconds, everything included."""
    arguments: dict[str, ValueType] = {}
    """By name; a name ending in "?" may be left out."""
    result: dict[Name, Given | ValueType] = {}

    @model_validator(mode="after")
    def _is_whole(self) -> "DeclaredTool":
        if sum(one is not None for one in (self.http, self.rasa, self.mcp)) != 1:
            raise ValueError("give exactly one of http, rasa and mcp")
        if self.name in BUILT_IN:
            raise ValueError("a built-in tool has this name")
        unknown = set(PLACE.findall(self.http.url)) - {name for name, _, _ in self.takes()} if self.http else set()
        if unknown:
            raise ValueError(f"the address names {', '.join(sorted(unknown))}, which is no argument")
        return self

    def takes(self) -> Iterator[tuple[str, ValueType, bool]]:
        """Name, type and whether it must be given."""
        for name, kind in self.arguments.items():
            yield name.rstrip("?"), kind, not name.endswith("?")

    def gives(self) -> Iterator[tuple[str, ValueType, Assurance]]:
        """Name, type and who must be there."""
        for name, one in self.result.items():
            given = one if isinstance(one, Given) else Given(type=one)
            yield name, given.type, LEVELS[given.needs]

    def spec(self) -> ToolSpec:
        return ToolSpec(self.name, self.label, frozenset(self.result), LEVELS[self.needs], self.changes, self.timeout)

    def secrets(self) -> frozenset[str]:
        """Names of the secrets it needs."""
        return frozenset(SECRET.findall(self.model_dump_json()))


class _File(_Strict):
    tools: list[DeclaredTool]


def parse_tools(content: object) -> tuple[DeclaredTool, ...]:
    """The tools of a file already read. Raises ToolsInvalid."""
    try:
        tools = TypeAdapter(_File).validate_python(content).tools
    except ValidationError as error:
        first = error.errors()[0]
        raise ToolsInvalid(f"{_place(content, first['loc'])}: {first['msg'].removeprefix('Value error, ')}") from error
    twice = {one.name for one in tools if sum(other.name == one.name for other in tools) > 1}
    if twice:
        raise ToolsInvalid(f"two tools are called {', '.join(sorted(twice))}")
    return tuple(tools)


def _name(content: object, number: int) -> object:
    """What a tool calls itself; its number where it does not say."""
    match content:
        case {"tools": [*tools]} if number < len(tools) and isinstance(tools[number], dict):
            return tools[number].get("name", number)
        case _:
            return number


def _place(content: object, loc: tuple[int | str, ...]) -> str:
    """The tool by name instead of its number, then the field."""
    match loc:
        case ("tools", int(number), *rest):
            return " > ".join([f"tool {_name(content, number)!r}", *(str(part) for part in rest)])
        case _:
            return " > ".join(str(part) for part in loc)
