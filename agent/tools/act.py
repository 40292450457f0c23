"""Doing something: cases, claims, notes, a callback. All are safe to repeat under the same key."""

from datetime import date
from typing import Annotated

import phonenumbers
from pydantic import StringConstraints

from agent.tools.look_up import LookUp
from agent.tools.typed_action import Arguments, ToolResult, TypedAction
from agent.understanding.dates import find_due

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class OpenCaseArguments(Arguments):
    subject: Filled
    details: Filled
    kind: str = "service"
    policy_number: str | None = None
    """The policy it is about; it must be this customer's."""
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
            record.customer.id,
            arguments.key,
            arguments.subject,
            arguments.details,
            arguments.today,
            kind=arguments.kind,
            policy=number,
        )
        data = {"number": case.number, "subject": case.subject, "status": case.status, "next_step": case.next_step}
        return ToolResult(is_ok=True, summary=f"opened {case.kind} {case.number}: {case.subject}", data=data)


class ClaimArguments(OpenCaseArguments):
    kind: str = "claim"


class CreateClaim(OpenCase):
    tool = "create_claim"
    arguments = ClaimArguments


class CloseArguments(Arguments):
    number: Filled
    today: date


class CloseCase(LookUp[CloseArguments]):
    """Takes back a case or claim that was opened a moment ago, when what should follow failed."""

    tool = "close_case"
    arguments = CloseArguments

    async def perform(self, arguments: CloseArguments) -> ToolResult:
        record = await self.record(arguments)
        if all(case.number != arguments.number for case in record.cases):
            return ToolResult(
                is_ok=False, is_missing=True, summary=f"There is no case {arguments.number} on your record."
            )
        text = f"Case {arguments.number} was opened by the agent and taken back."
        await self._crm.add_note(record.customer.id, arguments.key, text, arguments.today)
        return ToolResult(
            is_ok=True, summary=f"noted that {arguments.number} is void", data={"number": arguments.number}
        )


class NoteArguments(Arguments):
    text: Filled
    number: str = ""
    """The case or claim it is about."""
    today: date


class AddNote(LookUp[NoteArguments]):
    tool = "add_note"
    arguments = NoteArguments

    async def perform(self, arguments: NoteArguments) -> ToolResult:
        record = await self.record(arguments)
        about = f"{arguments.number}: " if arguments.number else ""
        await self._crm.add_note(record.customer.id, arguments.key, about + arguments.text, arguments.today)
        return ToolResult(is_ok=True, summary=f"noted {about}{arguments.text}", data={"noted": arguments.text})


class CallbackArguments(Arguments):
    phone: Filled
    when: Filled
    about: str = ""
    today: date


class RequestCallback(TypedAction[CallbackArguments]):
    """Checks the wish; the promise itself is the CallbackRequested event the desk shows."""

    tool = "request_callback"
    arguments = CallbackArguments

    async def perform(self, arguments: CallbackArguments) -> ToolResult:
        try:
            number = phonenumbers.parse(arguments.phone, "GB")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            return ToolResult(is_ok=False, is_missing=True, summary="That phone number can't be called.")
        spoken = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        when, due = _due(arguments.when, arguments.today)
        data = {
            "callback_id": f"cb-{arguments.key}"[:40],
            "phone": arguments.phone,
            "when": when,
            "due": due,
            "about": arguments.about,
        }
        return ToolResult(is_ok=True, summary=f"booked a callback on {spoken}, {when}", data=data)


def _due(said: str, today: date) -> tuple[str, str]:
    """The wish with its day in words, since "tomorrow" is read on another day; and the day and hour themselves."""
    due = find_due(said, today)
    if due is None:
        return said, ""
    day, hour = due
    words = f"{day:%A} {day.day} {day:%B}"
    return (f"{words} at {hour}", f"{day}T{hour}") if hour else (f"{words} (“{said}”)", str(day))
