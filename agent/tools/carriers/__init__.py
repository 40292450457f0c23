"""Who carries out a tenant's own tools: an HTTP service, a Rasa action server, an MCP server."""

from agent.tools.carriers.outside import Call, NotThere, ToolFailed, Unreachable, carry_out

__all__ = ["Call", "NotThere", "ToolFailed", "Unreachable", "carry_out"]
