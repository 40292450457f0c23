"""One call of a tool outside this process, whoever carries it out."""

from dataclasses import dataclass

from agent.tools.declared import DeclaredTool
from json_object import JsonObject


class ToolFailed(Exception):
    """The other side refused or answered nonsense; asking again will not help."""


class Unreachable(ToolFailed):
    """The other side does not answer; asking again may help."""


class NotThere(ToolFailed):
    """The other side has nothing of the kind: an answer, not a fault."""


@dataclass(frozen=True)
class Call:
    tool: DeclaredTool
    arguments: JsonObject
    key: str
    """The same for every attempt of one use, so that the other side can tell a repeat."""
    conversation_id: str
