"""Doing something: a service case, a callback. Both are safe to repeat under the same key."""

from datetime import date
from typing import Annotated

import phonenumbers
from pydantic import StringConstraints

from agent.tools.look_up import LookUp
from agent.tools.typed_action import Arguments, ToolResult, TypedAction

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class OpenCaseArguments(Arguments):
    subject: Filled
    details: Filled
    policy_number: str | None = None
    """The policy to change; it must be this customer's."""
    today: date


class OpenCase(LookUp[OpenCaseArguments]):
    tool = "open_case"
    arguments = OpenCaseArguments

    async def perform(self, arguments: OpenCaseArguments) -> ToolResult:
        record = await self.record(arguments)
        number = arguments.policy_number
        if number is not None and all(policy.number != number for policy in record.policies):
            return ToolResult(is_ok=False, is_missing=True, summary=f"There is no policy {number} on your record.")
        case = await self._crm.open_case(
            record.customer.id, arguments.key, arguments.subject, arguments.details, arguments.today
        )
        return ToolResult(
            is_ok=True,
            summary=f"Done: I've opened case {case.number} for this. {case.next_step}",
            data={"number": case.number, "subject": case.subject, "status": case.status},
        )


class CallbackArguments(Arguments):
    phone: Filled
    preferred_time: Filled
    topic: str = ""


class RequestCallback(TypedAction[CallbackArguments]):
    """Checks the wish; the promise itself is the CallbackRequested event the desk shows."""

    tool = "request_callback"
    arguments = CallbackArguments

    async def perform(self, arguments: CallbackArguments) -> ToolResult:
        number = phonenumbers.parse(arguments.phone, "GB")
        if not phonenumbers.is_possible_number(number):
            return ToolResult(is_ok=False, is_missing=True, summary="That phone number can't be called.")
        spoken = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        return ToolResult(
            is_ok=True,
            summary=f"Done: a colleague will call you on {spoken}, {arguments.preferred_time}.",
            data={
                "callback_id": f"cb-{arguments.key}"[:40],
                "phone": arguments.phone,
                "when": arguments.preferred_time,
                "about": arguments.topic,
            },
        )
