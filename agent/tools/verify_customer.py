"""Is it really this customer? A matching record plus one thing only they know."""

from datetime import date, datetime, timedelta
from typing import Protocol

from agent.tools.typed_action import Arguments, ToolResult, TypedAction
from conversation.words import Assurance
from crm_adapter.port import CrmAdapter, Customer, ReferenceKind

LOCK_AFTER = 5
"""Failed checks against one record within `LOCK_WINDOW`, over all conversations; then only a person may check."""
LOCK_WINDOW = timedelta(hours=1)


class VerificationGuard(Protocol):
    """Counts failed checks per CRM record, so that guessing over many chats does not pay."""

    async def failures(self, customer_id: str, since: datetime) -> int: ...

    async def record_failure(self, customer_id: str, at: datetime) -> None: ...

    async def forgive(self, customer_id: str, at: datetime) -> None:
        """The check begun `at` went well after all."""
        ...


class VerifyArguments(Arguments):
    references: dict[ReferenceKind, str]
    """What the customer named, by kind; every one of them must fit."""
    date_of_birth: date | None = None
    postcode: str | None = None
    now: datetime


class VerifyCustomer(TypedAction[VerifyArguments]):
    tool = "verify_customer"
    arguments = VerifyArguments

    def __init__(self, crm: CrmAdapter, guard: VerificationGuard) -> None:
        self._crm = crm
        self._guard = guard

    async def perform(self, arguments: VerifyArguments) -> ToolResult:
        matches = await self._matches(arguments.references)
        since = arguments.now - LOCK_WINDOW
        for one in matches:  # counted before it is judged: guesses side by side must not slip past the lock
            await self._guard.record_failure(one.id, arguments.now)
        open_matches = [one for one in matches if await self._guard.failures(one.id, since) <= LOCK_AFTER]
        known = [one for one in open_matches if _knows(one, arguments)]
        if len(known) != 1:
            # One answer whether the record exists, is locked or the factor is wrong: guessing teaches nothing.
            return ToolResult(is_ok=False, is_missing=True, summary="The details did not match a record.")
        customer = known[0]
        await self._guard.forgive(customer.id, arguments.now)
        factor = "date of birth" if arguments.date_of_birth else "postcode"
        named = " and ".join(kind.replace("_", " ") for kind in arguments.references)
        return ToolResult(
            is_ok=True,
            summary="Identity checked.",
            data={
                "customer_id": customer.id,
                "name": customer.name,
                "assurance": int(Assurance.VERIFIED),
                "method": f"{named}, {factor}",
            },
        )

    async def _matches(self, references: dict[ReferenceKind, str]) -> list[Customer]:
        found: list[Customer] | None = None
        for kind, value in references.items():
            customers = await self._crm.find_customers(kind, value)
            ids = {one.id for one in customers}
            found = list(customers) if found is None else [one for one in found if one.id in ids]
        return found or []


def _knows(customer: Customer, arguments: VerifyArguments) -> bool:
    if arguments.date_of_birth is not None:
        return customer.date_of_birth == arguments.date_of_birth
    if arguments.postcode is not None:
        return _squeezed(customer.postcode) == _squeezed(arguments.postcode)
    return False


def _squeezed(postcode: str) -> str:
    return "".join(postcode.split()).upper()
