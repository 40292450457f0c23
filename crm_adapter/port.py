"""What the centre asks of a CRM, in six methods."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class CrmError(Exception):
    """Root of what an adapter raises."""


class CrmUnavailable(CrmError):
    """The CRM did not answer in time; trying again may help."""


class ReferenceKind(StrEnum):
    """What a customer can name to be found."""

    CUSTOMER_NUMBER = "customer_number"
    POLICY_NUMBER = "policy_number"
    CASE_NUMBER = "case_number"
    CLAIM_NUMBER = "claim_number"
    APPLICATION_NUMBER = "application_number"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    """Of the home; shared by neighbours, so that it finds somebody only beside a name."""


@dataclass(frozen=True)
class Customer:
    id: str
    name: str
    email: str
    phone: str
    """E.164."""
    date_of_birth: date
    postcode: str
    address: str
    tier: str
    since: date
    authorised: tuple[str, ...] = ()
    """People whom the customer lets speak for them, by full name."""


@dataclass(frozen=True)
class Policy:
    number: str
    customer: str
    product: str
    status: str
    start: date
    renewal: date
    premium_pence: int
    """One payment's worth at `frequency`."""
    frequency: str
    next_payment_due: date | None
    next_payment_pence: int | None
    excess_pence: int | None
    cover: str
    named: tuple[str, ...] = ()
    """People or animals the policy names."""


@dataclass(frozen=True)
class CaseNote:
    at: date
    text: str
    is_internal: bool
    """Internal notes are for operators; the agent never reads them out."""


@dataclass(frozen=True)
class Case:
    number: str
    """Four digits, or CL and five digits for a claim."""
    customer: str
    policy: str | None
    kind: str
    subject: str
    status: str
    opened: date
    updated: date
    handler: str
    next_step: str
    amount_pence: int | None
    expected_by: date | None
    history: tuple[CaseNote, ...]


@dataclass(frozen=True)
class Lead:
    id: str
    customer: str | None
    name: str
    email: str
    phone: str
    product: str
    source: str
    stage: str
    application_number: str | None
    application_status: str | None
    application_next_step: str | None
    score: int
    """0 to 100."""
    grade: str
    reasons: tuple[str, ...]
    """Why the score is what it is, in words the customer may hear."""
    owner: str
    created: date
    updated: date


@dataclass(frozen=True)
class CustomerRecord:
    """All the CRM knows of one customer."""

    customer: Customer
    policies: tuple[Policy, ...]
    cases: tuple[Case, ...]
    leads: tuple[Lead, ...]


class CrmAdapter(Protocol):
    """A CRM. Every method may raise CrmUnavailable; `tests/contracts/crm.py` says what else holds."""

    async def find_customers(self, kind: ReferenceKind, value: str) -> tuple[Customer, ...]:
        """Who a reference belongs to: nobody, one, or several (a shared phone)."""
        ...

    async def find_record(self, customer_id: str) -> CustomerRecord | None:
        """Everything about one customer."""
        ...

    async def find_leads(self, kind: ReferenceKind, value: str) -> tuple[Lead, ...]:
        """Enquiries and applications with that application number, e-mail address or phone number."""
        ...

    async def find_lead(self, lead_id: str) -> Lead | None:
        """One of them."""
        ...

    async def open_case(
        self,
        customer_id: str,
        key: str,
        subject: str,
        details: str,
        on: date,
        *,
        kind: str = "service",
        policy: str | None = None,
    ) -> Case:
        """A new case; the same `key` gives the same case again. A case of kind "claim" is numbered as claims are."""
        ...

    async def add_note(self, customer_id: str, key: str, text: str, on: date) -> None:
        """A note on the customer's record; the same `key` is written once."""
        ...
