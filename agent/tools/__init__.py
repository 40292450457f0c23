"""What the agent can do outside a conversation: tools over the CRM, and a tenant's own, carried out elsewhere."""

from agent.tools.declared import DeclaredTool
from agent.tools.runner import TOOL_NAMES, VERIFY_CUSTOMER, Tools, VerificationGuard
from agent.tools.typed_action import ToolResult

__all__ = [
    "TOOL_NAMES",
    "VERIFY_CUSTOMER",
    "DeclaredTool",
    "ToolResult",
    "Tools",
    "VerificationGuard",
]
