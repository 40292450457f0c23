"""What the agent can do outside a conversation: tools over the CRM, run as Rasa SDK actions in this process."""

from agent.tools.runner import READ_ONLY, TOOL_NAMES, VERIFY_CUSTOMER, Tools, VerificationGuard
from agent.tools.typed_action import ToolResult

__all__ = ["READ_ONLY", "TOOL_NAMES", "VERIFY_CUSTOMER", "ToolResult", "Tools", "VerificationGuard"]
