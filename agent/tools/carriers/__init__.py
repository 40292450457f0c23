"""Who carries out a tenant's own tools: an HTTP service, a Rasa action server, an MCP server."""

from agent.tools.carriers.choose import carry_out
from agent.tools.carriers.outside import Call, NotThere, ToolFailed, Unreachable
from agent.tools.carriers.secrets import missing

__all__ = [
    "Call",
    "NotThere",
    "ToolFailed",
    "Unreachable",
    "carry_out",
    "missing",
]
