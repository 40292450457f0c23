"""Runs a tool through Rasa's action executor, in this process, under the policy of its spec."""

import asyncio
from typing import Any

import structlog
from pydantic import ValidationError
from rasa_sdk.executor import ActionExecutor

from agent.tools.act import AddNote, CloseCase, CreateClaim, OpenCase, RequestCallback
from agent.tools.look_up import Applications, Cases, Claims, CustomerDetails, Policies
from agent.tools.specs import BUILT_IN, ToolSpec
from agent.tools.typed_action import RESULT_SLOT, ToolResult, TypedAction
from agent.tools.verify_customer import VerificationGuard, VerifyCustomer
from conversation.words import Assurance
from crm_adapter.port import CrmAdapter, CrmError

log = structlog.get_logger(__name__)

__all__ = ["READ_ONLY", "TOOL_NAMES", "VERIFY_CUSTOMER", "Tools", "VerificationGuard"]

VERIFY_CUSTOMER = VerifyCustomer.tool
TOOL_NAMES = frozenset(BUILT_IN)
READ_ONLY = frozenset(name for name, spec in BUILT_IN.items() if not spec.changes)
"""Tools that may run on suspicion: nothing is different after them."""


class Tools:
    """The agent's tools over one CRM."""

    def __init__(self, crm: CrmAdapter, guard: VerificationGuard) -> None:
        self.specs: dict[str, ToolSpec] = dict(BUILT_IN)
        self._executor = ActionExecutor()
        actions: list[TypedAction[Any]] = [
            VerifyCustomer(crm, guard),
            CustomerDetails(crm),
            Policies(crm),
            Claims(crm),
            Cases(crm),
            Applications(crm),
            OpenCase(crm),
            CreateClaim(crm),
            CloseCase(crm),
            AddNote(crm),
            RequestCallback(),
        ]
        for action in actions:
            self._executor.register_action(action)

    async def run(self, tool: str, arguments: dict[str, Any]) -> ToolResult:
        """What came of it. A CRM that does not answer, or not in time, is a result (`is_ok` false), not an error.

        Raises PermissionError when nobody has been recognised as far as the tool needs.
        """
        spec = self.specs[tool]
        if Assurance(arguments.get("assurance", Assurance.UNKNOWN)) < spec.assurance:
            raise PermissionError(f"{tool} needs assurance {spec.assurance!r}")
        call = {
            "next_action": tool,
            "sender_id": arguments["conversation_id"],
            "tracker": {
                "sender_id": arguments["conversation_id"],
                "slots": arguments,
                "latest_message": {},
                "events": [],
                "paused": False,
                "followup_action": None,
                "active_loop": {},
                "latest_action_name": None,
            },
            "domain": {},
        }
        try:
            async with asyncio.timeout(spec.timeout_seconds):
                answer = await self._executor.run(call)
        except (CrmError, ValidationError, TimeoutError) as error:
            log.warning("tool failed", tool=tool, error=type(error).__name__)
            return ToolResult(is_ok=False, summary="the customer records did not answer")
        for event in answer.events if answer else []:
            if event.get("name") == RESULT_SLOT:
                return ToolResult.model_validate(event["value"])
        raise LookupError(f"tool {tool!r} gave no result")
