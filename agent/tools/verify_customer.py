"""Is it really this customer? A matching record and one thing only they know; for an applicant, two of their data."""

from datetime import date, datetime, timedelta
from typing import Protocol

from agent.tools.typed_action import Arguments, ToolResult, TypedAction
from conversation import Assurance
from crm_adapter import CrmAdapter, Customer, Lead, ReferenceKind

WINDOW = timedelta(hours=1)
STEP_UP_AFTER = 5
"""Failed checks against one record within `WINDOW`, over all conversations; from then on the postcode is needed as
well. The customer, who knows it, is let in; who guesses birth dates is not."""
LOCK_AFTER = 30
"""Failed checks of one source at one record in the window, after which only a person may check there: nobody's memory
is that bad. Whoever guesses elsewhere does not lock the customer out."""
CLOSE_AFTER = 300
"""The same from all sources together."""


_NO_MATCH = ToolResult(is_ok=False, is_missing=True, summary="The details did not match a record.")


class VerificationGuard(Protocol):
    """Counts failed checks per CRM record, so that guessing over many chats does not pay."""

    async def may_try(self, conversation_id: str) -> bool:
        """False where too many failed checks came from already. Counts as one of them until it is forgiven."""
        ...

    async def failures(self, customer_id: str, since: datetime) -> int: ...

    async def failures_here(self, customer_id: str, since: datetime, conversation_id: str) -> int:
        """Those that came from where this conversation comes from."""
        ...

    async def record_failure(self, customer_id: str, at: datetime, conversation_id: str) -> None: ...

    async def forgive(self, customer_id: str, at: datetime, conversation_id: str) -> None:
        """The check begun `at` went well after all."""
        ...


class VerifyArguments(Arguments):
    references: dict[ReferenceKind, str]
    """What the customer named, by kind; every one of them must fit."""
    date_of_birth: date | None = None
    postcode: str | None = None
    name: str = ""
    """As the customer says it; compared where only a postcode was named."""
    is_introduced: bool = False
    """They have said who they are: then a record of somebody of another first name is not theirs to open."""
    speaker: str = ""
    """Who speaks for the customer; empty when they speak themselves. Must be named on the record."""
    now: datetime
    conversation_id: str = ""


class VerifyCustomer(TypedAction[VerifyArguments]):
    tool = "verify_customer"
    arguments = VerifyArguments

    def __init__(self, crm: CrmAdapter, guard: VerificationGuard) -> None:
        self._crm = crm
        self._guard = guard

    async def perform(self, arguments: VerifyArguments) -> ToolResult:
        if not await self._guard.may_try(arguments.conversation_id):
            return _NO_MATCH
        if arguments.date_of_birth is None:
            return await self._applicant(arguments)
        matches = await self._matches(arguments.references)
        since = arguments.now - WINDOW
        known: list[Customer] = []
        for one in matches:  # counted before it is judged: guesses side by side must not slip past the limit
            await self._guard.record_failure(one.id, arguments.now, arguments.conversation_id)
            failures = await self._guard.failures(one.id, since)
            is_open = failures <= CLOSE_AFTER and (
                await self._guard.failures_here(one.id, since, arguments.conversation_id) <= LOCK_AFTER
            )
            if _knows(one, arguments, needs_postcode=failures > STEP_UP_AFTER) and is_open:
                known.append(one)
            elif (
                failures > STEP_UP_AFTER and one.date_of_birth == arguments.date_of_birth and arguments.postcode is None
            ):
                await self._guard.forgive(one.id, arguments.now, arguments.conversation_id)
        if len(known) != 1:
            # One answer whether the record exists, is locked or the factor is wrong: guessing teaches nothing.
            return _NO_MATCH
        customer = known[0]
        await self._guard.forgive(customer.id, arguments.now, arguments.conversation_id)
        if arguments.is_introduced and not arguments.speaker and not may_be_called(customer.name, arguments.name):
            return ToolResult(is_ok=False, is_missing=True, summary="Another name.", data={"is_other_person": True})
        found = _recognised(customer.id, customer.name, Assurance.VERIFIED, arguments, "date of birth")
        return (
            found.model_copy(update={"data": found.data | {"speaker": arguments.speaker}})
            if arguments.speaker
            else found
        )

    async def _matches(self, references: dict[ReferenceKind, str]) -> list[Customer]:
        found: list[Customer] | None = None
        for kind, value in references.items():
            customers = await self._crm.find_customers(kind, value)
            ids = {one.id for one in customers}
            found = list(customers) if found is None else [one for one in found if one.id in ids]
        return found or []

    async def _applicant(self, arguments: VerifyArguments) -> ToolResult:
        """An application known by two of its number, e-mail address and phone number."""
        kinds = (ReferenceKind.APPLICATION_NUMBER, ReferenceKind.EMAIL, ReferenceKind.PHONE)
        named = {kind: value for kind, value in arguments.references.items() if kind in kinds}
        leads: list[Lead] | None = None
        for kind, value in named.items():
            found = await self._crm.find_leads(kind, value)
            ids = {one.id for one in found}
            leads = list(found) if leads is None else [one for one in leads if one.id in ids]
        for one in leads or []:
            await self._guard.record_failure(one.id, arguments.now, arguments.conversation_id)
        open_leads = [
            one for one in leads or [] if await self._guard.failures(one.id, arguments.now - WINDOW) <= STEP_UP_AFTER
        ]
        if len(named) < 2 or not open_leads:
            return _NO_MATCH
        newest = max(open_leads, key=lambda one: one.updated)
        await self._guard.forgive(newest.id, arguments.now, arguments.conversation_id)
        return _recognised(newest.id, newest.name, Assurance.MATCHED, arguments, "")


def _recognised(record_id: str, name: str, assurance: Assurance, arguments: VerifyArguments, factor: str) -> ToolResult:
    named = " and ".join(kind.replace("_", " ") for kind in arguments.references)
    data = {
        "customer_id": record_id,
        "name": name,
        "assurance": int(assurance),
        "method": f"{named}, {factor}" if factor else named,
    }
    return ToolResult(is_ok=True, summary="identity checked", data=data)


def _knows(customer: Customer, arguments: VerifyArguments, *, needs_postcode: bool) -> bool:
    if customer.date_of_birth != arguments.date_of_birth:
        return False
    if set(arguments.references) == {ReferenceKind.POSTCODE} and not _same_name(customer.name, arguments.name):
        return False
    if arguments.speaker and arguments.speaker.casefold() not in {one.casefold() for one in customer.authorised}:
        return False
    if not needs_postcode:
        return True
    return arguments.postcode is not None and _squeezed(customer.postcode) == _squeezed(arguments.postcode)


def _same_name(known: str, said: str) -> bool:
    """First and last name alike; what stands between them may be left out."""
    parts, others = known.casefold().split(), said.casefold().split()
    return len(others) > 1 and (parts[0], parts[-1]) == (others[0], others[-1])


def may_be_called(known: str, said: str) -> bool:
    """Whether `said` is some name of theirs, or a short form of it: "Dan Hughes" for Daniel Hughes."""
    first, *rest = said.casefold().split()
    names = known.casefold().split()
    is_first = any(name.startswith(first[:3]) for name in names)
    return is_first and (not rest or rest[-1] in names or rest[-1][:3] in {name[:3] for name in names})


def _squeezed(postcode: str) -> str:
    return "".join(postcode.split()).upper()
