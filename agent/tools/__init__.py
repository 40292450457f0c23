"""What the agent can look up or do: Rasa SDK actions with typed arguments, run in-process by its executor.

They are ordinary `rasa_sdk.Action` classes, so a Rasa action server can serve the same file to other processes.
"""

from agent.tools.runner import READ_ONLY, TOOL_NAMES, VERIFY_CUSTOMER, Tools, VerificationGuard
from agent.tools.typed_action import ToolResult

__all__ = ["READ_ONLY", "TOOL_NAMES", "VERIFY_CUSTOMER", "ToolResult", "Tools", "VerificationGuard"]
