"""Runs a tool through Rasa's action executor, in this process."""

from typing import Any

import structlog
from pydantic import ValidationError
from rasa_sdk.executor import ActionExecutor

from agent.tools.act import OpenCase, RequestCallback
from agent.tools.look_up import ApplicationStatus, CaseStatus, ClaimStatus, LeadScore, PaymentDue, PolicyDetails
from agent.tools.typed_action import RESULT_SLOT, ToolResult, TypedAction
from agent.tools.verify_customer import VerificationGuard, VerifyCustomer
from crm_adapter.port import CrmAdapter, CrmError

log = structlog.get_logger(__name__)

__all__ = ["READ_ONLY", "TOOL_NAMES", "VERIFY_CUSTOMER", "Tools", "VerificationGuard"]

NEEDS_IDENTITY = frozenset(
    {"case_status", "claim_status", "application_status", "lead_score", "policy_details", "payment_due", "open_case"}
)
"""Tools that read or change a customer's record: only after an identity check."""

READ_ONLY = NEEDS_IDENTITY - {OpenCase.tool}
"""Tools that may run on suspicion: nothing is different after them."""

VERIFY_CUSTOMER = VerifyCustomer.tool
TOOL_NAMES = NEEDS_IDENTITY | {VERIFY_CUSTOMER, "request_callback"}


class Tools:
    """The agent's tools over one CRM."""

    def __init__(self, crm: CrmAdapter, guard: VerificationGuard) -> None:
        self._executor = ActionExecutor()
        actions: list[TypedAction[Any]] = [
            VerifyCustomer(crm, guard),
            CaseStatus(crm),
            ClaimStatus(crm),
            ApplicationStatus(crm),
            LeadScore(crm),
            PolicyDetails(crm),
            PaymentDue(crm),
            OpenCase(crm),
            RequestCallback(),
        ]
        for action in actions:
            self._executor.register_action(action)

    async def run(self, tool: str, arguments: dict[str, Any]) -> ToolResult:
        """What came of it. A CRM that does not answer is a result (`is_ok` false), not an error."""
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
            answer = await self._executor.run(call)
        except (CrmError, ValidationError) as error:
            log.warning("tool failed", tool=tool, error=type(error).__name__)
            return ToolResult(is_ok=False, summary="The customer records did not answer.")
        for event in answer.events if answer else []:
            if event.get("name") == RESULT_SLOT:
                return ToolResult.model_validate(event["value"])
        raise LookupError(f"tool {tool!r} gave no result")
