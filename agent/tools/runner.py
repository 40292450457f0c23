"""Runs a tool under the policy of its spec: the CRM's own as Rasa actions in here, a tenant's wherever they live."""

import asyncio
from collections.abc import Iterable
from typing import Any

import structlog
from pydantic import TypeAdapter, ValidationError
from rasa_sdk.executor import ActionExecutor

from agent.tools.act import AddNote, CloseCase, CreateClaim, OpenCase, RequestCallback
from agent.tools.carriers import Call, NotThere, ToolFailed, carry_out
from agent.tools.carriers.rasa_server import tracker
from agent.tools.declared import DeclaredTool
from agent.tools.look_up import Applications, Cases, Claims, CustomerDetails, Policies
from agent.tools.outer import Misfit, arguments_for, nothing_of, result_for
from agent.tools.specs import BUILT_IN, ToolSpec
from agent.tools.typed_action import RESULT_SLOT, ToolResult, TypedAction
from agent.tools.verify_customer import VerificationGuard, VerifyCustomer
from conversation import Assurance
from crm_adapter import CrmAdapter, CrmError
from json_object import JsonObject

_ASSURANCE = TypeAdapter(Assurance)
log = structlog.get_logger(__name__)

__all__ = ["TOOL_NAMES", "VERIFY_CUSTOMER", "Tools", "VerificationGuard"]

VERIFY_CUSTOMER = VerifyCustomer.tool
TOOL_NAMES = frozenset(BUILT_IN)


class Tools:
    """The agent's tools over one CRM, and the tenant's own."""

    def __init__(self, crm: CrmAdapter, guard: VerificationGuard, own: Iterable[DeclaredTool] = ()) -> None:
        self._own = {one.name: one for one in own}
        self.specs: dict[str, ToolSpec] = BUILT_IN | {one.name: one.spec() for one in self._own.values()}
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

    def may_run_on_suspicion(self, tool: str) -> bool:
        """True when nothing is different after it."""
        return not self.specs[tool].changes

    async def run(self, tool: str, arguments: JsonObject) -> ToolResult:
        """What came of it. A side that does not answer, in time or in sense, is a result (`is_ok` false), not an error.

        Raises PermissionError when nobody has been recognised as far as the tool needs.
        """
        spec = self.specs[tool]
        assurance = _ASSURANCE.validate_python(arguments.get("assurance", Assurance.UNKNOWN))
        if assurance < spec.assurance:
            raise PermissionError(f"{tool} needs assurance {spec.assurance!r}")
        try:
            async with asyncio.timeout(spec.timeout_seconds):
                if tool in self._own:
                    return await self._outside(self._own[tool], arguments, assurance)
                return await self._in_process(tool, arguments)
        except (CrmError, ToolFailed, Misfit, ValidationError, TimeoutError) as error:
            reason = str(error) if isinstance(error, ToolFailed | Misfit) else ""
            log.warning("tool failed", tool=tool, error=type(error).__name__, reason=reason)
            side = f"{tool} did not answer" if tool in self._own else "the customer records did not answer"
            return ToolResult(is_ok=False, summary=side)

    async def _outside(self, tool: DeclaredTool, arguments: JsonObject, assurance: Assurance) -> ToolResult:
        call = Call(tool, arguments_for(tool, arguments), str(arguments["key"]), str(arguments["conversation_id"]))
        try:
            answer = await carry_out(call)
        except NotThere:
            return ToolResult(is_ok=True, summary=f"{tool.label}: nothing found", data=nothing_of(tool))
        return ToolResult(is_ok=True, summary=tool.label, data=result_for(tool, answer, assurance))

    async def _in_process(self, tool: str, arguments: JsonObject) -> ToolResult:
        conversation_id = str(arguments["conversation_id"])
        call = {
            "next_action": tool,
            "sender_id": conversation_id,
            "tracker": tracker(conversation_id, arguments),
            "domain": {},
        }
        answer = await self._executor.run(call)
        for event in answer.events if answer else []:
            if event.get("name") == RESULT_SLOT:
                return ToolResult.model_validate(event["value"])
        raise LookupError(f"tool {tool!r} gave no result")
